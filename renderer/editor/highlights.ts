import { dequal } from 'dequal';
import type { Node } from 'prosemirror-model';
import { type EditorState, Plugin, PluginKey, type Transaction } from 'prosemirror-state';
import { Decoration, DecorationSet } from 'prosemirror-view';
import type { Block } from '../../core/article.ts';
import type { Range } from '../../core/span.ts';
import { attributesOf, blockStyle } from './paint.ts';
import { type DrawnAnnotation, type DrawnRole, type Mark, marked, type Piece, piecesOf } from './pieces.ts';
import { blockPositions, positionOf } from './positions.ts';

/**
 * All that is drawn over the text. `roles` are those of the annotation under attention. Offsets are UTF-16 code units.
 * It is compared by value: the same drawing drawn again changes nothing.
 */
export interface Drawing {
  readonly annotations: readonly DrawnAnnotation[];
  readonly active: string | null;
  readonly hovered: string | null;
  readonly roles: readonly DrawnRole[];
  /** A place to show for a moment: it fades by itself. */
  readonly flash?: Range | undefined;
}

/** A drawing with nothing in it. */
export const blank: Drawing = { annotations: [], active: null, hovered: null, roles: [] };

interface Shown {
  readonly drawing: Drawing;
  readonly kept: Range | null;
  /** What the annotations alone give; passing marks are worked in locally, so that a hover leaves the rest as it is. */
  readonly pieces: readonly Piece[];
  readonly plain: readonly Decoration[];
  readonly base: DecorationSet;
  readonly decorations: DecorationSet;
}

type Change = Partial<Pick<Shown, 'drawing' | 'kept'>>;

const key = new PluginKey<Shown>('highlights');

/** Draws a `Drawing` over the text of `blocks` as decorations that never overlap, one element each. */
export function highlights(blocks: readonly Block[]): Plugin {
  return new Plugin<Shown>({
    key,
    state: {
      init: (_config, state) => withMarks(withAnnotations(state.doc, blocks, blank, null), state.doc, blocks),
      apply(transaction, shown) {
        const change = transaction.getMeta(key) as Change | undefined;
        if (!change) return shown;
        const drawing = change.drawing ?? shown.drawing;
        const kept = change.kept === undefined ? shown.kept : change.kept;
        const same = dequal(drawing.annotations, shown.drawing.annotations);
        const next = same ? { ...shown, drawing, kept } : withAnnotations(transaction.doc, blocks, drawing, kept);
        return withMarks(next, transaction.doc, blocks);
      },
    },
    props: { decorations: (state) => key.getState(state)?.decorations ?? null },
  });
}

/** The transaction that draws `drawing` instead of what is drawn; null when that is the same. */
export function drawn(state: EditorState, drawing: Drawing): Transaction | null {
  return dequal(key.getState(state)?.drawing, drawing) ? null : state.tr.setMeta(key, { drawing } satisfies Change);
}

/** The transaction that keeps `range` visible while the browser shows no selection; with null it does so no longer. */
export function keptVisible(state: EditorState, range: Range | null): Transaction | null {
  return dequal(key.getState(state)?.kept, range) ? null : state.tr.setMeta(key, { kept: range } satisfies Change);
}

function withAnnotations(doc: Node, blocks: readonly Block[], drawing: Drawing, kept: Range | null): Omit<Shown, 'decorations'> {
  const pieces = piecesOf(drawing.annotations, blocks);
  const plain = pieces.map((piece) => decorationOf(piece, blocks, null, null));
  const lanes = new Map<number, number>();
  for (const piece of pieces) lanes.set(piece.block, Math.max(lanes.get(piece.block) ?? 0, piece.lanes));
  const grown = [...lanes].flatMap(([block, count]) => {
    if (count < 2) return [];
    const { from, to } = blockPositions(blocks, block);
    return [Decoration.node(from, to, { style: blockStyle(count) })];
  });
  return { drawing, kept, pieces, plain, base: DecorationSet.create(doc, [...plain, ...grown]) };
}

function withMarks(shown: Omit<Shown, 'decorations'>, doc: Node, blocks: readonly Block[]): Shown {
  const { drawing, kept, pieces, plain, base } = shown;
  const marks: Mark[] = [
    ...drawing.roles.map((role) => ({ spans: role.spans, role })),
    ...(drawing.flash ? [{ spans: [drawing.flash], wash: 'flash' as const }] : []),
    ...(kept ? [{ spans: [kept], wash: 'kept' as const }] : []),
  ];
  const isTouched = (piece: Piece) =>
    piece.covers.some(({ annotation }) => annotation.id === drawing.active || annotation.id === drawing.hovered) ||
    marks.some(({ spans }) => spans.some((span) => span.start < piece.end && piece.start < span.end));
  const touched = pieces.flatMap((piece, index) => (isTouched(piece) ? [index] : []));
  if (touched.length === 0 && marks.length === 0) return { ...shown, decorations: base };
  const old = touched.flatMap((index) => plain[index] ?? []);
  const cut = marked(
    touched.flatMap((index) => pieces[index] ?? []),
    marks,
    blocks,
  );
  const added = cut.map((piece) => decorationOf(piece, blocks, drawing.active, drawing.hovered));
  return { ...shown, decorations: base.remove(old).add(doc, added) };
}

function decorationOf(piece: Piece, blocks: readonly Block[], active: string | null, hovered: string | null): Decoration {
  return Decoration.inline(positionOf(blocks, piece.start), positionOf(blocks, piece.end), attributesOf(piece, active, hovered));
}
