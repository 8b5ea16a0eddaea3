import { basename, dirname, join } from 'node:path';
import { isTemporary, temporaryFor } from '../storage/durable-write.ts';
import type { FileSystem } from '../storage/file-system.ts';

// In milliseconds. A process of another computer may write into a shared folder, and its number tells nothing here.
const still = 60_000;

/**
 * A name beside `target` to write under until all of it is there, as `temporaryFor`. Files and folders of such names that processes which
 * are gone left in that folder are removed before: at once what was to become `target`, anything else once nobody has written to it for a
 * minute. What cannot be removed stays.
 */
export async function cleanTemporaryFor(fileSystem: FileSystem, target: string, now = Date.now()): Promise<string> {
  const folder = dirname(target);
  const names = await fileSystem.readdir(folder).catch(() => []);
  for (const name of names.filter((one) => isTemporary(one) && isGone(Number(/\.(\d+)-\w+\.tmp$/.exec(one)?.[1])))) {
    const path = join(folder, name);
    const isOfTarget = name.replace(/\.\d+-\w+\.tmp$/, '') === `.${basename(target)}`;
    await remove(fileSystem, path, isOfTarget ? now : now - still).catch(() => undefined);
  }
  return temporaryFor(target);
}

// Whether no process has this number. One that may not be asked is there.
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

async function remove(fileSystem: FileSystem, path: string, before: number): Promise<void> {
  const { kind, modified } = await fileSystem.stat(path);
  if (modified > before) return;
  // A link goes, never what it leads to: only a folder cannot be unlinked.
  const isUnlinked = await fileSystem.unlink(path).then(
    () => true,
    () => false,
  );
  if (isUnlinked || kind !== 'folder') return;
  for (const name of await fileSystem.readdir(path)) await remove(fileSystem, join(path, name), before);
  await fileSystem.rmdir(path);
}
