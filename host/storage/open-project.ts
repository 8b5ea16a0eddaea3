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
import { CodebookChanges } from './codebook-changes.ts';
import { type ConflictGround, conflictNotices, conflictsOf, type MergeOutcome, mergeConflicts } from './conflicts.ts';
import { notSaved, unreadable } from './failures.ts';
import { codeOf } from './file-system.ts';
import { checkedGesture } from './gesture-check.ts';
import type { Layout } from './layout.ts';
import type { OutsideChange } from './outside.ts';
import { OutsideLook } from './outside-look.ts';
import { type Ground, readParts } from './parts.ts';
import type { CodebookRequest, Project, SplitsToPublish } from './project-interface.ts';
import { ProjectState } from './project-state.ts';
import { ProjectView } from './project-view.ts';
import { newQueue } from './queue.ts';
import { writeRecord } from './record-file.ts';
import { readSplits, replaceSplits } from './splits-file.ts';
import { type Swept, sweepTemporaries } from './sweep.ts';
import { UnfinishedArticles, unfinishedId } from './unfinished.ts';

/** How long after the last gesture snapshots are written, in milliseconds. */
const idleBeforeSnapshots = 2000;

/** An open project, as `openProject` returns it. Adds everything beyond reading to `ProjectView`. Its tasks run one after another. */
export class OpenProject extends ProjectView implements Project {
  readonly #layout: Layout;
  readonly #ground: Ground;
  readonly #queue = newQueue();
  readonly #codebook: CodebookChanges;
  readonly #outside: OutsideLook;
  readonly #unfinished: UnfinishedArticles;
  #timer: NodeJS.Timeout | undefined;

  private constructor(state: ProjectState) {
    super(state);
    this.#layout = state.layout;
    this.#ground = state.ground;
    this.#codebook = new CodebookChanges(state, this);
    this.#outside = new OutsideLook(state, this.#codebook);
    this.#unfinished = new UnfinishedArticles(state.ground.fileSystem, state.layout);
  }

  /** Reads a project. `ground` holds the project's lock, if there is one. @throws AppError `not-found`, `corrupt`, `newer-version` */
  static async open(layout: Layout, ground: Ground, annotator: string | null, whole: boolean): Promise<Project> {
    const state = new ProjectState(layout, ground, await readParts(layout, ground, annotator, { isBrief: !whole }));
    const project = new OpenProject(state);
    if (state.parts.articles.isRead) await state.takeStock();
    await project.#codebook.record();
    await project.#sweep('own');
    return project;
  }

  async sweep(): Promise<void> {
    if (this.state.isClosed) return;
    this.#ground.cache.save(this.parts.articles.isRead);
    await this.#sweep('articles');
  }

  async #sweep(swept: Swept): Promise<void> {
    const { fileSystem, mayWrite, now, notices } = this.#ground;
    const notify = (notice: Notice) => notices.add(notice);
    if (mayWrite) await sweepTemporaries(fileSystem, this.#layout, swept, this.annotator.id, Date.parse(now()), notify);
  }

  get isWhole(): boolean {
    return this.state.isWhole;
  }

  get hasMany(): boolean {
    return this.parts.articles.areMany;
  }

  readList(): Promise<void> {
    return this.#reading(() => this.parts.articles.readAll());
  }

  readEverybody(): Promise<void> {
    return this.#reading(async () => {
      if (!this.isWhole) await this.state.takeStock();
    });
  }

  get readOnly(): boolean {
    return this.state.readOnly;
  }

  expectWritable(): void {
    this.state.expectWritable();
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
        textOf: (article) => this.state.texts.of(this.parts.articles, article),
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

  codebookAfter(request: CodebookRequest): Promise<CodebookFile> {
    return this.#codebook.after(request);
  }

  changeCodebook(request: CodebookRequest): Promise<Gesture> {
    return this.#reading(() => this.#codebook.change(request));
  }

  publishedSplits(): Promise<PublishedSplits | null> {
    return readSplits(this.#ground.fileSystem, this.#layout);
  }

  publishSplits(splits: SplitsToPublish | null, instead: string | null): Promise<PublishedSplits | null> {
    return this.#queue(async () => {
      this.expectWritable();
      this.state.expectLead('publish the splits of the dataset');
      const made = splits && { format: 1 as const, published: this.#ground.now(), by: this.annotator.id, ...splits };
      await replaceSplits(this.#ground.fileSystem, this.#layout, made, instead);
      return made;
    });
  }

  stateLicence(licence: string | null): Promise<void> {
    return this.#queue(async () => {
      this.expectWritable();
      this.state.expectLead('state the licence of the dataset');
      const { licence: _, ...rest } = this.info;
      const info = licence === null ? rest : { ...rest, licence };
      try {
        await writeRecord(this.#ground.fileSystem, this.#layout.project, info);
      } catch (error) {
        throw notSaved(error, this.#layout.named(this.#layout.project), 'The licence is as it was before.');
      }
      this.state.amend({ info });
    });
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
      await this.state.readAnew({ known: this.parts.articles, isBrief: !this.isWhole }, id);
    });
  }

  unfinishedArticles(): readonly string[] {
    return this.parts.articles.unfinished;
  }

  addAnnotator(name: string, role: Annotator['role'] = 'annotator'): Promise<Annotator> {
    return this.#keepAnnotator(() => {
      const id = this.#ground.newId();
      return { id, name: freeName(name, this.annotators), role };
    });
  }

  renameAnnotator(name: string): Promise<Annotator> {
    const others = () => this.annotators.filter(({ id }) => id !== this.annotator.id);
    return this.#keepAnnotator(() => ({ ...this.annotator, name: freeName(name, others()) }));
  }

  lookAtJournal(): Promise<void> {
    return this.#reading(() => this.#outside.lookAtJournal());
  }

  look(): Promise<OutsideChange> {
    return this.#reading(() => this.#outside.look());
  }

  readAgain(): Promise<void> {
    return this.#reading(async () => {
      await this.#outside.readAgain();
      this.#scheduleFlush();
    });
  }

  conflicts(): Promise<ConflictCopy[]> {
    return conflictsOf(this.#conflictGround());
  }

  async mergeConflicts(): Promise<MergeOutcome> {
    if (!this.#ground.mayWrite || this.state.isClosed) this.expectWritable();
    const { now, newId } = this.#ground;
    const apply = (gesture: Gesture) => this.apply(gesture);
    const outcome = await mergeConflicts(this.#conflictGround(), { now, newId, apply, readAgain: () => this.readAgain() });
    // The merge is done, even if the disk cannot be searched for further conflicts right now.
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
    if (this.state.isClosed) return;
    await this.flush();
    this.#ground.cache.save(this.parts.articles.isRead);
    this.state.close();
    clearTimeout(this.#timer);
    await this.#ground.lock?.release();
  }

  // Runs `task` after those before it, and turns an error of the disk into words for a person.
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
      this.state.amend({ annotators, annotator: kept.id === this.annotator.id ? kept : this.annotator });
      await this.everybody.takeStock();
      return kept;
    });
  }

  #scheduleFlush(): void {
    clearTimeout(this.#timer);
    if (this.state.isClosed) return;
    this.#timer = setTimeout(() => void this.flush(), idleBeforeSnapshots);
    this.#timer.unref();
  }
}
