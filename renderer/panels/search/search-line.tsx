import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { withCompletion } from '../../../core/search/completion.ts';
import { useSession } from '../../session.tsx';
import { QueryField, QueryProblems } from './query-field.tsx';
import { useQuery } from './query-reading.ts';

interface SearchLineProps {
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

/** The query of the Search view, with completions below it. */
export function SearchLine({ query, onQuery }: SearchLineProps) {
  const { actions } = useSession();
  const [caret, setCaret] = useState(query.length);
  const [written, setWritten] = useState<number | null>(null);
  const [walked, setWalked] = useState(-1);
  const [isOpen, setOpen] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const { problems, completions } = useQuery(query, Math.min(caret, query.length));
  const isExpanded = isOpen && completions.length > 0;
  const take = (index: number) => {
    const completion = completions[index];
    if (!completion) return;
    const next = withCompletion(query, completion);
    onQuery(next.input);
    setCaret(next.caret);
    setWritten(next.caret);
    setWalked(-1);
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step !== 0 && completions.length > 0) {
      setOpen(true);
      setWalked((walked + step + completions.length + (walked < 0 && step < 0 ? 1 : 0)) % completions.length);
    } else if (event.key === 'Enter' && isExpanded && walked >= 0) take(walked);
    else if (event.key === 'Enter') {
      setOpen(false);
      actions.search.remember(query);
    } else if (event.key === 'Tab' && !event.shiftKey && isExpanded) take(Math.max(0, walked));
    else if (event.key === 'Escape' && isExpanded) setOpen(false);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="search-line">
      <QueryField
        label="Query"
        placeholder="Words, “words in this order”, speaker:, layer:, has:note, -done …"
        value={query}
        caret={written}
        problems={problems}
        list={id}
        rowInTurn={isExpanded && walked >= 0 ? `${id}-${walked}` : undefined}
        isExpanded={isExpanded}
        field={field}
        onType={(value, place) => {
          onQuery(value);
          setCaret(place);
          setWritten(null);
          setWalked(-1);
          setOpen(true);
        }}
        onCaret={setCaret}
        onKeyDown={onKeyDown}
        onBlur={() => {
          setOpen(false);
          actions.search.remember(query);
        }}
      >
        <div className={isExpanded ? 'query-options' : undefined} role="listbox" id={id} aria-label="What may follow">
          {isExpanded &&
            completions.map(({ name, note }, index) => (
              // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the row in turn
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys act in the field
              <div
                key={name}
                id={`${id}-${index}`}
                className="combobox-row"
                role="option"
                aria-selected={index === walked}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => take(index)}
              >
                <span className="combobox-name">{name}</span>
                {note && <span className="muted">{note}</span>}
              </div>
            ))}
        </div>
      </QueryField>
      <QueryProblems list={id} problems={problems} />
    </div>
  );
}
