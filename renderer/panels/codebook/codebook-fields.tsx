import { useState } from 'react';
import { Name } from '../../../core/model/codebook.ts';
import { Button } from '../../ui/button.tsx';
import { CommittedText, LiveText } from '../../ui/fields.tsx';

/** What is wrong with a name in the codebook; null if it is valid. */
export const nameProblem = (name: string): string | null =>
  Name.safeParse(name).success ? null : 'letters without accents, digits and _, a letter first';

/** Turns words into a name: spaces and hyphens become `_`. The result may still be invalid; see `nameProblem`. */
const asName = (words: string): string => words.trim().replaceAll(/[\s-]+/g, '_');

interface NewNameProps {
  readonly label: string;
  /** Shown in the empty field, if the label is longer than what should be visible. */
  readonly placeholder?: string;
  readonly onCommit: (name: string) => void;
}

/** The name for something new, typed as words. Enter or the button creates it. */
export function NewName({ label, placeholder = label, onCommit }: NewNameProps) {
  const [name, setName] = useState('');
  const problem = name === '' ? null : nameProblem(asName(name));
  const commit = () => {
    if (name === '' || problem) return;
    onCommit(asName(name));
    setName('');
  };
  return (
    <form
      className="new-name"
      onSubmit={(event) => {
        event.preventDefault();
        commit();
      }}
    >
      <LiveText label={label} placeholder={`${placeholder}…`} value={name} onChange={setName} />
      {name !== '' && (
        <Button kind="quiet" onPress={commit} isDisabled={problem !== null}>
          Add
        </Button>
      )}
      {problem && (
        <span className="lacking" role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}

interface FieldProps {
  readonly label: string;
  /** What it is a field of, for people who cannot see where it is. */
  readonly of?: string;
  /** Whether the label is visible. */
  readonly isShown?: boolean;
  readonly value: string;
  readonly isDisabled: boolean;
  readonly multiline?: boolean;
  readonly isName?: boolean;
  readonly onCommit: (value: string) => void;
}

/** A field of the codebook with its label. Leaving the field collects its text as a change. */
export function CodebookField({ label, of, isShown = true, value, isDisabled, multiline = false, isName = false, onCommit }: FieldProps) {
  return (
    <div className="codebook-field">
      {isShown && <span className="field-name">{label}</span>}
      <CommittedText
        label={of === undefined ? label : `${label} of ${of}`}
        value={value}
        isDisabled={isDisabled}
        multiline={multiline}
        {...(isName ? { invalid: (draft: string) => nameProblem(asName(draft)) } : {})}
        onCommit={isName ? (draft) => onCommit(asName(draft)) : onCommit}
      />
    </div>
  );
}

interface RemovalProps {
  readonly what: string;
  /** What can replace it. */
  readonly others: readonly { readonly id: string; readonly title: string }[];
  readonly isRetired: boolean;
  readonly onRetire: (retired: boolean) => void;
  readonly onRemove: (into: string | null) => void;
}

/** Retires something, or removes it with or without a replacement. */
export function Removal({ what, others, isRetired, onRetire, onRemove }: RemovalProps) {
  return (
    <span className="codebook-removal">
      <Button kind="quiet" label={`${isRetired ? 'Take up' : 'Retire'} ${what}`} onPress={() => onRetire(!isRetired)}>
        {isRetired ? 'Take up again' : 'Retire'}
      </Button>
      <select
        className="input pick"
        aria-label={`Remove ${what}`}
        value=""
        onChange={(event) => onRemove(event.target.value === '\u0000' ? null : event.target.value)}
      >
        <option value="" disabled>
          Remove…
        </option>
        {others.map(({ id, title }) => (
          <option key={id} value={id}>
            into {title}
          </option>
        ))}
        <option value={'\u0000'}>with nothing in its place</option>
      </select>
    </span>
  );
}

interface TicksProps {
  /** The accessible name of the group of boxes; visible with `isShown`. */
  readonly label: string;
  readonly isShown?: boolean;
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  /** The ids of the ticked choices. */
  readonly ticked: readonly string[];
  readonly isDisabled: boolean;
  readonly onChange: (ticked: string[]) => void;
}

/** Boxes to tick: what a role or a relation may take. */
export function CodebookTicks({ label, isShown = false, choices, ticked, isDisabled, onChange }: TicksProps) {
  return (
    <fieldset className="codebook-targets" disabled={isDisabled} aria-label={label}>
      {isShown && <legend className="field-name">{label}</legend>}
      {choices.map(({ id, title }) => (
        <label key={id}>
          <input
            type="checkbox"
            checked={ticked.includes(id)}
            onChange={({ target }) => onChange(target.checked ? [...ticked, id] : ticked.filter((other) => other !== id))}
          />
          {title}
        </label>
      ))}
    </fieldset>
  );
}
