import { type FormEvent, useState } from 'react';
import type { Failure } from '../../../core/failure.ts';
import { useSession } from '../../session.tsx';
import { failureOf } from '../../state/notices.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LabelledText } from '../../ui/labelled-text.tsx';

/** Opens a project by the path of its folder. For browsers, which cannot show a folder dialog. */
export function HomeOpenFolder({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  return (
    <Dialog title="Open a folder" isOpen={isOpen} onClose={onClose}>
      {isOpen && <OpenFolder />}
    </Dialog>
  );
}

function OpenFolder() {
  const { actions } = useSession();
  const [typed, setTyped] = useState('');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isReady = typed.trim() !== '' && !isBusy;
  const open = () => {
    if (!isReady) return;
    setBusy(true);
    actions.outside.home
      .openFolder(typed)
      .catch((error: unknown) => setFailure(failureOf(error)))
      .finally(() => setBusy(false));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    open();
  };
  return (
    <form className="home-form" onSubmit={submit}>
      <LabelledText
        label="Folder of the project"
        value={typed}
        onChange={(value) => {
          setTyped(value);
          setFailure(null);
        }}
        hint="The whole path, or ~ for your home folder. It has a file project.pressmark in it."
        problem={failure === null ? null : `${failure.message} ${failure.next}`}
        isDisabled={false}
        autoFocus
      />
      <div className="dialog-actions">
        <Button kind="primary" isDisabled={!isReady} onPress={open}>
          Open
        </Button>
      </div>
    </form>
  );
}
