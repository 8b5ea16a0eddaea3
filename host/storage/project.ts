import { randomUUID } from 'node:crypto';
import { basename, dirname, resolve } from 'node:path';
import { dequal } from 'dequal';
import { type AnnotationSet, type Relation, sortedById, statusOf } from '../../core/annotation.ts';
import type { Article, ArticleMeta } from '../../core/article.ts';
import { type ArticleRecord, recordsByArticle, resolveArticle } from '../../core/article-record.ts';
import { type Codebook, currentCodebook } from '../../core/codebook.ts';
import { type Annotator, AppError, type ArticleSummary, type ConflictCopy, type Notice } from '../../core/contract.ts';
import type { Gesture } from '../../core/edit.ts';
import type { EntityRecord } from '../../core/entity.ts';
import { freeName, writeAnnotator } from './annotator-files.ts';
import { AnnotatorWork } from './annotator-work.ts';
import type { ArticleInput } from './article-store.ts';
import { type ConflictGround, conflictNotice, conflictsOf, type MergeOutcome, mergeConflicts } from './conflicts.ts';
import type { CreationOptions } from './creation.ts';
import { notSaved, unreadable } from './failures.ts';
import { codeOf, nodeFileSystem } from './file-system.ts';
import { gestureProblem } from './gesture-check.ts';
import { type Layout, layoutOf, type ProjectRecord, projectFileName } from './layout.ts';
import { Notices } from './notices.ts';
import { expectProject, lockOrNotice, stampOf } from './opening.ts';
import { articlesBetween, isOtherGround, journalChanged, type OutsideChange, unchanged } from './outside.ts';
import { type Ground, type Parts, readArticles, readParts, readShared } from './parts.ts';
import { newQueue } from './queue.ts';
import { sweepTemporaries } from './sweep.ts';

export { createProject, type ProjectInit } from './creation.ts';

/** How a project is opened. `lock` (default true) keeps a second program from writing; `readOnly` asks for no right to write. */
export interface ProjectOptions extends CreationOptions {
  readonly readOnly?: boolean;
  readonly lock?: boolean;
  /** The id of the annotator who works here; the project's lead when none is named. */
  readonly annotator?: string;
}

/** An open project. Own means: of the annotator who works here. Times are ISO 8601. */
export interface Project {
  readonly folder: string;
  readonly info: ProjectRecord;
  readonly codebook: { readonly version: number; readonly codebook: Codebook };
  readonly annotator: Annotator;
  /** Ascending by id. */
  readonly annotators: readonly Annotator[];
  /** Whether nothing can be changed: another program writes, the journal is damaged, or it was asked for. */
  readonly readOnly: boolean;
  readonly notices: readonly Notice[];
  /** Calls `listener` for each notice to come, until the returned function is called. */
  onNotice(listener: (notice: Notice) => void): () => void;
  /** Passes while the project can be changed. @throws AppError `read-only`, with the reason why nothing can */
  expectWritable(): void;
  /** The articles that are listed, as all annotators together know them, ascending by id. */
  articles(): readonly ArticleMeta[];
  /** Every article as it was imported, those removed, superseded or taken back included, ascending by id. */
  importedArticles(): readonly ArticleMeta[];
  /** An article, listed or not, with its text, checked against its checksum. @throws AppError `not-found`, `corrupt` */
  readArticle(id: string): Promise<Article>;
  /** The imported bytes. @throws AppError `not-found`, `corrupt` */
  readOriginal(id: string): Promise<Uint8Array>;
  /** The own set on an article. @throws AppError `not-found`, `corrupt` */
  set(articleId: string): Promise<AnnotationSet>;
  /** Everybody's set on an article, ascending by annotator, empty ones too. @throws AppError `not-found`, `corrupt` */
  setsOf(articleId: string): Promise<{ annotator: string; set: AnnotationSet }[]>;
  /** How far the own work on an article is, with what its import knew. @throws AppError `not-found`, `corrupt` */
  summary(articleId: string): Promise<ArticleSummary>;
  /** The summaries of all imported articles, listed or not, ascending by id. */
  summaries(): Promise<ArticleSummary[]>;
  /** Everybody's registry entries, ascending by annotator, then id. */
  entities(): Promise<EntityRecord[]>;
  /** Everybody's links across articles, ascending by annotator, then id. */
  links(): Promise<Relation[]>;
  ownLinks(): Promise<Relation[]>;
  /** What everybody changed about articles, ascending by annotator, then article. */
  articleRecords(): Promise<ArticleRecord[]>;
  /** The own gestures in order. */
  gestures(): readonly Gesture[];
  /** The time of the newest gesture or import, of anybody. */
  changed(): string;
  /**
   * Adds a gesture; answers its number in the journal once it is on the disk. The same gesture twice is written once.
   * @throws AppError `bad-request`, `conflict`, `read-only`, `not-saved`, `corrupt`
   */
  apply(gesture: Gesture): Promise<number>;
  /** Adds an article, all or nothing. `known` is true when its text was there already. @throws AppError `read-only`, `not-saved` */
  addArticle(input: ArticleInput): Promise<{ meta: ArticleMeta; known: boolean }>;
  /** Works as another annotator from now on, with what is under way saved first. @throws AppError `not-found`, `corrupt` */
  switchAnnotator(id: string): Promise<void>;
  /** Adds an annotator; nobody works as them yet. @throws AppError `bad-request`, `conflict`, `read-only`, `not-saved` */
  addAnnotator(name: string): Promise<Annotator>;
  /** Gives the own annotator another name. @throws AppError as addAnnotator */
  renameAnnotator(name: string): Promise<Annotator>;
  /** Looks for what other programs changed and takes it in, but for the own journal: that is told in a notice. @throws AppError `corrupt`, `newer-version` */
  look(): Promise<OutsideChange>;
  /** Reads everything from the disk again, the own journal too. @throws AppError `corrupt`, `newer-version` */
  readAgain(): Promise<void>;
  /** What other programs left beside our files, with how it compares. */
  conflicts(): Promise<ConflictCopy[]>;
  /** Merges the own ones of them, as one step. @throws AppError `read-only`, `not-saved`, `corrupt` */
  mergeConflicts(): Promise<MergeOutcome>;
  /** Tells in a notice when there are any, and takes it back when there are none any more. */
  tellConflicts(): Promise<void>;
  /** Writes the snapshots of what has changed. One that fails is told in a notice; the journal holds every edit anyway. */
  flush(): Promise<void>;
  /** Waits for what is under way, writes the snapshots and gives the lock back. Nothing can be changed afterwards. */
  close(): Promise<void>;
}

/** How long after the last gesture snapshots are written, in milliseconds. */
const idleBeforeSnapshots = 2000;

/**
 * Opens the project in `folder` (or whose `project.pressmark` is given). While another program has it open, it opens read-only.
 * @throws AppError `not-found`, `corrupt`, `newer-version`
 */
export async function openProject(folder: string, options: ProjectOptions = {}): Promise<Project> {
  const { fileSystem = nodeFileSystem, lock: wantsLock = true, readOnly = false } = options;
  const given = resolve(folder);
  const layout = layoutOf(basename(given) === projectFileName ? dirname(given) : given);
  const notices = new Notices();
  await expectProject(fileSystem, layout);
  const lock = readOnly || !wantsLock ? null : await lockOrNotice(layout.root, notices);
  try {
    const mayWrite = !readOnly && (lock !== null || !wantsLock);
    return await OpenProject.open(
      layout,
      { fileSystem, now: options.now ?? isoNow, newId: options.newId ?? randomUUID, mayWrite, isReader: readOnly, lock, notices },
      options.annotator ?? null,
    );
  } catch (error) {
    await lock?.release();
    throw codeOf(error) ? unreadable(error, layout.root) : error;
  }
}

const isoNow = () => new Date().toISOString();

class OpenProject implements Project {
  readonly folder: string;
  readonly #layout: Layout;
  readonly #ground: Ground;
  #parts: Parts;
  /** Everybody's work as the pages have been told of it. */
  #told: ReadonlyMap<string, AnnotatorWork> = new Map();
  readonly #others = new Map<string, { stamp: string; work: AnnotatorWork }>();
  readonly #queue = newQueue();
  #recentTexts = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  private constructor(layout: Layout, ground: Ground, parts: Parts) {
    this.folder = layout.root;
    this.#layout = layout;
    this.#ground = ground;
    this.#parts = parts;
  }

  static async open(layout: Layout, ground: Ground, annotator: string | null): Promise<Project> {
    const { fileSystem, mayWrite, now, notices } = ground;
    const project = new OpenProject(layout, ground, await readParts(layout, ground, annotator));
    project.#told = new Map(await project.#everybody());
    const notify = (notice: Notice) => notices.add(notice);
    if (mayWrite) await sweepTemporaries(fileSystem, layout, project.annotator.id, Date.parse(now()), notify);
    return project;
  }

  get info(): ProjectRecord {
    return this.#parts.info;
  }

  get codebook(): { readonly version: number; readonly codebook: Codebook } {
    return currentCodebook(this.#parts.codebookFile);
  }

  get annotator(): Annotator {
    return this.#parts.annotator;
  }

  get annotators(): readonly Annotator[] {
    return this.#parts.annotators;
  }

  get readOnly(): boolean {
    return !this.#ground.mayWrite || !this.#parts.isWritable || this.#parts.own.isDamaged || this.#isClosed;
  }

  get notices(): readonly Notice[] {
    return this.#ground.notices.list;
  }

  onNotice(listener: (notice: Notice) => void): () => void {
    return this.#ground.notices.on(listener);
  }

  articles(): readonly ArticleMeta[] {
    const records = recordsByArticle(this.#knownWorks().flatMap((work) => [...work.articles.values()]));
    return this.#parts.articles.metas.flatMap((imported) => {
      const { meta, listed } = resolveArticle(imported, records.get(imported.id) ?? []);
      return listed ? [meta] : [];
    });
  }

  importedArticles(): readonly ArticleMeta[] {
    return this.#parts.articles.metas;
  }

  async readArticle(id: string): Promise<Article> {
    const { meta, text } = await this.#parts.articles.read(id);
    const records = this.#knownWorks().flatMap((work) => work.articles.get(id) ?? []);
    return { meta: resolveArticle(meta, records).meta, text };
  }

  readOriginal(id: string): Promise<Uint8Array> {
    return this.#parts.articles.readOriginal(id);
  }

  async set(articleId: string): Promise<AnnotationSet> {
    return this.#parts.own.set(this.#parts.articles.meta(articleId).id);
  }

  async setsOf(articleId: string): Promise<{ annotator: string; set: AnnotationSet }[]> {
    const { id } = this.#parts.articles.meta(articleId);
    const sets: { annotator: string; set: AnnotationSet }[] = [];
    for (const [annotator, work] of await this.#everybody()) sets.push({ annotator, set: await work.set(id) });
    return sets;
  }

  async summary(articleId: string): Promise<ArticleSummary> {
    const meta = this.#parts.articles.meta(articleId);
    const set = await this.set(articleId);
    const counts: Record<string, number> = {};
    for (const { layer } of set.annotations.values()) counts[layer] = (counts[layer] ?? 0) + 1;
    return { meta, status: statusOf(set), counts };
  }

  async summaries(): Promise<ArticleSummary[]> {
    const summaries: ArticleSummary[] = [];
    for (const { id } of this.importedArticles()) summaries.push(await this.summary(id));
    return summaries;
  }

  async entities(): Promise<EntityRecord[]> {
    return (await this.#everybody()).flatMap(([, work]) => sortedById(work.entities));
  }

  async links(): Promise<Relation[]> {
    return (await this.#everybody()).flatMap(([, work]) => sortedById(work.links));
  }

  async ownLinks(): Promise<Relation[]> {
    return sortedById(this.#parts.own.links);
  }

  async articleRecords(): Promise<ArticleRecord[]> {
    return (await this.#everybody()).flatMap(([, work]) => sortedById(work.articles));
  }

  gestures(): readonly Gesture[] {
    return this.#parts.own.gestures;
  }

  changed(): string {
    let newest = this.info.created;
    const consider = (time: string) => {
      if (time > newest) newest = time;
    };
    for (const work of this.#knownWorks()) {
      for (const { time } of work.gestures) consider(time);
    }
    for (const { imported } of this.importedArticles()) consider(imported);
    return newest;
  }

  apply(gesture: Gesture): Promise<number> {
    return this.#queue(async () => {
      const { own } = this.#parts;
      const known = own.seqOf(gesture.id);
      if (known !== undefined) return known;
      this.expectWritable();
      const problem = await gestureProblem(gesture, {
        annotator: this.annotator.id,
        codebookVersion: this.codebook.version,
        textOf: (article) => this.#textOf(article),
        hasArticle: (article) => this.#hasArticle(article),
      });
      if (problem) throw new AppError('bad-request', `This step was refused: ${problem}.`, 'Reload the article, then do it again.');
      try {
        return await own.apply(gesture);
      } catch (error) {
        throw notSaved(
          error,
          this.#layout.named(this.#layout.journal(this.annotator.id)),
          'The edit is still in the page, and all earlier edits are saved.',
        );
      } finally {
        this.#scheduleFlush();
      }
    });
  }

  addArticle(input: ArticleInput): Promise<{ meta: ArticleMeta; known: boolean }> {
    return this.#queue(async () => {
      this.expectWritable();
      try {
        return await this.#parts.articles.add(input);
      } catch (error) {
        throw notSaved(error, `The article ${input.originalName}`, 'The project is as it was before the import.');
      }
    });
  }

  switchAnnotator(id: string): Promise<void> {
    return this.#queue(async () => {
      if (id === this.annotator.id) return;
      if (this.#ground.mayWrite) await this.#parts.own.flush();
      await this.#take(await readParts(this.#layout, this.#ground, id));
    });
  }

  addAnnotator(name: string): Promise<Annotator> {
    return this.#keepAnnotator(() => {
      const id = this.#ground.newId();
      return { id, name: freeName(name, this.annotators), role: 'annotator' };
    });
  }

  renameAnnotator(name: string): Promise<Annotator> {
    const others = () => this.annotators.filter(({ id }) => id !== this.annotator.id);
    return this.#keepAnnotator(() => ({ ...this.annotator, name: freeName(name, others()) }));
  }

  look(): Promise<OutsideChange> {
    return this.#queue(async () => {
      if (this.#isClosed) return unchanged;
      const { own, annotator } = this.#parts;
      const changedJournal = journalChanged(this.#layout, annotator.id);
      const isTold = this.notices.some(({ id }) => id === changedJournal.id);
      if (!isTold && (await own.isChangedOutside())) this.#ground.notices.add(changedJournal);
      const shared = await readShared(this.#layout, this.#ground);
      if (isOtherGround(this.#parts, shared)) {
        if (this.#ground.mayWrite) await own.flush();
        await this.#take(await readParts(this.#layout, this.#ground, annotator.id));
        return { articles: null, others: true };
      }
      const articles = await readArticles(this.#layout, this.#ground);
      const known = new Set(this.#parts.articles.metas.map(({ id }) => id));
      const changed = articles.metas.filter(({ id }) => !known.has(id)).map(({ id }) => id);
      const others = !dequal(this.annotators, shared.annotators);
      const me = shared.annotators.find(({ id }) => id === annotator.id) ?? annotator;
      this.#parts = { ...this.#parts, annotators: shared.annotators, annotator: me, ...(changed.length > 0 ? { articles } : {}) };
      const told = this.#told;
      this.#told = new Map(await this.#everybody());
      const ids = new Set([...told.keys(), ...this.#told.keys()]);
      const isOther = (id: string) => told.get(id) !== this.#told.get(id);
      changed.push(...[...ids].flatMap((id) => articlesBetween(told.get(id), this.#told.get(id))));
      return { articles: [...new Set(changed)].sort(), others: others || [...ids].some(isOther) };
    });
  }

  readAgain(): Promise<void> {
    return this.#queue(async () => {
      const { own, annotator } = this.#parts;
      const isChanged = await own.isChangedOutside();
      const journal = this.#layout.named(this.#layout.journal(annotator.id));
      for (const id of [`outside:${annotator.id}`, `damaged:${journal}`]) this.#ground.notices.remove(id);
      await this.#take(await readParts(this.#layout, this.#ground, annotator.id, isChanged || own.isDamaged));
      this.#scheduleFlush();
    });
  }

  conflicts(): Promise<ConflictCopy[]> {
    return conflictsOf(this.#conflictGround());
  }

  async mergeConflicts(): Promise<MergeOutcome> {
    if (!this.#ground.mayWrite || this.#isClosed) this.expectWritable();
    const { now, newId } = this.#ground;
    const apply = (gesture: Gesture) => this.apply(gesture);
    const outcome = await mergeConflicts(this.#conflictGround(), { now, newId, apply, readAgain: () => this.readAgain() });
    await this.tellConflicts();
    return outcome;
  }

  async tellConflicts(): Promise<void> {
    const notice = await conflictNotice(this.#conflictGround());
    const told = this.notices.find(({ id }) => id === 'conflicts');
    if (!notice) this.#ground.notices.remove('conflicts');
    else if (!dequal(told, notice)) this.#ground.notices.add(notice);
  }

  #conflictGround(): ConflictGround {
    const { info, annotators, annotator, codebookFile } = this.#parts;
    return {
      ...{ fileSystem: this.#ground.fileSystem, layout: this.#layout, lead: info.lead, annotators, annotator: annotator.id, codebookFile },
      own: () => this.#parts.own,
      isDamaged: (id) => (id === annotator.id ? this.#parts.own : this.#others.get(id)?.work)?.isDamaged ?? false,
    };
  }

  flush(): Promise<void> {
    return this.#queue(() => (this.#ground.mayWrite ? this.#parts.own.flush() : Promise.resolve()));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.flush();
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#ground.lock?.release();
  }

  expectWritable(): void {
    if (!this.readOnly) return;
    const [reason, next] = this.#isClosed
      ? ['is closed', 'Open it again.']
      : this.#parts.own.isDamaged
        ? ['has a damaged journal', 'Restore the journal from a backup, then open the project again.']
        : !this.#parts.isWritable
          ? ['may not be written by you', 'Change its permissions, or copy it to where you may write, then open it again.']
          : this.#ground.isReader
            ? ['was opened for reading only', 'Open it again where it can be changed.']
            : ['is open in another window or program', 'Close it there, or do this there, then try again.'];
    throw new AppError('read-only', `The project ${reason}, so nothing can be changed here.`, next);
  }

  async #take(parts: Parts): Promise<void> {
    this.#parts = parts;
    this.#others.clear();
    this.#recentTexts.clear();
    this.#told = new Map(await this.#everybody());
  }

  #keepAnnotator(make: () => Annotator): Promise<Annotator> {
    return this.#queue(async () => {
      this.expectWritable();
      const kept = make();
      await writeAnnotator(this.#ground.fileSystem, this.#layout, kept);
      const annotators = [...this.annotators.filter(({ id }) => id !== kept.id), kept].sort((a, b) => (a.id < b.id ? -1 : 1));
      this.#parts = { ...this.#parts, annotators, annotator: kept.id === this.annotator.id ? kept : this.annotator };
      this.#told = new Map(await this.#everybody());
      return kept;
    });
  }

  // Every gesture is checked against the text; the few articles that a person moves between are not read anew each time.
  async #textOf(articleId: string): Promise<string | null> {
    const recent = this.#recentTexts.get(articleId);
    if (recent !== undefined) return recent;
    if (!this.#hasArticle(articleId)) return null;
    const { text } = await this.#parts.articles.read(articleId);
    this.#recentTexts = new Map([...[...this.#recentTexts].slice(-7), [articleId, text]]);
    return text;
  }

  #hasArticle(articleId: string): boolean {
    return this.#parts.articles.metas.some(({ id }) => id === articleId);
  }

  // As they were last read; `#everybody` looks for what came since.
  #knownWorks(): AnnotatorWork[] {
    return [this.#parts.own, ...[...this.#others.values()].map(({ work }) => work)];
  }

  #scheduleFlush(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.flush(), idleBeforeSnapshots);
    this.#timer.unref();
  }

  async #everybody(): Promise<[annotator: string, work: AnnotatorWork][]> {
    const works: [string, AnnotatorWork][] = [];
    for (const { id } of this.annotators) works.push([id, await this.#workOf(id)]);
    return works;
  }

  // Another's files may change under us when a folder is synced: they are read anew when their journal has changed.
  async #workOf(annotator: string): Promise<AnnotatorWork> {
    const { own, codebookFile: codebook } = this.#parts;
    if (annotator === this.annotator.id) return own;
    const { fileSystem, now, notices } = this.#ground;
    const stamp = await stampOf(fileSystem, this.#layout.journal(annotator));
    const known = this.#others.get(annotator);
    if (known?.stamp === stamp) return known.work;
    const notify = (notice: Notice) => notices.add(notice);
    const retract = (id: string) => notices.remove(id);
    const work = await AnnotatorWork.open({ fileSystem, layout: this.#layout, annotator, codebook, now, mayWrite: false, notify, retract });
    this.#others.set(annotator, { stamp, work });
    return work;
  }
}
