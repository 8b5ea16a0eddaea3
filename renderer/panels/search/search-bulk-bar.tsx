import type { BulkDeed } from '../../../core/annotations/bulk.ts';
import { useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import type { Ticked } from './search-ticks.ts';

const deeds: readonly { readonly kind: BulkDeed['kind']; readonly title: string }[] = [
  { kind: 'attribute', title: 'Set attribute…' },
  { kind: 'relabel', title: 'Change layer…' },
  { kind: 'link', title: 'Link role…' },
  { kind: 'note', title: 'Add note…' },
  { kind: 'remove', title: 'Delete…' },
];

interface BulkBarProps {
  readonly count: number;
  readonly total: number;
  readonly isAll: boolean;
  readonly onTicked: (ticked: Ticked) => void;
  readonly onBulk: (kind: BulkDeed['kind']) => void;
}

/** How many are ticked, and what can be done to them. */
export function BulkBar({ count, total, isAll, onTicked, onBulk }: BulkBarProps) {
  const writable = useWorkspace((state) => state.writable);
  if (total === 0) return null;
  return (
    <div className="search-bulk">
      <span role="status" className={count === 0 ? 'muted' : undefined}>
        {count === 0 ? 'Space ticks rows' : `${count.toLocaleString('en')} ticked`}
      </span>
      {isAll ? (
        <Button kind="quiet" onPress={() => onTicked({ isAll: false, ids: new Set() })}>
          Untick all
        </Button>
      ) : (
        <Button kind="quiet" onPress={() => onTicked({ isAll: true, ids: new Set() })}>
          {`Tick all ${total.toLocaleString('en')}`}
        </Button>
      )}
      <span className="search-deeds">
        {deeds.map(({ kind, title }) => (
          <Button key={kind} isDisabled={!writable || count === 0} onPress={() => onBulk(kind)}>
            {title}
          </Button>
        ))}
      </span>
    </div>
  );
}
