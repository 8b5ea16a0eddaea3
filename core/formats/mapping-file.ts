import type { z } from 'zod';
import { jsonDepth, tooDeepAt } from '../text/json-depth.ts';
import { faultLine, lineAt, valuePlaces } from '../text/json-places.ts';
import { safeParsed } from '../text/misfit.ts';
import { LabelMap } from './mapping.ts';

/** The map in a file with this content, or a sentence that says what is wrong with it: where, and what is expected there. */
export function readLabelMap(content: string): LabelMap | string {
  const deep = tooDeepAt(content);
  if (deep !== null) return `line ${lineAt(content, deep)}: the JSON is nested more than ${jsonDepth} levels deep.`;
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return `line ${faultLine(content, error)} is not JSON; a comma, a bracket or a quotation mark may be missing or left over.`;
  }
  const read = safeParsed(LabelMap, value);
  if (read.success) return read.data;
  const issue = read.error.issues[0] as z.core.$ZodIssue;
  const path = issue.path.map(String);
  const known = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  return `${[lineOf(content, known === undefined ? path : [...path, known]), ...placeOf(path)].join(', ')}: ${
    known === undefined ? wanted(path) : `there is no “${short(known)}” here, but ${(fields[collectionOf(path)] ?? []).join(', ')}`
  }.`;
}

function lineOf(content: string, path: readonly string[]): string {
  const places = valuePlaces(content);
  const at = places.get(path.join('.')) ?? places.get(path.slice(0, -1).join('.')) ?? 0;
  return `line ${lineAt(content, at)}`;
}

const words: Readonly<Record<string, string>> = {
  ...{ layers: 'layer', relations: 'relation', entityTypes: 'entity type', attributes: 'attribute', roles: 'role', values: 'value' },
};
// The fields that the file may contain, and those in each collection.
const fields: Readonly<Record<string, readonly string[]>> = {
  '': ['format', 'version', 'layers', 'relations', 'entityTypes'],
  layers: ['to', 'attributes', 'roles'],
  relations: ['to', 'attributes'],
  attributes: ['to', 'values'],
};

// Along the path, names of labels alternate with names of fields, so that a label may be called `to`.
const collectionOf = (path: readonly string[]) => path[path.length - 2] ?? '';

function placeOf(path: readonly string[]): string[] {
  return path.flatMap((name, index) => (index % 2 === 1 ? `${words[path[index - 1] ?? ''] ?? ''} “${short(name)}”` : []));
}

function wanted(path: readonly string[]): string {
  const name = path.at(-1) ?? '';
  if (path.length === 0) return 'a map is an object in braces';
  if (path.length === 1 && name === 'format') return '“format” has to be "pressmark-labels"';
  if (path.length === 1 && name === 'version') return '“version” has to be 1';
  const orNull = 'has to be a name of the codebook in quotation marks, or null to leave it out';
  if (path.length % 2 === 0) return fields[collectionOf(path)] ? 'it has to say what becomes of it, as in { "to": null }' : `it ${orNull}`;
  return name === 'to' ? `“to” ${orNull}` : `“${name}” has to list what becomes of each ${words[name] ?? 'one'} by its name, in braces`;
}

// Names in a file may be of any length.
const short = (name: string) => (name.length > 60 ? `${name.slice(0, 59).toWellFormed()}…` : name.toWellFormed());
