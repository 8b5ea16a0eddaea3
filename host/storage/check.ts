import { isUtf8 } from 'node:buffer';
import { join, resolve } from 'node:path';
import { relationProblems } from '../../core/annotations/relations.ts';
import { problemsOf } from '../../core/annotations/validation.ts';
import { CodebookFile, currentCodebook } from '../../core/codebook/codebook-file.ts';
import { codebookFaults } from '../../core/codebook/codebook-soundness.ts';
import { type Annotation, type AnnotationSet, AnnotationSetRecord, type Relation, setProblems } from '../../core/model/annotation.ts';
import { blocksOf, normalise } from '../../core/model/article.ts';
import { recordsByArticle, successorOf } from '../../core/model/article-record.ts';
import { codebookProblems } from '../../core/model/codebook.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { ChangesRecord, EntitiesRecord, LinksRecord } from './across-records.ts';
import { checkedJournal, checkedSnapshot, type JournalReplay, lostEnd } from './check-journal.ts';
import { articleBack, fromBackup, lineOf, notOurs } from './check-lines.ts';
import { isTemporary } from './durable-write.ts';
import { type FileSystem, namesIn, nodeFileSystem, readEach } from './file-system.ts';
import { AnnotatorRecord, ArticleFile, isId, type Layout, layoutOf, ProjectRecord } from './layout.ts';
import { expectProject } from './opening.ts';
import { isIntactRecord, readRecord, recordIn } from './record-file.ts';
import { readSplits } from './splits-file.ts';
import { decode, sha256 } from './strict-json.ts';

/** A file's bytes, or why it could not be read. */
type Found = Uint8Array | Error;

// Of so many articles the folders are listed together, and of so many the originals are read together, which may be large.
const atOnce = 32;
const together = 4;

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
      problems.push(lineOf(layout.named(path), error));
      return null;
    }
  };
  const record = <S extends Parameters<typeof readRecord>[3]>(path: string, schema: S) =>
    attempt(path, () => readRecord(fileSystem, path, layout.named(path), schema));
  const info = await record(layout.project, ProjectRecord);
  const codebook = await record(layout.codebook, CodebookFile);
  const faults = codebook ? codebookFaults(currentCodebook(codebook).codebook) : [];
  for (const fault of faults) problems.push(`${layout.named(layout.codebook)}: ${fault}`);
  const splits = await attempt(layout.splits, () => readSplits(fileSystem, layout));
  // Those whose texts can be read. The texts are read again where annotations are held against them: all of them would fill the memory.
  const readable = new Set<string>();
  yield* problems.splice(0);
  const articles = (await attempt(layout.articles, () => namesIn(fileSystem, layout.articles))) ?? [];
  const there = new Set(articles);
  for (const { doc_id } of splits?.assignments ?? [])
    if (!there.has(doc_id)) yield `splits.json: there is no article ${doc_id}; ${articleBack}`;
  for (const id of articles) if (!isId(id)) yield `articles/${id}: not a folder of Pressmark; move it out of the project`;
  const named = articles.filter(isId);
  const records = readEach(fileSystem, named.map(layout.articleRecord));
  const texts = readEach(fileSystem, named.map(layout.text));
  for (let first = 0; first < named.length; first += atOnce) {
    const some = named.slice(first, first + atOnce);
    const listed = await Promise.all(some.map((id) => namesIn(fileSystem, layout.article(id)).catch((error: Error) => error)));
    for (let turn = 0; turn < some.length; turn += together) {
      const checking: Promise<string[]>[] = [];
      for (const [index, id] of some.slice(turn, turn + together).entries()) {
        const names = listed[turn + index] as string[] | Error;
        const found = { names, record: (await records.next()).value as Found, text: (await texts.next()).value as Found };
        const check = async (its: string[]) => {
          if (await checkedArticle(fileSystem, layout, id, found, its)) readable.add(id);
          return its;
        };
        checking.push(check([]));
      }
      for (const its of await Promise.all(checking)) yield* its;
    }
  }
  if (!codebook) return;
  const annotators = (await attempt(layout.annotators, () => namesIn(fileSystem, layout.annotators))) ?? [];
  if (info && !annotators.includes(info.lead)) yield `project.pressmark: its lead ${info.lead} has no folder in annotators`;
  const everybody: Checked[] = [];
  for (const id of annotators) {
    const read = () => checkedAnnotator(fileSystem, layout, id, codebook, problems);
    const checked = isId(id)
      ? await attempt(join(layout.annotators, id), read)
      : problems.push(`annotators/${id}: not a folder of Pressmark; move it out of the project`) && null;
    if (checked) everybody.push(checked);
    yield* problems.splice(0);
  }
  yield* workProblems(everybody, fileSystem, readable, layout, codebook, onIncomplete);
}

async function* workProblems(
  everybody: readonly Checked[],
  fileSystem: FileSystem,
  readable: ReadonlySet<string>,
  layout: Layout,
  file: CodebookFile,
  onIncomplete: ((line: string) => void) | null,
): AsyncGenerator<string> {
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
    const texts = textsOf(
      fileSystem,
      layout,
      [...sets.keys()].filter((article) => readable.has(article)),
    );
    for (const [article, set] of sets) {
      const name = layout.named(layout.set(annotator, article));
      if (!readable.has(article)) yield `${name}: there is no article ${article}; ${articleBack}`;
      else {
        const { value: text } = await texts.next();
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
      if (!readable.has(id)) yield `${name}: there is no article ${id}; ${articleBack}`;
      const newer = fields.supersededBy?.value;
      if (newer && !readable.has(newer)) yield `${name}: the article ${newer}, which stands in place of ${id}, is missing`;
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

// The texts of articles whose texts could be read before, in their order.
async function* textsOf(fileSystem: FileSystem, layout: Layout, articles: readonly string[]): AsyncGenerator<string, string> {
  for await (const found of readEach(fileSystem, articles.map(layout.text))) yield decode(expectRead(found));
  throw new RangeError('no more texts');
}

// Whether the text of the article `id` was imported under another name too: an id ends with the hash of the text.
async function isThereToo(fileSystem: FileSystem, layout: Layout, id: string): Promise<boolean> {
  const others = (await namesIn(fileSystem, layout.articles)).filter((other) => other !== id && isId(other));
  const records = others.filter((other) => other.slice(-8) === id.slice(-8)).map(layout.articleRecord);
  for await (const record of readEach(fileSystem, records)) if (!(record instanceof Error)) return true;
  return false;
}

// Whether the text of an article can be read.
async function checkedArticle(
  fileSystem: FileSystem,
  layout: Layout,
  id: string,
  found: { readonly names: readonly string[] | Error; readonly record: Found; readonly text: Found },
  problems: string[],
): Promise<boolean> {
  try {
    const { names } = found;
    if (names instanceof Error) throw names;
    for (const name of names.filter((one) => !/^(article\.json|text\.txt|original\.[a-z0-9]+)$/.test(one) && !isBeside(one)))
      problems.push(`articles/${id}/${name}: ${notOurs}`);
    if (!names.includes('article.json')) {
      const remedy = (await isThereToo(fileSystem, layout, id))
        ? 'its text is there as another article, so that this folder is not needed'
        : 'importing the file again completes it';
      problems.push(`articles/${id}: its import was broken off; ${remedy}`);
      return false;
    }
    const path = layout.articleRecord(id);
    const record = expectRead(found.record);
    const meta = recordIn(record, layout.named(path), ArticleFile).found;
    if (!isIntactRecord(record))
      problems.push(
        `${layout.named(path)}: its checksum does not fit, it was edited outside Pressmark; look whether it is right, or ${fromBackup}`,
      );
    if (meta.id !== id) problems.push(`${layout.named(path)}: it describes ${meta.id}; ${fromBackup}`);
    const bytes = expectRead(found.text);
    const isImported = sha256(bytes) === meta.textSha256;
    if (!isImported) problems.push(`${layout.named(layout.text(id))}: its content is not what was imported; ${fromBackup}`);
    if (meta.originalSha256 !== meta.textSha256) {
      const original = layout.original(id, meta.originalName);
      const kept = await fileSystem.readFile(original).catch((error: unknown) => {
        problems.push(lineOf(layout.named(original), error));
        return null;
      });
      if (kept && sha256(kept) !== meta.originalSha256) {
        problems.push(`${layout.named(original)}: its content is not what was imported; ${fromBackup}`);
      }
    }
    // Of a text that was changed, what else is wrong comes of that.
    if (!isImported) return isUtf8(bytes);
    const text = decode(bytes);
    if (normalise(text).text !== text) problems.push(`${layout.named(layout.text(id))}: it is not normalised; ${fromBackup}`);
    const blocks = meta.headings.length > 0 ? blocksOf(text).length : 0;
    if (meta.headings.some((line) => line >= blocks)) problems.push(`${layout.named(path)}: a heading lies beyond the text; ${fromBackup}`);
    return true;
  } catch (error) {
    problems.push(lineOf(`articles/${id}`, error));
    return false;
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
    if (id !== annotator) problems.push(`${layout.named(path)}: it describes ${id}; ${fromBackup}`);
  } catch (error) {
    problems.push(lineOf(layout.named(path), error));
  }
  const replay = await checkedJournal({ fileSystem, layout, annotator, codebook, problems });
  const sets = new Map(replay.work.sets);
  // Told after what the snapshots as a whole tell of the journal.
  const further: string[] = [];
  const place = { fileSystem, layout, annotator, codebook, problems: further };
  const own = /^(annotator\.json|journal\.jsonl|articles|articles\.json|entities\.json|links\.json)$/;
  for (const name of await namesIn(fileSystem, layout.annotator(annotator))) {
    if (!own.test(name) && !isBeside(name)) further.push(`annotators/${annotator}/${name}: ${notOurs}`);
  }
  const articles = (await namesIn(fileSystem, layout.sets(annotator)))
    .filter((name) => !isBeside(name))
    .flatMap((name) => {
      const article = name.replace(/\.json$/, '');
      if (name.endsWith('.json') && isId(article)) return [article];
      further.push(`annotators/${annotator}/articles/${name}: ${notOurs}`);
      return [];
    });
  const paths = articles.map((article) => layout.set(annotator, article));
  let [turn, held] = [0, 0];
  for await (const bytes of readEach(fileSystem, paths)) {
    const article = articles[turn] as string;
    const { set, seq } = checkedSnapshot(place, replay, paths[turn++] as string, AnnotationSetRecord, { article }, bytes);
    held = Math.max(held, seq);
    if (set && (!replay.isWhole || !sets.has(article))) sets.set(article, set);
  }
  const across = [
    [layout.entities(annotator), EntitiesRecord, 'entities'],
    [layout.links(annotator), LinksRecord, 'links'],
    [layout.changes(annotator), ChangesRecord, 'articles'],
  ] as const;
  for (const [path, schema, of] of across) {
    const [bytes] = await filesAt(fileSystem, [path]);
    held = Math.max(held, checkedSnapshot(place, replay, path, schema, of, bytes as Found).seq);
  }
  problems.push(...lostEnd(layout.named(layout.journal(annotator)), replay, held), ...further);
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

// Files that the storage itself keeps: last-good copies, what was set aside or cut off, older formats, temporary files.
function isBeside(name: string): boolean {
  return isTemporary(name) || /\.(bak|corrupt-.+|torn-.+|format-\d+)$|^merged-[\w-]+$/.test(name);
}
