import './status-bar.css';
import { useEffect } from 'react';
import { layerOf } from '../../core/codebook.ts';
import { useSaveState, useSession, useView, useWorkspace } from '../session.tsx';
import { currentSet } from '../state/workspace.ts';
import { Button } from '../ui/button.tsx';
import { keyName } from './key-name.ts';

interface Hint {
  readonly keys: string;
  readonly title: string;
}

/** Saved or not, what the keys do now, who annotates, how much there is. */
export function StatusBar() {
  const { view } = useSession();
  const message = useView((state) => state.message);
  // What was said makes room for the hints again after a while.
  useEffect(() => {
    if (!message) return;
    const timer = setTimeout(() => view.set({ message: null }), 5000);
    return () => clearTimeout(timer);
  }, [message, view]);
  const annotator = useWorkspace((state) => state.opened?.annotator.name);
  const count = useWorkspace((state) => currentSet(state).annotations.size);
  return (
    <footer className="status-bar" data-pane="status">
      <SaveStatus />
      <span className="message" role="status" aria-live="polite" key={message?.count}>
        {message?.text}
      </span>
      {!message && <Hints />}
      <span className="status-facts">
        <span>Annotator: {annotator}</span>
        <span>
          {count} {count === 1 ? 'annotation' : 'annotations'}
        </span>
      </span>
    </footer>
  );
}

function SaveStatus() {
  const { actions } = useSession();
  const save = useSaveState();
  const writable = useWorkspace((state) => state.writable);
  const names = { saved: writable ? 'Saved' : 'Read-only', saving: 'Saving…', 'not-saved': 'Not saved' };
  return (
    <span className="save" data-state={writable ? save.state : 'read-only'}>
      <span role="status" aria-live="polite">
        <span aria-hidden="true">{save.state === 'not-saved' ? '▲' : '●'}</span> {names[save.state]}
      </span>
      {save.failure && (
        <span className="save-failure" role="alert">
          {save.failure.message} {save.failure.safe} {save.failure.next}
          {save.retries && <Button onPress={actions.retrySaving}>Try again now</Button>}
        </span>
      )}
    </span>
  );
}

function Hints() {
  const { actions } = useSession();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const isSelecting = useView((state) => state.selectionBox !== null);
  const armed = useView((state) => state.armed);
  const writable = useWorkspace((state) => state.writable);
  const layerId = useWorkspace(currentSet).annotations.get(useView((state) => state.active) ?? '')?.layer;
  const isAnnotating = useView((state) => state.view === 'annotate');
  if (!codebook || !isAnnotating) return null;
  const layer = layerId ? layerOf(codebook, layerId) : undefined;
  const tags = writable ? codebook.layers.map(({ key, title }) => ({ keys: key, title: title.toLowerCase() })) : [];
  const roles = layer?.roles.map(({ key, title }) => ({ keys: key, title: title.toLowerCase() })) ?? [];
  const attribute = layer && actions.digitAttribute();
  const hints: Hint[] = armed
    ? [
        { keys: 'Enter', title: `set ${armed.title.toLowerCase()}` },
        { keys: 'Escape', title: 'cancel' },
      ]
    : isSelecting
      ? [...tags, ...roles, ...(layer ? [{ keys: 'u', title: 'add as fragment' }] : [])]
      : layer
        ? [
            ...roles,
            ...(attribute ? [{ keys: `1–${attribute.values.length}`, title: attribute.title.toLowerCase() }] : []),
            { keys: 'Delete', title: 'delete' },
          ]
        : [...tags, { keys: '.', title: 'next' }];
  return (
    <span className="hints">
      {[
        ...hints,
        ...(armed
          ? []
          : [
              { keys: keyName('Mod-z'), title: 'undo' },
              { keys: '?', title: 'all keys' },
            ]),
      ].map(({ keys, title }) => (
        <span key={keys + title}>
          <kbd>{keys}</kbd> {title}
        </span>
      ))}
    </span>
  );
}
