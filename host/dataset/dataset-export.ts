import { setImmediate } from 'node:timers/promises';
import type { ExportPreview, ExportProgress } from '../../core/contract/dataset.ts';
import { cardPath, manifestPath } from '../../core/formats/about-files.ts';
import type { ExportRequest } from '../../core/formats/export-request.ts';
import { exportDataset } from '../../core/formats/export-run.ts';
import type { Outcome } from '../../core/formats/format.ts';
import { formatNamed } from '../../core/formats/index.ts';
import type { Chunk } from '../../core/formats/ledger.ts';
import { selected } from '../../core/formats/selection.ts';
import { expectNotCancelled } from '../cancellation.ts';
import { type DatasetProject, datasetSource } from './dataset-source.ts';
import { datasetSplits, projectSplits } from './splits.ts';

// How much of each file a preview shows, in UTF-16 code units, and of how many files. The card is meant to be read, so it is shown in full.
const headLength = 2000;
const cardLength = 100_000;
const shownFiles = 60;

// How long an export works before it lets other work run, in milliseconds.
const turn = 15;

/**
 * What exporting `project` with `request` would give: counts, losses, and the first files with their sizes in bytes, their rows and their beginnings.
 * The card and the manifest are always among those files. Writes nothing. @throws AppError `cancelled` once `signal` is aborted, `corrupt`
 */
export async function previewExport(
  project: DatasetProject,
  request: ExportRequest,
  onProgress: (progress: ExportProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<ExportPreview> {
  const files = new Map<string, { path: string; bytes: number; rows: number; head: string }>();
  // Counted without storing their paths, so that a dataset of very many files needs no memory for each.
  const others = { files: 0, bytes: 0 };
  const hidden = new Set<string>();
  const take = ({ path, content, isText, rows, ends }: Chunk) => {
    const bytes = content.length;
    let file = files.get(path);
    if (!file && files.size >= shownFiles && path !== cardPath && path !== manifestPath) {
      if (!hidden.has(path)) others.files++;
      others.bytes += bytes;
      if (ends) hidden.delete(path);
      else hidden.add(path);
      return;
    }
    file ??= { path, bytes: 0, rows: 0, head: '' };
    files.set(path, file);
    file.bytes += bytes;
    file.rows += rows;
    const length = path === cardPath ? cardLength : headLength;
    if (isText && file.head.length < length) {
      // A UTF-16 code unit has at most three bytes in UTF-8. A character cut off at the end is beyond what is shown.
      const beginning = new TextDecoder('utf-8', { ignoreBOM: true }).decode(content.subarray(0, 3 * length + 3), { stream: true });
      file.head = (file.head + beginning).slice(0, length).toWellFormed();
    }
  };
  const { counts, losses } = await runExport(project, request, take, onProgress, signal);
  // A layer is counted under its own id, unless another count has that name.
  const named = Object.entries(counts).map(([name, count]) => {
    const layer = name.replace(/^layers\./, '');
    return [Object.hasOwn(counts, layer) ? name : layer, count];
  });
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    others,
    losses: losses.map((loss) => ({ ...loss })),
    counts: Object.fromEntries(named),
  };
}

/**
 * Makes the dataset of `project` and passes it to `take` piece by piece. Reports progress before each article that is compared for the splits, and
 * then before each that is written. Lets other work run in between. @throws AppError `cancelled` once `signal` is aborted, `corrupt`
 */
export async function runExport(
  project: DatasetProject,
  request: ExportRequest,
  take: (chunk: Chunk) => void | Promise<void>,
  onProgress: (progress: ExportProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<Outcome> {
  const { format, selection = {}, text = 'included', splits: options = null } = request;
  const tell = (step: ExportProgress['step'], article: number, total: number) => onProgress({ step, done: article - 1, total });
  const isSplit = options !== null || (await project.publishedSplits()) !== null;
  const compare = () => {
    const total = project.articles().length;
    return projectSplits(project, { options, anew: false }, (article) => tell('comparing', article, total), signal);
  };
  const splits = isSplit ? datasetSplits(await compare()) : null;
  const source = await datasetSource(project, (article, total) => tell('writing', article, total));
  const chunks = exportDataset(formatNamed(format), selected({ ...source, withText: text === 'included', splits }, selection));
  for (let begun = performance.now(); ; ) {
    expectNotCancelled(signal);
    const step = await chunks.next();
    if (step.done) return step.value;
    await take(step.value);
    if (performance.now() - begun < turn) continue;
    await setImmediate();
    begun = performance.now();
  }
}
