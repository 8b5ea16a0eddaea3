import type { CandidateReason } from '../../../core/comparison/candidates.ts';
import type { Standing } from '../../../core/comparison/claim-row.ts';
import type { PieceNumber } from '../../../core/comparison/piece.ts';
import type { QuoteMatch } from '../../../core/comparison/quote-row.ts';
import type { Registry } from '../../../core/model/entity.ts';
import { number } from '../../ui/count.ts';

/** How the words of a quote compare with those that most articles have, in words. */
export const matchWords: Readonly<Record<QuoteMatch, string>> = {
  verbatim: 'word for word',
  near_verbatim: 'nearly word for word',
  part: 'a part of it',
  more: 'longer',
  changed: 'words differ',
  other: 'in other words',
};

/** What bears on a claim, in words. The one that most articles have needs none. */
export const standingWords: Readonly<Record<Standing, string>> = {
  leads: '',
  alone: '',
  agrees: 'agrees',
  conflicts: 'conflicts',
  refines: 'is more exact',
  refined: 'is less exact',
};

/** A number with how exact it is: `at least 12`, `about 20 %`, `30 to 35`. */
export function numberWords({ value, value_max, modifier, unit }: Pick<PieceNumber, 'value' | 'value_max' | 'modifier' | 'unit'>): string {
  const exactness = { exact: '', approx: 'about ', at_least: 'at least ', at_most: 'at most ' }[modifier];
  const amount = value_max === null ? number(value) : `${number(value)} to ${number(value_max)}`;
  // What is counted is sometimes recorded as the unit; the words beside it say it already.
  return `${exactness}${amount}${/^(?:%|[A-Z]{3})$/.test(unit) ? ` ${unit}` : ''}`;
}

/** Why two annotations may be the same, in words. */
export function reasonWords(reason: CandidateReason, registry: Registry): string {
  switch (reason.kind) {
    case 'words': {
      const some = reason.words.length > 0 ? `: ${reason.words.slice(0, 4).join(', ')}` : '';
      return {
        verbatim: 'the same words',
        near_verbatim: 'nearly the same words',
        part: 'one is a part of the other',
        shared: `words in common${some}`,
      }[reason.match];
    }
    case 'count': {
      const [one, other] = reason.numbers;
      if (reason.match === 'equal') return `the same number: ${one}`;
      return reason.match === 'compatible' ? `numbers that fit: ${one}, ${other}` : `numbers that differ: ${one}, ${other}`;
    }
    case 'speaker':
      return reason.match === 'same' ? 'the same speaker' : 'another speaker';
    case 'event':
      return `the same event: ${registry.get(reason.event)?.canonical ?? reason.event}`;
  }
}
