import type { CandidateReason } from '../../../core/comparison/candidate.ts';
import type { Registry } from '../../../core/model/entity.ts';

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
