import { FieldError, Input, Label, Text, TextField } from 'react-aria-components';

interface LabelledTextProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with the value, in words; null if it is valid. */
  readonly problem: string | null;
  readonly isDisabled: boolean;
  /** Whether it is focused, with its text selected, when the form opens. */
  readonly autoFocus?: boolean;
}

/** A text field in a form, with its label above it and a hint or an error below it. */
export function LabelledText({ label, value, onChange, hint, problem, isDisabled, autoFocus = false }: LabelledTextProps) {
  return (
    <TextField
      className="labelled-text"
      autoFocus={autoFocus}
      value={value}
      onChange={onChange}
      isInvalid={problem !== null}
      isDisabled={isDisabled}
    >
      <Label>{label}</Label>
      <Input className="input" {...(autoFocus ? { onFocus: (event) => event.target.select() } : {})} />
      {problem === null ? hint && <Text slot="description">{hint}</Text> : <FieldError className="problem">{problem}</FieldError>}
    </TextField>
  );
}
