import type { Range } from '../text/span.ts';
import type { DatasetAnnotation } from './document.ts';
import type { Tokenised } from './tokenised.ts';

/** One annotation in a column of tags: what it is tagged with, and its runs of tokens, none over the end of a sentence. */
export interface Tagged {
  readonly id: string;
  readonly label: string;
  readonly runs: readonly Range[];
}

/** The IOB2 tag of one token, without the annotation that it belongs to where it is `O`. */
export interface Tag {
  readonly tag: string;
  readonly id: string | null;
}

/**
 * `annotation` in runs of tokens, each of which begins anew with a new fragment or sentence; none where it holds no token. `isExact` tells
 * whether its spans can be known from them.
 */
export function runsOf(
  { spans }: Pick<DatasetAnnotation, 'spans'>,
  { tokens, sentences, tokensIn }: Tokenised,
): { runs: Range[]; isExact: boolean } {
  const runs: Range[] = [];
  let isExact = true;
  for (const span of spans) {
    const held = tokensIn(span);
    if (!held) {
      isExact = false;
      continue;
    }
    isExact &&= tokens[held.start]?.start === span.start && tokens[held.end - 1]?.end === span.end;
    const before = runs.length;
    for (const sentence of sentences) {
      const [start, end] = [Math.max(sentence.start, held.start), Math.min(sentence.end, held.end)];
      if (start < end) runs.push({ start, end });
    }
    isExact &&= runs.length === before + 1;
  }
  return { runs, isExact };
}

/**
 * `tagged` in as few columns as keep them apart: those that overlap one before them stand in further columns, the outer first. At least one.
 */
export function columnsOf(tagged: readonly Tagged[], tokens: number): Tag[][] {
  const columns: Tag[][] = [emptyColumn(tokens)];
  for (const { id, label, runs } of tagged) {
    let column = columns.find((candidate) => runs.every((run) => isFree(candidate, run)));
    if (!column) {
      column = emptyColumn(tokens);
      columns.push(column);
    }
    for (const { start, end } of runs) {
      for (let at = start; at < end; at++) column[at] = { tag: `${at === start ? 'B' : 'I'}-${label}`, id };
    }
  }
  return columns;
}

/** The tag of a token that is in no annotation of its column. */
export const outside: Tag = { tag: 'O', id: null };
const emptyColumn = (tokens: number): Tag[] => new Array<Tag>(tokens).fill(outside);

function isFree(column: readonly Tag[], { start, end }: Range): boolean {
  for (let at = start; at < end; at++) if (column[at] !== outside) return false;
  return true;
}
