import { canConvert } from '../../../core/codebook/codebook-attributes.ts';
import type { Owner } from '../../../core/codebook/codebook-change.ts';
import type { Attribute } from '../../../core/model/codebook.ts';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Check, Pick } from '../../ui/fields.tsx';
import { CodebookField, NewName, nameProblem, Removal } from './codebook-names.tsx';

interface ListProps {
  readonly owner: Owner;
  readonly attributes: readonly Attribute[];
  readonly isDisabled: boolean;
}

const forms = {
  enum: 'one of some values',
  boolean: 'yes or no',
  number: 'a number',
  text: 'a text',
  date: 'a date',
  list: 'a list of texts',
  quantity: 'quantities',
  evidence: 'evidence',
} as const;

// In the order in which they are offered.
const adders: Readonly<Record<Attribute['type'], string>> = {
  enum: 'New attribute with values',
  text: 'New text attribute',
  boolean: 'New yes-or-no attribute',
  number: 'New number attribute',
  date: 'New date attribute',
  list: 'New list attribute',
  quantity: 'New quantity attribute',
  evidence: 'New evidence attribute',
};

/** The attributes of a layer or a relation type. */
export function CodebookAttributes({ owner, attributes, isDisabled }: ListProps) {
  const { stage } = useSession().actions.codebook;
  const add = (name: string, type: keyof typeof forms) => {
    const common = { name, title: name.replaceAll('_', ' '), required: false, help: '', default: null };
    const attribute: Attribute = type === 'enum' ? { ...common, type, values: ['yes', 'no'] } : ({ ...common, type } as Attribute);
    stage({ change: 'add-attribute', owner, attribute, fill: null });
  };
  return (
    <section aria-label="Attributes">
      <h3 className="heading">Attributes</h3>
      {attributes.map((attribute, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name is edited in its place
        <AttributeCard key={index} owner={owner} attribute={attribute} attributes={attributes} isDisabled={isDisabled} />
      ))}
      {!isDisabled && (
        <div className="codebook-adders">
          {(Object.entries(adders) as [Attribute['type'], string][]).map(([type, label]) => (
            <NewName
              key={type}
              label={label}
              placeholder={type === 'enum' ? 'New choice attribute' : label}
              onCommit={(name) => add(name, type)}
            />
          ))}
        </div>
      )}
    </section>
  );
}

function AttributeCard({ owner, attribute, isDisabled }: ListProps & { attribute: Attribute }) {
  const { stage } = useSession().actions.codebook;
  const { name } = attribute;
  const of = { owner, attribute: name };
  const place = `${owner.id}.${name}`;
  const edit = (set: Extract<Parameters<typeof stage>[0], { change: 'edit-attribute' }>['set']) =>
    stage({ change: 'edit-attribute', ...of, set });
  const conversions = (['text', 'list'] as const).filter((to) => canConvert(attribute.type, to));
  return (
    <details className="codebook-item">
      <summary>
        <strong>{attribute.title}</strong>{' '}
        <span className="muted">
          {attribute.type === 'enum' ? attribute.values.join(', ').replaceAll('_', ' ') : forms[attribute.type]}
          {attribute.required && ' · required'}
          {attribute.retired && ' · retired'}
        </span>
      </summary>
      <div className="codebook-fields">
        <CodebookField
          label={`Title of ${place}`}
          shown="Title"
          value={attribute.title}
          isDisabled={isDisabled}
          onCommit={(title) => edit({ title })}
        />
        <CodebookField
          isName
          label={`Name of ${place}`}
          shown="Name"
          value={name}
          isDisabled={isDisabled}
          onCommit={(to) => stage({ change: 'rename-attribute', ...of, to })}
        />
      </div>
      <Check label="Required" value={attribute.required} isDisabled={isDisabled} onChange={(required) => edit({ required })} />
      <CodebookField
        multiline
        label={`Help for ${place}`}
        shown="Help"
        value={attribute.help}
        isDisabled={isDisabled}
        onCommit={(help) => edit({ help })}
      />
      {attribute.type === 'enum' && <Values owner={owner} attribute={attribute} isDisabled={isDisabled} />}
      {!isDisabled && (
        <span className="codebook-removal">
          {conversions.map((to) => (
            <Button key={to} kind="quiet" onPress={() => stage({ change: 'convert-attribute', ...of, to })}>
              Make it {forms[to]}
            </Button>
          ))}
          <Removal
            what={place}
            others={[]}
            isRetired={attribute.retired === true}
            onRetire={(retired) => stage({ change: 'retire-attribute', ...of, retired })}
            onRemove={() => stage({ change: 'remove-attribute', ...of })}
          />
        </span>
      )}
    </details>
  );
}

type Enumeration = Extract<Attribute, { type: 'enum' }>;

function Values({ owner, attribute, isDisabled }: { owner: Owner; attribute: Enumeration; isDisabled: boolean }) {
  const { actions } = useSession();
  const { stage, choose } = actions.codebook;
  const of = { owner, attribute: attribute.name };
  const place = `${owner.id}.${attribute.name}`;
  const { values, retiredValues = [] } = attribute;
  const move = (index: number) => {
    const [one, other] = [values[index - 1], values[index]];
    if (one && other) stage({ change: 'order-values', ...of, values: values.with(index - 1, other).with(index, one) });
  };
  const defaults = Object.fromEntries([
    ['', 'none'],
    ...values.filter((value) => !retiredValues.includes(value)).map((value) => [value, value]),
  ]);
  return (
    <>
      <span className="field-name">Values</span>
      <ol className="codebook-values" aria-label={`Values of ${place}`}>
        {values.map((value, index) => {
          const isRetired = retiredValues.includes(value);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a name is edited in its place
            <li key={index} data-retired={isRetired}>
              <CodebookField
                isName
                label={`Value ${value} of ${place}`}
                shown={null}
                value={value}
                isDisabled={isDisabled}
                onCommit={(to) => nameProblem(to) === null && stage({ change: 'rename-value', ...of, value, to })}
              />
              {!isDisabled && (
                <>
                  <Button kind="icon" label={`Move ${value} up`} isDisabled={index === 0} onPress={() => move(index)}>
                    ↑
                  </Button>
                  <Removal
                    what={`${place} ${value}`}
                    others={values.filter((other) => other !== value)}
                    isRetired={isRetired}
                    onRetire={(retired) => stage({ change: 'retire-value', ...of, value, retired })}
                    onRemove={(into) => stage({ change: 'remove-value', ...of, value, into })}
                  />
                  {owner.kind === 'layer' && (
                    <NewName
                      label={`Layer for ${value}`}
                      placeholder="Move to new layer"
                      onCommit={(id) => {
                        const split = (key: string) =>
                          stage({
                            change: 'split-layer',
                            layer: owner.id,
                            attribute: attribute.name,
                            values: [value],
                            into: { id, title: id, key },
                          });
                        if ([...'zwhvrö'].some(split)) choose({ kind: 'layer', id });
                      }}
                    />
                  )}
                </>
              )}
            </li>
          );
        })}
      </ol>
      {!isDisabled && (
        <>
          <NewName
            label={`New value of ${place}`}
            placeholder="New value"
            onCommit={(value) => stage({ change: 'add-value', ...of, value })}
          />
          <div className="codebook-field">
            <span className="field-name">A new annotation has</span>
            <Pick
              label={`Default of ${place}`}
              values={defaults}
              value={attribute.default ?? ''}
              onChange={(value: string) => stage({ change: 'edit-attribute', ...of, set: { default: value === '' ? null : value } })}
            />
          </div>
        </>
      )}
    </>
  );
}
