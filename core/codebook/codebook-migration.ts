import { dequal } from 'dequal';
import type { Annotation, Relation } from '../model/annotation.ts';
import { type Attribute, type Codebook, fits, layerOf } from '../model/codebook.ts';
import { type CodebookFile, type LayerStep, type MigrationStep, revertedBy, versionOf } from './codebook-file.ts';
import { afterStep, type Coding, inverseOf } from './migration-steps.ts';
import { lossBetween, restored } from './migration-trail.ts';

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
  if (isInForce(annotation, file)) return annotation;
  const { was = [], ...rest } = annotation;
  const {
    layer,
    attributes,
    roles,
    was: trail,
  } = migrated({ layer: rest.layer, attributes: rest.attributes, roles: rest.roles, was }, rest.codebook, file, ofAnnotations);
  return { ...rest, layer, attributes, roles, codebook: file.versions.length, ...(trail.length > 0 ? { was: [...trail] } : {}) };
}

/** `relation` brought to the version in force, as `migrate` does it. @throws RangeError for a version not yet made */
export function migrateRelation(relation: Relation, file: CodebookFile): Relation {
  if (isInForce(relation, file)) return relation;
  const { was = [], ...rest } = relation;
  const before = { layer: relation.type, attributes: relation.attributes, roles: [], was };
  const { layer, attributes, was: trail } = migrated(before, relation.codebook, file, ofRelations);
  return { ...rest, type: layer, attributes, codebook: file.versions.length, ...(trail.length > 0 ? { was: [...trail] } : {}) };
}

function isInForce({ codebook }: { readonly codebook: number }, { versions }: CodebookFile): boolean {
  if (codebook > versions.length) throw new RangeError(`codebook version ${codebook} is newer than this codebook's ${versions.length}`);
  return codebook === versions.length;
}

/** What differs between annotations and relations for a migration. */
interface Kind {
  /** The steps among `steps` that are about this kind. */
  stepsOf(steps: readonly MigrationStep[]): LayerStep[];
  /** What `codebook` allows in a layer or relation type; undefined when it does not know it. */
  schemaOf(
    codebook: Codebook,
    layer: string,
  ): { readonly attributes: readonly Attribute[]; readonly roles: readonly { readonly name: string; readonly max: number }[] } | undefined;
}

const ofAnnotations: Kind = {
  stepsOf: (steps) => steps.flatMap((step) => (step.step === 'in-relations' || step.step === 'revert' ? [] : [step])),
  schemaOf: layerOf,
};
const ofRelations: Kind = {
  stepsOf: (steps) => steps.flatMap((step) => (step.step === 'in-relations' ? [step.change] : [])),
  schemaOf(codebook, id) {
    const type = codebook.relations.find((one) => one.id === id);
    return type && { attributes: type.attributes, roles: [] };
  },
};

function migrated(coding: Coding, from: number, file: CodebookFile, kind: Kind): Coding {
  let there = coding;
  for (let version = from + 1; version <= file.versions.length; version++) there = underVersion(there, version, file, kind);
  return there;
}

// From the version before to `version`. What cannot be got back by going the inverse way was lost on it: that goes into the trail.
function underVersion(coding: Coding, version: number, file: CodebookFile, kind: Kind): Coding {
  const { steps, codebook } = versionOf(file, version);
  const { codebook: codebookBefore } = versionOf(file, version - 1);
  const { forth, back } = waysOf(file, version, kind);
  // What already broke the codebook before is not made to fit by this change: its owner is told of it, and nothing goes unseen.
  const wasSound = isSound(coding, codebookBefore, kind);
  const kept = (one: Coding, under: Codebook) => (wasSound ? pruned(one, under, kind) : one);
  const walked = kept(forth.reduce(afterStep, coding), codebook);
  const reverted = revertedBy(steps);
  const after = reverted === null ? walked : kept(restored(walked, reverted), codebook);
  const lost = lossBetween(kept(back.reduce(afterStep, after), codebookBefore), coding);
  return lost ? { ...after, was: [...after.was, { version, ...lost }] } : after;
}

// The steps from the version before to `version` and their inverses, last first. A version that reverts another goes its ways the other way round.
function waysOf(file: CodebookFile, version: number, kind: Kind): { forth: LayerStep[]; back: LayerStep[] } {
  const { steps } = versionOf(file, version);
  const reverted = revertedBy(steps);
  if (reverted !== null) {
    const { forth, back } = waysOf(file, reverted, kind);
    return { forth: back, back: forth };
  }
  const forth = kind.stepsOf(steps);
  return { forth, back: forth.toReversed().flatMap(inverseOf) };
}

function isSound(coding: Coding, codebook: Codebook, kind: Kind): boolean {
  return kind.schemaOf(codebook, coding.layer) !== undefined && dequal(pruned(coding, codebook, kind), coding);
}

// Without what the codebook has no place for; of a layer that it does not know all stays, for the check to tell.
function pruned(coding: Coding, codebook: Codebook, kind: Kind): Coding {
  const schema = kind.schemaOf(codebook, coding.layer);
  if (!schema) return coding;
  const attributes = Object.entries(coding.attributes).filter(([name, value]) =>
    schema.attributes.some((attribute) => attribute.name === name && fits(attribute, value)),
  );
  const counts = new Map<string, number>();
  const roles = coding.roles.filter(({ role }) => {
    const count = (counts.get(role) ?? 0) + 1;
    counts.set(role, count);
    return count <= (schema.roles.find(({ name }) => name === role)?.max ?? 0);
  });
  return { ...coding, attributes: Object.fromEntries(attributes), roles };
}
