import { useEffect, useState } from 'react';
import type { Output } from '../../../core/contract.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { momentWords } from '../../ui/moment.ts';

const done = { change: '', undo: 'Undone: ', redo: 'Redone: ' } as const;

/** Every version of the codebook, newest first: who made it and when, and how it differs from the previous one. */
export function CodebookHistory() {
  const { workspace } = useSession();
  const version = useWorkspace((state) => state.opened?.codebook.version);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const [read, setRead] = useState<Output<'codebookVersions'> | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is read
  useEffect(() => {
    let isCurrent = true;
    void workspace.codebook.versions().then((all) => isCurrent && setRead(all));
    return () => {
      isCurrent = false;
    };
  }, [workspace, version]);
  return (
    <>
      <h2>Versions</h2>
      {read === null && <p className="muted">Reading the versions…</p>}
      <ol className="versions" reversed>
        {read?.versions.toReversed().map((one) => (
          <li key={one.version}>
            <strong>{one.version === 1 ? 'The beginning' : `${done[one.done]}${one.title ?? 'Changed by another program'}`}</strong>
            <span className="muted">
              {' '}
              {momentWords(one.changed)}
              {one.annotator !== null && `, ${annotators?.find(({ id }) => id === one.annotator)?.name ?? one.annotator}`}
            </span>
            <ul>
              {one.differences.map((difference) => (
                <li key={difference}>{difference}</li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </>
  );
}
