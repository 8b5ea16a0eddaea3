import { useEffect, useState } from 'react';
import type { KeptState } from '../../../core/contract/copies.ts';
import type { Input, Output } from '../../../core/contract.ts';
import { AppError, type Failure } from '../../../core/failure.ts';
import type { SinceDifference } from '../../../core/steps/earlier.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Check } from '../../ui/fields.tsx';
import { momentWords } from '../../ui/moment.ts';
import { countsInWords, fieldInWords, sortInWords, stateTime } from './earlier-words.ts';

interface Props {
  readonly state: KeptState;
  readonly onRestored: () => void;
}

/** What to restore: whole articles by id, and records by key. */
interface Chosen {
  readonly articles: ReadonlySet<string>;
  readonly records: ReadonlySet<string>;
}

const nothing: Chosen = { articles: new Set(), records: new Set() };
const mostGroups = 200;

/** How the current work differs from one state, article by article and record by record. Restores all or some of it. */
export function EarlierDifferences({ state, onRestored }: Props) {
  const { actions, view } = useSession();
  const writable = useWorkspace((all) => all.writable);
  const version = useWorkspace((all) => all.opened?.codebook.version);
  const here = useWorkspace((all) => all.opened?.project.place);
  const [summary, setSummary] = useState<Output<'compareEarlier'> | null>(null);
  const [chosen, setChosen] = useState(nothing);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const failed = (error: unknown) => {
    if (!(error instanceof AppError)) throw error;
    setFailure(error.failure);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: one state, once
  useEffect(() => {
    let isCurrent = true;
    actions.outside.earlier
      .compare(state.id)
      .then((found) => isCurrent && setSummary(found))
      .catch((error: unknown) => isCurrent && failed(error));
    return () => {
      isCurrent = false;
    };
  }, [state.id]);
  const restore = (what: Input<'restoreEarlier'>['what']) => {
    setBusy(true);
    setFailure(null);
    actions.outside.earlier
      .restore(state.id, what, `Restore the state of ${momentWords(state.time)}`)
      .then(({ gesture }) => {
        view.say(gesture ? `Restored: ${counted(gesture.edits.length, 'change')}. Undo takes it back.` : 'Nothing had to be changed.');
        onRestored();
      })
      .catch(failed)
      .finally(() => setBusy(false));
  };
  const count = chosen.articles.size + chosen.records.size;
  const isSame = summary !== null && groupsIn(summary).length === 0;
  return (
    <section className="earlier-differences" aria-label="What differs now" aria-busy={summary === null && !failure}>
      <h3>
        {stateTime(state.time)}
        {state.codebook !== version && <span className="muted"> under version {state.codebook} of the codebook</span>}
      </h3>
      {state.place !== here && <p className="earlier-place-whole">Of the project in {state.place}</p>}
      {failure && (
        <p role="alert">
          {failure.message} {failure.safe} {failure.next}
        </p>
      )}
      {!summary && !failure && <p className="muted">Comparing…</p>}
      {isSame && <p>Your annotations are now as they were then.</p>}
      {summary && !isSame && (
        <>
          <Groups state={state} summary={summary} chosen={chosen} onChoose={setChosen} />
          <div className="earlier-restore">
            <p className="muted">
              {writable
                ? 'Your own work goes back to how it was, in one step that Undo takes back. Nobody else’s is touched, and new entities stay.'
                : 'This window only shows the project, so nothing can be restored here. “pressmark earlier” writes a state out as a project of its own.'}
            </p>
            <Button
              isDisabled={!writable || isBusy || count === 0}
              onPress={() => restore({ kind: 'chosen', articles: [...chosen.articles], records: [...chosen.records] })}
            >
              Restore what is ticked
            </Button>
            <Button kind="primary" isDisabled={!writable || isBusy} onPress={() => restore({ kind: 'all' })}>
              Restore all of it
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

interface Group {
  /** Null for records that belong to no article. */
  readonly article: string | null;
  readonly counts: Output<'compareEarlier'>['articles'][number]['layers'];
  readonly others: number;
}

function groupsIn({ articles, entities, links }: Output<'compareEarlier'>): Group[] {
  const across = Object.fromEntries(
    Object.entries({ entity: entities, link: links }).filter(([, { added, changed, removed }]) => added + changed + removed > 0),
  );
  const groups: Group[] = articles.map(({ article, layers, others }) => ({ article, counts: layers, others }));
  return Object.keys(across).length > 0 ? [...groups, { article: null, counts: across, others: 0 }] : groups;
}

interface GroupsProps {
  readonly state: KeptState;
  readonly summary: Output<'compareEarlier'>;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

function Groups({ state, summary, chosen, onChoose }: GroupsProps) {
  const groups = groupsIn(summary);
  const rest = groups.length - mostGroups;
  return (
    <div className="earlier-groups">
      {groups.slice(0, mostGroups).map((group) => (
        <GroupRows key={group.article ?? ''} state={state} group={group} chosen={chosen} onChoose={onChoose} />
      ))}
      {rest > 0 && (
        <p className="muted">{counted(rest, 'more article differs', 'more articles differ')}; all of it can be restored together.</p>
      )}
    </div>
  );
}

interface GroupProps {
  readonly state: KeptState;
  readonly group: Group;
  readonly chosen: Chosen;
  readonly onChoose: (chosen: Chosen) => void;
}

function GroupRows({ state, group: { article, counts, others }, chosen, onChoose }: GroupProps) {
  const codebook = useWorkspace((all) => all.opened?.codebook.codebook);
  const writable = useWorkspace((all) => all.writable);
  const meta = useWorkspace((all) => all.articles.find((one) => one.meta.id === article)?.meta);
  const [isOpen, setOpen] = useState(false);
  const title = article === null ? 'Entities and relations across articles' : (meta?.title ?? article);
  const order = codebook?.layers.map(({ id }) => id) ?? [];
  const inOrder = Object.entries(counts).sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  const sorts = inOrder.map(([layer, count]) =>
    article === null
      ? countsInWords(count, layer === 'entity' ? 'entity' : 'relation')
      : countsInWords(count, sortInWords({ record: 'annotation', layer }, codebook).toLowerCase()),
  );
  const words = [...sorts, ...(others > 0 ? [counted(others, 'other difference')] : [])].join('; ');
  return (
    <div className="earlier-group">
      {article !== null && (
        <Check
          label={<span className="visually-hidden">Restore all on {title}</span>}
          value={chosen.articles.has(article)}
          isDisabled={!writable}
          onChange={() => onChoose({ ...chosen, articles: toggled(chosen.articles, article) })}
        />
      )}
      <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>
          <strong>{title}</strong> <span className="muted">{words}</span>
        </summary>
        {isOpen && <Differences state={state} article={article} chosen={chosen} onChoose={onChoose} />}
      </details>
    </div>
  );
}

function Differences({ state, article, chosen, onChoose }: Omit<GroupProps, 'group'> & { readonly article: string | null }) {
  const { actions } = useSession();
  const writable = useWorkspace((all) => all.writable);
  const [found, setFound] = useState<Output<'differencesEarlier'> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    actions.outside.earlier.differences(state.id, article).then(setFound, (error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      setProblem(error.failure.message);
    });
  }, [actions, state.id, article]);
  if (problem !== null) return <p role="alert">{problem}</p>;
  if (!found) return <p className="muted">Looking…</p>;
  const isWhole = article !== null && chosen.articles.has(article);
  return (
    <ul className="earlier-rows">
      {found.differences.map((difference) => {
        const { key, record, what } = difference;
        const stays = record === 'entity' && what === 'added';
        return (
          <li key={key}>
            <Check
              label={<Difference difference={difference} />}
              value={(isWhole || chosen.records.has(key)) && !stays}
              isDisabled={!writable || isWhole || stays}
              onChange={() => onChoose({ ...chosen, records: toggled(chosen.records, key) })}
            />
          </li>
        );
      })}
      {found.more > 0 && <li className="muted">and {counted(found.more, 'more', 'more')}</li>}
    </ul>
  );
}

const since = { added: 'added since', changed: 'changed since', removed: 'removed since' } as const;

function Difference({ difference }: { readonly difference: SinceDifference }) {
  const codebook = useWorkspace((all) => all.opened?.codebook.codebook);
  const { what, words, fields, layer } = difference;
  return (
    <span className="earlier-difference">
      <span>
        {sortInWords(difference, codebook)} <span className="earlier-what">{since[what]}</span>
      </span>
      {words !== '' && <span className="earlier-words">{words}</span>}
      {fields.map(({ field, was, now }) => (
        <span key={field} className="muted">
          {fieldInWords(field, layer, codebook)}: {was === '' ? 'nothing' : was} → {now === '' ? 'nothing' : now}
        </span>
      ))}
    </span>
  );
}

function toggled(set: ReadonlySet<string>, one: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(one)) next.add(one);
  return next;
}
