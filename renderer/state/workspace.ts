import type { StoreApi } from 'zustand/vanilla';
import type { ArticleSummary } from '../../core/contract/workspace.ts';
import type { Output } from '../../core/contract.ts';
import type { Failure, Notice } from '../../core/failure.ts';
import { type AnnotationSet, countsByLayer, emptySet, type Relation, statusOf } from '../../core/model/annotation.ts';
import type { Article } from '../../core/model/article.ts';
import type { Registry } from '../../core/model/entity.ts';
import { defaultSettings, type Settings } from '../../core/settings.ts';
import { emptyWork, type Work } from '../../core/steps/edit.ts';
import { emptyHistory, type History } from '../../core/steps/history.ts';
import { type ArticleSuggestions, noSuggestions } from './article-suggestions.ts';

/** The project as this page holds it. `work` is the annotator's own, with the sets of the articles opened so far. */
export interface Workspace {
  /** `home` if no project is open and the Project home is shown. */
  readonly phase: 'opening' | 'ready' | 'failed' | 'home';
  readonly failure: Failure | null;
  readonly opened: Output<'openWorkspace'> | null;
  /** The listed articles, as all annotators together know them. */
  readonly articles: readonly ArticleSummary[];
  /** Every article as imported, including those that were removed or superseded or whose import was undone. */
  readonly imported: readonly ArticleSummary[];
  readonly work: Work;
  readonly registry: Registry;
  /** What the other annotators wrote on the articles opened so far, by article. Read-only. */
  readonly others: ReadonlyMap<string, readonly OthersWork[]>;
  readonly history: History;
  /** The article on screen; null while the first one opens, or if there is none. */
  readonly article: Article | null;
  /** The article being opened, if that takes a while. */
  readonly opening: string | null;
  readonly notices: readonly Notice[];
  readonly writable: boolean;
  /** Whether the host responds; always true on the desktop. */
  readonly reached: boolean;
  readonly settings: Settings;
  /** What the rules suggest for the article on screen. Not part of the project. */
  readonly suggestions: ArticleSuggestions;
}

/** What one other annotator wrote on one article, with their links across articles that end there, by id. */
export interface OthersWork {
  readonly annotator: string;
  readonly set: AnnotationSet;
  readonly links: ReadonlyMap<string, Relation>;
}

export type WorkspaceStore = StoreApi<Workspace>;

/** The workspace of a page that has not opened its project yet. */
export const unopened: Workspace = {
  phase: 'opening',
  failure: null,
  opened: null,
  articles: [],
  imported: [],
  work: emptyWork,
  registry: new Map(),
  others: new Map(),
  history: emptyHistory,
  article: null,
  opening: null,
  notices: [],
  writable: false,
  reached: true,
  settings: defaultSettings,
  suggestions: noSuggestions,
};

/** The set of the article on screen, or an empty one. */
export function currentSet(state: Workspace): AnnotationSet {
  return (state.article && state.work.sets.get(state.article.meta.id)) ?? noSet;
}
const noSet = emptySet('none');

/** The current status and counts of an article: from its set if it is loaded, otherwise as reported by the host. */
export function progressOf(state: Workspace, summary: ArticleSummary): Pick<ArticleSummary, 'status' | 'counts'> {
  const set = state.work.sets.get(summary.meta.id);
  if (!set) return summary;
  const known = progress.get(set);
  if (known) return known;
  const fresh = { status: statusOf(set), counts: countsByLayer(set) };
  progress.set(set, fresh);
  return fresh;
}
const progress = new WeakMap<AnnotationSet, Pick<ArticleSummary, 'status' | 'counts'>>();
