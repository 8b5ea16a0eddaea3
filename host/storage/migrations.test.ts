import { expect, test } from 'vitest';
import { z } from 'zod';
import { broughtForward, type Migrations } from './migrations.ts';
import { readRecord } from './record-file.ts';
import { textOn } from './testing/bench.ts';
import { emptyDisk } from './testing/fault-runs.ts';

const schema = z.strictObject({ format: z.literal(1), title: z.string() });
const fromZero: Migrations = new Map([[0, ({ name, ...rest }) => ({ ...rest, title: name })]]);

test('J11 a file of an older format is brought forward, and the old one is kept beside it', async () => {
  const disk = emptyDisk();
  const old = '{"format":0,"name":"Old"}';
  disk.put('/home/a.json', old);
  const read = (mayWrite: boolean) => readRecord(disk, '/home/a.json', 'a.json', schema, { mayWrite, migrations: fromZero });
  expect(await read(false)).toEqual({ format: 1, title: 'Old' });
  expect([...disk.files().keys()]).toEqual(['/home/a.json']);
  expect(await read(true)).toEqual({ format: 1, title: 'Old' });
  expect(textOn(disk, '/home/a.json')).toBe('{"format":1,\n"title":"Old"}\n');
  expect(textOn(disk, '/home/a.json.format-0')).toBe(old);
});

test('J11 a file of a newer format is refused by its name and left alone', async () => {
  const disk = emptyDisk();
  disk.put('/home/a.json', '{"format":2,"title":"New"}');
  await expect(readRecord(disk, '/home/a.json', 'a.json', schema, { mayWrite: true })).rejects.toMatchObject({
    failure: { code: 'newer-version', message: expect.stringContaining('a.json was written by a newer Pressmark') },
  });
  expect(textOn(disk, '/home/a.json')).toBe('{"format":2,"title":"New"}');
});

test('J11 a file without a format, or of one that never was, is corrupt', () => {
  expect(() => broughtForward({ title: 'x' }, 'a.json')).toThrow('a.json has no format version');
  expect(() => broughtForward({ format: 0 }, 'a.json')).toThrow('unknown format 0');
  expect(() => broughtForward({ format: '1' }, 'a.json')).toThrow('a.json has no format version');
});
