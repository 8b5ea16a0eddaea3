import { expect, test } from 'vitest';
import type { Relation } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import type { CodebookChange } from './codebook-change.ts';
import { countEffect, type EffectCount, effectOnRelation } from './codebook-effects.ts';
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
  expect([...counts.values()]).toEqual([{ ...of, changed: 0, lacking: 2, words: { 'basis is needed': 2 } }]);
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
    words: ['basis number is removed'],
    lacks: ['basis is needed'],
  });
});
