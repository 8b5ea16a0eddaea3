import { expect, test } from 'vitest';
import { openApp } from './testing/opened-app.tsx';

test('F55 the commands stay the same list until keys, settings or the codebook change', async () => {
  const { actions } = await openApp('The council met.');
  const before = actions.commands();
  expect(actions.commands()).toBe(before);
  const keysOf = (id: string) => actions.commands().find((command) => command.id === id)?.keys;
  expect(keysOf('tag.QUOTE')).toEqual(['q']);
  actions.settings.rebind('tag.QUOTE', ['y']);
  expect(keysOf('tag.QUOTE')).toEqual(['y']);
  actions.settings.changeSettings({ letterKeys: false });
  expect(keysOf('tag.QUOTE')).toEqual([]);
});
