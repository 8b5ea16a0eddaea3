import { dequal } from 'dequal';
import { z } from 'zod';
import type { Annotation, AttributeValue, Relation } from '../model/annotation.ts';
import { type Codebook, fillersOf, type Layer, layerOf, openAttributes, openFields, type RelationType } from '../model/codebook.ts';
import { type CodebookFile, versionOf } from './codebook-file.ts';
import { migrate, migrateRelation } from './codebook-migration.ts';
import { titleIn, valueWords } from './codebook-titles.ts';

/** What a version does to one annotation or relation, in words. `lacks` names what is now required but missing and was not missing before. */
export interface Effect {
  readonly words: readonly string[];
  readonly lacks: readonly string[];
}

/** How many annotations or relations of one annotator a version affects, and how. `layer` is the id before the change, or the type of a relation. */
export const EffectCount = z.strictObject({
  kind: z.enum(['annotation', 'relation']),
  layer: z.string(),
  annotator: z.string(),
  /** How many change, and how many would then lack something required. */
  changed: z.int().min(0),
  lacking: z.int().min(0),
  /** How often each effect occurs. */
  words: z.record(z.string(), z.int().min(1)),
});
export type EffectCount = z.infer<typeof EffectCount>;

/** What the last version of `file` does to an annotation of the version before; null if nothing visible. */
export function effectOn(annotation: Annotation, file: CodebookFile): Effect | null {
  const { before, after } = lastChange(file);
  const now = migrate(annotation, file);
  const titlesIn = (codebook: Codebook, { layer }: Annotation) => titlesOf(codebook.layers, layerOf(codebook, layer));
  const words = differences(annotation, now, titlesIn(before, annotation), titlesIn(after, now));
  return effect(words, openIn(annotation, before), openIn(now, after));
}

/** What the last version of `file` does to a relation of the version before; null if nothing visible. */
export function effectOnRelation(relation: Relation, file: CodebookFile): Effect | null {
  const { before, after } = lastChange(file);
  const now = migrateRelation(relation, file);
  const words = differences(
    { layer: relation.type, attributes: relation.attributes, roles: [] },
    { layer: now.type, attributes: now.attributes, roles: [] },
    titlesOf(before.relations, relationOf(before, relation)),
    titlesOf(after.relations, relationOf(after, now)),
  );
  return effect(words, openInRelation(relation, before), openInRelation(now, after));
}

function lastChange(file: CodebookFile): { before: Codebook; after: Codebook } {
  const { length } = file.versions;
  return { before: versionOf(file, length - 1).codebook, after: versionOf(file, length).codebook };
}

function effect(words: readonly string[], wasOpen: ReadonlyMap<string, string>, isOpen: ReadonlyMap<string, string>): Effect | null {
  const lacks = [...isOpen].flatMap(([name, title]) => (wasOpen.has(name) ? [] : [`${title} is needed`]));
  return words.length + lacks.length > 0 ? { words, lacks } : null;
}

/** How one codebook calls the layer of an annotation, or the type of a relation, and what it has. */
interface Titles {
  readonly layer: (id: string) => string;
  readonly attribute: (name: string) => string;
  readonly role: (name: string) => string;
}

function titlesOf(all: Codebook['layers'] | Codebook['relations'], one: Layer | RelationType | undefined): Titles {
  const roles = one && 'roles' in one ? one.roles : [];
  return {
    layer: (id) => titleIn(all, id),
    attribute: (name) => titleIn(one?.attributes ?? [], name),
    role: (name) => titleIn(roles, name),
  };
}

const relationOf = (codebook: Codebook, { type }: Relation) => codebook.relations.find(({ id }) => id === type);

/** Adds an effect to `counts`, in place. Null means that there is no visible effect. */
export function countEffect(
  counts: Map<string, EffectCount>,
  of: Pick<EffectCount, 'kind' | 'layer' | 'annotator'>,
  effect: Effect | null,
): void {
  if (!effect) return;
  const key = `${of.kind} ${of.layer} ${of.annotator}`;
  const count = counts.get(key) ?? { ...of, changed: 0, lacking: 0, words: {} };
  const words = { ...count.words };
  for (const said of [...effect.words, ...effect.lacks]) words[said] = (words[said] ?? 0) + 1;
  counts.set(key, {
    ...count,
    changed: count.changed + (effect.words.length > 0 ? 1 : 0),
    lacking: count.lacking + (effect.lacks.length > 0 ? 1 : 0),
    words,
  });
}

/** Adds up the counts of several parts. */
export function summed(parts: Iterable<EffectCount>): EffectCount[] {
  const all = new Map<string, EffectCount>();
  for (const part of parts) {
    const key = `${part.kind} ${part.layer} ${part.annotator}`;
    const known = all.get(key);
    if (!known) all.set(key, part);
    else {
      const words = { ...known.words };
      for (const [said, count] of Object.entries(part.words)) words[said] = (words[said] ?? 0) + count;
      all.set(key, { ...known, changed: known.changed + part.changed, lacking: known.lacking + part.lacking, words });
    }
  }
  return [...all.values()];
}

type Shown = Pick<Annotation, 'layer' | 'attributes' | 'roles'>;

function differences(before: Shown, now: Shown, was: Titles, is: Titles): string[] {
  const words = before.layer === now.layer ? [] : [moved(was.layer, is.layer, before.layer, now.layer)];
  const gone = Object.keys(before.attributes).filter((name) => !(name in now.attributes));
  const come = Object.keys(now.attributes).filter((name) => !(name in before.attributes));
  for (const name of gone) {
    const value = before.attributes[name] as AttributeValue;
    const renamed = come.find((other) => dequal(now.attributes[other], value));
    if (renamed) come.splice(come.indexOf(renamed), 1);
    words.push(renamed ? moved(was.attribute, is.attribute, name, renamed) : `${was.attribute(name)} ${inWords(value)} is removed`);
  }
  for (const name of come) words.push(`${is.attribute(name)} becomes ${inWords(now.attributes[name] as AttributeValue)}`);
  for (const [name, value] of Object.entries(before.attributes)) {
    const after = now.attributes[name];
    if (after !== undefined && !dequal(after, value)) words.push(`${is.attribute(name)} ${inWords(value)} → ${inWords(after)}`);
  }
  return [...words, ...roleDifferences(before, now, was, is)];
}

// What goes from one name to another. If both are called alike, it is the name that changes.
function moved(was: (name: string) => string, is: (name: string) => string, from: string, to: string): string {
  return was(from) === is(to) ? `${is(to)}: ${from} → ${to}` : `${was(from)} → ${is(to)}`;
}

function roleDifferences(before: Shown, now: Shown, was: Titles, is: Titles): string[] {
  const names = (one: Shown) => [...new Set(one.roles.map(({ role }) => role))];
  const targets = (one: Shown, role: string) => fillersOf(one, role).map(({ target }) => target);
  const come = names(now).filter((role) => targets(before, role).length === 0);
  return names(before).flatMap((role) => {
    const [had, has] = [targets(before, role), targets(now, role)];
    if (dequal(had, has)) return [];
    if (has.length > 0)
      return had.length > has.length ? [`${had.length - has.length} of ${is.role(role)} is removed`] : [`${is.role(role)} takes more`];
    const renamed = come.find((other) => dequal(targets(now, other), had));
    return [renamed ? moved(was.role, is.role, role, renamed) : `${was.role(role)} is removed`];
  });
}

// What is open, by name, with its title.
function openIn(annotation: Annotation, codebook: Codebook): Map<string, string> {
  const layer = layerOf(codebook, annotation.layer);
  if (!layer) return new Map();
  const { attributes, roles } = openFields(layer, annotation);
  return new Map([...attributes, ...roles].map(({ name, title }) => [name, title]));
}

function openInRelation(relation: Relation, codebook: Codebook): Map<string, string> {
  const type = relationOf(codebook, relation);
  return new Map(type ? openAttributes(type, relation.attributes).map(({ name, title }) => [name, title]) : []);
}

// Long values are not quoted. Otherwise every annotation would have an effect of its own.
function inWords(value: AttributeValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return /^[\w-]{1,40}$/.test(value) ? valueWords(value) : 'a text';
  return 'a list';
}
