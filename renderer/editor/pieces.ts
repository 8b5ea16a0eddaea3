import { type Block, blockIndexAt } from '../../core/model/article.ts';
import type { Hue } from '../../core/model/codebook.ts';
import { type Segment, segmentsOf } from '../../core/text/segments.ts';
import type { Range } from '../../core/text/span.ts';

/** How an annotation looks in the text. `dashed` is for what others wrote, `suggested` for what nobody has decided on yet. */
export type Look = 'tint' | 'underline' | 'double' | 'box' | 'dashed' | 'suggested';

/** An annotation as it is drawn. `spans` ascend and keep apart, in UTF-16 code units; `label` says in words what it is, for a title. */
export interface DrawnAnnotation {
  readonly id: string;
  readonly spans: readonly Range[];
  readonly look: Look;
  /** What a suggestion would look like once it is accepted: the dashes of its outline tell. */
  readonly becomes?: Look;
  readonly hue: Hue;
  readonly label: string;
}

/**
 * What belongs to the annotation under attention: a mention that fills a role of it, `solid` under who, `dotted` under a cue or the like; or
 * the other end of a relation, `tied`.
 */
export interface DrawnRole {
  readonly spans: readonly Range[];
  readonly title: string;
  readonly line: 'solid' | 'dotted' | 'tied';
  /** One of many mentions of what fills the role: it is marked but not tied. */
  readonly isLoose?: boolean;
}

/** One annotation over a piece. `starts` and `ends` are true at the real ends of its fragments, not where lines or overlaps cut. */
export interface Cover {
  readonly annotation: DrawnAnnotation;
  /** Counts from 0 among what shares space with it: underlines with underlines, boxes with boxes. */
  readonly lane: number;
  readonly starts: boolean;
  readonly ends: boolean;
}

/** A run of one block's text that is drawn in one way. Pieces never overlap. `covers` has the shortest annotation first. */
export interface Piece extends Range {
  readonly block: number;
  readonly covers: readonly Cover[];
  /** How many lanes of underlines it keeps room for: as many as the pieces that it hangs together with. */
  readonly lanes: number;
  readonly roles: readonly DrawnRole[];
  readonly washes: readonly Wash[];
}

/** A passing ground under the text: a place just jumped to, or the selection while the focus is elsewhere. */
export type Wash = 'flash' | 'kept' | 'match';

/** Something passing that cuts pieces: a role or a wash. */
export type Mark = { readonly spans: readonly Range[] } & ({ readonly role: DrawnRole } | { readonly wash: Wash });

/** What `annotations` cover, as pieces in the order of the text. @throws RangeError when a span leaves the text. */
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

/** `pieces` cut where `marks` begin and end, with the marks on them, and new pieces where a mark covers bare text. */
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

/** Whether `look` draws lines under the text, in lanes. */
export function isLine({ look }: { readonly look: Look }): boolean {
  return look === 'underline' || look === 'double';
}

/** Whether `look` draws a box, in lanes from the outside in. */
export function isBox({ look }: { readonly look: Look }): boolean {
  return look === 'box' || look === 'dashed' || look === 'suggested';
}

// All pieces of an annotation in a line are of one height, or its ring would be torn; so are those that it shares pieces with.
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

// A decoration never crosses a block, so that an edge is drawn at the annotation's end and not at each paragraph's.
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
