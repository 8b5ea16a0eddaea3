import { expect, test } from 'vitest';
import { propositionProblem, typesInTurn } from './proposition.ts';

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

test('T20 what a role names comes first of what can be created, an issue only where the words are no name', () => {
  const types = ['PERSON', 'PLACE', 'EVENT', 'ISSUE'];
  const first = (targets: string[], words: string) => typesInTurn(types, targets, words)[0];
  expect(first(['mention', 'ENTITY', 'ISSUE'], 'Guarantees must be legally binding')).toBe('ISSUE');
  expect(first(['mention', 'ENTITY', 'ISSUE'], 'the deployment of troops')).toBe('ISSUE');
  expect(first(['mention', 'ENTITY', 'ISSUE'], 'Coalition of the Willing')).toBe('PERSON');
  expect(first(['mention', 'ENTITY'], 'the deployment of troops')).toBe('PERSON');
  expect(first(['ENTITY', 'EVENT'], 'Paris Summit')).toBe('EVENT');
  expect(typesInTurn(types, ['ISSUE'], 'a plan')).toEqual(['ISSUE', 'PERSON', 'PLACE', 'EVENT']);
});
