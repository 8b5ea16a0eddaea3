import type { Root } from 'react-dom/client';
import { createActions } from './actions.ts';
import { App } from './app.tsx';
import { connect } from './client.ts';
import { rehearsePanels } from './panel-rehearsal.tsx';
import { createSession, SessionProvider } from './session.tsx';
import { whenPainted } from './state/after-paint.ts';
import type { BroughtFile, Passage } from './state/home.ts';
import { createOutside } from './state/outside.ts';
import { createSaver } from './state/saver.ts';
import { followSuggestions } from './state/suggestion-reading.ts';
import { createView } from './state/view-store.ts';
import { createWorkspace } from './state/workspace-actions.ts';
import { commitDrafts } from './ui/drafts.ts';

const newId = () => crypto.randomUUID();
const isTyping = () => document.activeElement?.matches('input, textarea') ?? false;

/** What the page shows, with a function to leave it. */
export interface OpenedPage {
  /** Leaves the project; the host may close it. Settle everything unsaved before. */
  end(): void;
}

/**
 * Opens the project with this key (null: the one that Pressmark was started with) or the Project home in `root`, and then imports `files` into it.
 * `enter` is called to switch to another project.
 */
export function openPage(root: Root, project: string | null, files: readonly BroughtFile[], enter: Passage['enter']): OpenedPage {
  const page = newId();
  const { client, listen } = connect(page, project);
  const saver = createSaver(client, page, whenPainted);
  const view = createView();
  const workspace = createWorkspace(client, saver, page, newId, () => new Date().toISOString());
  const passage = { settle: commitDrafts, enter };
  const actions = createActions(workspace, view, saver, createOutside(client, workspace, saver, page, passage));
  const over = new AbortController();

  const stopListening = listen((event) => {
    workspace.receive(event);
    const isReady = workspace.store.getState().phase === 'ready';
    // While the user types in a field, its own undo takes precedence. macOS sends the menu's key even then.
    if (event.event === 'command' && isReady && !(event.id.startsWith('history.') && isTyping())) actions.run(event.id);
    if (event.event === 'closing') {
      commitDrafts();
      saver.retry();
    }
  }, workspace.setReached);
  const beforeUnload = (event: BeforeUnloadEvent) => {
    commitDrafts();
    // Makes the browser ask before it closes a window with unsaved edits.
    if (saver.store.getState().waiting > 0) event.preventDefault();
  };
  window.addEventListener('beforeunload', beforeUnload, { signal: over.signal });
  window.addEventListener('pagehide', commitDrafts, { signal: over.signal });

  const session = createSession({ workspace, view, saver, actions });
  root.render(
    <SessionProvider key={page} session={session}>
      <App />
    </SessionProvider>,
  );
  // Computes suggestions in a worker, with the language model that this page never loads itself.
  const workers: Worker[] = [];
  const start = () => {
    const worker = new Worker(new URL('./suggestions/worker.ts', import.meta.url), { type: 'module' });
    workers.push(worker);
    return worker;
  };
  actions.learn.attachWorker(start);
  const stopSuggestions = followSuggestions(workspace.store, {
    start,
    experience: actions.learn.experience,
    notify: workspace.notify,
    warmUp: 1500,
  });
  const open = async () => {
    await workspace.open();
    if (!over.signal.aborted) over.signal.addEventListener('abort', rehearsePanels(session));
    if (files.length > 0 && workspace.store.getState().phase === 'ready') actions.importFiles(files);
  };
  void open();

  return {
    end() {
      over.abort();
      stopListening();
      stopSuggestions();
      for (const worker of workers) worker.terminate();
      // Do not wait for this: the next project is opened meanwhile.
      void client.leaveProject({ page }).catch(() => undefined);
    },
  };
}
