import type { Range } from './span.ts';

/** Something to draw: its id and the ranges of text it covers, which are not empty, ascending and apart. */
export interface Coverage {
  readonly id: string;
  readonly spans: readonly Range[];
}

/** One coverage of a segment: which one, in which lane, and whether one of its spans begins or ends with this segment. */
export interface Cover {
  readonly id: string;
  readonly lane: number;
  readonly starts: boolean;
  readonly ends: boolean;
}

/**
 * A maximal run of text with the same coverages, half-open in UTF-16 code units. Segments never overlap, and together they cover exactly what the
 * spans cover. `covers` is in input order.
 */
export interface Segment extends Range {
  readonly covers: readonly Cover[];
}

/**
 * Divides `coverages` into segments by a sweep over span ends, in O(n log n + output). Lanes come from greedy interval colouring of whole
 * annotations (first start to last end), so that the line under an annotation keeps its height while others begin and end.
 */
export function segmentsOf(coverages: readonly Coverage[]): Segment[] {
  const lanes = lanesOf(coverages);
  const starts = new Map<number, number[]>();
  const ends = new Map<number, number[]>();
  for (const [index, { spans }] of coverages.entries()) {
    for (const span of spans) {
      append(starts, span.start, index);
      append(ends, span.end, index);
    }
  }
  const offsets = [...new Set([...starts.keys(), ...ends.keys()])].sort((a, b) => a - b);
  const open = new Set<number>();
  const segments: Segment[] = [];
  for (const [at, start] of offsets.entries()) {
    for (const index of ends.get(start) ?? []) open.delete(index);
    const beginning = new Set(starts.get(start));
    for (const index of beginning) open.add(index);
    const end = offsets[at + 1];
    if (end === undefined || open.size === 0) continue;
    const ending = new Set(ends.get(end));
    const covers = [...open]
      .sort((a, b) => a - b)
      .map((index) => ({
        id: (coverages[index] as Coverage).id,
        lane: lanes[index] as number,
        starts: beginning.has(index),
        ends: ending.has(index),
      }));
    segments.push({ start, end, covers });
  }
  return segments;
}

function lanesOf(coverages: readonly Coverage[]): number[] {
  const lanes: number[] = new Array(coverages.length).fill(0);
  const order = coverages
    .map(({ id, spans }, index) => ({ id, index, start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 }))
    .sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
  const laneEnds: number[] = [];
  for (const { index, start, end } of order) {
    const free = laneEnds.findIndex((laneEnd) => laneEnd <= start);
    const lane = free < 0 ? laneEnds.length : free;
    laneEnds[lane] = end;
    lanes[index] = lane;
  }
  return lanes;
}

function append(map: Map<number, number[]>, key: number, value: number): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
