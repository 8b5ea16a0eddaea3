import { type ArticleDraft, keptWords, linesAsBlocks, type ReadingOptions } from '../../core/import/draft.ts';
import { titleOf } from '../../core/model/article.ts';
import { decodePlainText, turnedIntoUtf8 } from './decode.ts';

/** The article of a plain text file: its exact text, with nothing proposed to be left out. @throws FileRefusal */
export function readText(name: string, bytes: Uint8Array, { encoding: label }: ReadingOptions = {}): ArticleDraft {
  const { text, encoding } = decodePlainText(bytes, label ?? null);
  const blocks = linesAsBlocks(text);
  return {
    name,
    title: titleOf(text, name),
    source: null,
    date: null,
    url: null,
    language: null,
    words: keptWords(blocks),
    blocks,
    remarks: encoding === 'UTF-8' ? [] : [turnedIntoUtf8(encoding)],
  };
}
