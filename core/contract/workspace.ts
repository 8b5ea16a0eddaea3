import { z } from 'zod';
import { Notice } from '../failure.ts';
import { AnnotationSetRecord, Id, Relation } from '../model/annotation.ts';
import { Annotator } from '../model/annotator.ts';
import { Article, ListedMeta } from '../model/article.ts';
import { ArticleRecord } from '../model/article-record.ts';
import { Codebook } from '../model/codebook.ts';
import { EntityRecord } from '../model/entity.ts';
import { Settings } from '../settings.ts';
import { Gesture } from '../steps/edit.ts';
import { method, nothing } from './method.ts';

/** The current annotator's progress with an article. `counts` maps a layer id to the number of their annotations. */
export const ArticleProgress = z.strictObject({
  status: z.enum(['not_started', 'in_progress', 'done']),
  counts: z.record(z.string(), z.int().min(0)),
  /** How many of those annotations need completing; see core/annotations/validation.ts. */
  toComplete: z.int().min(0),
});
export type ArticleProgress = z.infer<typeof ArticleProgress>;

/** The progress with an article that nobody has worked on. */
export const untouched: ArticleProgress = { status: 'not_started', counts: {}, toComplete: 0 };

/** One imported article, listed or not, as it was imported; later changes are in `ArticleRecord`s. */
export const ArticleSummary = z.strictObject({ meta: ListedMeta, ...ArticleProgress.shape });
export type ArticleSummary = z.infer<typeof ArticleSummary>;

/** What another annotator has written on an article, and their links across articles that end there. Only that annotator may change it. */
export const OthersSet = z.strictObject({ annotator: Id, set: AnnotationSetRecord, links: z.array(Relation) });
export type OthersSet = z.infer<typeof OthersSet>;

/** An article to show: its text, the annotator's own set on it, and the sets of others who wrote anything. */
export const OpenedArticle = z.strictObject({ article: Article, set: AnnotationSetRecord, others: z.array(OthersSet) });
export type OpenedArticle = z.infer<typeof OpenedArticle>;

/** The calls about the open project as a whole: its history, who annotates, which page writes, the settings. */
export const workspaceCalls = {
  /** Opens the project of this host for one page. The first page may write; see `takeOver`. `page` is the page's own random id. */
  openWorkspace: method(
    z.strictObject({ page: Id }),
    z.strictObject({
      /** `licence` is the licence of its datasets; absent if none is stated. */
      project: z.strictObject({ id: Id, name: z.string(), place: z.string(), lead: Id, licence: z.string().exactOptional() }),
      codebook: z.strictObject({ version: z.int().min(1), codebook: Codebook }),
      annotator: Annotator,
      annotators: z.array(Annotator),
      articles: z.array(ArticleSummary),
      /** False if there are so many articles that `articles` holds only the first; `listArticles` and `readProgress` give the rest. */
      listed: z.boolean(),
      /** The article that this user had on screen last, or else the first in the list; null if there is none or it cannot be read. */
      first: OpenedArticle.nullable(),
      /**
       * False while the work of others is still being read, as with many articles. Until `readOthers` answers, what follows is only the
       * annotator's own.
       */
      whole: z.boolean(),
      /** Everybody's registry entries; the page resolves them. */
      entities: z.array(EntityRecord),
      /** What everybody changed about articles; the page resolves it. */
      articleRecords: z.array(ArticleRecord),
      /** The annotator's own links across articles. */
      links: z.array(Relation),
      /** The part of the annotator's undo history around its last step; `readHistory` gives more. */
      history: z.strictObject({
        ...{ past: z.array(Gesture).readonly(), future: z.array(Gesture).readonly() },
        ...{ earlier: z.int().min(0), later: z.int().min(0) },
      }),
      /** The ids of the annotator's last gestures that are saved. */
      saved: z.array(Id),
      settings: Settings,
      notices: z.array(Notice),
      writable: z.boolean(),
      /** Present if no page can take over, because another program has the project open or it cannot be changed; a notice says why. */
      locked: z.literal(true).optional(),
      /** The name of the user's account on this computer. A new annotator has this name until they choose another. */
      account: z.string(),
      host: z.enum(['electron', 'loopback']),
      version: z.string(),
    }),
  ),
  /** Every imported article, without its progress: all look untouched. */
  listArticles: method(nothing, z.strictObject({ articles: z.array(ArticleSummary) })),
  /** The annotator's progress with the articles that they have worked on, by article. */
  readProgress: method(nothing, z.strictObject({ articles: z.record(Id, ArticleProgress) })),
  /** The steps of the undo history before or after its position `at` (counted from the oldest step), in order: at least one, if there is any. */
  readHistory: method(
    z.strictObject({ at: z.int().min(0), towards: z.enum(['past', 'future']) }),
    z.strictObject({ steps: z.array(Gesture) }),
  ),
  /** Appends a gesture to the annotator's journal. Answers once it is on disk. A gesture sent twice is written once. */
  apply: method(z.strictObject({ page: Id, gesture: Gesture }), z.strictObject({ sequence: z.int().min(1) })),
  /** Makes this page the one that writes; the others become read-only. */
  takeOver: method(z.strictObject({ page: Id }), nothing),
  /** Adds an annotator to the project without switching to them; an adjudicator decides between the others. See `switchAnnotator`. */
  addAnnotator: method(z.strictObject({ page: Id, name: z.string(), role: Annotator.shape.role }), Annotator),
  /** Renames the current annotator. */
  renameAnnotator: method(z.strictObject({ page: Id, name: z.string() }), Annotator),
  /** Switches to another annotator. Every page must then open the workspace again. */
  switchAnnotator: method(z.strictObject({ page: Id, annotator: Id }), nothing),
  /** What the other annotators have written, as it is on disk now, and who they are. `others` is about `article`. */
  readOthers: method(
    z.strictObject({ article: Id.nullable() }),
    z.strictObject({
      annotator: Annotator,
      annotators: z.array(Annotator),
      articles: z.array(ArticleSummary),
      entities: z.array(EntityRecord),
      articleRecords: z.array(ArticleRecord),
      others: z.array(OthersSet),
    }),
  ),
  /** Reads everything from the disk again, after another program changed it. Every page must then open the workspace again. */
  reread: method(z.strictObject({ page: Id }), nothing),
  saveSettings: method(z.strictObject({ settings: Settings }), nothing),
} as const;
