import { expect, test } from 'vitest';
import type { Annotation, Relation } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import type { CodebookChange } from './codebook-change.ts';
import { countEffect, type EffectCount, effectOn, effectOnRelation } from './codebook-effects.ts';
import type { CodebookFile } from './codebook-file.ts';
import { revise } from './codebook-revision.ts';

const nothing = { layers: new Set<string>(), relations: new Set<string>(), entityTypes: new Set<string>() };
const changedBy = (...changes: CodebookChange[]): CodebookFile => {
  const { codebook, steps } = revise(defaultCodebook, changes, nothing);
  const before = { codebook: defaultCodebook, steps: [], changed: '' };
  return { format: 1, versions: [before, { codebook, steps: [...steps], changed: '' }] };
};
const end = { article: 'a', annotation: 'b' };
const relation = (attributes: Relation['attributes']): Relation => ({
  ...{ id: 'r', type: 'contradicts', annotator: 'anna', from: end, to: end, attributes, note: '' },
  ...{ origin: { kind: 'person' }, codebook: 1, created: '', modified: '' },
});
const basis = { owner: { kind: 'relation' as const, id: 'contradicts' }, attribute: 'basis' };

test('P14 a preview counts the relations that a change leaves lacking something required, and no others', () => {
  const required = changedBy({ change: 'edit-attribute', ...basis, set: { required: true } });
  expect(effectOnRelation(relation({ basis: 'number' }), required)).toBeNull();
  const counts = new Map<string, EffectCount>();
  const of = { kind: 'relation', layer: 'contradicts', annotator: 'anna' } as const;
  for (const attributes of [{}, {}, { basis: 'number' }]) countEffect(counts, of, effectOnRelation(relation(attributes), required));
  expect([...counts.values()]).toEqual([{ ...of, changed: 0, lacking: 2, words: { 'Basis is needed': 2 } }]);
  // What was lacking before is not left so by this change.
  const { codebook } = required.versions[1] as CodebookFile['versions'][number];
  const again = revise(codebook, [{ change: 'edit-attribute', ...basis, set: { help: 'on what it rests' } }], nothing);
  const third: CodebookFile = {
    format: 1,
    versions: [...required.versions, { codebook: again.codebook, steps: [...again.steps], changed: '' }],
  };
  expect(effectOnRelation({ ...relation({}), codebook: 2 }, third)).toBeNull();
  const without = changedBy(
    { change: 'remove-value', ...basis, value: 'number', into: null },
    { change: 'edit-attribute', ...basis, set: { required: true } },
  );
  expect(effectOnRelation(relation({ basis: 'number' }), without)).toEqual({
    words: ['Basis number is removed'],
    lacks: ['Basis is needed'],
  });
});

test('F126 what a change does to annotations is told by titles, and by names where only these change', () => {
  const person = { kind: 'author' as const };
  const stance: Annotation = {
    ...{ id: 'a', article: 'a', annotator: 'anna', layer: 'STANCE', spans: [{ start: 0, end: 1, text: 'x' }], note: '' },
    ...{ attributes: { polarity: 'favor', intensity: 'strong' }, roles: [{ role: 'holder', target: person }] },
    ...{ origin: { kind: 'person' }, codebook: 1, created: '', modified: '' },
  };
  const of = (attribute: string) => ({ owner: { kind: 'layer' as const, id: 'STANCE' }, attribute });
  const file = changedBy(
    { change: 'rename-value', ...of('polarity'), value: 'favor', to: 'very_much_for' },
    { change: 'edit-attribute', ...of('conditional'), set: { title: 'If', required: true } },
    { change: 'rename-attribute', ...of('intensity'), to: 'strength' },
    { change: 'rename-role', layer: 'STANCE', role: 'holder', to: 'who' },
    { change: 'rename-layer', layer: 'STANCE', to: 'VIEW' },
  );
  expect(effectOn(stance, file)).toEqual({
    words: ['Stance: STANCE → VIEW', 'Intensity: intensity → strength', 'Polarity favor → very much for', 'Holder: holder → who'],
    lacks: ['If is needed'],
  });
  const merged = changedBy({ change: 'remove-role', layer: 'STANCE', role: 'holder', into: 'target' });
  expect(effectOn(stance, merged)).toEqual({ words: ['Holder → Target'], lacks: [] });
});
