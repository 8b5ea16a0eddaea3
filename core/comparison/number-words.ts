import type { PieceNumber } from './piece.ts';

/** A number with how exact it is, in words: `at least 12`, `about 20 %`, `30 to 35`. */
export function numberWords({ value, value_max, modifier, unit }: PieceNumber): string {
  const exactness = { exact: '', approx: 'about ', at_least: 'at least ', at_most: 'at most ' }[modifier];
  const amount = value_max === null ? value.toLocaleString('en') : `${value.toLocaleString('en')} to ${value_max.toLocaleString('en')}`;
  // What is counted is sometimes recorded as the unit; the words beside it say it already.
  return `${exactness}${amount}${/^(?:%|[A-Z]{3})$/.test(unit) ? ` ${unit}` : ''}`;
}
