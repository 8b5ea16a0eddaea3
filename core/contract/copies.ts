import { z } from 'zod';
import { Id } from '../model/annotation.ts';
import { SinceDifference, SinceSummary } from '../steps/earlier.ts';
import { Gesture } from '../steps/edit.ts';
import { method } from './method.ts';

/**
 * A file that another program left in an annotator's folder: a copy that a sync program made beside one of ours, or one with git's
 * conflict markers in it. `place` names it relative to the project. Counts are of records; `steps` of steps of the journal that ours lacks.
 */
export const ConflictCopy = z.strictObject({
  place: z.string(),
  annotator: Id,
  kind: z.enum(['copy', 'markers']),
  onlyHere: z.int().min(0),
  onlyThere: z.int().min(0),
  different: z.int().min(0),
  steps: z.int().min(0),
  /** Why it cannot be merged here; null when it can. */
  obstacle: z.string().nullable(),
});
export type ConflictCopy = z.infer<typeof ConflictCopy>;

/**
 * An earlier state of the project's annotation work. `time` is ISO 8601, `place` the folder of the project then; `codebook` the version in force;
 * `steps` how many steps the own history has gone on since, null where it does not go on from there.
 */
export const KeptState = z.strictObject({
  id: Id,
  time: z.string(),
  place: z.string(),
  codebook: z.int().min(0),
  steps: z.int().min(0).nullable(),
});
export type KeptState = z.infer<typeof KeptState>;

const backedUp = { files: z.int().min(0), leftOut: z.array(z.string()), problems: z.array(z.string()) };

/** The calls about copies of the project: backups, what sync programs and git left, earlier states. */
export const copyCalls = {
  /**
   * Backs the project up as one zip, without the texts of its articles unless `text`. The place and the ticket are as those of an export; `leftOut` and
   * `problems` are lines for the person: what lies in the project and is not in the zip, and damage of the project itself. `job` as above.
   */
  backupProject: method(
    z.strictObject({ page: Id, job: Id, text: z.boolean() }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('written'), place: z.string(), ...backedUp }),
      z.strictObject({ kind: z.literal('download'), ticket: z.string(), name: z.string(), ...backedUp }),
      z.strictObject({ kind: z.literal('cancelled') }),
    ]),
  ),
  /** The conflict copies and conflict markers that other programs left in the annotators' folders. */
  listConflicts: method(z.strictObject({ page: Id }), z.strictObject({ conflicts: z.array(ConflictCopy) })),
  /** Merges those of the current annotator by record, as one step, and moves the copies to `place`. `left` names the steps that no longer fit. */
  mergeConflicts: method(
    z.strictObject({ page: Id }),
    z.strictObject({
      place: z.string().nullable(),
      gesture: Gesture.nullable(),
      left: z.array(z.strictObject({ title: z.string(), time: z.string(), reason: z.string() })),
    }),
  ),
  /** The earlier states of this project, the newest first; `damaged` counts those that cannot be read. None are kept where the host has no folder for them. */
  listEarlier: method(z.strictObject({ page: Id }), z.strictObject({ states: z.array(KeptState), damaged: z.int().min(0) })),
  /** What differs now from an earlier state in the own work. */
  compareEarlier: method(z.strictObject({ state: Id }), SinceSummary),
  /** Those differences on an article one by one, or with null those that belong to none; `more` counts what is not in the list. */
  differencesEarlier: method(
    z.strictObject({ state: Id, article: Id.nullable() }),
    z.strictObject({ differences: z.array(SinceDifference), more: z.int().min(0) }),
  ),
  /**
   * Makes the own work as it was, as one step of the history with the id `gesture`: all of it, or on `articles` and the `records` with these keys,
   * with what these need. Entities that are new stay. The page opens the workspace anew.
   */
  restoreEarlier: method(
    z.strictObject({
      page: Id,
      state: Id,
      gesture: Id,
      /** What the step is called in the history. */
      title: z.string().min(1).max(200),
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('all') }),
        z.strictObject({ kind: z.literal('chosen'), articles: z.array(Id), records: z.array(z.string()) }),
      ]),
    }),
    z.strictObject({ gesture: Gesture.nullable() }),
  ),
} as const;
