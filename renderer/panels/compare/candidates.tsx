import type { KeyboardEvent } from 'react';
import type { ListedMeta } from '../../../core/model/article.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { LongList } from '../../ui/long-list.tsx';
import type { CandidatePair } from './candidate-pairs.ts';
import { useJudging } from './judging.ts';
import { reasonWords } from './reason-words.ts';

interface CandidatesProps {
  readonly pairs: readonly CandidatePair[];
  readonly current: CandidatePair | null;
  readonly metas: ReadonlyMap<string, ListedMeta>;
  /** What to say if there are none; null while they are read. */
  readonly none: string | null;
}

/** What may be the same, likeliest first. Keys say what each pair is. */
export function Candidates({ pairs, current, metas, none }: CandidatesProps) {
  const { actions } = useSession();
  const { press } = useJudging(pairs);
  // Handle keys before the list, for which Enter would only choose the row.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !current) return;
    if (event.key === 'Escape') actions.compare.show({ candidates: [] });
    else if (!press(event.nativeEvent, current)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const items = pairs.map(
    (pair): CandidateItem => ({ pair, titles: [metas.get(pair.one.article)?.title, metas.get(pair.other.article)?.title] }),
  );
  return (
    <div className="compare-candidates-ground" onKeyDownCapture={onKeyDown}>
      <LongList
        className="compare-candidates"
        rowClassName="compare-candidate"
        label="Candidates"
        fades
        padding={6}
        items={items}
        idOf={({ pair: { id } }) => id}
        rowHeight={66}
        selected={current?.id ?? null}
        onWalk={(id) => actions.compare.show({ candidates: [id] })}
        onChoose={(id) => actions.compare.show({ candidates: [id] })}
        row={CandidateRow}
        empty={none !== null && <p className="empty">{none}</p>}
      />
    </div>
  );
}

interface CandidateItem {
  readonly pair: CandidatePair;
  readonly titles: readonly (string | undefined)[];
}

function CandidateRow({ item: { pair } }: { readonly item: CandidateItem }) {
  const registry = useWorkspace((state) => state.registry);
  const { one, other, reasons } = pair;
  return (
    <>
      <span className="compare-candidate-words">{one.text}</span>
      <span className="compare-candidate-words">~ {other.text}</span>
      <span className="compare-candidate-why">{reasons.map((reason) => reasonWords(reason, registry)).join(' · ')}</span>
    </>
  );
}
