import { type Amount, amountAt, type NumberText } from './amounts.ts';
import type { Token } from './numerals.ts';
import { changing, isPlural } from './quantity-words.ts';

/** “30 to 35”, “30–35”, “between 30 and 35”, “two or three”: the second amount of a range that begins with `first`. Null where there is none. */
export function rangeEnd(read: NumberText, first: Amount): Amount | null {
  const { tokens } = read;
  const joint = tokens[first.to];
  if (!joint || first.counts) return null;
  const before = tokens[first.from - 1]?.lower;
  const isDash = /^[-–—]$/.test(joint.text);
  if (!isDash && joint.lower !== 'to' && joint.lower !== 'or' && !(joint.lower === 'and' && before === 'between')) return null;
  if (isDash && joint.start !== tokens[first.to - 1]?.end) return null;
  // Behind a dash the second number is read as if it stood alone.
  const second = isDash ? amountAt(read, first.to + 1, null) : amountAt(read, first.to + 1);
  if (!second || (first.unit && second.unit && first.unit !== second.unit)) return null;
  if (valueInRange(read, first, second) >= second.value) return null;
  return before === 'from' && isChange(read, first) ? null : second;
}

// “rose from 5 to 10” tells of a change.
function isChange({ text, tokens }: NumberText, { from }: Amount): boolean {
  const { start } = tokens[from] as Token;
  return changing.test(text.slice(Math.max(0, start - 60), start));
}

const scales = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12, bn: 1e9, k: 1e3, m: 1e6 };

/** The value of `first` in a range up to `second`: “$5 to 10 million” and “5 to 10 million” mean millions at both ends, “800 to 1 million” does not. */
export function valueInRange({ tokens }: NumberText, first: Amount, second: Amount): number {
  const scaleOf = ({ from, to }: Amount) => {
    const words = tokens.slice(from, to).map(({ lower }) => lower);
    return Object.entries(scales).find(([word]) => words.includes(word))?.[1] ?? 1;
  };
  const scaled = first.value * scaleOf(second);
  return scaleOf(first) === 1 && scaled < second.value ? scaled : first.value;
}

/** Whether a dash and further figures follow token `to` that make no range: “3-2”, “50-50”. */
export function isScore(tokens: readonly Token[], to: number): boolean {
  const [dash, next] = [tokens[to], tokens[to + 1]];
  if (!dash || !next || !/^[-–—]$/.test(dash.text)) return false;
  return next.kind === 'digits' && next.start === dash.end && dash.start === tokens[to - 1]?.end;
}

/** Whether `amount` is a year: four digits without a comma, from 1500 to 2199, but for “some 2000 soldiers”. */
export function isYear({ tokens }: NumberText, { value, from, to, unit }: Amount): boolean {
  if (unit !== null || to - from > 1 || !/^\d{4}$/.test(tokens[from]?.text ?? '') || value < 1500 || value >= 2200) return false;
  const before = tokens[from - 1]?.lower ?? '';
  const isCounted = ['some', 'nearly', 'almost', 'than', 'least', 'to', 'roughly', 'over', 'estimated'].includes(before);
  const next = tokens[to];
  return !(isCounted && next?.kind === 'word' && isPlural(next.lower));
}

/** Whether `first` to `last` are years: “1939–1945”, “2024–25”. */
export function areYears(read: NumberText, first: Amount, last: Amount): boolean {
  return last.unit === null && isYear(read, first) && /^\d{2}(?:\d{2})?$/.test(read.tokens[last.from]?.text ?? '');
}
