import { useState } from 'react';
import { problemInWords } from '../../../core/import/draft.ts';
import { useSession } from '../../session.tsx';
import type { PreviewProblem } from '../../state/import-preview.ts';
import { Button } from '../../ui/button.tsx';
import { LiveText, Pick } from '../../ui/fields.tsx';

/** The encodings that texts in other than UTF-8 are in most often, by the label of the WHATWG Encoding Standard. */
const encodings = {
  'windows-1252': 'Western European (windows-1252)',
  'windows-1250': 'Central European (windows-1250)',
  'windows-1251': 'Cyrillic (windows-1251)',
  'koi8-u': 'Cyrillic (koi8-u)',
  'windows-1253': 'Greek (windows-1253)',
  'windows-1254': 'Turkish (windows-1254)',
  'windows-1255': 'Hebrew (windows-1255)',
  'windows-1256': 'Arabic (windows-1256)',
  gb18030: 'Chinese (gb18030)',
  big5: 'Chinese (big5)',
  shift_jis: 'Japanese (shift_jis)',
  'euc-kr': 'Korean (euc-kr)',
} as const;
type Encoding = keyof typeof encodings;

/** What could not be read, and how it could be, where the person can tell. */
export function PreviewProblems({ problems }: { readonly problems: readonly PreviewProblem[] }) {
  return (
    <ul className="preview-problems" aria-label="Problems">
      {problems.map(({ file, problem }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two files of one drop may have the same problem
        <li key={index}>
          <p>
            {problemInWords(problem)} {problem.next}
          </p>
          {file !== null && problem.code === 'encoding' && <EncodingChoice file={file} place={problem.file} />}
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

function EncodingChoice({ file, place }: Choosing) {
  const { actions } = useSession();
  const [encoding, setEncoding] = useState<Encoding>('windows-1252');
  return (
    <div className="form-buttons">
      <Pick label={`Encoding of ${place}`} values={encodings} value={encoding} onChange={setEncoding} />
      <Button onPress={() => actions.imports.rereadStaged(file, place, { encoding })}>Read it in this encoding</Button>
    </div>
  );
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
