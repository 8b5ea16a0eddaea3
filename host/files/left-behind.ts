import { basename, dirname, join } from 'node:path';
import { isTemporary, temporaryFor } from '../storage/durable-write.ts';
import type { FileSystem } from '../storage/file-system.ts';

// In milliseconds. If the folder is shared, a process on another computer may still be writing, and its process number means nothing here. But
// nothing takes as long as a day.
const longest = 24 * 3_600_000;

/**
 * A name next to `target` to write under until the file or folder is complete, as `temporaryFor` gives it. First removes files and folders that
 * processes that no longer run left half written for the same target a day ago or earlier. What cannot be removed stays.
 */
export async function cleanTemporaryFor(fileSystem: FileSystem, target: string, now = Date.now()): Promise<string> {
  const folder = dirname(target);
  const names = await fileSystem.readdir(folder).catch(() => []);
  for (const name of names) {
    const found = /^(.+)\.(\d+)-\w+\.tmp$/.exec(name);
    if (found?.[1] !== `.${basename(target)}` || !isTemporary(name) || !isGone(Number(found[2]))) continue;
    const path = join(folder, name);
    const isOld = await fileSystem.stat(path).then(
      ({ modified }) => modified < now - longest,
      () => false,
    );
    if (isOld) await removed(fileSystem, path).catch(() => undefined);
  }
  return temporaryFor(target);
}

// Whether no process has this number. A process that we may not signal exists.
function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

async function removed(fileSystem: FileSystem, path: string): Promise<void> {
  const { kind } = await fileSystem.stat(path);
  // For a link this removes the link, never its target. Only a real folder cannot be unlinked.
  const isUnlinked = await fileSystem.unlink(path).then(
    () => true,
    () => false,
  );
  if (isUnlinked || kind !== 'folder') return;
  for (const name of await fileSystem.readdir(path)) await removed(fileSystem, join(path, name));
  await fileSystem.rmdir(path);
}
