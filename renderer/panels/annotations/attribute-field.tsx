import { type ReactNode, useRef } from 'react';
import { flushSync } from 'react-dom';
import type { RecordProposal } from '../../../core/facts/record-proposals.ts';
import type { Annotation, Quantity } from '../../../core/model/annotation.ts';
import type { Article } from '../../../core/model/article.ts';
import type { Attribute } from '../../../core/model/codebook.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { currentSet } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { AttributeInput } from './attribute-input.tsx';
import { paragraphNumber } from './paragraph-number.ts';
import { QuantityField } from './record-fields.tsx';
import { proposalTitle } from './record-proposals.ts';

interface AttributeFieldProps {
  readonly annotation: Annotation;
  readonly article: Article;
  readonly attribute: Attribute;
  /** What the words propose for this attribute and for others. */
  readonly proposals: readonly RecordProposal[];
}

/** One attribute of the active annotation: its value, and what the words propose for it. */
export function AttributeField({ annotation, article, attribute, proposals }: AttributeFieldProps) {
  const { actions, afterPaint, view } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const digits = useView((state) => state.attribute);
  const field = useRef<HTMLFieldSetElement>(null);
  const value = annotation.attributes[attribute.name];
  const isOpen = attribute.required && value === undefined;
  const own = proposals.filter((proposal) => proposal.attribute === attribute.name);
  const change = (changed: typeof value | null) => actions.annotate.setAttribute(annotation.id, attribute.name, changed ?? null);
  const take = (proposal: RecordProposal) => {
    actions.complete.take(annotation.id, [proposal]);
    // The adopted proposal disappears, so keep the focus in its field.
    flushSync(afterPaint.settle);
    (field.current?.querySelector<HTMLElement>('.proposals button') ?? field.current?.querySelector<HTMLElement>('button, input'))?.focus();
  };
  return (
    <fieldset
      ref={field}
      className="field"
      aria-label={attribute.title}
      data-open={isOpen}
      data-field={`attribute:${attribute.name}`}
      onFocus={() => digits !== attribute.name && view.set({ attribute: attribute.name })}
      onKeyDown={(event) => {
        // Digits choose a value here as they do in the text, except while typing in a field.
        if (attribute.type === 'enum' && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey) actions.run(`value.${event.key}`);
      }}
    >
      {attribute.type !== 'boolean' && (
        <span className="field-name" title={attribute.help}>
          {attribute.title}
          {isOpen && <span className="lacking"> needed</span>}
        </span>
      )}
      {attribute.type === 'quantity' ? (
        <QuantityField
          title={attribute.title}
          value={value}
          isDisabled={!writable}
          onChange={change}
          place={(quantity, index) => (
            <Place annotation={annotation} article={article} attribute={attribute} quantity={quantity} index={index} />
          )}
        />
      ) : (
        <AttributeInput attribute={attribute} value={value} onChange={change} />
      )}
      {own.length > 0 && (
        <span className="proposals">
          {own.map((proposal) => (
            <Button key={JSON.stringify(proposal)} kind="quiet" isDisabled={!writable} onPress={() => take(proposal)}>
              {proposalTitle(proposal)} – {proposal.kind === 'quantity' ? 'add' : 'set'}
            </Button>
          ))}
        </span>
      )}
    </fieldset>
  );
}

interface PlaceProps {
  readonly annotation: Annotation;
  readonly article: Article;
  readonly attribute: Attribute;
  readonly quantity: Quantity;
  readonly index: number;
}

// The place of a quantity's words: buttons to go there, to remove the link, or to mark the words.
function Place({ annotation, article, attribute, quantity, index }: PlaceProps): ReactNode {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const mention = useWorkspace((state) => currentSet(state).mentions.get(quantity.mention ?? ''));
  const armed = useView(
    ({ armed }) => armed?.annotation === annotation.id && armed.quantity?.attribute === attribute.name && armed.quantity.index === index,
  );
  const title = `${attribute.title} ${index + 1}`;
  if (armed) return <span className="armed">Select it in the text, then Enter</span>;
  if (!mention) {
    return (
      <Button
        kind="quiet"
        label={`Mark in text: ${title}`}
        isDisabled={!writable}
        onPress={() => actions.complete.armQuantity(annotation.id, attribute.name, index, title)}
      >
        Mark in text
      </Button>
    );
  }
  return (
    <span className="filler">
      <button type="button" className="filler-name" onClick={() => actions.scrollTo(mention.span.start)}>
        “{mention.span.text}”
      </button>
      <span className="muted">¶{paragraphNumber(article, mention.span.start)}</span>
      <Button
        kind="icon"
        label={`Let go of the words of ${title}`}
        isDisabled={!writable}
        onPress={() => actions.complete.unmarkQuantity(annotation.id, attribute.name, index)}
      >
        ✕
      </Button>
    </span>
  );
}
