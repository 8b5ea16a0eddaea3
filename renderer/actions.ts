import { type Annotation, type AttributeValue, byReadingOrder, type RoleFiller } from '../core/annotation.ts';
import { type Attribute, fillersOf, type Layer, layerOf, openFields } from '../core/codebook.ts';
import { type CodebookCommand, type Command, commandsOf, type FixedCommandId, fixedCommands } from '../core/commands.ts';
import { AppError } from '../core/contract.ts';
import type { Edit } from '../core/edit.ts';
import * as gestures from '../core/gestures.ts';
import { type Range, type Span, snapToGraphemes, snapToWords } from '../core/span.ts';
import type { Saver } from './state/saver.ts';
import { type ArmedRole, selectedRange, type View } from './state/view-store.ts';
import { currentSet, type WorkspaceActions } from './state/workspace.ts';

/** What actions ask of the editor. The editor puts itself here; actions know nothing of ProseMirror. */
export interface EditorPort {
  select(range: Range, options?: { scroll?: boolean }): void;
  scrollTo(offset: number): void;
  walkParagraph(step: 1 | -1): void;
  focus(): void;
}

/** What actions ask of the frame around the views. */
export interface FramePort {
  focusInspector(field: 'first' | 'note'): void;
  focusPane(step: 1 | -1): void;
  chooseFiles(): void;
}

/** Everything that a person can do in a window, each as a function; and `run` and `enabled` for every command of the table. */
export function createActions(workspace: WorkspaceActions, view: View, saver: Saver) {
  let editor: EditorPort | null = null;
  let frame: FramePort | null = null;
  // The annotations under the last click: a further click there goes on to the next larger.
  let pickedPlace = '';
  const state = () => workspace.store.getState();
  const shown = () => view.store.getState();
  const codebook = () => state().opened?.codebook.codebook;

  const active = (): { annotation: Annotation; layer: Layer } | null => {
    const annotation = currentSet(state()).annotations.get(shown().active ?? '');
    const book = codebook();
    const layer = annotation && book && layerOf(book, annotation.layer);
    return annotation && layer ? { annotation, layer } : null;
  };

  /** Runs something that a person asked for; what cannot be done is said, never swallowed. */
  const attempt = (deed: () => unknown): void => {
    const tell = (error: unknown) => {
      if (error instanceof gestures.Refusal) view.say(`${error.message}.`);
      else if (error instanceof AppError) workspace.notify('action', error.failure);
      else throw error;
    };
    try {
      const outcome = deed();
      if (outcome instanceof Promise) outcome.catch(tell);
    } catch (error) {
      tell(error);
    }
  };

  const edit = (command: string, title: string, build: (scene: gestures.Scene) => Edit[]): void =>
    attempt(() => {
      const scene = workspace.scene();
      if (scene) workspace.apply({ command, title, edits: build(scene) });
    });

  const snapped = (range: Range, exact: boolean): Range | null => {
    const text = state().article?.text ?? '';
    return exact ? snapToGraphemes(text, range) : snapToWords(text, range);
  };

  const collapse = (offset: number) => editor?.select({ start: offset, end: offset });

  const activate = (id: string | null, options: { scroll?: boolean } = {}): void => {
    view.set({ active: id, attribute: null, armed: null });
    const annotation = currentSet(state()).annotations.get(id ?? '');
    if (annotation && options.scroll) {
      const start = (annotation.spans[0] as Span).start;
      collapse(start);
      editor?.scrollTo(start);
    }
  };

  const tag = (layerId: string, exact: boolean): void => {
    const selected = selectedRange(shown());
    const range = selected && snapped(selected, exact);
    if (!range) return view.say('Select the words to tag first.');
    attempt(() => {
      const scene = workspace.scene();
      if (!scene) return;
      const { id, edits } = gestures.tag(scene, layerId, [range]);
      const title = layerOf(scene.codebook, layerId)?.title.toLowerCase() ?? layerId;
      workspace.apply({ command: `tag.${layerId}`, title: `Tag ${title}`, edits });
      activate(id);
      // With the caret behind it, a role key now waits for a selection instead of taking the quote itself.
      collapse(range.end);
    });
  };

  const fill = (armed: ArmedRole, selected: Range): void => {
    const range = snapped(selected, false);
    if (!range) return view.say('Select the words that fill the role.');
    edit(`role.${armed.role}`, `Set ${armed.title.toLowerCase()}`, (scene) =>
      gestures.fillRole(scene, armed.annotation, armed.role, range, armed.further),
    );
    view.set({ armed: null });
    collapse(range.end);
    editor?.focus();
  };

  const arm = (role: string, further: boolean): void => {
    const current = active();
    const found = current?.layer.roles.find(({ name }) => name === role);
    if (!current || !found) return;
    const armed: ArmedRole = { annotation: current.annotation.id, role, title: found.title, further };
    const selected = selectedRange(shown());
    if (selected) return fill(armed, selected);
    view.set({ armed });
    view.say(`Select the ${found.title.toLowerCase()} in the text, then press Enter. Escape cancels.`);
    editor?.focus();
  };

  const pressRole = (key: string, further: boolean): void => {
    const current = active();
    if (!current) return view.say('Choose an annotation first: click it, or press . to walk to it.');
    const role = current.layer.roles.find((candidate) => candidate.key === key);
    if (!role) return view.say(`A ${current.layer.title.toLowerCase()} has no such role.`);
    arm(role.name, further);
  };

  const setAttribute = (name: string, value: AttributeValue | null): void => {
    const current = active();
    if (!current || current.annotation.attributes[name] === (value ?? undefined)) return;
    const title = current.layer.attributes.find((attribute) => attribute.name === name)?.title ?? name;
    edit('annotation.attribute', `Set ${title.toLowerCase()}`, (scene) => gestures.setAttribute(scene, current.annotation.id, name, value));
  };

  /** The attribute that digits set now: the one in focus, else the first required one without a value, else the first enumeration. */
  const digitAttribute = (): Extract<Attribute, { type: 'enum' }> | null => {
    const current = active();
    if (!current) return null;
    const isEnum = (attribute: Attribute | undefined) => (attribute?.type === 'enum' ? attribute : null);
    const open = openFields(current.layer, current.annotation).attributes.find(({ type }) => type === 'enum');
    const focused = current.layer.attributes.find(({ name }) => name === shown().attribute);
    return isEnum(focused) ?? isEnum(open) ?? isEnum(current.layer.attributes.find(({ type }) => type === 'enum'));
  };

  const pressDigit = (digit: number): void => {
    const attribute = digitAttribute();
    const value = attribute?.values[digit - 1];
    if (!attribute || !value)
      return view.say(attribute ? `${attribute.title} has ${attribute.values.length} values.` : 'Choose an annotation first.');
    setAttribute(attribute.name, value);
    view.say(`${attribute.title}: ${value.replaceAll('_', ' ')}.`);
  };

  const walk = (step: 1 | -1): void => {
    const ordered = [...currentSet(state()).annotations.values()].sort(byReadingOrder);
    if (ordered.length === 0) return view.say('Nothing is tagged in this article yet.');
    const at = ordered.findIndex(({ id }) => id === shown().active);
    const caret = shown().selection.head;
    const start = (annotation: Annotation) => (annotation.spans[0] as Span).start;
    // Without an active annotation the walk begins at the caret.
    const next =
      at >= 0
        ? ordered[(at + step + ordered.length) % ordered.length]
        : step === 1
          ? (ordered.find((annotation) => start(annotation) >= caret) ?? ordered[0])
          : (ordered.findLast((annotation) => start(annotation) < caret) ?? ordered.at(-1));
    if (next) activate(next.id, { scroll: true });
  };

  const walkArticle = (step: 1 | -1): void =>
    attempt(async () => {
      const { articles, article } = state();
      const next = articles[articles.findIndex(({ meta }) => meta.id === article?.meta.id) + step];
      if (!next) return view.say(step === 1 ? 'This is the last article.' : 'This is the first article.');
      await openArticle(next.meta.id);
    });

  const openArticle = async (id: string): Promise<void> => {
    if (id !== state().article?.meta.id) view.set({ active: null, hovered: null, attribute: null, armed: null, selectionBox: null });
    await workspace.openArticle(id);
  };

  const travel = (direction: 'undo' | 'redo'): void =>
    attempt(async () => {
      const gesture = await workspace[direction]();
      if (!gesture) return view.say(direction === 'undo' ? 'There is nothing to undo.' : 'There is nothing to redo.');
      view.say(`${direction === 'undo' ? 'Undone' : 'Redone'}: ${gesture.title}.`);
      const touched = gesture.edits.find(({ record, after }) => record === 'annotation' && after);
      if (touched) activate(touched.id);
      else if (!active()) view.set({ active: null });
    });

  const importFiles = (files: readonly { name: string; bytes: () => Promise<Uint8Array> }[]): void =>
    attempt(async () => {
      if (files.length === 0) return;
      view.set({ imports: files.map(({ name }) => ({ name, state: 'waiting', detail: '' })) });
      let first: string | null = null;
      for (const [index, file] of files.entries()) {
        const report = (change: { state: 'imported' | 'known' | 'refused'; detail: string }) =>
          view.set({ imports: (shown().imports ?? []).map((row, at) => (at === index ? { ...row, ...change } : row)) });
        try {
          const { summary, known, changed } = await workspace.importFile(file.name, await file.bytes());
          first ??= summary.meta.id;
          report(
            known
              ? { state: 'known', detail: `It is here already, as “${summary.meta.title}”.` }
              : { state: 'imported', detail: changed.join(' ') },
          );
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          report({ state: 'refused', detail: `${error.failure.message} ${error.failure.next}` });
        }
      }
      if (first) await openArticle(first);
      // What went well needs no answer; anything else stays until it has been read.
      if (shown().imports?.every((row) => row.state === 'imported' && !row.detail)) {
        view.say(files.length === 1 ? 'Imported 1 article.' : `Imported ${files.length} articles.`);
        view.set({ imports: null });
      }
    });

  const needsActive = (deed: (current: NonNullable<ReturnType<typeof active>>) => void) => () => {
    const current = active();
    if (current) deed(current);
    else view.say('Choose an annotation first: click it, or press . to walk to it.');
  };

  const remove = (id: string): void => {
    const ordered = [...currentSet(state()).annotations.values()].sort(byReadingOrder);
    const index = ordered.findIndex((annotation) => annotation.id === id);
    const title =
      codebook()
        ?.layers.find((layer) => layer.id === ordered[index]?.layer)
        ?.title.toLowerCase() ?? 'annotation';
    edit('annotation.remove', `Delete ${title}`, (scene) => gestures.removeAnnotations(scene, [id]));
    view.set({ active: null, armed: null });
  };

  const fixed: Record<FixedCommandId, () => void> = {
    'article.import': () => frame?.chooseFiles(),
    'dataset.open': () => view.set({ view: 'dataset' }),
    'history.undo': () => travel('undo'),
    'history.redo': () => travel('redo'),
    'annotation.remove': needsActive(({ annotation }) => remove(annotation.id)),
    'annotation.unite': needsActive(({ annotation, layer }) => {
      const selected = selectedRange(shown());
      const range = selected && snapped(selected, false);
      if (!range) return view.say('Select the words to add as a fragment first.');
      edit('annotation.unite', `Add a fragment to ${layer.title.toLowerCase()}`, (scene) =>
        gestures.addFragment(scene, annotation.id, range),
      );
      collapse(range.end);
    }),
    'annotation.note': needsActive(() => frame?.focusInspector('note')),
    'annotation.unsure': needsActive(({ annotation, layer }) => {
      if (layer.attributes.some(({ name, type }) => name === 'unsure' && type === 'boolean'))
        setAttribute('unsure', annotation.attributes['unsure'] !== true);
    }),
    'article.done': () => {
      const done = currentSet(state()).completion === null;
      edit('article.done', done ? 'Mark article done' : 'Reopen article', (scene) => gestures.setDone(scene, done));
      view.say(done ? 'Article marked done.' : 'Article reopened.');
    },
    'annotation.inspect': () => {
      const { armed } = shown();
      const selected = selectedRange(shown());
      if (armed) {
        if (selected) fill(armed, selected);
        else view.say(`Select the ${armed.title.toLowerCase()} first. Escape cancels.`);
      } else if (active()) frame?.focusInspector('first');
    },
    'annotation.release': () => {
      if (shown().armed) view.set({ armed: null });
      else view.set({ active: null });
    },
    'annotation.next': () => walk(1),
    'annotation.previous': () => walk(-1),
    'paragraph.next': () => editor?.walkParagraph(1),
    'paragraph.previous': () => editor?.walkParagraph(-1),
    'article.next': () => walkArticle(1),
    'article.previous': () => walkArticle(-1),
    'pane.next': () => frame?.focusPane(1),
    'pane.previous': () => frame?.focusPane(-1),
    'view.annotate': () => view.set({ view: 'annotate' }),
    'view.dataset': () => view.set({ view: 'dataset' }),
    'help.keys': () => view.set({ keySheet: true }),
  };

  const runCodebook = ({ action }: CodebookCommand): void => {
    if (action.kind === 'tag') tag(action.layer, action.exact);
    else if (action.kind === 'role') pressRole(action.key, action.further);
    else pressDigit(action.digit);
  };

  return {
    /** Every command that there is with the codebook in force. */
    commands(): readonly Command[] {
      const book = codebook();
      return book ? [...fixedCommands, ...commandsOf(book)] : fixedCommands;
    },
    /** Does what a command of the table says. @throws RangeError for an id that is not in the table. */
    run(id: string): void {
      if (Object.hasOwn(fixed, id)) return fixed[id as FixedCommandId]();
      const book = codebook();
      const made = book && commandsOf(book).find((command) => command.id === id);
      if (!made) throw new RangeError(`no command ${id}`);
      runCodebook(made);
    },
    attachEditor: (port: EditorPort | null) => {
      editor = port;
    },
    attachFrame: (port: FramePort | null) => {
      frame = port;
    },
    activate,
    tag,
    arm,
    remove,
    setAttribute,
    digitAttribute,
    importFiles,
    openArticle: (id: string) => attempt(() => openArticle(id)),
    /** A click in the text: the smallest annotation under it; a further click at the same place takes the next larger. */
    pick(ids: readonly string[]): void {
      if (shown().armed) return;
      if (ids.length === 0) return activate(null);
      const place = ids.join(' ');
      const at = place === pickedPlace ? ids.indexOf(shown().active ?? '') : -1;
      pickedPlace = place;
      activate(ids[(at + 1) % ids.length] ?? null);
    },
    hover: (id: string | null) => {
      if (shown().hovered !== id) view.set({ hovered: id });
    },
    /** The pointer has finished a selection: a role that waits takes it. */
    selectionFinished(): void {
      const { armed } = shown();
      const selected = selectedRange(shown());
      if (armed && selected) fill(armed, selected);
    },
    setNote(id: string, note: string): void {
      if (currentSet(state()).annotations.get(id)?.note !== note)
        edit('annotation.note', 'Write a note', (scene) => gestures.setNote(scene, id, note));
    },
    fillWithAuthor(id: string, role: string): void {
      edit(`role.${role}`, `Set ${role} to the author`, (scene) => gestures.fillRoleWith(scene, id, role, { kind: 'author' }, false));
    },
    clearRole(id: string, filler: RoleFiller): void {
      edit(`role.${filler.role}`, `Clear ${filler.role}`, (scene) => gestures.clearRole(scene, id, filler));
    },
    relabel(id: string, layer: string): void {
      edit('annotation.relabel', 'Change the layer', (scene) => gestures.relabel(scene, id, layer));
    },
    /** Puts the caret back where the text was left. */
    returnToText: () => editor?.focus(),
    showSpan: (range: Range) => {
      editor?.scrollTo(range.start);
    },
    retrySaving: () => saver.retry(),
    takeOver: () => attempt(() => workspace.takeOver()),
    roleCount: (annotation: Annotation, role: string) => fillersOf(annotation, role).length,
  };
}

export type Actions = ReturnType<typeof createActions>;
