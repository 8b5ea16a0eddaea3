import type { Range } from '../text/span.ts';

/**
 * One part of a query: words, or a field with one or more alternative values. With `not`, the part must not match. `place` is its position in the
 * input, in UTF-16 code units, half-open.
 */
export type Term = { readonly not: boolean; readonly place: Range } & (
  | { readonly kind: 'words'; readonly words: string; readonly exact: boolean }
  | { readonly kind: 'field'; readonly field: string; readonly values: readonly Value[] }
);

/** A value as typed. `exact` if it was in quotation marks. */
export interface Value {
  readonly text: string;
  readonly exact: boolean;
}

/** What is wrong with a query, where (UTF-16 code units, half-open), and what to do about it. */
export interface QueryProblem {
  readonly place: Range;
  readonly message: string;
  readonly next: string;
}

/** A parsed query. All of its terms must hold. */
export interface Query {
  readonly terms: readonly Term[];
  readonly problems: readonly QueryProblem[];
}

const marks = '"“”„';
// Includes combining marks, because some letters become two code points in lower case, such as İ.
const fieldHead = /^([\p{L}_][\p{L}\p{M}\p{N}_-]*):/u;
const bareWord = new RegExp(`^[^\\s${marks}]+`, 'u');
const bareValue = new RegExp(`^[^\\s,${marks}]+`, 'u');

/**
 * Parses a query as typed: words, “words in this order”, `field:value`, `field:one,another`, `field:"two words"`, each optionally with `-` in
 * front to exclude it. Never throws: anything not understood is reported as a problem with its place, and the rest is parsed.
 */
export function parseQuery(input: string): Query {
  const terms: Term[] = [];
  const problems: QueryProblem[] = [];
  let at = 0;
  const rest = () => input.slice(at);
  // A quoted text at `at`, without its quotation marks. Any mark of the same kind ends it; a backslash escapes the next character.
  const quoted = (): string => {
    const start = at;
    let text = '';
    for (at++; at < input.length; at++) {
      const character = input.charAt(at);
      if (character === '\\' && at + 1 < input.length) text += input.charAt(++at);
      else if (marks.includes(character)) {
        at++;
        return text;
      } else text += character;
    }
    problems.push({ place: { start, end: at }, message: 'This quotation mark has no partner.', next: 'Close it with ".' });
    return text;
  };
  const value = (): Value | null => {
    if (marks.includes(input.charAt(at)) && at < input.length) return { text: quoted(), exact: true };
    const [bare] = bareValue.exec(rest()) ?? [];
    if (bare === undefined) return null;
    at += bare.length;
    return { text: bare, exact: false };
  };
  while (at < input.length) {
    if (/\s/.test(input.charAt(at))) {
      at++;
      continue;
    }
    const start = at;
    const not = /^-[^\s]/.test(rest());
    if (not) at++;
    const [head, field] = fieldHead.exec(rest()) ?? [];
    if (head !== undefined && field !== undefined) {
      at += head.length;
      const values: Value[] = [];
      for (let one = value(); one; one = value()) {
        values.push(one);
        if (input.charAt(at) !== ',') break;
        at++;
      }
      const place = { start, end: at };
      const filled = values.filter(({ text }) => text.trim() !== '');
      if (filled.length > 0) terms.push({ kind: 'field', field: field.toLowerCase(), values: filled, not, place });
      else problems.push({ place, message: `${head} has no value.`, next: `Write what it should be after the colon, such as ${head}x.` });
      continue;
    }
    if (marks.includes(input.charAt(at))) {
      const words = quoted();
      if (words.trim() !== '') terms.push({ kind: 'words', words, exact: true, not, place: { start, end: at } });
      continue;
    }
    const [word = input.charAt(at)] = bareWord.exec(rest()) ?? [];
    at += word.length;
    terms.push({ kind: 'words', words: word, exact: false, not, place: { start, end: at } });
  }
  return { terms, problems };
}

/** The terms as a user would type them. `parseQuery` reads them back, except for the places. */
export function printQuery(terms: readonly Term[]): string {
  return terms.map(printTerm).join(' ');
}

function printTerm(term: Term): string {
  const sign = term.not ? '-' : '';
  if (term.kind === 'field') return `${sign}${term.field}:${term.values.map(printValue).join(',')}`;
  return `${sign}${term.exact ? quote(term.words) : term.words}`;
}

/** A value as typed after the colon of a field. */
export function printValue({ text, exact }: Value): string {
  return exact ? quote(text) : text;
}

const quote = (text: string) => `"${text.replace(/[\\"“”„]/g, '\\$&')}"`;
