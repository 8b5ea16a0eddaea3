import { type ReactNode, useState } from 'react';
import { edtfProblem } from '../../../core/model/edtf.ts';
import type { DatedRole, Entity } from '../../../core/model/entity.ts';
import { entityOf } from '../../../core/model/entity.ts';
import { entityProvenance, type Provenance } from '../../../core/registry/entity-provenance.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { CommittedText, LiveText, Pick } from '../../ui/fields.tsx';
import { EntityPicker } from '../annotations/entity-picker.tsx';
import type { RegistryDialog } from './registry-choice.ts';
import { DatedRoles } from './registry-view-roles.tsx';
import { SimilarEntries } from './registry-view-similar.tsx';

interface CardProps {
  readonly entity: Entity;
  /** How many places refer to it; null while unknown. */
  readonly places: number | null;
  readonly onDialog: (dialog: RegistryDialog) => void;
}

/** Everything the registry says about one entity, editable, and who said it. */
export function EntityCard({ entity, places, onDialog }: CardProps) {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const types = useWorkspace((state) => state.opened?.codebook.codebook.entityTypes);
  const { registry } = actions;
  const { id, type } = entity;
  const typeNames = Object.fromEntries([
    ...(types ?? []).map((each) => [each.id, each.title] as const),
    ...(types?.some((each) => each.id === type) ? [] : [[type, type] as const]),
  ]);
  const isDisabled = !writable;
  return (
    <section className="entity-card scrolls" aria-label={entity.canonical}>
      <div className="entity-head">
        <CommittedText
          label="Name"
          value={entity.canonical}
          isDisabled={isDisabled}
          invalid={(draft) => (draft.trim() === '' ? 'A name cannot be empty.' : null)}
          onCommit={(name) => registry.setField(id, 'canonical', name)}
        />
        <Button isDisabled={isDisabled} onPress={() => onDialog({ kind: 'merge-into', id })}>
          Merge into…
        </Button>
        <Button isDisabled={isDisabled || places === null} onPress={() => registry.remove(id, places ?? 0)}>
          Remove
        </Button>
      </div>
      <SimilarEntries entity={entity} isDisabled={isDisabled} onDialog={onDialog} />
      <div className="entity-fields">
        <Field name="Type">
          {writable ? (
            <Pick label="Type" values={typeNames} value={type} onChange={(value) => registry.setField(id, 'type', value)} />
          ) : (
            <span>{typeNames[type] ?? type}</span>
          )}
        </Field>
        <Field name="Also called">
          <Aliases entity={entity} isDisabled={isDisabled} />
        </Field>
        {(type !== 'PERSON' || entity.members.length > 0) && (
          <Field name="Members">
            <Members entity={entity} isDisabled={isDisabled} />
          </Field>
        )}
        <Field name="Roles">
          <DatedRoles
            roles={entity.roles}
            isDisabled={isDisabled}
            onChange={(roles: readonly DatedRole[]) => registry.setField(id, 'roles', roles)}
          />
        </Field>
        {(type === 'EVENT' || entity.date !== null) && (
          <Field name="Date">
            <CommittedText
              label="Date"
              value={entity.date ?? ''}
              placeholder="2026-01-06, or 2026-01-06/2026-01-07"
              isDisabled={isDisabled}
              invalid={(draft) => (draft.trim() === '' ? null : edtfProblem(draft.trim()))}
              onCommit={(date) => registry.setField(id, 'date', date)}
            />
          </Field>
        )}
        <Field name="Wikidata">
          <CommittedText
            label="Wikidata id"
            value={entity.wikidata ?? ''}
            placeholder="Q and a number, as in Q90"
            isDisabled={isDisabled}
            invalid={(draft) => (/^(Q[1-9]\d*)?$/.test(draft.trim()) ? null : 'A Wikidata id is Q and a number, as in Q90.')}
            onCommit={(wikidata) => registry.setField(id, 'wikidata', wikidata)}
          />
        </Field>
        <Field name="Notes">
          <CommittedText
            label="Notes"
            value={entity.notes}
            isDisabled={isDisabled}
            multiline
            onCommit={(notes) => registry.setField(id, 'notes', notes)}
          />
        </Field>
      </div>
      <WhoSaid entity={entity} />
      <MergedHere entity={entity} />
    </section>
  );
}

/** An entity that was merged into another one: where to find that, and how to undo the merge. */
export function MergedCard({ entity }: { readonly entity: Entity }) {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const target = useWorkspace((state) => entityOf(state.registry, entity.id));
  return (
    <section className="entity-card" aria-label={entity.canonical}>
      <h2 className="merged-name">
        {entity.canonical} → {target?.canonical}
      </h2>
      <p>
        {entity.canonical} was merged into {target?.canonical}: what was linked to it now means {target?.canonical}.
      </p>
      <div className="form-buttons">
        <Button kind="primary" onPress={() => actions.registry.choose(target?.id ?? null)}>
          Open {target?.canonical}
        </Button>
        <Button isDisabled={!writable} onPress={() => actions.registry.unmerge(entity.id)}>
          Take it out again
        </Button>
      </div>
    </section>
  );
}

function Field({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="entity-field">
      <span className="entity-field-name">{name}</span>
      <div className="entity-field-value">{children}</div>
    </div>
  );
}

function Chip({ words, label, isDisabled, onRemove }: { words: string; label: string; isDisabled: boolean; onRemove: () => void }) {
  return (
    <span className="entity-chip">
      {words}
      <Button kind="icon" label={label} isDisabled={isDisabled} onPress={onRemove}>
        ×
      </Button>
    </span>
  );
}

function Aliases({ entity, isDisabled }: { readonly entity: Entity; readonly isDisabled: boolean }) {
  const { actions } = useSession();
  const [draft, setDraft] = useState('');
  return (
    <div className="entity-chips">
      {entity.aliases.map((alias) => (
        <Chip
          key={alias}
          words={alias}
          label={`Take away the name ${alias}`}
          isDisabled={isDisabled}
          onRemove={() => actions.registry.setAlias(entity.id, alias, false)}
        />
      ))}
      {!isDisabled && (
        <form
          className="entity-adder"
          onSubmit={(event) => {
            event.preventDefault();
            if (draft.trim() !== '') actions.registry.setAlias(entity.id, draft, true);
            setDraft('');
          }}
        >
          <LiveText label="Add a name" placeholder="Add a name, then Enter" value={draft} onChange={setDraft} />
        </form>
      )}
    </div>
  );
}

function Members({ entity, isDisabled }: { readonly entity: Entity; readonly isDisabled: boolean }) {
  const { actions } = useSession();
  const registry = useWorkspace((state) => state.registry);
  const types = useWorkspace((state) => state.opened?.codebook.codebook.entityTypes);
  const [isPicking, setPicking] = useState(false);
  const [wasPicking, setWasPicking] = useState(false);
  const stopPicking = () => {
    setPicking(false);
    setWasPicking(true);
  };
  return (
    <div className="entity-chips">
      {entity.members.map((member) => {
        const name = entityOf(registry, member)?.canonical ?? member;
        return (
          <Chip
            key={member}
            words={name}
            label={`Take ${name} out`}
            isDisabled={isDisabled}
            onRemove={() => actions.registry.setMember(entity.id, member, false)}
          />
        );
      })}
      {isPicking ? (
        <EntityPicker
          label={`Who belongs to ${entity.canonical}`}
          types={types?.map(({ id }) => id) ?? []}
          text=""
          onPick={(member) => {
            stopPicking();
            actions.registry.setMember(entity.id, member, true);
          }}
          onCreate={(type, canonical) => {
            stopPicking();
            actions.registry.createMember(entity.id, type, canonical);
          }}
          onCancel={stopPicking}
        />
      ) : (
        <Button kind="quiet" isDisabled={isDisabled} autoFocus={wasPicking} onPress={() => setPicking(true)}>
          + member
        </Button>
      )}
    </div>
  );
}

const partNames: Readonly<Record<Provenance['part'], string>> = {
  canonical: 'name',
  type: 'type',
  aliases: 'other names',
  members: 'members',
  roles: 'roles',
  date: 'date',
  wikidata: 'Wikidata id',
  notes: 'notes',
  mergedInto: 'merge',
  removed: 'removal',
};

// Who filled in which parts, in one quiet line. Parts by the same annotator are grouped, in the order of the fields.
function WhoSaid({ entity }: { readonly entity: Entity }) {
  const { workspace } = useSession();
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const parts = new Map(entityProvenance(workspace.entityRecords(entity.id)).map((provenance) => [provenance.part, provenance]));
  const by = new Map<string, string[]>();
  for (const part of Object.keys(partNames) as Provenance['part'][]) {
    const provenance = parts.get(part);
    if (provenance) by.set(provenance.annotator, [...(by.get(provenance.annotator) ?? []), partNames[part]]);
  }
  if (by.size === 0) return null;
  const nameOf = (id: string) => annotators?.find((annotator) => annotator.id === id)?.name ?? id;
  return <p className="entity-said">{[...by].map(([annotator, said]) => `${nameOf(annotator)}: ${said.join(', ')}`).join(' · ')}</p>;
}

function MergedHere({ entity }: { readonly entity: Entity }) {
  const { actions } = useSession();
  const registry = useWorkspace((state) => state.registry);
  const merged = [...registry.values()].filter(({ mergedInto, removed }) => mergedInto === entity.id && !removed);
  if (merged.length === 0) return null;
  return (
    <p className="entity-said">
      Merged into it:{' '}
      {merged.map(({ id, canonical }) => (
        <Button key={id} kind="quiet" onPress={() => actions.registry.choose(id)}>
          {canonical}
        </Button>
      ))}
    </p>
  );
}
