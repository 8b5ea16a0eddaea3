import './suggestion-fields.css';
import { titleAt } from '../../../core/annotations/relations.ts';
import type { AttributeValue } from '../../../core/model/annotation.ts';
import { current, hueOf, type Layer, layerOf } from '../../../core/model/codebook.ts';
import { familyNames, familyOf } from '../../../core/suggestions/choice.ts';
import type { SuggestedRole } from '../../../core/suggestions/suggestion.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import type { OpenSuggestion } from '../../state/article-suggestions.ts';
import { openSuggestionsOf } from '../../state/suggestions.ts';
import { Button } from '../../ui/button.tsx';
import { paragraphNumber } from '../annotations/paragraph-number.ts';
import { quantityTitle } from '../annotations/record-proposals.ts';
import { useCommandKeys } from '../frame/command-keys.ts';

/** A confidence in per cent. */
export const sureness = (confidence: number): string => `${Math.round(confidence * 100)} %`;

/** The active suggestion: what it would become, why it is suggested, and what can be done with it. */
export function SuggestionFields({ suggestion }: { readonly suggestion: OpenSuggestion }) {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const article = useWorkspace((state) => state.article);
  const writable = useWorkspace((state) => state.writable);
  const open = useWorkspace(openSuggestionsOf);
  const layer = codebook && layerOf(codebook, suggestion.layer);
  if (!layer || !article) return null;
  const family = familyOf(suggestion);
  const alike = open.filter((each) => familyOf(each) === family).length;
  const key = (id: string) => {
    const name = keyOf(id);
    return name && <kbd>{name}</kbd>;
  };
  return (
    <fieldset
      className="fields suggestion-fields"
      aria-label={`Suggested ${familyNames[family][0]}`}
      data-hue={hueOf(layer, suggestion)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') actions.returnToText();
      }}
    >
      <div className="inspector-head">
        <h2>
          <span className="swatch" data-look="suggested" aria-hidden="true" /> Suggested {familyNames[family][0]}
        </h2>
        <span className="muted">
          ¶{paragraphNumber(article, suggestion.spans[0]?.start ?? 0)} · {open.indexOf(suggestion) + 1} of {open.length}
        </span>
      </div>
      <div className="suggestion-actions">
        <Button kind="primary" keepsFocus isDisabled={!writable} onPress={() => actions.suggest.accept(suggestion.id)}>
          Accept {key('annotation.inspect')}
        </Button>
        <Button keepsFocus isDisabled={!writable} onPress={() => actions.suggest.reject(suggestion.id)}>
          Reject {key('suggestion.reject')}
        </Button>
        <Button isDisabled={!writable} onPress={() => actions.suggest.edit(suggestion.id)}>
          Edit
        </Button>
      </div>
      <blockquote className="covered">
        {suggestion.spans.map((span) => (
          <p key={span.start}>{span.text}</p>
        ))}
      </blockquote>
      <dl className="suggestion-facts">
        {layer.roles.flatMap(({ name, title }) => {
          const fillers = suggestion.roles.filter(({ role }) => role === name);
          return fillers.map((filler) => (
            <div key={`${name} ${filler.span.start}`}>
              <dt>{title}</dt>
              <dd>
                <Filler filler={filler} />
              </dd>
            </div>
          ));
        })}
        {(suggestion.relations ?? []).flatMap(({ type: id, place, other }) => {
          const type = current(codebook.relations).find((candidate) => candidate.id === id);
          if (!type) return [];
          return (
            <div key={`${id} ${place} ${other.span.start}`}>
              <dt>{titleAt(type, place)}</dt>
              <dd>
                {other.span.text.length > 60 ? `${other.span.text.slice(0, 58).toWellFormed()}…` : other.span.text}{' '}
                <span className="muted">once both are accepted</span>
              </dd>
            </div>
          );
        })}
        {attributesOf(suggestion, layer).map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
        <div>
          <dt>Why</dt>
          <dd>
            {suggestion.why}{' '}
            <Button
              kind="quiet"
              label={`${suggestion.rule}: all rules, with what became of their suggestions`}
              onPress={() => actions.learn.openRules()}
            >
              {suggestion.rule}
            </Button>
          </dd>
        </div>
        <div>
          <dt>How sure</dt>
          <dd>{sureness(suggestion.confidence)}</dd>
        </div>
      </dl>
      {alike > 1 && (
        <div>
          <Button kind="quiet" isDisabled={!writable} onPress={() => actions.run('suggestion.all')}>
            Accept all {alike} {familyNames[family][1]}… {key('suggestion.all')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

// The words in the text, and the entity they refer to if its name differs.
function Filler({ filler: { span, entity } }: { readonly filler: SuggestedRole }) {
  if (!entity || entity.canonical === span.text) return <>{span.text}</>;
  return (
    <>
      {span.text} <span className="muted">→</span> <span className="suggested-entity">{entity.canonical}</span>
    </>
  );
}

function attributesOf({ attributes }: OpenSuggestion, layer: Layer): [title: string, value: string][] {
  return layer.attributes.flatMap(({ name, title, retired }): [string, string][] => {
    const value = attributes[name];
    return value === undefined || retired ? [] : [[title, wordsOf(value)]];
  });
}

function wordsOf(value: AttributeValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (!Array.isArray(value)) return String(value).replaceAll('_', ' ');
  return value
    .map((item) => (typeof item === 'object' ? ('modifier' in item ? quantityTitle(item) : item.url) : item.replaceAll('_', ' ')))
    .join('; ');
}
