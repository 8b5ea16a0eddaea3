import { z } from 'zod';
import { countWords, headingsOf, normalise } from '../model/article.ts';

/** The kinds of file that articles are read from. */
export const ImportFormat = z.enum(['text', 'html', 'docx', 'pdf', 'eml', 'csv', 'jsonl', 'zip']);
export type ImportFormat = z.infer<typeof ImportFormat>;

/** Why a file, or a part of one, cannot be imported. The list is closed; a code never changes its meaning. */
export const ProblemCode = z.enum([
  'unsupported', // of a kind that cannot be imported, or not of the kind that its name says
  'too-large', // over a limit of size, number or length
  'too-slow', // took more time than one file may
  'unsafe', // made so that reading it would harm: a bomb, a way out of the folder, an entity
  'encrypted', // needs a password
  'damaged', // breaks the rules of its own format
  'encoding', // not in the encoding that it must be or says it is
  'empty', // holds no text
  'column', // no column is known to hold the text
  'offsets', // its annotations lie elsewhere than the words that it says they cover
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** What is wrong with a file, in words for a person. `line` and `column` count from 1, where they are known. */
export const ImportProblem = z.strictObject({
  file: z.string(),
  line: z.int().min(1).nullable(),
  column: z.int().min(1).nullable(),
  code: ProblemCode,
  message: z.string(),
  next: z.string(),
});
export type ImportProblem = z.infer<typeof ImportProblem>;

/** The longest message of a problem that is shown, in UTF-16 code units: what it quotes of a file may be of any length. */
export const messageLimit = 500;

// Of what is quoted the beginning tells enough, so that what is said about it is not cut off.
const shortQuotes = (text: string) => text.replace(/“([^”]{80})[^”]*”/g, '“$1…”');

/** `problem` with a message that fits a line or two, in whole characters, and that nothing it quotes breaks or turns round. */
export function inShort(problem: ImportProblem): ImportProblem {
  const plain = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, ' ').toWellFormed();
  const short = (text: string) => {
    const told = text.length <= messageLimit ? text : shortQuotes(text);
    return plain(told.length <= messageLimit ? told : `${told.slice(0, messageLimit - 1)}…`);
  };
  return { ...problem, message: short(problem.message), next: short(problem.next) };
}

/** What is wrong, with the file and its line where the message does not name them itself: `a.ann, line 3: …`. */
export function problemInWords({ file, line, column, message }: ImportProblem): string {
  const isPlaced = line === null || /\bline \d/.test(message);
  const place = isPlaced ? '' : `line ${line}${column === null ? '' : `, column ${column}`}`;
  if (message.startsWith(file)) return isPlaced ? message : `${message} (${place})`;
  return `${file}${isPlaced ? '' : `, ${place}`}: ${message}`;
}

/** One line of an article to be. `leaveOut` says why it is proposed to be left out; null when it belongs to the article. */
export const DraftBlock = z.strictObject({
  kind: z.enum(['heading', 'paragraph']),
  text: z.string(),
  leaveOut: z.string().nullable(),
});
export type DraftBlock = z.infer<typeof DraftBlock>;

/**
 * An article as a file holds it, before a person has looked. `name` is the original name, which the id is made from; `date` is EDTF,
 * `language` BCP 47; `remarks` are sentences on what reading changed or did not take.
 */
export const ArticleDraft = z.strictObject({
  name: z.string(),
  title: z.string(),
  source: z.string().nullable(),
  date: z.string().nullable(),
  url: z.string().nullable(),
  language: z.string().nullable(),
  words: z.int().min(0),
  blocks: z.array(DraftBlock),
  remarks: z.array(z.string()),
});
export type ArticleDraft = z.infer<typeof ArticleDraft>;

/** How a person wants a file to be read; what is missing is found out from the file. Columns are named as in its head. */
export const ReadingOptions = z.strictObject({
  /** A label of the WHATWG Encoding Standard, for a file that does not say its encoding. */
  encoding: z.string().optional(),
  columns: z
    .strictObject({
      text: z.string().or(z.undefined()).optional(),
      title: z.string().or(z.undefined()).optional(),
      source: z.string().or(z.undefined()).optional(),
      date: z.string().or(z.undefined()).optional(),
      url: z.string().or(z.undefined()).optional(),
      language: z.string().or(z.undefined()).optional(),
    })
    .optional(),
});
export type ReadingOptions = z.infer<typeof ReadingOptions>;

/** Indexes of the blocks that are proposed to be left out, ascending. */
export function proposedOut({ blocks }: Pick<ArticleDraft, 'blocks'>): number[] {
  return blocks.flatMap(({ leaveOut }, index) => (leaveOut === null ? [] : [index]));
}

/**
 * The text of the article that a draft becomes without the blocks of `leftOut` (indexes): one line a block, with the indexes of the lines
 * that are headings. Empty lines at both ends go with blocks that are left out.
 */
export function draftText({ blocks }: Pick<ArticleDraft, 'blocks'>, leftOut: readonly number[]): { text: string; headings: number[] } {
  const out = new Set(leftOut);
  const kept = blocks.filter((_, index) => !out.has(index));
  if (kept.length < blocks.length) {
    while (kept[0]?.text.trim() === '') kept.shift();
    while (kept.at(-1)?.text.trim() === '') kept.pop();
  }
  return {
    text: kept.map(({ text }) => text).join('\n'),
    headings: kept.flatMap(({ kind }, line) => (kind === 'heading' ? [line] : [])),
  };
}

/** Each line of a plain text as a block, the text to the letter but for what `normalise` changes. */
export function linesAsBlocks(raw: string): DraftBlock[] {
  const { text } = normalise(raw);
  const headings = new Set(headingsOf(text));
  return text.split('\n').map((line, index) => ({ kind: headings.has(index) ? 'heading' : 'paragraph', text: line, leaveOut: null }));
}

/**
 * A block as read from a document, tidied into blocks: one a line, white space other than the no-break kinds in one space each, none at
 * the ends, no empty lines.
 */
export function tidyBlocks(blocks: readonly { readonly kind: DraftBlock['kind']; readonly text: string }[]): DraftBlock[] {
  return blocks.flatMap(({ kind, text }) =>
    normalise(text)
      .text.split(/[\n\u2028\u2029]/)
      .map((line) => line.replace(/[ \t\u00ad]+/g, (run) => (/[ \t]/.test(run) ? ' ' : '')).trim())
      .filter((line) => line !== '')
      .map((line) => ({ kind, text: line, leaveOut: null })),
  );
}

/** Number of words of the blocks that are not proposed to be left out. */
export function keptWords(blocks: readonly DraftBlock[]): number {
  return blocks.reduce((sum, { text, leaveOut }) => (leaveOut === null ? sum + countWords(text) : sum), 0);
}

/** Remarks on characters of `blocks` that a reader does not see; each with its count. */
export function invisibleRemarks(blocks: readonly DraftBlock[]): string[] {
  const count = blocks.reduce((sum, { text }) => sum + (text.match(/[\u202a-\u202e\u2066-\u2069]/g)?.length ?? 0), 0);
  if (count === 0) return [];
  return [
    `${count} invisible ${count === 1 ? 'character' : 'characters'} that turn the direction of writing ${count === 1 ? 'is' : 'are'} part of the text.`,
  ];
}
