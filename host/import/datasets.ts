import { createHash, randomUUID } from 'node:crypto';
import { dequal } from 'dequal';
import { readCodebook } from '../../core/codebook/codebook-text.ts';
import { AppError } from '../../core/failure.ts';
import { codebookFileIn } from '../../core/formats/about-files.ts';
import { freshAnnotations } from '../../core/formats/dataset-look.ts';
import { FormatName } from '../../core/formats/export-request.ts';
import type { Foreign, ForeignDocument, GivenFile } from '../../core/formats/foreign.ts';
import { formatNamed, formats } from '../../core/formats/index.ts';
import { type ImportPlan, planImport } from '../../core/formats/into-project.ts';
import { type Labels, labelsOf } from '../../core/formats/labels.ts';
import type { Loss } from '../../core/formats/ledger.ts';
import { proposeMap } from '../../core/formats/map-proposal.ts';
import { applyMap, type LabelMap, mapProblems } from '../../core/formats/mapping.ts';
import { placeDocuments } from '../../core/formats/placing.ts';
import { inShort } from '../../core/import/draft.ts';
import type { AnnotationSet, Relation } from '../../core/model/annotation.ts';
import { recordsByArticle, resolveArticle } from '../../core/model/article-record.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import type { Project } from '../storage/project.ts';
import { importedName } from './article-import.ts';
import { plainLine } from './plain-line.ts';
import type { Reader } from './reader.ts';

/** A dataset as it was read: its content, in its own labels. */
export interface ReadDataset {
  readonly format: FormatName;
  readonly title: string;
  readonly foreign: Foreign;
  readonly labels: Labels;
  /** The codebook that came with it, with the path of its file; null if none did, or none that can be read. */
  readonly codebook: { readonly path: string; readonly content: Codebook } | null;
}

/** The part of a dataset that is imported as the work of one annotator. */
export interface Part {
  /** Who imports it. */
  readonly annotator: string;
  /** Whose records in the files are theirs. */
  readonly isTheirs: (annotator: string | null) => boolean;
  /** Whether what is told of the files as a whole is told with this part. */
  readonly isFirst: boolean;
}

/** What an import of a dataset would do; `map` says what its labels become. */
export interface DatasetPreview {
  readonly map: LabelMap;
  readonly plan: ImportPlan;
}

/** The project that datasets are imported into. */
export type DatasetTarget = Pick<
  Project,
  | 'info'
  | 'annotator'
  | 'codebook'
  | 'importedArticles'
  | 'articleRecords'
  | 'readArticle'
  | 'setsOf'
  | 'entities'
  | 'links'
  | 'addArticle'
  | 'apply'
  | 'expectWritable'
>;

/** The formats that annotations can be read from. */
export const readableFormats: readonly FormatName[] = formats.flatMap(({ name, read }) => (read ? [name] : []));

/**
 * The format of the dataset that `files` are; null if they are not a dataset. A dataset made by Pressmark names its format in its manifest.
 * @throws AppError `unsupported` for a dataset of Pressmark in a format that it can only write
 */
export function recognise(files: readonly GivenFile[]): FormatName | null {
  const told = manifestFormat(files);
  if (told) {
    if (readableFormats.includes(told)) return told;
    throw new AppError(
      'unsupported',
      `This is a dataset in ${formatNamed(told).title}, which Pressmark writes but does not read.`,
      `Export it in another format, such as ${readableFormats.slice(0, 3).join(', ')}, and import that.`,
    );
  }
  const paths = files.map(({ path }) => path).sort();
  const beginnings = [...files]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .slice(0, 50)
    .map(beginningOf);
  return (
    formats.find(({ read, recognises }) => read && recognises && beginnings.some((beginning) => recognises(paths, beginning)))?.name ?? null
  );
}

// Formats whose texts are separate files.
const withTextFiles: ReadonlySet<string> = new Set(['brat', 'web-annotation', 'conll']);

/** Splits files that were given together into those of a dataset in `format` and the others, which articles are read from. */
export function filesOfDataset(files: readonly GivenFile[], format: FormatName): { files: GivenFile[]; others: GivenFile[] } {
  const isOther = ({ path }: GivenFile) => !withTextFiles.has(format) && /\.(?:txt|text|x?html?|docx|pdf|eml)$/i.test(path);
  return { files: files.filter((file) => !isOther(file)), others: files.filter(isOther) };
}

/** Reads `files` as a dataset in `format`. Never rejects because of their content. */
export async function readDatasetFiles(reader: Reader, files: readonly GivenFile[], format: FormatName): Promise<ReadDataset> {
  const foreign = await reader.readDataset({ format, files });
  return {
    format,
    title: formatNamed(format).title,
    foreign: { ...foreign, documents: foreign.documents.map(withPlainFacts) },
    labels: labelsOf(foreign),
    codebook: codebookIn(files),
  };
}

function codebookIn(files: readonly GivenFile[]): ReadDataset['codebook'] {
  const file = codebookFileIn(files);
  const content = file && readCodebook(new TextDecoder().decode(file.bytes));
  return !file || !content || Array.isArray(content) ? null : { path: file.path, content };
}

/**
 * What importing `dataset` into `project` would do, or a part of it. Labels that `chosen` does not map are mapped as proposed. Changes nothing.
 * @throws AppError `bad-request` for a map that names what the codebook does not have
 */
export async function previewDataset(
  project: DatasetTarget,
  dataset: ReadDataset,
  chosen: LabelMap | null,
  { now = new Date().toISOString(), part }: { readonly now?: string; readonly part?: Part } = {},
): Promise<DatasetPreview> {
  const { codebook, version } = project.codebook;
  const map = proposeMap(dataset.labels, codebook, chosen);
  const problems = mapProblems(map, codebook);
  if (problems.length > 0) {
    throw new AppError(
      'bad-request',
      `The map does not fit the codebook: ${problems.slice(0, 5).join(' ')}`,
      'Correct it, then import again.',
    );
  }
  const { foreign, losses: all } = applyMap(dataset.foreign, map, codebook);
  const losses = part ? applyMap(recordsOf(part, dataset.foreign), map, codebook).losses : all;
  const records = await project.articleRecords();
  const byArticle = recordsByArticle(records);
  const articles = project.importedArticles().map((meta) => resolveArticle(meta, byArticle.get(meta.id) ?? []));
  const { placed, problems: unplaced } = placeDocuments(foreign.documents, { articles, sha256 });
  const concerned = new Set(placed.flatMap(({ article, added }) => (added ? [] : [article])));
  const me = part?.annotator ?? project.annotator.id;
  const ground = await groundOf(project, me, concerned);
  const plan = planImport(placed, { ...foreign, problems: [...foreign.problems, ...unplaced] }, dataset.format, {
    ...{ annotator: me, codebook, codebookVersion: version, now, sha256, articles, ...(part ? { isTheirs: part.isTheirs } : {}) },
    ...{ ...ground, articleRecords: new Map(records.flatMap((record) => (record.annotator === me ? [[record.id, record] as const] : []))) },
  });
  const isFirst = part?.isFirst ?? true;
  const ofFiles = all.length > 0 ? [...codebookRemarks(dataset, codebook), ...plan.remarks] : plan.remarks;
  return {
    map,
    plan: {
      ...plan,
      remarks: isFirst ? ofFiles : [],
      problems: isFirst ? plan.problems.map(inShort) : [],
      losses: summed([...((isFirst && dataset.foreign.losses) || []), ...losses, ...plan.losses]),
    },
  };
}

// Only what the annotators of the part wrote.
function recordsOf({ isTheirs }: Part, foreign: Foreign): Foreign {
  const by = <T extends { readonly annotator: string | null }>(records: readonly T[]) =>
    records.filter(({ annotator }) => isTheirs(annotator));
  return {
    ...foreign,
    documents: foreign.documents.map((document) => ({
      ...document,
      ...{ annotations: by(document.annotations), relations: by(document.relations), completions: by(document.completions) },
    })),
    links: by(foreign.links),
  };
}

// What has no place in the codebook of the project has one in that of the dataset.
function codebookRemarks({ codebook: own }: ReadDataset, codebook: Codebook): string[] {
  if (!own || dequal(own.content, codebook)) return [];
  return [
    `What is left out has a place in the dataset’s own codebook, “${own.content.name}”. To keep it, import ${own.path} in the Codebook view before the dataset, or make a new project with it: pressmark new DIR --codebook ${own.path}.`,
  ];
}

/**
 * Imports `dataset`, or a part of it: first its new articles, then everything else as one step with this `id` and time. Returns that step; null if there was nothing
 * to do.
 * @throws AppError as previewDataset; `read-only`, `not-saved`
 */
export async function importDataset(
  project: DatasetTarget,
  dataset: ReadDataset,
  chosen: LabelMap | null,
  { id = randomUUID(), now = new Date().toISOString(), part }: { readonly id?: string; readonly now?: string; readonly part?: Part } = {},
): Promise<DatasetPreview & { readonly gesture: Gesture | null }> {
  project.expectWritable();
  const preview = await previewDataset(project, dataset, chosen, { now, ...(part ? { part } : {}) });
  const { articles, edits, layers } = preview.plan;
  if (edits.length === 0) return { ...preview, gesture: null };
  for (const { id, name, text, raw, facts } of articles) {
    const { meta } = await project.addArticle({
      originalName: name,
      text,
      original: Buffer.from(raw),
      facts,
      importedBy: project.annotator.id,
    });
    if (meta.id !== id) throw new RangeError(`the article ${id} became ${meta.id}`);
  }
  const annotations = freshAnnotations(layers);
  const what = annotations === 0 ? 'a dataset' : annotations === 1 ? '1 annotation' : `${annotations} annotations`;
  const gesture: Gesture = {
    ...{ id, annotator: project.annotator.id, time: now, command: 'article.import' },
    ...{
      title: `Import ${what}`,
      edits: [...edits],
      undoes: null,
      redoes: null,
    },
  };
  await project.apply(gesture);
  return { ...preview, gesture };
}

async function groundOf(project: DatasetTarget, me: string, concerned: ReadonlySet<string>) {
  const entities = await project.entities();
  const links = await project.links();
  const taken = new Set([...entities, ...links].map(({ id }) => id));
  const texts = new Map<string, string>();
  const sets = new Map<string, readonly { annotator: string; set: AnnotationSet }[]>();
  for (const { id } of project.importedArticles()) {
    const all = await project.setsOf(id);
    for (const { set } of all) {
      for (const records of [set.annotations, set.mentions, set.relations, set.decisions]) for (const key of records.keys()) taken.add(key);
    }
    if (!concerned.has(id)) continue;
    sets.set(id, all);
    texts.set(id, (await project.readArticle(id)).text);
  }
  return {
    registry: resolveRegistry(entities),
    records: new Map(entities.flatMap((record) => (record.annotator === me ? [[record.id, record] as const] : []))),
    taken: (id: string) => taken.has(id),
    textOf: (id: string) => texts.get(id) ?? '',
    setsOf: (id: string) => sets.get(id) ?? [],
    links: links satisfies Relation[],
  };
}

function summed(losses: readonly Loss[]): Loss[] {
  const sums = new Map<string, number>();
  for (const { kind, count } of losses) sums.set(kind, (sums.get(kind) ?? 0) + count);
  return [...sums].map(([kind, count]) => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

function manifestFormat(files: readonly GivenFile[]): FormatName | null {
  const manifests = files.filter(({ path }) => /(?:^|\/)manifest\.json$/.test(path)).sort((a, b) => a.path.length - b.path.length);
  try {
    const { format, generator } = JSON.parse(new TextDecoder().decode(manifests[0]?.bytes)) as {
      format?: unknown;
      generator?: { name?: unknown };
    };
    const name = FormatName.safeParse(format);
    return name.success && generator?.name === 'Pressmark' ? name.data : null;
  } catch {
    return null;
  }
}

// Shortens the strings in JSON, so that what comes after a long text is seen too.
function beginningOf({ path, bytes }: GivenFile): string {
  if (!/\.jsonl?$/i.test(path)) return new TextDecoder().decode(bytes.subarray(0, 8192)).slice(0, 4096);
  const text = new TextDecoder().decode(bytes.subarray(0, 262_144));
  return text.replace(/"((?:[^"\\]|\\.){200})(?:[^"\\]|\\.)*/g, '"$1').slice(0, 4096);
}

/** `files` with paths relative to the one folder that contains them all, if there is one. There is one if a whole folder was dropped or packed. */
export function withoutCommonFolder(files: readonly GivenFile[]): readonly GivenFile[] {
  const folder = /^[^/]+\//.exec(files[0]?.path ?? '')?.[0];
  if (!folder || !files.every(({ path }) => path.startsWith(folder))) return files;
  return files.map(({ path, bytes }) => ({ path: path.slice(folder.length), bytes }));
}

function withPlainFacts(document: ForeignDocument): ForeignDocument {
  const plain = (text: string | null, most: number) => (text === null ? null : plainLine(text, most));
  return { ...document, name: importedName(document.name), title: plain(document.title, 300), source: plain(document.source, 200) };
}
