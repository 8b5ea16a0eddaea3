import { expect, test } from 'vitest';
import { defaultCodebook } from '../../../core/model/default-codebook.ts';
import { sectionsOf } from './statistics-plans.ts';

const stances = (codebook: typeof defaultCodebook) =>
  sectionsOf(codebook, (article) => article).find(({ title }) => title === 'Who stands where: stance');

test('F107 of stances it is counted who is for and against what, by holder, target and each polarity that is in use', () => {
  const retired = (value: string) => ({
    ...defaultCodebook,
    layers: defaultCodebook.layers.map((layer) => ({
      ...layer,
      attributes: layer.attributes.map((each) =>
        each.name === 'polarity' && each.type === 'enum' ? { ...each, retiredValues: [value] } : each,
      ),
    })),
  });
  expect(stances(retired('mixed'))?.plans.map(({ title, by, within }) => [title, by.join(' '), within])).toEqual([
    ['Target by polarity', 'role:target attribute:polarity', 'layer:stance'],
    ['Holder by polarity', 'role:holder attribute:polarity', 'layer:stance'],
    ['Holder and target: favor', 'role:holder role:target', 'layer:stance polarity:"favor"'],
    ['Holder and target: against', 'role:holder role:target', 'layer:stance polarity:"against"'],
    ['Holder and target: neutral', 'role:holder role:target', 'layer:stance polarity:"neutral"'],
  ]);
});

test('F107 a codebook without stances has no such section', () => {
  const { layers } = defaultCodebook;
  const without = layers.map((layer) => ({ ...layer, roles: layer.roles.filter(({ name }) => name !== 'holder') }));
  expect(stances({ ...defaultCodebook, layers: without })).toBeUndefined();
});
