import './status-bar.css';
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { current, layerOf } from '../../../core/model/codebook.ts';
import { keptEditsEnding } from '../../../core/steps/kept-edits.ts';
import { AfterPaint, useLateWorkspace, useSaveState, useSession, useView, useWorkspace } from '../../session.tsx';
import { problemsIn, toCompleteInAll } from '../../state/problems.ts';
import { openSuggestion, openSuggestionsOf } from '../../state/suggestions.ts';
import { currentSet, type Workspace } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { drafts } from '../../ui/drafts.ts';
import { saveFile } from '../../ui/save-file.ts';
import { AnnotatorMenu } from './annotators.tsx';
import { useCommandKeys } from './command-keys.ts';
import { keyName } from './key-name.ts';
import { useTypingFocus } from './typing-focus.ts';

interface Hint {
  readonly keys: string | null;
  readonly title: string;
}

/** Saved or not, what the keys do now, who annotates, how much there is. */
export function StatusBar() {
  const { view } = useSession();
  const message = useView((state) => state.message);
  // What was said makes room for the hints again after a while, and once it was read with the next thing that the person does.
  useEffect(() => {
    if (!message) return;
    const forget = () => view.set({ message: null });
    const listen = () => {
      window.addEventListener('keydown', forget, true);
      window.addEventListener('pointerdown', forget, true);
    };
    const timers = [setTimeout(forget, 5000), setTimeout(listen, 1500)];
    return () => {
      for (const timer of timers) clearTimeout(timer);
      window.removeEventListener('keydown', forget, true);
      window.removeEventListener('pointerdown', forget, true);
    };
  }, [message, view]);
  return (
    <footer className="status-bar" data-pane="status">
      <SaveStatus />
      <span className="message" role="status" aria-live="polite" key={message?.count}>
        {message?.text}
      </span>
      <AfterPaint>{!message && <Hints />}</AfterPaint>
      <span className="status-facts">
        <AnnotatorMenu />
        <AfterPaint>
          <Counts />
        </AfterPaint>
      </span>
    </footer>
  );
}

// How much there is in the article on screen, and how much lacks something there and elsewhere; that opens the list of it.
function Counts() {
  const { actions } = useSession();
  const annotations = useWorkspace(currentSet).annotations;
  const isAnnotating = useView((state) => state.view === 'annotate');
  const ownHidden = useView((state) => state.ownHidden && state.view === 'annotate');
  const suggested = useWorkspace((state) => openSuggestionsOf(state).length);
  const here = useLateWorkspace(toCompleteHere, 0);
  const inAll = useLateWorkspace(toCompleteInAll, 0);
  return (
    <span>
      {isAnnotating && counted(annotations.size, 'annotation')}
      {isAnnotating && suggested > 0 && ` · ${counted(suggested, 'suggestion')}`}
      {ownHidden && (
        <>
          {', hidden: '}
          <button type="button" className="to-complete" onClick={() => actions.run('annotations.toggle')}>
            show<span className="visually-hidden"> your annotations</span>
          </button>
        </>
      )}
      {inAll > 0 && (
        <>
          {isAnnotating && ' · '}
          <button type="button" className="to-complete" onClick={actions.complete.openList}>
            {toCompleteWords(isAnnotating ? here : null, inAll)}
          </button>
        </>
      )}
    </span>
  );
}

const toCompleteHere = (state: Workspace) => (state.article ? problemsIn(state, state.article.meta.id).size : 0);

// `here` is null where no article is on screen.
function toCompleteWords(here: number | null, inAll: number): string {
  if (here === null) return `${inAll} to complete in all articles`;
  if (here === 0) return `${inAll} to complete in other articles`;
  return `${here} to complete${inAll > here ? `, ${inAll} in all articles` : ''}`;
}

function SaveStatus() {
  const { actions, workspace } = useSession();
  const save = useSaveState();
  const writable = useWorkspace((state) => state.writable);
  // Words that are still being typed are not on the disk.
  const isDrafting = useStore(drafts, ({ count }) => count > 0);
  const state = save.state === 'saved' && isDrafting ? 'saving' : save.state;
  const reached = useWorkspace((state) => state.reached);
  const keep = () => {
    const kept = workspace.keptEdits();
    if (kept) saveFile(`${kept.project.name}${keptEditsEnding}`, JSON.stringify(kept));
  };
  const names = { saved: writable ? 'Saved' : 'Read-only', saving: 'Saving…', 'not-saved': 'Not saved' };
  return (
    <span className="save" data-state={writable ? state : 'read-only'}>
      <span role="status" aria-live="polite">
        <span aria-hidden="true">{state === 'not-saved' ? '▲' : '●'}</span> {names[state]}
      </span>
      {!reached && !save.failure && (
        <span className="save-failure">Pressmark has been closed. What is saved is on the disk; nothing can be added here.</span>
      )}
      {save.failure && (
        <span className="save-failure" role="alert">
          {save.failure.message} {save.failure.safe} {save.failure.next}
          {save.failure.code === 'conflict' && <Button onPress={actions.outside.reread}>Read it again</Button>}
          {save.retries && <Button onPress={actions.retrySaving}>Try again now</Button>}
          <Button onPress={keep}>Keep these edits in a file</Button>
        </span>
      )}
    </span>
  );
}

function Hints() {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const isSelecting = useView((state) => state.selectionBox !== null);
  const armed = useView((state) => state.armed);
  const armedRelation = useView((state) => state.armedRelation);
  const boundary = useView((state) => state.boundary);
  const writable = useWorkspace((state) => state.writable);
  const active = useView((state) => state.active);
  const suggestedLayer = useWorkspace((state) => openSuggestion(state, active)?.layer);
  const layerId = useWorkspace(currentSet).annotations.get(active ?? '')?.layer ?? suggestedLayer;
  const isAnnotating = useView((state) => state.view === 'annotate');
  const hasArticle = useWorkspace((state) => state.article !== null);
  const isTyping = useTypingFocus();
  if (!codebook || !isAnnotating || !hasArticle || isTyping) return null;
  const layer = layerId ? layerOf(codebook, layerId) : undefined;
  const tags = current(codebook.layers).map(({ id, title }) => ({ keys: keyOf(`tag.${id}`), title: title.toLowerCase() }));
  const roles = layer?.roles.map(({ key, title }) => ({ keys: keyOf(`role.${key}`), title: title.toLowerCase() })) ?? [];
  const attribute = layer && actions.digitAttribute();
  const digits = (count: number) => (keyOf('value.1') && keyOf(`value.${count}`) ? `${keyOf('value.1')}–${keyOf(`value.${count}`)}` : null);
  const hints: Hint[] = !writable
    ? [{ keys: keyOf('annotation.next'), title: 'next' }]
    : boundary
      ? [
          { keys: '← →', title: 'move the end' },
          { keys: `${keyName('Shift-←')} →`, title: 'move the start' },
          { keys: `${keyName('Mod-←')} →`, title: 'by a character' },
          ...(boundary.spans.length > 1 ? [{ keys: '↑ ↓', title: 'other fragment' }] : []),
          { keys: keyOf('annotation.inspect'), title: 'done' },
          { keys: keyOf('annotation.release'), title: 'put back' },
        ]
      : armedRelation
        ? [
            { keys: keyOf('annotation.next'), title: 'walk' },
            { keys: keyOf('annotation.inspect'), title: 'relate' },
            { keys: keyOf('annotation.release'), title: 'cancel' },
          ]
        : armed
          ? [
              { keys: keyOf('annotation.inspect'), title: `set ${armed.title.toLowerCase()}` },
              { keys: keyOf('annotation.release'), title: 'cancel' },
            ]
          : isSelecting
            ? [...tags, ...roles, ...(layer ? [{ keys: keyOf('annotation.unite'), title: 'add as fragment' }] : [])]
            : suggestedLayer
              ? [
                  { keys: keyOf('annotation.inspect'), title: 'accept' },
                  { keys: keyOf('suggestion.reject'), title: 'reject' },
                  { keys: keyOf('annotation.next'), title: 'next' },
                  { keys: keyOf('suggestion.all'), title: 'all of its kind' },
                  { keys: keyOf('annotation.boundary'), title: 'boundaries' },
                  { keys: keyOf('suggestion.edit'), title: 'edit' },
                ]
              : layer
                ? [
                    ...roles,
                    ...(attribute ? [{ keys: digits(attribute.values.length), title: attribute.title.toLowerCase() }] : []),
                    { keys: keyOf('relation.add'), title: 'relate' },
                    { keys: keyOf('annotation.remove'), title: 'delete' },
                  ]
                : [...tags, { keys: keyOf('annotation.next'), title: 'next' }];
  return (
    <span className="hints">
      {[
        ...hints,
        ...(armed || armedRelation || boundary
          ? []
          : [...(writable ? [{ keys: keyOf('history.undo'), title: 'undo' }] : []), { keys: keyOf('help.keys'), title: 'all keys' }]),
      ]
        .filter(({ keys }) => keys !== null)
        .map(({ keys, title }) => (
          <span key={`${keys} ${title}`}>
            <kbd>{keys}</kbd> {title}
          </span>
        ))}
    </span>
  );
}
