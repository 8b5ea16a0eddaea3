import type { RecordProposal } from '../../../core/facts/record-proposals.ts';
import type { Quantity } from '../../../core/model/annotation.ts';

const modifiers = { exact: '', approx: 'about ', at_least: 'at least ', at_most: 'up to ' } as const;

/** A quantity in words: “about 20 per cent of Ukraine”. */
export function quantityTitle({ value, value_max, modifier, unit, counts }: Quantity): string {
  const number = (each: number) => each.toLocaleString('en', { maximumFractionDigits: 4 });
  const figures = value_max === null ? number(value) : `${number(value)} to ${number(value_max)}`;
  const counted = unit && counts ? `of ${counts}` : counts;
  return `${modifiers[modifier]}${[figures, unit, counted].filter(Boolean).join(' ')}`;
}

/** What a proposal would fill in, and why, if that is not obvious. */
export function proposalTitle(proposal: RecordProposal): string {
  if (proposal.kind === 'quantity') return quantityTitle(proposal.quantity);
  return `${proposal.value.replaceAll('_', ' ')}: ${proposal.because}`;
}
