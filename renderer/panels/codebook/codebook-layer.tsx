import { useEffect, useState } from 'react';
import type { Codebook, Hue, Layer, Role } from '../../../core/model/codebook.ts';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { CommittedText, Pick } from '../../ui/fields.tsx';
import { CodebookAttributes } from './codebook-attributes.tsx';
import { HuePicker } from './codebook-hues.tsx';
import { CodebookField, NewName, Removal } from './codebook-names.tsx';

interface LayerProps {
  readonly layer: Layer;
  readonly codebook: Codebook;
  readonly isDisabled: boolean;
}

const looks = { tint: 'tint', underline: 'underline', double: 'double underline', box: 'dotted box' } as const;

/** A layer: how it is called, pressed and drawn, what its guidelines say, what it carries. */
export function LayerCard({ layer, codebook, isDisabled }: LayerProps) {
  const { actions } = useSession();
  const { stage, choose } = actions.codebook;
  const edit = (set: Partial<Layer>) => stage({ change: 'edit-layer', layer: layer.id, set });
  const others = codebook.layers.map(({ id }) => id).filter((id) => id !== layer.id);
  const attributes = layer.attributes.flatMap((attribute) => (attribute.type === 'enum' ? [attribute.name] : []));
  return (
    <>
      <div className="codebook-head" data-hue={layer.hue}>
        <h2>
          <span className="swatch" data-look={layer.look} aria-hidden="true" /> {layer.title}
          {layer.retired && <span className="muted"> (retired)</span>}
        </h2>
        {!isDisabled && (
          <Removal
            what={`the layer ${layer.id}`}
            others={others}
            isRetired={layer.retired === true}
            onRetire={(retired) => stage({ change: 'retire-layer', layer: layer.id, retired })}
            onRemove={(into) => stage({ change: 'remove-layer', layer: layer.id, into }) && choose(null)}
          />
        )}
      </div>
      <div className="codebook-fields">
        <CodebookField label="Title" value={layer.title} isDisabled={isDisabled} onCommit={(title) => edit({ title })} />
        <CodebookField
          label="Id"
          isName
          value={layer.id}
          isDisabled={isDisabled}
          onCommit={(to) => stage({ change: 'rename-layer', layer: layer.id, to }) && choose({ kind: 'layer', id: to })}
        />
        <CodebookField label="Key" value={layer.key} isDisabled={isDisabled} onCommit={(key) => edit({ key })} />
        <div className="codebook-field">
          <span className="field-name">Look</span>
          {isDisabled ? looks[layer.look] : <Pick label="Look" values={looks} value={layer.look} onChange={(look) => edit({ look })} />}
        </div>
      </div>
      <div className="codebook-field">
        <span className="field-name">Colour, in both themes, with its contrast</span>
        <HuePicker label="Colour" value={layer.hue} isDisabled={isDisabled} onChange={(hue) => edit({ hue })} />
      </div>
      {attributes.length > 0 && !isDisabled && (
        <div className="codebook-field">
          <span className="field-name">Coloured by</span>
          <Pick
            label="Coloured by"
            values={Object.fromEntries([['', 'the layer alone'], ...attributes.map((name) => [name, `its ${name.replaceAll('_', ' ')}`])])}
            value={layer.hueBy?.attribute ?? ''}
            onChange={(attribute: string) => edit({ hueBy: attribute === '' ? null : { attribute, hues: {} } })}
          />
          {layer.hueBy && <HuesByValue layer={layer} onChange={(hueBy) => edit({ hueBy })} />}
        </div>
      )}
      <CodebookField multiline label="Guidelines" value={layer.help} isDisabled={isDisabled} onCommit={(help) => edit({ help })} />
      <Examples layer={layer} isDisabled={isDisabled} onChange={(examples) => edit({ examples })} />
      <CodebookAttributes owner={{ kind: 'layer', id: layer.id }} attributes={layer.attributes} isDisabled={isDisabled} />
      <Roles layer={layer} codebook={codebook} isDisabled={isDisabled} />
    </>
  );
}

function HuesByValue({ layer, onChange }: { layer: Layer; onChange: (hueBy: Layer['hueBy']) => void }) {
  const { hueBy } = layer;
  const attribute = layer.attributes.find(({ name }) => name === hueBy?.attribute);
  if (!hueBy || attribute?.type !== 'enum') return null;
  return attribute.values.map((value) => (
    <div key={value} className="hue-of-value">
      <span>{value}</span>
      <HuePicker
        label={`Colour of ${value}`}
        value={hueBy.hues[value] ?? layer.hue}
        isDisabled={false}
        onChange={(hue: Hue) => onChange({ ...hueBy, hues: { ...hueBy.hues, [value]: hue } })}
      />
    </div>
  ));
}

function Examples({ layer, isDisabled, onChange }: { layer: Layer; isDisabled: boolean; onChange: (examples: Layer['examples']) => void }) {
  const { workspace } = useSession();
  const [found, setFound] = useState<readonly { title: string; text: string }[] | null>(null);
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (!isAsked) return;
    // A layer that is not made yet has none.
    workspace.codebook.examples(layer.id).then(
      ({ examples }) => setFound(examples),
      () => setFound([]),
    );
  }, [workspace, layer.id, isAsked]);
  const examples = layer.examples ?? [];
  const fresh = (found ?? []).filter(({ text }) => !examples.some((example) => example.text === text));
  return (
    <section className="codebook-field" aria-label="Examples">
      <span className="field-name">Examples</span>
      {examples.map((example) => (
        <div key={example.text} className="example">
          <blockquote>{example.text}</blockquote>
          <CommittedText
            label={`Why “${example.text.slice(0, 30)}” is one`}
            placeholder="Why it is one…"
            value={example.note}
            isDisabled={isDisabled}
            onCommit={(note) => onChange(examples.map((other) => (other === example ? { ...other, note } : other)))}
          />
          {!isDisabled && (
            <Button kind="icon" label="Remove the example" onPress={() => onChange(examples.filter((other) => other !== example))}>
              ✕
            </Button>
          )}
        </div>
      ))}
      {!isDisabled && !isAsked && (
        <Button kind="quiet" onPress={() => setAsked(true)}>
          Take one from the project…
        </Button>
      )}
      {isAsked && found && fresh.length === 0 && <p className="muted">Nobody has tagged another one yet.</p>}
      {isAsked &&
        fresh.map(({ text, title }) => (
          <button key={text} type="button" className="example-offer" onClick={() => onChange([...examples, { text, note: '' }])}>
            {text} <span className="muted">{title}</span>
          </button>
        ))}
    </section>
  );
}

function Roles({ layer, codebook, isDisabled }: LayerProps) {
  const { stage } = useSession().actions.codebook;
  const targets = ['mention', 'annotation', 'AUTHOR', 'ENTITY', ...codebook.entityTypes.map(({ id }) => id)];
  const free = (taken: readonly string[]) => [...'pgedxzwhvr'].find((key) => !taken.includes(key)) ?? 'p';
  const add = (name: string) => {
    const taken = [...layer.roles.map(({ key }) => key), ...codebook.layers.map(({ key }) => key)];
    const role: Role = {
      name,
      title: name.replaceAll('_', ' '),
      key: free(taken),
      targets: ['mention', 'ENTITY'],
      min: 0,
      max: 1,
      help: '',
    };
    stage({ change: 'add-role', layer: layer.id, role });
  };
  const number = (draft: string) => (/^\d{1,3}$/.test(draft) ? null : 'a whole number');
  return (
    <section aria-label="Roles">
      <h3 className="heading">Roles</h3>
      {layer.roles.map((role, index) => {
        const edit = (set: Partial<Role>) => stage({ change: 'edit-role', layer: layer.id, role: role.name, set });
        const place = `${layer.id}.${role.name}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name is edited in its place
          <details key={index} className="codebook-item">
            <summary>
              <strong>{role.title}</strong> <kbd>{role.key}</kbd>{' '}
              <span className="muted">
                {role.min} to {role.max} · {role.targets.join(', ')}
                {role.retired && ' · retired'}
              </span>
            </summary>
            <div className="codebook-fields">
              <CodebookField
                label={`Title of ${place}`}
                shown="Title"
                value={role.title}
                isDisabled={isDisabled}
                onCommit={(title) => edit({ title })}
              />
              <CodebookField
                isName
                label={`Name of ${place}`}
                shown="Name"
                value={role.name}
                isDisabled={isDisabled}
                onCommit={(to) => stage({ change: 'rename-role', layer: layer.id, role: role.name, to })}
              />
              <CodebookField
                label={`Key of ${place}`}
                shown="Key"
                value={role.key}
                isDisabled={isDisabled}
                onCommit={(key) => edit({ key })}
              />
              {(['min', 'max'] as const).map((bound) => (
                <div key={bound} className="codebook-field">
                  <span className="field-name">{bound === 'min' ? 'At least' : 'At most'}</span>
                  <CommittedText
                    label={`${bound === 'min' ? 'Least' : 'Greatest'} number of ${place}`}
                    inputMode="decimal"
                    value={String(role[bound])}
                    isDisabled={isDisabled}
                    invalid={number}
                    onCommit={(draft) => edit({ [bound]: Number(draft) })}
                  />
                </div>
              ))}
            </div>
            <fieldset className="codebook-targets" disabled={isDisabled} aria-label={`What ${place} takes`}>
              {targets.map((target) => (
                <label key={target}>
                  <input
                    type="checkbox"
                    checked={role.targets.includes(target)}
                    onChange={({ target: box }) =>
                      edit({ targets: box.checked ? [...role.targets, target] : role.targets.filter((other) => other !== target) })
                    }
                  />
                  {target}
                </label>
              ))}
            </fieldset>
            <CodebookField
              multiline
              label={`Help for ${place}`}
              shown="Help"
              value={role.help}
              isDisabled={isDisabled}
              onCommit={(help) => edit({ help })}
            />
            {!isDisabled && (
              <Removal
                what={place}
                others={layer.roles.map(({ name }) => name).filter((name) => name !== role.name)}
                isRetired={role.retired === true}
                onRetire={(retired) => stage({ change: 'retire-role', layer: layer.id, role: role.name, retired })}
                onRemove={(into) => stage({ change: 'remove-role', layer: layer.id, role: role.name, into })}
              />
            )}
          </details>
        );
      })}
      {!isDisabled && <NewName label="New role" onCommit={add} />}
    </section>
  );
}
