import { useEffect, useState } from 'react';
import { edtfProblem } from '../../../core/model/edtf.ts';
import type { DatedRole } from '../../../core/model/entity.ts';
import { Button } from '../../ui/button.tsx';
import { CommittedText } from '../../ui/fields.tsx';

interface RolesProps {
  readonly roles: readonly DatedRole[];
  readonly isDisabled: boolean;
  readonly onChange: (roles: readonly DatedRole[]) => void;
}

const blank: DatedRole = { title: '', organisation: '', from: null, to: null };

/** Titles and offices with their dates, to edit, add and remove. A new one is submitted once it has a title or an organisation. */
export function DatedRoles({ roles, isDisabled, onChange }: RolesProps) {
  // The role being added, and its position. It keeps its line, and thus the focus, when it is submitted.
  const [added, setAdded] = useState<{ readonly at: number; readonly role: DatedRole } | null>(null);
  const [wasAdding, setWasAdding] = useState(false);
  const isAdding = added !== null && added.at === roles.length;
  useEffect(() => {
    if (added && !isAdding) setAdded(null);
  }, [added, isAdding]);
  const change = (index: number, role: DatedRole) => {
    if (index < roles.length) onChange(roles.with(index, role));
    else {
      setAdded({ at: index, role });
      if (role.title.trim() !== '' || role.organisation.trim() !== '') onChange([...roles, role]);
    }
  };
  const remove = (index: number) => {
    setWasAdding(true);
    if (index < roles.length) onChange(roles.toSpliced(index, 1));
    setAdded(null);
  };
  return (
    <div className="dated-roles">
      {(isAdding ? [...roles, added.role] : roles).map((role, index) => (
        <RoleLine
          // biome-ignore lint/suspicious/noArrayIndexKey: two roles may be equal, and a role keeps its field while it is typed into
          key={index}
          number={index + 1}
          role={role}
          isDisabled={isDisabled}
          isNew={index === roles.length}
          onChange={(changed) => change(index, changed)}
          onRemove={() => remove(index)}
        />
      ))}
      {!isAdding && (
        <Button
          kind="quiet"
          isDisabled={isDisabled}
          autoFocus={wasAdding}
          onPress={() => {
            setWasAdding(false);
            setAdded({ at: roles.length, role: blank });
          }}
        >
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
  /** Whether it takes the focus. */
  readonly isNew: boolean;
  readonly onChange: (role: DatedRole) => void;
  readonly onRemove: () => void;
}

function RoleLine({ number, role, isDisabled, isNew, onChange, onRemove }: LineProps) {
  const date = (draft: string) => (draft.trim() === '' ? null : edtfProblem(draft.trim()));
  const held = (draft: string) => (draft.trim() === '' ? null : draft.trim());
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset has a legend, for which one line has no room
    <div className="dated-role" role="group" aria-label={`Role ${number}`}>
      <CommittedText
        label="Title"
        placeholder="Title"
        autoFocus={isNew}
        value={role.title}
        isDisabled={isDisabled}
        onCommit={(title) => onChange({ ...role, title })}
      />
      <CommittedText
        label="Organisation"
        placeholder="Organisation"
        value={role.organisation}
        isDisabled={isDisabled}
        onCommit={(organisation) => onChange({ ...role, organisation })}
      />
      <CommittedText
        label="From"
        placeholder="from"
        value={role.from ?? ''}
        isDisabled={isDisabled}
        invalid={date}
        onCommit={(from) => onChange({ ...role, from: held(from) })}
      />
      <CommittedText
        label="To"
        placeholder="to"
        value={role.to ?? ''}
        isDisabled={isDisabled}
        invalid={date}
        onCommit={(to) => onChange({ ...role, to: held(to) })}
      />
      <Button kind="icon" label={`Remove role ${number}`} isDisabled={isDisabled} onPress={onRemove}>
        ×
      </Button>
    </div>
  );
}
