import type { ExportProgress } from '../../core/contract/dataset.ts';
import type { Output } from '../../core/contract.ts';
import type { Failure } from '../../core/failure.ts';
import type { ExportRequest, FormatName, WorkStatus } from '../../core/formats/export-request.ts';
import type { SplitOptions } from '../../core/splits/options.ts';

/** What a person wants of the dataset, in this window. Of layers, annotators and statuses null takes all, those to come too. */
export interface DatasetChoice {
  readonly format: FormatName;
  readonly layers: readonly string[] | null;
  readonly annotators: readonly string[] | null;
  readonly statuses: readonly WorkStatus[] | null;
  /** Whether the articles' words go along. */
  readonly withText: boolean;
  /** The splits that it is to carry though they are not published; null for none. */
  readonly splits: SplitOptions | null;
}

export const wholeDataset: DatasetChoice = {
  ...{ format: 'jsonl', layers: null, annotators: null, statuses: null, withText: true, splits: null },
};

/** An export of this window: how far it is (null while there is nothing to tell), or what came of it. */
export type Exporting =
  | { readonly state: 'running'; readonly progress: ExportProgress | null }
  | { readonly state: 'ended'; readonly result: Output<'exportDataset'> }
  | { readonly state: 'failed'; readonly failure: Failure };

/** Of `chosen` what there is; null for all of it, an empty list for nothing. */
export function narrowed(chosen: readonly string[] | null, known: readonly string[]): string[] | null {
  const taken = known.filter((id) => chosen?.includes(id) ?? true);
  return taken.length === known.length ? null : taken;
}

/** The export that `choice` asks for, of these layers and annotators; null where it takes nothing of a kind, so that nothing could be in it. */
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
