import { freeRoleKey } from '../../../core/codebook/codebook-keys.ts';
import { roleTitle, targetTitle, titlesBeside } from '../../../core/codebook/codebook-titles.ts';
import type { Codebook, Layer, Role } from '../../../core/model/codebook.ts';
import { useSession } from '../../session.tsx';
import { CommittedText } from '../../ui/fields.tsx';
import { CodebookField, CodebookTicks, NewName, Removal } from './codebook-fields.tsx';

interface RolesProps {
  readonly layer: Layer;
  readonly codebook: Codebook;
  readonly isDisabled: boolean;
}

/** The roles of a layer: title, key, how many fillers each takes, and of what kind. */
export function CodebookRoles({ layer, codebook, isDisabled }: RolesProps) {
  const { stage } = useSession().actions.codebook;
  const add = (name: string) => {
    // If no key is left, the change is refused with a message that says what has this one.
    const key = freeRoleKey(codebook, layer) ?? 'p';
    const role: Role = { name, title: name.replaceAll('_', ' '), key, targets: ['mention', 'ENTITY'], min: 0, max: 1, help: '' };
    stage({ change: 'add-role', layer: layer.id, role });
  };
  return (
    <section aria-label="Roles">
      <h3 className="heading">Roles</h3>
      {layer.roles.map((role, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name is edited in its place
        <RoleCard key={index} role={role} layer={layer} codebook={codebook} isDisabled={isDisabled} />
      ))}
      {!isDisabled && <NewName label="New role" onCommit={add} />}
    </section>
  );
}

function RoleCard({ role, layer, codebook, isDisabled }: RolesProps & { readonly role: Role }) {
  const { stage } = useSession().actions.codebook;
  const of = { layer: layer.id, role: role.name };
  const place = roleTitle(codebook, layer.id, role.name);
  const edit = (set: Partial<Role>) => stage({ change: 'edit-role', ...of, set });
  const targets = ['mention', 'annotation', 'AUTHOR', 'ENTITY', ...codebook.entityTypes.map(({ id }) => id)];
  return (
    <details className="codebook-item">
      <summary>
        <strong>{role.title}</strong> <kbd>{role.key}</kbd>{' '}
        <span className="muted">
          {role.min} to {role.max} · {role.targets.map((target) => targetTitle(codebook, target)).join(', ')}
          {role.retired && ' · retired'}
        </span>
      </summary>
      <div className="codebook-fields">
        <CodebookField label="Title" of={place} value={role.title} isDisabled={isDisabled} onCommit={(title) => edit({ title })} />
        <CodebookField
          isName
          label="Name"
          of={place}
          value={role.name}
          isDisabled={isDisabled}
          onCommit={(to) => stage({ change: 'rename-role', ...of, to })}
        />
        <CodebookField label="Key" of={place} value={role.key} isDisabled={isDisabled} onCommit={(key) => edit({ key })} />
        {bounds.map(({ bound, shown, label }) => (
          <div key={bound} className="codebook-field">
            <span className="field-name">{shown}</span>
            <CommittedText
              label={`${label} of ${place}`}
              inputMode="decimal"
              value={String(role[bound])}
              isDisabled={isDisabled}
              invalid={numberProblem}
              onCommit={(draft) => edit({ [bound]: Number(draft) })}
            />
          </div>
        ))}
      </div>
      <CodebookTicks
        label={`What ${place} takes`}
        choices={targets.map((id) => ({ id, title: targetTitle(codebook, id) }))}
        ticked={role.targets}
        isDisabled={isDisabled}
        onChange={(ticked) => edit({ targets: ticked })}
      />
      <CodebookField multiline label="Help" of={place} value={role.help} isDisabled={isDisabled} onCommit={(help) => edit({ help })} />
      {!isDisabled && (
        <Removal
          what={place}
          others={titlesBeside(layer.roles, role)}
          isRetired={role.retired === true}
          onRetire={(retired) => stage({ change: 'retire-role', ...of, retired })}
          onRemove={(into) => stage({ change: 'remove-role', ...of, into })}
        />
      )}
    </details>
  );
}

const bounds = [
  { bound: 'min', shown: 'At least', label: 'Least number' },
  { bound: 'max', shown: 'At most', label: 'Greatest number' },
] as const;

const numberProblem = (draft: string) => (/^\d{1,3}$/.test(draft) ? null : 'a whole number');
