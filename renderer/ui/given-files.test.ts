import { expect, test } from 'vitest';
import { droppedFiles } from './given-files.ts';

// As a browser gives a dropped folder: entries in portions, the last one empty.
const fileEntry = (name: string) => ({ name, isDirectory: false, file: (take: (file: File) => void) => take(new File([name], name)) });
const folderEntry = (name: string, entries: readonly object[]) => ({
  name,
  isDirectory: true,
  createReader: () => {
    const portions = [entries.slice(0, 2), entries.slice(2), []];
    return { readEntries: (take: (some: readonly object[]) => void) => take(portions.shift() ?? []) };
  },
});
const item = (entry: { name: string; isDirectory: boolean } | null, file: File | null, kind = 'file') => ({
  kind,
  webkitGetAsEntry: () => entry,
  getAsFile: () => file,
});

test('I32 a dropped folder gives its files and those below it by their way from the folder, without hidden ones', async () => {
  const folder = folderEntry('pages', [
    fileEntry('b.html'),
    fileEntry('.DS_Store'),
    folderEntry('deep', [fileEntry('c.txt')]),
    fileEntry('a.html'),
  ]);
  const items = [item(folder, null), item(null, new File(['x'], 'alone.txt')), item(null, null, 'string')];
  const files = await droppedFiles({ items } as unknown as DataTransfer);
  expect(files.map(({ name }) => name)).toEqual(['pages/a.html', 'pages/b.html', 'pages/deep/c.txt', 'alone.txt']);
  expect(new TextDecoder().decode(await files[2]?.bytes())).toBe('c.txt');
});
