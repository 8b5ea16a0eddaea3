import './concordance-view.css';
import { useEffect, useMemo, useRef, useState } from 'react';
import { current } from '../../../core/model/codebook.ts';
import { namesOf } from '../../../core/registry/entity-names.ts';
import { type ConcordanceLine, type ConcordanceOf, inOrder } from '../../../core/search/concordance.ts';
import { isRightToLeft } from '../../../core/text/direction.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { withoutArticles } from '../../state/only-shows.ts';
import type { ConcordanceState } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Pick } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { TickBox } from '../../ui/tick-box.tsx';
import { type Asked, focusIn, useTicks } from '../search/asking.ts';
import { type Lines, useLines } from './concordance-reading.ts';

const kinds = {
  words: 'These words',
  lemma: 'All forms of the words',
  beginning: 'Beginnings of words',
  entity: 'An entity, all mentions',
} as const;
const orders = { article: 'By article', left: 'By what is left', right: 'By what is right', source: 'By source', date: 'By date' } as const;
const idOf = ({ article, start }: ConcordanceLine) => `${article} ${start}`;
const noTicks: ReadonlySet<string> = new Set();
const noLines: readonly ConcordanceLine[] = [];

/** Words or an entity in all articles, each occurrence with its context, to compare, open and tag. */
export function ConcordanceView() {
  const { actions, view } = useSession();
  const state = useView(({ concordance }) => concordance);
  const set = (change: Partial<ConcordanceState>) => view.set({ concordance: { ...view.store.getState().concordance, ...change } });
  const entities = useEntities(state);
  const entity = entities.find(({ id }) => id === state.entity) ?? entities[0];
  const found = useLines(questionOf(state, entity?.id));
  const articles = useWorkspace(({ articles: summaries }) => summaries);
  const none = useWorkspace(withoutArticles);
  const metas = useMemo(() => new Map(articles.map(({ meta }) => [meta.id, meta])), [articles]);
  const unordered = found.answer?.lines ?? noLines;
  const lines = useMemo(() => inOrder(unordered, state.order, (id) => metas.get(id)), [unordered, state.order, metas]);
  const [ticked, setTicked] = useTicks('concordance', JSON.stringify([state.words, state.kind, entity?.id]), noTicks);
  const place = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when the view comes
  useEffect(() => {
    focusIn(place.current, state.chosen !== null);
  }, []);
  const mark = (id: string) => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };
  return (
    <main className="concordance" data-pane="main" aria-label="Concordance" ref={place}>
      <div className="concordance-head">
        <Pick label="What to find" values={kinds} value={state.kind} onChange={(kind) => set({ kind, entity: null, chosen: null })} />
        <input
          className="input"
          type="search"
          aria-label={state.kind === 'entity' ? 'Name of the entity' : 'Words'}
          placeholder={state.kind === 'entity' ? 'A name of the registry' : 'Words in the articles'}
          value={state.words}
          onChange={({ target }) => set({ words: target.value.slice(0, 200), entity: null, chosen: null })}
        />
        {state.kind === 'entity' && entities.length > 1 && (
          <Pick
            label="Entity"
            values={Object.fromEntries(entities.map(({ id, canonical }) => [id, canonical]))}
            value={entity?.id ?? ''}
            onChange={(id) => set({ entity: id })}
          />
        )}
        <Pick label="Order" values={orders} value={state.order} onChange={(order) => set({ order })} />
        <p className="muted" role="status">
          {stateOf(found, state)}
        </p>
      </div>
      {found.failure !== null && <FailureNotice>{found.failure}</FailureNotice>}
      <LongList
        key={lines.length > 0 ? 'rows' : 'none'}
        className="concordance-rows"
        fades
        rowClassName="found-row concordance-row"
        label="Places"
        items={lines}
        idOf={idOf}
        rowHeight={30}
        padding={6}
        selected={state.chosen}
        marked={ticked}
        onMark={mark}
        onChoose={(id) => {
          const line = lines.find((each) => idOf(each) === id);
          set({ chosen: id });
          if (line) actions.search.showPlace(line, 'concordance');
        }}
        row={Line}
        empty={<p className="empty">{articles.length === 0 ? none : emptyWords(state, found, entity !== undefined)}</p>}
      />
      <TagBar lines={lines} ticked={ticked} words={state.words} onTicked={setTicked} />
    </main>
  );
}

function questionOf({ kind, words }: ConcordanceState, entity: string | undefined): ConcordanceOf | null {
  if (kind === 'entity') return entity === undefined ? null : { kind, entity };
  return words.trim() === '' ? null : { kind, words: words.trim() };
}

function useEntities({ kind, words }: ConcordanceState) {
  const registry = useWorkspace((state) => state.registry);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  return useMemo(() => {
    if (kind !== 'entity' || words.trim() === '') return [];
    const types = codebook?.entityTypes.map(({ id }) => id) ?? [];
    return namesOf(registry)
      .search(words.trim(), types, 8)
      .map(({ entity }) => entity);
  }, [registry, codebook, kind, words]);
}

function stateOf({ answer, isDone }: Asked<Lines>, { words, kind }: ConcordanceState): string {
  if (!answer) return '';
  const { lines, isCut, indexing } = answer;
  if (indexing) return `Reading articles: ${indexing.done.toLocaleString('en')} of ${indexing.total.toLocaleString('en')}…`;
  if (lines.length === 0) return '';
  if (isCut) return `The first ${counted(lines.length, 'place')} of “${words.trim()}”.`;
  if (!isDone) return `${counted(lines.length, 'place')} so far…`;
  return `${counted(lines.length, 'place')}${kind === 'lemma' ? `: ${formsIn(lines)}` : ''}.`;
}

// Each form with its count, most frequent first.
function formsIn(lines: readonly ConcordanceLine[]): string {
  const counts = [...Map.groupBy(lines, ({ text }) => text.toLowerCase())].map(([form, own]) => ({ form, count: own.length }));
  const shown = counts.sort((a, b) => b.count - a.count).slice(0, 6);
  const rest = counts.length - shown.length;
  return shown.map(({ form, count }) => `${form} ${count.toLocaleString('en')}`).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

function emptyWords({ words, kind }: ConcordanceState, { isDone, failure }: Asked<Lines>, isKnown: boolean): string {
  if (words.trim() === '') return 'Type what you are looking for: every place where it occurs is listed, with the words around it.';
  if (kind === 'entity' && !isKnown) return 'The registry has no entity with this name.';
  return isDone && failure === null ? 'It is not in any article.' : '';
}

function Line({ item: { article, before, text, after } }: { readonly item: ConcordanceLine }) {
  const meta = useWorkspace((state) => state.articles.find((summary) => summary.meta.id === article)?.meta);
  const direction = isRightToLeft(before + text + after) ? 'rtl' : 'ltr';
  return (
    <>
      <TickBox />
      <span className="concordance-before" data-direction={direction} data-joined={/\S$/.test(before) || undefined}>
        <bdi dir={direction}>{before}</bdi>
      </span>
      <mark>{text}</mark>
      <span className="concordance-after" data-direction={direction} data-joined={/^\S/.test(after) || undefined}>
        <bdi dir={direction}>{after}</bdi>
      </span>
      <span className="muted concordance-told">{[meta?.date, meta?.source, meta?.title ?? article].filter(Boolean).join(' · ')}</span>
    </>
  );
}

interface TagBarProps {
  readonly lines: readonly ConcordanceLine[];
  readonly ticked: ReadonlySet<string>;
  readonly words: string;
  readonly onTicked: (ticked: ReadonlySet<string>) => void;
}

function TagBar({ lines, ticked, words, onTicked }: TagBarProps) {
  const { actions, view } = useSession();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const writable = useWorkspace((state) => state.writable);
  const [chosen, setChosen] = useState('');
  const [isBusy, setBusy] = useState(false);
  const layers = codebook ? current(codebook.layers) : [];
  const layer = layers.find(({ id }) => id === chosen) ?? layers[0];
  if (lines.length === 0 || !layer) return null;
  // Some ticked lines may no longer exist.
  const chosenLines = lines.filter((line) => ticked.has(idOf(line)));
  const isAll = chosenLines.length === lines.length;
  const tag = () => {
    setBusy(true);
    actions.every
      .tagEvery({ words, layer: layer.id, attributes: {} }, chosenLines)
      .then((count) => {
        view.say(`Tagged ${counted(count, 'place')} as ${layer.title.toLowerCase()}. One undo takes it back.`);
        onTicked(noTicks);
      })
      .catch((error: unknown) => actions.tell(error))
      .finally(() => setBusy(false));
  };
  return (
    <div className="concordance-foot">
      <Button kind="quiet" onPress={() => onTicked(isAll ? noTicks : new Set(lines.map(idOf)))}>
        {isAll ? 'Untick all' : `Tick all ${lines.length.toLocaleString('en')}`}
      </Button>
      <Pick label="Layer" values={Object.fromEntries(layers.map(({ id, title }) => [id, title]))} value={layer.id} onChange={setChosen} />
      <Button kind="primary" isDisabled={chosenLines.length === 0 || isBusy || !writable} onPress={tag}>
        Tag {counted(chosenLines.length, 'place')} as {layer.title.toLowerCase()}
      </Button>
    </div>
  );
}
