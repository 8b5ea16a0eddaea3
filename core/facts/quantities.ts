import type { Quantity } from '../model/annotation.ts';
import type { Range } from '../text/span.ts';
import { areYears, isScore, isYear, rangeEnd, valueInRange } from './amount-ranges.ts';
import { type Amount, amountAt, type NumberText, numberText } from './amounts.ts';
import { countedBefore, countedWords } from './counted-words.ts';
import type { Token } from './numerals.ts';
import { modifierAfter, modifierBefore } from './quantity-modifiers.ts';

/** A number that was read from words: the record that it would make, without its mention, and where it stands. */
export interface ReadQuantity {
  readonly quantity: Quantity;
  /** Half-open UTF-16 offsets of the number with its unit, in the text that was read. */
  readonly range: Range;
}

/**
 * The quantities in English `text`, in order: value or range, how exact, unit, what is counted. Dates, times of day, years, ordinals
 * and numbers that only name something (“No. 10”, “Article 5”, “the four-year conflict”) are none.
 */
export function quantitiesIn(text: string): ReadQuantity[] {
  const read = numberText(text);
  const found: ReadQuantity[] = [];
  for (let at = 0; at < read.tokens.length; ) {
    const quantity = quantityAt(read, at);
    if (quantity) found.push(quantity);
    at = quantity ? quantity.to : at + 1;
  }
  return found.map(({ quantity, range }) => ({ quantity, range }));
}

// The quantity that begins at token `at`, and the token to read on from.
function quantityAt(read: NumberText, at: number): (ReadQuantity & { readonly to: number }) | null {
  const first = amountAt(read, at);
  if (!first) return null;
  const end = rangeEnd(read, first);
  if (end ? areYears(read, first, end) : isScore(read.tokens, first.to) || isYear(read, first)) return null;
  const last = end ?? first;
  const unit = last.unit ?? first.unit;
  // “30 or more countries”, “at least 30 countries”, “30 countries or more”: the first of these that is there.
  const after = modifierAfter(read, last.to);
  const counted = last.counts === null ? countedWords(read, after?.to ?? last.to, unit) : { words: last.counts, to: last.to };
  const modifier = after?.modifier ?? modifierBefore(read, first.from) ?? modifierAfter(read, counted.to)?.modifier ?? 'exact';
  const quantity: Quantity = {
    value: end ? valueInRange(read, first, end) : first.value,
    value_max: end?.value ?? null,
    modifier,
    unit: unit ?? '',
    counts: counted.words === '' && unit === null ? countedBefore(read, first.from) : counted.words,
    mention: null,
  };
  return { quantity, range: rangeOf(read, first, last), to: Math.max(last.to, after?.to ?? 0) };
}

function rangeOf({ tokens }: NumberText, first: Amount, last: Amount): Range {
  return { start: (tokens[first.from] as Token).start, end: (tokens[last.to - 1] as Token).end };
}
