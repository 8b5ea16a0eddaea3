import { z } from 'zod';
import { ExportRequest } from '../formats/export-request.ts';
import { licenceLimit } from '../formats/licence.ts';
import { Id } from '../model/annotation.ts';
import { SplitOptions } from '../splits/options.ts';
import { SplitReport } from '../splits/report.ts';
import { method, nothing } from './method.ts';

/**
 * How far a dataset is: `done` of `total` articles compared for its splits, then written, then bytes packed. `done` is what is behind, so that it
 * begins with 0.
 */
export const ExportProgress = z.strictObject({
  step: z.enum(['comparing', 'writing', 'packing']),
  done: z.int().min(0),
  total: z.int().min(0),
});
export type ExportProgress = z.infer<typeof ExportProgress>;

/**
 * What an export would hold. `files` are those that begin first, `others` how many there are beside them; `head` is how a file begins, empty for
 * one that is no text. `losses` names each kind of thing that the format cannot carry, with its count.
 */
export const ExportPreview = z.strictObject({
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), rows: z.int(), head: z.string() })),
  others: z.strictObject({ files: z.int(), bytes: z.int() }),
  losses: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
  counts: z.record(z.string(), z.int()),
});
export type ExportPreview = z.infer<typeof ExportPreview>;

/**
 * Splits of the dataset as they would be, or are where they are published: `published` is ISO 8601, `by` an annotator's id, `documents` how many
 * are published, `later` how many articles came since.
 */
export const PlannedSplits = z.strictObject({
  options: SplitOptions,
  report: SplitReport,
  published: z
    .strictObject({ published: z.string(), by: Id, options: SplitOptions, documents: z.int().min(0), later: z.int().min(0) })
    .nullable(),
});
export type PlannedSplits = z.infer<typeof PlannedSplits>;

/** The calls that export the dataset and split it. `cancelJob` ends any long work. */
export const datasetCalls = {
  /** What an export would hold; ends the page's preview before it. `job` is an id made for this call: `progress` events name it, `cancelJob` ends it. */
  previewExport: method(z.strictObject({ page: Id, job: Id, request: ExportRequest }), ExportPreview),
  /** Writes the dataset. On Electron the person chooses the folder; on the loopback host the page follows the one-use `ticket`. `job` as above. */
  exportDataset: method(
    z.strictObject({ page: Id, job: Id, request: ExportRequest }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('written'), place: z.string(), files: z.array(z.string()) }),
      z.strictObject({ kind: z.literal('download'), ticket: z.string(), name: z.string() }),
      z.strictObject({ kind: z.literal('cancelled') }),
    ]),
  ),
  /** Ends work of this page: its call fails as `cancelled` and leaves nothing. Nothing happens where it has ended. */
  cancelJob: method(z.strictObject({ page: Id, job: Id }), nothing),
  /**
   * How the dataset would be split by `options` (null: as published, or else as usual); `anew` leaves published splits aside. While `plan` is null
   * the work goes on: ask the same again, or else it ends after some seconds.
   */
  previewSplits: method(
    z.strictObject({ page: Id, options: SplitOptions.nullable(), anew: z.boolean() }),
    z.strictObject({ searched: z.int().min(0), of: z.int().min(0), plan: PlannedSplits.nullable() }),
  ),
  /**
   * Publishes the splits as they are now, in the place of those published at `instead` (null: of none); published ones stay and what came later joins
   * them, unless `anew`. Only the project's lead may.
   */
  publishSplits: method(
    z.strictObject({ page: Id, options: SplitOptions.nullable(), anew: z.boolean(), instead: z.string().nullable() }),
    PlannedSplits,
  ),
  /** States the licence that datasets of the project are under, its name or address; null for none. Only the project's lead may. */
  stateLicence: method(z.strictObject({ page: Id, licence: z.string().trim().min(1).max(licenceLimit).nullable() }), nothing),
  /** Takes back the splits that were published at `published`. */
  withdrawSplits: method(z.strictObject({ page: Id, published: z.string() }), nothing),
} as const;
