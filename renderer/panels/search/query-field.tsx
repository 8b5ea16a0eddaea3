import './query-field.css';
import { type KeyboardEvent, type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react';
import type { QueryProblem } from '../../../core/search/query.ts';

interface QueryFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  /** Where to put the caret, in UTF-16 code units; null leaves it where it is. */
  readonly caret: number | null;
  readonly problems: readonly QueryProblem[];
  /** The id of the list below, in which the field names the current row (ARIA: combobox with a listbox). */
  readonly list: string;
  readonly rowInTurn: string | undefined;
  readonly isExpanded: boolean;
  readonly field: RefObject<HTMLInputElement | null>;
  readonly onType: (value: string, caret: number) => void;
  readonly onCaret: (caret: number) => void;
  readonly onKeyDown: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onBlur?: () => void;
  readonly children?: ReactNode;
}

/** A field for a query that underlines what is not understood. `QueryProblems` explains the problems. */
export function QueryField(props: QueryFieldProps) {
  const { value, caret, problems, field, onType, onCaret } = props;
  const mirror = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was written for the person moves the caret behind it
  useLayoutEffect(() => {
    if (caret !== null) field.current?.setSelectionRange(caret, caret);
  }, [caret, value]);
  const follow = () => {
    if (mirror.current && field.current) mirror.current.scrollLeft = field.current.scrollLeft;
  };
  return (
    <div className="query-field">
      <input
        ref={field}
        className="input"
        role="combobox"
        aria-label={props.label}
        aria-expanded={props.isExpanded}
        aria-controls={props.list}
        aria-autocomplete="list"
        aria-activedescendant={props.rowInTurn}
        aria-invalid={problems.length > 0}
        aria-describedby={problems.length > 0 ? `${props.list}-problems` : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        maxLength={2000}
        placeholder={props.placeholder}
        value={value}
        onChange={({ target }) => onType(target.value, target.selectionStart ?? target.value.length)}
        onSelect={({ currentTarget }) => onCaret(currentTarget.selectionStart ?? currentTarget.value.length)}
        onScroll={follow}
        onKeyDown={(event) => {
          // Keys of a composition belong to the input method.
          if (!event.nativeEvent.isComposing) props.onKeyDown(event);
        }}
        onBlur={props.onBlur}
      />
      {problems.length > 0 && (
        <div className="query-underlines" aria-hidden="true" ref={mirror}>
          {underlined(value, problems)}
        </div>
      )}
      {props.children}
    </div>
  );
}

function underlined(value: string, problems: readonly QueryProblem[]): ReactNode[] {
  let at = 0;
  const parts = problems.flatMap(({ place: { start, end } }) => {
    if (start < at) return [];
    const before = value.slice(at, start);
    at = end;
    return [before, <u key={start}>{value.slice(start, end)}</u>];
  });
  return [...parts, value.slice(at)];
}

/** Explains what is not understood in a query, and what to write instead. `list` is the one of the field. */
export function QueryProblems({ list, problems }: { readonly list: string; readonly problems: readonly QueryProblem[] }) {
  if (problems.length === 0) return null;
  return (
    <div className="query-problems" id={`${list}-problems`} role="alert">
      {problems.slice(0, 3).map(({ place, message, next }) => (
        <p key={`${place.start} ${message}`}>
          <b>{message}</b> {next}
        </p>
      ))}
    </div>
  );
}
