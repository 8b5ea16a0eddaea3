import { expect, test } from 'vitest';
import { Annotators } from '../../../core/agreement/testing/annotators.ts';
import { defaultCodebook } from '../../../core/model/default-codebook.ts';
import { setAttribute } from '../../../core/steps/gestures.ts';
import { givenFields } from './given-fields.ts';

test('F106 what an annotation gives is in words: roles by who is meant, numbers, lists and evidence', () => {
  const on = new Annotators('About 1.5 to 2 million homes, she said, will be built.', 'ben');
  const ben = on.of('ben');
  const id = on.tag('ben', 'FACT', 'will be built', { certainty: 'certain' }, { source: 'she' });
  const [she] = ben.set('a').mentions.keys();
  const range = { value: 1.5, value_max: 2, modifier: 'approx' as const, unit: 'million', counts: 'homes', mention: she ?? null };
  const exact = { ...range, value: 0.00012, value_max: null, modifier: 'exact' as const, unit: '', counts: '' };
  ben.step(setAttribute(ben.scene('a'), id, 'quantity', [range, exact]));
  const evidence = { url: 'https://example.org/a', accessed: '2026-01-02', says: 'refutes' as const, note: '' };
  ben.step(setAttribute(ben.scene('a'), id, 'evidence', [evidence]));
  const given = () => {
    const annotation = ben.set('a').annotations.get(id);
    const layer = defaultCodebook.layers.find((each) => each.id === 'FACT');
    return Object.fromEntries(
      (annotation ? givenFields(annotation, ben.set('a'), layer, on.registry) : []).map(({ title, text }) => [title, text]),
    );
  };
  expect(given()).toMatchObject({
    Source: 'she',
    Certainty: 'certain',
    Quantity: 'about 1.5 to 2 million homes; 0.00012',
    Evidence: 'https://example.org/a · refutes',
  });
  expect(Object.keys(given())).not.toContain('Unsure');
  on.link('ben', 'she', 'Ana Ruiz');
  expect(given()['Source']).toBe('Ana Ruiz');
});
