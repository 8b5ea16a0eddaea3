import { z } from 'zod';
import { Id } from '../model/annotation.ts';
import { SinceDifference, SinceSummary } from '../steps/earlier.ts';
import { Gesture } from '../steps/edit.ts';
import { method } from './method.ts';

/**
 * A file that another program left in an annotator's folder: a sync program's copy of one of our files, or a file with git conflict markers.
 * `place` is its path in the project. The counts are numbers of records; `steps` counts the steps of its journal that ours lacks.
 */
export const ConflictCopy = z.strictObject({
  place: z.string(),
  annotator: Id,
  kind: z.enum(['copy', 'markers']),
  onlyHere: z.int().min(0),
  onlyThere: z.int().min(0),
  different: z.int().min(0),
  steps: z.int().min(0),
  /** Why it cannot be merged here; null if it can. */
  obstacle: z.string().nullable(),
});
export type ConflictCopy = z.infer<typeof ConflictCopy>;

/**
 * An earlier state of the project's annotation work. `time` is ISO 8601, `place` the folder of the project at that time, `codebook` the version in
 * force. `steps` counts the steps that the annotator's own history has made since then, null if it does not continue from that state.
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

/** The calls about copies of the project: backups, files left by sync programs and git, and earlier states. */
export const copyCalls = {
  /**
   * Backs the project up as one zip file, without the texts of its articles unless `text` is set. The place and the ticket work as in an export.
   * `leftOut` and `problems` are lines for the user: files of the project that are not in the zip, and damage to the project itself. `job` as in
   * an export.
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
  /**
   * Merges the conflicts of the current annotator record by record, as one step, and moves the copies to `place`. `left` names the steps that no
   * longer fit.
   */
  mergeConflicts: method(
    z.strictObject({ page: Id }),
    z.strictObject({
      place: z.string().nullable(),
      gesture: Gesture.nullable(),
      left: z.array(z.strictObject({ title: z.string(), time: z.string(), reason: z.string() })),
    }),
  ),
  /**
   * The earlier states of this project, newest first. `damaged` counts those that cannot be read. None are kept if the host has no folder for
   * them.
   */
  listEarlier: method(z.strictObject({ page: Id }), z.strictObject({ states: z.array(KeptState), damaged: z.int().min(0) })),
  /** How the annotator's own work differs from an earlier state. */
  compareEarlier: method(z.strictObject({ state: Id }), SinceSummary),
  /** Lists those differences one by one on an article, or with null those that belong to no article. `more` counts those not listed. */
  differencesEarlier: method(
    z.strictObject({ state: Id, article: Id.nullable() }),
    z.strictObject({ differences: z.array(SinceDifference), more: z.int().min(0) }),
  ),
  /**
   * Restores an earlier state of the annotator's own work, as one step of the history with the id `gesture`: all of it, or only on `articles` and
   * for the `records` with these keys, together with what they need. Entities created since then stay. The page must then open the workspace
   * again.
   */
  restoreEarlier: method(
    z.strictObject({
      page: Id,
      state: Id,
      gesture: Id,
      /** The title of the step in the history. */
      title: z.string().min(1).max(200),
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('all') }),
        z.strictObject({ kind: z.literal('chosen'), articles: z.array(Id), records: z.array(z.string()) }),
      ]),
    }),
    z.strictObject({ gesture: Gesture.nullable() }),
  ),
} as const;
