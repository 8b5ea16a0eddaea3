import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type FileSystem, nodeFileSystem, type OpenFile } from '../storage/file-system.ts';
import { FolderWriter } from './new-folder.ts';

let place: string;

beforeEach(async () => {
  place = await mkdtemp(join(tmpdir(), 'pressmark-new-folder-'));
});

afterEach(() => rm(place, { recursive: true, force: true }));

/** The real disk, which counts open files and does `onSync` before each flush; one that takes small files by steps, or at once. */
function watched(kind: 'by steps' | 'at once', onSync: () => void = () => undefined) {
  const seen = { open: 0, most: 0 };
  const watch = (file: OpenFile): OpenFile => ({
    write: (bytes, offset, position) => file.write(bytes, offset, position),
    size: () => file.size(),
    truncate: (size) => file.truncate(size),
    readAll: () => file.readAll(),
    read: (position, length) => file.read(position, length),
    sync: async () => {
      onSync();
      await file.sync();
    },
    close: async () => {
      seen.open--;
      await file.close();
    },
  });
  const { makeFile, ...stepwise } = nodeFileSystem;
  const whole: Pick<FileSystem, 'makeFile'> = {
    async makeFile(path, bytes) {
      seen.most = Math.max(seen.most, ++seen.open);
      try {
        onSync();
        await makeFile?.(path, bytes);
      } finally {
        seen.open--;
      }
    },
  };
  const fileSystem: FileSystem = {
    ...stepwise,
    ...(kind === 'at once' ? whole : {}),
    async open(path, mode) {
      const file = await nodeFileSystem.open(path, mode);
      seen.most = Math.max(seen.most, ++seen.open);
      return watch(file);
    },
  };
  return { fileSystem, seen };
}

it.each(['by steps', 'at once'] as const)(
  'X34 files that come in one piece are written eight at a time %s, and none stays open',
  async (kind) => {
    const { fileSystem, seen } = watched(kind);
    const writer = new FolderWriter(fileSystem, join(place, 'out'));
    await writer.begin();
    for (let number = 0; number < 60; number++) await writer.write({ path: `of/${number}.txt`, content: `${number}`, ends: true });
    await writer.finish();
    expect(seen).toEqual({ open: 0, most: 8 });
    for (let number = 0; number < 60; number++) expect(await readFile(join(place, 'out/of', `${number}.txt`), 'utf8')).toBe(`${number}`);
  },
);

it.each(['by steps', 'at once'] as const)(
  'D66 what keeps one of many files from being written %s ends the writing of all, and nothing is left',
  async (kind) => {
    let flushes = 0;
    const { fileSystem, seen } = watched(kind, () => {
      if (++flushes === 20) throw Object.assign(new Error('ENOSPC: injected'), { code: 'ENOSPC' });
    });
    const writer = new FolderWriter(fileSystem, join(place, 'out'));
    await writer.begin();
    let given = 0;
    const writing = async () => {
      for (; given < 1000; given++) await writer.write({ path: `${given}.txt`, content: 'some words', ends: true });
    };
    await expect(writing()).rejects.toThrow('ENOSPC');
    expect(given).toBeLessThan(40);
    await expect(writer.finish()).rejects.toThrow('ENOSPC');
    expect(await writer.discard()).toBe(true);
    expect([seen.open, await readdir(place)]).toEqual([0, []]);
  },
);

it.each(['by steps', 'at once'] as const)(
  'D66 the pieces of a file written %s are all in it, in their order, also where the bytes they came in are used again',
  async (kind) => {
    const writer = new FolderWriter(watched(kind).fileSystem, join(place, 'out'));
    await writer.begin();
    const expected: Buffer[] = [];
    const shared = new Uint8Array(70_000);
    const sizes = [0, 1, 5000, 21_845, 21_846, 40, 65_536, 65_537, 3, 60_000, 70_000, 1];
    for (const [turn, size] of [...sizes, ...sizes.reverse()].entries()) {
      const bytes = shared.subarray(0, size).fill(turn + 1);
      const text = '“é\u{1F600}x'.repeat(size / 5);
      for (const content of [bytes, text]) {
        expected.push(Buffer.from(content));
        await writer.write({ path: 'a', content, ends: false });
        await writer.write({ path: `b/${turn}${typeof content}`, content, ends: true });
      }
      shared.fill(0);
    }
    await writer.finish();
    expect((await readFile(join(place, 'out/a'))).equals(Buffer.concat(expected))).toBe(true);
    for (const [turn, bytes] of expected.entries()) {
      const name = `${Math.floor(turn / 2)}${turn % 2 === 0 ? 'object' : 'string'}`;
      expect((await readFile(join(place, 'out/b', name))).equals(bytes), name).toBe(true);
    }
  },
);

it('D67 a small file is made whole, for this person alone, and one that is there is left as it is', async () => {
  const path = join(place, 'a');
  const bytes = Buffer.from('words'.repeat(1000));
  await nodeFileSystem.makeFile?.(path, bytes);
  expect((await readFile(path)).equals(bytes)).toBe(true);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  await writeFile(path, 'mine');
  await expect(nodeFileSystem.makeFile?.(path, bytes)).rejects.toThrow('EEXIST');
  expect(await readFile(path, 'utf8')).toBe('mine');
});

it('D68 a long file is flushed while it is written, and a flush that fails ends the writing', async () => {
  const piece = new Uint8Array(60_000).fill(7);
  let flushes = 0;
  let failing = Number.POSITIVE_INFINITY;
  const { fileSystem, seen } = watched('by steps', () => {
    if (++flushes >= failing) throw Object.assign(new Error('EIO: injected'), { code: 'EIO' });
  });
  const write = async (writer: FolderWriter) => {
    await writer.begin();
    for (let turn = 0; turn < 600; turn++) await writer.write({ path: 'a', content: piece.fill(turn), ends: false });
    const early = flushes;
    await writer.finish();
    return early;
  };
  expect(await write(new FolderWriter(fileSystem, join(place, 'out')))).toBeGreaterThan(0);
  const written = await readFile(join(place, 'out/a'));
  expect(written.length).toBe(600 * piece.length);
  for (let turn = 0; turn < 600; turn++) expect(written[turn * piece.length]).toBe(turn % 256);
  failing = flushes + 1;
  const writer = new FolderWriter(fileSystem, join(place, 'other'));
  await expect(write(writer)).rejects.toThrow('EIO');
  expect(await writer.discard()).toBe(true);
  expect([seen.open, await readdir(place), flushes]).toEqual([0, ['out'], failing]);
});
