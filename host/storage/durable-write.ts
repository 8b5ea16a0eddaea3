import { randomUUID } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { codeOf, type FileSystem, type OpenFile } from './file-system.ts';

/** Whether `name` is a temporary file of ours that a crash left behind. */
export function isTemporary(name: string): boolean {
  return /^\..+\.\d+-[0-9a-f]{12}\.tmp$/.test(name);
}

/** The path of a temporary file next to `path` that no other writer uses. */
export function temporaryFor(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}-${randomUUID().slice(-12)}.tmp`);
}

/** Writes all of `bytes` at `position` (bytes), however few the disk takes at a time. */
export async function writeAll(file: OpenFile, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length; ) {
    const count = await file.write(bytes, written, position + written);
    if (count <= 0) throw Object.assign(new Error('the disk accepted no more data'), { code: 'ENOSPC' });
    written += count;
  }
}

/** Throws unless the open file has exactly `size` bytes. */
export async function expectSize(file: OpenFile, size: number): Promise<void> {
  const found = await file.size();
  if (found !== size) throw Object.assign(new Error(`the file has ${found} bytes instead of ${size}`), { code: 'EIO' });
}

/**
 * Replaces the file at `path` with `bytes` in one step and returns once this is on the disk. Whatever happens on the way, the file is either the
 * whole old one or the whole new one. With `keepLastGood` the old file stays as `<name>.bak`.
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

/** Creates a file at `path`, which must not exist yet. Afterwards its bytes are on the disk, but not yet its name. */
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

/** Creates `folder` and the missing folders above it, up to but not including `root`, and returns once they are on the disk. */
export async function durableFolder(fileSystem: FileSystem, folder: string, root: string): Promise<void> {
  if (folder === root) return;
  await durableFolder(fileSystem, dirname(folder), root);
  try {
    await fileSystem.mkdir(folder);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  // Synced even if the folder already existed: whoever created it may have crashed before its name was on the disk.
  await fileSystem.syncFolder(dirname(folder));
}

/**
 * Creates `folder` and the missing folders above it, and returns once they are on the disk. Fails with ENOENT if not even the first of them exists,
 * as on a drive that has been removed.
 */
export async function durablePath(fileSystem: FileSystem, folder: string): Promise<void> {
  const there = await lastThere(fileSystem, folder);
  // An existing folder may have been created just now by a program that then crashed, so its name is synced too.
  await durableFolder(fileSystem, folder, there === folder ? dirname(there) : there);
}

/** The deepest existing folder on the path to `folder`, which may be `folder` itself. */
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
      // If there are no hard links, or this one failed, a copy will do. If the copy fails too, its error is thrown.
      await writeNew(fileSystem, temporary, await fileSystem.readFile(path));
    }
    await fileSystem.rename(temporary, `${path}.bak`);
  } catch (error) {
    await removeLeftover(fileSystem, temporary);
    throw error;
  }
}

// A file that cannot be removed now is swept when the project is opened on a later day. The failure that led here is the one to report.
async function removeLeftover(fileSystem: FileSystem, temporary: string): Promise<void> {
  await fileSystem.unlink(temporary).catch(() => undefined);
}
