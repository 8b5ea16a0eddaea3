import { draftText, proposedOut } from '../../core/import/draft.ts';
import { formatOf } from '../../core/import/file-kinds.ts';
import type { Reader } from '../import/reader.ts';
import type { ReadTexts } from './found-texts.ts';

/** Reads texts the way the import proposes them as articles, and also with nothing left out. */
export function textsBy(reader: Reader): ReadTexts {
  return async (name, bytes, encoding) => {
    const format = formatOf(name);
    if (!format || format === 'zip') return [];
    const { articles } = await reader.read({ name, format, bytes, options: encoding === null ? {} : { encoding } });
    return articles.flatMap(({ draft, original }) =>
      [proposedOut(draft), []].map((out) => ({ text: draftText(draft, out).text, original: original ?? bytes })),
    );
  };
}
