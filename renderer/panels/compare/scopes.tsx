import { type CSSProperties, useState } from 'react';
import { useSession } from '../../session.tsx';
import { counted } from '../../ui/count.ts';
import { LiveText } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';
import type { CompareScope } from './compare-scopes.ts';

// In CSS pixels, as in the style sheet, and in rows. The candidates have the rest of the column.
const [rowHeight, padding, mostShown] = [54, 6, 6];
// From this number of events on, they are looked for by name.
const many = 12;

/** The events, what was ticked and all articles, to choose what is compared. */
export function Scopes({ scopes, shown }: { readonly scopes: readonly CompareScope[]; readonly shown: CompareScope }) {
  const { actions } = useSession();
  const [filter, setFilter] = useState('');
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const listed = scopes.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
  const choose = (id: string) => {
    const scope = scopes.find((one) => one.id === id);
    if (scope) actions.compare.show({ of: scope.of, cell: null, candidates: [] });
  };
  return (
    <div className="compare-scopes-part">
      {scopes.length >= many && (
        <div className="compare-filter">
          <LiveText label="Filter events" placeholder="Filter events" value={filter} onChange={setFilter} />
        </div>
      )}
      <div className="compare-scopes-ground" style={{ '--rows': Math.min(scopes.length, mostShown) } as CSSProperties}>
        <LongList
          className="compare-scopes"
          rowClassName="compare-scope"
          label="Events and articles"
          fades
          padding={padding}
          items={listed}
          idOf={({ id }) => id}
          rowHeight={rowHeight}
          selected={shown.id}
          onWalk={choose}
          onChoose={choose}
          row={ScopeRow}
          empty={<p className="empty">No event has these words.</p>}
        />
      </div>
    </div>
  );
}

function ScopeRow({ item: { title, date, count, shared } }: { readonly item: CompareScope }) {
  const facts = [
    ...(date ? [date] : []),
    counted(count, 'article'),
    ...(shared.quotes > 0 ? [counted(shared.quotes, 'quote')] : []),
    ...(shared.claims > 0 ? [counted(shared.claims, 'claim')] : []),
  ];
  return (
    <>
      <span className="compare-scope-title" title={title}>
        {title}
      </span>
      <span className="compare-scope-facts">{facts.join(' · ')}</span>
    </>
  );
}
