import { useMemo, useState } from 'react';
import { type DatedRole, entityOf } from '../../../core/model/entity.ts';
import { mergePreview, type SingleField, singleFields } from '../../../core/registry/entity-merge.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Check } from '../../ui/fields.tsx';
import { useTypeNames } from './registry-view-reading.ts';

interface MergeProps {
  readonly ids: readonly string[];
  /** The entity that stays, if already chosen. */
  readonly into: string | null;
  readonly counts: ReadonlyMap<string, number>;
  readonly onClose: () => void;
}

const fieldNames: Readonly<Record<SingleField, string>> = { type: 'Type', wikidata: 'Wikidata id', date: 'Date' };

/** What the merged entry would contain, with a choice where values conflict. Merging is one step. */
export function MergeDialog({ ids, into: chosen, counts, onClose }: MergeProps) {
  const { actions } = useSession();
  const registry = useWorkspace((state) => state.registry);
  const typeNames = useTypeNames();
  const standing = useMemo(() => ids.filter((id) => registry.has(id)), [ids, registry]);
  const most = [...standing].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0))[0];
  const [into, setInto] = useState(chosen ?? most ?? '');
  const [learns, setLearns] = useState(true);
  const [values, setValues] = useState<Partial<Record<SingleField, string>>>({});
  const preview = useMemo(() => (registry.has(into) ? mergePreview(registry, standing, into) : null), [registry, standing, into]);
  if (!preview || standing.length < 2) return <p>These entries are not in the registry any more.</p>;
  const total = standing.reduce((sum, id) => sum + (counts.get(id) ?? 0), 0);
  const nameOf = (id: string) => entityOf(registry, id)?.canonical ?? id;
  const wordsOf = (field: SingleField, value: string) => (field === 'type' ? typeNames(value) : value);
  const single = singleFields.filter((field) => preview.values[field].length > 0);
  return (
    <div className="merge-form">
      <fieldset className="merge-choice">
        <legend>Which one stays?</legend>
        {standing.map((id) => (
          <label key={id}>
            <input
              type="radio"
              name="merge-into"
              checked={id === into}
              // biome-ignore lint/a11y/noAutofocus: the dialog is about this choice
              autoFocus={id === into}
              onChange={() => {
                setInto(id);
                setValues({});
              }}
            />
            <span>
              <strong>{nameOf(id)}</strong>{' '}
              <span className="muted">
                {typeNames(registry.get(id)?.type ?? '')} · {counted(counts.get(id) ?? 0, 'mention')}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      {preview.values.type.length > 1 && <p className="merge-warning">These are entries of different types; look twice.</p>}
      <section aria-labelledby="merge-result">
        <h3 className="heading" id="merge-result">
          Afterwards
        </h3>
        <dl className="merge-result">
          <dt>Name</dt>
          <dd>{preview.canonical}</dd>
          <dt>Mentions</dt>
          <dd>{total}</dd>
          <dt>Also called</dt>
          <dd>{(learns ? preview.aliases : (registry.get(into)?.aliases ?? [])).join(', ') || '–'}</dd>
          {single.map((field) => (
            <FieldChoice
              key={field}
              name={fieldNames[field]}
              values={preview.values[field]}
              value={values[field] ?? (preview.values[field][0] as string)}
              wordsOf={(value) => wordsOf(field, value)}
              onChange={(value) => setValues({ ...values, [field]: value })}
            />
          ))}
          {preview.roles.length > 0 && (
            <>
              <dt>Roles</dt>
              <dd>{preview.roles.map(roleWords).join('; ')}</dd>
            </>
          )}
          {preview.members.length > 0 && (
            <>
              <dt>Members</dt>
              <dd>{preview.members.map(nameOf).join(', ')}</dd>
            </>
          )}
          {preview.notes && (
            <>
              <dt>Notes</dt>
              <dd>{preview.notes}</dd>
            </>
          )}
        </dl>
      </section>
      <Check label="Their names become names of the one that stays" value={learns} isDisabled={false} onChange={setLearns} />
      <div className="dialog-actions">
        <Button onPress={onClose}>Cancel</Button>
        <Button
          kind="primary"
          onPress={() => {
            actions.registry.merge(standing, into, { aliases: learns, values });
            onClose();
          }}
        >
          {`Merge into ${preview.canonical}`}
        </Button>
      </div>
    </div>
  );
}

// “Envoy, UN (2019 to 2021)”. An unknown end is left out.
function roleWords({ title, organisation, from, to }: DatedRole): string {
  const time = [from === null ? [] : to === null ? ['from', from] : [from], to === null ? [] : ['to', to]].flat().join(' ');
  return `${[title, organisation].filter(Boolean).join(', ')}${time && ` (${time})`}`;
}

interface FieldChoiceProps {
  readonly name: string;
  readonly values: readonly string[];
  readonly value: string;
  readonly wordsOf: (value: string) => string;
  readonly onChange: (value: string) => void;
}

// Shows a single value as it is; of several, the user chooses one.
function FieldChoice({ name, values, value, wordsOf, onChange }: FieldChoiceProps) {
  return (
    <>
      <dt>{name}</dt>
      <dd>
        {values.length === 1 ? (
          wordsOf(value)
        ) : (
          <fieldset className="merge-values" aria-label={`${name}: choose one`}>
            {values.map((each) => (
              <label key={each}>
                <input type="radio" name={`merge ${name}`} checked={each === value} onChange={() => onChange(each)} />
                {wordsOf(each)}
              </label>
            ))}
          </fieldset>
        )}
      </dd>
    </>
  );
}
