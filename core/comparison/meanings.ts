import { mayJoin } from '../annotations/relations.ts';
import { type Codebook, current, layerOf, type RelationType } from '../model/codebook.ts';

/**
 * What a relation across articles says of its ends: that they are the same, that one supports the other, that they cannot both be right, that one is
 * more exact (`from` refines `to`), or that somebody looked and they are not the same.
 */
export type Meaning = 'same' | 'agrees' | 'conflicts' | 'refines' | 'apart';

// By the default codebook's ids and likely new names for them. The meaning of others cannot be told.
const meaningsByName: readonly (readonly [Meaning, RegExp])[] = [
  ['apart', /^(?:not|no|un|differ|distinct|apart|separate|reject)/],
  ['conflicts', /contradict|conflict|den(?:y|ies)|disput|refut|oppos|disagree/],
  ['refines', /refin|specif|elaborat|precis|detail|narrow/],
  ['agrees', /corroborat|confirm|support|agree/],
  ['same', /same|equal|equivalent|identical|duplicate|match|repeat/],
];

// Null if its relations stay in one article, tie no layer to itself or have a name that does not tell.
function meaningOf(type: RelationType): Meaning | null {
  if (type.scope !== 'any' || !type.from.some((layer) => mayJoin(type, layer, layer))) return null;
  const name = type.id.toLowerCase();
  return meaningsByName.find(([, words]) => words.test(name))?.[0] ?? null;
}

/** What of a codebook is compared across articles. */
export interface Comparable {
  /** By the id of a relation type, retired ones too: what they say of their ends. */
  readonly meanings: ReadonlyMap<string, Meaning>;
  /** The layers that are compared word by word, because a relation records how their words match or because they have a speaker. */
  readonly quotes: readonly string[];
  /** The layers that are compared by what they claim. */
  readonly claims: readonly string[];
  /** The types that tie quotes to quotes. */
  readonly quoteTypes: ReadonlySet<string>;
  /** The layers of which a relation can still say that two annotations are the same. */
  readonly matched: readonly string[];
}

/** What of `codebook` is compared. Both lists of layers are empty if no relation across articles says that two annotations are the same. */
export function comparable(codebook: Codebook): Comparable {
  const known = comparables.get(codebook);
  if (known) return known;
  const meant = codebook.relations.flatMap((type) => {
    const meaning = meaningOf(type);
    return meaning ? [{ type, meaning }] : [];
  });
  const ties = (layer: string, wanted: readonly Meaning[]) =>
    meant.filter(({ type, meaning }) => wanted.includes(meaning) && mayJoin(type, layer, layer)).map(({ type }) => type);
  const layers = codebook.layers.map(({ id }) => id).filter((id) => ties(id, joining).length > 0);
  const isQuoted = (id: string) =>
    ties(id, ['same']).some(({ attributes }) => attributes.some(({ name }) => name === 'match')) ||
    (ties(id, ['same']).length > 0 && (layerOf(codebook, id)?.roles.some(({ name }) => name === 'speaker') ?? false));
  const made: Comparable = {
    meanings: new Map(meant.map(({ type, meaning }) => [type.id, meaning])),
    quotes: layers.filter(isQuoted),
    claims: layers.filter((id) => !isQuoted(id)),
    quoteTypes: new Set(meant.flatMap(({ type }) => (type.from.some((id) => layers.includes(id) && isQuoted(id)) ? [type.id] : []))),
    matched: layers.filter((id) => typeIn(codebook, ['same', 'agrees'], id, id) !== undefined),
  };
  comparables.set(codebook, made);
  return made;
}
const comparables = new WeakMap<Codebook, Comparable>();

/** The meanings that put two annotations into one row. */
export const joining: readonly Meaning[] = ['same', 'agrees', 'conflicts', 'refines'];

/**
 * The type of a new relation that says this of annotations of two layers; undefined if the codebook has none that can still be chosen. If nothing
 * says that they are the same, what supports will do.
 */
export function typeSaying(codebook: Codebook, meaning: Meaning, from: string, to: string): RelationType | undefined {
  return typeIn(codebook, meaning === 'same' ? ['same', 'agrees'] : [meaning], from, to);
}

// The first type that can still be chosen with the first of these meanings that has one.
function typeIn(codebook: Codebook, wanted: readonly Meaning[], from: string, to: string): RelationType | undefined {
  const usable = current(codebook.relations).filter((type) => mayJoin(type, from, to));
  return wanted.map((meaning) => usable.find((type) => meaningOf(type) === meaning)).find((type) => type !== undefined);
}
