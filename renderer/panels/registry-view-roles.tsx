import { useState } from 'react';
import { edtfProblem } from '../../core/edtf.ts';
import type { DatedRole } from '../../core/entity.ts';
import { Button } from '../ui/button.tsx';
import { CommittedText } from '../ui/fields.tsx';

interface RolesProps {
  readonly roles: readonly DatedRole[];
  readonly isDisabled: boolean;
  readonly onChange: (roles: readonly DatedRole[]) => void;
}

const blank: DatedRole = { title: '', organisation: '', from: null, to: null };

/** Titles and offices with their times, each to change, add and remove. A new one is handed on once it has a title or an organisation. */
export function DatedRoles({ roles, isDisabled, onChange }: RolesProps) {
  const [isAdding, setAdding] = useState(false);
  const replace = (index: number, role: DatedRole) => onChange(roles.map((other, at) => (at === index ? role : other)));
  return (
    <div className="dated-roles">
      {roles.map((role, index) => (
        <RoleLine
          // biome-ignore lint/suspicious/noArrayIndexKey: two roles may be equal, and a role keeps its field while it is typed into
          key={index}
          number={index + 1}
          role={role}
          isDisabled={isDisabled}
          onChange={(changed) => replace(index, changed)}
          onRemove={() => onChange(roles.filter((_, at) => at !== index))}
        />
      ))}
      {isAdding ? (
        <RoleLine
          key="new"
          number={roles.length + 1}
          role={blank}
          isDisabled={isDisabled}
          onChange={(made) => {
            setAdding(false);
            onChange([...roles, made]);
          }}
          onRemove={() => setAdding(false)}
        />
      ) : (
        <Button kind="quiet" isDisabled={isDisabled} onPress={() => setAdding(true)}>
          + role
        </Button>
      )}
    </div>
  );
}

interface LineProps {
  readonly number: number;
  readonly role: DatedRole;
  readonly isDisabled: boolean;
  readonly onChange: (role: DatedRole) => void;
  readonly onRemove: () => void;
}

function RoleLine({ number, role, isDisabled, onChange, onRemove }: LineProps) {
  const date = (draft: string) => (draft.trim() === '' ? null : edtfProblem(draft.trim()));
  const held = (draft: string) => (draft.trim() === '' ? null : draft.trim());
  const named = (made: DatedRole) => {
    if (made.title.trim() !== '' || made.organisation.trim() !== '') onChange(made);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a legend, for which one line has no room
    <div className="dated-role" role="group" aria-label={`Role ${number}`}>
      <CommittedText
        label="Title"
        placeholder="Title"
        value={role.title}
        isDisabled={isDisabled}
        onCommit={(title) => named({ ...role, title })}
      />
      <CommittedText
        label="Organisation"
        placeholder="Organisation"
        value={role.organisation}
        isDisabled={isDisabled}
        onCommit={(organisation) => named({ ...role, organisation })}
      />
      <CommittedText
        label="From"
        placeholder="from"
        value={role.from ?? ''}
        isDisabled={isDisabled}
        invalid={date}
        onCommit={(from) => named({ ...role, from: held(from) })}
      />
      <CommittedText
        label="To"
        placeholder="to"
        value={role.to ?? ''}
        isDisabled={isDisabled}
        invalid={date}
        onCommit={(to) => named({ ...role, to: held(to) })}
      />
      <Button kind="icon" label={`Remove role ${number}`} isDisabled={isDisabled} onPress={onRemove}>
        ×
      </Button>
    </div>
  );
}
