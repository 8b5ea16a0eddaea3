import { z } from 'zod';
import { Problem } from './annotations/validation.ts';
import { CodebookChange } from './codebook/codebook-change.ts';
import { EffectCount } from './codebook/codebook-effects.ts';
import { DatasetLook } from './formats/dataset-look.ts';
import { ExportRequest } from './formats/export-request.ts';
import { LabelMap } from './formats/mapping.ts';
import { ArticleDraft, ImportProblem, ReadingOptions } from './import/draft.ts';
import { AnnotationSetRecord, Id, Relation } from './model/annotation.ts';
import { Article, ArticleMeta } from './model/article.ts';
import { ArticleRecord } from './model/article-record.ts';
import { Codebook } from './model/codebook.ts';
import { EntityRecord } from './model/entity.ts';
import { folderNameLimit, KnownProject, LackingText, OpenedProject } from './project-home.ts';
import { Dimension, FoundArticle, FoundKey, FoundProblem, Indexing, KeptSearches, ProgressCell, SearchInput } from './search/calls.ts';
import { ConcordanceLine, ConcordanceOf } from './search/concordance.ts';
import { SplitOptions } from './splits/options.ts';
import { SplitReport } from './splits/report.ts';
import { SinceDifference, SinceSummary } from './steps/earlier.ts';
import { Gesture } from './steps/edit.ts';
import { SuggestionChoice } from './suggestions/choice.ts';
import { Experience } from './suggestions/learning.ts';

/**
 * The boundary between page and host: every call with its input and output, and every event. Electron IPC and loopback HTTP
 * both carry `call(method, input, bytes?) -> Reply`. A new call touches this file and host/handlers/handlers.ts only.
 */

/** What can go wrong across the boundary. The list is closed; a code never changes its meaning. */
export const FailureCode = z.enum([
  'bad-request', // the call itself was malformed
  'not-found', // a project, article or record that is not there
  'no-project', // no project is open here: the page shows the Project home
  'conflict', // the ground of an edit has changed
  'read-only', // another window or program writes this project
  'not-saved', // the disk refused; the edit is still in the page
  'corrupt', // a file cannot be read as what it should be
  'unsupported', // a file of a kind or encoding that cannot be imported
  'too-large', // a file over the limit
  'newer-version', // written by a newer Pressmark
  'cancelled', // the person stopped it
  'internal', // a defect of Pressmark
]);
export type FailureCode = z.infer<typeof FailureCode>;

/** A failure in words for a person: what happened, what is safe, and one next step. */
export const Failure = z.strictObject({ code: FailureCode, message: z.string(), safe: z.string(), next: z.string() });
export type Failure = z.infer<typeof Failure>;

/** A failure as a throwable, on either side of the boundary. It never crosses the boundary as a throw. */
export class AppError extends Error {
  readonly failure: Failure;
  constructor(code: FailureCode, message: string, next: string, safe = 'Nothing was changed.') {
    super(message);
    this.name = 'AppError';
    this.failure = { code, message, safe, next };
  }
}

/** The answer to every call. */
export type Reply<T = unknown> = { ok: true; value: T } | { ok: false; error: Failure };

/** Something that the person should know and that stays until dismissed: a torn journal line cut off, a damaged file set aside. */
export const Notice = z.strictObject({
  id: z.string(),
  severity: z.enum(['info', 'warning', 'error']),
  message: z.string(),
  next: z.string(),
  /** The id of the command that does what `next` says, for a button. */
  command: z.string().optional(),
});
export type Notice = z.infer<typeof Notice>;

/** One imported article, listed or not, as its import knew it; `ArticleRecord`s tell the rest. `counts` maps a layer id to its number of annotations by the current annotator. */
export const ArticleSummary = z.strictObject({
  meta: ArticleMeta,
  status: z.enum(['not_started', 'in_progress', 'done']),
  counts: z.record(z.string(), z.int().min(0)),
  /** How many of those annotations have something to complete; see core/annotations/validation.ts. */
  toComplete: z.int().min(0),
});
export type ArticleSummary = z.infer<typeof ArticleSummary>;

export const Annotator = z.strictObject({ id: Id, name: z.string().min(1), role: z.enum(['annotator', 'adjudicator']) });
export type Annotator = z.infer<typeof Annotator>;

/**
 * How the person likes the window: kept by the host in the person's settings folder, never in the project. Every field has a default, so
 * that a file written before a setting existed is still read.
 */
export const Settings = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Sizes of panes in percent by group; `hidden` names the panes that are hidden, with 1. */
  layout: z.record(z.string(), z.record(z.string(), z.number())).default({}),
  lastArticle: z.record(z.string(), z.string()).default({}),
  /** What a tag takes: whole words, or exactly what is selected. With Shift it does the other. */
  tagging: z.enum(['words', 'exact']).default('words'),
  /** Whether keys of a single letter, digit or sign act in the article. */
  letterKeys: z.boolean().default(true),
  textSize: z.enum(['small', 'medium', 'large', 'largest']).default('medium'),
  suggestions: SuggestionChoice.prefault({}),
  /** The time of the last reset of what suggestions learned, by project id. */
  learnedSince: z.record(z.string(), z.iso.datetime()).default({}),
  /** The keys that the person gave to commands, by command id; see core/key-bindings.ts. */
  keys: z.record(z.string(), z.array(z.string())).default({}),
  /** Whether facts are reviewed (verdict, evidence, justification), by project id. */
  review: z.record(z.string(), z.boolean()).default({}),
  /** The person's searches by project id: those kept under a name, and the last ones, the newest first. */
  searches: z.record(z.string(), KeptSearches).default({}),
  /** Whether the tour of the sample project was seen or skipped. */
  tourDone: z.boolean().default(false),
  /** The person's own name; null until they have said it. */
  person: z.string().nullable().default(null),
  /** The annotator that the person works as, by project id. The host keeps it, whatever a page sends. */
  annotator: z.record(z.string(), Id).default({}),
  /** The projects that were opened last, the newest first. The host keeps it, whatever a page sends. */
  recent: z
    .array(z.strictObject({ id: Id, name: z.string(), folder: z.string(), time: z.string(), key: Id.optional() }))
    .max(10)
    .default([]),
});
export type Settings = z.infer<typeof Settings>;
export const defaultSettings: Settings = Settings.parse({});

/** The folder of the sample project in a person's projects folder; the page knows the sample by it. */
export const sampleFolderName = 'paris-summit-sample';

/** What another annotator has written on an article, and their links across articles that end there. Nobody but they may change it. */
export const OthersSet = z.strictObject({ annotator: Id, set: AnnotationSetRecord, links: z.array(Relation) });
export type OthersSet = z.infer<typeof OthersSet>;

/**
 * A file that another program left in an annotator's folder: a copy that a sync program made beside one of ours, or one with git's
 * conflict markers in it. `place` names it relative to the project. Counts are of records; `steps` of steps of the journal that ours lacks.
 */
export const ConflictCopy = z.strictObject({
  place: z.string(),
  annotator: Id,
  kind: z.enum(['copy', 'markers']),
  onlyHere: z.int().min(0),
  onlyThere: z.int().min(0),
  different: z.int().min(0),
  steps: z.int().min(0),
  /** Why it cannot be merged here; null when it can. */
  obstacle: z.string().nullable(),
});
export type ConflictCopy = z.infer<typeof ConflictCopy>;

/**
 * An earlier state of the project's annotation work. `time` is ISO 8601, `place` the folder of the project then; `codebook` the version in force;
 * `steps` how many steps the own history has gone on since, null where it does not go on from there.
 */
export const KeptState = z.strictObject({
  id: Id,
  time: z.string(),
  place: z.string(),
  codebook: z.int().min(0),
  steps: z.int().min(0).nullable(),
});
export type KeptState = z.infer<typeof KeptState>;

/**
 * How far a dataset is: `done` of `total` articles compared for its splits, then written, then bytes packed. `done` is what is behind, so that it
 * begins with 0.
 */
export const ExportProgress = z.strictObject({
  step: z.enum(['comparing', 'writing', 'packing']),
  done: z.int().min(0),
  total: z.int().min(0),
});
export type ExportProgress = z.infer<typeof ExportProgress>;

/**
 * What an export would hold. `files` are those that begin first, `others` how many there are beside them; `head` is how a file begins, empty for
 * one that is no text. `losses` names each kind of thing that the format cannot carry, with its count.
 */
export const ExportPreview = z.strictObject({
  files: z.array(z.strictObject({ path: z.string(), bytes: z.int(), rows: z.int(), head: z.string() })),
  others: z.strictObject({ files: z.int(), bytes: z.int() }),
  losses: z.array(z.strictObject({ kind: z.string(), count: z.int() })),
  counts: z.record(z.string(), z.int()),
});
export type ExportPreview = z.infer<typeof ExportPreview>;

/**
 * Splits of the dataset as they would be, or are where they are published: `published` is ISO 8601, `by` an annotator's id, `documents` how many
 * are published, `later` how many articles came since.
 */
export const PlannedSplits = z.strictObject({
  options: SplitOptions,
  report: SplitReport,
  published: z
    .strictObject({ published: z.string(), by: Id, options: SplitOptions, documents: z.int().min(0), later: z.int().min(0) })
    .nullable(),
});
export type PlannedSplits = z.infer<typeof PlannedSplits>;

/** One place where words stand: UTF-16 offsets, half-open, with a little of the line before and after. */
export const Occurrence = z.strictObject({
  article: Id,
  start: z.int().min(0),
  end: z.int().min(1),
  text: z.string(),
  before: z.string(),
  after: z.string(),
});
export type Occurrence = z.infer<typeof Occurrence>;

/**
 * One place that speaks of an entity: a mention, or (kind `role`) an annotation with a role that the entity fills itself. `id` is the
 * mention's or the annotation's; `uses` are the roles that it fills, `also` the annotations of which a role that the entity fills has its
 * words in the mention.
 */
export const EntityMention = Occurrence.extend({
  annotator: Id,
  kind: z.enum(['mention', 'role']),
  id: Id,
  uses: z.array(z.strictObject({ annotation: Id, layer: z.string(), role: z.string() })),
  also: z.array(Id),
});
export type EntityMention = z.infer<typeof EntityMention>;

/** An annotation of anybody as a list shows it: its fragments' words in one, cut where they are very long; `who` speaks, holds or vouches. */
export const AnnotationHit = z.strictObject({
  article: Id,
  annotation: Id,
  annotator: Id,
  layer: z.string(),
  /** Where it begins, in UTF-16 code units. */
  start: z.int().min(0),
  text: z.string(),
  who: z.string().nullable(),
  note: z.string(),
});
export type AnnotationHit = z.infer<typeof AnnotationHit>;

/** An annotation of the current annotator that has something to complete, with what it is: its layer and the words that it covers, cut short. */
export const IncompleteAnnotation = z.strictObject({
  annotation: Id,
  layer: z.string(),
  text: z.string(),
  problems: z.array(Problem).min(1),
});
export type IncompleteAnnotation = z.infer<typeof IncompleteAnnotation>;

/** The most bytes of JSON that one step may take on its way to the host: room for replacing an article with tens of thousands of annotations. */
export const stepLimit = 64_000_000;

const method = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O, takesBytes = false) => ({ input, output, takesBytes });
const nothing = z.strictObject({});

const backedUp = { files: z.int().min(0), leftOut: z.array(z.string()), problems: z.array(z.string()) };

/** Every call. `takesBytes` marks the calls that carry a file's raw bytes beside their input. */
export const contract = {
  /** Opens the project of this host for one page. The first page may write; see `takeOver`. `page` is the page's own random id. */
  openWorkspace: method(
    z.strictObject({ page: Id }),
    z.strictObject({
      project: z.strictObject({ id: Id, name: z.string(), place: z.string(), lead: Id }),
      codebook: z.strictObject({ version: z.int().min(1), codebook: Codebook }),
      annotator: Annotator,
      annotators: z.array(Annotator),
      articles: z.array(ArticleSummary),
      /** Everybody's registry entries; the page resolves them. */
      entities: z.array(EntityRecord),
      /** What everybody changed about articles; the page resolves it. */
      articleRecords: z.array(ArticleRecord),
      /** The annotator's own links across articles. */
      links: z.array(Relation),
      /** The part of the annotator's lasting undo history around its last step; `readHistory` gives more. */
      history: z.strictObject({
        ...{ past: z.array(Gesture).readonly(), future: z.array(Gesture).readonly() },
        ...{ earlier: z.int().min(0), later: z.int().min(0) },
      }),
      /** The ids of the annotator's last gestures that are saved. */
      saved: z.array(Id),
      settings: Settings,
      notices: z.array(Notice),
      writable: z.boolean(),
      /** There where no page can take over: another program has the project, or it may not be changed; a notice says why. */
      locked: z.literal(true).optional(),
      /** The name of the person's account on this computer, which annotators are called by until they say another. */
      account: z.string(),
      host: z.enum(['electron', 'loopback']),
      version: z.string(),
    }),
  ),
  /** An article with the current annotator's own set, and what the others wrote on it where they wrote anything. */
  openArticle: method(
    z.strictObject({ article: Id }),
    z.strictObject({ article: Article, set: AnnotationSetRecord, others: z.array(OthersSet) }),
  ),
  /** What everybody has written on an article: annotations by layer for each annotator who has any, and links that end there. */
  articleHoldings: method(
    z.strictObject({ article: Id }),
    z.strictObject({
      annotators: z.array(z.strictObject({ name: z.string(), counts: z.record(z.string(), z.int().min(1)) })),
      links: z.int().min(0),
    }),
  ),
  /** The steps next to the first `at` ones of the undo history, before or after them, in their order: at least one, if there is any. */
  readHistory: method(
    z.strictObject({ at: z.int().min(0), towards: z.enum(['past', 'future']) }),
    z.strictObject({ steps: z.array(Gesture) }),
  ),
  /** Appends a gesture to the annotator's journal. Answers once it is on disk. The same gesture twice is written once. */
  apply: method(z.strictObject({ page: Id, gesture: Gesture }), z.strictObject({ sequence: z.int().min(1) })),
  /** Imports one file, all or nothing; the article is listed once a gesture lists it. `known` is true when the project had the same text already. */
  importArticle: method(
    z.strictObject({ page: Id, name: z.string().min(1).max(255) }),
    z.strictObject({ summary: ArticleSummary, known: z.boolean(), changed: z.array(z.string()) }),
    true,
  ),
  /**
   * Takes in a file of any kind that can be imported (or all files of an archive) to be looked at before it is imported. `name` may be a
   * path. Nothing is in the project yet; a file waits until it is imported or discarded, or another page stages one.
   */
  stageFile: method(
    z.strictObject({ page: Id, name: z.string().min(1).max(1000) }),
    z.strictObject({ files: z.array(z.strictObject({ id: Id, name: z.string() })), problems: z.array(ImportProblem) }),
    true,
  ),
  /** The articles that a staged file holds, or the problem for which it holds none. */
  previewStaged: method(
    z.strictObject({ page: Id, file: Id, options: ReadingOptions }),
    z.strictObject({ drafts: z.array(ArticleDraft), problem: ImportProblem.nullable() }),
  ),
  /** Imports chosen articles of a staged file as it was previewed last, without the blocks `leftOut`; a gesture has to list them. */
  importStaged: method(
    z.strictObject({
      page: Id,
      file: Id,
      articles: z.array(z.strictObject({ index: z.int().min(0), leftOut: z.array(z.int().min(0)) })),
    }),
    z.strictObject({ imported: z.array(z.strictObject({ index: z.int(), summary: ArticleSummary, known: z.boolean() })) }),
  ),
  /**
   * Whether the files that this page staged are a dataset together, and what importing it with `map` would do; null where they are none. What
   * the map does not say is proposed. `others` are the staged files from which articles are read besides.
   */
  lookAtDataset: method(
    z.strictObject({ page: Id, map: LabelMap.nullable() }),
    z.strictObject({ dataset: DatasetLook.nullable(), others: z.array(z.string()) }),
  ),
  /**
   * Imports the dataset that the staged files are, as one step of the history with the id `gesture`, and lets go of the files. The page
   * opens the workspace anew. `articles` are those that are new; `look` is null where the files wait no longer.
   */
  importDataset: method(
    z.strictObject({ page: Id, map: LabelMap.nullable(), gesture: Id }),
    z.strictObject({ look: DatasetLook.nullable(), articles: z.array(Id) }),
  ),
  /** Gives up the files that this page staged and did not import. */
  discardStaged: method(z.strictObject({ page: Id }), nothing),
  /** Where words stand in the article `only`, or in all when it is null, answered in parts: `next` is what to give as `after` for the part that follows. */
  findOccurrences: method(
    z.strictObject({
      query: z.string().min(1).max(1000),
      matchCase: z.boolean(),
      wholeWords: z.boolean(),
      only: Id.nullable(),
      after: Id.nullable(),
    }),
    z.strictObject({ hits: z.array(Occurrence), next: Id.nullable(), searched: z.int().min(0) }),
  ),
  /** How many places in all articles speak of each entity, and the own mentions without a link by their words; in parts, as findOccurrences. */
  countMentions: method(
    z.strictObject({ after: Id.nullable() }),
    z.strictObject({
      counts: z.record(Id, z.int().min(1)),
      unlinked: z.array(z.strictObject({ words: z.string(), count: z.int().min(1) })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
  /** The places that speak of an entity, whoever tagged them, or the own mentions without a link that read like `words`; in parts, as findOccurrences. */
  listMentions: method(
    z.strictObject({
      of: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('entity'), entity: Id }),
        z.strictObject({ kind: z.literal('unlinked'), words: z.string() }),
      ]),
      after: Id.nullable(),
    }),
    z.strictObject({ hits: z.array(EntityMention), next: Id.nullable(), searched: z.int().min(0) }),
  ),
  /**
   * Everybody's annotations whose text, note or speaker holds the words of `query`, by layers (none: all) and annotator (null: all); in parts,
   * as findOccurrences: `next` is the place to go on from.
   */
  searchAnnotations: method(
    z.strictObject({
      query: z.string().max(1000),
      layers: z.array(z.string()),
      annotator: Id.nullable(),
      after: z.strictObject({ article: Id, skip: z.int().min(0) }).nullable(),
    }),
    z.strictObject({
      hits: z.array(AnnotationHit),
      next: z.strictObject({ article: Id, skip: z.int().min(0) }).nullable(),
      searched: z.int().min(0),
    }),
  ),
  /** Those of these annotations that there are, whoever wrote them; what went along to a corrected version is found there. */
  readAnnotations: method(
    z.strictObject({ ends: z.array(z.strictObject({ article: Id, annotation: Id })).max(1000) }),
    z.strictObject({ found: z.array(AnnotationHit) }),
  ),
  /** The own annotations that have something to complete, in listed articles that have any, answered in parts: `next` is what to give as `after`. */
  listToComplete: method(
    z.strictObject({ after: Id.nullable() }),
    z.strictObject({
      articles: z.array(z.strictObject({ article: Id, incomplete: z.array(IncompleteAnnotation).min(1) })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
  /**
   * What the annotator's own work tells the suggester, of listed articles where it tells anything, answered in parts like `listToComplete`.
   * Only what was made and decided at `since` (ISO 8601) or later counts; null for all.
   */
  listExperience: method(
    z.strictObject({ after: Id.nullable(), since: z.iso.datetime().nullable() }),
    z.strictObject({
      articles: z.array(z.strictObject({ article: Id, experience: Experience })),
      next: Id.nullable(),
      searched: z.int().min(0),
    }),
  ),
  /** What changes of the codebook `version` would do to everybody's annotations, answered in parts like `findOccurrences`; nothing is changed. */
  previewCodebook: method(
    z.strictObject({ version: z.int().min(1), changes: z.array(CodebookChange).min(1), after: Id.nullable() }),
    z.strictObject({
      title: z.string(),
      counts: z.array(EffectCount),
      examples: z.array(
        z.strictObject({ article: Id, title: z.string(), layer: z.string(), annotator: Id, text: z.string(), words: z.array(z.string()) }),
      ),
      next: Id.nullable(),
      searched: z.int().min(0),
      of: z.int().min(0),
    }),
  ),
  /** Changes the codebook, or undoes or redoes such a step of the lead's history; `gesture` is the id that the new step gets. Every page opens the workspace anew. */
  changeCodebook: method(
    z.strictObject({
      page: Id,
      version: z.int().min(1),
      gesture: Id,
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('change'), changes: z.array(CodebookChange).min(1) }),
        z.strictObject({ kind: z.literal('undo'), of: Id }),
        z.strictObject({ kind: z.literal('redo'), of: Id }),
      ]),
    }),
    z.strictObject({ gesture: Gesture, version: z.int().min(1) }),
  ),
  /** Every version of the codebook, the first first, and who leads the project. */
  codebookVersions: method(
    nothing,
    z.strictObject({
      lead: Id,
      versions: z.array(
        z.strictObject({
          version: z.int().min(1),
          changed: z.string(),
          annotator: Id.nullable(),
          title: z.string().nullable(),
          done: z.enum(['change', 'undo', 'redo']),
          differences: z.array(z.string()),
        }),
      ),
    }),
  ),
  /** Words that annotations of a layer cover, a few of each article. */
  layerExamples: method(
    z.strictObject({ layer: z.string() }),
    z.strictObject({ examples: z.array(z.strictObject({ title: z.string(), text: z.string() })) }),
  ),
  /** What fits a query (see core/search). With problems nothing is looked for. While the index is made, `indexing` says how far, and what is there is found. */
  search: method(
    SearchInput,
    z.strictObject({
      problems: z.array(FoundProblem),
      articles: z.array(FoundArticle),
      annotations: z.array(AnnotationHit),
      totals: z.strictObject({ articles: z.int(), annotations: z.int() }),
      indexing: Indexing,
    }),
  ),
  /** Every annotation that fits, without its words, up to 20,000: for what is done to all of them. Waits until the index is up to date. */
  searchKeys: method(
    z.strictObject({ query: z.string().max(2000) }),
    z.strictObject({ problems: z.array(FoundProblem), found: z.array(FoundKey) }),
  ),
  /** How many annotations that fit a query there are by one or two dimensions, and the sum of their lengths in UTF-16 code units. */
  tally: method(
    z.strictObject({ query: z.string().max(2000), by: z.array(Dimension).max(2) }),
    z.strictObject({
      problems: z.array(FoundProblem),
      rows: z.array(z.strictObject({ keys: z.array(z.string().nullable()), count: z.int(), length: z.int() })),
      indexing: Indexing,
    }),
  ),
  /** Where words, words in all their forms, words that begin so, or mentions of an entity stand in all articles, in parts: `next` is what to give as `after` for the part that follows. */
  concordance: method(
    z.strictObject({ of: ConcordanceOf, after: Id.nullable() }),
    z.strictObject({ lines: z.array(ConcordanceLine), next: Id.nullable(), indexing: Indexing }),
  ),
  /** How many of the articles that fit a query each annotator has done, and how many they have begun and not done. */
  progress: method(
    z.strictObject({ query: z.string().max(2000) }),
    z.strictObject({
      problems: z.array(FoundProblem),
      articles: z.int(),
      rows: z.array(z.strictObject({ annotator: Id, done: z.int(), begun: z.int() })),
      indexing: Indexing,
    }),
  ),
  /**
   * How far each annotator is with each article that fits a query: `annotators` are those with work, and where there is none of both there is
   * no cell. Annotations count that fit the query too.
   */
  progressByArticle: method(
    z.strictObject({ query: z.string().max(2000) }),
    z.strictObject({
      problems: z.array(FoundProblem),
      articles: z.array(Id),
      annotators: z.array(Id),
      cells: z.array(ProgressCell),
      indexing: Indexing,
    }),
  ),
  /** What an export would hold; ends the page's preview before it. `job` is an id made for this call: `progress` events name it, `cancelJob` ends it. */
  previewExport: method(z.strictObject({ page: Id, job: Id, request: ExportRequest }), ExportPreview),
  /** Writes the dataset. On Electron the person chooses the folder; on the loopback host the page follows the one-use `ticket`. `job` as above. */
  exportDataset: method(
    z.strictObject({ page: Id, job: Id, request: ExportRequest }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('written'), place: z.string(), files: z.array(z.string()) }),
      z.strictObject({ kind: z.literal('download'), ticket: z.string(), name: z.string() }),
      z.strictObject({ kind: z.literal('cancelled') }),
    ]),
  ),
  /**
   * Backs the project up as one zip, without the texts of its articles unless `text`. The place and the ticket are as those of an export; `leftOut` and
   * `problems` are lines for the person: what lies in the project and is not in the zip, and damage of the project itself. `job` as above.
   */
  backupProject: method(
    z.strictObject({ page: Id, job: Id, text: z.boolean() }),
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('written'), place: z.string(), ...backedUp }),
      z.strictObject({ kind: z.literal('download'), ticket: z.string(), name: z.string(), ...backedUp }),
      z.strictObject({ kind: z.literal('cancelled') }),
    ]),
  ),
  /** Ends work of this page: its call fails as `cancelled` and leaves nothing. Nothing happens where it has ended. */
  cancelJob: method(z.strictObject({ page: Id, job: Id }), nothing),
  /**
   * How the dataset would be split by `options` (null: as published, or else as usual); `anew` leaves published splits aside. While `plan` is null
   * the work goes on: ask the same again, or else it ends after some seconds.
   */
  previewSplits: method(
    z.strictObject({ page: Id, options: SplitOptions.nullable(), anew: z.boolean() }),
    z.strictObject({ searched: z.int().min(0), of: z.int().min(0), plan: PlannedSplits.nullable() }),
  ),
  /**
   * Publishes the splits as they are now, in the place of those published at `instead` (null: of none); published ones stay and what came later joins
   * them, unless `anew`. Only the project's lead may.
   */
  publishSplits: method(
    z.strictObject({ page: Id, options: SplitOptions.nullable(), anew: z.boolean(), instead: z.string().nullable() }),
    PlannedSplits,
  ),
  /** Takes back the splits that were published at `published`. */
  withdrawSplits: method(z.strictObject({ page: Id, published: z.string() }), nothing),
  /** Makes this page the one that writes; the others become read-only. */
  takeOver: method(z.strictObject({ page: Id }), nothing),
  /** Adds an annotator to the project. Nobody works as them yet; see `switchAnnotator`. */
  addAnnotator: method(z.strictObject({ page: Id, name: z.string() }), Annotator),
  /** Gives the current annotator another name. */
  renameAnnotator: method(z.strictObject({ page: Id, name: z.string() }), Annotator),
  /** Works as another annotator from now on. Every page opens the workspace anew. */
  switchAnnotator: method(z.strictObject({ page: Id, annotator: Id }), nothing),
  /** What the other annotators have written, as it is on the disk now, and who there is; `others` is about `article`. */
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
  /** Reads everything from the disk again, after another program changed it. Every page opens the workspace anew. */
  reread: method(z.strictObject({ page: Id }), nothing),
  /** The conflict copies and conflict markers that other programs left in the annotators' folders. */
  listConflicts: method(z.strictObject({ page: Id }), z.strictObject({ conflicts: z.array(ConflictCopy) })),
  /** Merges those of the current annotator by record, as one step, and moves the copies to `place`. `left` names the steps that no longer fit. */
  mergeConflicts: method(
    z.strictObject({ page: Id }),
    z.strictObject({
      place: z.string().nullable(),
      gesture: Gesture.nullable(),
      left: z.array(z.strictObject({ title: z.string(), time: z.string(), reason: z.string() })),
    }),
  ),
  /** The earlier states of this project, the newest first; `damaged` counts those that cannot be read. None are kept where the host has no folder for them. */
  listEarlier: method(z.strictObject({ page: Id }), z.strictObject({ states: z.array(KeptState), damaged: z.int().min(0) })),
  /** What differs now from an earlier state in the own work. */
  compareEarlier: method(z.strictObject({ state: Id }), SinceSummary),
  /** Those differences on an article one by one, or with null those that belong to none; `more` counts what is not in the list. */
  differencesEarlier: method(
    z.strictObject({ state: Id, article: Id.nullable() }),
    z.strictObject({ differences: z.array(SinceDifference), more: z.int().min(0) }),
  ),
  /**
   * Makes the own work as it was, as one step of the history with the id `gesture`: all of it, or on `articles` and the `records` with these keys,
   * with what these need. Entities that are new stay. The page opens the workspace anew.
   */
  restoreEarlier: method(
    z.strictObject({
      page: Id,
      state: Id,
      gesture: Id,
      what: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('all') }),
        z.strictObject({ kind: z.literal('chosen'), articles: z.array(Id), records: z.array(z.string()) }),
      ]),
    }),
    z.strictObject({ gesture: Gesture.nullable() }),
  ),
  /**
   * The projects that this computer knows: `recent` those opened last, the newest first, `others` further ones in `place`, the person's folder of
   * projects. `asks` says whether the host itself asks for folders, in the system's dialog.
   */
  openHome: method(
    z.strictObject({ page: Id }),
    z.strictObject({
      recent: z.array(KnownProject),
      others: z.array(KnownProject),
      sample: z.strictObject({ key: Id, isMade: z.boolean() }),
      place: z.string(),
      asks: z.boolean(),
      settings: Settings,
      host: z.enum(['electron', 'loopback']),
      version: z.string(),
    }),
  ),
  /** Opens a project that this computer knows, by its key; the sample is made the first time. */
  openKnown: method(z.strictObject({ page: Id, project: Id }), OpenedProject),
  /** Opens the project in a folder: the one that the person chooses in the system's dialog (null), or, where there is none, the one that they typed. */
  openFolder: method(z.strictObject({ page: Id, typed: z.string().max(4096).nullable() }), OpenedProject),
  /** Makes a project and opens it: in the new folder `folder` of the person's projects, or with `elsewhere` where the system's dialog says. */
  createProject: method(
    z.strictObject({
      page: Id,
      name: z.string().min(1).max(80),
      folder: z.string().max(2 * folderNameLimit),
      elsewhere: z.boolean(),
    }),
    OpenedProject,
  ),
  /** Takes a project off the list of those opened last. The project itself stays as it is. */
  forgetProject: method(z.strictObject({ page: Id, project: Id }), nothing),
  /**
   * Takes in a piece of a backup to be restored, or of the file `file` of those that may hold its articles. `offset` is where it belongs, in bytes:
   * 0 begins the file anew, else the end of what is there. What this page sent goes when it is restored, given up or the page leaves.
   */
  sendPiece: method(
    z.strictObject({
      page: Id,
      of: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('backup') }),
        z.strictObject({ kind: z.literal('article'), file: z.int().min(0).max(99_999) }),
      ]),
      name: z.string().min(1).max(1000),
      offset: z.int().min(0),
    }),
    nothing,
    true,
  ),
  /** What the backup that this page sent holds; `lacking` are the texts that are neither in it nor in the files sent beside it. */
  lookAtBackup: method(
    z.strictObject({ page: Id, job: Id }),
    z.strictObject({ name: z.string(), files: z.int().min(0), text: z.boolean(), lacking: z.array(LackingText) }),
  ),
  /**
   * Restores that backup, all of it or nothing, in a folder as in `createProject`; null where the person changed their mind. `withoutOriginal` names
   * articles whose text was found but not the file that it came from, `problems` damage that the project had. Nothing is opened yet.
   */
  restoreBackup: method(
    z.strictObject({ page: Id, job: Id, folder: z.string().max(2 * folderNameLimit), elsewhere: z.boolean() }),
    z.strictObject({ project: Id, files: z.int().min(0), withoutOriginal: z.array(z.string()), problems: z.array(z.string()) }).nullable(),
  ),
  /** Gives up the files that this page sent to be restored. */
  discardBackup: method(z.strictObject({ page: Id }), nothing),
  /** Shows the Project home: in this page, under its key, or in a window of its own. */
  showHome: method(z.strictObject({ page: Id }), OpenedProject),
  /** This page leaves its project. The loopback host closes one that no other page shows. */
  leaveProject: method(z.strictObject({ page: Id }), nothing),
  saveSettings: method(z.strictObject({ settings: Settings }), nothing),
} as const;

export type Contract = typeof contract;
export type Method = keyof Contract;
export type Input<M extends Method> = z.input<Contract[M]['input']>;
export type Output<M extends Method> = z.output<Contract[M]['output']>;

/** What the host does for each call. `bytes` is there for the calls that take a file. */
export type Handlers = { [M in Method]: (input: z.output<Contract[M]['input']>, bytes: Uint8Array) => Promise<Output<M>> };
/** What the page sees: each call as a function that rejects with AppError. */
export type Client = { [M in Method]: (input: Input<M>, bytes?: Uint8Array) => Promise<Output<M>> };

/** Everything that the host tells the page unasked. */
export const HostEvent = z.discriminatedUnion('event', [
  /** Another page wrote this gesture. */
  z.strictObject({ event: z.literal('gesture'), page: Id, gesture: Gesture }),
  /** An article was imported, by whichever page. */
  z.strictObject({ event: z.literal('article'), summary: ArticleSummary }),
  /** Which page may write now; null when none does. */
  z.strictObject({ event: z.literal('lease'), page: Id.nullable() }),
  /** How far work of the page that hears this is; none comes for what is soon done. */
  z.strictObject({ event: z.literal('progress'), job: Id, progress: ExportProgress }),
  /** A menu item of the desktop shell was chosen: run the command with this id. */
  z.strictObject({ event: z.literal('command'), id: z.string() }),
  z.strictObject({ event: z.literal('notice'), notice: Notice }),
  /** Other programs or another page changed these articles, who there is, or the registry: read the others anew; null means everything: open the workspace anew. */
  z.strictObject({ event: z.literal('outside'), articles: z.array(Id).nullable() }),
  /** The host is about to close: everything unsaved should be sent now. */
  z.strictObject({ event: z.literal('closing') }),
]);
export type HostEvent = z.infer<typeof HostEvent>;

/** What the preload script of the desktop shell puts at `window.pressmark`; the loopback page has none and uses HTTP. */
export interface Bridge {
  call(method: string, input: unknown, bytes?: Uint8Array): Promise<Reply>;
  /** Calls `listener` for each event until the returned function is called. */
  listen(listener: (event: HostEvent) => void): () => void;
}
