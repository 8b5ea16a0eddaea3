import { expect, test } from 'vitest';
import { defaultCodebook } from '../../../core/model/default-codebook.ts';
import { type KeySituation, keyHints } from './key-hints.ts';

const [quote] = defaultCodebook.layers;
const idle: KeySituation = {
  codebook: defaultCodebook,
  writable: true,
  boundary: null,
  isRelating: false,
  armedRole: null,
  isSelecting: false,
  isSuggestion: false,
  layer: undefined,
  digits: null,
};
const boundary = { annotation: 'a', spans: [{ start: 0, end: 4, text: 'text' }], fragment: 0, edge: 'end' } as const;
const titles = (part: Partial<KeySituation>) => keyHints({ ...idle, ...part }, (command) => command).map(({ title }) => title);

test('L99 the hints are those of the nearest at hand: a mode before a selection, that before what is active', () => {
  const all = { boundary, isRelating: true, armedRole: 'Speaker', isSelecting: true, isSuggestion: true, layer: quote };
  expect(titles(all)).toEqual(['move the end', 'move the start', 'by a character', 'done', 'put back']);
  expect(titles({ ...all, boundary: null })).toEqual(['walk', 'relate', 'cancel']);
  expect(titles({ ...all, boundary: null, isRelating: false })).toEqual(['set speaker', 'cancel']);
  const outOfModes = { ...all, boundary: null, isRelating: false, armedRole: null };
  expect(titles(outOfModes)).toContain('add as fragment');
  expect(titles({ ...outOfModes, isSelecting: false })).toContain('accept');
  expect(titles({ ...outOfModes, isSelecting: false, isSuggestion: false })).toContain('delete');
  expect(titles({})).toContain('next');
  expect(titles({})).toContain('undo');
  expect(titles({ writable: false, isSelecting: true, layer: quote })).toEqual(['next', 'all keys']);
});

test('L99 what has no key is no hint, and neither is a role or a layer that was retired', () => {
  expect(keyHints(idle, (command) => (command === 'annotation.next' ? '.' : null))).toEqual([{ keys: '.', title: 'next' }]);
  if (!quote) throw new RangeError('the default codebook has no layers');
  const [role, ...others] = quote.roles;
  if (!role) throw new RangeError(`${quote.id} has no roles`);
  const retired = { ...quote, roles: [{ ...role, retired: true as const }, ...others] };
  expect(titles({ layer: quote })).toContain(role.title.toLowerCase());
  expect(titles({ layer: retired })).not.toContain(role.title.toLowerCase());
  const layers = [{ ...quote, retired: true as const }, ...defaultCodebook.layers.slice(1)];
  expect(titles({ codebook: { ...defaultCodebook, layers } })).not.toContain(quote.title.toLowerCase());
});

test('L99 digits are hinted at from the first to the last value', () => {
  const digits = { title: 'Stance', values: ['for', 'against', 'neutral'] };
  const hints = keyHints({ ...idle, layer: quote, digits }, (command) => command.replace('value.', ''));
  expect(hints).toContainEqual({ keys: '1–3', title: 'stance' });
});
