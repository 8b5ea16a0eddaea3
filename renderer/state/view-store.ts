import { createStore } from 'zustand/vanilla';
import type { AnnotationHit } from '../../core/annotations/hits.ts';
import type { Place } from '../../core/annotations/relations.ts';
import type { CodebookChange } from '../../core/codebook/codebook-change.ts';
import type { Meaning } from '../../core/comparison/meanings.ts';
import type { Annotation } from '../../core/model/annotation.ts';
import type { FoundOrder } from '../../core/search/calls.ts';
import type { ConcordanceOf, ConcordanceOrder } from '../../core/search/concordance.ts';
import type { SuggestionFamily } from '../../core/suggestions/choice.ts';
import type { Range } from '../../core/text/span.ts';
import { type AnnotationFilter, type AnnotationSort, noFilter } from './annotation-rows.ts';
import { type DatasetChoice, type Exporting, wholeDataset } from './dataset-choice.ts';
import type { DatasetPreview } from './dataset-preview.ts';
import type { ImportOutcome } from './import-outcome.ts';
import type { ImportPreview } from './import-preview.ts';

export type ViewName = 'annotate' | 'dataset' | 'registry' | 'codebook' | 'search' | 'statistics' | 'concordance' | 'agreement' | 'compare';

/** A role waiting for a selection. `further` means that the selection is added to the current fillers. */
export interface ArmedRole {
  readonly annotation: string;
  readonly role: string;
  readonly title: string;
  readonly further: boolean;
  /** Set if the words of a quantity are expected instead. */
  readonly quantity?: { readonly attribute: string; readonly index: number };
}

/**
 * What the entity picker is open for: a mention in a role, or if `mention` is null the role itself. `isFromText` says whether the focus was in the
 * text.
 */
export interface PickedLink {
  readonly annotation: string;
  readonly role: string;
  readonly mention: string | null;
  readonly isFromText: boolean;
}

/** A relation waiting for its other end, which is picked in the text. `candidate` is the annotation that Enter would pick. */
export interface ArmedRelation {
  readonly annotation: string;
  readonly type: string;
  readonly place: Place;
  readonly title: string;
  /** The layers that the other end may have. */
  readonly layers: readonly string[];
  readonly candidate: string | null;
}

/** The dialog for relating an annotation of the article on screen: what was chosen so far, and why it could not be done as chosen. */
export interface Relating {
  readonly annotation: string;
  readonly type: string | null;
  readonly place: Place;
  readonly other: AnnotationHit | null;
  /** `needsReason` means that giving a reason would be enough. */
  readonly obstacle: { readonly words: string; readonly needsReason: boolean } | null;
}

/** Boundary mode: the fragments as they are on screen, which one is being changed, and which of its ends moved last. */
export interface BoundaryMode {
  readonly annotation: string;
  readonly spans: readonly Range[];
  readonly fragment: number;
  readonly edge: 'start' | 'end';
}

/** Find in article: what to find and how, where it occurs, and the index of the current match (-1: none). */
export interface FindState {
  readonly query: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
  readonly matches: readonly Range[];
  readonly current: number;
  /** Counts how often the bar was requested, so that requesting it again moves the focus there. */
  readonly asked: number;
}

/** Where the selection is on screen, in pixels of the window. Positions the small toolbar next to it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

/** Words to tag at every occurrence: with which layer, and with which attributes, taken from the annotation used as a model, if any. */
export interface EveryQuery {
  readonly words: string;
  readonly layer: string;
  readonly attributes: Annotation['attributes'];
}

/** The annotator's own annotations on an article, its suggestions, or both. */
export type Listed = 'both' | 'annotations' | 'suggestions';

/** The panes next to the text. */
export type SidePane = 'articles' | 'side';

/** A part of the codebook. */
export type CodebookChoice =
  | { readonly kind: 'layer'; readonly id: string }
  | { readonly kind: 'relation'; readonly id: string }
  | { readonly kind: 'entity-types' }
  | { readonly kind: 'history' };

/** What the Search view shows: the query, which kind of results in which order, and the row opened last. */
export interface SearchState {
  readonly query: string;
  readonly what: 'annotations' | 'articles';
  readonly order: FoundOrder;
  readonly chosen: string | null;
}

/**
 * What the Statistics view shows: the query that restricts it, and the attribute (`LAYER.attribute`) whose values are counted; null for the first
 * one.
 */
export interface StatisticsState {
  readonly query: string;
  readonly attribute: string | null;
}

/**
 * What the Concordance view shows: the words and how to search for them, the entity if several have that name, the order, and the line opened
 * last.
 */
export interface ConcordanceState {
  readonly words: string;
  readonly kind: ConcordanceOf['kind'];
  readonly entity: string | null;
  readonly order: ConcordanceOrder;
  readonly chosen: string | null;
}

/** Which cases of an article are listed: those without a decision, those on which annotators differ, or all. */
export type ListedCases = 'to_decide' | 'differences' | 'all';

/** What the Agreement view shows: the article whose cases are listed (null: the figures for all articles), which cases, and the current one. */
export interface AgreementState {
  readonly article: string | null;
  readonly listed: ListedCases;
  readonly chosen: string | null;
}

/** Which articles are compared: those that name an event of the registry, those that were ticked, or all. */
export type ComparedArticles = { readonly kind: 'event'; readonly event: string } | { readonly kind: 'ticked' } | { readonly kind: 'all' };

/**
 * What the Compare view shows: of which articles (null: of the event that most of them name), which ones are ticked, whether rows of a single article too,
 * the current cell (a row is named by its first annotation; null is the head), the current candidate followed by those to go on with once it is judged, each by its two annotations,
 * what can be said of it, and where the keys go.
 */
export interface CompareState {
  readonly of: ComparedArticles | null;
  readonly ticked: readonly string[];
  readonly rows: 'shared' | 'all';
  readonly cell: { readonly row: string | null; readonly article: string | null } | null;
  readonly candidates: readonly string[];
  readonly sayable: readonly Meaning[];
  readonly focus: 'table' | 'candidates' | null;
}

/** What this window shows. Nothing here is part of the project. Offsets are UTF-16 code units. */
export interface ViewState {
  readonly view: ViewName;
  /** The annotation to which role keys and the inspector apply. */
  readonly active: string | null;
  readonly hovered: string | null;
  /** The attribute whose field has the focus in the inspector. Digits set its value. */
  readonly attribute: string | null;
  readonly selection: { readonly anchor: number; readonly head: number };
  /** Set while text is selected. */
  readonly selectionBox: Box | null;
  readonly armed: ArmedRole | null;
  /** The role that was last filled from the text, and its annotation. */
  readonly lastRole: { readonly annotation: string; readonly role: string } | null;
  /** Null while the entity picker is closed. */
  readonly linking: PickedLink | null;
  readonly armedRelation: ArmedRelation | null;
  /** Null while the dialog is closed. */
  readonly relating: Relating | null;
  readonly boundary: BoundaryMode | null;
  /** Null while the find bar is closed. */
  readonly find: FindState | null;
  /** Where the context menu is open, in pixels of the window, and what it is about. */
  readonly contextMenu: { readonly left: number; readonly top: number; readonly about: 'selection' | 'annotation' } | null;
  /** The last message to the user. `count` distinguishes two equal messages. */
  readonly message: { readonly text: string; readonly count: number } | null;
  readonly keySheet: boolean;
  readonly articleFilter: string;
  /** What the list of the article shows and the keys walk through. With `annotations`, suggestions are not drawn in the text either. */
  readonly listed: Listed;
  readonly annotationFilter: AnnotationFilter;
  readonly annotationSort: AnnotationSort;
  /** Whether the fields for filtering and sorting annotations are shown. */
  readonly filtersOpen: boolean;
  /** The pane that covers the text, if the window is too narrow to show it next to the text. */
  readonly drawer: SidePane | null;
  /** The open list of steps, with why the last undo or redo stopped; null while it is closed. */
  readonly history: { readonly problem: string | null } | null;
  readonly settingsSheet: boolean;
  /** The current step of the tour, from 0; null if it is not shown. */
  readonly tour: number | null;
  /** What to tag at every occurrence; null while the dialog is closed. */
  readonly every: EveryQuery | null;
  /** Which suggestions are about to be accepted at once: those of one family, or all if that is null. Null while the dialog is closed. */
  readonly acceptAll: { readonly family: SuggestionFamily | null } | null;
  /** The other annotators whose work is shown next to the annotator's own. */
  readonly shownOthers: readonly string[];
  /** Whether the annotator's own annotations are hidden in the text, except the active one. */
  readonly ownHidden: boolean;
  /** Whether a dialog asks for a new annotator, a new adjudicator or another name. */
  readonly annotatorDialog: 'add' | 'adjudicator' | 'rename' | null;
  /** Whether the list of what needs completing is open, and which item was shown last. */
  readonly toComplete: boolean;
  readonly problem: string | null;
  /** Whether the rules of suggestions and what was learned are shown. */
  readonly suggestionRules: boolean;
  /** Whether the conflict copies of files are shown. */
  readonly conflicts: boolean;
  /** Whether the dialog of backups is open. */
  readonly backup: boolean;
  /** Whether the earlier states are shown. */
  readonly earlier: boolean;
  readonly imports: readonly ImportOutcome[] | null;
  /** The files being previewed before import; null if there are none. */
  readonly importPreview: ImportPreview | null;
  /** The dataset being previewed before import; null if there is none. */
  readonly datasetPreview: DatasetPreview | null;
  /** What to include in the dataset. */
  readonly dataset: DatasetChoice;
  /** The export that is running, or the outcome of the last one; null if there is nothing to show. */
  readonly exporting: Exporting | null;
  /** The article whose details, removal or replacement the dialog is about; null while the dialog is closed. */
  readonly articleDialog: { readonly article: string; readonly part: 'details' | 'remove' | 'replace' | 'carry' } | null;
  /** Whether the table for exporting and importing the details of all articles is shown. */
  readonly articleTable: boolean;
  /** What the Codebook view shows in the middle; null for the first layer. */
  readonly codebookChoice: CodebookChoice | null;
  /** Codebook changes that are collected but not made yet. */
  readonly codebookChanges: readonly CodebookChange[];
  /** Whether the guidelines for the layer of the active annotation are shown next to the inspector. */
  readonly guidelines: boolean;
  /** The entry that the Registry view shows, or `?` followed by the words of unlinked mentions. Null for none. */
  readonly registryChoice: string | null;
  /** The open palette with its initial text; null while it is closed. */
  readonly palette: { readonly query: string } | null;
  readonly search: SearchState;
  readonly statistics: StatisticsState;
  readonly concordance: ConcordanceState;
  readonly agreement: AgreementState;
  readonly compare: CompareState;
  /** The views from which the current one was opened, the most recent last, so that the user can go back. */
  readonly wayBack: readonly ViewName[];
}

/** The view of one window. */
export function createView() {
  const store = createStore<ViewState>(() => ({
    view: 'annotate',
    active: null,
    hovered: null,
    attribute: null,
    selection: { anchor: 0, head: 0 },
    selectionBox: null,
    armed: null,
    lastRole: null,
    linking: null,
    armedRelation: null,
    relating: null,
    boundary: null,
    find: null,
    contextMenu: null,
    message: null,
    keySheet: false,
    articleFilter: '',
    listed: 'both',
    annotationFilter: noFilter,
    annotationSort: 'reading',
    filtersOpen: false,
    drawer: null,
    history: null,
    settingsSheet: false,
    tour: null,
    every: null,
    acceptAll: null,
    shownOthers: [],
    ownHidden: false,
    annotatorDialog: null,
    toComplete: false,
    problem: null,
    suggestionRules: false,
    conflicts: false,
    backup: false,
    earlier: false,
    imports: null,
    importPreview: null,
    datasetPreview: null,
    dataset: wholeDataset,
    exporting: null,
    articleDialog: null,
    articleTable: false,
    codebookChoice: null,
    codebookChanges: [],
    guidelines: false,
    registryChoice: null,
    palette: null,
    search: { query: '', what: 'annotations', order: 'article', chosen: null },
    statistics: { query: '', attribute: null },
    concordance: { words: '', kind: 'words', entity: null, order: 'article', chosen: null },
    agreement: { article: null, listed: 'to_decide', chosen: null },
    compare: { of: null, ticked: [], rows: 'shared', cell: null, candidates: [], sayable: [], focus: null },
    wayBack: [],
  }));
  return {
    store,
    set: (change: Partial<ViewState>) => {
      // Every subscriber is called on each change, so changes that change nothing are skipped.
      const now = store.getState();
      if (Object.entries(change).some(([name, value]) => !Object.is(value, now[name as keyof ViewState]))) store.setState(change);
    },
    /** Says something in the status line and to screen readers. */
    say: (text: string) => store.setState(({ message }) => ({ message: { text, count: (message?.count ?? 0) + 1 } })),
  };
}

export type View = ReturnType<typeof createView>;

/** What is set when another article opens: nothing of it is active, pointed at, or waiting for something. */
export const nothingActive = {
  ...{ active: null, hovered: null, attribute: null, armed: null, armedRelation: null, linking: null, selectionBox: null },
} as const satisfies Partial<ViewState>;

/** The selected range of the text, or null if there is only a caret. */
export function selectedRange({ selection }: Pick<ViewState, 'selection'>): Range | null {
  const start = Math.min(selection.anchor, selection.head);
  const end = Math.max(selection.anchor, selection.head);
  return start < end ? { start, end } : null;
}
