import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import {
  Checkbox as AriaCheckbox,
  TextField as AriaTextField,
  FieldError,
  Input,
  TextArea,
  ToggleButton,
  ToggleButtonGroup,
} from 'react-aria-components';
import { holdDraft } from './drafts.ts';
import { enterList } from './long-list.tsx';
import { TickBox } from './tick-box.tsx';

interface ChoiceProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
  /** Whether pressing the chosen value again clears it. */
  readonly clearable: boolean;
  readonly isDisabled: boolean;
}

const words = (value: string) => value.replaceAll('_', ' ');

/** A choice between a few values, all of them visible. */
export function Choice({ label, values, value, onChange, clearable, isDisabled }: ChoiceProps) {
  return (
    <ToggleButtonGroup
      className="choice"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection={!clearable}
      isDisabled={isDisabled}
      selectedKeys={value === null ? [] : [value]}
      onSelectionChange={(keys) => onChange(([...keys][0] as string | undefined) ?? null)}
    >
      {values.map((option) => (
        <ToggleButton key={option} id={option} className="option">
          {words(option)}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly isDisabled: boolean;
  readonly multiline?: boolean;
  readonly inputMode?: 'text' | 'decimal';
  readonly invalid?: (value: string) => string | null;
  readonly field?: string;
  readonly autoFocus?: boolean;
  readonly onCommit: (value: string) => void;
}

// In milliseconds. How long a field waits for the next key before it submits its text.
const idle = 1000;

/**
 * A text field that submits its text on blur, on removal, after a second without typing, and on Enter (Ctrl/Cmd+Enter if it has several lines).
 * Nothing typed is lost, and undo reverts it.
 */
export function CommittedText({
  label,
  value,
  placeholder = '',
  isDisabled,
  multiline = false,
  inputMode = 'text',
  invalid,
  field,
  autoFocus = false,
  onCommit,
}: TextProps) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const problem = invalid?.(draft) ?? null;
  const isHeld = draft !== value && problem === null;
  const handOn = () => {
    if (isHeld) onCommit(draft);
  };
  const latest = useRef(handOn);
  latest.current = handOn;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each key begins the rest anew
  useEffect(() => {
    if (!isHeld) return;
    const field = {};
    holdDraft(field, () => latest.current());
    const timer = setTimeout(() => latest.current(), idle);
    return () => {
      clearTimeout(timer);
      holdDraft(field, null);
    };
  }, [isHeld, draft]);
  useEffect(() => () => latest.current(), []);
  const commit = () => (problem ? setDraft(value) : handOn());
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (!multiline || event.ctrlKey || event.metaKey)) commit();
  };
  const shared = { className: 'input', placeholder, inputMode, onBlur: commit, onKeyDown, ...(field ? { 'data-field': field } : {}) };
  return (
    <AriaTextField
      aria-label={label}
      autoFocus={autoFocus}
      value={draft}
      onChange={setDraft}
      isDisabled={isDisabled}
      isInvalid={problem !== null}
    >
      {multiline ? <TextArea rows={1} {...shared} /> : <Input {...shared} />}
      {problem && <FieldError className="field-problem">{problem}</FieldError>}
    </AriaTextField>
  );
}

interface LiveTextProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly autoFocus?: boolean;
  readonly onChange: (value: string) => void;
  /** Whether the field filters the list of its pane. The arrow down then leads there. */
  readonly leadsToList?: boolean;
}

/** A text field that acts on every key, such as a filter. A plain field, because its content needs no checks. */
export function LiveText({ label, value, placeholder, autoFocus = false, leadsToList = false, onChange }: LiveTextProps) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  return (
    <div>
      <input
        ref={field}
        type="text"
        className="input"
        aria-label={label}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (!leadsToList || event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          enterList(event.currentTarget.closest<HTMLElement>('[data-pane]'));
        }}
      />
    </div>
  );
}

interface CheckProps {
  readonly label: ReactNode;
  readonly value: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (value: boolean) => void;
}

export function Check({ label, value, isDisabled, onChange }: CheckProps) {
  return (
    <AriaCheckbox className="check" isSelected={value} isDisabled={isDisabled} onChange={onChange}>
      <TickBox />
      {label}
    </AriaCheckbox>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
  /** What to show if it is not the label. */
  readonly children?: ReactNode;
}

/** A small button that is on or off. */
export function Toggle({ label, value, onChange, children }: ToggleProps) {
  return (
    <ToggleButton className="option toggle" isSelected={value} onChange={onChange} {...(children ? { 'aria-label': label } : {})}>
      {children ?? label}
    </ToggleButton>
  );
}

interface PickProps<V extends string> {
  readonly label: string;
  readonly values: Readonly<Record<V, string>>;
  readonly value: V;
  readonly onChange: (value: V) => void;
}

/** A choice between a few named values, from a list that opens. */
export function Pick<V extends string>({ label, values, value, onChange }: PickProps<V>) {
  const names = Object.keys(values) as V[];
  return (
    <select
      className="input pick"
      aria-label={label}
      value={value}
      onChange={(event) => {
        const chosen = names.find((name) => name === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {names.map((name) => (
        <option key={name} value={name}>
          {values[name]}
        </option>
      ))}
    </select>
  );
}
