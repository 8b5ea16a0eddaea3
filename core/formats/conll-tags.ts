import type { Range } from '../text/span.ts';
import type { DatasetAnnotation } from './document.ts';
import type { Tokenised } from './tokenised.ts';

/** One annotation in a column of tags: its tag, and its runs of tokens, none of which crosses the end of a sentence. */
export interface Tagged {
  readonly id: string;
  readonly label: string;
  readonly runs: readonly Range[];
}

/** The IOB2 tag of one token, with the annotation it belongs to; none if the tag is `O`. */
export interface Tag {
  readonly tag: string;
  readonly id: string | null;
}

/**
 * Divides `annotation` into runs of tokens. Each fragment and each sentence begins a new run. Empty if it contains no token. `isExact` says
 * whether the runs determine its spans.
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
 * Distributes `tagged` over as few columns as possible without overlaps in a column. Overlapping annotations go to further columns, the outer one
 * first. At least one column.
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

/** The tag of a token outside all annotations of its column. */
export const outside: Tag = { tag: 'O', id: null };
const emptyColumn = (tokens: number): Tag[] => new Array<Tag>(tokens).fill(outside);

function isFree(column: readonly Tag[], { start, end }: Range): boolean {
  for (let at = start; at < end; at++) if (column[at] !== outside) return false;
  return true;
}
