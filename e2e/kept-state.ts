import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateKeeping } from '../host/earlier/state-keeping.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';

/** Keeps a state of the project in the folder `root` as if it were `minutes` ago. Its host is given `home` as PRESSMARK_HOME. */
export async function keepState(home: string, root: string, minutes: number): Promise<void> {
  const { id, name } = JSON.parse(readFileSync(join(root, 'project.pressmark'), 'utf8'));
  const place = { fileSystem: nodeFileSystem, project: { id, name }, root, folder: join(home, 'earlier', id) };
  await new StateKeeping(place).keep({ time: new Date(Date.now() - minutes * 60_000).toISOString(), codebook: 1 });
}
