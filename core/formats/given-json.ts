import type { ImportProblem, ProblemCode } from '../import/draft.ts';
import { jsonDepth, tooDeepAt } from '../text/json-depth.ts';
import type { GivenFile } from './foreign.ts';
import { givenText } from './given-text.ts';

/** The content of a file, or why it cannot be read. */
export type Given<T> = { readonly value: T; readonly problem: null } | { readonly value: null; readonly problem: ImportProblem };

/** The content of a JSON file. A fault is reported with its line and column. */
export function givenJson(file: GivenFile): Given<unknown> {
  const text = givenText(file);
  return typeof text === 'string' ? parsedJson(file.path, text, 1) : { value: null, problem: text };
}

/** The values of a file with one JSON value on each line. Blank lines are skipped. Stops at the first fault. */
export function givenJsonLines(file: GivenFile): Given<readonly { readonly line: number; readonly value: unknown }[]> {
  const text = givenText(file);
  if (typeof text !== 'string') return { value: null, problem: text };
  const values: { line: number; value: unknown }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const parsed = parsedJson(file.path, line, index + 1);
    if (parsed.problem) return parsed;
    values.push({ line: index + 1, value: parsed.value });
  }
  return { value: values, problem: null };
}

/** A problem with a file, in words. `line` is counted from 1. */
export function problemIn(
  file: string,
  code: ProblemCode,
  message: string,
  next: string,
  line: number | null = null,
  column: number | null = null,
): ImportProblem {
  return { file, line, column, code, message, next };
}

/** Whether `value` is an object and not an array. If it came from a file, read its properties only with `fieldOf`. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The property `key` of something that may be an object. Undefined if the object itself has no such key, for example `constructor`. */
export function fieldOf(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
}

/** The string under `key`, or null. */
export function stringOf(value: unknown, key: string): string | null {
  const field = fieldOf(value, key);
  return typeof field === 'string' ? field : null;
}

/** The list under `key`; empty if there is none. */
export function listOf(value: unknown, key: string): readonly unknown[] {
  const field = fieldOf(value, key);
  return Array.isArray(field) ? field : [];
}

/** Whether `value` can be an offset: a whole number, 0 or greater. */
export function isOffset(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parsedJson(file: string, text: string, firstLine: number): Given<unknown> {
  const deep = tooDeepAt(text);
  if (deep !== null) {
    const line = firstLine + text.slice(0, deep).split('\n').length - 1;
    const message = `The JSON is nested more than ${jsonDepth} levels deep here.`;
    return { value: null, problem: problemIn(file, 'unsafe', message, 'Export the file again from the program that it came from.', line) };
  }
  try {
    const value: unknown = JSON.parse(text);
    const key = sharedKeyIn(text, value);
    if (key === null) return { value, problem: null };
    const next = 'Remove that key from the file, then import it again.';
    return {
      value: null,
      problem: problemIn(file, 'unsafe', `It has the key “${key}”, which would change other objects.`, next, firstLine),
    };
  } catch (error) {
    // Engines describe the position in different ways. If there is none, the line is that of the value.
    const at = Number(/position (\d+)/.exec(String(error))?.[1] ?? (text.trim() === '' ? 0 : Number.NaN));
    const before = Number.isNaN(at) ? null : text.slice(0, at).split('\n');
    const line = before ? firstLine + before.length - 1 : firstLine;
    const column = before ? (before.at(-1) as string).length + 1 : null;
    const message = text.trim() === '' ? 'The file is empty.' : 'The file breaks the rules of JSON here.';
    const next = 'Export the file again from the program that it came from.';
    return { value: null, problem: problemIn(file, text.trim() === '' ? 'empty' : 'damaged', message, next, line, column) };
  }
}

// A key with which some programs would change a property of all their objects; null if there is none.
function sharedKeyIn(text: string, root: unknown): string | null {
  // Any letter of a key can be written as an escape, so the text alone does not tell. For most files, this test makes the search unnecessary.
  if (!/__proto__|prototype|\\u00(?:5f|6f|7[024])/i.test(text)) return null;
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null) continue;
    if (Object.hasOwn(node, '__proto__')) return '__proto__';
    if (fieldOf(fieldOf(node, 'constructor'), 'prototype') !== undefined) return 'constructor';
    for (const value of Object.values(node)) waiting.push(value);
  }
  return null;
}
