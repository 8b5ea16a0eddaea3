import { z } from 'zod';
import { Id, Quantity } from '../model/annotation.ts';

const Range = z.strictObject({ start: z.int().min(0), end: z.int().min(0) });

/**
 * An annotation as it is compared with others. `text` holds its fragments, joined by ` … `, and is cut if it is very long; ranges are half-open UTF-16
 * offsets in it. `start` is where it begins in its article.
 */
export const Piece = z.strictObject({
  article: Id,
  annotation: Id,
  annotator: Id,
  layer: z.string(),
  start: z.int().min(0),
  text: z.string(),
  /** Who speaks, holds or vouches: the words or, with a link, the name and id in the registry. */
  who: z.array(z.strictObject({ name: z.string(), entity: Id.nullable() })),
  /** The events of the registry in its roles. */
  events: z.array(Id),
  /**
   * Its numbers: as recorded, or else as its words read. `place` is null if the words of a recorded number are elsewhere. `things` is what it counts, in
   * the form in which it is compared; see core/comparison/counted-things.ts.
   */
  numbers: z.array(Quantity.omit({ mention: true }).extend({ place: Range.nullable(), things: z.array(z.string()) })),
  /** Whether its words are not the speaker's own, because it is tagged as indirect. */
  isIndirect: z.boolean(),
});
export type Piece = z.infer<typeof Piece>;

/** A number in a piece. */
export type PieceNumber = Piece['numbers'][number];

/** A relation between pieces, as far as a comparison needs it. `basis` is the value of its attribute of that name. */
export const Tie = z.strictObject({ id: Id, type: z.string(), from: Id, to: Id, basis: z.string().nullable() });
export type Tie = z.infer<typeof Tie>;
