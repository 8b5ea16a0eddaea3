import { useStore } from 'zustand';
import { keptEditsEnding } from '../../../core/steps/kept-edits.ts';
import { useSaveState, useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { drafts } from '../../ui/drafts.ts';
import { saveFile } from '../../ui/save-file.ts';

/** Whether everything is on disk. If not: why, what is safe, and what can be done. */
export function SaveStatus() {
  const { actions, workspace } = useSession();
  const save = useSaveState();
  const writable = useWorkspace((state) => state.writable);
  // Text that is still being typed is not on disk.
  const isDrafting = useStore(drafts, ({ count }) => count > 0);
  const state = save.state === 'saved' && isDrafting ? 'saving' : save.state;
  const reached = useWorkspace((state) => state.reached);
  const keep = () => {
    const kept = workspace.keptEdits();
    if (kept) saveFile(`${kept.project.name}${keptEditsEnding}`, JSON.stringify(kept));
  };
  const names = { saved: writable ? 'Saved' : 'Read-only', saving: 'Saving…', 'not-saved': 'Not saved' };
  return (
    <span className="save" data-state={writable ? state : 'read-only'}>
      <span className="save-state" role="status" aria-live="polite">
        <span aria-hidden="true">{state === 'not-saved' ? '▲' : '●'}</span> {names[state]}
      </span>
      {!reached && !save.failure && (
        <span className="save-failure">Pressmark has been closed. What is saved is on the disk; nothing can be added here.</span>
      )}
      {save.failure && (
        <span className="save-failure" role="alert">
          {save.failure.message} {save.failure.safe} {save.failure.next}
          {save.failure.code === 'conflict' && <Button onPress={actions.outside.reread}>Read it again</Button>}
          {save.retries && <Button onPress={actions.retrySaving}>Try again now</Button>}
          <Button onPress={keep}>Keep these edits in a file</Button>
        </span>
      )}
    </span>
  );
}
