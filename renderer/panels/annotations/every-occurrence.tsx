import './every-occurrence.css';
import { useEffect, useMemo, useState } from 'react';
import { ListBox, ListBoxItem, ListLayout, type Selection, Virtualizer } from 'react-aria-components';
import type { Occurrence } from '../../../core/annotations/hits.ts';
import type { Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import type { EveryQuery } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Check, Choice } from '../../ui/fields.tsx';
import { TickBox } from '../../ui/tick-box.tsx';

/** Every occurrence of some words, in this article or in all, to be tagged at once. The user can untick any of them first. */
export function EveryOccurrence() {
  const { view } = useSession();
  const query = useView((state) => state.every);
  return (
    <Dialog title="Tag every occurrence" isOpen={query !== null} onClose={() => view.set({ every: null })}>
      {query && <Occurrences query={query} />}
    </Dialog>
  );
}

interface Found {
  readonly hits: readonly Occurrence[];
  readonly searched: number;
  readonly isDone: boolean;
  readonly failure: string | null;
}
const nothing: Found = { hits: [], searched: 0, isDone: false, failure: null };

const keyOf = ({ article, start }: Occurrence) => `${article} ${start}`;

function Occurrences({ query }: { query: EveryQuery }) {
  const { actions, view } = useSession();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const articles = useWorkspace((state) => state.articles);
  const current = useWorkspace((state) => state.article?.meta.id);
  const [layer, setLayer] = useState(query.layer);
  const [isEverywhere, setEverywhere] = useState(false);
  const [matchCase, setMatchCase] = useState(true);
  const [wholeWords, setWholeWords] = useState(true);
  const [isBusy, setBusy] = useState(false);
  const found = useOccurrences(query.words, matchCase, wholeWords, isEverywhere ? null : (current ?? null));
  const [unticked, setUnticked] = useState<ReadonlySet<string>>(new Set());
  const titles = useMemo(() => new Map(articles.map(({ meta }) => [meta.id, meta.title])), [articles]);
  const rows = useMemo(() => found.hits.map((hit) => ({ id: keyOf(hit), hit })), [found.hits]);
  const ticked = rows.filter(({ id }) => !unticked.has(id));
  const onSelection = (selection: Selection) => {
    const kept = selection === 'all' ? null : selection;
    setUnticked(new Set(kept ? rows.filter(({ id }) => !kept.has(id)).map(({ id }) => id) : []));
  };
  const tag = () => {
    setBusy(true);
    actions.every
      .tagEvery(
        { ...query, layer, attributes: layer === query.layer ? query.attributes : {} },
        ticked.map(({ hit }) => hit),
      )
      .then((count) => {
        view.set({ every: null });
        const left = ticked.length - count;
        view.say(`Tagged ${count}${left > 0 ? `; ${left} were tagged already` : ''}. One undo takes it back.`);
      }, actions.tell)
      .finally(() => setBusy(false));
  };
  if (!codebook) return null;
  const titleOf = (id: string) => codebook.layers.find((candidate) => candidate.id === id)?.title ?? id;
  return (
    <div className="every">
      <blockquote className="covered">{query.words}</blockquote>
      <div className="every-options">
        <Choice
          label="Tag as"
          values={codebook.layers.map(({ title }) => title)}
          value={titleOf(layer)}
          clearable={false}
          isDisabled={isBusy}
          onChange={(title) => setLayer(codebook.layers.find((candidate) => candidate.title === title)?.id ?? layer)}
        />
        <Choice
          label="Where"
          values={['This article', 'All articles']}
          value={isEverywhere ? 'All articles' : 'This article'}
          clearable={false}
          isDisabled={isBusy}
          onChange={(where) => setEverywhere(where === 'All articles')}
        />
        <Check label="Whole words" value={wholeWords} isDisabled={isBusy} onChange={setWholeWords} />
        <Check label="Match case" value={matchCase} isDisabled={isBusy} onChange={setMatchCase} />
      </div>
      <p role="status" className="muted">
        {found.failure ??
          (found.isDone
            ? `${rows.length} found, ${ticked.length} ticked. Space unticks one, Ctrl A ticks all.`
            : `Searched ${found.searched} of ${counted(articles.length, 'article')}, ${rows.length} found…`)}
      </p>
      <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: 46 }}>
        <ListBox
          className="occurrences"
          aria-label="Occurrences"
          items={rows}
          dependencies={[titles, isEverywhere]}
          selectionMode="multiple"
          selectedKeys={new Set(ticked.map(({ id }) => id))}
          onSelectionChange={onSelection}
          renderEmptyState={() => (
            <p className="empty">{found.isDone ? 'With these options, these words were not found.' : 'Searching…'}</p>
          )}
        >
          {({ hit }) => (
            <ListBoxItem className="occurrence" textValue={`${hit.before}${hit.text}${hit.after}`}>
              <TickBox />
              <span className="occurrence-line">
                <bdi>{hit.before}</bdi>
                <mark>{hit.text}</mark>
                <bdi>{hit.after}</bdi>
              </span>
              {isEverywhere && <span className="muted occurrence-title">{titles.get(hit.article)}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Virtualizer>
      <div className="dialog-actions">
        <Button kind="primary" isDisabled={isBusy || ticked.length === 0} onPress={tag}>
          {`Tag ${ticked.length} as ${titleOf(layer).toLowerCase()}`}
        </Button>
      </div>
    </div>
  );
}

/** The occurrences in `only`, or in all articles if it is null, as they are found. Another question or closing the dialog stops the search. */
function useOccurrences(query: string, matchCase: boolean, wholeWords: boolean, only: string | null): Found {
  const { workspace } = useSession();
  const [found, setFound] = useState(nothing);
  useEffect(() => {
    let isCurrent = true;
    setFound(nothing);
    const search = async () => {
      const hits: Occurrence[] = [];
      let searched = 0;
      for (let after: string | null = null, isFirst = true; isCurrent && (isFirst || after !== null); isFirst = false) {
        const part: Output<'findOccurrences'> = await workspace.findOccurrences({ query, matchCase, wholeWords, only, after });
        hits.push(...part.hits);
        searched += part.searched;
        after = part.next;
        if (isCurrent) setFound({ hits: [...hits], searched, isDone: after === null, failure: null });
      }
    };
    search().catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      if (isCurrent) setFound({ ...nothing, isDone: true, failure: `${error.failure.message} ${error.failure.next}` });
    });
    return () => {
      isCurrent = false;
    };
  }, [workspace, query, matchCase, wholeWords, only]);
  return found;
}
