import { z } from 'zod';
import { unspaced } from '../text/unspaced.ts';
import { wordsIn } from '../text/words.ts';
import { Id } from './annotation.ts';

/** The longest line that can be imported, in UTF-16 code units. A page takes too long to lay out a longer one. */
export const lineLimit = 1_000_000;

/** A paragraph or heading: one line of the text, as a half-open UTF-16 range without its newline. Empty lines are blocks too. */
export interface Block {
  readonly kind: 'heading' | 'paragraph';
  readonly start: number;
  readonly end: number;
}

/** What is known about an article apart from its text. `date` is EDTF, `language` BCP 47, and hashes are SHA-256 in hex. */
export const ArticleMeta = z.strictObject({
  id: Id,
  title: z.string(),
  source: z.string().nullable(),
  date: z.string().nullable(),
  url: z.string().nullable(),
  language: z.string().nullable(),
  originalName: z.string(),
  /** Ascending indexes of the heading lines. Fixed at import, so that a better rule never changes the headings of existing articles. */
  headings: z.array(z.int().min(0)),
  words: z.int().min(0),
  textSha256: z.string().regex(/^[0-9a-f]{64}$/),
  originalSha256: z.string().regex(/^[0-9a-f]{64}$/),
  imported: z.string(),
  /** Who imported it through the page. Such an article is listed only while some annotator's record lists it, so that the import can be undone. */
  importedBy: Id.optional(),
});
export type ArticleMeta = z.infer<typeof ArticleMeta>;

/** What a list knows about an article. A project may have ten thousand, so this leaves out what is only needed next to the text. */
export const ListedMeta = ArticleMeta.omit({ headings: true, textSha256: true, originalSha256: true });
export type ListedMeta = z.infer<typeof ListedMeta>;

/** An article. Its text never changes after import, and spans count UTF-16 code units of that text. */
export const Article = z.strictObject({ meta: ArticleMeta, text: z.string() });
export type Article = z.infer<typeof Article>;

/** How many changes of each kind normalisation made. */
export interface NormalisationCounts {
  readonly byteOrderMark: number;
  readonly lineEnds: number;
  readonly loneSurrogates: number;
  readonly controls: number;
}

/**
 * Returns the text in the form in which it is stored for good. Removes leading byte order marks, turns CRLF and CR into LF, and replaces lone
 * surrogates by U+FFFD and C0 controls other than tab and newline by a space. Nothing is trimmed and nothing else changes, so offsets into a clean
 * LF file stay valid.
 */
export function normalise(raw: string): { text: string; changed: NormalisationCounts } {
  let lineEnds = 0;
  let controls = 0;
  let loneSurrogates = 0;
  // Remove all of them. A remaining one would be read as the byte order mark of text.txt, which would shift every offset.
  const byteOrderMark = /^\ufeff*/.exec(raw)?.[0].length ?? 0;
  const text = raw
    .slice(byteOrderMark)
    .replace(/\r\n?/g, () => {
      lineEnds++;
      return '\n';
    })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to be replaced
    .replace(/[\u0000-\u0008\u000b-\u001f]/g, () => {
      controls++;
      return ' ';
    })
    .replace(/\p{Surrogate}/gu, () => {
      loneSurrogates++;
      return '\ufffd';
    });
  return { text, changed: { byteOrderMark, lineEnds, loneSurrogates, controls } };
}

/** The blocks of `text`, one for each line, in order. They cover everything except the newlines. */
export function blocksOf(text: string, headings: readonly number[] = []): Block[] {
  const isHeading = new Set(headings);
  let start = 0;
  return text.split('\n').map((line, index) => {
    const block: Block = { kind: isHeading.has(index) ? 'heading' : 'paragraph', start, end: start + line.length };
    start = block.end + 1;
    return block;
  });
}

/** Index of the block that holds `offset` (a newline belongs to the block before it), by binary search. */
export function blockIndexAt(blocks: readonly Block[], offset: number): number {
  let low = 0;
  let high = blocks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((blocks[middle] as Block).start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Indexes of the lines that look like headings: short, set apart, not ending like a sentence, and with text below them. */
export function headingsOf(text: string): number[] {
  const lines = text.split('\n').map((line) => line.trim());
  const last = lines.findLastIndex((line) => line !== '');
  return lines.flatMap((line, index) => (index < last && readsAsHeading(line) && isSetApart(lines, index) ? [index] : []));
}

const beginning = /^[\p{Lu}\p{Lo}\p{Script=Georgian}\p{N}\p{Pi}\p{Ps}"']/u;
// Full stops, colons and commas, including those of other scripts.
const ending = /[.!?…:;,،؛؟۔।॥。．！？：；，、｡､][\p{Pi}\p{Pf}\p{Pe}"']*$/u;
// Georgian is written in lower case only.
const caseless = /[\p{Lo}\p{Script=Georgian}]/u;

const firstLetter = (line: string) => /\p{L}/u.exec(line)?.[0] ?? '';

function readsAsHeading(line: string): boolean {
  const isShort = unspaced.test(firstLetter(line)) ? line.length <= 40 : line.length <= 110 && line.split(/\s+/).length <= 16;
  return isShort && beginning.test(line) && !ending.test(line);
}

// In scripts without capitals, a short line could also belong to a list or a verse. It then counts as a heading only between empty lines, or when the
// line right below ends like a sentence or is more than twice as long.
function isSetApart(lines: readonly string[], index: number): boolean {
  const [line = '', below = ''] = lines.slice(index, index + 2);
  if (!caseless.test(firstLetter(line))) return true;
  return below === '' ? (lines[index - 1] ?? '') === '' : ending.test(below) || below.length > 2 * line.length;
}

/**
 * A title for `text`: its first line of at least three words, or `fallback` if there is none. A line longer than 110 UTF-16 code units is cut at a
 * word to at most 90.
 */
export function titleOf(text: string, fallback: string): string {
  const line = text
    .split('\n')
    .find((candidate) => countWords(candidate) >= 3)
    ?.trim();
  if (!line) return fallback;
  if (line.length <= 110) return line;
  // If there is no space to cut at, the cut must not split a surrogate pair.
  return `${line
    .slice(0, 90)
    .replace(/\s+\S*$/, '')
    .replace(/[\ud800-\udbff]$/, '')}…`;
}

/** Number of words in `text`, by Unicode word boundaries. */
export function countWords(text: string): number {
  return wordsIn(text).length;
}

/** The id of an article: a readable slug of its original name, then the first 8 hex digits of the SHA-256 of its text. */
export function articleId(originalName: string, textSha256: string): string {
  const slug = originalName
    .replace(/\.[^.]*$/, '')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 48)
    .replace(/-$/, '');
  return `${slug || 'article'}-${textSha256.slice(0, 8)}`;
}
