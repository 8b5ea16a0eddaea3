import { useState } from 'react';
import { problemInWords } from '../../../core/import/draft.ts';
import { useSession } from '../../session.tsx';
import type { PreviewProblem } from '../../state/import-preview.ts';
import { Button } from '../../ui/button.tsx';
import { LiveText } from '../../ui/fields.tsx';
import { EncodingChoice } from './encoding-choice.tsx';

/** Files that could not be read, and how to read them, if the user can say. */
export function PreviewProblems({ problems }: { readonly problems: readonly PreviewProblem[] }) {
  const undecoded = problems.flatMap(({ file, problem }) =>
    file !== null && problem.code === 'encoding' ? [{ file, place: problem.file }] : [],
  );
  return (
    <ul className="preview-problems" aria-label="Problems">
      {undecoded.length > 1 && (
        <li>
          <EncodingChoice files={undecoded} />
        </li>
      )}
      {problems.map(({ file, problem }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files of one drop may have the same problem
        <li key={index}>
          <p>
            {problemInWords(problem)} {problem.next}
          </p>
          {file !== null && problem.code === 'encoding' && <EncodingChoice files={[{ file, place: problem.file }]} />}
          {file !== null && problem.code === 'column' && <ColumnChoice file={file} place={problem.file} />}
        </li>
      ))}
    </ul>
  );
}

interface Choosing {
  readonly file: string;
  readonly place: string;
}

function ColumnChoice({ file, place }: Choosing) {
  const { actions } = useSession();
  const [text, setText] = useState('');
  return (
    <div className="form-buttons">
      <LiveText label={`Column of ${place} that holds the text`} placeholder="Column with the text" value={text} onChange={setText} />
      <Button isDisabled={text.trim() === ''} onPress={() => actions.imports.rereadStaged(file, place, { columns: { text } })}>
        Read it with this column
      </Button>
    </div>
  );
}
