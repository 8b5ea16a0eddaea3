import type { Range } from '../text/span.ts';
import { folded } from './conditions.ts';
import type { Field, FieldValue } from './fields.ts';
import { printValue } from './query.ts';

/** Something that can be inserted at the caret: `text` replaces `place` (UTF-16 code units, half-open). */
export interface Completion {
  readonly place: Range;
  readonly text: string;
  /** What it is called in a list, and what it means. */
  readonly name: string;
  readonly note: string;
  readonly kind: 'field' | 'value';
}

/** Suggests values for a field without a closed list, given what was typed: names of entities, annotators or sources. */
export type OpenValues = (field: Field, typed: string) => readonly FieldValue[];

const most = 8;
const head = /^(-?)([\p{L}_][\p{L}\p{M}\p{N}_-]*):(.*)$/su;
const beginning = /^(-?)([\p{L}_][\p{L}\p{M}\p{N}_-]*)$/u;
const marks = '"“”„';

/**
 * Possible completions for the part of a query before `caret`, best first, at most eight: names of fields, or values after a colon. None inside
 * quotation marks or where the value is complete.
 */
export function completionsOf(input: string, caret: number, fields: ReadonlyMap<string, Field>, openValues: OpenValues): Completion[] {
  const start = tokenStart(input, caret);
  const token = input.slice(start, caret);
  const [, sign = '', word] = beginning.exec(token) ?? [];
  if (word !== undefined) return fieldsLike(word, fields, { start: start + sign.length, end: caret });
  const [whole, , name, values] = head.exec(token) ?? [];
  const field = fields.get(name?.toLowerCase() ?? '');
  if (whole === undefined || values === undefined || !field) return [];
  const last = values.slice(valueStart(values));
  const typed = marks.includes(last.charAt(0)) && last !== '' ? last.slice(1) : last;
  // A closing quotation mark ends the value.
  if ([...marks].some((mark) => typed.includes(mark))) return [];
  return valuesLike(typed, field, openValues, { start: caret - last.length, end: caret });
}

// Where the part at the caret begins: after the last space that is not inside quotation marks.
function tokenStart(input: string, caret: number): number {
  let start = 0;
  let isQuoted = false;
  for (let at = 0; at < caret; at++) {
    const character = input.charAt(at);
    if (character === '\\' && isQuoted) at++;
    else if (marks.includes(character)) isQuoted = !isQuoted;
    else if (!isQuoted && /\s/.test(character)) start = at + 1;
  }
  return Math.min(start, caret);
}

// Where the last of several values begins.
function valueStart(values: string): number {
  let start = 0;
  let isQuoted = false;
  for (const [at, character] of [...values].entries()) {
    if (marks.includes(character)) isQuoted = !isQuoted;
    else if (!isQuoted && character === ',') start = [...values].slice(0, at + 1).join('').length;
  }
  return start;
}

function fieldsLike(word: string, fields: ReadonlyMap<string, Field>, place: Range): Completion[] {
  const sought = folded(word);
  const rank = ({ name, title }: Field) => {
    if (name.startsWith(sought)) return 0;
    if (folded(title).startsWith(sought)) return 1;
    return sought.length > 2 && folded(title).includes(` ${sought}`) ? 2 : 3;
  };
  return [...fields.values()]
    .map((field) => ({ field, rank: rank(field) }))
    .filter((each) => each.rank < 3)
    .sort((a, b) => a.rank - b.rank || (a.rank === 0 ? a.field.name.length - b.field.name.length : 0))
    .slice(0, most)
    .map(({ field }) => ({ place, text: `${field.name}:`, name: `${field.name}:`, note: field.title, kind: 'field' }));
}

function valuesLike(typed: string, field: Field, openValues: OpenValues, place: Range): Completion[] {
  const sought = folded(typed);
  const known = field.values.filter(({ name, title }) => [name, title].some((each) => folded(each).replaceAll('_', ' ').includes(sought)));
  if (sought !== '' && field.values.some(({ name }) => folded(name) === sought)) return [];
  const beginsSo = ({ name, title }: FieldValue) => folded(name).startsWith(sought) || folded(title).startsWith(sought);
  const inTurn = [...known.filter(beginsSo), ...known.filter((value) => !beginsSo(value))];
  return [...inTurn, ...openValues(field, typed)]
    .filter(({ name }) => name !== typed)
    .slice(0, most)
    .map(({ name, title }) => {
      const isBare = /^[^\s,"“”„<>]+$/u.test(name) && !name.includes('..');
      return { place, text: `${printValue({ text: name, exact: !isBare })} `, name, note: title === name ? '' : title, kind: 'value' };
    });
}

/** `input` after inserting `completion`, and the new position of the caret. */
export function withCompletion(input: string, { place, text }: Completion): { readonly input: string; readonly caret: number } {
  const rest = input.slice(place.end).replace(/^ /, text.endsWith(' ') ? '' : ' ');
  return { input: input.slice(0, place.start) + text + rest, caret: place.start + text.length };
}
