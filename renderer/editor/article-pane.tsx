import './article-pane.css';
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Article } from '../../core/model/article.ts';
import { useReading, useSession, useView, useWorkspace } from '../session.tsx';
import { useIsShown } from '../spreads.tsx';
import { whenIdle } from '../state/after-paint.ts';
import { onlyShows } from '../state/only-shows.ts';
import { rehearse } from './rehearsal.ts';
import { ShownArticle } from './shown-article.ts';

/** The article on screen with everything drawn over it. React owns the frame, ProseMirror owns what is inside. */
export function ArticlePane({ hadFocus }: { readonly hadFocus: RefObject<boolean> }) {
  const article = useWorkspace((state) => state.article);
  useEffect(() => whenIdle(() => void rehearse()), []);
  // Each article has its own pane. A new one thus starts where it was left, and one whose details change stays where it is.
  return article ? (
    <OpenArticle key={article.meta.id} article={article} hadFocus={hadFocus} />
  ) : (
    <main className="article-pane" data-pane="main" aria-label="Article">
      <NoArticle />
    </main>
  );
}

function OpenArticle({ article, hadFocus }: { readonly article: Article; readonly hadFocus: RefObject<boolean> }) {
  const session = useSession();
  const { actions, workspace } = session;
  const place = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLElement>(null);
  const shown = useRef<ShownArticle | null>(null);
  const reading = useReading();
  const isShown = useIsShown();

  useEffect(() => {
    if (!place.current || !scroller.current) return;
    const now = new ShownArticle({ place: place.current, scroller: scroller.current }, article, session, reading);
    shown.current = now;
    return () => {
      if (now.isAttached) hadFocus.current = now.hasFocus();
      now.destroy();
      shown.current = null;
    };
  }, [article, session, reading, hadFocus]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another article has another view
  useEffect(() => {
    const now = shown.current;
    if (!isShown || !now) return;
    now.attach();
    if (hadFocus.current || document.activeElement === document.body) now.focus();
    return () => {
      if (!now.isAttached) return;
      hadFocus.current = now.hasFocus();
      now.detach();
    };
  }, [isShown, article, hadFocus]);

  // When another view opens, do this before the text leaves the page; afterwards it has no position on screen.
  useLayoutEffect(
    () => () => {
      if (workspace.store.getState().article === article) shown.current?.leave();
    },
    [article, workspace],
  );

  const find = useView((state) => state.find);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another article has another view
  useEffect(() => shown.current?.showMatches(find?.matches ?? [], find?.current ?? -1), [find, article]);

  return (
    <main className="article-pane" data-pane="main" aria-label="Article" ref={scroller}>
      <div className="sheet">
        <header className="article-head">
          <h2 lang={article.meta.language ?? undefined} className={titleInText(article) ? 'visually-hidden' : undefined}>
            {article.meta.title}
          </h2>
          <div className="article-source">
            <p className="muted">
              {[article.meta.originalName, article.meta.source, article.meta.date, `${article.meta.words.toLocaleString('en')} words`]
                .filter(Boolean)
                .join(' · ')}
            </p>
            <button type="button" className="button" data-kind="quiet" onClick={() => actions.run('article.details')}>
              Details…
            </button>
          </div>
        </header>
        <div ref={place} data-title-in-text={titleInText(article) ?? undefined} />
      </div>
    </main>
  );
}

// How the text begins with the title, completely or shortened. If it does, the title above the text is hidden, so that it is not shown twice.
function titleInText({ meta, text }: Article): 'headline' | 'sentence' | null {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const line = lines[first]?.trim() ?? '';
  if (line === meta.title) return meta.headings[0] === first ? 'headline' : 'sentence';
  return meta.title.endsWith('…') && line.startsWith(meta.title.slice(0, -1)) ? 'sentence' : null;
}

function NoArticle() {
  const { actions } = useSession();
  const isEmpty = useWorkspace((state) => state.articles.length === 0 && state.opened?.listed === true);
  const whyNot = useWorkspace((state) => (state.writable ? null : onlyShows(state)));
  if (!isEmpty) return <p className="pane-hint">Opening the article…</p>;
  if (whyNot !== null) {
    return (
      <div className="pane-hint">
        <h2>No articles yet</h2>
        <p>{whyNot}</p>
      </div>
    );
  }
  return (
    <div className="pane-hint">
      <h2>No articles yet</h2>
      <p>Drop files or folders anywhere in this window, or choose them: text, web pages, Word, PDF, e-mail, tables.</p>
      <button type="button" className="button" data-kind="primary" onClick={() => actions.run('article.import')}>
        Import articles…
      </button>
    </div>
  );
}
