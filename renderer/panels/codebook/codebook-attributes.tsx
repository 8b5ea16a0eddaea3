import { canConvert } from '../../../core/codebook/codebook-attributes.ts';
import type { Owner } from '../../../core/codebook/codebook-change.ts';
import { attributeTitle, formTitles, valueWords } from '../../../core/codebook/codebook-titles.ts';
import type { Attribute, Codebook } from '../../../core/model/codebook.ts';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/fields.tsx';
import { CodebookField, NewName, Removal } from './codebook-fields.tsx';
import { CodebookValues } from './codebook-values.tsx';

interface ListProps {
  readonly codebook: Codebook;
  readonly owner: Owner;
  readonly attributes: readonly Attribute[];
  readonly isDisabled: boolean;
}

// In display order.
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
export function CodebookAttributes({ codebook, owner, attributes, isDisabled }: ListProps) {
  const { stage } = useSession().actions.codebook;
  const add = (name: string, type: Attribute['type']) => {
    const common = { name, title: name.replaceAll('_', ' '), required: false, help: '', default: null };
    const attribute: Attribute = type === 'enum' ? { ...common, type, values: ['yes', 'no'] } : ({ ...common, type } as Attribute);
    stage({ change: 'add-attribute', owner, attribute, fill: null });
  };
  return (
    <section aria-label="Attributes">
      <h3 className="heading">Attributes</h3>
      {attributes.map((attribute, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a name is edited in its place
        <AttributeCard key={index} codebook={codebook} owner={owner} attribute={attribute} isDisabled={isDisabled} />
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

function AttributeCard({ codebook, owner, attribute, isDisabled }: Omit<ListProps, 'attributes'> & { readonly attribute: Attribute }) {
  const { stage } = useSession().actions.codebook;
  const { name } = attribute;
  const of = { owner, attribute: name };
  const place = attributeTitle(codebook, owner, name);
  const edit = (set: Extract<Parameters<typeof stage>[0], { change: 'edit-attribute' }>['set']) =>
    stage({ change: 'edit-attribute', ...of, set });
  const conversions = (['text', 'list'] as const).filter((to) => canConvert(attribute.type, to));
  return (
    <details className="codebook-item">
      <summary>
        <strong>{attribute.title}</strong>{' '}
        <span className="muted">
          {attribute.type === 'enum' ? attribute.values.map(valueWords).join(', ') : formTitles[attribute.type]}
          {attribute.required && ' · required'}
          {attribute.retired && ' · retired'}
        </span>
      </summary>
      <div className="codebook-fields">
        <CodebookField label="Title" of={place} value={attribute.title} isDisabled={isDisabled} onCommit={(title) => edit({ title })} />
        <CodebookField
          isName
          label="Name"
          of={place}
          value={name}
          isDisabled={isDisabled}
          onCommit={(to) => stage({ change: 'rename-attribute', ...of, to })}
        />
      </div>
      <Check label="Required" value={attribute.required} isDisabled={isDisabled} onChange={(required) => edit({ required })} />
      <CodebookField multiline label="Help" of={place} value={attribute.help} isDisabled={isDisabled} onCommit={(help) => edit({ help })} />
      {attribute.type === 'enum' && <CodebookValues codebook={codebook} owner={owner} attribute={attribute} isDisabled={isDisabled} />}
      {!isDisabled && (
        <span className="codebook-removal">
          {conversions.map((to) => (
            <Button key={to} kind="quiet" onPress={() => stage({ change: 'convert-attribute', ...of, to })}>
              Make it {formTitles[to]}
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
