import { useEffect, useRef, useState } from 'react';
import type { Output } from '../../../core/contract.ts';
import { AppError, type Failure } from '../../../core/failure.ts';
import { useSession, useView } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import './backup-dialog.css';
import { TitledLines } from '../../ui/titled-lines.tsx';

/** Backs the project up as one zip file, with or without its articles. */
export function BackupDialog() {
  const { view } = useSession();
  const isOpen = useView((state) => state.backup);
  return (
    <Dialog title="Back the project up" isOpen={isOpen} onClose={() => view.set({ backup: false })}>
      <div className="backup">{isOpen && <Backup />}</div>
    </Dialog>
  );
}

function Backup() {
  const { actions } = useSession();
  const [made, setMade] = useState<Output<'backupProject'> | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const stop = useRef(new AbortController());
  useEffect(() => {
    const controller = new AbortController();
    stop.current = controller;
    return () => controller.abort();
  }, []);
  const backUp = (text: boolean) => {
    setBusy(true);
    setFailure(null);
    actions.outside
      .backUp(text, stop.current.signal)
      .then((done) => setMade(done.kind === 'cancelled' ? null : done))
      .catch((error: unknown) => {
        if (!(error instanceof AppError)) throw error;
        setFailure(error.failure);
      })
      .finally(() => setBusy(false));
  };
  if (isBusy) return <p aria-busy="true">Writing the backup and reading it back…</p>;
  if (made && made.kind !== 'cancelled') return <Made made={made} />;
  return (
    <>
      {failure && (
        <p role="alert">
          {failure.message} {failure.safe} {failure.next}
        </p>
      )}
      <p>One zip of the whole project, read back and checked. The Project home or “pressmark restore” brings it back.</p>
      <Button kind="primary" autoFocus onPress={() => backUp(true)}>
        Back up everything
      </Button>
      <p>
        For a colleague who has the articles: a copy without their texts and files. The words that annotations cover, titles and notes are
        still in it.
      </p>
      <Button onPress={() => backUp(false)}>Back up without the articles</Button>
    </>
  );
}

function Made({ made }: { made: Exclude<Output<'backupProject'>, { kind: 'cancelled' }> }) {
  return (
    <>
      <p role="status">
        {counted(made.files, 'file')} backed up in {made.kind === 'written' ? made.place : made.name}.
      </p>
      <TitledLines title="Not in it, since they are not part of the project:" lines={made.leftOut} />
      <TitledLines title="The project itself is damaged, and so is its backup:" lines={made.problems} />
    </>
  );
}
