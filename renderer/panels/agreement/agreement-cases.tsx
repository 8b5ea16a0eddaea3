import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { Taken } from '../../../core/agreement/adoption.ts';
import { type Case, casesOf, isAgreed } from '../../../core/agreement/cases.ts';
import { deciderOf } from '../../../core/model/annotator.ts';
import { type Codebook, hueOf, layerOf } from '../../../core/model/codebook.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { comparedOn } from '../../state/compared.ts';
import type { ListedCases } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { counted, number } from '../../ui/count.ts';
import { Choice } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { CaseDetail } from './case-detail.tsx';
import { choicesOf } from './case-versions.ts';
import { differenceWords } from './difference-words.ts';

const listings: Readonly<Record<ListedCases, string>> = { to_decide: 'To decide', differences: 'Differences', all: 'All' };

/** What annotators made of one article, case by case. If an adjudicator works here, each case also has a decision. */
export function ArticleCases({ article }: { readonly article: string }) {
  const { actions, view } = useSession();
  const { listed, chosen } = useView((state) => state.agreement);
  const title = useWorkspace((state) => state.articles.find(({ meta }) => meta.id === article)?.meta.title ?? article);
  const own = useWorkspace((state) => state.opened?.annotator.id ?? '');
  const annotators = useWorkspace((state) => state.opened?.annotators ?? nobody);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const registry = useWorkspace((state) => state.registry);
  const writable = useWorkspace((state) => state.writable);
  const { readings, decided } = useWorkspace((state) => comparedOn(state, article));
  const cases = useMemo(
    () => (codebook ? casesOf(readings, decided, { codebook, registry }) : []),
    [readings, decided, codebook, registry],
  );
  const decides = writable && deciderOf(annotators, own)?.id === own;
  // Without an adjudicator, no case is waiting for a decision.
  const filter: ListedCases = listed === 'to_decide' && !decides ? 'differences' : listed;
  const listable: readonly ListedCases[] = decides ? ['to_decide', 'differences', 'all'] : ['differences', 'all'];
  const isDone = decided?.set.completion != null;
  const isOpen = (each: Case) => !isDone && each.decision === null;
  const shown = cases.filter((each) => each.id === chosen || filter === 'all' || (filter === 'to_decide' ? isOpen(each) : !isAgreed(each)));
  const current = shown.find(({ id }) => id === chosen) ?? shown[0];
  const isLoaded = useWorkspace((state) => state.work.sets.has(article));
  const place = useRef<HTMLElement>(null);
  // Another annotator who works here has not read it yet.
  useEffect(() => {
    if (!isLoaded) actions.adjudicate.read(article);
  }, [isLoaded, article, actions]);
  useEffect(() => {
    if (isLoaded) place.current?.querySelector<HTMLElement>('.long-list[role="listbox"]')?.focus();
  }, [isLoaded]);
  useEffect(() => {
    // When the last row goes, the list goes with it, and so does a pressed button whose purpose is gone. The focus must go somewhere else.
    if (isLoaded && document.activeElement === document.body)
      place.current?.querySelector<HTMLElement>('.long-list[role="listbox"], .button')?.focus();
  });
  const items = shown.map((each): CaseItem => ({ case: each, codebook, isDone, differs: differenceWords(each, annotators, codebook) }));
  const open = cases.filter(isOpen).length;
  const nameOf = (id: string) => annotators.find((one) => one.id === id)?.name ?? id;
  const settle = (each: Case, taken: readonly Taken[], words: string, said: string) => {
    const at = shown.indexOf(each);
    const next = shown[at + 1] ?? shown[at - 1];
    if (!actions.adjudicate.take(article, taken, words)) return;
    actions.adjudicate.show({ chosen: next?.id ?? null });
    view.say(said);
  };
  const take = (each: Case, place: number) => {
    const choice = choicesOf(each, readings, registry)[place];
    const reading = readings.find(({ annotator }) => annotator === choice?.version.annotator);
    if (!choice || !reading || !decides) return;
    const names = list.format(choice.annotators.map(nameOf));
    const left = isOpen(each) ? open - 1 : open;
    settle(
      each,
      [{ reading, annotation: choice.version.annotation.id, replaces: each.decision?.id ?? null }],
      `Decide for ${names}`,
      `Taken from ${names}. ${left === 0 ? 'Nothing is left to decide here.' : `${number(left)} left to decide.`}`,
    );
  };
  const agreed = cases.filter((each) => isAgreed(each) && !each.decision);
  const takeAgreed = () => {
    const taken = agreed.flatMap(({ versions: [first] }): Taken[] => {
      const reading = readings.find(({ annotator }) => annotator === first?.annotator);
      return first && reading ? [{ reading, annotation: first.annotation.id, replaces: null }] : [];
    });
    const what = counted(taken.length, 'case');
    if (actions.adjudicate.take(article, taken, `Take ${what} that all agree on`))
      view.say(`Taken: ${what}. One undo takes all of it back.`);
    if (agreed.some(({ id }) => id === chosen)) actions.adjudicate.show({ chosen: null });
    place.current?.querySelector<HTMLElement>('.long-list[role="listbox"]')?.focus();
  };
  // Handle keys before the buttons, which would keep them for themselves.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') back();
    else if (current && /^[1-9]$/.test(event.key)) take(current, Number(event.key) - 1);
    else if (current?.decision && decides && event.key === 'Delete') actions.adjudicate.withdraw(article, current.decision.id);
    else return;
    event.preventDefault();
  };
  const back = () => actions.adjudicate.show({ article: null, chosen: null });
  const openInText = (each: Case) => {
    const at = (each.decision ?? each.versions[0]?.annotation)?.spans[0];
    if (at) actions.search.showPlace({ article, start: at.start, end: at.end }, 'agreement');
  };
  return (
    <main className="agreement" data-pane="main" aria-label={`Cases of ${title}`} ref={place} onKeyDownCapture={onKeyDown}>
      <div className="agreement-head">
        <Button kind="quiet" onPress={back}>
          ‹ All articles
        </Button>
        <h2>{title}</h2>
        <p className="muted" role="status">
          {counted(cases.length, 'case')} · {counted(cases.filter((each) => !isAgreed(each)).length, 'difference')}
          {decides && (isDone ? ' · done' : ` · ${number(open)} to decide`)}
        </p>
        <div className="agreement-bar">
          <Choice
            label="Cases"
            values={listable.map((each) => listings[each])}
            value={listings[filter]}
            clearable={false}
            isDisabled={false}
            onChange={(name) =>
              actions.adjudicate.show({ listed: listable.find((each) => listings[each] === name) ?? 'all', chosen: null })
            }
          />
          {decides && (
            <Button isDisabled={agreed.length === 0} onPress={takeAgreed}>
              Take the {number(agreed.length)} that all agree on
            </Button>
          )}
          {decides && (
            <Button onPress={() => actions.adjudicate.finish(article, !isDone)}>
              {isDone ? 'Decide on' : open > 0 ? `Done: leave the other ${number(open)} out` : 'Done'}
            </Button>
          )}
        </div>
      </div>
      <div className="agreement-cases">
        <LongList
          className="agreement-rows"
          rowClassName="agreement-row"
          label="Cases"
          fades
          padding={6}
          items={items}
          idOf={({ case: { id } }) => id}
          rowHeight={52}
          selected={current?.id ?? null}
          onWalk={(id) => actions.adjudicate.show({ chosen: id })}
          onChoose={(id) => {
            const each = shown.find((one) => one.id === id);
            if (each && id === current?.id && id === chosen) openInText(each);
            actions.adjudicate.show({ chosen: id });
          }}
          row={CaseRow}
          empty={<p className="empty">{isLoaded ? emptyWords(cases.length, filter) : 'Reading…'}</p>}
        />
        {current && codebook && (
          <CaseDetail
            key={current.id}
            article={article}
            item={current}
            readings={readings}
            decided={decided}
            decides={decides}
            onTake={(at) => take(current, at)}
            onWithdraw={() => current.decision && actions.adjudicate.withdraw(article, current.decision.id)}
            onOpen={() => openInText(current)}
          />
        )}
      </div>
    </main>
  );
}

const nobody: readonly never[] = [];
const list = new Intl.ListFormat('en');

function emptyWords(all: number, filter: ListedCases): string {
  if (all === 0) return 'Nothing is annotated here.';
  return filter === 'to_decide' ? 'Everything here is decided.' : 'The annotators agree on everything here.';
}

interface CaseItem {
  readonly case: Case;
  /** Whether the adjudicator is done with the article, so that cases without a decision are left out. */
  readonly isDone: boolean;
  readonly codebook: Codebook | undefined;
  readonly differs: string;
}

function CaseRow({ item: { case: each, codebook, isDone, differs } }: { readonly item: CaseItem }) {
  const shown = each.decision ?? each.versions[0]?.annotation;
  const layer = shown && codebook && layerOf(codebook, shown.layer);
  if (!shown) return null;
  return (
    <>
      <span data-hue={layer && hueOf(layer, shown)} className="annotation-swatch">
        {layer && <span className="swatch" data-look={layer.look} aria-hidden="true" />}
        <span className="visually-hidden">{layer?.title ?? shown.layer}:</span>
      </span>
      <span className="agreement-words">{shown.spans.map(({ text }) => text).join(' … ')}</span>
      <span className="agreement-differs">
        {each.decision && <span className="agreement-decided">✓ decided · </span>}
        {isDone && !each.decision && '✕ left out · '}
        {differs}
      </span>
    </>
  );
}
