import { useEffect, useState } from 'react';
import type { ConflictCopy } from '../../../core/contract/copies.ts';
import type { Output } from '../../../core/contract.ts';
import { AppError, type Failure } from '../../../core/failure.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';

/** Lists the files that sync programs and git left in the project, shows what is in them, and merges them. */
export function Conflicts() {
  const { view } = useSession();
  const isOpen = useView((state) => state.conflicts);
  return (
    <Dialog title="Second versions of files" isOpen={isOpen} onClose={() => view.set({ conflicts: false })}>
      {isOpen && <ConflictList />}
    </Dialog>
  );
}

function ConflictList() {
  const { actions, view } = useSession();
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const [copies, setCopies] = useState<readonly ConflictCopy[] | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [outcome, setOutcome] = useState<Output<'mergeConflicts'> | null>(null);
  const failed = (error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    setFailure(error.failure);
  };
  useEffect(() => {
    actions.outside
      .conflicts()
      .then(setCopies)
      .catch((error: unknown) => setFailure(error instanceof AppError ? error.failure : null));
  }, [actions]);
  if (outcome) return <Merged outcome={outcome} />;
  if (failure) {
    return (
      <p role="alert">
        {failure.message} {failure.safe} {failure.next}
      </p>
    );
  }
  if (!copies) return <p aria-busy="true">Looking…</p>;
  if (copies.length === 0) return <p>There are none: every file is as Pressmark wrote it.</p>;
  const mergeable = copies.some(({ annotator, obstacle }) => annotator === own && obstacle === null);
  return (
    <>
      <p>
        A sync program or git kept two versions of a file, because both were changed. Merging takes over what is missing here. Where both
        changed the same annotation, the newer one stays and the older is kept beside it, marked unsure. It is one step that Undo takes
        back, and the files are kept in a folder.
      </p>
      <ul className="conflict-list">
        {copies.map((copy) => (
          <li key={copy.place}>
            <strong>{copy.place.slice(copy.place.lastIndexOf('/') + 1)}</strong>{' '}
            <span className="muted" title={copy.place}>
              of {annotators?.find(({ id }) => id === copy.annotator)?.name ?? copy.annotator}
            </span>
            <p>{wordsOf(copy)}</p>
          </li>
        ))}
      </ul>
      <Button
        kind="primary"
        isDisabled={!mergeable}
        onPress={() => {
          actions.outside
            .merge()
            .then((done) => {
              setOutcome(done);
              view.say('The second versions were merged.');
            })
            .catch(failed);
        }}
      >
        Merge
      </Button>
    </>
  );
}

function Merged({ outcome: { place, gesture, left } }: { outcome: Output<'mergeConflicts'> }) {
  return (
    <div role="status">
      <p>
        {gesture ? `Merged: ${counted(gesture.edits.length, 'change')}. Undo takes it back.` : 'Nothing was missing here.'}
        {place && ` The files are kept in ${place}.`}
      </p>
      {left.length > 0 && (
        <>
          <p>These steps no longer fit and were left out:</p>
          <ul className="conflict-list">
            {left.map(({ title, time, reason }) => (
              <li key={time + title}>
                <strong>{title}</strong>
                <p>{reason}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function wordsOf({ obstacle, kind, steps, onlyHere, onlyThere, different }: ConflictCopy): string {
  if (obstacle !== null) return obstacle;
  const markers = kind === 'markers' ? 'Holds git’s conflict markers. ' : '';
  const sum = onlyHere + onlyThere + different;
  if (steps > 0) return `${markers}${counted(steps, 'step')} that ${steps === 1 ? 'is' : 'are'} missing here.`;
  if (sum === 0) return `${markers}Nothing in it is missing here.`;
  return `${markers}Only here: ${onlyHere}. Only there: ${onlyThere}. Different: ${different}.`;
}
