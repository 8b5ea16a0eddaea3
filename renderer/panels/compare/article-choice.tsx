import './article-choice.css';
import { useMemo, useState } from 'react';
import type { ListedMeta } from '../../../core/model/article.ts';
import { useSession, useView } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LiveText } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { TickBox } from '../../ui/tick-box.tsx';

interface ArticleChoiceProps {
  readonly metas: ReadonlyMap<string, ListedMeta>;
  readonly onClose: () => void;
}

interface Item {
  readonly meta: ListedMeta;
  readonly isTicked: boolean;
}

/** Ticks the articles to compare, where no event names them. */
export function ArticleChoice({ metas, onClose }: ArticleChoiceProps) {
  const { actions } = useSession();
  const before = useView((state) => state.compare.ticked);
  const [ticked, setTicked] = useState<ReadonlySet<string>>(() => new Set(before.filter((id) => metas.has(id))));
  const [filter, setFilter] = useState('');
  const items = useMemo(() => {
    const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
    const textOf = ({ title, source, date }: ListedMeta) => `${title} ${source ?? ''} ${date ?? ''}`.toLowerCase();
    return [...metas.values()]
      .filter((meta) => words.every((word) => textOf(meta).includes(word)))
      .map((meta): Item => ({ meta, isTicked: ticked.has(meta.id) }));
  }, [metas, filter, ticked]);
  const mark = (id: string) => {
    const next = new Set(ticked);
    if (!next.delete(id)) next.add(id);
    setTicked(next);
  };
  const compare = () => {
    actions.compare.show({ ticked: [...ticked], of: { kind: 'ticked' }, cell: null, candidates: [] });
    onClose();
  };
  return (
    <Dialog title="Choose articles to compare" isOpen onClose={onClose}>
      <div className="compare-choice">
        <LiveText
          label="Filter by title, source or date"
          placeholder="Filter by title, source or date"
          value={filter}
          onChange={setFilter}
          autoFocus
        />
        <LongList
          className="compare-choice-rows"
          rowClassName="compare-choice-row"
          label="Articles"
          items={items}
          idOf={({ meta }) => meta.id}
          rowHeight={46}
          selected={null}
          onChoose={mark}
          marked={ticked}
          onMark={mark}
          row={ChoiceRow}
          empty={<p className="empty">No article has these words.</p>}
        />
        <div className="compare-choice-foot">
          <Button kind="primary" isDisabled={ticked.size < 2} onPress={compare}>
            Compare {counted(ticked.size, 'article')}
          </Button>
          <span className="muted">Space ticks an article. Two at least.</span>
        </div>
      </div>
    </Dialog>
  );
}

function ChoiceRow({ item: { meta, isTicked } }: { readonly item: Item }) {
  const facts = [meta.source, meta.date].filter(Boolean).join(' · ');
  return (
    <>
      <TickBox isTicked={isTicked} />
      <span className="compare-scope-title">{meta.title}</span>
      <span className="compare-scope-facts">{facts === '' ? 'no source or date' : facts}</span>
    </>
  );
}
