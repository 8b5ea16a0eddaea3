import type { ImportProblem } from '../import/draft.ts';

/** The value of a feature in a file. In an XMI file without its type system, numbers and booleans are strings. */
export type GraphValue =
  | { readonly kind: 'plain'; readonly value: string | number | boolean }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'references'; readonly to: readonly number[]; readonly isList: boolean };

/** An object of a CAS. `place` is half-open in UTF-16 and inside the text; null if the object is not an annotation. */
export interface GraphObject {
  readonly id: number;
  readonly type: string;
  readonly place: { readonly start: number; readonly end: number } | null;
  /** Without UIMA's own features (`sofa`, `begin`, `end`) and features without a value. */
  readonly features: ReadonlyMap<string, GraphValue>;
  /** Whether its view lists it. Unlisted objects are only there because others refer to them. */
  readonly isMember: boolean;
}

/** A CAS in a file: the text of its only view, and its objects by id. */
export interface CasGraph {
  readonly path: string;
  readonly text: string;
  readonly objects: ReadonlyMap<number, GraphObject>;
}

/** The result of reading a file: a CAS, or what is wrong with the file. */
export type Read = { readonly graph: CasGraph; readonly problem: null } | { readonly graph: null; readonly problem: ImportProblem };

/** An object before the text is known. `begin` and `end` are as in the file. */
export interface RawObject {
  readonly id: number;
  readonly type: string;
  readonly sofa: number | null;
  readonly begin: unknown;
  readonly end: unknown;
  readonly features: ReadonlyMap<string, GraphValue>;
}

/** The views: the texts by the id of their sofas, and the ids that they list. Null if the file has no list. */
export interface RawSofa {
  readonly id: number;
  readonly text: string | null;
}

/** A fault in a file. Thrown inside a reader and returned by it as a problem. */
export class CasFault extends Error {
  readonly code: ImportProblem['code'];
  readonly next: string;
  constructor(code: ImportProblem['code'], message: string, next = again) {
    super(message);
    this.code = code;
    this.next = next;
  }
}

/** The remedy for a file that does not follow its format. */
export const again = 'Export it again from the program that it came from, then import that.';

/** Builds a CAS. @throws CasFault for more than one text or none, duplicate ids, and offsets outside the text */
export function graphOf(
  path: string,
  sofas: readonly RawSofa[],
  objects: readonly RawObject[],
  members: ReadonlyMap<number, ReadonlySet<number>> | null,
): CasGraph {
  const withText = sofas.filter(({ text }) => text !== null && text !== '');
  const [sofa, second] = withText;
  if (!sofa) throw new CasFault('empty', 'The file holds no text.');
  if (second) {
    throw new CasFault(
      'unsupported',
      'The file holds more than one text.',
      'Export each view of it to a file of its own, then import those.',
    );
  }
  const text = sofa.text as string;
  const byId = new Map<number, GraphObject>();
  for (const { id, type, begin, end, features, ...object } of objects) {
    if (byId.has(id) || sofas.some((one) => one.id === id)) throw new CasFault('damaged', `Two objects have the id ${id}.`);
    const isPlaced = begin !== undefined || end !== undefined;
    if (isPlaced && object.sofa !== null && object.sofa !== sofa.id) {
      throw new CasFault('damaged', `The ${type} ${id} belongs to another text than that of the file.`);
    }
    // Without lists, everything with a place in the text counts as listed.
    const isMember = members === null ? isPlaced : (members.get(sofa.id)?.has(id) ?? false);
    byId.set(id, { id, type, features, isMember, place: isPlaced ? placeOf(text, type, id, begin, end) : null });
  }
  return { path, text, objects: byId };
}

// A place that is not a number is not worth quoting.
const told = (place: unknown) => (typeof place === 'number' ? place : 'no number');

function placeOf(text: string, type: string, id: number, begin: unknown, end: unknown): { start: number; end: number } {
  const isPlace = Number.isSafeInteger(begin) && Number.isSafeInteger(end);
  const [start, stop] = [begin as number, end as number];
  if (!isPlace || start < 0 || stop < start || stop > text.length) {
    throw new CasFault('damaged', `The ${type} ${id} lies outside the text (from ${told(begin)} to ${told(end)}, of ${text.length}).`);
  }
  return { start, end: stop };
}
