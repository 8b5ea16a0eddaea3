import { join } from 'node:path';
import { type FileSystem, namesIn } from './file-system.ts';

/**
 * Runs `write`, which puts files into the new folder `folder`. If it fails, the files and the folder are removed again as far as the disk allows,
 * unless the folder had files before: a sync program may have brought them, or an interrupted import. If that cannot be found out, throws the disk's
 * own error and writes nothing.
 */
export async function leavingNothing(fileSystem: FileSystem, folder: string, write: () => Promise<void>): Promise<void> {
  const wasEmpty = (await namesIn(fileSystem, folder)).length === 0;
  try {
    await write();
  } catch (error) {
    if (wasEmpty) await removed(fileSystem, folder);
    throw error;
  }
}

// Removes the record first, because without it the rest is not an article.
async function removed(fileSystem: FileSystem, folder: string): Promise<void> {
  const names = await fileSystem.readdir(folder).catch(() => []);
  for (const name of names.sort()) await fileSystem.unlink(join(folder, name)).catch(() => undefined);
  await fileSystem.rmdir(folder).catch(() => undefined);
}
