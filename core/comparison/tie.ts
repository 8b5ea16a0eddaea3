import type { Relation } from '../model/annotation.ts';
import type { Tie } from './piece.ts';

/** A relation as a comparison needs it. */
export function tieOf({ id, type, from, to, attributes }: Relation): Tie {
  const basis = attributes['basis'];
  return { id, type, from: from.annotation, to: to.annotation, basis: typeof basis === 'string' ? basis : null };
}
