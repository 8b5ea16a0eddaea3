import { join } from 'node:path';
import { type FileSystem, namesIn } from './file-system.ts';

/**
 * Does `write`, which puts files into the new folder `folder`. Where it fails, what it wrote is removed again as far as the disk lets it, and the folder
 * too, unless something was in it before: a sync may have brought that, or an import that was broken off. Throws the disk's own error where that
 * cannot be told, with nothing written.
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

// The record first: without it the rest is no article.
async function removed(fileSystem: FileSystem, folder: string): Promise<void> {
  const names = await fileSystem.readdir(folder).catch(() => []);
  for (const name of names.sort()) await fileSystem.unlink(join(folder, name)).catch(() => undefined);
  await fileSystem.rmdir(folder).catch(() => undefined);
}
