import { z } from 'zod';
import { ExportRequest } from '../formats/export-request.ts';
import { licenceLimit } from '../formats/licence.ts';
import { Id } from '../model/annotation.ts';
import { SplitOptions } from '../splits/options.ts';
import { SplitReport } from '../splits/report.ts';
import { method, nothing } from './method.ts';

/**
 * The progress of an export: `done` of `total` articles are compared for the splits, then `done` of `total` articles written, then `done` of
 * `total` bytes packed. `done` counts what is finished, so each step begins with 0.
 */
export const ExportProgress = z.strictObject({
  step: z.enum(['comparing', 'writing', 'packing']),
  done: z.int().min(0),
  total: z.int().min(0),
});
export type ExportProgress = z.infer<typeof ExportProgress>;

/**
 * What an export would contain. `files` are the first files that would be written, `others` counts the rest. `head` is the beginning of a file,
 * empty if it is not text. `losses` names each kind of thing that the format cannot represent, with its count.
 */
export const ExportPreview = z.strictObject({
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), rows: z.int(), head: z.string() })),
  others: z.strictObject({ files: z.int(), bytes: z.int() }),
  losses: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
  counts: z.record(z.string(), z.int()),
});
export type ExportPreview = z.infer<typeof ExportPreview>;

/**
 * The splits of the dataset as planned or as published. `published` is ISO 8601, `by` the id of an annotator, `documents` the number of articles
 * in the published splits, `later` the number of articles added since.
 */
export const PlannedSplits = z.strictObject({
  options: SplitOptions,
  report: SplitReport,
  published: z
    .strictObject({ published: z.string(), by: Id, options: SplitOptions, documents: z.int().min(0), later: z.int().min(0) })
    .nullable(),
});
export type PlannedSplits = z.infer<typeof PlannedSplits>;

/** The calls that export the dataset and split it. `cancelJob` also cancels any other long job. */
export const datasetCalls = {
  /**
   * What an export would contain. Cancels the page's previous preview. `job` is a new id for this call: `progress` events name it, `cancelJob`
   * cancels it.
   */
  previewExport: method(z.strictObject({ page: Id, job: Id, request: ExportRequest }), ExportPreview),
  /** Writes the dataset. On Electron the user chooses the folder; on the loopback host the page follows the one-use `ticket`. `job` as above. */
  exportDataset: method(
    z.strictObject({ page: Id, job: Id, request: ExportRequest }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('written'), place: z.string(), files: z.array(z.string()) }),
      z.strictObject({ kind: z.literal('download'), ticket: z.string(), name: z.string() }),
      z.strictObject({ kind: z.literal('cancelled') }),
    ]),
  ),
  /** Cancels a job of this page: its call fails as `cancelled` and leaves nothing behind. Does nothing if the job has ended. */
  cancelJob: method(z.strictObject({ page: Id, job: Id }), nothing),
  /**
   * How the dataset would be split by `options` (null: those of the published splits, or else the defaults). `anew` ignores published splits.
   * While `plan` is null the work continues: repeat the call, or the work is cancelled after some seconds.
   */
  previewSplits: method(
    z.strictObject({ page: Id, options: SplitOptions.nullable(), anew: z.boolean() }),
    z.strictObject({ searched: z.int().min(0), of: z.int().min(0), plan: PlannedSplits.nullable() }),
  ),
  /**
   * Publishes the current splits, replacing those published at `instead` (null if there are none). Unless `anew` is set, published articles keep
   * their split and later ones are added. Only the project's lead may do this.
   */
  publishSplits: method(
    z.strictObject({ page: Id, options: SplitOptions.nullable(), anew: z.boolean(), instead: z.string().nullable() }),
    PlannedSplits,
  ),
  /** States the licence of the project's datasets, by name or address; null for none. Only the project's lead may do this. */
  stateLicence: method(z.strictObject({ page: Id, licence: z.string().trim().min(1).max(licenceLimit).nullable() }), nothing),
  /** Withdraws the splits that were published at `published`. */
  withdrawSplits: method(z.strictObject({ page: Id, published: z.string() }), nothing),
} as const;
