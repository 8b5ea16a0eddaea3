import type { ImportProblem } from '../import/draft.ts';

/** The value of a feature as a file has it. Numbers and truths of an XMI file without its type system are strings. */
export type GraphValue =
  | { readonly kind: 'plain'; readonly value: string | number | boolean }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'references'; readonly to: readonly number[]; readonly isList: boolean };

/** An object of a CAS. `place` is half-open in UTF-16 and inside the text; null for what is no annotation. */
export interface GraphObject {
  readonly id: number;
  readonly type: string;
  readonly place: { readonly start: number; readonly end: number } | null;
  /** Without those of UIMA itself (`sofa`, `begin`, `end`) and those that have no value. */
  readonly features: ReadonlyMap<string, GraphValue>;
  /** Whether its view lists it. What it does not list is there only for what refers to it. */
  readonly isMember: boolean;
}

/** A CAS as a file has it: the text of its one view and its objects by id. */
export interface CasGraph {
  readonly path: string;
  readonly text: string;
  readonly objects: ReadonlyMap<number, GraphObject>;
}

/** What a reader of files gives: a CAS, or what is wrong with the file. */
export type Read = { readonly graph: CasGraph; readonly problem: null } | { readonly graph: null; readonly problem: ImportProblem };

/** An object before the text is known: `begin` and `end` as they stand in the file. */
export interface RawObject {
  readonly id: number;
  readonly type: string;
  readonly sofa: number | null;
  readonly begin: unknown;
  readonly end: unknown;
  readonly features: ReadonlyMap<string, GraphValue>;
}

/** A view: its text by the id of its sofa, and the ids that it lists; null where the file has no list. */
export interface RawSofa {
  readonly id: number;
  readonly text: string | null;
}

/** A fault of a file, thrown inside a reader and told as a problem at its edge. */
export class CasFault extends Error {
  readonly code: ImportProblem['code'];
  readonly next: string;
  constructor(code: ImportProblem['code'], message: string, next = again) {
    super(message);
    this.code = code;
    this.next = next;
  }
}

/** The remedy for a file that is not as its format says. */
export const again = 'Export it again from the program that it came from, then import that.';

/** Puts a CAS together. @throws CasFault for more than one text, none, ids that come twice, and offsets outside the text */
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
    // Without lists, what lies in the text is what there is to see.
    const isMember = members === null ? isPlaced : (members.get(sofa.id)?.has(id) ?? false);
    byId.set(id, { id, type, features, isMember, place: isPlaced ? placeOf(text, type, id, begin, end) : null });
  }
  return { path, text, objects: byId };
}

// Of a place that is no number there is nothing worth repeating.
const told = (place: unknown) => (typeof place === 'number' ? place : 'no number');

function placeOf(text: string, type: string, id: number, begin: unknown, end: unknown): { start: number; end: number } {
  const isPlace = Number.isSafeInteger(begin) && Number.isSafeInteger(end);
  const [start, stop] = [begin as number, end as number];
  if (!isPlace || start < 0 || stop < start || stop > text.length) {
    throw new CasFault('damaged', `The ${type} ${id} lies outside the text (from ${told(begin)} to ${told(end)}, of ${text.length}).`);
  }
  return { start, end: stop };
}
