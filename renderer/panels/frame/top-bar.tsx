import './top-bar.css';
import { useEffect, useRef } from 'react';
import { useNarrow } from '../../narrow.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import type { SidePane, ViewName } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { PaneIcon } from '../../ui/pane-icon.tsx';
import { SearchIcon } from '../../ui/search-icon.tsx';
import { useCommandKeys } from './command-keys.ts';
import { ProjectMenu } from './project-menu.tsx';

const views: readonly { readonly name: ViewName; readonly title: string }[] = [
  { name: 'annotate', title: 'Annotate' },
  { name: 'dataset', title: 'Dataset' },
  { name: 'registry', title: 'Registry' },
  { name: 'codebook', title: 'Codebook' },
  { name: 'search', title: 'Search' },
  { name: 'statistics', title: 'Statistics' },
  { name: 'concordance', title: 'Concordance' },
  { name: 'agreement', title: 'Agreement' },
  { name: 'compare', title: 'Compare' },
];

/** The project's name, whether this window may write, and the views. */
export function TopBar() {
  const { view, actions } = useSession();
  const shown = useView((state) => state.view);
  const writable = useWorkspace((state) => state.writable);
  const locked = useWorkspace((state) => state.opened?.locked);
  const back = useView((state) => state.wayBack.length > 0);
  const bar = useRef<HTMLElement>(null);
  // In a narrow window, the views scroll, and a way back next to them takes some of their room.
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another view is shown
  useEffect(() => {
    const views = bar.current;
    if (!views) return;
    // Observing calls back once at the start, too.
    const resized = new ResizeObserver(() => {
      views.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    });
    resized.observe(views);
    return () => resized.disconnect();
  }, [shown, back]);
  return (
    <header className="top-bar" data-pane="top">
      <span className="brand">Pressmark</span>
      <h1 className="project-head">
        <ProjectMenu />
      </h1>
      <PaneButton pane="articles" />
      {!writable && (
        <span className="read-only" role="status">
          <span>Read-only{!locked && <span className="read-only-why">: another window edits.</span>}</span>
          {!locked && <Button onPress={actions.takeOver}>Take over</Button>}
        </span>
      )}
      <SearchButton />
      <nav className="views" aria-label="Views" ref={bar}>
        {views.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            className="view"
            data-view={name}
            aria-current={shown === name ? 'page' : undefined}
            onClick={() => view.set({ view: name, message: null, wayBack: [] })}
          >
            {title}
          </button>
        ))}
      </nav>
      <PaneButton pane="side" />
    </header>
  );
}

// Looks like the field that it opens.
function SearchButton() {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const back = useView((state) => state.wayBack.at(-1));
  const key = keyOf('search.open');
  return (
    <div className="search-opener">
      {back && (
        <button type="button" className="view" onClick={actions.search.back}>
          ‹ {back === 'search' ? 'Results' : views.find(({ name }) => name === back)?.title}
        </button>
      )}
      <button type="button" className="search-button" onClick={() => actions.run('search.open')}>
        <SearchIcon />
        <span className="opener-words">Search everything</span>
        {key && <kbd>{key}</kbd>}
      </button>
    </div>
  );
}

const paneNames = { articles: 'Article list', side: 'Inspector and annotations' } as const;

// Shows and hides a pane: next to the text, or over it if the window is narrow.
function PaneButton({ pane }: { pane: SidePane }) {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const isAnnotating = useView((state) => state.view === 'annotate');
  const drawer = useView((state) => state.drawer);
  const narrow = useNarrow();
  const isHidden = useWorkspace((state) => state.settings.layout['hidden']?.[pane] === 1);
  // The views stay where they are when another is shown.
  if (!isAnnotating) return <span className="pane-button pane-button-room" />;
  const id = pane === 'articles' ? 'articles.toggle' : 'side.toggle';
  const key = keyOf(id);
  return (
    <button
      type="button"
      className="pane-button"
      data-drawer-opener={pane}
      aria-label={paneNames[pane]}
      title={key ? `${paneNames[pane]} (${key})` : paneNames[pane]}
      aria-expanded={narrow ? drawer === pane : !isHidden}
      onClick={() => actions.run(id)}
    >
      <PaneIcon side={pane === 'articles' ? 'left' : 'right'} />
    </button>
  );
}
