import './article-list.css';
import { type ClipboardEvent, memo, useCallback, useMemo } from 'react';
import type { ArticleSummary } from '../../../core/contract/workspace.ts';
import { useLateWorkspace, useLiveView, useSession, useWorkspace } from '../../session.tsx';
import { onlyShows } from '../../state/only-shows.ts';
import { toCompleteOn } from '../../state/problems.ts';
import { progressOf, type Workspace } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { counted, number, pluralOf } from '../../ui/count.ts';
import { LiveText } from '../../ui/fields.tsx';
import { pastedFiles } from '../../ui/given-files.ts';
import { LongList } from '../../ui/long-list.tsx';
import { PaneIcon } from '../../ui/pane-icon.tsx';

const statusNames = { not_started: 'not started', in_progress: 'in progress', done: 'done' } as const;

/** The project's articles with title, status and counts by layer. The filter searches titles, sources and file names. */
export function ArticleList() {
  const { actions, workspace } = useSession();
  const articles = useWorkspace((state) => state.articles);
  const current = useWorkspace((state) => state.opening ?? state.article?.meta.id ?? null);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const whyNot = useWorkspace((state) => (state.writable ? null : onlyShows(state)));
  const filter = useLiveView((state) => state.articleFilter);
  const isListed = useWorkspace((state) => state.opened?.listed ?? false);
  const shown = useMemo(() => filtered(articles, filter), [articles, filter]);
  const paste = (event: ClipboardEvent) => {
    if (event.target instanceof HTMLInputElement) return;
    const files = pastedFiles(event.clipboardData);
    if (files.length === 0) return;
    event.preventDefault();
    actions.imports.importPasted(files);
  };
  return (
    <aside className="article-list" data-pane="articles" aria-label="Articles" onPaste={paste}>
      <Head shown={shown.length} all={articles.length} />
      <Filter />
      {codebook && (
        <LongList
          className="articles"
          fades
          rowClassName="article-row"
          label="Articles"
          items={shown}
          idOf={idOf}
          rowHeight={97}
          padding={8}
          gap={2}
          selected={current}
          onApproach={(id, isPressed) => id !== current && workspace.readAhead(id, isPressed)}
          onChoose={(id) => id !== current && actions.openArticle(id)}
          onMenu={(id) => actions.articles.open('details', id)}
          row={ArticleRow}
          empty={<p className="empty">{emptyWords(isListed, filter, whyNot)}</p>}
        />
      )}
    </aside>
  );
}

function emptyWords(isListed: boolean, filter: string, whyNot: string | null): string {
  if (!isListed) return 'Reading the list of articles…';
  if (filter) return 'No article matches the filter.';
  return `No articles yet. ${whyNot ?? 'Import files, drop them anywhere, or paste one here.'}`;
}

// Separate components, so that opening another article does not render them again.
const Head = memo(({ shown, all }: { readonly shown: number; readonly all: number }) => {
  const { actions } = useSession();
  const filter = useLiveView((state) => state.articleFilter);
  const writable = useWorkspace((state) => state.writable);
  const isListed = useWorkspace((state) => state.opened?.listed ?? false);
  return (
    <div className="list-head">
      <h2 className="heading">
        {/* Two numbers need the room of the word. */}
        <span className={filter ? 'visually-hidden' : undefined}>Articles · </span>
        {isListed ? (filter ? `${number(shown)} of ${number(all)}` : number(all)) : '…'}
      </h2>
      <span className="head-buttons">
        <Button kind="quiet" isDisabled={!writable} onPress={() => actions.run('article.import')}>
          + Import
        </Button>
        <Button kind="icon" label="Hide the article list" onPress={() => actions.run('articles.toggle')}>
          <PaneIcon side="left" />
        </Button>
      </span>
    </div>
  );
});

const Filter = memo(() => {
  const { view } = useSession();
  const filter = useLiveView((state) => state.articleFilter);
  return (
    <div className="list-filter">
      <LiveText
        label="Filter articles"
        placeholder="Filter articles"
        value={filter}
        onChange={(articleFilter) => view.set({ articleFilter })}
        leadsToList
      />
    </div>
  );
});

const idOf = ({ meta }: ArticleSummary) => meta.id;

function ArticleRow({ item: summary }: { readonly item: ArticleSummary }) {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const { status, counts } = useWorkspace((state) => progressOf(state, summary));
  const toComplete = useLateWorkspace(
    useCallback((state: Workspace) => toCompleteOn(state, summary), [summary]),
    summary.toComplete,
  );
  const { title, source, date, words } = summary.meta;
  // The work to do comes first, because what does not fit is cut off at the end.
  const facts = [source, date, `${words.toLocaleString('en')} words`].filter(Boolean);
  const lacking = `${counted(toComplete, 'annotation')} ${toComplete === 1 ? 'lacks' : 'lack'} something`;
  return (
    <>
      <span className="article-title" title={title}>
        {title}
      </span>
      <span className="article-facts">
        {toComplete > 0 && (
          <>
            <span
              className={status === 'done' ? 'done-lacking' : ''}
              title={status === 'done' ? `Marked done, but ${lacking}.` : `${lacking}.`}
            >
              {toComplete} to complete
            </span>
            {' · '}
          </>
        )}
        {facts.join(' · ')}
      </span>
      <span className="article-counts">
        <span data-status={status}>{statusNames[status]}</span>
        {codebook?.layers.map((layer) => {
          const count = counts[layer.id] ?? 0;
          return count > 0 ? (
            <span key={layer.id} data-hue={layer.hue}>
              <span className="swatch" data-look={layer.look} aria-hidden="true" />
              {count}
              <span className="visually-hidden">{count === 1 ? layer.title.toLowerCase() : pluralOf(layer.title.toLowerCase())}</span>
            </span>
          ) : null;
        })}
      </span>
    </>
  );
}

function filtered(articles: readonly ArticleSummary[], filter: string): readonly ArticleSummary[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return articles;
  return articles.filter(({ meta }) => {
    const text = `${meta.title} ${meta.source ?? ''} ${meta.originalName} ${meta.date ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
