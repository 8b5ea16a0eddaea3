import './combobox.css';
import { type KeyboardEvent, type ReactNode, useId, useLayoutEffect, useRef, useState } from 'react';

/** One row of a combobox: what it stands for, and what it shows. */
export interface ComboboxRow {
  readonly id: string;
  readonly name: string;
  /** Shown after the name, in small print. */
  readonly note?: string;
}

interface ComboboxProps<R extends ComboboxRow> {
  readonly label: string;
  /** The initial text in the field, selected. */
  readonly text: string;
  readonly placeholder?: string;
  /** Identifies the field, so that it can be focused. */
  readonly field?: string;
  /** The rows for the typed text, best first, and few enough to draw. `isTouched` is true once the user has typed. */
  readonly rowsFor: (text: string, isTouched: boolean) => readonly R[];
  /** A row was chosen; `isOther` if Alt was held. */
  readonly onChoose: (row: R, isOther: boolean) => void;
  readonly onCancel: () => void;
  /** Shown below the list. `choose` chooses the current row. */
  readonly footer?: (choose: (isOther: boolean) => void) => ReactNode;
}

/**
 * A field with a list below it that follows what is typed (ARIA: combobox with a listbox). Arrows walk, Enter chooses, Alt+Enter chooses in the
 * other way, and Escape cancels. The focus stays in the field.
 */
export function Combobox<R extends ComboboxRow>(props: ComboboxProps<R>) {
  const { label, text, placeholder = '', field, rowsFor, onChoose, onCancel, footer } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  // It only appears when the user asks for it.
  useLayoutEffect(() => input.current?.focus(), []);
  const rows = rowsFor(draft ?? text, draft !== null);
  const inTurn = Math.min(at, rows.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row in turn is brought into view when it changes
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [inTurn, rows]);
  const choose = (isOther: boolean) => {
    const row = rows[inTurn];
    if (row) onChoose(row, isOther);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // Keys of a composition belong to the input method.
    if (event.nativeEvent.isComposing) return;
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined) {
      const next = inTurn + step;
      const isEnd = Math.abs(step) > 1;
      setAt(isEnd ? Math.max(0, Math.min(rows.length - 1, next)) : (next + rows.length) % Math.max(1, rows.length));
    } else if (event.key === 'Enter') choose(event.altKey);
    else if (event.key === 'Escape') onCancel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className="combobox">
      <input
        ref={input}
        className="input"
        role="combobox"
        aria-label={label}
        aria-expanded={rows.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={rows.length > 0 ? `${id}-${inTurn}` : undefined}
        autoComplete="off"
        spellCheck={false}
        data-field={field}
        placeholder={placeholder}
        value={draft ?? text}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          setDraft(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className="combobox-list" role="listbox" id={`${id}-list`} aria-label={label} ref={list}>
        {rows.map((row, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the field, which names the row in turn
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys act in the field
          <div
            key={row.id}
            id={`${id}-${index}`}
            className="combobox-row"
            role="option"
            aria-selected={index === inTurn}
            onPointerDown={(event) => event.preventDefault()}
            onClick={(event) => onChoose(row, event.altKey)}
          >
            <span className="combobox-name">{row.name}</span>
            {row.note && <span className="muted">{row.note}</span>}
          </div>
        ))}
      </div>
      {footer?.(choose)}
    </div>
  );
}
