import { z } from 'zod';
import { AttributeValue, Id } from '../model/annotation.ts';
import { type Attribute, Codebook, Name } from '../model/codebook.ts';

const attributeTypes: { readonly [Type in Attribute['type']]: Type } = {
  ...{ enum: 'enum', boolean: 'boolean', number: 'number', text: 'text', date: 'date', list: 'list' },
  ...{ quantity: 'quantity', evidence: 'evidence' },
};
const AttributeType = z.enum(attributeTypes);

const layerStep = [
  z.strictObject({ step: z.literal('rename-layer'), from: Name, to: Name }),
  /** All annotations of one layer move to another layer. What does not fit there is kept in the trail. */
  z.strictObject({ step: z.literal('map-layer'), from: Name, to: Name }),
  /** Annotations with one of these values move to a new layer with the same attributes and roles. */
  z.strictObject({ step: z.literal('split-layer'), layer: Name, into: Name, attribute: Name, values: z.array(z.string()).min(1) }),
  z.strictObject({ step: z.literal('rename-attribute'), layer: Name, from: Name, to: Name }),
  z.strictObject({ step: z.literal('convert-attribute'), layer: Name, attribute: Name, from: AttributeType, to: AttributeType }),
  z.strictObject({ step: z.literal('drop-attribute'), layer: Name, attribute: Name }),
  z.strictObject({ step: z.literal('rename-value'), layer: Name, attribute: Name, from: Name, to: Name }),
  /** One value is replaced by another that already exists; null removes it. */
  z.strictObject({ step: z.literal('map-value'), layer: Name, attribute: Name, from: Name, to: Name.nullable() }),
  z.strictObject({ step: z.literal('set-default'), layer: Name, attribute: Name, value: AttributeValue }),
  z.strictObject({ step: z.literal('rename-role'), layer: Name, from: Name, to: Name }),
  /** The fillers of one role move to another that already exists; null removes them. */
  z.strictObject({ step: z.literal('map-role'), layer: Name, from: Name, to: Name.nullable() }),
] as const;
/** One change among the annotations of a layer, or the relations of a type. For relations, `layer` is the type. */
export const LayerStep = z.discriminatedUnion('step', [...layerStep]);
export type LayerStep = z.infer<typeof LayerStep>;

/**
 * One change from a codebook version to the next, as far as it concerns annotations. `in-relations` is a step among relations, with types in place
 * of layers. `revert` undoes everything that led to an earlier version, and is the only step of its version.
 */
export const MigrationStep = z.discriminatedUnion('step', [
  ...layerStep,
  z.strictObject({ step: z.literal('in-relations'), change: LayerStep }),
  z.strictObject({ step: z.literal('revert'), version: z.int().min(2) }),
]);
export type MigrationStep = z.infer<typeof MigrationStep>;

/** Who made a version, and the gesture in their journal that it belongs to; see core/steps/edit.ts. */
export const VersionOrigin = z.strictObject({
  annotator: Id,
  title: z.string(),
  gesture: Id,
  undoes: Id.nullable(),
  redoes: Id.nullable(),
});
export type VersionOrigin = z.infer<typeof VersionOrigin>;

/** One version of the codebook. `changed` is ISO 8601. The first version, and versions written by other programs, have no origin. */
export const CodebookVersion = z.strictObject({
  codebook: Codebook,
  steps: z.array(MigrationStep),
  changed: z.string(),
  origin: VersionOrigin.optional(),
});
export type CodebookVersion = z.infer<typeof CodebookVersion>;

/** The file `codebook.json`: every version in order, starting with version 1, and the steps from each version to the next. */
export const CodebookFile = z
  .strictObject({ format: z.literal(1), versions: z.array(CodebookVersion).min(1) })
  .refine(revertsWhatIsThere, { error: 'a version reverts one that was not made before it' });
export type CodebookFile = z.infer<typeof CodebookFile>;

function revertsWhatIsThere({ versions }: { versions: readonly CodebookVersion[] }): boolean {
  return versions.every(({ steps }, index) =>
    steps.every((step) => step.step !== 'revert' || (steps.length === 1 && step.version <= index)),
  );
}

/** The codebook in force and its version, which counts from 1. */
export function currentCodebook(file: CodebookFile): { version: number; codebook: Codebook } {
  const version = file.versions.length;
  return { version, codebook: versionOf(file, version).codebook };
}

/** One version of the codebook. @throws RangeError if there is no such version */
export function versionOf(file: CodebookFile, version: number): CodebookVersion {
  const found = file.versions[version - 1];
  if (!found) throw new RangeError(`codebook version ${version} is not among this codebook's ${file.versions.length}`);
  return found;
}

/** The version that `steps` revert; null if they make a new one. */
export function revertedBy(steps: readonly MigrationStep[]): number | null {
  const [first] = steps;
  return first?.step === 'revert' ? first.version : null;
}

/** The versions that can be undone and redone, the next one last. The first version cannot be undone. */
export function standingVersions({ versions }: CodebookFile): { past: number[]; future: number[] } {
  const past: number[] = [];
  const future: number[] = [];
  for (const [index, { steps }] of versions.entries()) {
    if (index === 0) continue;
    const reverted = revertedBy(steps);
    if (reverted !== null && past.at(-1) === reverted) {
      past.pop();
      future.push(index + 1);
    } else if (reverted !== null && future.at(-1) === reverted) {
      future.pop();
      past.push(index + 1);
    } else {
      past.push(index + 1);
      future.length = 0;
    }
  }
  return { past, future };
}

/** The version that first made the state that `version` returned to, through any number of undos and redos. */
export function rootOf(file: CodebookFile, version: number): number {
  const reverted = revertedBy(versionOf(file, version).steps);
  return reverted === null ? version : rootOf(file, reverted);
}
