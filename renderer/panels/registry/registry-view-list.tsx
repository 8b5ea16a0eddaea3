import { useMemo, useState } from 'react';
import type { Registry } from '../../../core/model/entity.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import {
  countsByType,
  type RegistryQuery,
  type RegistryRow,
  registryRows,
  type UnlinkedGroup,
  unlinkedRows,
} from '../../state/registry-rows.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { Choice, LiveText, Pick } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { TickBox } from '../../ui/tick-box.tsx';
import { type RegistryDialog, unlinkedSign } from './registry-choice.ts';
import type { MentionCounts, ReadInParts } from './registry-view-reading.ts';
import { useTypeNames } from './registry-view-reading.ts';

interface ListProps {
  readonly counting: ReadInParts<MentionCounts>;
  readonly onDialog: (dialog: RegistryDialog) => void;
}

const sorts = { name: 'By name', mentions: 'By mentions' } as const;

/** The entries of the registry, filtered and sorted, with ticks for merging; and the annotator's own unlinked mentions, by their words. */
export function RegistryList({ counting, onDialog }: ListProps) {
  const { actions } = useSession();
  const registry = useWorkspace((state) => state.registry);
  const articles = useWorkspace((state) => state.articles.length);
  const writable = useWorkspace((state) => state.writable);
  const choice = useView((state) => state.registryChoice);
  const [isUnlinked, setUnlinked] = useState(choice?.startsWith(unlinkedSign) ?? false);
  const [query, setQuery] = useState<RegistryQuery>({ filter: '', type: null, sort: 'name' });
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const typeNames = useTypeNames();
  const counts = counting.value?.counts ?? null;
  const rows = useMemo(() => registryRows(registry, counts, query), [registry, counts, query]);
  const byType = useMemo(() => countsByType(registry), [registry]);
  const groups = useMemo(() => unlinkedRows(counting.value?.unlinked ?? [], query.filter), [counting.value, query.filter]);
  const standing = [...byType.values()].reduce((sum, count) => sum + count, 0);
  const unlinked = counting.value?.unlinked.reduce((sum, { count }) => sum + count, 0) ?? 0;
  // Entries removed in the meantime are no longer ticked, and merged ones need no tick any more.
  const marked = useMemo(() => standingOnly(registry, ticked), [ticked, registry]);
  const mark = (id: string) => {
    if (registry.get(id)?.mergedInto) return;
    setTicked(marked.has(id) ? new Set([...marked].filter((other) => other !== id)) : new Set([...marked, id]));
  };
  const types = {
    '': `All types · ${standing}`,
    ...Object.fromEntries([...byType].map(([id, count]) => [id, `${typeNames(id)} · ${count}`])),
  };
  const sections = [`Entries · ${standing}`, `Without a link · ${unlinked}`];
  const shared = { className: 'registry-rows', fades: true, padding: 6, gap: 1, selected: choice, onChoose: actions.registry.choose };
  return (
    <aside className="registry-list" data-pane="articles" aria-label="Registry">
      <div className="list-head">
        <h2 className="heading">Registry</h2>
        <Button kind="quiet" isDisabled={!writable} onPress={() => onDialog({ kind: 'create' })}>
          + New entry
        </Button>
      </div>
      <div className="registry-filters">
        <Choice
          label="What is listed"
          values={sections}
          value={sections[isUnlinked ? 1 : 0] ?? null}
          clearable={false}
          isDisabled={false}
          onChange={(section) => setUnlinked(section === sections[1])}
        />
        <LiveText
          label="Filter the registry"
          placeholder={isUnlinked ? 'Filter by words' : 'Filter by name or alias'}
          value={query.filter}
          onChange={(filter) => setQuery({ ...query, filter })}
          leadsToList
        />
        {!isUnlinked && (
          <div className="filter-line">
            <Pick label="Type" values={types} value={query.type ?? ''} onChange={(type) => setQuery({ ...query, type: type || null })} />
            <Pick label="Order" values={sorts} value={query.sort} onChange={(sort) => setQuery({ ...query, sort })} />
          </div>
        )}
      </div>
      {counting.failure && <FailureNotice>{counting.failure}</FailureNotice>}
      {!counting.isDone && counting.searched > 0 && (
        <p className="registry-progress muted" role="status">
          Counting mentions: {counting.searched} of {counted(articles, 'article')}…
        </p>
      )}
      {isUnlinked ? (
        <LongList
          {...shared}
          rowClassName="registry-row"
          label="Mentions without a link"
          items={groups}
          idOf={groupId}
          rowHeight={44}
          row={GroupRow}
          empty={
            <p className="empty">
              {query.filter ? 'No words match the filter.' : counting.isDone ? 'Every mention of yours is linked.' : 'Counting…'}
            </p>
          }
        />
      ) : (
        <LongList
          {...shared}
          rowClassName="registry-row"
          label="Entries"
          items={rows}
          idOf={rowId}
          rowHeight={44}
          marked={marked}
          onMark={mark}
          row={EntityRow}
          empty={<p className="empty">{standing === 0 ? emptyWords : 'No entry matches the filter.'}</p>}
        />
      )}
      {marked.size > 0 && (
        <div className="registry-marked">
          <span role="status">{marked.size} ticked</span>
          <Button kind="quiet" onPress={() => setTicked(new Set())}>
            Clear
          </Button>
          <Button
            kind="primary"
            isDisabled={!writable || marked.size < 2}
            onPress={() => onDialog({ kind: 'merge', ids: [...marked], into: null })}
          >
            Merge…
          </Button>
        </div>
      )}
    </aside>
  );
}

const emptyWords =
  'No entries yet. They are made as you tag: give a quote its speaker, then link the name; or fill a role that only an entry can fill, such as the event of a fact.';

function standingOnly(registry: Registry, ticked: ReadonlySet<string>): ReadonlySet<string> {
  const there = [...ticked].flatMap((id) => registry.get(id) ?? []).filter(({ removed }) => !removed);
  return new Set(there.some(({ mergedInto }) => mergedInto) ? [] : there.map(({ id }) => id));
}

const rowId = ({ id }: RegistryRow) => id;
const groupId = ({ words }: UnlinkedGroup) => `${unlinkedSign}${words}`;

function EntityRow({ item: { title, type, target, count } }: { readonly item: RegistryRow }) {
  const typeNames = useTypeNames();
  return (
    <>
      {target === null ? <TickBox /> : <span aria-hidden="true">↳</span>}
      <span className="registry-name">{target === null ? title : `${title} → ${target}`}</span>
      <span className="registry-facts">
        {typeNames(type)}
        {target === null ? count !== null && ` · ${counted(count, 'mention')}` : ' · merged'}
      </span>
    </>
  );
}

function GroupRow({ item: { words, count } }: { readonly item: UnlinkedGroup }) {
  return (
    <>
      <span aria-hidden="true">?</span>
      <span className="registry-name">{words}</span>
      <span className="registry-facts">{counted(count, 'mention')} without a link</span>
    </>
  );
}
