import { z } from 'zod';
import { SplitOptions } from '../splits/options.ts';

/** The formats in which a dataset can be exported, in display order. core/formats/index.ts has one entry for each. */
export const FormatName = z.enum([
  'jsonl',
  'csv',
  'huggingface',
  'conll',
  'spacy',
  'brat',
  'cas',
  'label-studio',
  'doccano',
  'web-annotation',
  'stam',
  'graphml',
  'claimreview',
  'refi-qda',
]);
export type FormatName = z.infer<typeof FormatName>;

/** The status of the work on an article: nobody has begun, somebody has, or somebody has marked it as done. */
export const WorkStatus = z.enum(['not-started', 'in-progress', 'done']);
export type WorkStatus = z.infer<typeof WorkStatus>;

/** Which part of a project to put into a dataset. A field that is missing or undefined does not narrow it. */
export const Selection = z.strictObject({
  /** Ids of layers in the codebook. Mentions are included if an annotation of these layers refers to them, or none does. */
  layers: z.array(z.string()).min(1).or(z.undefined()).optional(),
  /** Ids of annotators. */
  annotators: z.array(z.string()).min(1).or(z.undefined()).optional(),
  /** The status of the articles, judged by the work of the included annotators. */
  statuses: z.array(WorkStatus).min(1).or(z.undefined()).optional(),
});
export type Selection = z.infer<typeof Selection>;

/** What to export, and how. */
export const ExportRequest = z.strictObject({
  format: FormatName,
  selection: Selection.optional(),
  /** With `left-out`, the dataset contains offsets and hashes but no words of the articles. For texts that may not be passed on. */
  text: z.enum(['included', 'left-out']).optional(),
  /** How to split the dataset. If missing, the published splits are used, or none if none are published. */
  splits: SplitOptions.or(z.undefined()).optional(),
});
export type ExportRequest = z.infer<typeof ExportRequest>;
