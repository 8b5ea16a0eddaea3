import { useState } from 'react';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Pick } from '../../ui/fields.tsx';

/** The most common encodings other than UTF-8, by their name in the WHATWG Encoding Standard. */
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
  macintosh: 'Western European (macintosh)',
  'utf-16le': 'Unicode (utf-16le)',
  'utf-16be': 'Unicode (utf-16be)',
} as const;
type Encoding = keyof typeof encodings;

interface EncodingChoiceProps {
  /** Staged files with their display names. */
  readonly files: readonly { readonly file: string; readonly place: string }[];
}

/** Reads files that are not in UTF-8 in the encoding that the user chooses. */
export function EncodingChoice({ files }: EncodingChoiceProps) {
  const { actions } = useSession();
  const [encoding, setEncoding] = useState<Encoding>('windows-1252');
  const [first] = files;
  const isOne = files.length === 1 && first !== undefined;
  return (
    <div className="form-buttons">
      <Pick
        label={isOne ? `Encoding of ${first.place}` : `Encoding of all ${files.length} files`}
        values={encodings}
        value={encoding}
        onChange={setEncoding}
      />
      <Button
        onPress={() => {
          for (const { file, place } of files) actions.imports.rereadStaged(file, place, { encoding });
        }}
      >
        {isOne ? 'Read it in this encoding' : `Read all ${files.length} in this encoding`}
      </Button>
    </div>
  );
}

interface EncodingOfArticleProps {
  readonly file: string;
  readonly place: string;
  /** The encoding that the user chose. */
  readonly encoding: string;
}

/** The encoding in which a file was read, which can be changed if the text turns out to be wrong. */
export function EncodingOfArticle({ file, place, encoding }: EncodingOfArticleProps) {
  const { actions } = useSession();
  const known = Object.keys(encodings).find((name): name is Encoding => name === encoding);
  if (!known) return null;
  return (
    <p className="preview-encoding">
      <span>Read as</span>
      <Pick
        label={`Encoding of ${place}`}
        values={encodings}
        value={known}
        onChange={(next) => actions.imports.rereadStaged(file, place, { encoding: next })}
      />
      <span className="muted">Wrong letters? Read it in another encoding.</span>
    </p>
  );
}
