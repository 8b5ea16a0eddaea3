import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { BulkDeed } from '../../../core/annotations/bulk.ts';
import type { AttributeValue } from '../../../core/model/annotation.ts';
import { type Attribute, current, entityTypesOf, type Layer, type Role } from '../../../core/model/codebook.ts';
import type { FoundKey } from '../../../core/search/calls.ts';
import { useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Choice, Pick } from '../../ui/fields.tsx';
import { AttributeInput } from '../annotations/attribute-input.tsx';
import { EntityPicker } from '../annotations/entity-picker.tsx';

interface FormProps {
  readonly own: readonly FoundKey[];
  readonly deed: BulkDeed | null;
  readonly onDeed: (deed: BulkDeed | null) => void;
}

/** The fields that specify one kind of bulk change. Deleting has none. */
export function BulkForm({ kind, ...props }: FormProps & { readonly kind: BulkDeed['kind'] }) {
  switch (kind) {
    case 'attribute':
      return <AttributeForm {...props} />;
    case 'relabel':
      return <RelabelForm {...props} />;
    case 'link':
      return <LinkForm {...props} />;
    case 'note':
      return <NoteForm {...props} />;
    case 'remove':
      return null;
  }
}

// The layers of the annotations, most frequent first.
function useLayers(own: readonly FoundKey[]): readonly Layer[] {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  return useMemo(() => {
    const counts = new Map<string, number>();
    for (const { layer } of own) counts.set(layer, (counts.get(layer) ?? 0) + 1);
    const layers = codebook?.layers.filter(({ id }) => counts.has(id)) ?? [];
    return layers.sort((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0));
  }, [codebook, own]);
}

// Attributes or roles with the same name in several layers count as one. Keeps the first.
function named<T extends Attribute | Role>(layers: readonly Layer[], of: (layer: Layer) => readonly T[]): readonly T[] {
  const byName = new Map<string, T>();
  for (const one of layers.flatMap((layer) => current(of(layer)))) if (!byName.has(one.name)) byName.set(one.name, one);
  return [...byName.values()];
}

function AttributeForm({ own, deed, onDeed }: FormProps) {
  const layers = useLayers(own);
  // What depends on the words of one annotation cannot be set on many.
  const attributes = named(layers, ({ attributes: all }) => all.filter(({ type }) => type !== 'quantity' && type !== 'evidence'));
  const [name, setName] = useState(attributes[0]?.name ?? '');
  const attribute = attributes.find((one) => one.name === name);
  if (!attribute) return <p className="muted">These annotations have no attribute that can be set for many.</p>;
  const value = deed?.kind === 'attribute' && deed.name === name ? (deed.value ?? undefined) : undefined;
  const set = (next: AttributeValue | null) => onDeed({ kind: 'attribute', name, value: next });
  return (
    <div className="bulk-form">
      <Pick
        label="Attribute"
        values={Object.fromEntries(attributes.map((one) => [one.name, one.title]))}
        value={name}
        onChange={(next) => {
          setName(next);
          onDeed(null);
        }}
      />
      {attribute.type === 'boolean' ? (
        <Choice
          label={attribute.title}
          values={['yes', 'no']}
          value={value === undefined ? null : value ? 'yes' : 'no'}
          clearable={false}
          isDisabled={false}
          onChange={(next) => set(next === 'yes')}
        />
      ) : (
        <AttributeInput key={name} attribute={attribute} value={value} onChange={set} />
      )}
      {!attribute.required && (
        <Button kind="quiet" onPress={() => set(null)}>
          Clear its value
        </Button>
      )}
    </div>
  );
}

function RelabelForm({ deed, onDeed }: FormProps) {
  const layers = current(useWorkspace((state) => state.opened?.codebook.codebook.layers) ?? []);
  const chosen = deed?.kind === 'relabel' ? layers.find(({ id }) => id === deed.layer) : undefined;
  return (
    <div className="bulk-form">
      <Choice
        label="New layer"
        values={layers.map(({ title }) => title)}
        value={chosen?.title ?? null}
        clearable={false}
        isDisabled={false}
        onChange={(title) => {
          const layer = layers.find((one) => one.title === title);
          onDeed(layer ? { kind: 'relabel', layer: layer.id } : null);
        }}
      />
    </div>
  );
}

function LinkForm({ own, deed, onDeed }: FormProps) {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const registry = useWorkspace((state) => state.registry);
  const layers = useLayers(own);
  const roles = named(layers, ({ roles: all }) =>
    all.filter((role) => codebook && (entityTypesOf(role, codebook).length > 0 || role.targets.includes('mention'))),
  );
  const [name, setName] = useState(roles[0]?.name ?? '');
  const role = roles.find((one) => one.name === name);
  if (!role || !codebook) return <p className="muted">These annotations have no role that takes an entity.</p>;
  const target = deed?.kind === 'link' ? deed.target : null;
  const fitting = entityTypesOf(role, codebook);
  const types = fitting.length > 0 ? fitting : codebook.entityTypes.map(({ id }) => id);
  return (
    <div className="bulk-form">
      <Pick
        label="Role"
        values={Object.fromEntries(roles.map((one) => [one.name, one.title]))}
        value={name}
        onChange={(next) => {
          setName(next);
          onDeed(null);
        }}
      />
      {target === null ? (
        <EntityPicker
          label="Who or what it is"
          types={types}
          targets={role.targets}
          text=""
          onPick={(entity) => onDeed({ kind: 'link', role: name, target: entity })}
          onCreate={(type, canonical) => onDeed({ kind: 'link', role: name, target: { type, canonical } })}
          onCancel={() => onDeed(null)}
        />
      ) : (
        <p className="bulk-target">
          {typeof target === 'string' ? (registry.get(target)?.canonical ?? target) : `${target.canonical}, new`}
          <Button kind="quiet" onPress={() => onDeed(null)}>
            Choose another
          </Button>
        </p>
      )}
    </div>
  );
}

function NoteForm({ deed, onDeed }: FormProps) {
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <div className="bulk-form">
      <label htmlFor={id}>Note, written below the one that is there</label>
      <textarea
        ref={field}
        id={id}
        className="input"
        rows={2}
        value={deed?.kind === 'note' ? deed.note : ''}
        onChange={({ target }) => onDeed(target.value === '' ? null : { kind: 'note', note: target.value })}
      />
    </div>
  );
}
