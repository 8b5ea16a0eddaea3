import { CasFault, type GraphValue, graphOf, type RawObject, type RawSofa, type Read } from './cas-graph.ts';
import { uima } from './cas-types.ts';
import type { GivenFile } from './foreign.ts';
import { givenJson } from './given-json.ts';
import { problemOf } from './given-text.ts';

type Json = Readonly<Record<string, unknown>>;

/** Reads UIMA CAS JSON 0.4.0 as written by Java's UIMA, cassis, INCEpTION and Pressmark. The objects may be a list, or an object by id. */
export function readCasJson(file: GivenFile): Read {
  const { path } = file;
  const document = givenJson(file);
  if (document.problem) return { graph: null, problem: document.problem };
  try {
    return { graph: graphFrom(path, document.value), problem: null };
  } catch (fault) {
    if (!(fault instanceof CasFault)) throw fault;
    return { graph: null, problem: problemOf(path, null, fault.code, fault.message, fault.next) };
  }
}

function graphFrom(path: string, document: unknown) {
  const structures = structuresOf(member(document, '%FEATURE_STRUCTURES'));
  const arrays = new Map<number, GraphValue>();
  const sofas: RawSofa[] = [];
  for (const { id, type, json } of structures) {
    const elements = member(json, '%ELEMENTS');
    if (Array.isArray(elements)) arrays.set(id, arrayOf(type, elements));
    if (type === uima.sofa) sofas.push({ id, text: stringOr(member(json, 'sofaString'), null) });
  }
  const objects = structures.flatMap(({ id, type, json }): RawObject[] => {
    if (type === uima.sofa || member(json, '%ELEMENTS') !== undefined) return [];
    const sofa = member(json, '@sofa');
    const place = { begin: member(json, 'begin') ?? member(json, '^begin'), end: member(json, 'end') ?? member(json, '^end') };
    return [{ id, type, sofa: typeof sofa === 'number' ? sofa : null, ...place, features: featuresOf(json, arrays) }];
  });
  return graphOf(path, sofas, objects, membersOf(member(document, '%VIEWS')));
}

function structuresOf(value: unknown): { id: number; type: string; json: Json }[] {
  const entries = Array.isArray(value)
    ? value.map((json): [unknown, unknown] => [member(json, '%ID'), json])
    : isObject(value)
      ? Object.entries(value).map(([id, json]): [unknown, unknown] => [Number(id), json])
      : null;
  if (!entries) throw new CasFault('damaged', 'The file has no list of %FEATURE_STRUCTURES, so it is not CAS JSON.');
  return entries.map(([id, json], index) => {
    const type = member(json, '%TYPE');
    if (!isObject(json) || !Number.isSafeInteger(id) || typeof type !== 'string') {
      throw new CasFault('damaged', `The object number ${index + 1} of %FEATURE_STRUCTURES has no %ID or no %TYPE.`);
    }
    return { id: id as number, type, json };
  });
}

function membersOf(views: unknown): Map<number, Set<number>> | null {
  if (!isObject(views)) return null;
  const members = new Map<number, Set<number>>();
  for (const view of Object.values(views)) {
    const [sofa, ids] = [member(view, '%SOFA'), member(view, '%MEMBERS')];
    if (typeof sofa === 'number' && Array.isArray(ids))
      members.set(sofa, new Set(ids.filter((id): id is number => typeof id === 'number')));
  }
  return members.size > 0 ? members : null;
}

const ofUima = new Set(['begin', 'end', '^begin', '^end', '@sofa']);

function featuresOf(json: Json, arrays: ReadonlyMap<number, GraphValue>): Map<string, GraphValue> {
  const features = new Map<string, GraphValue>();
  for (const [key, value] of Object.entries(json)) {
    if (key.startsWith('%') || ofUima.has(key)) continue;
    const isReference = key.startsWith('@');
    const name = /^[@#^]/.test(key) ? key.slice(1) : key;
    const found = isReference ? referenceOf(value, arrays) : plainOf(value);
    if (found) features.set(name, found);
  }
  return features;
}

function referenceOf(value: unknown, arrays: ReadonlyMap<number, GraphValue>): GraphValue | null {
  if (typeof value !== 'number') return null;
  return arrays.get(value) ?? { kind: 'references', to: [value], isList: false };
}

function arrayOf(type: string, elements: readonly unknown[]): GraphValue {
  const isOfObjects = type === uima.objectArray || (type.endsWith('[]') && !type.startsWith('uima.cas.'));
  if (isOfObjects) return { kind: 'references', to: elements.filter((one): one is number => typeof one === 'number'), isList: true };
  // In XMI, null and the empty text are the same, so treat them alike here.
  return { kind: 'strings', value: elements.map((one) => (one === null || typeof one === 'object' ? '' : String(one))) };
}

function plainOf(value: unknown): GraphValue | null {
  if (typeof value === 'string' || typeof value === 'boolean') return { kind: 'plain', value };
  return typeof value === 'number' && Number.isFinite(value) ? { kind: 'plain', value } : null;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
// Data from a file may only be read through its own properties.
const member = (value: unknown, key: string): unknown => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined);
const stringOr = <T>(value: unknown, other: T) => (typeof value === 'string' ? value : other);
