import { expect, test } from 'vitest';
import type { Codebook, RelationType } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { comparable, typeSaying } from './meanings.ts';

const [quote, , stance] = defaultCodebook.layers as [
  Codebook['layers'][0],
  Codebook['layers'][0],
  Codebook['layers'][0],
  Codebook['layers'][0],
];
const relation = (id: string, more: Partial<RelationType> = {}): RelationType => ({
  ...{ id, title: id, scope: 'any', from: ['QUOTE'], to: ['QUOTE'], symmetric: true, key: null, attributes: [], help: '' },
  ...more,
});
const withRelations = (...relations: RelationType[]): Codebook => ({ ...defaultCodebook, relations });

test('W106 the default codebook says what quotes and claims are to each other across articles', () => {
  const { meanings, quotes, claims, matched, quoteTypes } = comparable(defaultCodebook);
  expect(Object.fromEntries(meanings)).toEqual({
    same_quote: 'same',
    same_claim: 'same',
    corroborates: 'agrees',
    contradicts: 'conflicts',
    refines: 'refines',
    not_same: 'apart',
  });
  expect([quotes, claims, matched, [...quoteTypes]]).toEqual([
    ['QUOTE'],
    ['STANCE', 'FACT'],
    ['FACT', 'QUOTE'].sort().reverse(),
    ['same_quote', 'not_same'],
  ]);
});

test('W106 a renamed relation keeps what it says, and one that stays in an article or ties no layer to itself says nothing', () => {
  const meant = (type: RelationType) => comparable(withRelations(type)).meanings.get(type.id) ?? null;
  expect(meant(relation('identical_words'))).toBe('same');
  expect(meant(relation('not_identical'))).toBe('apart');
  expect(meant(relation('unrelated'))).toBe('apart');
  expect(meant(relation('disagrees_with'))).toBe('conflicts');
  expect(meant(relation('confirms', { from: ['FACT'], to: ['FACT'] }))).toBe('agrees');
  expect(meant(relation('more_specific', { symmetric: false }))).toBe('refines');
  expect(meant(relation('quoted_with'))).toBe(null);
  expect(meant(relation('same_words', { scope: 'article' }))).toBe(null);
  expect(meant(relation('supports', { to: ['FACT'], symmetric: false }))).toBe(null);
});

test('W106 layers with a speaker, or whose relation records how words match, are compared word by word; without a relation nothing is compared', () => {
  const { quotes, claims } = comparable(
    withRelations(relation('same_quote'), relation('same_stance', { from: ['STANCE'], to: ['STANCE'] })),
  );
  expect([quotes, claims]).toEqual([[quote.id], ['STANCE']]);
  expect(stance.roles.some(({ name }) => name === 'speaker')).toBe(false);
  expect(comparable(withRelations(relation('quoted_with')))).toMatchObject({ quotes: [], claims: [], matched: [] });
  // Once nothing says “the same” of it any more, a layer is compared by what was said, and nothing new is looked for.
  const retired = withRelations(relation('same_quote', { retired: true }));
  expect(comparable(retired)).toMatchObject({ quotes: ['QUOTE'], matched: [] });
  expect(typeSaying(retired, 'same', 'QUOTE', 'QUOTE')).toBe(undefined);
});

test('W106 “the same” of claims is said by the relation that says so, or else by one that supports', () => {
  expect(typeSaying(defaultCodebook, 'same', 'FACT', 'FACT')?.id).toBe('same_claim');
  const others = defaultCodebook.relations.filter(({ id }) => id !== 'same_claim');
  expect(typeSaying(withRelations(...others), 'same', 'FACT', 'FACT')?.id).toBe('corroborates');
  expect(typeSaying(defaultCodebook, 'conflicts', 'QUOTE', 'QUOTE')).toBe(undefined);
});
