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

/** What actions need from the editor. The editor registers itself here; actions do not depend on ProseMirror. Offsets are UTF-16 code units. */
export interface EditorPort {
  select(range: Range, options?: { scroll?: boolean }): void;
  scrollTo(offset: number): void;
  walkParagraph(step: 1 | -1): void;
  focus(): void;
  hasFocus(): boolean;
  /** Where the caret is on screen, in pixels of the window. Positions a menu. */
  caretPlace(): { readonly left: number; readonly top: number };
}

/** What actions need from the frame around the views. */
export interface FramePort {
  focusInspector(field: 'first' | 'note' | 'entity'): void;
  /** Focuses the field of the active annotation in which a problem can be solved. */
  focusField(field: ProblemField): void;
  focusPane(step: 1 | -1): void;
  chooseFiles(): void;
  /** Shows or hides a pane: next to the text, or over it if the window is narrow. */
  togglePane(pane: SidePane): void;
}

/** The annotation to which role keys and the inspector apply, with its layer. */
export interface Active {
  readonly annotation: Annotation;
  readonly layer: Layer;
}

/** What every action works with. Each file in this folder holds the actions for one subject. */
export interface Desk {
  readonly workspace: WorkspaceActions;
  readonly view: View;
  readonly saver: Saver;
  /** The editor on screen; null if there is none. */
  editor: EditorPort | null;
  frame: FramePort | null;
  state(): Workspace;
  shown(): ViewState;
  codebook(): Codebook | undefined;
  active(): Active | null;
  /** The active suggestion; null if there is none. */
  suggestion(): OpenSuggestion | null;
  /** The layer of the active annotation or suggestion. */
  layer(): Layer | null;
  /** Calls `deed` with the active annotation, or says that there is none. An active suggestion is turned into an annotation first. */
  withActive(deed: (active: Active) => void): void;
  /** Runs something the user asked for. If it fails, the user is told; errors are never swallowed. */
  attempt(deed: () => unknown): void;
  /** Applies the edits that `build` returns as one undo step. */
  edit(command: string, title: string, build: (scene: Scene) => Edit[]): void;
  /** Applies the edits that `build` returns for the annotation `id`. If it is a suggestion, it becomes an annotation in the same step. */
  change(id: string, command: string, title: string, build: (scene: Scene, id: string) => Edit[]): void;
  /** Turns a suggestion into an annotation, as one step, and makes it active. */
  takeOver(suggestion: OpenSuggestion): void;
  /** A selection as it will be tagged: whole words, or with `exact` whole characters. Null if only white space is selected. */
  snapped(range: Range, exact: boolean): Range | null;
  /** Moves the caret to `offset`. */
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
  // Once everything is saved, the notice is outdated. By then another notice may have replaced it, which must stay.
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
        // The previous message no longer applies.
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
