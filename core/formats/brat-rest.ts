import { z } from 'zod';
import type { ImportProblem } from '../import/draft.ts';
import { misfitIn, safeParsed } from '../text/misfit.ts';
import type { GivenFile } from './foreign.ts';
import { AnnotationMembers, DocumentFacts, EntityMembers, RelationMembers, Arg as SomeArg } from './foreign-schema.ts';
import { givenJson } from './given-json.ts';
import { damaged } from './given-text.ts';

const place = z.tuple([z.int().min(0), z.int().min(0)]);
const byLayer = z.record(z.string(), z.record(z.string(), z.string()));
const names = z.array(z.string());

/**
 * What is stored about a text-bound annotation. `offsets` are those of its line when `spans` was written; if they differ now, `spans` is outdated.
 */
export const BratRecord = AnnotationMembers.omit({ layer: true, attributes: true, args: true }).extend({
  offsets: z.string().exactOptional(),
  spans: z.array(place).exactOptional(),
  no: names.exactOptional(),
  args: z.array(z.union([z.string(), SomeArg])).exactOptional(),
});
/** What is stored about a relation. */
export const BratRelationRecord = RelationMembers.omit({ type: true, from: true, to: true });
const span = z.strictObject({ start: z.int().min(0), end: z.int().min(0), text: z.string() });
const owned = { annotator: z.string() };

/** The content of the .json file next to an .ann file, in the form of `BratRest`. */
export const Rest = z.looseObject({
  document: DocumentFacts,
  annotator: z.looseObject({ id: z.string().min(1) }),
  completed: z.string().nullable(),
  ...{ mentions: names, roles: byLayer, comments: byLayer, references: z.record(z.string(), z.string()) },
  entities: z.array(EntityMembers),
  records: z.record(z.string(), z.unknown()),
  annotations: z.array(AnnotationMembers.extend({ ...owned, spans: z.array(span) })),
  relations: z.array(RelationMembers.extend(owned)),
});
export type Rest = z.infer<typeof Rest>;

/** What the file contains, or null if it is a JSON file of another program. */
export function readRest(file: GivenFile): { readonly problem: ImportProblem } | { readonly rest: Rest } | null {
  const given = givenJson(file);
  if (given.problem) return { problem: given.problem };
  if (typeof given.value !== 'object' || given.value === null || !Object.hasOwn(given.value, 'records')) return null;
  const result = safeParsed(Rest, given.value);
  if (result.success) return { rest: result.data };
  return { problem: damaged(file.path, 1, `It does not hold what it should: ${misfitIn(given.value, result.error)}.`) };
}
