import { z } from 'zod';
import { CodebookChange } from '../codebook/codebook-change.ts';
import { EffectCount } from '../codebook/codebook-effects.ts';
import { Id } from '../model/annotation.ts';
import { Gesture } from '../steps/edit.ts';
import { method, nothing } from './method.ts';

/** The calls about the codebook and its versions. */
export const codebookCalls = {
  /** What changes of the codebook `version` would do to everybody's annotations, answered in parts like `findOccurrences`; nothing is changed. */
  previewCodebook: method(
    z.strictObject({ version: z.int().min(1), changes: z.array(CodebookChange).min(1), after: Id.nullable() }),
    z.strictObject({
      title: z.string(),
      counts: z.array(EffectCount),
      examples: z.array(
        z.strictObject({ article: Id, title: z.string(), layer: z.string(), annotator: Id, text: z.string(), words: z.array(z.string()) }),
      ),
      next: Id.nullable(),
      searched: z.int().min(0),
      of: z.int().min(0),
    }),
  ),
  /** Changes the codebook, or undoes or redoes such a step of the lead's history; `gesture` is the id that the new step gets. Every page opens the workspace anew. */
  changeCodebook: method(
    z.strictObject({
      page: Id,
      version: z.int().min(1),
      gesture: Id,
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('change'), changes: z.array(CodebookChange).min(1) }),
        z.strictObject({ kind: z.literal('undo'), of: Id }),
        z.strictObject({ kind: z.literal('redo'), of: Id }),
      ]),
    }),
    z.strictObject({ gesture: Gesture, version: z.int().min(1) }),
  ),
  /** Every version of the codebook, the first first, and who leads the project. */
  codebookVersions: method(
    nothing,
    z.strictObject({
      lead: Id,
      versions: z.array(
        z.strictObject({
          version: z.int().min(1),
          changed: z.string(),
          annotator: Id.nullable(),
          title: z.string().nullable(),
          done: z.enum(['change', 'undo', 'redo']),
          differences: z.array(z.string()),
        }),
      ),
    }),
  ),
  /** Words that annotations of a layer cover, a few of each article. */
  layerExamples: method(
    z.strictObject({ layer: z.string() }),
    z.strictObject({ examples: z.array(z.strictObject({ title: z.string(), text: z.string() })) }),
  ),
} as const;
