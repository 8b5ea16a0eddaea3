import type { ExportProgress } from '../../core/contract/dataset.ts';
import type { Output } from '../../core/contract.ts';
import type { Failure } from '../../core/failure.ts';
import type { ExportRequest, FormatName, WorkStatus } from '../../core/formats/export-request.ts';
import type { SplitOptions } from '../../core/splits/options.ts';

/** What the user wants to export in this window. Null for layers, annotators and statuses means all, including future ones. */
export interface DatasetChoice {
  readonly format: FormatName;
  readonly layers: readonly string[] | null;
  readonly annotators: readonly string[] | null;
  readonly statuses: readonly WorkStatus[] | null;
  /** Whether to include the words of the articles. */
  readonly withText: boolean;
  /** The splits to include although they are not published; null for none. */
  readonly splits: SplitOptions | null;
}

export const wholeDataset: DatasetChoice = {
  ...{ format: 'jsonl', layers: null, annotators: null, statuses: null, withText: true, splits: null },
};

/** An export of this window: its progress (null while there is nothing to report) or its outcome. */
export type Exporting =
  | { readonly state: 'running'; readonly progress: ExportProgress | null }
  | { readonly state: 'ended'; readonly result: Output<'exportDataset'> }
  | { readonly state: 'failed'; readonly failure: Failure };

/** Those of `chosen` that exist. Null if that is all of `known`; an empty list if it is nothing. */
export function narrowed(chosen: readonly string[] | null, known: readonly string[]): string[] | null {
  const taken = known.filter((id) => chosen?.includes(id) ?? true);
  return taken.length === known.length ? null : taken;
}

/** The export request for `choice`, given these layers and annotators. Null if nothing is chosen of a kind, so that the export would be empty. */
export function requestOf(choice: DatasetChoice, layers: readonly string[], annotators: readonly string[]): ExportRequest | null {
  const [ofLayers, by] = [narrowed(choice.layers, layers), narrowed(choice.annotators, annotators)];
  if ([ofLayers, by, choice.statuses].some((list) => list?.length === 0)) return null;
  return {
    format: choice.format,
    selection: { layers: ofLayers ?? undefined, annotators: by ?? undefined, statuses: choice.statuses ? [...choice.statuses] : undefined },
    text: choice.withText ? 'included' : 'left-out',
    splits: choice.splits ?? undefined,
  };
}
