import type { ProblemField } from '../../core/annotations/validation.ts';
import { AppError } from '../../core/failure.ts';
import type { Annotation } from '../../core/model/annotation.ts';
import { type Codebook, type Layer, layerOf } from '../../core/model/codebook.ts';
import type { Edit } from '../../core/steps/edit.ts';
import { Refusal, type Scene } from '../../core/steps/gestures.ts';
import { acceptChanged, acceptSuggestion } from '../../core/suggestions/acceptance.ts';
import { type Range, snapToGraphemes, snapToWords } from '../../core/text/span.ts';
import { isSuggestionId, type OpenSuggestion } from '../state/article-suggestions.ts';
import { onlyShows } from '../state/only-shows.ts';
import type { Saver } from '../state/saver.ts';
import { openSuggestion } from '../state/suggestions.ts';
import type { SidePane, View, ViewState } from '../state/view-store.ts';
import { currentSet, type Workspace } from '../state/workspace.ts';
import type { WorkspaceActions } from '../state/workspace-actions.ts';

/** What actions ask of the editor. The editor puts itself here; actions know nothing of ProseMirror. Offsets are UTF-16 code units. */
export interface EditorPort {
  select(range: Range, options?: { scroll?: boolean }): void;
  scrollTo(offset: number): void;
  walkParagraph(step: 1 | -1): void;
  focus(): void;
  hasFocus(): boolean;
  /** Where the caret is on screen, in pixels of the window; for a menu. */
  caretPlace(): { readonly left: number; readonly top: number };
}

/** What actions ask of the frame around the views. */
export interface FramePort {
  focusInspector(field: 'first' | 'note' | 'entity'): void;
  /** Puts the focus into the field of the active annotation that mends a problem. */
  focusField(field: ProblemField): void;
  focusPane(step: 1 | -1): void;
  chooseFiles(): void;
  /** Shows or hides a pane: beside the text, or over it where the window is narrow. */
  togglePane(pane: SidePane): void;
}

/** The annotation that role keys and the inspector are about, with its layer. */
export interface Active {
  readonly annotation: Annotation;
  readonly layer: Layer;
}

/** What every action works with. Each file of this folder holds the actions of one subject over it. */
export interface Desk {
  readonly workspace: WorkspaceActions;
  readonly view: View;
  readonly saver: Saver;
  /** The editor on screen; null where none is. */
  editor: EditorPort | null;
  frame: FramePort | null;
  state(): Workspace;
  shown(): ViewState;
  codebook(): Codebook | undefined;
  active(): Active | null;
  /** The suggestion that is under attention; null where there is none. */
  suggestion(): OpenSuggestion | null;
  /** The layer of the annotation or suggestion under attention. */
  layer(): Layer | null;
  /** Calls `deed` with the active annotation, or says that there is none. A suggestion under attention is taken over for it first. */
  withActive(deed: (active: Active) => void): void;
  /** Runs what a person asked for; what cannot be done is said, never swallowed. */
  attempt(deed: () => unknown): void;
  /** Applies the edits that `build` gives as one undo step. */
  edit(command: string, title: string, build: (scene: Scene) => Edit[]): void;
  /** Applies the edits that `build` gives for the annotation `id`. Where that is a suggestion, it becomes an annotation in the same step. */
  change(id: string, command: string, title: string, build: (scene: Scene, id: string) => Edit[]): void;
  /** Makes an annotation of a suggestion, as one step, and puts it under attention. */
  takeOver(suggestion: OpenSuggestion): void;
  /** A selection as it is tagged: whole words, or with `exact` whole characters; null when only white space is selected. */
  snapped(range: Range, exact: boolean): Range | null;
  /** Puts the caret at `offset`. */
  collapse(offset: number): void;
}

/** The desk of one window. */
export function createDesk(workspace: WorkspaceActions, view: View, saver: Saver): Desk {
  const tell = (error: unknown) => {
    if (error instanceof Refusal) view.say(`${error.message}.`);
    else if (error instanceof AppError) {
      workspace.notify('action', error.failure);
      if (error.failure.code === 'not-saved') dismissOnceSaved();
    } else throw error;
  };
  // What it says is no longer so then; another notice may stand in its place by that time.
  const dismissOnceSaved = () => {
    const shown = (id: string) => workspace.store.getState().notices.find((notice) => notice.id === id);
    const notice = shown('action');
    if (saver.store.getState().waiting > 0) void saver.idle().then(() => shown('action') === notice && workspace.dismiss('action'));
  };
  const desk: Desk = {
    workspace,
    view,
    saver,
    editor: null,
    frame: null,
    state: () => workspace.store.getState(),
    shown: () => view.store.getState(),
    codebook: () => desk.state().opened?.codebook.codebook,
    active() {
      const annotation = currentSet(desk.state()).annotations.get(desk.shown().active ?? '');
      const codebook = desk.codebook();
      const layer = annotation && codebook && layerOf(codebook, annotation.layer);
      return annotation && layer ? { annotation, layer } : null;
    },
    suggestion() {
      const { active, listed } = desk.shown();
      if (!isSuggestionId(active) || listed === 'annotations') return null;
      return openSuggestion(desk.state(), active) ?? null;
    },
    layer() {
      const suggestion = desk.suggestion();
      const codebook = desk.codebook();
      return (suggestion && codebook ? layerOf(codebook, suggestion.layer) : desk.active()?.layer) ?? null;
    },
    withActive(deed) {
      const suggestion = desk.suggestion();
      if (suggestion) desk.takeOver(suggestion);
      const active = desk.active();
      if (active) deed(active);
      else if (!suggestion) view.say('Choose an annotation first: click it, or press . to walk to it.');
    },
    attempt(deed) {
      try {
        const outcome = deed();
        if (outcome instanceof Promise) outcome.catch(tell);
      } catch (error) {
        tell(error);
      }
    },
    edit: (command, title, build) =>
      desk.attempt(() => {
        const scene = workspace.scene();
        if (!scene) return;
        workspace.apply({ command, title, edits: build(scene) });
        // What was said before is no longer about this.
        view.set({ message: null });
      }),
    change(id, command, title, build) {
      const suggestion = openSuggestion(desk.state(), id);
      if (!suggestion) return desk.edit(command, title, (scene) => build(scene, id));
      desk.attempt(() => {
        const scene = workspace.scene();
        if (!scene) return;
        const made = acceptChanged(scene, suggestion, build);
        workspace.apply({ command, title, edits: made.edits });
        view.set(desk.shown().active === id ? { active: made.id, message: null } : { message: null });
      });
    },
    takeOver: (suggestion) =>
      desk.attempt(() => {
        if (!desk.state().writable) return view.say(onlyShows(desk.state()));
        const scene = workspace.scene();
        if (!scene) return;
        const { id, edits } = acceptSuggestion(scene, suggestion);
        workspace.apply({ command: 'suggestion.edit', title: 'Take a suggestion over', edits });
        view.set({ active: id, message: null });
      }),
    snapped(range, exact) {
      const text = desk.state().article?.text ?? '';
      return exact ? snapToGraphemes(text, range) : snapToWords(text, range);
    },
    collapse: (offset) => desk.editor?.select({ start: offset, end: offset }),
  };
  return desk;
}
