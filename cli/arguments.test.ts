import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, type MockInstance, test, vi } from 'vitest';
import { createProject, openProject } from '../host/storage/project.ts';
import { interruptible, stopWithoutReader } from './interruption.ts';
import { run } from './main.ts';
import { shown, shownName } from './terminal.ts';

let folder: string;
let out: MockInstance;
let errors: string[];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-arguments-'));
  await createProject(join(folder, 'own'), { name: 'My own', annotator: { name: 'Ann' } });
  await writeFile(join(folder, 'a.txt'), 'Leaders met in Paris.\n');
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(() => {
  out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  errors = [];
  vi.spyOn(console, 'error').mockImplementation((...words) => void errors.push(words.join(' ')));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

/** Runs the command and answers how it ended and what it said on stderr; `own`, `a.txt` and whatever begins with `./` lie in the folder of the test. */
async function ended(...words: string[]): Promise<{ code: number | string; said: string }> {
  process.exitCode = undefined;
  await run(words.map((word) => (/^(?:own|a\.txt)$|^\.\//.test(word) ? join(folder, word) : word)));
  return { code: process.exitCode ?? 0, said: errors.join('\n') };
}

const articles = async () => {
  const project = await openProject(join(folder, 'own'), { readOnly: true });
  await project.close();
  return project.articles().length;
};

test.each([
  [['check', '']],
  [['import', 'own', ' ']],
  [['export', 'own', '--format', 'jsonl', '--out=']],
  [['restore', './b.zip', '--out', '']],
])('H80 a blank word, as of a variable that is not set, is wrong usage and means no folder: %j', async (words) => {
  expect(await ended(...words)).toMatchObject({ code: 2, said: expect.stringContaining('blank') });
});

test.each([['x'.repeat(81)], ['two\nlines'], ['\u001b[31mred']])('H80 a project is not called %j', async (name) => {
  expect(await ended('new', './named', '--name', name)).toMatchObject({ code: 2 });
  expect(await readdir(folder)).not.toContain('named');
});

test('H81 the sample’s articles are put into no other project', async () => {
  expect(await ended('new', '--sample', 'own')).toMatchObject({ code: 1, said: expect.stringContaining('“My own”, not the sample') });
  expect(await articles()).toBe(0);
});

test('H81 a project is not made inside another', async () => {
  expect(await ended('new', './own/articles/inner')).toMatchObject({ code: 1, said: expect.stringContaining('is inside the project') });
  expect(await readdir(join(folder, 'own'))).not.toContain('articles');
});

test.skipIf(process.platform === 'win32')('H82 what is no file and may have no end is not read', async () => {
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  for (const words of [
    ['suggest', './pipe'],
    ['import', 'own', '--map', './pipe', 'a.txt'],
    ['restore', './pipe', '--out', './r'],
    ['restore', '/dev/zero', '--out', './r'],
  ]) {
    expect(await ended(...words)).toMatchObject({ code: 1, said: expect.stringMatching(/no(?:t a)? file/) });
  }
});

test.skipIf(process.platform === 'win32')(
  'H83 a link stands for the folder that it leads to; one that leads nowhere is named',
  async () => {
    await mkdir(join(folder, 'real'));
    await symlink('real', join(folder, 'link'));
    await symlink('gone', join(folder, 'dangling'));
    expect(await ended('export', 'own', '--format', 'jsonl', '--out', './link')).toMatchObject({ code: 0 });
    expect(await readdir(join(folder, 'real'))).toContain('manifest.json');
    expect(await ended('export', 'own', '--format', 'jsonl', '--out', './dangling')).toMatchObject({
      code: 1,
      said: expect.stringContaining('a link that leads nowhere'),
    });
  },
);

test('H84 a first signal lets a command leave nothing half done, a second one ends it', async () => {
  const before = process.listenerCount('SIGINT');
  const stopped = interruptible(async (signal) => {
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    process.emit('SIGINT', 'SIGINT');
    expect(process.listenerCount('SIGINT')).toBe(before);
    return signal.aborted;
  });
  expect(await stopped).toBe(true);
});

test('H84 a command whose reader has gone stops as by a signal', async () => {
  const stream = new PassThrough();
  stopWithoutReader(stream);
  const stopped = interruptible(async (signal) => {
    stream.emit('error', Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
    return signal.aborted;
  });
  expect(await stopped).toBe(true);
  expect(() => stream.emit('error', new Error('other'))).toThrow('other');
});

test('H84 an import that is stopped keeps whole what it has, says that it did not finish, and a backup leaves nothing', async () => {
  await mkdir(join(folder, 'many'));
  for (let number = 0; number < 30; number++) await writeFile(join(folder, 'many', `${number}.txt`), `Text number ${number} of some.\n`);
  out.mockImplementation((line: string) => {
    if (line.includes('imported as')) process.emit('SIGINT', 'SIGINT');
  });
  expect(await ended('import', 'own', './many')).toMatchObject({
    code: 1,
    said: expect.stringContaining('Stopped before everything was imported'),
  });
  expect(await articles()).toBe(1);
  const others = process.listenerCount('SIGTERM');
  const backup = ended('backup', 'own', '--out', './b.zip');
  while (process.listenerCount('SIGTERM') === others) await setImmediate();
  process.emit('SIGTERM', 'SIGTERM');
  expect(await backup).toMatchObject({ code: 1, said: expect.stringContaining('The backup was cancelled') });
  expect((await readdir(folder)).filter((name) => name.includes('b.zip'))).toEqual([]);
});

test('H85 a dry run says what is there already, and a map is printed of a dataset only', async () => {
  expect(await ended('import', 'own', 'a.txt')).toMatchObject({ code: 0 });
  out.mockClear();
  expect(await ended('import', 'own', 'a.txt', '--dry-run')).toMatchObject({ code: 0 });
  expect(out.mock.calls.flat().join('\n')).toContain('already there as a-');
  expect(await ended('import', 'own', 'a.txt', '--print-map')).toMatchObject({ code: 1, said: expect.stringContaining('no dataset') });
});

test('H86 what a terminal would act on is not printed', () => {
  expect(shown('a\u001b[2J\tb\nc\u202ed')).toBe('a\ufffd[2J\tb\nc\ufffdd');
  expect(shownName('a\nb')).toBe('a\ufffdb');
});

test.skipIf(process.platform !== 'linux')(
  'H87 what cannot be read in a folder is named and keeps nothing else out; a dataset is then not taken',
  async () => {
    const mixed = join(folder, 'mixed');
    await mkdir(mixed);
    for (const [name, text] of [
      ['a.txt', 'Words of the first.\n'],
      ['z.txt', 'Words of the last.\n'],
      ['notes.csv', 'a,b\n1,2\n'],
    ] as const)
      await writeFile(join(mixed, name), text);
    await writeFile(Buffer.concat([Buffer.from(`${mixed}/bad`), Buffer.from([0xff]), Buffer.from('.txt')]), 'No name in UTF-8.\n');
    const { code, said } = await ended('import', 'own', './mixed');
    expect({ code, there: out.mock.calls.flat().filter((line) => /imported as/.test(line)).length }).toEqual({ code: 1, there: 2 });
    expect(said).toMatch(/bad\ufffd\.txt: There is no such file/);
    await writeFile(join(mixed, 'a.ann'), 'T1\tQuote 0 5\tWords\n');
    expect(await ended('import', 'own', './mixed', '--format', 'brat')).toMatchObject({
      code: 1,
      said: expect.stringMatching(/pressmark: \S+bad\ufffd\.txt: There is no such file/),
    });
  },
);
