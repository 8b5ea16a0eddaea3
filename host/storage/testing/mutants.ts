import { dirname, join } from 'node:path';
import { isTemporary } from '../durable-write.ts';
import type { FileSystem, OpenFile } from '../file-system.ts';
import type { Between } from './fault-runs.ts';

/** The port with some of its calls replaced. */
function withCalls(disk: FileSystem, calls: Partial<FileSystem>): FileSystem {
  return {
    open: (path, mode) => disk.open(path, mode),
    rename: (from, to) => disk.rename(from, to),
    link: (existing, added) => disk.link(existing, added),
    unlink: (path) => disk.unlink(path),
    mkdir: (path) => disk.mkdir(path),
    rmdir: (path) => disk.rmdir(path),
    readdir: (path) => disk.readdir(path),
    readFile: (path) => disk.readFile(path),
    stat: (path) => disk.stat(path),
    expectWritable: (path) => disk.expectWritable(path),
    syncFolder: (path) => disk.syncFolder(path),
    ...calls,
  };
}

function withFiles(disk: FileSystem, change: (file: OpenFile) => Partial<OpenFile>): FileSystem {
  return withCalls(disk, {
    open: async (path, mode) => {
      const file = await disk.open(path, mode);
      return { ...file, ...change(file) };
    },
  });
}

/**
 * Ways in which the write protocol could be wrong, each as a port that makes it so. The tests that find nothing wrong with the protocol must catch
 * each.
 */
export const mutants: Readonly<Record<string, Between>> = {
  'no sync of files': (disk) => withFiles(disk, () => ({ sync: async () => undefined })),

  'no sync of folders': (disk) => withCalls(disk, { syncFolder: async () => undefined }),

  'sync of the folder before the rename': (disk) =>
    withCalls(disk, {
      rename: async (from, to) => {
        await disk.syncFolder(dirname(to));
        await disk.rename(from, to);
      },
      syncFolder: async () => undefined,
    }),

  'one write, whatever its count': (disk) =>
    withFiles(disk, (file) => {
      let claimed = 0;
      return {
        write: async (bytes, offset, position) => {
          await file.write(bytes, offset, position);
          claimed = position + bytes.length - offset;
          return bytes.length - offset;
        },
        // Without the count, the size is not checked either.
        size: async () => Math.max(claimed, await file.size()),
      };
    }),

  'one name for all temporary files': (disk) => {
    const fixed = (path: string) => join(dirname(path), path.replace(/^.*\//, '').replace(/\.\d+-[0-9a-f]{12}\.tmp$/, '.tmp'));
    const named = (path: string) => (isTemporary(path.replace(/^.*\//, '')) ? fixed(path) : path);
    return withCalls(disk, {
      open: (path, mode) => disk.open(named(path), mode),
      rename: (from, to) => disk.rename(named(from), to),
      link: (existing, added) => disk.link(existing, named(added)),
      unlink: (path) => disk.unlink(named(path)),
    });
  },

  'no cutting of the torn tail': (disk) => withFiles(disk, () => ({ truncate: async () => undefined })),
};
