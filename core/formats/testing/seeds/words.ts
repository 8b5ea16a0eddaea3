import type { Range } from '../../../text/span.ts';

/**
 * Where `place` occurs in `text`: words that occur only once, or words around the ones meant, which are in square brackets, as in `which [he]
 * claimed`. @throws RangeError if they do not occur, or more than once
 */
export function words(text: string, place: string): Range {
  const open = place.indexOf('[');
  const close = place.indexOf(']');
  const whole = place.replace(/[[\]]/g, '');
  const at = text.indexOf(whole);
  if (at < 0) throw new RangeError(`the article does not hold “${whole}”`);
  if (text.indexOf(whole, at + 1) >= 0) throw new RangeError(`the article holds “${whole}” more than once`);
  return open < 0 ? { start: at, end: at + whole.length } : { start: at + open, end: at + close - 1 };
}
