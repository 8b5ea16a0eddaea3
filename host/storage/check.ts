import { join, resolve } from 'node:path';
import { relationProblems } from '../../core/annotations/relations.ts';
import { problemsOf } from '../../core/annotations/validation.ts';
import { nameOfUnlisted, neverListed } from '../../core/articles/unlisted.ts';
import { CodebookFile, currentCodebook } from '../../core/codebook/codebook-file.ts';
import { codebookFaults } from '../../core/codebook/codebook-soundness.ts';
import { type Annotation, type Relation, setProblems } from '../../core/model/annotation.ts';
import type { ListedMeta } from '../../core/model/article.ts';
import { recordsByArticle, successorOf } from '../../core/model/article-record.ts';
import { codebookProblems } from '../../core/model/codebook.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { type CheckedAnnotator, checkedAnnotator } from './check-annotator.ts';
import { checkedArticle, expectRead, type Found } from './check-article.ts';
import { articleBack, isNotListed, lineOf, oneIdEach } from './check-lines.ts';
import { type FileSystem, namesIn, nodeFileSystem, readEach } from './file-system.ts';
import { isId, type Layout, layoutOf, ProjectRecord } from './layout.ts';
import { expectProject } from './opening.ts';
import { readRecord } from './record-file.ts';
import { readSplits } from './splits-file.ts';
import { decode } from './strict-json.ts';

// `atOnce`: how many articles' folders are listed at once. `together`: how many originals are read at once; they may be large.
const atOnce = 32;
const together = 4;

/**
 * The articles whose records exist, and those whose texts can be read. A text is read again when annotations are checked against it, because all
 * texts together would fill the memory. `imported` are the articles of which it is known who imported them: those need a record that lists them.
 */
interface Articles {
  readonly there: Set<string>;
  readonly readable: Set<string>;
  readonly imported: ListedMeta[];
}

/**
 * Checks every file of the project in `folder` and every invariant between them. Yields one line per problem, beginning with the file's path relative
 * to the project. Changes nothing and needs no lock; a step that is being saved at the same time may read as a torn line. `onIncomplete` receives, in
 * lines of the same form, what is left to complete in annotations; that is not a problem.
 * @throws AppError `not-found` if there is no project in `folder`
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
  const known: Articles = { there: new Set(), readable: new Set(), imported: [] };
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
          const checked = await checkedArticle(fileSystem, layout, id, found, its);
          if (checked) known.there.add(id);
          if (checked?.isReadable) known.readable.add(id);
          if (checked?.meta?.importedBy !== undefined) known.imported.push(checked.meta);
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
  const everybody: CheckedAnnotator[] = [];
  for (const id of annotators) {
    const read = () => checkedAnnotator(fileSystem, layout, id, codebook, problems);
    const checked = isId(id)
      ? await attempt(join(layout.annotators, id), read)
      : problems.push(`annotators/${id}: not a folder of Pressmark; move it out of the project`) && null;
    if (checked) everybody.push(checked);
    yield* problems.splice(0);
  }
  yield* unlistedProblems(everybody, known);
  yield* workProblems(everybody, fileSystem, known, layout, codebook, onIncomplete);
}

// Articles of imports that were interrupted before they were listed. If not all steps of an annotator are known, a missing one may have listed them,
// so that annotator's articles are left out.
function* unlistedProblems(everybody: readonly CheckedAnnotator[], { imported }: Articles): Generator<string> {
  const complete = new Set(everybody.flatMap(({ annotator, isComplete }) => (isComplete ? [annotator] : [])));
  const records = recordsByArticle(everybody.flatMap(({ replay }) => [...replay.work.articles.values()]));
  const steps = everybody.flatMap(({ replay }) => replay.entries.map(({ gesture }) => gesture));
  const theirs = imported.filter(({ importedBy }) => importedBy !== undefined && complete.has(importedBy));
  for (const meta of neverListed(theirs, records, steps)) yield `articles/${meta.id}: ${nameOfUnlisted(meta)} ${isNotListed}`;
}

async function* workProblems(
  everybody: readonly CheckedAnnotator[],
  fileSystem: FileSystem,
  { there, readable }: Articles,
  layout: Layout,
  file: CodebookFile,
  onIncomplete: ((line: string) => void) | null,
): AsyncGenerator<string> {
  const registry = resolveRegistry(everybody.flatMap(({ replay }) => [...replay.work.entities.values()]));
  const { codebook } = currentCodebook(file);
  const records = recordsByArticle(everybody.flatMap(({ replay }) => [...replay.work.articles.values()]));
  // The annotation at an end of a relation may have been carried over to a corrected version of its article.
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
      if (!there.has(article)) yield `${name}: there is no article ${article}; ${articleBack}`;
      // If the article cannot be read, that was already reported.
      if (readable.has(article)) {
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
        const other = everybody.find((one) => one.annotator < annotator && one.sets.get(article)?.annotations.has(annotation.id));
        if (other) yield `${name}: annotation ${annotation.id}: ${other.annotator} has one with the same id; ${oneIdEach}`;
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
      if (!there.has(id)) yield `${name}: there is no article ${id}; ${articleBack}`;
      const newer = fields.supersededBy?.value;
      if (newer && !there.has(newer)) yield `${name}: the article ${newer}, which stands in place of ${id}, is missing; ${articleBack}`;
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

// The texts of these articles, in order. All of them could be read before.
async function* textsOf(fileSystem: FileSystem, layout: Layout, articles: readonly string[]): AsyncGenerator<string, string> {
  for await (const found of readEach(fileSystem, articles.map(layout.text))) yield decode(expectRead(found));
  throw new RangeError('no more texts');
}
