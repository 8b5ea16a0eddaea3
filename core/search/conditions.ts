import { likenessTo } from '../text/likeness.ts';
import type { Field, Meaning } from './fields.ts';
import { parseQuery, type Query, type QueryProblem, type Term, type Value } from './query.ts';

/** How to compare a value. Texts are compared folded (see `folded`). Bounds of numbers and dates are inclusive unless `open`. */
export type Test =
  | { readonly kind: 'is'; readonly text: string }
  | { readonly kind: 'holds'; readonly text: string }
  | { readonly kind: 'from'; readonly bound: string; readonly open: boolean }
  | { readonly kind: 'to'; readonly bound: string; readonly open: boolean }
  | { readonly kind: 'between'; readonly from: string; readonly to: string };

/** The forms of words in lower case; each word is among its own forms. A word that is missing only has itself. */
export type WordForms = ReadonlyMap<string, readonly string[]>;

/** One thing that must hold, or with `not` must not: words in the text, words in any of their `forms`, or one of `tests` for one of `meanings`. */
export type Condition = { readonly not: boolean } & (
  | { readonly kind: 'words'; readonly words: string; readonly exact: boolean }
  | { readonly kind: 'lemma'; readonly words: readonly string[]; readonly forms: WordForms }
  | { readonly kind: 'field'; readonly field: string; readonly meanings: readonly Meaning[]; readonly tests: readonly Test[] }
);

/** What could be understood of a query. If it has problems, do not run it. */
export interface Understood {
  readonly query: Query;
  readonly conditions: readonly Condition[];
  readonly problems: readonly QueryProblem[];
}

/** Interprets `input` using the given fields. Never throws. */
export function understand(input: string, fields: ReadonlyMap<string, Field>): Understood {
  const query = parseQuery(input);
  const problems = [...query.problems];
  const conditions = query.terms.flatMap((term) => conditionOf(term, fields, problems) ?? []);
  return { query, conditions, problems: problems.sort((a, b) => a.place.start - b.place.start) };
}

// People type `-done` to find what is left to do. To exclude the word itself, use `-"done"`.
const states: ReadonlyMap<string, readonly [field: string, value: string]> = new Map([
  ['done', ['status', 'done']],
  ['draft', ['is', 'draft']],
]);

function conditionOf(term: Term, fields: ReadonlyMap<string, Field>, problems: QueryProblem[]): Condition | null {
  const { not, place } = term;
  if (term.kind === 'words') {
    const state = not && !term.exact ? states.get(term.words.toLowerCase()) : undefined;
    if (!state) return { kind: 'words', words: term.words, exact: term.exact, not };
    const [field, text] = state;
    return { kind: 'field', field, meanings: fields.get(field)?.meanings ?? [], tests: [{ kind: 'is', text }], not };
  }
  const field = fields.get(term.field);
  if (!field) {
    const near = nearest(term.field, [...fields.keys()]);
    const instead = near ? `Did you mean ${near}:?` : 'Begin to type a field to see all of them.';
    problems.push({
      place,
      message: `There is no field ${term.field}.`,
      next: `${instead} For the words themselves write "${term.field}:${term.values[0]?.text}".`,
    });
    return null;
  }
  // If the codebook has a field of this name, that one takes precedence.
  const meanings = field.meanings.filter(({ of }) => of !== 'words');
  if (meanings.length === 0) return { kind: 'lemma', words: term.values.map(({ text }) => text), forms: new Map(), not };
  const tests = term.values.flatMap((value) => testOf(value, field, place, problems) ?? []);
  return tests.length === term.values.length ? { kind: 'field', field: field.name, meanings, tests, not } : null;
}

function testOf(value: Value, field: Field, place: Term['place'], problems: QueryProblem[]): Test | null {
  const text = folded(value.text);
  if (field.kind === 'choice') {
    const found = choiceOf(text, field);
    if (found !== null) return { kind: 'is', text: folded(found) };
    const names = field.values.map(({ name }) => name);
    const near = nearest(text, names);
    const some = names.length > 8 ? `${names.slice(0, 8).join(', ')} …` : names.join(', ');
    problems.push({
      place,
      message: `${field.name}: has no value ${value.text}.`,
      next: near ? `Did you mean ${near}? There are ${some}.` : `There are ${some}.`,
    });
    return null;
  }
  if (field.kind === 'text') return value.exact ? { kind: 'is', text } : { kind: 'holds', text };
  const range = rangeOf(value.text);
  const bounds = range?.bounds ?? [value.text];
  const isFit = field.kind === 'number' ? isNumber : isDate;
  if (bounds.every(isFit)) return range?.test ?? { kind: 'is', text: value.text };
  const example = field.kind === 'number' ? '5, >5 or 5..10' : '2026-01-06, 2026-01, >2026-01 or 2025..2026';
  problems.push({
    place,
    message: `${field.name}: takes a ${field.kind === 'number' ? 'number' : 'date'}, not ${value.text}.`,
    next: `Write it like ${example}.`,
  });
  return null;
}

// A choice can be typed by its name, by its title, or by the beginning of either if only one matches.
function choiceOf(text: string, { values }: Field): string | null {
  const plain = text.replaceAll('_', ' ');
  const namesOf = ({ name, title }: Field['values'][number]) => [folded(name).replaceAll('_', ' '), folded(title)];
  const exact = values.find((value) => namesOf(value).includes(plain));
  if (exact) return exact.name;
  const begun = values.filter((value) => namesOf(value).some((name) => name.startsWith(plain)));
  return begun.length === 1 ? (begun[0]?.name ?? null) : null;
}

function rangeOf(text: string): { bounds: string[]; test: Test } | null {
  const [, sign, bound = ''] = /^([<>]=?)(.+)$/.exec(text) ?? [];
  if (sign) return { bounds: [bound], test: { kind: sign.startsWith('>') ? 'from' : 'to', bound, open: sign.length === 1 } };
  const [, from, to] = /^(.*?)\.\.(.*)$/.exec(text) ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return null;
  if (to === '') return { bounds: [from], test: { kind: 'from', bound: from, open: false } };
  if (from === '') return { bounds: [to], test: { kind: 'to', bound: to, open: false } };
  return { bounds: [from, to], test: { kind: 'between', from, to } };
}

const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
const isDate = (text: string) => /^\d{4}(-\d{2}(-\d{2})?)?$/.test(text);

function nearest(text: string, names: readonly string[]): string | null {
  const like = likenessTo(text);
  const scored = names.map((name) => ({ name, score: Math.max(like(name), closeness(text, name)) })).sort((a, b) => b.score - a.score);
  return scored[0] && scored[0].score >= 0.5 ? scored[0].name : null;
}

// Counts the letters that match at the same distance from either end. A typing slip shifts only a few.
function closeness(one: string, other: string): number {
  let [start, end] = [0, 0];
  const shorter = Math.min(one.length, other.length);
  while (start < shorter && one[start] === other[start]) start++;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end++;
  return (start + end) / Math.max(one.length, other.length);
}

/** The words of `text` as the index splits them, in lower case. */
export const plainWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];

/** Normalises text for comparison: ignores case, accents and the kind of quotation mark or dash, and treats a run of space as one. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[‘’‛']/g, "'")
    .replace(/[“”„]/g, '"')
    .replace(/[‐-―]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}
