import './name-form.css';
import { type FormEvent, useState } from 'react';
import { Input, Label, TextField } from 'react-aria-components';
import { AppError } from '../../../core/failure.ts';
import { Button } from '../../ui/button.tsx';

interface NameFormProps {
  readonly label: string;
  readonly initial: string;
  readonly action: string;
  /** Rejects with an AppError if the name cannot be used; its message is shown. */
  readonly onAccept: (name: string) => Promise<void>;
}

/** Asks for a name: Enter accepts. */
export function NameForm({ label, initial, action, onAccept }: NameFormProps) {
  const [name, setName] = useState(initial);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const accept = async () => {
    setBusy(true);
    try {
      await onAccept(name.trim());
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      setProblem(`${error.failure.message} ${error.failure.next}`);
    } finally {
      setBusy(false);
    }
  };
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== '' && !isBusy) void accept();
  };
  return (
    <form className="name-form" onSubmit={onSubmit}>
      <TextField
        value={name}
        onChange={(value) => {
          setName(value);
          setProblem(null);
        }}
        autoFocus
        maxLength={80}
      >
        <Label>{label}</Label>
        <Input className="input" onFocus={(event) => event.target.select()} />
      </TextField>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      <Button kind="primary" isDisabled={name.trim() === '' || isBusy} onPress={() => void accept()}>
        {action}
      </Button>
    </form>
  );
}
