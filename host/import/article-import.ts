import type { ArticleMeta } from '../../core/model/article.ts';
import type { Project } from '../storage/project.ts';
import { type Decoded, decodeTextFile, notAsNamed, turnedIntoUtf8 } from './decode.ts';

/** The result of importing a file. `known` is true if the project already had its text; `changed` says in sentences how its text differs from it. */
export interface ImportedArticle {
  readonly meta: ArticleMeta;
  readonly known: boolean;
  readonly changed: string[];
}

/**
 * Imports the plain text file `name` with the content `bytes` as an article, all or nothing. The name may be a path; its last part is kept. With
 * `importedBy`, the article is listed only once a record lists it, so that the import can be undone. `encoding` is the encoding that a person named,
 * for `decodeTextFile`; it is not used for a file that is UTF-8, see `notAsNamed`.
 * @throws AppError `unsupported`, `encoding`, `too-large`, `read-only`, `not-saved`
 */
export async function importText(
  project: Pick<Project, 'addArticle'>,
  name: string,
  bytes: Uint8Array,
  importedBy?: string,
  encoding: string | null = null,
): Promise<ImportedArticle> {
  const originalName = importedName(name);
  const aside = notAsNamed(bytes, encoding);
  const decoded = decodeTextFile(originalName, bytes, aside === null ? encoding : null);
  const by = importedBy === undefined ? {} : { importedBy };
  const { meta, known } = await project.addArticle({ originalName, text: decoded.text, original: bytes, ...by });
  return { meta, known, changed: [...(aside === null ? [] : [aside]), ...changesOf(decoded)] };
}

/**
 * The name of an imported file as it is stored and shown: the last part of a path, in NFC, without control characters, lone surrogates and invisible
 * characters that change the direction of writing, at most 200 characters including its extension.
 */
export function importedName(name: string): string {
  const base = name
    .slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim();
  const points = [...base];
  const ending = [...(/\.[^.]{1,10}$/.exec(base)?.[0] ?? '')];
  if (points.length <= 200) return base || 'A file without a name';
  return [...points.slice(0, 200 - ending.length), ...ending].join('');
}

function changesOf({ encoding, changed }: Decoded): string[] {
  const { byteOrderMark, lineEnds, loneSurrogates, controls } = changed;
  const counted = (count: number, one: string, many: string) => (count === 0 ? [] : [count === 1 ? `1 ${one}.` : `${count} ${many}.`]);
  return [
    ...(encoding === 'UTF-8' ? [] : [turnedIntoUtf8(encoding)]),
    ...counted(byteOrderMark, 'byte order mark was removed', 'byte order marks were removed'),
    ...counted(lineEnds, 'line end was turned into LF', 'line ends were turned into LF'),
    ...counted(controls, 'control character was turned into a space', 'control characters were turned into spaces'),
    ...counted(loneSurrogates, 'half of a surrogate pair was replaced by U+FFFD', 'halves of surrogate pairs were replaced by U+FFFD'),
  ];
}
