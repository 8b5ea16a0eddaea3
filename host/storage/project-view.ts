import { setImmediate } from 'node:timers/promises';
import { type CodebookFile, currentCodebook } from '../../core/codebook/codebook-file.ts';
import { type ArticleSummary, untouched } from '../../core/contract/workspace.ts';
import { type AnnotationSet, countsByLayer, type Relation, sortedById, statusOf } from '../../core/model/annotation.ts';
import type { Annotator } from '../../core/model/annotator.ts';
import type { Article, ArticleMeta, ListedMeta } from '../../core/model/article.ts';
import { type ArticleRecord, recordsByArticle, resolveArticle } from '../../core/model/article-record.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import type { EntityRecord } from '../../core/model/entity.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import type { History } from '../../core/steps/history.ts';
import { type Completeness, completenessOf, problemsOn } from './completeness.ts';
import type { Everybody } from './everybody.ts';
import type { ProjectRecord } from './layout.ts';
import type { Parts } from './parts.ts';
import type { ProjectState } from './project-state.ts';

const noProblems = new Map();

// The number of articles that are read at a time when many are needed.
const atOnce = 32;

/** What can be read of an open project. `Project` documents the members. */
export class ProjectView {
  readonly folder: string;
  protected readonly state: ProjectState;
  /** Summaries that were made before anybody asked for them, and what they were made from. */
  #ahead: { readonly ground: Promise<readonly unknown[]>; readonly made: Promise<ArticleSummary[]> } | null = null;

  protected constructor(state: ProjectState) {
    this.folder = state.layout.root;
    this.state = state;
  }

  protected get parts(): Parts {
    return this.state.parts;
  }

  protected get everybody(): Everybody {
    return this.state.everybody;
  }

  get info(): ProjectRecord {
    return this.parts.info;
  }

  get codebook(): { readonly version: number; readonly codebook: Codebook } {
    return currentCodebook(this.parts.codebookFile);
  }

  get codebookFile(): CodebookFile {
    return this.parts.codebookFile;
  }

  get annotator(): Annotator {
    return this.parts.annotator;
  }

  get annotators(): readonly Annotator[] {
    return this.parts.annotators;
  }

  articles(): readonly ArticleMeta[] {
    const records = recordsByArticle(this.everybody.known().flatMap((work) => [...work.articles.values()]));
    return this.parts.articles.metas.flatMap((imported) => {
      const { meta, listed } = resolveArticle(imported, records.get(imported.id) ?? []);
      return listed ? [meta] : [];
    });
  }

  async firstArticle(): Promise<string | null> {
    const records = recordsByArticle(this.everybody.known().flatMap((work) => [...work.articles.values()]));
    for await (const meta of this.parts.articles.each()) {
      if (resolveArticle(meta, records.get(meta.id) ?? []).listed) return meta.id;
    }
    return null;
  }

  importedArticles(): readonly ArticleMeta[] {
    return this.parts.articles.metas;
  }

  async readArticle(id: string): Promise<Article> {
    const { meta, text } = await this.parts.articles.read(id);
    const records = this.everybody.known().flatMap((work) => work.articles.get(id) ?? []);
    return { meta: resolveArticle(meta, records).meta, text };
  }

  readOriginal(id: string): Promise<Uint8Array> {
    return this.parts.articles.readOriginal(id);
  }

  async set(articleId: string): Promise<AnnotationSet> {
    await this.parts.articles.readSome([articleId]);
    return this.parts.own.set(this.parts.articles.meta(articleId).id);
  }

  async setsOf(articleId: string): Promise<{ annotator: string; set: AnnotationSet }[]> {
    const { id } = this.parts.articles.meta(articleId);
    const sets: { annotator: string; set: AnnotationSet }[] = [];
    for (const [annotator, work] of await this.everybody.works()) sets.push({ annotator, set: await work.set(id) });
    return sets;
  }

  async *eachArticle(ids: readonly string[]): AsyncGenerator<{ article: Article; sets: { annotator: string; set: AnnotationSet }[] }> {
    const works = await this.everybody.works();
    let turn = 0;
    for await (const { meta, text } of this.parts.articles.readEach(ids)) {
      if (turn % atOnce === 0) for (const [, work] of works) await work.lookAt(ids.slice(turn, turn + atOnce));
      turn++;
      const records = works.flatMap(([, work]) => work.articles.get(meta.id) ?? []);
      const sets: { annotator: string; set: AnnotationSet }[] = [];
      for (const [annotator, work] of works) sets.push({ annotator, set: await work.outline(meta.id) });
      yield { article: { meta: resolveArticle(meta, records).meta, text }, sets };
    }
  }

  async summary(articleId: string): Promise<ArticleSummary> {
    return this.#summaryOf(articleId, await completenessOf(this));
  }

  async summaries(): Promise<ArticleSummary[]> {
    const ahead = this.#ahead;
    this.#ahead = null;
    const [ground, before] = await Promise.all([this.#groundOfSummaries(), ahead?.ground]);
    if (ahead && before?.length === ground.length && ground.every((part, index) => part === before[index])) return ahead.made;
    return this.#makeSummaries();
  }

  untouchedSummaries(ids?: readonly string[]): ArticleSummary[] {
    const metas = ids ? ids.map((id) => this.parts.articles.meta(id)) : this.importedArticles();
    return metas.map((meta) => ({ meta: listedMeta(meta), ...untouched }));
  }

  async summariseAhead(): Promise<void> {
    const ground = this.#groundOfSummaries();
    const made = ground.then(() => this.#makeSummaries());
    // Set at once, so that a call at this moment waits for the same summaries.
    this.#ahead = { ground, made };
    await made;
  }

  // What summaries are made from. A part is replaced when it is read again, and work grows by gestures, so comparing these detects any change.
  async #groundOfSummaries(): Promise<readonly unknown[]> {
    const works = await this.everybody.works();
    return [this.parts, this.parts.articles.metas, ...works.flatMap(([, work]) => [work, work.gestures.length])];
  }

  async #makeSummaries(): Promise<ArticleSummary[]> {
    const summaries: ArticleSummary[] = [];
    const ground = await completenessOf(this);
    for (const { id } of this.importedArticles()) {
      summaries.push(await this.#summaryOf(id, ground));
      // Lets calls from the page run in between.
      if (summaries.length % atOnce === 0) await setImmediate();
    }
    return summaries;
  }

  async entities(): Promise<EntityRecord[]> {
    return (await this.everybody.works()).flatMap(([, work]) => sortedById(work.entities));
  }

  ownEntities(): EntityRecord[] {
    return sortedById(this.parts.own.entities);
  }

  async links(): Promise<Relation[]> {
    return (await this.everybody.works()).flatMap(([, work]) => sortedById(work.links));
  }

  async ownLinks(): Promise<Relation[]> {
    return sortedById(this.parts.own.links);
  }

  async articleRecords(): Promise<ArticleRecord[]> {
    return (await this.everybody.works()).flatMap(([, work]) => sortedById(work.articles));
  }

  ownArticleRecords(): ArticleRecord[] {
    return sortedById(this.parts.own.articles);
  }

  gestures(): readonly Gesture[] {
    return this.parts.own.gestures;
  }

  history(): History {
    return this.parts.own.history;
  }

  async histories(): Promise<{ annotator: string; gestures: readonly Gesture[] }[]> {
    return (await this.everybody.works()).map(([annotator, { gestures }]) => ({ annotator, gestures }));
  }

  changed(): string {
    let newest = this.info.created;
    const consider = (time: string) => {
      if (time > newest) newest = time;
    };
    for (const work of this.everybody.known()) {
      for (const { time } of work.gestures) consider(time);
    }
    for (const { imported } of this.importedArticles()) consider(imported);
    return newest;
  }

  async #summaryOf(articleId: string, ground: Completeness): Promise<ArticleSummary> {
    const meta = this.parts.articles.meta(articleId);
    const set = await this.parts.own.outline(articleId);
    const { size: toComplete } = set.annotations.size > 0 ? await problemsOn(this, articleId, ground, set) : noProblems;
    return { meta: listedMeta(meta), status: statusOf(set), counts: countsByLayer(set), toComplete };
  }
}

// Lists the fields one by one, which is faster for tens of thousands of articles than leaving some out.
function listedMeta({ id, title, source, date, url, language, originalName, words, imported, importedBy }: ArticleMeta): ListedMeta {
  const meta = { id, title, source, date, url, language, originalName, words, imported };
  return importedBy === undefined ? meta : { ...meta, importedBy };
}
