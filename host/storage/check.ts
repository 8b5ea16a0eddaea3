import { join, resolve } from 'node:path';
import { relationProblems } from '../../core/annotations/relations.ts';
import { problemsOf } from '../../core/annotations/validation.ts';
import { CodebookFile, currentCodebook } from '../../core/codebook/codebook-file.ts';
import { type Annotation, type AnnotationSet, AnnotationSetRecord, type Relation, setProblems } from '../../core/model/annotation.ts';
import { blocksOf, normalise } from '../../core/model/article.ts';
import { recordsByArticle, successorOf } from '../../core/model/article-record.ts';
import { codebookProblems } from '../../core/model/codebook.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { ChangesRecord, EntitiesRecord, LinksRecord } from './annotator-work.ts';
import { namesIn } from './article-store.ts';
import { checkedJournal, checkedSnapshot, type JournalReplay } from './check-journal.ts';
import { isTemporary } from './durable-write.ts';
import { reasonOf } from './failures.ts';
import { type FileSystem, nodeFileSystem, readEach } from './file-system.ts';
import { AnnotatorRecord, ArticleFile, isId, type Layout, layoutOf, ProjectRecord } from './layout.ts';
import { expectProject } from './opening.ts';
import { isIntactRecord, readRecord, recordIn } from './record-file.ts';
import { readSplits } from './splits-file.ts';
import { decode, sha256 } from './strict-json.ts';

/** A file's bytes, or why it could not be read. */
type Found = Uint8Array | Error;

// So many articles are read at a time.
const atOnce = 32;

/** What one annotator wrote, as far as it could be read. */
interface Checked {
  readonly annotator: string;
  readonly replay: JournalReplay;
  readonly sets: ReadonlyMap<string, AnnotationSet>;
}

/**
 * Checks every file of the project in `folder` and every invariant between them. Yields one line a problem, beginning with the
 * file's path relative to the project. Changes nothing, and needs no lock: a step being saved meanwhile may read as a torn line.
 * `onIncomplete` is told, in lines of the same form, what annotations still have to be completed for; that is no problem.
 * @throws AppError `not-found` where no project lies
 */
export async function* checkProject(
  folder: string,
  fileSystem: FileSystem = nodeFileSystem,
  onIncomplete: ((line: string) => void) | null = null,
): AsyncGenerator<string> {
  const layout = layoutOf(resolve(folder));
  await expectProject(fileSystem, layout);
  const problems: string[] = [];
  const attempt = async <T>(path: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (error) {
      problems.push(problemOf(layout.named(path), error));
      return null;
    }
  };
  const record = <S extends Parameters<typeof readRecord>[3]>(path: string, schema: S) =>
    attempt(path, () => readRecord(fileSystem, path, layout.named(path), schema));
  const info = await record(layout.project, ProjectRecord);
  const codebook = await record(layout.codebook, CodebookFile);
  const splits = await attempt(layout.splits, () => readSplits(fileSystem, layout));
  const texts = new Map<string, string>();
  yield* problems.splice(0);
  const articles = (await attempt(layout.articles, () => namesIn(fileSystem, layout.articles))) ?? [];
  const there = new Set(articles);
  for (const { doc_id } of splits?.assignments ?? []) if (!there.has(doc_id)) yield `splits.json: there is no article ${doc_id}`;
  for (const id of articles) if (!isId(id)) yield `articles/${id}: not an id`;
  const named = articles.filter(isId);
  for (let first = 0; first < named.length; first += atOnce) {
    const some = named.slice(first, first + atOnce);
    const records = await filesAt(fileSystem, some.map(layout.articleRecord));
    const contents = await filesAt(fileSystem, some.map(layout.text));
    for (const [index, id] of some.entries()) {
      const found = { record: records[index] as Found, text: contents[index] as Found };
      const text = await checkedArticle(fileSystem, layout, id, found, problems);
      if (text !== null) texts.set(id, text);
      yield* problems.splice(0);
    }
  }
  if (!codebook) return;
  const annotators = (await attempt(layout.annotators, () => namesIn(fileSystem, layout.annotators))) ?? [];
  if (info && !annotators.includes(info.lead)) yield `project.pressmark: its lead ${info.lead} has no folder in annotators`;
  const everybody: Checked[] = [];
  for (const id of annotators) {
    const read = () => checkedAnnotator(fileSystem, layout, id, codebook, problems);
    const checked = isId(id) ? await attempt(join(layout.annotators, id), read) : problems.push(`annotators/${id}: not an id`) && null;
    if (checked) everybody.push(checked);
    yield* problems.splice(0);
  }
  yield* workProblems(everybody, texts, layout, codebook, onIncomplete);
}

function* workProblems(
  everybody: readonly Checked[],
  texts: ReadonlyMap<string, string>,
  layout: Layout,
  file: CodebookFile,
  onIncomplete: ((line: string) => void) | null,
): Generator<string> {
  const registry = resolveRegistry(everybody.flatMap(({ replay }) => [...replay.work.entities.values()]));
  const { codebook } = currentCodebook(file);
  const records = recordsByArticle(everybody.flatMap(({ replay }) => [...replay.work.articles.values()]));
  // What an end names may have gone along to a corrected version of its article.
  const annotationAt = ({ article, annotation }: Relation['from']) => {
    const places = [article, successorOf(article, records)];
    return everybody.flatMap(({ sets }) => places.flatMap((place) => sets.get(place)?.annotations.get(annotation) ?? []))[0];
  };
  const layerAt = (end: Relation['from']) => annotationAt(end)?.layer;
  for (const { annotator, replay, sets } of everybody) {
    for (const [article, set] of sets) {
      const name = layout.named(layout.set(annotator, article));
      const text = texts.get(article);
      if (text === undefined) yield `${name}: there is no article ${article}`;
      else {
        const isThere = (id: string) => annotationAt({ article, annotation: id }) !== undefined;
        for (const problem of setProblems(set, text, (id) => registry.has(id), isThere)) yield `${name}: ${problem}`;
      }
      for (const relation of set.relations.values()) {
        for (const problem of relationProblems(relation, codebook, layerAt)) yield `${name}: relation ${relation.id}: ${problem}`;
      }
      for (const annotation of set.annotations.values()) {
        for (const problem of codebookProblems(annotation, codebook)) yield `${name}: annotation ${annotation.id}: ${problem}`;
        if (annotation.annotator !== annotator) yield `${name}: annotation ${annotation.id}: it belongs to ${annotation.annotator}`;
      }
    }
    if (onIncomplete) {
      const exists = (article: string, annotation: string) => annotationAt({ article, annotation }) !== undefined;
      for (const [article, set] of sets) {
        if (successorOf(article, records) !== article) continue;
        for (const [id, problems] of problemsOf({ set, links: replay.work.links, registry, codebook, exists })) {
          const { layer, spans } = set.annotations.get(id) as Annotation;
          const words = spans.map((span) => span.text).join(' … ');
          const cut = words.length > 60 ? `${words.slice(0, 60).toWellFormed()}…` : words;
          const told = problems.map((problem) => problem.words).join('; ');
          onIncomplete(`${layout.named(layout.set(annotator, article))}: ${layer} ${id} “${cut}”: ${told}`);
        }
      }
    }
    for (const { id, fields } of replay.work.articles.values()) {
      const name = layout.named(layout.changes(annotator));
      if (!texts.has(id)) yield `${name}: there is no article ${id}`;
      const newer = fields.supersededBy?.value;
      if (newer && !texts.has(newer)) yield `${name}: the article ${newer}, which stands in place of ${id}, is missing`;
    }
    for (const link of replay.work.links.values()) {
      const name = `${layout.named(layout.links(annotator))}: link ${link.id}`;
      for (const problem of relationProblems(link, codebook, layerAt)) yield `${name}: ${problem}`;
      for (const end of [link.from, link.to]) {
        if (!annotationAt(end)) yield `${name}: its end ${end.annotation} in ${end.article} is gone`;
      }
    }
  }
}

async function checkedArticle(
  fileSystem: FileSystem,
  layout: Layout,
  id: string,
  found: { readonly record: Found; readonly text: Found },
  problems: string[],
): Promise<string | null> {
  try {
    const names = await namesIn(fileSystem, layout.article(id));
    for (const name of names.filter((one) => !/^(article\.json|text\.txt|original\.[a-z0-9]+)$/.test(one) && !isBeside(one)))
      problems.push(`articles/${id}/${name}: not a file of Pressmark, perhaps a copy made by a sync program`);
    if (!names.includes('article.json')) {
      problems.push(`articles/${id}: its import was broken off; importing the file again completes it`);
      return null;
    }
    const path = layout.articleRecord(id);
    const record = expectRead(found.record);
    const meta = recordIn(record, layout.named(path), ArticleFile).found;
    if (!isIntactRecord(record)) problems.push(`${layout.named(path)}: its checksum does not fit, it was edited outside Pressmark`);
    if (meta.id !== id) problems.push(`${layout.named(path)}: it describes ${meta.id}`);
    const bytes = expectRead(found.text);
    if (sha256(bytes) !== meta.textSha256) problems.push(`${layout.named(layout.text(id))}: its content is not what was imported`);
    if (meta.originalSha256 !== meta.textSha256) {
      const original = layout.original(id, meta.originalName);
      const kept = await fileSystem.readFile(original).catch((error: unknown) => {
        problems.push(problemOf(layout.named(original), error));
        return null;
      });
      if (kept && sha256(kept) !== meta.originalSha256) {
        problems.push(`${layout.named(original)}: its content is not what was imported`);
      }
    }
    const text = decode(bytes);
    if (normalise(text).text !== text) problems.push(`${layout.named(layout.text(id))}: it is not normalised`);
    const blocks = blocksOf(text).length;
    if (meta.headings.some((line) => line >= blocks)) problems.push(`${layout.named(path)}: a heading lies beyond the text`);
    return text;
  } catch (error) {
    problems.push(problemOf(`articles/${id}`, error));
    return null;
  }
}

async function checkedAnnotator(
  fileSystem: FileSystem,
  layout: Layout,
  annotator: string,
  codebook: CodebookFile,
  problems: string[],
): Promise<Checked> {
  const path = layout.annotatorRecord(annotator);
  try {
    const { id } = await readRecord(fileSystem, path, layout.named(path), AnnotatorRecord);
    if (id !== annotator) problems.push(`${layout.named(path)}: it describes ${id}`);
  } catch (error) {
    problems.push(problemOf(layout.named(path), error));
  }
  const place = { fileSystem, layout, annotator, codebook, problems };
  const replay = await checkedJournal(place);
  const sets = new Map(replay.work.sets);
  const own = /^(annotator\.json|journal\.jsonl|articles|articles\.json|entities\.json|links\.json)$/;
  for (const name of await namesIn(fileSystem, layout.annotator(annotator))) {
    if (!own.test(name) && !isBeside(name))
      problems.push(`annotators/${annotator}/${name}: not a file of Pressmark, perhaps a copy made by a sync program`);
  }
  const articles = (await namesIn(fileSystem, layout.sets(annotator)))
    .filter((name) => !isBeside(name))
    .flatMap((name) => {
      const article = name.replace(/\.json$/, '');
      if (name.endsWith('.json') && isId(article)) return [article];
      problems.push(`annotators/${annotator}/articles/${name}: not a file of Pressmark, perhaps a copy made by a sync program`);
      return [];
    });
  const paths = articles.map((article) => layout.set(annotator, article));
  let turn = 0;
  for await (const bytes of readEach(fileSystem, paths)) {
    const article = articles[turn] as string;
    const set = await checkedSnapshot(place, replay, paths[turn++] as string, AnnotationSetRecord, { article }, bytes);
    if (set && (!replay.isWhole || !sets.has(article))) sets.set(article, set);
  }
  await checkedSnapshot(place, replay, layout.entities(annotator), EntitiesRecord, 'entities');
  await checkedSnapshot(place, replay, layout.links(annotator), LinksRecord, 'links');
  await checkedSnapshot(place, replay, layout.changes(annotator), ChangesRecord, 'articles');
  return { annotator, replay, sets };
}

async function filesAt(fileSystem: FileSystem, paths: readonly string[]): Promise<Found[]> {
  const found: Found[] = [];
  for await (const each of readEach(fileSystem, paths)) found.push(each);
  return found;
}

function expectRead(found: Found): Uint8Array {
  if (found instanceof Error) throw found;
  return found;
}

// A failure that names its file itself is told under that name, once.
function problemOf(name: string, error: unknown): string {
  const reason = reasonOf(error);
  const [, file, rest] = /^(\S+) (.*)$/s.exec(reason) ?? [];
  return file?.startsWith(name) ? `${file}: it ${rest}` : `${name}: ${reason}`;
}

// Files that the storage itself keeps: last-good copies, what was set aside or cut off, older formats, temporary files.
function isBeside(name: string): boolean {
  return isTemporary(name) || /\.(bak|corrupt-.+|torn-.+|format-\d+)$|^merged-[\w-]+$/.test(name);
}
