import '../annotations/every-occurrence.css';
import './accept-all.css';
import { useState } from 'react';
import { familyNames, familyOf, type SuggestionFamily, suggestionFamilies } from '../../../core/suggestions/choice.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import type { OpenSuggestion } from '../../state/article-suggestions.ts';
import { suggestedWho } from '../../state/listed-rows.ts';
import { openSuggestionsOf } from '../../state/suggestions.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Choice } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { TickBox } from '../../ui/tick-box.tsx';
import { sureness } from './suggestion-fields.tsx';

/** All open suggestions of a kind, to be accepted at once. The user can untick any of them first. */
export function AcceptAll() {
  const { view } = useSession();
  const asked = useView((state) => state.acceptAll);
  return (
    <Dialog title="Accept suggestions" isOpen={asked !== null} onClose={() => view.set({ acceptAll: null })}>
      {asked && <Preview asked={asked.family} />}
    </Dialog>
  );
}

const everything = 'everything';

function Preview({ asked }: { readonly asked: SuggestionFamily | null }) {
  const { actions } = useSession();
  const open = useWorkspace(openSuggestionsOf);
  const [family, setFamily] = useState(asked);
  const [unticked, setUnticked] = useState<ReadonlySet<string>>(new Set());
  const rows = family ? open.filter((each) => familyOf(each) === family) : open;
  const ticked = rows.map(({ id }) => id).filter((id) => !unticked.has(id));
  const mark = (id: string) => setUnticked(new Set(unticked.has(id) ? [...unticked].filter((other) => other !== id) : [...unticked, id]));
  const families = suggestionFamilies.filter((each) => open.some((suggestion) => familyOf(suggestion) === each));
  const what = family ? familyNames[family] : (['suggestion', 'suggestions'] as const);
  return (
    <div className="every">
      <Choice
        label="Which"
        values={[...families.map((each) => familyNames[each][1]), everything]}
        value={family ? familyNames[family][1] : everything}
        clearable={false}
        isDisabled={false}
        onChange={(name) => setFamily(families.find((each) => familyNames[each][1] === name) ?? null)}
      />
      <div className="accept-all-head">
        <span role="status" className="muted">
          {`${rows.length} open in this article, ${ticked.length} ticked. Space unticks one.`}
        </span>
        <Button kind="quiet" onPress={() => setUnticked(new Set(ticked.length > 0 ? open.map(({ id }) => id) : []))}>
          {ticked.length > 0 ? 'Untick all' : 'Tick all'}
        </Button>
      </div>
      <LongList
        className="occurrences"
        fades
        rowClassName="occurrence"
        label="Suggestions"
        items={rows}
        idOf={idOf}
        rowHeight={46}
        selected={null}
        marked={new Set(ticked)}
        onMark={mark}
        onChoose={mark}
        row={Row}
      />
      <div className="dialog-actions">
        <Button kind="primary" autoFocus isDisabled={ticked.length === 0} onPress={() => actions.suggest.acceptEach(ticked, family)}>
          {`Accept ${ticked.length} ${what[ticked.length === 1 ? 0 : 1]}`}
        </Button>
      </div>
    </div>
  );
}

const idOf = ({ id }: OpenSuggestion) => id;

function Row({ item }: { readonly item: OpenSuggestion }) {
  const told = [familyNames[familyOf(item)][0], suggestedWho(item), sureness(item.confidence)];
  return (
    <>
      <TickBox />
      <span className="occurrence-line">{item.spans.map(({ text }) => text).join(' … ')}</span>
      <span className="muted occurrence-title">{told.filter(Boolean).join(' · ')}</span>
    </>
  );
}
