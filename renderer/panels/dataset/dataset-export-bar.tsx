import type { ExportRequest } from '../../../core/formats/export-request.ts';
import { useSaveState, useSession, useView } from '../../session.tsx';
import type { Exporting } from '../../state/dataset-choice.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { progressWords } from './dataset-contents.tsx';

/** The export: its button, its progress with a way to cancel, and its outcome. */
export function ExportBar({ request }: { request: ExportRequest | null }) {
  const { actions } = useSession();
  const exporting = useView((state) => state.exporting);
  const isSaved = useSaveState().state === 'saved';
  const isRunning = exporting?.state === 'running';
  return (
    <div className="export-bar">
      <Button
        kind="primary"
        onPress={() => request && void actions.dataset.export(request)}
        isDisabled={isRunning || !isSaved || request === null}
      >
        {isRunning ? 'Exporting…' : 'Export dataset'}
      </Button>
      {isRunning && (
        <>
          <progress
            {...(exporting.progress ? { max: exporting.progress.total, value: exporting.progress.done } : {})}
            aria-label="Progress of the export"
          />
          <span>{exporting.progress && progressWords(exporting.progress)}</span>
          <Button onPress={actions.dataset.cancel}>Cancel</Button>
        </>
      )}
      {!isSaved && !isRunning && <span className="muted">Waits until everything is saved.</span>}
      {exporting?.state === 'ended' && <Outcome {...exporting} />}
      {exporting?.state === 'failed' && (
        <FailureNotice>
          {exporting.failure.message} {exporting.failure.safe} {exporting.failure.next}
        </FailureNotice>
      )}
    </div>
  );
}

function Outcome({ result }: Extract<Exporting, { state: 'ended' }>) {
  if (result.kind === 'cancelled') return null;
  return (
    <span role="status">
      {result.kind === 'written'
        ? `Exported ${counted(result.files.length, 'file')} to ${result.place}.`
        : `Exported as ${result.name}; your browser saves it.`}
    </span>
  );
}
