import { AppError } from '../../core/failure.ts';
import { type ArticleDraft, keptWords, linesAsBlocks, type ReadingOptions } from '../../core/import/draft.ts';
import { titleOf } from '../../core/model/article.ts';
import { type Decoded, decodeText, turnedIntoUtf8 } from './decode.ts';
import { Refusal } from './refusal.ts';

/** The article of a plain text file: its text to the letter, with nothing proposed to be left out. @throws Refusal */
export function readText(name: string, bytes: Uint8Array, { encoding: named }: ReadingOptions = {}): ArticleDraft {
  const { text, encoding } = decoded(name, bytes, named ?? null);
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

function decoded(name: string, bytes: Uint8Array, encoding: string | null): Decoded {
  try {
    return decodeText(/\.(?:txt|text)$/i.test(name) ? name : `${name}.txt`, bytes, encoding);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, next } = error.failure;
    const reason = /was not imported: (.*)\.$/s.exec(message)?.[1] ?? message;
    throw new Refusal(code === 'too-large' || code === 'encoding' ? code : 'unsupported', reason, next);
  }
}
