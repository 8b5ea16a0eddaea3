import { dequal } from 'dequal';
import { AppError } from '../../../core/failure.ts';
import { emptySet, sortedById } from '../../../core/model/annotation.ts';
import { articleId } from '../../../core/model/article.ts';
import type { Gesture } from '../../../core/steps/edit.ts';
import { checkProject } from '../check.ts';
import type { FileSystem } from '../file-system.ts';
import { createProject, openProject, type Project, type ProjectOptions } from '../project.ts';
import { sha256 } from '../strict-json.ts';
import { Author, type Step, smallCodebook } from './author.ts';

export const folder = '/home/project';
export const annotator = 'ann';
const encoder = new TextEncoder();

/** A file to import in tests. */
export interface TestArticle {
  readonly id: string;
  readonly originalName: string;
  readonly text: string;
  readonly original: Uint8Array;
}

/** An article whose original is its text, or differs from it by a byte order mark. */
export function testArticle(originalName: string, text: string, differs = false): TestArticle {
  return { id: articleId(originalName, sha256(text)), originalName, text, original: encoder.encode(differs ? `\ufeff${text}` : text) };
}

export const first = testArticle('First.txt', 'The council met in Paris.\n“We will fight,” said Mayor Ana Ruiz on Monday.\n');
export const second = testArticle('Second.txt', 'Ana Ruiz resigned.\nNobody knows why the mayor left so soon.\n', true);

/** The options of every test project: a clock that stands still, no lock. */
export function testOptions(fileSystem: FileSystem): ProjectOptions {
  return { fileSystem, now: () => '2026-01-01T00:00:00.000Z', newId: () => 'project-1', lock: false };
}

/** Makes the test project. */
export function makeProject(fileSystem: FileSystem): Promise<void> {
  return createProject(
    folder,
    { name: 'Test', annotator: { id: annotator, name: 'Ann' }, codebook: smallCodebook },
    testOptions(fileSystem),
  );
}

/** What was promised so far. Disks are checked against it. */
export interface Promised {
  isCreated: boolean;
  readonly articles: Set<TestArticle>;
  /** The gestures that were acknowledged. */
  readonly author: Author;
  /** The gestures that were tried since the last acknowledged one. At most one of them may be on the disk. */
  tried: readonly Gesture[];
}

export function nothingPromised(): Promised {
  return { isCreated: false, articles: new Set(), author: new Author(annotator), tried: [] };
}

/** A copy of what was promised that later promises do not change. */
export function copyOf({ isCreated, articles, author, tried }: Promised): Promised {
  return { isCreated, articles: new Set(articles), author: author.copy(), tried };
}

/**
 * Opens the project on `fileSystem` and returns every broken promise, one sentence each: an acknowledged gesture or article that is missing,
 * something that cannot be read, something that nobody saved, or a further edit that does not last.
 */
export async function brokenPromises(fileSystem: FileSystem, promised: Promised): Promise<string[]> {
  const { articles, author, isCreated } = promised;
  const broken: string[] = [];
  let project: Project;
  try {
    project = await openProject(folder, testOptions(fileSystem));
  } catch (error) {
    const isAbsent = error instanceof AppError && error.failure.code === 'not-found';
    return isAbsent && !isCreated ? [] : [`the project cannot be opened: ${String(error)}`];
  }
  try {
    if (project.readOnly) broken.push('the project is read-only');
    for (const article of articles) {
      const found = await project.readArticle(article.id);
      if (found.text !== article.text) broken.push(`${article.id} has another text`);
      if (!Buffer.from(await project.readOriginal(article.id)).equals(article.original)) broken.push(`${article.id} has another original`);
    }
    for (const { id } of project.importedArticles()) await project.readArticle(id);
    const model = author.copy();
    const [extra, ...more] = project.gestures().slice(author.accepted.length);
    if (!dequal(project.gestures().slice(0, author.accepted.length), author.accepted)) {
      broken.push(`of ${author.accepted.length} saved gestures not all are there: ${project.gestures().map(({ id }) => id)}`);
      return broken;
    }
    if (more.length > 0 || (extra && !promised.tried.some((gesture) => dequal(gesture, extra))))
      broken.push('there are gestures that nobody made');
    else if (extra) model.accept(extra);
    broken.push(...(await differences(project, model)));
    if (broken.length > 0 || !isCreated || articles.size === 0) return broken;
    const [article] = articles;
    const next = article && model.gesture('add', article.id, article.text);
    if (next) {
      await project.apply(next);
      model.accept(next);
    }
    await project.close();
    project = await openProject(folder, testOptions(fileSystem));
    broken.push(...(await differences(project, model)));
    await project.close();
    for (const notice of project.notices) broken.push(`after a good save: ${notice.message}`);
    for await (const problem of checkProject(folder, fileSystem)) {
      if (!problem.includes('its import was broken off')) broken.push(`check: ${problem}`);
    }
  } catch (error) {
    broken.push(String(error));
  }
  return broken;
}

/** How an open project differs from `model`. */
export async function differences(project: Project, model: Author): Promise<string[]> {
  const found: string[] = [];
  if (project.gestures().length !== model.accepted.length) found.push('there is another number of gestures');
  for (const { id } of project.importedArticles()) {
    const set = await project.set(id);
    if (!dequal(set, model.work.sets.get(id) ?? emptySet(id))) found.push(`the set on ${id} is another`);
  }
  if (!dequal(await project.entities(), sortedById(model.work.entities))) found.push('the registry is another');
  if (!dequal(await project.ownLinks(), sortedById(model.work.links))) found.push('the links are others');
  if (!dequal(await project.articleRecords(), sortedById(model.work.articles))) found.push('the changes to articles are others');
  return found;
}

/** The result of a run of the scenario: the steps that failed at first, and the notices that were given. */
export interface RunReport {
  readonly failures: readonly string[];
  readonly notices: readonly string[];
}

/** Everything that storage does, once: create, import, edit, undo, snapshot, close, open again. A step that fails is tried once more. */
export async function runScenario(fileSystem: FileSystem, promised: Promised): Promise<RunReport> {
  const failures: string[] = [];
  const notices = new Set<string>();
  let project: Project | null = null;
  const attempt = async (name: string, task: () => Promise<void>) => {
    for (let round = 0; round < 2; round++) {
      try {
        return await task();
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        failures.push(`${name}: ${error.failure.message}`);
      }
    }
  };
  const open = async () => {
    if (project) return project;
    project = await openProject(folder, testOptions(fileSystem));
    for (const { message } of project.notices) notices.add(message);
    project.onNotice(({ message }) => notices.add(message));
    return project;
  };
  const apply = (step: Step, { id, text }: TestArticle) => {
    const gesture = promised.author.gesture(step, id, text);
    return attempt(step, async () => {
      if (!gesture || !promised.articles.has(id === first.id ? first : second)) return;
      const opened = await open();
      promised.tried = [...promised.tried, gesture];
      await opened.apply(gesture);
      promised.author.accept(gesture);
      promised.tried = [];
    });
  };
  const add = (article: TestArticle) =>
    attempt('import', async () => {
      await (await open()).addArticle(article);
      promised.articles.add(article);
    });
  const flush = () => attempt('flush', async () => (await open()).flush());
  const close = () =>
    attempt('close', async () => {
      await project?.close();
      project = null;
    });
  await attempt('create', async () => {
    await makeProject(fileSystem);
    promised.isCreated = true;
  });
  await add(first);
  await apply('add', first);
  await apply('both', first);
  await flush();
  await apply('undo', first);
  await add(second);
  await apply('both', second);
  await flush();
  await close();
  await apply('note', first);
  await apply('undo', first);
  await apply('redo', first);
  await close();
  return { failures, notices: [...notices] };
}
