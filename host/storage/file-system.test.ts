import { afterEach, expect, test, vi } from 'vitest';
import { type FileSystem, nodeFileSystem, readEach } from './file-system.ts';

afterEach(() => vi.restoreAllMocks());

/** A disk of many small files, each of which holds its own path; reading some of them alone takes `wait` milliseconds. */
function diskOf(wait: number, isOnDisk: boolean) {
  let open = 0;
  let clock = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => clock);
  let accesses = 0;
  vi.spyOn(process, 'resourceUsage').mockImplementation(() => ({ fsRead: accesses }) as NodeJS.ResourceUsage);
  const seen = { together: 0, alone: 0 };
  const content = (path: string) => (path === '/gone' ? Object.assign(new Error(path), { code: 'ENOENT' }) : Buffer.from(path));
  const fileSystem: FileSystem = {
    ...nodeFileSystem,
    readFiles: (paths) => {
      clock += wait;
      accesses += isOnDisk ? paths.length : 0;
      seen.alone += paths.length;
      return paths.map(content);
    },
    readFile: async (path) => {
      open++;
      seen.together = Math.max(seen.together, open);
      await new Promise((resolve) => setTimeout(resolve, 1));
      open--;
      const found = content(path);
      if (found instanceof Error) throw found;
      return found;
    },
  };
  return { fileSystem, seen };
}

const paths = Array.from({ length: 500 }, (_, index) => (index === 300 ? '/gone' : `/file-${index}`));

async function read(fileSystem: FileSystem): Promise<string[]> {
  const found: string[] = [];
  for await (const each of readEach(fileSystem, paths)) found.push(each instanceof Error ? each.message : Buffer.from(each).toString());
  return found;
}

test('J150 a disk that makes one wait is asked for many small files together; what comes is the same, in the same order', async () => {
  const slow = diskOf(5, true);
  expect(await read(slow.fileSystem)).toEqual(paths);
  expect(slow.seen.together).toBeGreaterThan(50);
  expect(slow.seen.alone).toBeLessThan(50);
  const quick = diskOf(0, true);
  expect(await read(quick.fileSystem)).toEqual(paths);
  expect(quick.seen).toEqual({ together: 0, alone: 500 });
  // Something else took the time.
  const busy = diskOf(5, false);
  expect(await read(busy.fileSystem)).toEqual(paths);
  expect(busy.seen).toEqual({ together: 0, alone: 500 });
});
