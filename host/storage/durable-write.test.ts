import { expect, test } from 'vitest';
import { durablePath } from './durable-write.ts';
import { createProject } from './project.ts';
import { diskWith } from './testing/bench.ts';
import { folder } from './testing/scenario.ts';

test('J126 where not even the drive is there, nothing is looked for again and again', async () => {
  const { disk } = await diskWith();
  let stats = 0;
  disk.fault = (_, operation) => {
    if (operation === 'stat') stats++;
    return 'ENOENT';
  };
  await expect(durablePath(disk, `${folder}/a/b`)).rejects.toMatchObject({ code: 'ENOENT' });
  expect(stats).toBe(`${folder}/a/b`.split('/').length);
  await expect(
    createProject('/gone/project', { name: 'A', annotator: { id: 'a', name: 'A' } }, { fileSystem: disk }),
  ).rejects.toMatchObject({
    failure: { code: 'not-saved', message: expect.stringContaining('could not be wr') },
  });
});
