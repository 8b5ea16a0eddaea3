import './ui/tokens.css';
import './ui/ui.css';
import { createRoot } from 'react-dom/client';
import { createActions } from './actions.ts';
import { App } from './app.tsx';
import { connect } from './client.ts';
import { SessionProvider } from './session.tsx';
import { afterPaint, whenPainted } from './state/after-paint.ts';
import { createOutside } from './state/outside.ts';
import { createSaver } from './state/saver.ts';
import { followSuggestions } from './state/suggestion-reading.ts';
import { createView } from './state/view-store.ts';
import { createWorkspace } from './state/workspace-actions.ts';
import { commitDrafts } from './ui/drafts.ts';

const isTyping = () => document.activeElement?.matches('input, textarea') ?? false;
const newId = () => crypto.randomUUID();
const page = newId();
const { client, listen } = connect(page);
const saver = createSaver(client, page, whenPainted);
const view = createView();
const workspace = createWorkspace(client, saver, page, newId, () => new Date().toISOString());
const actions = createActions(workspace, view, saver, createOutside(client, workspace, saver, page));

listen((event) => {
  workspace.receive(event);
  // While a field is typed into, its own undo goes first; macOS sends the menu's key even then.
  if (event.event === 'command' && !(event.id.startsWith('history.') && isTyping())) actions.run(event.id);
  if (event.event === 'closing') {
    commitDrafts();
    saver.retry();
  }
}, workspace.setReached);
window.addEventListener('beforeunload', (event) => {
  commitDrafts();
  // The browser asks before it closes a window that holds an edit which is not on disk yet.
  if (saver.store.getState().waiting > 0) event.preventDefault();
});

window.addEventListener('pagehide', commitDrafts);

const root = document.getElementById('root');
if (!root) throw new TypeError('index.html has no #root');
createRoot(root).render(
  <SessionProvider session={{ workspace, view, saver, actions, afterPaint: afterPaint({ workspace: workspace.store, view: view.store }) }}>
    <App />
  </SessionProvider>,
);
// Works suggestions out beside the page, with the language model that this page never loads itself.
const start = () => new Worker(new URL('./suggestions/worker.ts', import.meta.url), { type: 'module' });
actions.learn.attachWorker(start);
followSuggestions(workspace.store, { start, experience: actions.learn.experience, notify: workspace.notify, warmUp: 1500 });
void workspace.open();
