import type { Annotation, Mention, Quantity } from '../model/annotation.ts';
import { type Attribute, current, fillersOf, type Layer } from '../model/codebook.ts';
import { isAllInMarks, isBehindDash, marks, standsInMarks } from '../text/quotation-marks.ts';
import type { Range } from '../text/span.ts';
import { hedgeIn } from './hedges.ts';
import { quantitiesIn } from './quantities.ts';

/** A quantity that the words of an annotation hold and its record does not. `range` is of the article's text, `words` what stands there. */
export interface QuantityProposal {
  readonly kind: 'quantity';
  readonly attribute: string;
  readonly quantity: Quantity;
  readonly range: Range;
  readonly words: string;
}

/** Another value for an enumeration, with what speaks for it in a few words. */
export interface ValueProposal {
  readonly kind: 'value';
  readonly attribute: string;
  readonly value: string;
  readonly because: string;
}

export type RecordProposal = QuantityProposal | ValueProposal;

/**
 * What the words of an annotation, and what its roles hold, propose for its attributes; in the layer's order. Nothing is proposed that is
 * there already. `article` is the text of its article.
 */
export function recordProposals(
  annotation: Annotation,
  layer: Layer,
  mentions: ReadonlyMap<string, Mention>,
  article: string,
): RecordProposal[] {
  const text = annotation.spans.map((span) => span.text).join(' … ');
  return current(layer.attributes).flatMap((attribute): RecordProposal[] => {
    if (attribute.type === 'quantity') return quantityProposals(annotation, attribute.name, mentions);
    const proposal = attribute.type === 'enum' ? valueProposal(annotation, layer, attribute, text, article) : null;
    return proposal && attribute.type === 'enum' && attribute.values.includes(proposal.value) ? [proposal] : [];
  });
}

function quantityProposals(annotation: Annotation, attribute: string, mentions: ReadonlyMap<string, Mention>): QuantityProposal[] {
  const held = annotation.attributes[attribute];
  const known = (Array.isArray(held) ? held : []) as Quantity[];
  const isKnown = (quantity: Quantity, { start, end }: Range) =>
    known.some((other) => {
      const span = other.mention === null ? undefined : mentions.get(other.mention)?.span;
      return span ? span.start < end && start < span.end : other.value === quantity.value && other.value_max === quantity.value_max;
    });
  return annotation.spans.flatMap((span) =>
    quantitiesIn(span.text).flatMap(({ quantity, range }): QuantityProposal[] => {
      const place = { start: span.start + range.start, end: span.start + range.end };
      const words = span.text.slice(range.start, range.end);
      return isKnown(quantity, place) ? [] : [{ kind: 'quantity', attribute, quantity, range: place, words }];
    }),
  );
}

function valueProposal(annotation: Annotation, layer: Layer, attribute: Attribute, text: string, article: string): ValueProposal | null {
  const value = annotation.attributes[attribute.name];
  const propose = (other: string, because: string): ValueProposal | null =>
    value === other ? null : { kind: 'value', attribute: attribute.name, value: other, because };
  const isUntouched = value === undefined || value === attribute.default;
  switch (attribute.name) {
    case 'certainty': {
      const hedge = isUntouched ? hedgeIn(text) : null;
      return hedge && propose(hedge.certainty, `“${text.slice(hedge.range.start, hedge.range.end)}”`);
    }
    case 'attribution': {
      if (!layer.roles.some(({ name }) => name === 'source')) return null;
      return fillersOf(annotation, 'source').length > 0 ? propose('attributed', 'it has a source') : null;
    }
    case 'claim_type':
      return isUntouched && annotation.spans.some((span) => quantitiesIn(span.text).length > 0)
        ? propose('numerical', 'it holds a number')
        : null;
    case 'type': {
      // Only where the value and the marks are at odds; a selection may leave out the marks around it.
      if (annotation.spans.every((span) => standsInMarks(article, span))) return null;
      const parts = annotation.spans.map((span) => span.text);
      if (isBehindDash(parts)) return value === 'indirect' ? propose('direct', 'it is spoken behind a dash') : null;
      const isDirect = isAllInMarks(parts);
      if (value === 'direct' && !isDirect)
        return marks.test(text) ? propose('mixed', 'part of it is in quotation marks') : propose('indirect', 'it has no quotation marks');
      if (value === 'indirect' && isDirect) return propose('direct', 'it is in quotation marks');
      return value === 'mixed' && !marks.test(text) ? propose('indirect', 'it has no quotation marks') : null;
    }
    default:
      return null;
  }
}
