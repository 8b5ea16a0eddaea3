import { dequal } from 'dequal';
import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { Block } from '../../core/model/article.ts';
import type { Range } from '../../core/text/span.ts';
import { type Cluster, type Clustered, clustered, clustersOver, extentOf, noClusters } from './clusters.ts';
import type { Ends } from './handles.ts';
import { attributesOf, blockStyle } from './paint.ts';
import { type DrawnAnnotation, type DrawnRole, type Mark, marked, type Piece } from './pieces.ts';
import { blockPositions, positionOf } from './positions.ts';

/**
 * Everything that is drawn over the text. `roles` belong to the active annotation, or else to the hovered one. Offsets are UTF-16 code units.
 * Compared by value: drawing the same again changes nothing.
 */
export interface Drawing {
  readonly annotations: readonly DrawnAnnotation[];
  readonly active: string | null;
  readonly hovered: string | null;
  readonly roles: readonly DrawnRole[];
  /** A place to show for a moment; it fades by itself. */
  readonly flash?: Range | undefined;
  /** The fragment whose ends can be moved now. */
  readonly ends?: Ends | undefined;
}

/** An empty drawing. */
export const blank: Drawing = { annotations: [], active: null, hovered: null, roles: [] };

interface Shown {
  readonly drawing: Drawing;
  readonly kept: Range | null;
  readonly matches: readonly Range[];
  /** The result of the annotations alone. Temporary marks are added only around where they are, so that a hover does not affect the rest. */
  readonly clustered: Clustered;
  readonly grown: ReadonlyMap<number, Decoration>;
  readonly base: DecorationSet;
  readonly decorations: DecorationSet;
}

const nothing: Shown = {
  drawing: blank,
  kept: null,
  matches: [],
  clustered: noClusters,
  grown: new Map(),
  base: DecorationSet.empty,
  decorations: DecorationSet.empty,
};

type Change = Partial<Pick<Shown, 'drawing' | 'kept' | 'matches'>>;

const key = new PluginKey<Shown>('highlights');

/** Draws a `Drawing` over the text of `blocks` as decorations that never overlap, with one element each. Starts with `drawing`. */
export function highlights(blocks: readonly Block[], drawing: Drawing): Plugin {
  return new Plugin<Shown>({
    key,
    state: {
      init: (_config, { doc }): Shown => withMarks(withAnnotations({ ...nothing, drawing }, doc, blocks), doc, blocks),
      apply(transaction, shown) {
        const change = transaction.getMeta(key) as Change | undefined;
        if (!change) return shown;
        const next = { ...shown, ...change };
        const isSame = next.drawing.annotations === shown.drawing.annotations;
        return withMarks(isSame ? next : withAnnotations(next, transaction.doc, blocks), transaction.doc, blocks);
      },
    },
    props: { decorations: (state) => key.getState(state)?.decorations ?? null },
  });
}

/** The transaction that replaces what is drawn by `drawing`; null if nothing changes. */
export function drawn(state: EditorState, drawing: Drawing): Transaction | null {
  return dequal(key.getState(state)?.drawing, drawing) ? null : state.tr.setMeta(key, { drawing } satisfies Change);
}

/** The transaction that keeps `range` visible while the browser shows no selection, or stops doing so if null. Null if nothing changes. */
export function keptVisible(state: EditorState, range: Range | null): Transaction | null {
  return dequal(key.getState(state)?.kept, range) ? null : state.tr.setMeta(key, { kept: range } satisfies Change);
}

/** The transaction that colours `matches`, for browsers without the Highlight API. Null if nothing changes. */
export function withMatches(state: EditorState, matches: readonly Range[]): Transaction | null {
  return dequal(key.getState(state)?.matches, matches) ? null : state.tr.setMeta(key, { matches } satisfies Change);
}

// Only clusters in which something changed are drawn again, so a new tag costs the same in a long article as in a short one.
function withAnnotations(shown: Shown, doc: Node, blocks: readonly Block[]): Shown {
  const { next, gone, made } = clustered(shown.clustered, shown.drawing.annotations, blocks);
  if (gone.length === 0 && made.length === 0) return { ...shown, clustered: next };
  const grown = new Map(shown.grown);
  const removed = gone.flatMap((cluster) => plainOf(cluster, blocks));
  const added = made.flatMap((cluster) => plainOf(cluster, blocks));
  for (const block of new Set([...gone, ...made].flatMap(({ pieces }) => pieces.map((piece) => piece.block)))) {
    const old = grown.get(block);
    const count = lanesIn(next.clusters, blocks, block);
    const { from, to } = blockPositions(blocks, block);
    const decoration = count < 2 ? null : Decoration.node(from, to, { style: blockStyle(count) });
    if (old) removed.push(old);
    grown.delete(block);
    if (!decoration) continue;
    grown.set(block, decoration);
    added.push(decoration);
  }
  const base = shown.base === DecorationSet.empty ? DecorationSet.create(doc, added) : shown.base.remove(removed).add(doc, added);
  return { ...shown, clustered: next, grown, base };
}

// The decorations of a cluster without temporary marks. They are created once, so that they can be found again to be removed.
function plainOf(cluster: Cluster, blocks: readonly Block[]): readonly Decoration[] {
  const known = plain.get(cluster);
  if (known) return known;
  const made = cluster.pieces.map((piece) => decorationOf(piece, blocks, null, null));
  plain.set(cluster, made);
  return made;
}
const plain = new WeakMap<Cluster, readonly Decoration[]>();

function lanesIn(clusters: readonly Cluster[], blocks: readonly Block[], block: number): number {
  const line = blocks[block];
  if (!line) return 0;
  let lanes = 0;
  for (const { pieces } of clustersOver(clusters, line)) {
    for (const piece of pieces) if (piece.block === block) lanes = Math.max(lanes, piece.lanes);
  }
  return lanes;
}

function withMarks(shown: Shown, doc: Node, blocks: readonly Block[]): Shown {
  const { drawing, kept, matches, clustered: now, base } = shown;
  const marks: Mark[] = [
    ...drawing.roles.map((role) => ({ spans: role.spans, role })),
    ...(drawing.flash ? [{ spans: [drawing.flash], wash: 'flash' as const }] : []),
    ...(kept ? [{ spans: [kept], wash: 'kept' as const }] : []),
    ...(matches.length > 0 ? [{ spans: matches, wash: 'match' as const }] : []),
  ];
  const ringed = [drawing.active, drawing.hovered].flatMap((id) =>
    id === null ? [] : (drawing.annotations.findLast((each) => each.id === id) ?? []),
  );
  const near = new Set(
    [...ringed.map(extentOf), ...marks.flatMap(({ spans }) => spans)].flatMap((range) => clustersOver(now.clusters, range)),
  );
  const isTouched = (piece: Piece) =>
    piece.covers.some(({ annotation }) => annotation.id === drawing.active || annotation.id === drawing.hovered) ||
    marks.some(({ spans }) => spans.some((span) => span.start < piece.end && piece.start < span.end));
  const old: Decoration[] = [];
  const touched: Piece[] = [];
  for (const cluster of near) {
    for (const [index, piece] of cluster.pieces.entries()) {
      const decoration = plainOf(cluster, blocks)[index];
      if (!decoration || !isTouched(piece)) continue;
      old.push(decoration);
      touched.push(piece);
    }
  }
  if (touched.length === 0 && marks.length === 0) return { ...shown, decorations: base };
  const cut = marked(touched, marks, blocks);
  const added = cut.map((piece) => decorationOf(piece, blocks, drawing.active, drawing.hovered));
  return { ...shown, decorations: base.remove(old).add(doc, added) };
}

function decorationOf(piece: Piece, blocks: readonly Block[], active: string | null, hovered: string | null): Decoration {
  return Decoration.inline(positionOf(blocks, piece.start), positionOf(blocks, piece.end), attributesOf(piece, active, hovered));
}
