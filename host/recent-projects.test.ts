import { expect, test } from 'vitest';
import { sharedProject } from './testing/shared-project.ts';

const shared = sharedProject();

test('O30 the projects opened last are remembered, ten at most, the newest first, whatever a page sends', async () => {
  const { host, project } = await shared.opened();
  const at = { id: project.info.id, name: 'Élysée & co.', folder: shared.place };
  const reply = await host.call('openWorkspace', { page: 'a' });
  expect(reply).toMatchObject({ value: { settings: { recent: [at], annotator: {} } } });
  await host.call('saveSettings', { settings: { theme: 'dark', recent: [], annotator: { x: 'y' } } });
  expect(await host.call('openWorkspace', { page: 'a' })).toMatchObject({
    value: { settings: { theme: 'dark', recent: [at], annotator: {} } },
  });
  expect(await host.call('openKnown', { page: 'a', project: project.info.id })).toMatchObject({ ok: true, value: { kind: 'here' } });
});
