import { dequal } from 'dequal';
import type { Annotation, AttributeValue, Relation, RoleFiller, Trail } from '../model/annotation.ts';
import { type Attribute, type Codebook, fits, layerOf } from '../model/codebook.ts';
import { type CodebookFile, type MigrationStep, type OwnStep, revertedBy, versionOf } from './codebook-file.ts';

/**
 * `annotation` brought to the version in force; itself when it is there already. It crosses each version between in turn, so that
 * what comes out depends on nothing but what went in:
 *
 * - Steps that lose nothing (a rename) have an inverse. What others lose, and what the new codebook has no place for, is kept in a
 *   trail on the annotation (`was`), under the version that lost it.
 * - A version that reverts another goes the inverse steps and takes back from the trail what was not changed since, so that an annotation
 *   that nobody touched is again what it was, on whichever of these versions it was last written. What was changed since stays, as far as
 *   the codebook has a place for it; else it is in the trail of the reverting version, for a redo.
 *
 * What broke the codebook before a version is left as it is. Spans and notes are never touched.
 * @throws RangeError for a version not yet made
 */
export function migrate(annotation: Annotation, file: CodebookFile): Annotation {
  if (annotation.codebook > file.versions.length) throw newerThan(annotation.codebook, file);
  if (annotation.codebook === file.versions.length) return annotation;
  const { layer, attributes, roles, was = [] } = annotation;
  const { was: trail, ...there } = brought({ layer, attributes, roles, was }, annotation.codebook, file, inAnnotations);
  const { was: _, ...rest } = annotation;
  return { ...rest, ...there, codebook: file.versions.length, ...(trail.length > 0 ? { was: [...trail] } : {}) };
}

/** `relation` brought to the version in force, as `migrate` does it. @throws RangeError for a version not yet made */
export function migrateRelation(relation: Relation, file: CodebookFile): Relation {
  if (relation.codebook > file.versions.length) throw newerThan(relation.codebook, file);
  if (relation.codebook === file.versions.length) return relation;
  const { type, attributes, was = [] } = relation;
  const there = brought({ layer: type, attributes, roles: [], was }, relation.codebook, file, inRelations);
  const { was: _, ...rest } = relation;
  const trail = there.was.length > 0 ? { was: [...there.was] } : {};
  return { ...rest, type: there.layer, attributes: there.attributes, codebook: file.versions.length, ...trail };
}

const newerThan = (version: number, file: CodebookFile) =>
  new RangeError(`codebook version ${version} is newer than this codebook's ${file.versions.length}`);

/** What of an annotation or relation a codebook bears on; `layer` is a relation's type. */
interface Thing {
  readonly layer: string;
  readonly attributes: Annotation['attributes'];
  readonly roles: Annotation['roles'];
  readonly was: readonly Trail[];
}

/** The side of a codebook that is migrated. */
interface Side {
  /** The steps of this side among `steps`. */
  own(steps: readonly MigrationStep[]): OwnStep[];
  /** What a codebook has for a layer or relation type; undefined when it has none. */
  form(
    codebook: Codebook,
    layer: string,
  ): { readonly attributes: readonly Attribute[]; readonly roles: readonly { name: string; max: number }[] } | undefined;
}

const inAnnotations: Side = {
  own: (steps) => steps.flatMap((step) => (step.step === 'in-relations' || step.step === 'revert' ? [] : [step])),
  form: layerOf,
};
const inRelations: Side = {
  own: (steps) => steps.flatMap((step) => (step.step === 'in-relations' ? [step.change] : [])),
  form(codebook, id) {
    const type = codebook.relations.find((one) => one.id === id);
    return type && { attributes: type.attributes, roles: [] };
  },
};

function brought(thing: Thing, from: number, file: CodebookFile, side: Side): Thing {
  let there = thing;
  for (let version = from + 1; version <= file.versions.length; version++) there = crossed(there, version, file, side);
  return there;
}

// The way to a version and the way back from it, without what is lost on either.
function waysOf(file: CodebookFile, version: number, side: Side): { forth: OwnStep[]; back: OwnStep[] } {
  const { steps } = versionOf(file, version);
  const reverted = revertedBy(steps);
  if (reverted !== null) {
    const { forth, back } = waysOf(file, reverted, side);
    return { forth: back, back: forth };
  }
  const forth = side.own(steps);
  return { forth, back: forth.toReversed().flatMap(inverseOf) };
}

function crossed(thing: Thing, version: number, file: CodebookFile, side: Side): Thing {
  const { steps, codebook } = versionOf(file, version);
  const before = versionOf(file, version - 1).codebook;
  const { forth, back } = waysOf(file, version, side);
  const wasSound = isSound(thing, before, side);
  const settled = (one: Thing, under: Codebook) => (wasSound ? fitted(one, under, side) : one);
  const reverted = revertedBy(steps);
  const walked = settled(forth.reduce(stepped, thing), codebook);
  const after = reverted === null ? walked : settled(restored(walked, reverted), codebook);
  const lost = difference(settled(back.reduce(stepped, after), before), thing);
  return lost ? { ...after, was: [...after.was, { version, ...lost }] } : after;
}

function stepped(thing: Thing, step: OwnStep): Thing {
  switch (step.step) {
    case 'rename-layer':
    case 'map-layer':
      return thing.layer === step.from ? { ...thing, layer: step.to } : thing;
    case 'split-layer': {
      const value = thing.attributes[step.attribute];
      return thing.layer === step.layer && typeof value === 'string' && step.values.includes(value)
        ? { ...thing, layer: step.into }
        : thing;
    }
  }
  if (thing.layer !== step.layer) return thing;
  const value = 'attribute' in step ? thing.attributes[step.attribute] : undefined;
  switch (step.step) {
    case 'rename-attribute': {
      const { [step.from]: moved, ...rest } = thing.attributes;
      return moved === undefined ? thing : { ...thing, attributes: { ...rest, [step.to]: moved } };
    }
    case 'convert-attribute':
      return value === undefined ? thing : withAttribute(thing, step.attribute, converted(value, step.from, step.to));
    case 'drop-attribute':
      return withAttribute(thing, step.attribute, null);
    case 'rename-value':
    case 'map-value':
      return value === step.from ? withAttribute(thing, step.attribute, step.to) : thing;
    case 'set-default':
      return value === undefined ? withAttribute(thing, step.attribute, step.value) : thing;
    case 'rename-role':
      return { ...thing, roles: thing.roles.map((filler) => (filler.role === step.from ? { ...filler, role: step.to } : filler)) };
    case 'map-role': {
      const { to } = step;
      return {
        ...thing,
        roles: thing.roles.flatMap((filler) => (filler.role !== step.from ? [filler] : to === null ? [] : [{ ...filler, role: to }])),
      };
    }
  }
}

// What goes the way of a step back where nothing was lost on it; what was lost is in the trail.
function inverseOf(step: OwnStep): OwnStep[] {
  switch (step.step) {
    case 'rename-layer':
    case 'rename-attribute':
    case 'rename-value':
    case 'rename-role':
    case 'convert-attribute':
      return [{ ...step, from: step.to, to: step.from } as OwnStep];
    case 'split-layer':
      return [{ step: 'rename-layer', from: step.into, to: step.layer }];
    default:
      return [];
  }
}

function withAttribute(thing: Thing, name: string, value: AttributeValue | null): Thing {
  const { [name]: _, ...rest } = thing.attributes;
  return { ...thing, attributes: value === null ? rest : { ...rest, [name]: value } };
}

/** `value` of one form in another where nothing is lost by it; itself where there is no such way. */
function converted(value: AttributeValue, from: Attribute['type'], to: Attribute['type']): AttributeValue {
  if (to === 'list' && typeof value === 'string') return [value];
  if (from === 'list' && Array.isArray(value) && value.length === 1 && typeof value[0] === 'string') return value[0];
  if ((to === 'text' || to === 'enum') && typeof value !== 'object') return String(value);
  if (to === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  if (to === 'number' && typeof value === 'string' && String(Number(value)) === value) return Number(value);
  return value;
}

function isSound(thing: Thing, codebook: Codebook, side: Side): boolean {
  return side.form(codebook, thing.layer) !== undefined && dequal(fitted(thing, codebook, side), thing);
}

// What the codebook has no place for goes; a layer that it does not know is left for the check to tell.
function fitted(thing: Thing, codebook: Codebook, side: Side): Thing {
  const form = side.form(codebook, thing.layer);
  if (!form) return thing;
  const attributes = Object.entries(thing.attributes).filter(([name, value]) =>
    form.attributes.some((attribute) => attribute.name === name && fits(attribute, value)),
  );
  const counts = new Map<string, number>();
  const roles = thing.roles.filter(({ role }) => {
    const count = (counts.get(role) ?? 0) + 1;
    counts.set(role, count);
    return count <= (form.roles.find(({ name }) => name === role)?.max ?? 0);
  });
  return { ...thing, attributes: Object.fromEntries(attributes), roles };
}

// What one has to change on `now` to get `then`; null where they are the same.
function difference(now: Thing, then: Thing): Omit<Trail, 'version'> | null {
  const names = [...new Set([...Object.keys(now.attributes), ...Object.keys(then.attributes)])].sort();
  const attributes: Trail['attributes'] = {};
  for (const name of names) {
    const [here, there] = [now.attributes[name] ?? null, then.attributes[name] ?? null];
    if (!dequal(here, there)) attributes[name] = { now: here, was: there };
  }
  const isSame = now.layer === then.layer && Object.keys(attributes).length === 0 && dequal(now.roles, then.roles);
  if (isSame) return null;
  const roles = dequal(now.roles, then.roles) ? null : { now: [...now.roles], was: [...then.roles] };
  return { layer: { now: now.layer, was: then.layer }, attributes, roles };
}

// Takes back from the trail of `version` what was not changed since. What was stays in the trail: nothing is lost by an undo either.
function restored(thing: Thing, version: number): Thing {
  const entry = thing.was.find((one) => one.version === version);
  if (!entry || thing.layer !== entry.layer.now) return thing;
  let back: Thing = { ...thing, layer: entry.layer.was };
  const attributes: Trail['attributes'] = {};
  for (const [name, slot] of Object.entries(entry.attributes)) {
    if (dequal(thing.attributes[name] ?? null, slot.now)) back = withAttribute(back, name, slot.was);
    else attributes[name] = slot;
  }
  const roles = entry.roles && restoredRoles(thing.roles, entry.roles);
  if (roles) back = { ...back, roles: roles.fillers };
  const left = Object.keys(attributes).length > 0 || roles?.isLeft;
  const others = thing.was.filter((one) => one !== entry);
  return { ...back, was: left ? [...others, { ...entry, attributes, roles: roles?.isLeft ? entry.roles : null }] : others };
}

function restoredRoles(fillers: readonly RoleFiller[], slot: NonNullable<Trail['roles']>): { fillers: RoleFiller[]; isLeft: boolean } {
  if (dequal(fillers, slot.now)) return { fillers: slot.was, isLeft: false };
  const of = (list: readonly RoleFiller[], role: string) => list.filter((filler) => filler.role === role);
  const names = new Set([...slot.was, ...slot.now].map(({ role }) => role));
  const isChanged = (role: string) => !dequal(of(slot.now, role), of(slot.was, role));
  const isBack = (role: string) => names.has(role) && isChanged(role) && dequal(of(fillers, role), of(slot.now, role));
  return {
    fillers: [...fillers.filter(({ role }) => !isBack(role)), ...slot.was.filter(({ role }) => isBack(role))],
    isLeft: [...names].some((role) => isChanged(role) && !isBack(role)),
  };
}
