import './status-bar.css';
import { useEffect } from 'react';
import { AfterPaint, useLateWorkspace, useSession, useView, useWorkspace } from '../../session.tsx';
import { problemsIn, toCompleteInAll } from '../../state/problems.ts';
import { openSuggestionsOf } from '../../state/suggestions.ts';
import { currentSet, type Workspace } from '../../state/workspace.ts';
import { counted } from '../../ui/count.ts';
import { AnnotatorMenu } from './annotators.tsx';
import { HintLine } from './hint-line.tsx';
import { SaveStatus } from './save-status.tsx';

/** The save state, what the keys do now, the annotator, and counts. */
export function StatusBar() {
  const { view } = useSession();
  const message = useView((state) => state.message);
  // A message is replaced by the key hints after a while, or with the user's next action once there was time to read it.
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
      <AfterPaint>{!message && <HintLine />}</AfterPaint>
      <span className="status-facts">
        <AnnotatorMenu />
        <AfterPaint>
          <Counts />
        </AfterPaint>
      </span>
    </footer>
  );
}

// Counts for the article on screen, and what needs completing there and elsewhere. Opens the list of it.
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

// `here` is null if no article is on screen.
function toCompleteWords(here: number | null, inAll: number): string {
  if (here === null) return `${inAll} to complete in all articles`;
  if (here === 0) return `${inAll} to complete in other articles`;
  return `${here} to complete${inAll > here ? `, ${inAll} in all articles` : ''}`;
}
