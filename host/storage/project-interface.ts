import type { CodebookChange } from '../../core/codebook/codebook-change.ts';
import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import type { ConflictCopy } from '../../core/contract/copies.ts';
import type { ArticleSummary } from '../../core/contract/workspace.ts';
import type { Notice } from '../../core/failure.ts';
import type { AnnotationSet, Relation } from '../../core/model/annotation.ts';
import type { Annotator } from '../../core/model/annotator.ts';
import type { Article, ArticleMeta } from '../../core/model/article.ts';
import type { ArticleRecord } from '../../core/model/article-record.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import type { EntityRecord } from '../../core/model/entity.ts';
import type { PublishedSplits } from '../../core/splits/published.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import type { History } from '../../core/steps/history.ts';
import type { ArticleInput } from './article-store.ts';
import type { MergeOutcome } from './conflicts.ts';
import type { ProjectRecord } from './layout.ts';
import type { OutsideChange } from './outside.ts';

/**
 * What a lead asks for: changes to the codebook, or to undo or redo the step `of` of their history, which was such a change. `version` is the
 * version of the codebook that they saw; `gesture` is the id that the new step gets in their history.
 */
export interface CodebookRequest {
  readonly version: number;
  readonly gesture: string;
  readonly what:
    | { readonly kind: 'change'; readonly changes: readonly CodebookChange[] }
    | { readonly kind: 'undo'; readonly of: string }
    | { readonly kind: 'redo'; readonly of: string };
}

/** Splits to publish; the storage adds when and by whom. */
export type SplitsToPublish = Pick<PublishedSplits, 'codebook' | 'options' | 'assignments'>;

/** An open project. “Own” means of the annotator who works here. Times are ISO 8601. */
export interface Project {
  readonly folder: string;
  readonly info: ProjectRecord;
  readonly codebook: { readonly version: number; readonly codebook: Codebook };
  /** Every version of the codebook. */
  readonly codebookFile: CodebookFile;
  readonly annotator: Annotator;
  /** Ascending by id. */
  readonly annotators: readonly Annotator[];
  /**
   * Whether all articles and everybody's work have been read. Until then, methods that return a promise read what they need. `articles` and
   * `importedArticles` throw a RangeError before `readList`, and after it they know only of the own work.
   */
  readonly isWhole: boolean;
  /** Reads the records of all articles and everybody's work, unless the opening did. @throws AppError `corrupt`, `newer-version` */
  readEverybody(): Promise<void>;
  /** Reads only the records of all articles. @throws AppError as readEverybody */
  readList(): Promise<void>;
  /** Whether there may be so many articles that opening the project does not wait for their list. */
  readonly hasMany: boolean;
  /** The first listed article, as far as is known; null if there is none. @throws AppError as readEverybody */
  firstArticle(): Promise<string | null>;
  /** Whether nothing can be changed: because another program writes, the journal is damaged, or the project was opened read-only. */
  readonly readOnly: boolean;
  readonly notices: readonly Notice[];
  /** Calls `added` for each new notice and `removed` with the id of each that is withdrawn, until the returned function is called. */
  onNotice(added: (notice: Notice) => void, removed?: (id: string) => void): () => void;
  /** Does nothing while the project can be changed. @throws AppError `read-only`, with the reason, when it cannot */
  expectWritable(): void;
  /** The listed articles with what all annotators changed about them, ascending by id. */
  articles(): readonly ArticleMeta[];
  /** Every article as it was imported, including those removed, superseded or whose import was undone, ascending by id. */
  importedArticles(): readonly ArticleMeta[];
  /** An article, listed or not, with its text, checked against its checksum. @throws AppError `not-found`, `corrupt` */
  readArticle(id: string): Promise<Article>;
  /** The imported bytes. @throws AppError `not-found`, `corrupt` */
  readOriginal(id: string): Promise<Uint8Array>;
  /** The own set on an article. @throws AppError `not-found`, `corrupt` */
  set(articleId: string): Promise<AnnotationSet>;
  /** Everybody's set on an article, ascending by annotator, empty ones too. @throws AppError `not-found`, `corrupt` */
  setsOf(articleId: string): Promise<{ annotator: string; set: AnnotationSet }[]>;
  /**
   * Articles with everybody's set on them, in the order of `ids`; the work is as it was when the first was asked for. Much cheaper than as many
   * calls of `readArticle` and `setsOf`. @throws AppError `not-found`, `corrupt`
   */
  eachArticle(ids: readonly string[]): AsyncGenerator<{ article: Article; sets: { annotator: string; set: AnnotationSet }[] }>;
  /** An article as it was imported, with the progress of the own work on it. @throws AppError `not-found`, `corrupt` */
  summary(articleId: string): Promise<ArticleSummary>;
  /** The summaries of all imported articles, listed or not, ascending by id. */
  summaries(): Promise<ArticleSummary[]>;
  /** All summaries, or those of `ids`, as if nobody had worked on the articles; reads nothing. @throws AppError `not-found` */
  untouchedSummaries(ids?: readonly string[]): ArticleSummary[];
  /** Prepares the answer of the next `summaries`, which holds if nothing changes until then. @throws AppError as summaries */
  summariseAhead(): Promise<void>;
  /** Everybody's registry entries, ascending by annotator, then id. */
  entities(): Promise<EntityRecord[]>;
  ownEntities(): EntityRecord[];
  /** Everybody's links across articles, ascending by annotator, then id. */
  links(): Promise<Relation[]>;
  ownLinks(): Promise<Relation[]>;
  /** What everybody changed about articles, ascending by annotator, then article. */
  articleRecords(): Promise<ArticleRecord[]>;
  ownArticleRecords(): ArticleRecord[];
  /** The own gestures in order. */
  gestures(): readonly Gesture[];
  /** Which own gestures can be undone and redone. */
  history(): History;
  /** Everybody's gestures in order, ascending by annotator. @throws AppError `corrupt`, `newer-version` */
  histories(): Promise<{ readonly annotator: string; readonly gestures: readonly Gesture[] }[]>;
  /** The time of the newest gesture or import by anybody. */
  changed(): string;
  /**
   * Adds a gesture; resolves to its number in the journal once it is on the disk. A gesture that is sent twice is written once.
   * @throws AppError `bad-request`, `conflict`, `read-only`, `not-saved`, `corrupt`
   */
  apply(gesture: Gesture): Promise<number>;
  /** The codebook's file as it would be after `request`; changes nothing. @throws AppError `bad-request`, `conflict`, `corrupt` */
  codebookAfter(request: CodebookRequest): Promise<CodebookFile>;
  /**
   * Changes the codebook, or undoes or redoes a change, and resolves to the step that this adds to the lead's history. It writes one file;
   * annotations are rewritten only when their owner next saves. A step that is sent twice is done once.
   * @throws AppError `bad-request`, `conflict`, `read-only` for anybody but the lead, `not-saved`, `corrupt`
   */
  changeCodebook(request: CodebookRequest): Promise<Gesture>;
  /** The published splits of the dataset as they are on the disk now; null if there are none. @throws AppError `corrupt`, `newer-version` */
  publishedSplits(): Promise<PublishedSplits | null>;
  /**
   * Publishes `splits` in place of those published at `instead` (null if there are none); null withdraws the published ones.
   * @throws AppError `conflict` if others were published in the meantime, `read-only` for anybody but the lead, `not-saved`, `corrupt`
   */
  publishSplits(splits: SplitsToPublish | null, instead: string | null): Promise<PublishedSplits | null>;
  /** States the licence of the project's datasets; null states none. @throws AppError `read-only` for anybody but the lead, `not-saved` */
  stateLicence(licence: string | null): Promise<void>;
  /** Adds an article, all or nothing. `known` is true if the project had its text already. @throws AppError `read-only`, `not-saved` */
  addArticle(input: ArticleInput): Promise<{ meta: ArticleMeta; known: boolean }>;
  /** Works as another annotator from now on, after saving what is under way. @throws AppError `not-found`, `corrupt` */
  switchAnnotator(id: string): Promise<void>;
  /**
   * Adds an annotator without switching to them, one who adjudicates only where `role` says so.
   * @throws AppError `bad-request`, `conflict`, `read-only`, `not-saved`
   */
  addAnnotator(name: string, role?: Annotator['role']): Promise<Annotator>;
  /** Gives the own annotator another name. @throws AppError as addAnnotator */
  renameAnnotator(name: string): Promise<Annotator>;
  /** Takes in what other programs changed, except in the own journal: for that it gives a notice. @throws AppError `corrupt`, `newer-version` */
  look(): Promise<OutsideChange>;
  /** Checks whether another program changed the own journal, and gives a notice if so. @throws AppError `corrupt` */
  lookAtJournal(): Promise<void>;
  /** Ids of articles whose record was missing when last looked for: an import was interrupted, or a sync is under way. */
  unfinishedArticles(): readonly string[];
  /** Reads everything from the disk again, including the own journal. @throws AppError `corrupt`, `newer-version` */
  readAgain(): Promise<void>;
  /** The conflict copies that other programs left next to our files, and how they compare. @throws AppError `corrupt` */
  conflicts(): Promise<ConflictCopy[]>;
  /** Merges the own conflict copies, as one step. @throws AppError `read-only`, `not-saved`, `corrupt` */
  mergeConflicts(): Promise<MergeOutcome>;
  /** Gives a notice while there are conflict copies, and withdraws it when there are none. @throws AppError `corrupt` */
  tellConflicts(): Promise<void>;
  /** Removes old temporary files from the folders of all articles, which takes long if there are many. Gives a notice for what cannot be removed. */
  sweep(): Promise<void>;
  /** Writes the snapshots of what has changed. Gives a notice for one that fails; the journal holds every edit anyway. */
  flush(): Promise<void>;
  /** Waits for what is under way, writes the snapshots and releases the lock. Nothing can be changed afterwards. */
  close(): Promise<void>;
}
