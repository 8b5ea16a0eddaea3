import { z } from 'zod';
import { SplitOptions } from '../splits/options.ts';

/** The formats that a dataset can be exported in, in the order in which they are offered; core/formats/index.ts has one entry for each. */
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

/** How far the work on an article is: nobody began, somebody did, somebody marked it as done. */
export const WorkStatus = z.enum(['not-started', 'in-progress', 'done']);
export type WorkStatus = z.infer<typeof WorkStatus>;

/** Which part of a project a dataset is made of. What is missing, or undefined, is not narrowed. */
export const Selection = z.strictObject({
  /** Ids of the codebook's layers. Mentions stay where an annotation of these, or nothing, points at them. */
  layers: z.array(z.string()).min(1).or(z.undefined()).optional(),
  /** Ids of annotators. */
  annotators: z.array(z.string()).min(1).or(z.undefined()).optional(),
  /** Of the articles, by the work of the annotators that are taken. */
  statuses: z.array(WorkStatus).min(1).or(z.undefined()).optional(),
});
export type Selection = z.infer<typeof Selection>;

/** What to export, and how. */
export const ExportRequest = z.strictObject({
  format: FormatName,
  selection: Selection.optional(),
  /** With `left-out` a dataset holds offsets and hashes and no words of the articles, for texts that may not be passed on. */
  text: z.enum(['included', 'left-out']).optional(),
  /** How it is split; what is missing means the published splits, and none where none are published. */
  splits: SplitOptions.or(z.undefined()).optional(),
});
export type ExportRequest = z.infer<typeof ExportRequest>;
