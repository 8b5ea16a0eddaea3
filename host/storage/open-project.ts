import { dequal } from 'dequal';
import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import type { ConflictCopy } from '../../core/contract/copies.ts';
import { AppError, type Notice } from '../../core/failure.ts';
import type { Annotator } from '../../core/model/annotator.ts';
import type { ArticleMeta } from '../../core/model/article.ts';
import type { PublishedSplits } from '../../core/splits/published.ts';
import { articlesOf, type Gesture } from '../../core/steps/edit.ts';
import { freeName, writeAnnotator } from './annotator-files.ts';
import type { ArticleInput } from './article-store.ts';
import { gestureOf, mayTakeAway, nothingUsed, unrecorded, usedBy, withVersion } from './codebook-versions.ts';
import { type ConflictGround, conflictNotices, conflictsOf, type MergeOutcome, mergeConflicts } from './conflicts.ts';
import type { Everybody } from './everybody.ts';
import { notSaved, notTheLead, readOnlyFailure, reasonOf, unreadable } from './failures.ts';
import { codeOf } from './file-system.ts';
import { checkedGesture } from './gesture-check.ts';
import type { Layout } from './layout.ts';
import { articlesMissing, isOtherGround, journalChanged, missingId, type OutsideChange, unchanged } from './outside.ts';
import { type Ground, type Parts, readArticles, readParts, readShared } from './parts.ts';
import type { CodebookRequest, Project, SplitsToPublish } from './project-interface.ts';
import { ProjectView } from './project-view.ts';
import { newQueue } from './queue.ts';
import { RecentTexts } from './recent-texts.ts';
import { writeRecord } from './record-file.ts';
import { readSplits, replaceSplits } from './splits-file.ts';
import { type Swept, sweepTemporaries } from './sweep.ts';
import { UnfinishedArticles, unfinishedId } from './unfinished.ts';

/** How long after the last gesture snapshots are written, in milliseconds. */
const idleBeforeSnapshots = 2000;

/** A project as `openProject` gives it: what can be done besides reading, one thing after another. */
export class OpenProject extends ProjectView implements Project {
  readonly #layout: Layout;
  readonly #ground: Ground;
  readonly #texts = new RecentTexts();
  readonly #queue = newQueue();
  readonly #unfinished: UnfinishedArticles;
  #timer: NodeJS.Timeout | undefined;
  #isWhole = false;
  #isClosed = false;

  private constructor(layout: Layout, ground: Ground, parts: Parts) {
    super(layout, ground, parts);
    this.#layout = layout;
    this.#ground = ground;
    this.#unfinished = new UnfinishedArticles(ground.fileSystem, layout);
  }

  /** Reads a project whose lock, if any, `ground` holds. @throws AppError `not-found`, `corrupt`, `newer-version` */
  static async open(layout: Layout, ground: Ground, annotator: string | null, whole: boolean): Promise<Project> {
    const project = new OpenProject(layout, ground, await readParts(layout, ground, annotator, { isBrief: !whole }));
    if (project.parts.articles.isRead) await project.#takeStock();
    await project.#recordCodebook();
    await project.#sweep('own');
    return project;
  }

  async sweep(): Promise<void> {
    if (this.#isClosed) return;
    this.#ground.cache.save(this.parts.articles.isRead);
    await this.#sweep('articles');
  }

  async #sweep(swept: Swept): Promise<void> {
    const { fileSystem, mayWrite, now, notices } = this.#ground;
    const notify = (notice: Notice) => notices.add(notice);
    if (mayWrite) await sweepTemporaries(fileSystem, this.#layout, swept, this.annotator.id, Date.parse(now()), notify);
  }

  get isWhole(): boolean {
    return this.#isWhole;
  }

  get hasMany(): boolean {
    return this.parts.articles.areMany;
  }

  readList(): Promise<void> {
    return this.#reading(() => this.parts.articles.readAll());
  }

  readEverybody(): Promise<void> {
    return this.#reading(async () => {
      if (!this.#isWhole) await this.#takeStock();
    });
  }

  get readOnly(): boolean {
    return !this.#ground.mayWrite || !this.parts.isWritable || this.parts.own.isDamaged || this.#isClosed;
  }

  get notices(): readonly Notice[] {
    return this.#ground.notices.list;
  }

  onNotice(added: (notice: Notice) => void, removed?: (id: string) => void): () => void {
    return this.#ground.notices.on(added, removed);
  }

  apply(gesture: Gesture): Promise<number> {
    return this.#queue(async () => {
      const { own } = this.parts;
      const known = own.seqOf(gesture.id);
      if (known !== undefined) return known;
      this.expectWritable();
      await this.parts.articles.readSome(articlesOf(gesture.edits));
      const checked = await checkedGesture(gesture, {
        annotator: this.annotator.id,
        codebookVersion: this.codebook.version,
        textOf: (article) => this.#texts.of(this.parts.articles, article),
        hasArticle: (article) => this.parts.articles.has(article),
      });
      try {
        return await own.apply(checked);
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

  async codebookAfter(request: CodebookRequest): Promise<CodebookFile> {
    if (!this.#isWhole) await this.#takeStock();
    const inUse = mayTakeAway(request) ? await usedBy(this, await this.everybody.setsOnMissing()) : nothingUsed;
    return withVersion(this.codebookFile, request, inUse, this.annotator.id, this.#ground.now());
  }

  async changeCodebook(request: CodebookRequest): Promise<Gesture> {
    return this.#reading(() => this.#changeCodebook(request));
  }

  async #changeCodebook(request: CodebookRequest): Promise<Gesture> {
    const { own, annotator } = this.parts;
    const known = own.gestures.find(({ id }) => id === request.gesture);
    if (known) return known;
    this.expectWritable();
    this.#expectLead('The codebook is changed');
    if (isOtherGround(this.parts, await readShared(this.#layout, this.#ground)))
      throw new AppError('conflict', 'The codebook was changed by another program.', 'Look at the new version, then change that one.');
    const file = await this.codebookAfter(request);
    await own.flush();
    try {
      await writeRecord(this.#ground.fileSystem, this.#layout.codebook, file);
    } catch (error) {
      throw notSaved(error, this.#layout.named(this.#layout.codebook), 'The codebook is as it was before.');
    }
    await this.#take(await readParts(this.#layout, this.#ground, annotator.id));
    await this.#recordCodebook();
    return gestureOf(file, file.versions.length, annotator.id) as Gesture;
  }

  // The codebook is the truth; the history follows it, at the latest when the project is opened again.
  async #recordCodebook(): Promise<void> {
    const { own, annotator, codebookFile } = this.parts;
    if (this.readOnly) return;
    try {
      for (const gesture of unrecorded(codebookFile, annotator.id, (id) => own.seqOf(id) !== undefined)) {
        // What came after it in the history meanwhile is not undone with it.
        await own.apply(gesture).catch((error: unknown) => {
          if (!(error instanceof AppError) || error.failure.code !== 'conflict') throw error;
          return own.apply({ ...gesture, undoes: null, redoes: null });
        });
      }
      this.#ground.notices.remove('codebook-history');
    } catch (error) {
      const message = `The codebook was changed, but its step could not be added to the history: ${reasonOf(error)}.`;
      const next = 'It is added when the project is opened again.';
      this.#ground.notices.add({ id: 'codebook-history', severity: 'warning', message, next });
    }
  }

  publishedSplits(): Promise<PublishedSplits | null> {
    return readSplits(this.#ground.fileSystem, this.#layout);
  }

  publishSplits(splits: SplitsToPublish | null, instead: string | null): Promise<PublishedSplits | null> {
    return this.#queue(async () => {
      this.expectWritable();
      this.#expectLead('The splits of the dataset are published');
      const made = splits && { format: 1 as const, published: this.#ground.now(), by: this.annotator.id, ...splits };
      await replaceSplits(this.#ground.fileSystem, this.#layout, made, instead);
      return made;
    });
  }

  stateLicence(licence: string | null): Promise<void> {
    return this.#queue(async () => {
      this.expectWritable();
      this.#expectLead('The licence of the dataset is stated');
      const { licence: _, ...rest } = this.info;
      const info = licence === null ? rest : { ...rest, licence };
      try {
        await writeRecord(this.#ground.fileSystem, this.#layout.project, info);
      } catch (error) {
        throw notSaved(error, this.#layout.named(this.#layout.project), 'The licence is as it was before.');
      }
      this.parts = { ...this.parts, info };
    });
  }

  #expectLead(what: string): void {
    if (this.annotator.id !== this.info.lead) throw notTheLead(this.annotators.find(({ id }) => id === this.info.lead)?.name, what);
  }

  addArticle(input: ArticleInput): Promise<{ meta: ArticleMeta; known: boolean }> {
    return this.#queue(async () => {
      this.expectWritable();
      try {
        return await this.parts.articles.add(input);
      } catch (error) {
        throw notSaved(error, `The article ${input.originalName}`, 'The project is as it was before the import.');
      }
    });
  }

  switchAnnotator(id: string): Promise<void> {
    return this.#reading(async () => {
      if (id === this.annotator.id) return;
      if (this.#ground.mayWrite) await this.parts.own.flush();
      await this.#take(await readParts(this.#layout, this.#ground, id, { known: this.parts.articles, isBrief: !this.#isWhole }));
    });
  }

  unfinishedArticles(): readonly string[] {
    return this.parts.articles.unfinished;
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

  lookAtJournal(): Promise<void> {
    return this.#reading(async () => {
      if (!this.#isClosed) await this.#lookAtJournal();
    });
  }

  async #lookAtJournal(): Promise<void> {
    const { own, annotator } = this.parts;
    const changed = journalChanged(this.#layout, annotator.id);
    const isTold = this.notices.some(({ id }) => id === changed.id);
    if (!isTold && (await own.isChangedOutside())) this.#ground.notices.add(changed);
  }

  look(): Promise<OutsideChange> {
    return this.#reading(async () => {
      if (this.#isClosed) return unchanged;
      const { own, annotator } = this.parts;
      await this.#lookAtJournal();
      const shared = await readShared(this.#layout, this.#ground);
      if (isOtherGround(this.parts, shared)) {
        if (this.#ground.mayWrite) await own.flush();
        await this.#take(await readParts(this.#layout, this.#ground, annotator.id));
        await this.#recordCodebook();
        return { articles: null, others: true };
      }
      await this.parts.articles.readAll();
      const articles = await readArticles(this.#layout, this.#ground, false, this.parts.articles);
      const changed = articles.metas.filter(({ id }) => !this.parts.articles.has(id)).map(({ id }) => id);
      const others = !dequal(this.annotators, shared.annotators);
      const me = shared.annotators.find(({ id }) => id === annotator.id) ?? annotator;
      this.parts = { ...this.parts, annotators: shared.annotators, annotator: me, ...(changed.length > 0 ? { articles } : {}) };
      const works = await this.#takeStock();
      return { articles: [...new Set([...changed, ...works.articles()])].sort(), others: others || works.isOther };
    });
  }

  readAgain(): Promise<void> {
    return this.#reading(async () => {
      const { own, annotator } = this.parts;
      const isChanged = await own.isChangedOutside();
      const journal = this.#layout.named(this.#layout.journal(annotator.id));
      for (const id of [`outside:${annotator.id}`, `damaged:${journal}`]) this.#ground.notices.remove(id);
      await this.#take(await readParts(this.#layout, this.#ground, annotator.id, { fromJournal: isChanged || own.isDamaged }));
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
    // What was merged is merged, even where the disk cannot be looked through just now.
    await this.tellConflicts().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      const { message, next } = error.failure;
      this.#ground.notices.add({ id: 'conflicts', severity: 'warning', message, next });
    });
    return outcome;
  }

  async tellConflicts(): Promise<void> {
    const found = await conflictNotices(this.#conflictGround());
    if (found.length === 0) this.#ground.notices.remove('conflicts');
    const unfinished = await this.#unfinished.notice(this.parts.articles, () => this.everybody.missing());
    if (!unfinished) this.#ground.notices.remove(unfinishedId);
    for (const notice of unfinished ? [...found, unfinished] : found) {
      const told = this.notices.find(({ id }) => id === notice.id);
      if (!dequal(told, notice)) this.#ground.notices.add(notice);
    }
  }

  #conflictGround(): ConflictGround {
    const { info, annotators, annotator, codebookFile } = this.parts;
    return {
      ...{ fileSystem: this.#ground.fileSystem, layout: this.#layout, lead: info.lead, annotators, annotator: annotator.id, codebookFile },
      own: () => this.parts.own,
      isDamaged: (id) => this.everybody.isDamaged(id),
    };
  }

  flush(): Promise<void> {
    return this.#queue(() => (this.#ground.mayWrite ? this.parts.own.flush() : Promise.resolve()));
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    await this.flush();
    this.#ground.cache.save(this.parts.articles.isRead);
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.#ground.lock?.release();
  }

  expectWritable(): void {
    if (!this.readOnly) return;
    const { own, isWritable } = this.parts;
    throw readOnlyFailure({ isClosed: this.#isClosed, isDamaged: own.isDamaged, isWritable, isReader: this.#ground.isReader });
  }

  async #take(parts: Parts): Promise<void> {
    this.parts = parts;
    this.#texts.clear();
    this.everybody.forget();
    if (this.#isWhole) await this.#takeStock();
  }

  async #takeStock(): ReturnType<Everybody['takeStock']> {
    const stock = await this.everybody.takeStock();
    this.#isWhole = true;
    const notice = articlesMissing(this.everybody.missing());
    const told = this.notices.find(({ id }) => id === missingId);
    if (!notice) this.#ground.notices.remove(missingId);
    else if (!dequal(told, notice)) this.#ground.notices.add(notice);
    return stock;
  }

  // One thing after another, as all is done here; a disk that cannot be read is told in words.
  async #reading<T>(task: () => Promise<T>): Promise<T> {
    try {
      return await this.#queue(task);
    } catch (error) {
      throw codeOf(error) ? unreadable(error, this.#layout.root) : error;
    }
  }

  #keepAnnotator(make: () => Annotator): Promise<Annotator> {
    return this.#reading(async () => {
      this.expectWritable();
      const kept = make();
      await writeAnnotator(this.#ground.fileSystem, this.#layout, kept);
      const annotators = [...this.annotators.filter(({ id }) => id !== kept.id), kept].sort((a, b) => (a.id < b.id ? -1 : 1));
      this.parts = { ...this.parts, annotators, annotator: kept.id === this.annotator.id ? kept : this.annotator };
      await this.everybody.takeStock();
      return kept;
    });
  }

  #scheduleFlush(): void {
    clearTimeout(this.#timer);
    if (this.#isClosed) return;
    this.#timer = setTimeout(() => void this.flush(), idleBeforeSnapshots);
    this.#timer.unref();
  }
}
