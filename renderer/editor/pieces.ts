import { type Block, blockIndexAt } from '../../core/model/article.ts';
import type { Hue } from '../../core/model/codebook.ts';
import { type Segment, segmentsOf } from '../../core/text/segments.ts';
import type { Range } from '../../core/text/span.ts';

/** How an annotation looks in the text. `dashed` is for the work of others, `suggested` for suggestions that are still open. */
export type Look = 'tint' | 'underline' | 'double' | 'box' | 'dashed' | 'suggested';

/** An annotation as it is drawn. `spans` are ascending and apart, in UTF-16 code units. `label` describes it in words, for a title. */
export interface DrawnAnnotation {
  readonly id: string;
  readonly spans: readonly Range[];
  readonly look: Look;
  /** The look that a suggestion would have after it is accepted. Determines the dashes of its outline. */
  readonly becomes?: Look;
  readonly hue: Hue;
  readonly label: string;
}

/**
 * What belongs to the active (or else hovered) annotation: a mention in one of its roles (`dotted` for a cue, `solid` for other roles), or the
 * other end of a relation (`tied`).
 */
export interface DrawnRole {
  readonly spans: readonly Range[];
  readonly title: string;
  readonly line: 'solid' | 'dotted' | 'tied';
  /** Set on all but the nearest mention of an entity that fills the role. These are marked but get no line in the margin. */
  readonly isLoose?: boolean;
}

/** One annotation over a piece. `starts` and `ends` are true only at the real ends of its fragments, not where lines or overlaps divide them. */
export interface Cover {
  readonly annotation: DrawnAnnotation;
  /** Counted from 0 among annotations that share space: underlines with underlines, boxes with boxes. */
  readonly lane: number;
  readonly starts: boolean;
  readonly ends: boolean;
}

/** A run of text within one block that has a single look. Pieces never overlap. `covers` has the shortest annotation first. */
export interface Piece extends Range {
  readonly block: number;
  readonly covers: readonly Cover[];
  /** How many lanes of underlines to make room for. Connected pieces have the same number. */
  readonly lanes: number;
  readonly roles: readonly DrawnRole[];
  readonly washes: readonly Wash[];
}

/** A temporary background: a place just jumped to, the selection while the focus is elsewhere, or a match. */
export type Wash = 'flash' | 'kept' | 'match';

/** Something temporary that divides pieces: a role or a wash. */
export type Mark = { readonly spans: readonly Range[] } & ({ readonly role: DrawnRole } | { readonly wash: Wash });

/** What `annotations` cover, as pieces in text order. @throws RangeError if a span is outside the text */
export function piecesOf(annotations: readonly DrawnAnnotation[], blocks: readonly Block[]): Piece[] {
  const lanes = new Map([...lanesAmong(annotations, isLine), ...lanesAmong(annotations, isBox)]);
  const length = new Map(annotations.map(({ id, spans }) => [id, spans.reduce((sum, { start, end }) => sum + end - start, 0)]));
  const ordered = [...annotations].sort((a, b) => (length.get(a.id) ?? 0) - (length.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1));
  const known = new Map(ordered.map((annotation) => [annotation.id, annotation]));
  const pieces = segmentsOf(ordered).flatMap((segment) =>
    cut(segment, blocks).map((part) => ({
      ...part,
      covers: segment.covers.flatMap(({ id, starts, ends }): Cover[] => {
        const annotation = known.get(id);
        if (!annotation) return [];
        return [
          { annotation, lane: lanes.get(id) ?? 0, starts: starts && part.start === segment.start, ends: ends && part.end === segment.end },
        ];
      }),
      roles: [],
      washes: [],
    })),
  );
  return withRoom(pieces);
}

/** Divides `pieces` where `marks` begin and end, and adds the marks to them. Where a mark covers bare text, new pieces are created. */
export function marked(pieces: readonly Piece[], marks: readonly Mark[], blocks: readonly Block[]): Piece[] {
  const coverages = [
    ...pieces.map((piece, index) => ({ id: `piece ${index}`, spans: [piece] })),
    ...marks.map(({ spans }, index) => ({ id: `mark ${index}`, spans })),
  ];
  const pieceOf = new Map(pieces.map((piece, index) => [`piece ${index}`, piece]));
  const markOf = new Map(marks.map((mark, index) => [`mark ${index}`, mark]));
  return segmentsOf(coverages).flatMap((segment) => {
    const whole = segment.covers.map(({ id }) => pieceOf.get(id)).find((piece) => piece !== undefined);
    const here = segment.covers.flatMap(({ id }) => markOf.get(id) ?? []);
    return cut(segment, blocks).map((part) => ({
      ...part,
      covers: (whole?.covers ?? []).map((cover) => ({
        ...cover,
        starts: cover.starts && part.start === whole?.start,
        ends: cover.ends && part.end === whole?.end,
      })),
      lanes: whole?.lanes ?? 0,
      roles: here.flatMap((mark) => ('role' in mark ? [mark.role] : [])),
      washes: here.flatMap((mark) => ('wash' in mark ? [mark.wash] : [])),
    }));
  });
}

/** Whether `look` draws lines below the text, in lanes. */
export function isLine({ look }: { readonly look: Look }): boolean {
  return look === 'underline' || look === 'double';
}

/** Whether `look` draws a box, in lanes from the outside in. */
export function isBox({ look }: { readonly look: Look }): boolean {
  return look === 'box' || look === 'dashed' || look === 'suggested';
}

// All pieces of an annotation in a line have the same height, and so have the pieces they overlap with. Otherwise the ring around the annotation
// would be broken.
function withRoom(pieces: readonly Omit<Piece, 'lanes'>[]): Piece[] {
  const runs: Omit<Piece, 'lanes'>[][] = [];
  for (const piece of pieces) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before && hangTogether(before, piece)) run.push(piece);
    else runs.push([piece]);
  }
  return runs.flatMap((run) => {
    const lanes = Math.max(0, ...run.flatMap(({ covers }) => covers.map(({ annotation, lane }) => (isLine(annotation) ? lane + 1 : 0))));
    return run.map((piece) => ({ ...piece, lanes }));
  });
}

function hangTogether(before: Omit<Piece, 'lanes'>, after: Omit<Piece, 'lanes'>): boolean {
  return before.block === after.block && before.end === after.start && before.covers.some(({ ends }) => !ends);
}

function lanesAmong(annotations: readonly DrawnAnnotation[], belongs: (annotation: DrawnAnnotation) => boolean): Map<string, number> {
  const among = annotations.filter(belongs);
  if (among.length < 2) return new Map(among.map(({ id }) => [id, 0]));
  const segments = segmentsOf(among);
  return new Map(segments.flatMap(({ covers }) => covers.map(({ id, lane }) => [id, lane] as const)));
}

// A decoration never crosses a block, so that edges are drawn at the ends of the annotation and not at the end of each paragraph.
function cut(segment: Segment, blocks: readonly Block[]): { start: number; end: number; block: number }[] {
  const parts: { start: number; end: number; block: number }[] = [];
  if (segment.start < 0 || segment.end > (blocks.at(-1)?.end ?? 0)) {
    throw new RangeError(`[${segment.start}, ${segment.end}) is outside the text`);
  }
  for (let block = blockIndexAt(blocks, segment.start); block < blocks.length; block++) {
    const line = blocks[block] as Block;
    if (line.start >= segment.end) break;
    const start = Math.max(segment.start, line.start);
    const end = Math.min(segment.end, line.end);
    if (start < end) parts.push({ start, end, block });
  }
  return parts;
}
