import { AppError } from '../../core/failure.ts';
import { type ArticleDraft, keptWords, linesAsBlocks } from '../../core/import/draft.ts';
import { titleOf } from '../../core/model/article.ts';
import { decodeText } from './decode.ts';
import { Refusal } from './refusal.ts';

/** The article of a plain text file: its text to the letter, with nothing proposed to be left out. @throws Refusal */
export function readText(name: string, bytes: Uint8Array): ArticleDraft {
  const text = decoded(name, bytes);
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
    remarks: [],
  };
}

function decoded(name: string, bytes: Uint8Array): string {
  try {
    return decodeText(/\.(?:txt|text)$/i.test(name) ? name : `${name}.txt`, bytes).text;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message, next } = error.failure;
    const reason = /was not imported: (.*)\.$/s.exec(message)?.[1] ?? message;
    throw new Refusal(code === 'too-large' ? 'too-large' : /UTF-8|UTF-16/.test(reason) ? 'encoding' : 'unsupported', reason, next);
  }
}
