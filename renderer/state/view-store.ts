import { createStore } from 'zustand/vanilla';
import type { AnnotationHit } from '../../core/annotations/hits.ts';
import type { Place } from '../../core/annotations/relations.ts';
import type { CodebookChange } from '../../core/codebook/codebook-change.ts';
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

export type ViewName = 'annotate' | 'dataset' | 'registry' | 'codebook' | 'search' | 'statistics' | 'concordance' | 'agreement';

/** A role that waits for a selection: the annotation's, and whether it adds to what fills it already. */
export interface ArmedRole {
  readonly annotation: string;
  readonly role: string;
  readonly title: string;
  readonly further: boolean;
  /** Set where the words of a quantity are waited for instead. */
  readonly quantity?: { readonly attribute: string; readonly index: number };
}

/** What the entity picker is open for: a mention in a role, or with null the role itself; and whether the focus came from the text. */
export interface PickedLink {
  readonly annotation: string;
  readonly role: string;
  readonly mention: string | null;
  readonly isFromText: boolean;
}

/** A relation that waits for its other end, which is picked in the text; `candidate` is the annotation that Enter would pick. */
export interface ArmedRelation {
  readonly annotation: string;
  readonly type: string;
  readonly place: Place;
  readonly title: string;
  /** The layers that the other end may have. */
  readonly layers: readonly string[];
  readonly candidate: string | null;
}

/** The dialog in which an annotation of the article on screen is related: what was chosen so far, and why it could not be done as it is. */
export interface Relating {
  readonly annotation: string;
  readonly type: string | null;
  readonly place: Place;
  readonly other: AnnotationHit | null;
  /** `needsReason` says that a reason would do. */
  readonly obstacle: { readonly words: string; readonly needsReason: boolean } | null;
}

/** Boundary mode: the fragments as they stand on screen, which of them is worked on, and which of its ends was moved last. */
export interface BoundaryMode {
  readonly annotation: string;
  readonly spans: readonly Range[];
  readonly fragment: number;
  readonly edge: 'start' | 'end';
}

/** Finding in the article: what is sought and how, where it stands, and which of the matches is the one in turn (-1: none). */
export interface FindState {
  readonly query: string;
  readonly matchCase: boolean;
  readonly wholeWords: boolean;
  readonly matches: readonly Range[];
  readonly current: number;
  /** Counts how often the bar was asked for, so that asking again takes the focus there. */
  readonly asked: number;
}

/** Where the selection is on screen, in pixels of the window; for the small toolbar beside it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

/** Words to tag wherever they stand, as what: the layer, and the attributes of the annotation that was the model, if one was. */
export interface EveryQuery {
  readonly words: string;
  readonly layer: string;
  readonly attributes: Annotation['attributes'];
}

/** The own annotations of an article, what is suggested for it, or both. */
export type Listed = 'both' | 'annotations' | 'suggestions';

/** The panes beside the text. */
export type SidePane = 'articles' | 'side';

/** A part of the codebook. */
export type CodebookChoice =
  | { readonly kind: 'layer'; readonly id: string }
  | { readonly kind: 'relation'; readonly id: string }
  | { readonly kind: 'entity-types' }
  | { readonly kind: 'history' };

/** What the Search view shows: the query, what of its answers in which order, and the row that was opened last. */
export interface SearchState {
  readonly query: string;
  readonly what: 'annotations' | 'articles';
  readonly order: FoundOrder;
  readonly chosen: string | null;
}

/** What the Statistics view shows: the query that all of it is about, and the attribute (`LAYER.attribute`) whose values are counted; null for the first. */
export interface StatisticsState {
  readonly query: string;
  readonly attribute: string | null;
}

/** What the Concordance view shows: what was typed and as what it is sought, the entity where several are called so, the order, and the line opened last. */
export interface ConcordanceState {
  readonly words: string;
  readonly kind: ConcordanceOf['kind'];
  readonly entity: string | null;
  readonly order: ConcordanceOrder;
  readonly chosen: string | null;
}

/** Which cases of an article are listed: those without a decision, those that annotators differ in, or all. */
export type ListedCases = 'to_decide' | 'differences' | 'all';

/** What the Agreement view shows: the article whose cases are looked at, null for the figures of all; which of them; and the case in turn. */
export interface AgreementState {
  readonly article: string | null;
  readonly listed: ListedCases;
  readonly chosen: string | null;
}

/** What this window shows: nothing here is part of the project. Offsets are UTF-16 code units. */
export interface ViewState {
  readonly view: ViewName;
  /** The annotation that role keys and the inspector are about. */
  readonly active: string | null;
  readonly hovered: string | null;
  /** The attribute whose field has the focus in the inspector: digits set it. */
  readonly attribute: string | null;
  readonly selection: { readonly anchor: number; readonly head: number };
  /** Set while text is selected. */
  readonly selectionBox: Box | null;
  readonly armed: ArmedRole | null;
  /** The role that was filled from the text last, and of which annotation. */
  readonly lastRole: { readonly annotation: string; readonly role: string } | null;
  /** Null while no entity is picked. */
  readonly linking: PickedLink | null;
  readonly armedRelation: ArmedRelation | null;
  /** Null while the dialog is closed. */
  readonly relating: Relating | null;
  readonly boundary: BoundaryMode | null;
  /** Null while the find bar is closed. */
  readonly find: FindState | null;
  /** Where the context menu is open, in pixels of the window, and what it is about. */
  readonly contextMenu: { readonly left: number; readonly top: number; readonly about: 'selection' | 'annotation' } | null;
  /** The last thing said to the person; `count` tells two equal messages apart. */
  readonly message: { readonly text: string; readonly count: number } | null;
  readonly keySheet: boolean;
  readonly articleFilter: string;
  /** What the list of the article shows and the keys walk; with annotations alone no suggestion is drawn either. */
  readonly listed: Listed;
  readonly annotationFilter: AnnotationFilter;
  readonly annotationSort: AnnotationSort;
  /** Whether the fields to filter and sort annotations with are shown. */
  readonly filtersOpen: boolean;
  /** The pane that lies over the text, where the window is too narrow to have it beside. */
  readonly drawer: SidePane | null;
  /** The list of steps while it is open, with why the last way back or forth stopped; null while it is closed. */
  readonly history: { readonly problem: string | null } | null;
  readonly settingsSheet: boolean;
  /** The step of the tour that is shown, from 0; null when it is not. */
  readonly tour: number | null;
  /** What “tag every occurrence” is asked for; null while its dialog is closed. */
  readonly every: EveryQuery | null;
  /** Which suggestions are about to be accepted at once: of one family, or with null of all; null while the dialog is closed. */
  readonly acceptAll: { readonly family: SuggestionFamily | null } | null;
  /** The other annotators whose work is shown beside the own. */
  readonly shownOthers: readonly string[];
  /** Whether the own annotations are left out of the text, all but the active one. */
  readonly ownHidden: boolean;
  /** Whether a new annotator, one who adjudicates, or another name is asked for. */
  readonly annotatorDialog: 'add' | 'adjudicator' | 'rename' | null;
  /** Whether the list of what is to complete is open, and which of it was shown last. */
  readonly toComplete: boolean;
  readonly problem: string | null;
  /** Whether the rules of suggestions are shown, with what was learned. */
  readonly suggestionRules: boolean;
  /** Whether the second versions of files are shown. */
  readonly conflicts: boolean;
  /** Whether the dialog of backups is open. */
  readonly backup: boolean;
  /** Whether the earlier states are shown. */
  readonly earlier: boolean;
  readonly imports: readonly ImportOutcome[] | null;
  /** The files that are looked at before they are imported; null while there are none. */
  readonly importPreview: ImportPreview | null;
  /** The dataset that is looked at before it is imported; null while there is none. */
  readonly datasetPreview: DatasetPreview | null;
  /** What is wanted of the dataset. */
  readonly dataset: DatasetChoice;
  /** The export that is under way, or what came of the last; null where there is nothing to tell. */
  readonly exporting: Exporting | null;
  /** The article whose details, removal or replacement is on screen; null while that dialog is closed. */
  readonly articleDialog: { readonly article: string; readonly part: 'details' | 'remove' | 'replace' } | null;
  /** Whether the details of all articles are shown as a table to take out and bring in. */
  readonly articleTable: boolean;
  /** What the codebook's view shows in the middle; null for its first layer. */
  readonly codebookChoice: CodebookChoice | null;
  /** The changes of the codebook that are gathered and not made yet. */
  readonly codebookChanges: readonly CodebookChange[];
  /** Whether the guidelines of the active annotation's layer are shown beside the inspector. */
  readonly guidelines: boolean;
  /** The entry that the registry view shows, or with `?` before them the words of mentions without a link; null for none. */
  readonly registryChoice: string | null;
  /** The field for everything with what stands in it at first; null while it is closed. */
  readonly palette: { readonly query: string } | null;
  readonly search: SearchState;
  readonly statistics: StatisticsState;
  readonly concordance: ConcordanceState;
  readonly agreement: AgreementState;
  /** The views that what is on screen was opened from, the last one last, so that there is a way back to them. */
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
    wayBack: [],
  }));
  return {
    store,
    set: (change: Partial<ViewState>) => {
      // Everybody who reads the view is asked at each change: one that changes nothing is none.
      const now = store.getState();
      if (Object.entries(change).some(([name, value]) => !Object.is(value, now[name as keyof ViewState]))) store.setState(change);
    },
    /** Says something in the status line and to screen readers. */
    say: (text: string) => store.setState(({ message }) => ({ message: { text, count: (message?.count ?? 0) + 1 } })),
  };
}

export type View = ReturnType<typeof createView>;

/** The selected run of text, or null when there is only a caret. */
export function selectedRange({ selection }: Pick<ViewState, 'selection'>): Range | null {
  const start = Math.min(selection.anchor, selection.head);
  const end = Math.max(selection.anchor, selection.head);
  return start < end ? { start, end } : null;
}
