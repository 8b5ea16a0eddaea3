import type { Root } from 'react-dom/client';
import { createActions } from './actions.ts';
import { App } from './app.tsx';
import { connect } from './client.ts';
import { rehearsePanels } from './panel-rehearsal.tsx';
import { SessionProvider } from './session.tsx';
import { afterPaint, whenPainted } from './state/after-paint.ts';
import type { BroughtFile, Passage } from './state/home.ts';
import { createOutside } from './state/outside.ts';
import { createSaver } from './state/saver.ts';
import { followSuggestions } from './state/suggestion-reading.ts';
import { createView } from './state/view-store.ts';
import { createWorkspace } from './state/workspace-actions.ts';
import { commitDrafts } from './ui/drafts.ts';

const newId = () => crypto.randomUUID();
const isTyping = () => document.activeElement?.matches('input, textarea') ?? false;

/** What the page shows, with the way to something else. */
export interface OpenedPage {
  /** Lets go of the project; the host may close it. What is not saved has to be settled before. */
  end(): void;
}

/**
 * Opens the project with this key (null: the one that Pressmark was started with), or the Project home, in `root`, and imports `files` into it once it is
 * open. `enter` is called to go on with another.
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
    // While a field is typed into, its own undo goes first; macOS sends the menu's key even then.
    if (event.event === 'command' && isReady && !(event.id.startsWith('history.') && isTyping())) actions.run(event.id);
    if (event.event === 'closing') {
      commitDrafts();
      saver.retry();
    }
  }, workspace.setReached);
  const beforeUnload = (event: BeforeUnloadEvent) => {
    commitDrafts();
    // The browser asks before it closes a window that holds an edit which is not on disk yet.
    if (saver.store.getState().waiting > 0) event.preventDefault();
  };
  window.addEventListener('beforeunload', beforeUnload, { signal: over.signal });
  window.addEventListener('pagehide', commitDrafts, { signal: over.signal });

  const reading = afterPaint({ workspace: workspace.store, view: view.store });
  const session = { workspace, view, saver, actions, afterPaint: reading };
  root.render(
    <SessionProvider key={page} session={session}>
      <App />
    </SessionProvider>,
  );
  // Works suggestions out beside the page, with the language model that this page never loads itself.
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
      // Nobody waits for it: the next project is opened meanwhile.
      void client.leaveProject({ page }).catch(() => undefined);
    },
  };
}
