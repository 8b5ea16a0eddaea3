/** A run of text that two versions share: `length` UTF-16 code units, at `old` in the old text and `new` in the new text. */
export interface KeptRun {
  readonly old: number;
  readonly new: number;
  readonly length: number;
}

/** A piece of a text (a line or a word): where it begins, and a number that equal pieces share. */
interface Piece {
  readonly start: number;
  readonly length: number;
  readonly kind: number;
}

// The most insertions and deletions to search for in one stretch, because the cost grows with their square. Beyond this it is no longer the same
// text.
const mostChanges = 2000;

/**
 * The runs of `oldText` that also occur in `newText`, as whole words, in order, ascending and apart in both texts. Compares word by word between
 * lines that occur exactly once in both (Myers, An O(ND) Difference Algorithm, 1986).
 */
export function keptRuns(oldText: string, newText: string): KeptRun[] {
  const kinds = new Map<string, number>();
  const [oldLines, newLines] = [piecesOf(oldText, /[^\n]*\n?/g, kinds), piecesOf(newText, /[^\n]*\n?/g, kinds)];
  const runs: { old: number; new: number; length: number }[] = [];
  const keep = (old: Piece, fresh: Piece) => {
    const last = runs.at(-1);
    if (last && last.old + last.length === old.start && last.new + last.length === fresh.start) last.length += old.length;
    else runs.push({ old: old.start, new: fresh.start, length: old.length });
  };
  const words = /\s+|[\p{L}\p{N}\p{M}]+|./gsu;
  let [oldAt, newAt] = [0, 0];
  const between = (oldEnd: number, newEnd: number) => {
    const [a, b] = [
      piecesOf(oldText.slice(oldAt, oldEnd), words, kinds, oldAt),
      piecesOf(newText.slice(newAt, newEnd), words, kinds, newAt),
    ];
    for (const [x, y] of commonPieces(a, b)) keep(a[x] as Piece, b[y] as Piece);
  };
  for (const [x, y] of commonUnique(oldLines, newLines)) {
    const [old, fresh] = [oldLines[x] as Piece, newLines[y] as Piece];
    between(old.start, fresh.start);
    keep(old, fresh);
    [oldAt, newAt] = [old.start + old.length, fresh.start + fresh.length];
  }
  between(oldText.length, newText.length);
  return runs;
}

/**
 * Where `offset` of the old text lies in the new one. Inside a run, it moves with the run. Between two runs, it goes to the end of the one before
 * (`side` 'start') or the start of the one after (`side` 'end'), which is 0 or `newLength` if there is no such run.
 */
export function movedOffset(runs: readonly KeptRun[], offset: number, side: 'start' | 'end', newLength: number): number {
  const index = runIndexAt(runs, side === 'start' ? offset : offset - 1);
  const run = runs[index];
  const reach = run && offset - run.old;
  if (run && reach !== undefined && (side === 'start' ? reach < run.length : reach <= run.length)) return run.new + reach;
  if (side === 'start') return run ? run.new + run.length : 0;
  return runs[index + 1]?.new ?? newLength;
}

/** How many UTF-16 code units of the old `[start, end)` are kept inside the new `[newStart, newEnd)`. */
export function keptWithin(runs: readonly KeptRun[], start: number, end: number, newStart: number, newEnd: number): number {
  let kept = 0;
  for (let index = Math.max(0, runIndexAt(runs, start)); index < runs.length; index++) {
    const run = runs[index] as KeptRun;
    if (run.old >= end) break;
    const shift = run.new - run.old;
    const from = Math.max(start, run.old, newStart - shift);
    const to = Math.min(end, run.old + run.length, newEnd - shift);
    kept += Math.max(0, to - from);
  }
  return kept;
}

/** Index of the last run that begins at or before `offset` of the old text; -1 when there is none. */
function runIndexAt(runs: readonly KeptRun[], offset: number): number {
  let low = -1;
  let high = runs.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((runs[middle] as KeptRun).old <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function piecesOf(text: string, pattern: RegExp, kinds: Map<string, number>, shift = 0): Piece[] {
  const pieces: Piece[] = [];
  for (const { 0: piece, index } of text.matchAll(pattern)) {
    if (piece === '') continue;
    let kind = kinds.get(piece);
    if (kind === undefined) {
      kind = kinds.size;
      kinds.set(piece, kind);
    }
    pieces.push({ start: shift + index, length: piece.length, kind });
  }
  return pieces;
}

/** Index pairs of equal lines that occur exactly once in each text, as many as are in the same order in both. */
function commonUnique(a: readonly Piece[], b: readonly Piece[]): [number, number][] {
  const once = (pieces: readonly Piece[]) => {
    const places = new Map<number, number>();
    for (const [index, { kind }] of pieces.entries()) places.set(kind, places.has(kind) ? -1 : index);
    return places;
  };
  const inB = once(b);
  const pairs: [number, number][] = [];
  for (const [kind, x] of once(a)) {
    const y = inB.get(kind);
    if (x >= 0 && y !== undefined && y >= 0) pairs.push([x, y]);
  }
  return longestAscending(pairs.sort((p, q) => p[0] - q[0]));
}

/** The longest subsequence of `pairs` (ascending by first element) whose second elements also ascend. */
function longestAscending(pairs: readonly [number, number][]): [number, number][] {
  const tails: number[] = [];
  const before: number[] = [];
  for (const [index, [, y]] of pairs.entries()) {
    let [low, high] = [0, tails.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] as number] as [number, number])[1] < y) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] as number) : -1;
    tails[low] = index;
  }
  const chain: [number, number][] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] as number) chain.push(pairs[at] as [number, number]);
  return chain.reverse();
}

/** Index pairs of equal pieces, in order, as many as possible. Beyond `mostChanges`, only the common beginning and end. */
function commonPieces(a: readonly Piece[], b: readonly Piece[]): [number, number][] {
  const isEqual = (x: number, y: number) => (a[x] as Piece).kind === (b[y] as Piece).kind;
  let head = 0;
  while (head < a.length && head < b.length && isEqual(head, head)) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && isEqual(a.length - 1 - tail, b.length - 1 - tail)) tail++;
  const [width, height] = [a.length - head - tail, b.length - head - tail];
  const pairs: [number, number][] = [];
  for (let index = 0; index < head; index++) pairs.push([index, index]);
  for (const [x, y] of shortestPath(width, height, (x, y) => isEqual(head + x, head + y))) pairs.push([head + x, head + y]);
  for (let index = tail; index > 0; index--) pairs.push([a.length - index, b.length - index]);
  return pairs;
}

// The greedy algorithm of the paper: after d changes, the furthest place on each diagonal k = x - y. Keeps one array for each round to walk back
// later. The pieces that both texts begin and end with are already removed.
function shortestPath(width: number, height: number, isEqual: (x: number, y: number) => boolean): [number, number][] {
  if (width === 0 || height === 0) return [];
  const most = Math.min(width + height, mostChanges);
  const furthest = new Int32Array(2 * most + 3);
  const at = (k: number) => furthest[k + most + 1] as number;
  const rounds: Int32Array[] = [];
  for (let d = 0; d <= most; d++) {
    rounds.push(furthest.slice(most + 1 - d, most + 2 + d));
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : k === -d || (k !== d && at(k - 1) < at(k + 1)) ? at(k + 1) : at(k - 1) + 1;
      while (x < width && x - k < height && isEqual(x, x - k)) x++;
      furthest[k + most + 1] = x;
      if (x >= width && x - k >= height) return walkBack(rounds, width, height);
    }
  }
  return [];
}

function walkBack(rounds: readonly Int32Array[], width: number, height: number): [number, number][] {
  const pairs: [number, number][] = [];
  let [x, y] = [width, height];
  for (let d = rounds.length - 1; d > 0; d--) {
    const round = rounds[d] as Int32Array;
    const at = (k: number) => round[k + d] as number;
    const k = x - y;
    const from = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
    const [fromX, fromY] = [at(from), at(from) - from];
    while (x > fromX && y > fromY) pairs.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return pairs.reverse();
}
