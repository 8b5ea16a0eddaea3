import { readFile } from 'node:fs/promises';
import { basename, dirname, relative, resolve, sep } from 'node:path';
import { AppError } from '../core/failure.ts';
import type { FormatName } from '../core/formats/export-request.ts';
import type { GivenFile } from '../core/formats/foreign.ts';
import type { LabelMap } from '../core/formats/mapping.ts';
import { readLabelMap } from '../core/formats/mapping-file.ts';
import type { ImportProblem } from '../core/import/draft.ts';
import { mayBeDataset } from '../core/import/file-kinds.ts';
import { type AnnotatorTarget, importWithAnnotators } from '../host/import/annotators.ts';
import {
  type DatasetPreview,
  filesOfDataset,
  importDataset,
  previewDataset,
  type ReadDataset,
  readDatasetFiles,
  recognise,
  withoutCommonFolder,
} from '../host/import/datasets.ts';
import type { Reader } from '../host/import/reader.ts';
import { expectFile, filesUnder, namedFault, readTextFile, unreadableFile } from './import-paths.ts';
import { count } from './terminal.ts';

/** Files that were given together and are one dataset. `name` is its name in messages. */
export interface FoundDataset {
  readonly name: string;
  readonly format: FormatName;
  readonly files: readonly GivenFile[];
}

// Files are read whole before it is known what they are. Bytes.
const datasetLimit = 256_000_000;

/**
 * The datasets among the files at `paths`: each folder and archive that is one, and files that are one together. `rest` are the paths that articles
 * are read from. With `format`, everything there is one dataset in that format.
 * @throws AppError as recognise; `too-large`
 */
export async function findDatasets(
  paths: readonly string[],
  format: FormatName | null,
  reader: Reader,
): Promise<{ datasets: FoundDataset[]; rest: string[] }> {
  const datasets: FoundDataset[] = [];
  const rest: string[] = [];
  const alone: string[] = [];
  const take = (name: string, { files, pathOf, fault }: Content): boolean => {
    const found = format ?? (files.length > 0 ? recognise(files) : null);
    if (found !== null && fault) throw fault;
    if (found === null || files.length === 0) return false;
    const split = filesOfDataset(files, found);
    datasets.push({ name, format: found, files: split.files });
    rest.push(...split.others.flatMap(({ path }) => pathOf.get(path) ?? []));
    return true;
  };
  for (const path of paths) {
    const below = await filesUnder(path);
    if (below === null) rest.push(path);
    else if (!below.isFolder && !isZip(path)) alone.push(path);
    else {
      const isLikely = format !== null || mayBeDataset(below.files);
      const content = async () => (below.isFolder ? contentOf(below.files, path, below.fault) : unpacked(path, reader));
      if (!isLikely || !take(path, await content())) rest.push(path);
    }
  }
  const isLikely = alone.length > 0 && (format !== null || mayBeDataset(alone));
  const name = alone.length === 1 ? `${alone[0]}` : `${alone[0]} and ${count(alone.length - 1, 'other file')}`;
  if (!isLikely || !take(name, await contentOf(alone, commonFolder(alone), null))) rest.push(...alone);
  return { datasets, rest };
}

/** Files by their paths in the dataset, and where each is on the disk; files of an archive are not in `pathOf`. */
interface Content {
  readonly files: readonly GivenFile[];
  readonly pathOf: ReadonlyMap<string, string>;
  /** Why these files are incomplete. This matters only if they are a dataset. */
  readonly fault: AppError | null;
}

const isZip = (path: string) => /\.zip$/i.test(path);

// What is wrong with an archive is reported when articles are looked for in it.
async function unpacked(path: string, reader: Reader): Promise<Content> {
  const bytes = await readFile(resolve(path)).catch(unreadableFile);
  const { files } = await reader.read({ name: basename(path), format: 'zip', bytes, options: {} });
  return {
    files: withoutCommonFolder(files.filter((file) => !/(?:^|\/)(?:\.|__MACOSX\/)/.test(file.path))),
    pathOf: new Map(),
    fault: null,
  };
}

async function contentOf(paths: readonly string[], folder: string, given: AppError | null): Promise<Content> {
  const files: GivenFile[] = [];
  const pathOf = new Map<string, string>();
  let size = 0;
  let fault = given;
  for (const path of paths) {
    const bytes = await expectFile(path)
      .then((entry) => {
        size += entry.size;
        return size > datasetLimit ? null : readFile(resolve(path)).catch(unreadableFile);
      })
      .catch((error: unknown) => {
        fault ??= namedFault(error, path);
        return new Uint8Array();
      });
    if (bytes === null) {
      const message = `${folder} was not imported: the files have more than ${datasetLimit / 1_000_000} MB together.`;
      fault = new AppError('too-large', message, 'Split the dataset, then import the parts.');
      break;
    }
    const inside = relative(resolve(folder), resolve(path)).split(sep).join('/');
    pathOf.set(inside, path);
    files.push({ path: inside, bytes });
  }
  return { files, pathOf, fault };
}

function commonFolder(paths: readonly string[]): string {
  let folder = dirname(resolve(paths[0] ?? '.'));
  while (!paths.every((path) => resolve(path).startsWith(folder.endsWith(sep) ? folder : folder + sep))) folder = dirname(folder);
  return folder;
}

/** Reads the map in the file at `path`. @throws AppError naming the file: `not-found`, or `unsupported` with what is wrong with it */
export async function readMapFile(path: string): Promise<LabelMap> {
  const map = readLabelMap(await readTextFile(path));
  if (typeof map !== 'string') return map;
  throw new AppError('unsupported', `${path} is not a map of labels: ${map}`, 'Print one with --print-map and change that.');
}

/** What to do with a dataset: import it, only describe the import, or only print its map. */
export interface DatasetOptions {
  readonly map: LabelMap | null;
  /** Whether the annotators that the dataset names become annotators of the project; otherwise everything becomes own work. */
  readonly keepsAnnotators?: boolean;
  readonly mode: 'import' | 'dry-run' | 'print-map';
}

/** Imports one dataset, or says what that would do. `fail` is called with each problem of its files. @throws AppError as importDataset */
export async function takeDataset(
  project: AnnotatorTarget,
  reader: Reader,
  found: FoundDataset,
  { map, mode, keepsAnnotators = false }: DatasetOptions,
  say: (line: string) => void,
  fail: (problem: ImportProblem) => void,
): Promise<void> {
  const dataset = await readDatasetFiles(reader, found.files, found.format);
  const { documents, entities, problems } = dataset.foreign;
  // An empty dataset is a dataset too, if its files say so.
  if (documents.length + entities.length + problems.length === 0 && recognise(found.files) !== found.format) {
    throw new AppError(
      'unsupported',
      `There is nothing in the format ${found.format} in it.`,
      'Check that these are the right files, or name another format.',
    );
  }
  if (mode === 'import' && keepsAnnotators) {
    say(`${found.name}: ${dataset.title}`);
    for (const part of await importWithAnnotators(project, dataset, map)) {
      for (const problem of part.plan.problems) fail(problem);
      say(`  as ${part.annotator}${part.isNew ? ', who is new' : ''}:`);
      for (const line of planInWords(part)) say(`    ${line}`);
      for (const { kind, count: number } of part.plan.losses) console.error(`Not imported: ${number} × ${kind}`);
    }
    return;
  }
  const preview = mode === 'import' ? await importDataset(project, dataset, map) : await previewDataset(project, dataset, map);
  for (const problem of preview.plan.problems) fail(problem);
  if (mode === 'print-map') return say(JSON.stringify(preview.map, null, 2));
  say(`${found.name}: ${dataset.title}${mode === 'dry-run' ? ', would be imported' : ''}`);
  for (const line of planInWords(preview)) say(`  ${line}`);
  if (keepsAnnotators)
    say('  Counted as if all of it became your own work; the annotators it names would be added to the project instead.');
  else if (preview.plan.shared) say(`  ${preview.plan.shared}`);
  if (mode === 'dry-run') for (const line of mapInWords(dataset, preview.map)) say(`  ${line}`);
  for (const { kind, count: number } of preview.plan.losses) console.error(`Not imported: ${number} × ${kind}`);
}

/** What an import does, one line for each kind of record. */
function planInWords({ plan: { documents, layers, others, edits, remarks, problems } }: DatasetPreview): string[] {
  const both = ({ fresh, known }: { fresh: number; known: number }) =>
    [`${fresh} new`, ...(known > 0 ? [`${known} here already`] : [])].join(', ');
  const sorts = [...Object.entries(layers), ...Object.entries(others)].filter(([, { fresh, known }]) => fresh + known > 0);
  return [
    `articles: ${both(documents)}`,
    ...sorts.map(([name, counts]) => `${name}: ${both(counts)}`),
    ...remarks,
    ...(edits.length > 0 ? [] : [problems.length > 0 ? 'None of it can be imported.' : 'There is nothing new in it.']),
  ];
}

/** What each label becomes, as `foreign → codebook`. */
function mapInWords({ labels }: ReadDataset, map: LabelMap): string[] {
  const own = <T>(record: Readonly<Record<string, T>> | undefined, name: string) =>
    record && Object.hasOwn(record, name) ? record[name] : undefined;
  const line = (what: string, to: string | null | undefined, times: number, rejected = 0) =>
    `${what} → ${to ?? 'left out'} (${times}${rejected > 0 ? `, ${rejected} rejected` : ''})`;
  const layers = [...labels.layers].flatMap(([name, { count: times, rejected, attributes, roles }]) => {
    const layer = own(map.layers, name);
    if (!layer?.to) return [line(`layer ${name}`, null, times, rejected)];
    return [
      line(`layer ${name}`, layer.to, times, rejected),
      ...[...attributes].map(([attribute, used]) =>
        line(`attribute ${name}.${attribute}`, own(layer.attributes, attribute)?.to, used.count),
      ),
      ...[...roles].map(([role, used]) => line(`role ${name}.${role}`, own(layer.roles, role), used)),
    ];
  });
  const relations = [...labels.relations].map(([name, { count: times }]) => line(`relation ${name}`, own(map.relations, name)?.to, times));
  const types = [...labels.entityTypes].map(([name, times]) => line(`entity type ${name}`, own(map.entityTypes, name), times));
  return [...layers, ...relations, ...types];
}
