import { dequal } from 'dequal';
import type { Annotation, Relation } from '../model/annotation.ts';
import { type Attribute, type Codebook, fits, layerOf } from '../model/codebook.ts';
import { type CodebookFile, type LayerStep, type MigrationStep, revertedBy, versionOf } from './codebook-file.ts';
import { afterStep, type Coding, inverseOf } from './migration-steps.ts';
import { lossBetween, restored } from './migration-trail.ts';

/**
 * Returns `annotation` migrated to the current version, or itself if it is already there. It passes through every version in between, one by one,
 * so that the result depends only on the input:
 *
 * - Steps that lose nothing (such as a rename) have an inverse. What other steps lose, and what the new codebook has no place for, is kept in a
 *   trail on the annotation (`was`), under the version that lost it.
 * - A version that reverts another applies the inverse steps and restores from the trail whatever has not changed since. An annotation that nobody
 *   touched is then exactly what it was, whichever of these versions it was last written under. Later changes stay if the codebook has a place for
 *   them; otherwise they go to the trail of the reverting version, for a redo.
 *
 * What already broke the codebook before a version is left as it is. Spans and notes are never touched.
 * @throws RangeError if the annotation's version does not exist
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

/** Returns `relation` migrated to the current version, like `migrate`. @throws RangeError if its version does not exist */
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

/** How annotations and relations differ in a migration. */
interface Kind {
  /** The steps that apply to this kind. */
  stepsOf(steps: readonly MigrationStep[]): LayerStep[];
  /** What `codebook` allows in a layer or relation type; undefined if it does not exist. */
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

// Migrates from the version before to `version`. Whatever the inverse steps cannot bring back was lost, and goes to the trail.
function underVersion(coding: Coding, version: number, file: CodebookFile, kind: Kind): Coding {
  const { steps, codebook } = versionOf(file, version);
  const { codebook: codebookBefore } = versionOf(file, version - 1);
  const { forth, back } = waysOf(file, version, kind);
  // A record that already broke the codebook is not made to fit. Its annotator is told about it, and nothing disappears unseen.
  const wasSound = isSound(coding, codebookBefore, kind);
  const kept = (one: Coding, under: Codebook) => (wasSound ? pruned(one, under, kind) : one);
  const walked = kept(forth.reduce(afterStep, coding), codebook);
  const reverted = revertedBy(steps);
  const after = reverted === null ? walked : kept(restored(walked, reverted), codebook);
  const lost = lossBetween(kept(back.reduce(afterStep, after), codebookBefore), coding);
  return lost ? { ...after, was: [...after.was, { version, ...lost }] } : after;
}

// The steps from the version before to `version`, and their inverses, last first. For a version that reverts another, the two are swapped.
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

// Removes what the codebook has no place for. If the layer is unknown, everything stays, and the validation reports it.
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
