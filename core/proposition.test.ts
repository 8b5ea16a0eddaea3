import { expect, test } from 'vitest';
import { propositionProblem } from './proposition.ts';

test.each([
  'Guarantees must be legally binding',
  'Ukraine needs more than symbolic assurances',
  'Russia violated the truce',
  'Putin is willing to make compromises',
])('U9 “%s” can be for or against', (words) => expect(propositionProblem(words)).toBeNull());

test.each(['the UK-French commitment', 'Security guarantees', 'Should guarantees be binding?', 'Support', ''])(
  'U9 “%s” is no proposition',
  (words) => {
    expect(propositionProblem(words)).toMatch(/statement/);
  },
);
