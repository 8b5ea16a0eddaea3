/** A piece of text: a number in digits, a word of letters, a sign, or the end of a line. Half-open UTF-16 offsets; `lower` is the text in lower case. */
export interface Token {
  readonly kind: 'digits' | 'word' | 'sign' | 'break';
  readonly text: string;
  readonly lower: string;
  readonly start: number;
  readonly end: number;
}

/** A number that was read from tokens `from` up to, not including, `to`. `isShare` is a part of a whole: a half, two thirds. */
export interface Numeral {
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly isShare: boolean;
}

// Thousands stand in threes, in India also in twos; a plain space parts them only before zeros, other spaces are the ones that do not break.
const pattern =
  /(\d{1,3}(?:,\d{2,3})*,\d{3}(?:\.\d+)?(?![\d])|\d{1,3}(?:[\u00A0\u2009\u202F]\d{3}| 000)+(?:\.\d+)?(?!\d)|\d+(?:\.\d+)?)|(\p{L}[\p{L}\p{M}]*(?:[’'.](?=\p{L})[\p{L}\p{M}]+)*)|(\n)|(\S)/gu;

/** `text` as tokens, ascending; white space is left out. */
export function tokensOf(text: string): Token[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [whole, digits, word, line] = match;
    const kind = digits ? 'digits' : word ? 'word' : line ? 'break' : 'sign';
    return { kind, text: whole, lower: whole.toLowerCase(), start: match.index, end: match.index + whole.length };
  });
}

const named = (words: string, first: number, step = 1) => words.split(' ').map((word, index) => [word, first + index * step] as const);
const small = new Map([
  ...named('zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen', 0),
  ...named('seventeen eighteen nineteen', 17),
]);
const tens = new Map(named('twenty thirty forty fifty sixty seventy eighty ninety', 20, 10));
const scales = new Map([
  ['thousand', 1e3],
  ['k', 1e3],
  ['million', 1e6],
  ['mn', 1e6],
  ['m', 1e6],
  ['billion', 1e9],
  ['bn', 1e9],
  ['b', 1e9],
  ['trillion', 1e12],
  ['tn', 1e12],
]);
/** Scales that are written out, and so may stand apart from words and after “a”. */
const longScales = new Set(['thousand', 'million', 'billion', 'trillion']);
const parts = new Map([
  ...named('half third quarter fifth sixth seventh eighth ninth tenth', 2),
  ...named('halves thirds quarters fifths sixths sevenths eighths ninths tenths', 2),
]);
const vulgar = new Map([
  ['½', 1 / 2],
  ['¼', 1 / 4],
  ['¾', 3 / 4],
  ['⅓', 1 / 3],
  ['⅔', 2 / 3],
]);

/** The number that begins at token `at`, in digits or words, with its scale (“5 million”, “two dozen”, “a third of”); null when none does. */
export function numeralAt(tokens: readonly Token[], at: number): Numeral | null {
  const token = tokens[at];
  if (token?.kind === 'digits') return digitsAt(tokens, at);
  return (
    (token && vulgar.has(token.text) && made(vulgar.get(token.text) as number, at, at + 1, true)) ||
    shareAt(tokens, at) ||
    wordsAt(tokens, at)
  );
}

function digitsAt(tokens: readonly Token[], at: number): Numeral | null {
  const token = tokens[at] as Token;
  const value = Number(token.text.replace(/[, \u00A0\u2009\u202F]/g, ''));
  const fraction = tokens[at + 1];
  const mixed = fraction && vulgar.get(fraction.text);
  return scaled(tokens, mixed ? value + mixed : value, at, mixed ? at + 2 : at + 1, true);
}

// “million” or “dozen” behind a number; the short ones (“5m”, “$3bn”) only right behind digits, or “bn” behind a space.
function scaled(tokens: readonly Token[], value: number, from: number, to: number, isDigits: boolean): Numeral | null {
  const hyphen = tokens[to]?.text === '-' && longScales.has(tokens[to + 1]?.lower ?? '') ? 1 : 0;
  const next = tokens[to + hyphen];
  const factor = next && scales.get(next.lower);
  if (next && factor) {
    const touches = next.start === tokens[to - 1]?.end;
    const isShort = !longScales.has(next.lower);
    if (!isShort || (isDigits && (touches || next.lower === 'bn' || next.lower === 'tn')))
      return made(value * factor, from, to + hyphen + 1, false);
  }
  if (next?.lower === 'dozen' && hyphen === 0) return made(value * 12, from, to + 1, false);
  if (next?.lower === 'hundred' && isDigits && hyphen === 0) return made(value * 100, from, to + 1, false);
  return made(value, from, to, false);
}

// A half, a third of, two-thirds: without “of” or a hyphen a third is the one after the second.
function shareAt(tokens: readonly Token[], at: number): Numeral | null {
  const lower = (index: number) => tokens[index]?.lower ?? '';
  if (lower(at) === 'half') {
    if (['a', 'an'].includes(lower(at + 1))) {
      if (lower(at + 2) === 'dozen') return made(6, at, at + 3, false);
      if (lower(at + 2) === 'million') return made(5e5, at, at + 3, false);
      return /^(hour|day|century|mile|year)$/.test(lower(at + 2)) ? made(0.5, at, at + 2, false) : null;
    }
    return ['of', 'the', 'its', 'their', 'his', 'her', 'all'].includes(lower(at + 1)) ? made(0.5, at, at + 1, true) : null;
  }
  const count = ['a', 'one'].includes(lower(at)) ? 1 : (small.get(lower(at)) ?? 0);
  if (count === 0) return null;
  const hyphen = lower(at + 1) === '-' ? 1 : 0;
  const whole = parts.get(lower(at + 1 + hyphen));
  if (!whole) return null;
  const isPlural = lower(at + 1 + hyphen).endsWith('s') || lower(at + 1 + hyphen) === 'halves';
  const end = at + 2 + hyphen;
  if (lower(at) === 'a' && !['of', 'the'].includes(lower(end))) return null;
  if (!isPlural && (count !== 1 || !['of', 'the', 'its', 'their'].includes(lower(end)))) return null;
  // “a quarter of a million”
  if (lower(end) === 'of' && lower(end + 1) === 'a' && longScales.has(lower(end + 2)))
    return made((count / whole) * (scales.get(lower(end + 2)) as number), at, end + 3, false);
  return made(Math.round((count / whole) * 1e4) / 1e4, at, end, true);
}

// Two hundred and fifty thousand; twenty-seven; a dozen; one and a half million.
function wordsAt(tokens: readonly Token[], at: number): Numeral | null {
  const lower = (index: number) => tokens[index]?.lower ?? '';
  if (lower(at) === 'a' || lower(at) === 'an') {
    const next = lower(at + 1);
    if (next === 'dozen') return made(12, at, at + 2, false);
    if (next === 'hundred') return hundreds(tokens, at, at + 2, 100);
    return longScales.has(next) ? made(scales.get(next) as number, at, at + 2, false) : null;
  }
  const first = below100(tokens, at);
  if (!first) return null;
  if (lower(first.to) === 'hundred') return hundreds(tokens, at, first.to + 1, first.value * 100);
  if (lower(first.to) === 'and' && lower(first.to + 1) === 'a' && lower(first.to + 2) === 'half') {
    return scaled(tokens, first.value + 0.5, at, first.to + 3, false);
  }
  return thousands(tokens, at, first.to, first.value);
}

function hundreds(tokens: readonly Token[], from: number, to: number, value: number): Numeral | null {
  const and = tokens[to]?.lower === 'and' ? 1 : 0;
  const rest = below100(tokens, to + and);
  return rest ? thousands(tokens, from, rest.to, value + rest.value) : thousands(tokens, from, to, value);
}

function thousands(tokens: readonly Token[], from: number, to: number, value: number): Numeral | null {
  const scaledUp = scaled(tokens, value, from, to, false);
  if (!scaledUp || tokens[scaledUp.to - 1]?.lower !== 'thousand') return scaledUp;
  const hundred = below100(tokens, scaledUp.to);
  if (hundred && tokens[hundred.to]?.lower === 'hundred') return made(scaledUp.value + hundred.value * 100, from, hundred.to + 1, false);
  return scaledUp;
}

function below100(tokens: readonly Token[], at: number): { value: number; to: number } | null {
  const word = tokens[at]?.kind === 'word' ? (tokens[at] as Token).lower : '';
  const one = small.get(word);
  if (one !== undefined) return { value: one, to: at + 1 };
  const ten = tens.get(word);
  if (ten === undefined) return null;
  const unit = tokens[at + 1]?.text === '-' ? small.get(tokens[at + 2]?.lower ?? '') : undefined;
  return unit !== undefined && unit > 0 && unit < 10 ? { value: ten + unit, to: at + 3 } : { value: ten, to: at + 1 };
}

// What no double can hold to the unit is no number that a person counted.
function made(value: number, from: number, to: number, isShare: boolean): Numeral | null {
  // 4.1 million is 4100000, not 4099999.9999999995.
  const rounded = Number(value.toPrecision(12));
  return rounded <= Number.MAX_SAFE_INTEGER ? { value: rounded, from, to, isShare } : null;
}
