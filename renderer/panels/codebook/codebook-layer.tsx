import { titleIn, titlesBeside, valueWords } from '../../../core/codebook/codebook-titles.ts';
import type { Codebook, Hue, Layer } from '../../../core/model/codebook.ts';
import { useSession } from '../../session.tsx';
import { Pick } from '../../ui/fields.tsx';
import { CodebookAttributes } from './codebook-attributes.tsx';
import { CodebookExamples } from './codebook-examples.tsx';
import { CodebookField, Removal } from './codebook-fields.tsx';
import { HuePicker } from './codebook-hues.tsx';
import { CodebookRoles } from './codebook-roles.tsx';

interface LayerProps {
  readonly layer: Layer;
  /** The codebook including all collected changes. */
  readonly codebook: Codebook;
  readonly isDisabled: boolean;
}

const looks = { tint: 'tint', underline: 'underline', double: 'double underline', box: 'dotted box' } as const;

/** A layer: its title, key and look, its guidelines, and its attributes and roles. */
export function LayerCard({ layer, codebook, isDisabled }: LayerProps) {
  const { actions } = useSession();
  const { stage, choose } = actions.codebook;
  const edit = (set: Partial<Layer>) => stage({ change: 'edit-layer', layer: layer.id, set });
  const attributes = layer.attributes.filter(({ type }) => type === 'enum');
  return (
    <>
      <div className="codebook-head" data-hue={layer.hue}>
        <h2>
          <span className="swatch" data-look={layer.look} aria-hidden="true" /> {layer.title}
          {layer.retired && <span className="muted"> (retired)</span>}
        </h2>
        {!isDisabled && (
          <Removal
            what={`the layer ${titleIn(codebook.layers, layer.id)}`}
            others={titlesBeside(codebook.layers, layer)}
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
            values={Object.fromEntries([['', 'the layer alone'], ...attributes.map(({ name }) => [name, titleIn(attributes, name)])])}
            value={layer.hueBy?.attribute ?? ''}
            onChange={(attribute: string) => edit({ hueBy: attribute === '' ? null : { attribute, hues: {} } })}
          />
          {layer.hueBy && <HuesByValue layer={layer} onChange={(hueBy) => edit({ hueBy })} />}
        </div>
      )}
      <CodebookField multiline label="Guidelines" value={layer.help} isDisabled={isDisabled} onCommit={(help) => edit({ help })} />
      <CodebookExamples layer={layer} isDisabled={isDisabled} onChange={(examples) => edit({ examples })} />
      <CodebookAttributes
        codebook={codebook}
        owner={{ kind: 'layer', id: layer.id }}
        attributes={layer.attributes}
        isDisabled={isDisabled}
      />
      <CodebookRoles layer={layer} codebook={codebook} isDisabled={isDisabled} />
    </>
  );
}

function HuesByValue({ layer, onChange }: { layer: Layer; onChange: (hueBy: Layer['hueBy']) => void }) {
  const { hueBy } = layer;
  const attribute = layer.attributes.find(({ name }) => name === hueBy?.attribute);
  if (!hueBy || attribute?.type !== 'enum') return null;
  return attribute.values.map((value) => (
    <div key={value} className="hue-of-value">
      <span>{valueWords(value)}</span>
      <HuePicker
        label={`Colour of ${valueWords(value)}`}
        value={hueBy.hues[value] ?? layer.hue}
        isDisabled={false}
        onChange={(hue: Hue) => onChange({ ...hueBy, hues: { ...hueBy.hues, [value]: hue } })}
      />
    </div>
  ));
}
