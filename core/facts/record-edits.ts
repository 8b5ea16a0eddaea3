import type { AttributeValue, Mention, Quantity } from '../model/annotation.ts';
import { applyEdits, type Edit, mentionEdit } from '../steps/edit.ts';
import { mentionAt, Refusal, type Scene, setAttribute } from '../steps/gestures.ts';
import { type Range, spanAt } from '../text/span.ts';
import type { QuantityProposal, RecordProposal } from './record-proposals.ts';

/** Takes what the words of an annotation propose: values are set, quantities added with their mentions made or reused. @throws Refusal as setAttribute */
export function takeProposals(scene: Scene, id: string, proposals: readonly RecordProposal[]): Edit[] {
  let work = scene.work;
  return proposals.flatMap((proposal) => {
    const now = { ...scene, work };
    const edits = proposal.kind === 'value' ? setAttribute(now, id, proposal.attribute, proposal.value) : addQuantity(now, id, proposal);
    work = applyEdits(work, edits);
    return edits;
  });
}

/** Says where the words of a quantity stand: its mention is made or reused there; null lets go of it. @throws Refusal when there is no such quantity */
export function setQuantityMention(scene: Scene, id: string, attribute: string, index: number, range: Range | null): Edit[] {
  const quantities = quantitiesOf(scene, id, attribute);
  const quantity = quantities[index];
  if (!quantity) throw new Refusal('That quantity is no longer there');
  const { mention, edits } = range ? mentionFor(scene, range) : { mention: null, edits: [] };
  return [...edits, ...setAttribute(scene, id, attribute, quantities.with(index, { ...quantity, mention }))];
}

function addQuantity(scene: Scene, id: string, { attribute, quantity, range }: QuantityProposal): Edit[] {
  const { mention, edits } = mentionFor(scene, range);
  const value: AttributeValue = [...quantitiesOf(scene, id, attribute), { ...quantity, mention }];
  return [...edits, ...setAttribute(scene, id, attribute, value)];
}

function mentionFor(scene: Scene, range: Range): { mention: string; edits: Edit[] } {
  const { article, annotator } = scene;
  const set = scene.work.sets.get(article);
  const known = set && mentionAt(set, range);
  if (known) return { mention: known.id, edits: [] };
  const made: Mention = { id: scene.newId(), article, annotator, span: spanAt(scene.text, range), entity: null };
  return { mention: made.id, edits: [mentionEdit(null, made)] };
}

function quantitiesOf({ work, article }: Scene, id: string, attribute: string): Quantity[] {
  const value = work.sets.get(article)?.annotations.get(id)?.attributes[attribute];
  return Array.isArray(value) ? value.filter((item): item is Quantity => typeof item === 'object' && 'modifier' in item) : [];
}
