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
 * What a lead asks for: changes, or that the step `of` of their history, which was one, is undone or redone. `version` is the one in force as
 * they saw it, and `gesture` the id that the step has in their history.
 */
export interface CodebookRequest {
  readonly version: number;
  readonly gesture: string;
  readonly what:
    | { readonly kind: 'change'; readonly changes: readonly CodebookChange[] }
    | { readonly kind: 'undo'; readonly of: string }
    | { readonly kind: 'redo'; readonly of: string };
}

/** Splits that are to be published: the storage says when and by whom. */
export type SplitsToPublish = Pick<PublishedSplits, 'codebook' | 'options' | 'assignments'>;

/** An open project. Own means: of the annotator who works here. Times are ISO 8601. */
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
   * Whether all articles and everybody's work have been read. Until then what is a promise reads what it needs, `articles` and `importedArticles`
   * throw a RangeError before `readList`, and what they tell from then on knows of the own work alone.
   */
  readonly isWhole: boolean;
  /** Reads what is known of the articles, and everybody's work, where that was not done at the opening. @throws AppError `corrupt`, `newer-version` */
  readEverybody(): Promise<void>;
  /** Reads what is known of the articles alone. @throws AppError as readEverybody */
  readList(): Promise<void>;
  /** Whether so many articles may be there that whoever opens the project does not wait for their list. */
  readonly hasMany: boolean;
  /** The first listed article, as far as is known; null where there is none. @throws AppError as readEverybody */
  firstArticle(): Promise<string | null>;
  /** Whether nothing can be changed: another program writes, the journal is damaged, or it was asked for. */
  readonly readOnly: boolean;
  readonly notices: readonly Notice[];
  /** Calls `added` for each notice to come and `removed` with the id of each that is taken back, until the returned function is called. */
  onNotice(added: (notice: Notice) => void, removed?: (id: string) => void): () => void;
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
  /**
   * Articles with everybody's set on them, in the order of `ids`: the work is that of when the first is asked for. It costs a fraction of as
   * many calls. @throws AppError `not-found`, `corrupt`
   */
  eachArticle(ids: readonly string[]): AsyncGenerator<{ article: Article; sets: { annotator: string; set: AnnotationSet }[] }>;
  /** How far the own work on an article is, with what its import knew. @throws AppError `not-found`, `corrupt` */
  summary(articleId: string): Promise<ArticleSummary>;
  /** The summaries of all imported articles, listed or not, ascending by id. */
  summaries(): Promise<ArticleSummary[]>;
  /** The same, or those of `ids`, as if nobody had worked on them, which takes no time. @throws AppError `not-found` */
  untouchedSummaries(ids?: readonly string[]): ArticleSummary[];
  /** Makes the summaries that are asked for next, if nothing changes until then. @throws AppError as summaries */
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
  /** What of the own gestures can be undone and redone. */
  history(): History;
  /** Everybody's gestures in order, ascending by annotator. @throws AppError `corrupt`, `newer-version` */
  histories(): Promise<{ readonly annotator: string; readonly gestures: readonly Gesture[] }[]>;
  /** The time of the newest gesture or import, of anybody. */
  changed(): string;
  /**
   * Adds a gesture; answers its number in the journal once it is on the disk. The same gesture twice is written once.
   * @throws AppError `bad-request`, `conflict`, `read-only`, `not-saved`, `corrupt`
   */
  apply(gesture: Gesture): Promise<number>;
  /** What the codebook's file would be after `request`; nothing is changed. @throws AppError `bad-request`, `conflict`, `corrupt` */
  codebookAfter(request: CodebookRequest): Promise<CodebookFile>;
  /**
   * Changes the codebook, or undoes or redoes a change, and answers the step that the lead's history then has. One file is written; nobody's
   * annotations are, until their owner saves. The same step twice is done once.
   * @throws AppError `bad-request`, `conflict`, `read-only` for anybody but the lead, `not-saved`, `corrupt`
   */
  changeCodebook(request: CodebookRequest): Promise<Gesture>;
  /** The published splits of the dataset as they are on the disk now; null where there are none. @throws AppError `corrupt`, `newer-version` */
  publishedSplits(): Promise<PublishedSplits | null>;
  /**
   * Publishes splits in the place of those published at `instead` (null: of none), or with null takes those back.
   * @throws AppError `conflict` where others are published by now, `read-only` for anybody but the lead, `not-saved`, `corrupt`
   */
  publishSplits(splits: SplitsToPublish | null, instead: string | null): Promise<PublishedSplits | null>;
  /** States the licence of the project's datasets, or with null none. @throws AppError `read-only` for anybody but the lead, `not-saved` */
  stateLicence(licence: string | null): Promise<void>;
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
  /** Looks whether another program changed the own journal, and tells that in a notice. @throws AppError `corrupt` */
  lookAtJournal(): Promise<void>;
  /** Ids of articles whose record was not there when they were last looked for: an import was broken off, or a sync is under way. */
  unfinishedArticles(): readonly string[];
  /** Reads everything from the disk again, the own journal too. @throws AppError `corrupt`, `newer-version` */
  readAgain(): Promise<void>;
  /** What other programs left beside our files, with how it compares. @throws AppError `corrupt` */
  conflicts(): Promise<ConflictCopy[]>;
  /** Merges the own ones of them, as one step. @throws AppError `read-only`, `not-saved`, `corrupt` */
  mergeConflicts(): Promise<MergeOutcome>;
  /** Tells in a notice when there are any, and takes it back when there are none any more. @throws AppError `corrupt` */
  tellConflicts(): Promise<void>;
  /** Removes old temporary files from the folders of all articles: it takes long where there are many. What cannot be removed is told in a notice. */
  sweep(): Promise<void>;
  /** Writes the snapshots of what has changed. One that fails is told in a notice; the journal holds every edit anyway. */
  flush(): Promise<void>;
  /** Waits for what is under way, writes the snapshots and gives the lock back. Nothing can be changed afterwards. */
  close(): Promise<void>;
}
