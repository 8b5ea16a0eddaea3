import type { Owner } from '../../../core/codebook/codebook-change.ts';
import { freeLayerKey } from '../../../core/codebook/codebook-keys.ts';
import { attributeTitle, valueWords } from '../../../core/codebook/codebook-titles.ts';
import type { Attribute, Codebook } from '../../../core/model/codebook.ts';
import { useSession } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Pick } from '../../ui/fields.tsx';
import { CodebookField, NewName, nameProblem, Removal } from './codebook-fields.tsx';

type Enumeration = Extract<Attribute, { type: 'enum' }>;

interface ValuesProps {
  readonly codebook: Codebook;
  readonly owner: Owner;
  readonly attribute: Enumeration;
  readonly isDisabled: boolean;
}

/** The values of an enumeration, in order, and the default for new annotations. A value of a layer's attribute can become a separate layer. */
export function CodebookValues({ codebook, owner, attribute, isDisabled }: ValuesProps) {
  const { actions } = useSession();
  const { stage, choose } = actions.codebook;
  const of = { owner, attribute: attribute.name };
  const place = attributeTitle(codebook, owner, attribute.name);
  const { values, retiredValues = [] } = attribute;
  const move = (index: number) => {
    const [one, other] = [values[index - 1], values[index]];
    if (one && other) stage({ change: 'order-values', ...of, values: values.with(index - 1, other).with(index, one) });
  };
  const split = (value: string, id: string) => {
    // If no key is left, the change is refused with a message that says what has this one.
    const into = { id, title: id, key: freeLayerKey(codebook) ?? 'z' };
    if (stage({ change: 'split-layer', layer: owner.id, attribute: attribute.name, values: [value], into })) choose({ kind: 'layer', id });
  };
  const defaults = Object.fromEntries([
    ['', 'none'],
    ...values.filter((value) => !retiredValues.includes(value)).map((value) => [value, valueWords(value)]),
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
                label={`Value ${valueWords(value)}`}
                of={place}
                isShown={false}
                value={value}
                isDisabled={isDisabled}
                onCommit={(to) => nameProblem(to) === null && stage({ change: 'rename-value', ...of, value, to })}
              />
              {!isDisabled && (
                <>
                  <Button kind="icon" label={`Move ${valueWords(value)} up`} isDisabled={index === 0} onPress={() => move(index)}>
                    ↑
                  </Button>
                  <Removal
                    what={`${valueWords(value)} in ${place}`}
                    others={values.filter((other) => other !== value).map((other) => ({ id: other, title: valueWords(other) }))}
                    isRetired={isRetired}
                    onRetire={(retired) => stage({ change: 'retire-value', ...of, value, retired })}
                    onRemove={(into) => stage({ change: 'remove-value', ...of, value, into })}
                  />
                  {owner.kind === 'layer' && (
                    <NewName label={`Layer for ${valueWords(value)}`} placeholder="Move to new layer" onCommit={(id) => split(value, id)} />
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
