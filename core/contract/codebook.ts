import { z } from 'zod';
import { CodebookChange } from '../codebook/codebook-change.ts';
import { EffectCount } from '../codebook/codebook-effects.ts';
import { Id } from '../model/annotation.ts';
import { Gesture } from '../steps/edit.ts';
import { method, nothing } from './method.ts';

/** The calls about the codebook and its versions. */
export const codebookCalls = {
  /** What changes to the codebook `version` would do to everybody's annotations, without making them. Answers in parts, like `findOccurrences`. */
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
  /**
   * Changes the codebook, or undoes or redoes such a step in the lead's history. `gesture` is the id of the new step. Every page must then open
   * the workspace again.
   */
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
  /** Every version of the codebook, oldest first, and who leads the project. */
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
  /** Examples of the words that annotations of a layer cover, of the annotators in turn, a few from each article. */
  layerExamples: method(
    z.strictObject({ layer: z.string() }),
    z.strictObject({ examples: z.array(z.strictObject({ title: z.string(), text: z.string() })) }),
  ),
} as const;
