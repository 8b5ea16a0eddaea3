import { expect, test } from 'vitest';
import type { Codebook, Layer, Role } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { freeLayerKey, freeRoleKey } from './codebook-keys.ts';
import { codebookFaults } from './codebook-soundness.ts';

const layer = (id: string, key: string, roles: readonly Role[] = []): Layer => ({
  ...{ id, title: id, key, look: 'tint', hue: 'blue', hueBy: null, help: '', attributes: [] },
  roles: [...roles],
});
const role = (name: string, key: string): Role => ({ name, title: name, key, targets: ['mention'], min: 0, max: 1, help: '' });

test('L100 whatever is added to a codebook gets a key that it can have, until none is left', () => {
  let codebook: Codebook = defaultCodebook;
  for (let count = 0; ; count++) {
    const key = freeLayerKey(codebook);
    if (key === null) {
      expect(count).toBeGreaterThan(3);
      break;
    }
    codebook = { ...codebook, layers: [...codebook.layers, layer(`NEW${count}`, key)] };
    expect(codebookFaults(codebook), key).toEqual([]);
  }
  for (let count = 0; ; count++) {
    const [first, ...others] = codebook.layers;
    if (!first) throw new RangeError('the default codebook has no layers');
    const key = freeRoleKey(codebook, first);
    if (key === null) break;
    codebook = { ...codebook, layers: [{ ...first, roles: [...first.roles, role(`new${count}`, key)] }, ...others] };
    expect(codebookFaults(codebook), key).toEqual([]);
  }
});

test('L100 roles of two layers may have one key, and so may what is retired and what is new', () => {
  const [first, second] = [layer('ONE', 'a', [role('who', 'p')]), layer('TWO', 'b')];
  const codebook: Codebook = { ...defaultCodebook, layers: [first, second], relations: [] };
  expect(freeRoleKey(codebook, second)).toBe('p');
  expect(freeRoleKey(codebook, first)).not.toBe('p');
  const retired = { ...codebook, layers: [first, { ...layer('TWO', 'z'), retired: true as const }] };
  expect(freeLayerKey(retired)).toBe('z');
});
