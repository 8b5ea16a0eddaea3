import { type DraftBlock, tidyBlocks } from '../../core/import/draft.ts';

/** A run of characters where a PDF page places it. Lengths are in points; `y` grows upwards. */
export interface PlacedRun {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  /** The size of the letters. */
  readonly size: number;
}

interface Line {
  text: string;
  readonly page: number;
  readonly x: number;
  readonly y: number;
  end: number;
  size: number;
}

/**
 * `headingSize`: how many times larger than the text the letters of a heading are at least. `paragraphGap`: from how many times the usual line
 * distance on a new paragraph begins.
 */
const headingSize = 1.15;
const paragraphGap = 1.35;

// The end of a sentence, including closing quotation marks and brackets.
const sentenceEnd = /[.!?:。！？：]["”’)」』）]*\s*$/;

/**
 * The paragraphs of a document, from its pages. Runs become lines, and lines become paragraphs according to their distance, the length of the
 * previous line, and their indentation. Page numbers, and lines at the top or bottom of many pages, are proposed to be left out.
 */
export function blocksOfPages(pages: readonly (readonly PlacedRun[])[]): DraftBlock[] {
  const lines = pages.map((runs, page) => linesOf(runs, page));
  const all = lines.flat();
  const size = usual(all.flatMap((line) => Array(Math.ceil(line.text.length / 10)).fill(line.size)));
  const repeated = repeatedEdges(lines);
  const words = wordsOf(all);
  const blocks: DraftBlock[] = [];
  // `at` is the block's index: it comes before anything at the foot of a page that interrupts it.
  let open: { text: string; kind: DraftBlock['kind']; last: Line; at: number } | null = null;
  const close = () => {
    if (open) blocks.splice(open.at, 0, ...tidyBlocks([open]));
    open = null;
  };
  for (const page of lines) {
    const gap = usual(
      page
        .slice(1)
        .map((line, index) => Math.round(((page[index] as Line).y - line.y) * 2) / 2)
        .filter((distance) => distance > 0),
    );
    const right = Math.max(0, ...page.map(({ end }) => end));
    const body = page.filter((line) => !repeated.has(line));
    for (const line of page) {
      const reason = repeated.get(line);
      if (reason) {
        // A paragraph continues across the foot of its page.
        blocks.push(...tidyBlocks([{ kind: 'paragraph', text: line.text }]).map((block) => ({ ...block, leaveOut: reason })));
        continue;
      }
      const kind = line.size >= size * headingSize ? 'heading' : 'paragraph';
      const isFirst = line === body[0];
      if (open && (open.kind !== kind || !goesOn(open.last, line, gap, right, isFirst))) close();
      if (open) {
        open.text = joined(open.text, line.text, words);
        open.last = line;
      } else open = { text: line.text, kind, last: line, at: blocks.length };
    }
  }
  close();
  return blocks;
}

function linesOf(runs: readonly PlacedRun[], page: number): Line[] {
  const lines: Line[] = [];
  for (const { text, x, y, width, size } of runs) {
    const last = lines.at(-1);
    const isSame = last && Math.abs(last.y - y) < Math.max(last.size, size) * 0.5 && x >= last.end - size;
    if (last && isSame) {
      const isApart = x - last.end > size * 0.15 && !/\s$/.test(last.text) && !/^\s/.test(text);
      last.text += isApart ? ` ${text}` : text;
      last.end = Math.max(last.end, x + width);
      if (text.trim() !== '') last.size = Math.max(last.size, size);
    } else if (text.trim() !== '') lines.push({ text, page, x, y, end: x + width, size });
  }
  return lines;
}

// A line continues the previous one if it follows at the usual distance, the previous line is full, and this line is not indented.
function goesOn(before: Line, line: Line, gap: number, right: number, isFirst: boolean): boolean {
  if (Math.abs(before.size - line.size) > 0.6) return false;
  if (before.page !== line.page) return isFirst && !sentenceEnd.test(before.text);
  const distance = before.y - line.y;
  // If the position jumps upwards, the next column begins.
  if (distance <= 0) return !sentenceEnd.test(before.text);
  if (gap > 0 && distance > gap * paragraphGap) return false;
  if (line.x - before.x > line.size * 0.8 && before.end > right * 0.6) return false;
  const isFull = before.end >= right - (right - before.x) * 0.25;
  return isFull || !sentenceEnd.test(before.text);
}

// "secu-" and "rity" are one word, "long-" and "term" two. If the document has the hyphenated word elsewhere, that decides.
function joined(text: string, next: string, words: ReadonlySet<string>): string {
  const broken = /(\p{L}+)-\s*$/u.exec(text);
  const rest = /^\s*(\p{Ll}+)/u.exec(next);
  if (!broken || !rest) return `${text.trimEnd()}${isUnspaced(text, next) ? '' : ' '}${next.trimStart()}`;
  const keepsHyphen = words.has(`${broken[1]}-${rest[1]}`.toLowerCase());
  const stem = text.trimEnd();
  return `${keepsHyphen ? stem : stem.slice(0, -1)}${next.trimStart()}`;
}

// Chinese and Japanese have no spaces between words, so no space is added where a line ends.
const unspacedEnd = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\u3001-\u301f\uff01-\uff1f]\s*$/u;
const unspacedStart = /^\s*[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}ー\u3001-\u301f\uff01-\uff1f]/u;
const isUnspaced = (text: string, next: string): boolean => unspacedEnd.test(text) && unspacedStart.test(next);

function wordsOf(lines: readonly Line[]): Set<string> {
  return new Set(lines.flatMap(({ text }) => text.toLowerCase().match(/\p{L}+-\p{L}+/gu) ?? []));
}

/** Lines at the edges of pages that are page numbers, or that are the same on most pages apart from numbers; each with its reason. */
function repeatedEdges(pages: readonly (readonly Line[])[]): Map<Line, string> {
  const reasons = new Map<Line, string>();
  const edges = pages.flatMap((page) => [...new Set([...page.slice(0, 2), ...page.slice(-2)])]);
  const shape = ({ text }: Line) => text.trim().replace(/\d+/g, '#');
  const counts = new Map<string, number>();
  for (const line of edges) counts.set(shape(line), (counts.get(shape(line)) ?? 0) + 1);
  for (const line of edges) {
    if (/^(?:page\s+)?[-–]?\s*\d{1,4}\s*[-–]?(?:\s*(?:of|\/)\s*\d{1,4})?$/i.test(line.text.trim())) reasons.set(line, 'page number');
    else if (pages.length >= 3 && (counts.get(shape(line)) ?? 0) > pages.length / 2) reasons.set(line, 'on every page');
  }
  return reasons;
}

// The most frequent value; 0 if there are none.
function usual(values: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b)[0]?.[0] ?? 0;
}
