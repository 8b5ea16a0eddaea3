import { createStore } from 'zustand/vanilla';
import type { Annotation } from '../../core/annotation.ts';
import type { Range } from '../../core/span.ts';

export type ViewName = 'annotate' | 'dataset';

/** A role that waits for a selection: the annotation's, and whether it adds to what fills it already. */
export interface ArmedRole {
  readonly annotation: string;
  readonly role: string;
  readonly title: string;
  readonly further: boolean;
}

/** Where the selection is on screen, in pixels of the window; for the small toolbar beside it. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly width: number;
}

/** One file of an import, as it went. */
export interface ImportOutcome {
  readonly name: string;
  readonly state: 'waiting' | 'imported' | 'known' | 'refused';
  readonly detail: string;
}

/** Words to tag wherever they stand, as what: the layer, and the attributes of the annotation that was the model, if one was. */
export interface EveryQuery {
  readonly words: string;
  readonly layer: string;
  readonly attributes: Annotation['attributes'];
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
  /** The last thing said to the person; `count` tells two equal messages apart. */
  readonly message: { readonly text: string; readonly count: number } | null;
  readonly keySheet: boolean;
  readonly articleFilter: string;
  readonly layerFilter: string | null;
  /** What “tag every occurrence” is asked for; null while its dialog is closed. */
  readonly every: EveryQuery | null;
  readonly imports: readonly ImportOutcome[] | null;
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
    message: null,
    keySheet: false,
    articleFilter: '',
    layerFilter: null,
    every: null,
    imports: null,
  }));
  return {
    store,
    set: (change: Partial<ViewState>) => store.setState(change),
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
