import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { codeOf, type FileSystem, type OpenFile } from './file-system.ts';

/** Whether `name` is a temporary file of ours, left behind by a crash. */
export function isTemporary(name: string): boolean {
  return /^\..+\.\d+-[0-9a-f]{12}\.tmp$/.test(name);
}

/** A name beside `path` that no other writer uses. */
export function temporaryFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}-${randomUUID().slice(-12)}.tmp`);
}

/** Writes all of `bytes` at `position` (bytes), however few the disk takes at a time. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const count = await file.write(bytes, written, position + written);
    if (count <= 0) throw Object.assign(new Error('the disk took no more bytes'), { code: 'ENOSPC' });
    written += count;
  }
}

/** Throws unless the open file has exactly `size` bytes. */
export async function expectSize(file: OpenFile, size: number): Promise<void> {
  const found = await file.size();
  if (found !== size) throw Object.assign(new Error(`the file has ${found} bytes instead of ${size}`), { code: 'EIO' });
}

/**
 * Replaces the file at `path` by `bytes` in one step and returns once that is on the disk: whatever happens on the way, the file
 * is the old or the new one, whole. With `keepLastGood` the file that was there stays as `<name>.bak`.
 */
export async function durableWrite(fileSystem: FileSystem, path: string, bytes: Uint8Array, keepLastGood = false): Promise<void> {
  const temporary = temporaryFor(path);
  try {
    await writeNew(fileSystem, temporary, bytes);
    if (keepLastGood) await keepAsBackup(fileSystem, path);
    await fileSystem.rename(temporary, path);
  } catch (error) {
    await removeLeftover(fileSystem, temporary);
    throw error;
  }
  await fileSystem.syncFolder(dirname(path));
}

/** Makes a new file at `path` that is not there yet; its bytes, not yet its name, are on the disk afterwards. */
export async function writeNew(fileSystem: FileSystem, path: string, bytes: Uint8Array): Promise<void> {
  const file = await fileSystem.open(path, 'wx');
  try {
    await writeAll(file, bytes, 0);
    await expectSize(file, bytes.length);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes `folder` and those missing above it, up to but without `root`, and returns once they are on the disk. */
export async function durableFolder(fileSystem: FileSystem, folder: string, root: string): Promise<void> {
  if (folder === root) return;
  await durableFolder(fileSystem, dirname(folder), root);
  try {
    await fileSystem.mkdir(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  // Also when the folder was there: whoever made it may have crashed before its name was on the disk.
  await fileSystem.syncFolder(dirname(folder));
}

/**
 * Makes `folder` and those missing above it, and returns once they are on the disk. Fails with ENOENT where not even the first of them is there,
 * as on a drive that is gone.
 */
export async function durablePath(fileSystem: FileSystem, folder: string): Promise<void> {
  const there = await lastThere(fileSystem, folder);
  // A folder that is there may have been made just now, by somebody who crashed.
  await durableFolder(fileSystem, folder, there === folder ? dirname(there) : there);
}

/** The last folder on the way to `folder`, itself included, that is there. */
async function lastThere(fileSystem: FileSystem, folder: string): Promise<string> {
  try {
    await fileSystem.stat(folder);
    return folder;
  } catch (error) {
    const above = dirname(folder);
    if (codeOf(error) !== 'ENOENT' || above === folder) throw error;
    return lastThere(fileSystem, above);
  }
}

async function keepAsBackup(fileSystem: FileSystem, path: string): Promise<void> {
  const temporary = temporaryFor(`${path}.bak`);
  try {
    try {
      await fileSystem.link(path, temporary);
    } catch {
      // Where there are no hard links, or this one failed, a copy serves as well; if the copy fails too, that is thrown.
      await writeNew(fileSystem, temporary, await fileSystem.readFile(path));
    }
    await fileSystem.rename(temporary, `${path}.bak`);
  } catch (error) {
    await removeLeftover(fileSystem, temporary);
    throw error;
  }
}

// What cannot be removed now is swept when the project is opened on a later day; the failure that led here is the one to report.
async function removeLeftover(fileSystem: FileSystem, temporary: string): Promise<void> {
  await fileSystem.unlink(temporary).catch(() => undefined);
}
