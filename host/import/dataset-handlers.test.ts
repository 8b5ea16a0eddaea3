import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Output } from '../../core/contract.ts';
import { hostOn, makeProject, temporaryFolder } from '../testing/sample-host.ts';

const dataset = join(import.meta.dirname, '../../core/formats/baselines/seeds/jsonl');

test('X253 who looks at a dataset in the window is told what several people have alike', async () => {
  const folder = await temporaryFolder();
  await makeProject(folder.path);
  const { host } = await hostOn(folder.path);
  await host.call('openWorkspace', { page: 'p1' });
  for (const name of ['documents.jsonl', 'entities.jsonl', 'annotators.jsonl'])
    await host.call('stageFile', { page: 'p1', name: `jsonl/${name}` }, await readFile(join(dataset, name)));
  const reply = await host.call('lookAtDataset', { page: 'p1', map: null });
  const { dataset: look } = (reply.ok ? reply.value : {}) as Output<'lookAtDataset'>;
  expect(look?.remarks).toEqual([expect.stringMatching(/^The work of Anna, .* becomes your own: .* --keep-annotators/)]);
  await host.close();
  await folder.remove();
});
