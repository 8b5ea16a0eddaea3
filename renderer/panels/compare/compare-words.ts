import type { CandidateReason } from '../../../core/comparison/candidate.ts';
import type { Standing } from '../../../core/comparison/claim-row.ts';
import type { QuoteMatch } from '../../../core/comparison/quote-row.ts';
import type { Registry } from '../../../core/model/entity.ts';

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
      if (reason.match === 'equal') return one === other ? `the same number: ${one}` : `the same number: ${one}; ${other}`;
      return reason.match === 'compatible' ? `numbers that fit: ${one}; ${other}` : `numbers that differ: ${one}; ${other}`;
    }
    case 'speaker':
      return reason.match === 'same' ? 'the same speaker' : 'another speaker';
    case 'event':
      return `the same event: ${registry.get(reason.event)?.canonical ?? reason.event}`;
  }
}
