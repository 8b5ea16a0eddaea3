import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importText } from '../host/import/article-import.ts';
import { openOrCreateSample } from '../host/sample.ts';
import { createProject, openProject } from '../host/storage/project.ts';

const home = join(import.meta.dirname, '..');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-suggest-'));
});
afterAll(() => rm(folder, { recursive: true }));

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, PRESSMARK_HOME: join(folder, 'home'), CI: '1', NO_COLOR: '1' };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(home, 'cli', 'pressmark.js'), 'suggest', ...args], { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr });
    });
  });
}

test('C1 "pressmark suggest --help" says how it is used, with an example', async () => {
  const { code, stdout, stderr } = await run('--help');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Usage: pressmark suggest /);
  expect(stdout).toMatch(/\$ pressmark suggest /);
});

test('C2 suggest without a file, or with a confidence that is none, is wrong usage', async () => {
  expect(await run()).toMatchObject({ code: 2, stdout: '' });
  expect(await run('a.txt', '--min', 'much')).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('from 0 to 1') });
});

test('C16 suggest --json prints one object a file, with offsets in code points of the normalised text', async () => {
  const text = '💪 Ana Ruiz came.\r\n\r\n“We will stay 💪,” Ruiz said.';
  await writeFile(join(folder, 'a.txt'), text);
  await writeFile(join(folder, 'b.txt'), 'Nothing is marked here.');
  const { code, stdout, stderr } = await run('a.txt', 'b.txt', '--json');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [first, second] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(second).toEqual({ file: 'b.txt', suggestions: [] });
  const points = [...text.replaceAll('\r\n', '\n')];
  expect(first).toMatchObject({
    file: 'a.txt',
    suggestions: [
      {
        layer: 'QUOTE',
        spans: [{ start: 18, end: 35, text: '“We will stay 💪,”' }],
        attributes: { type: 'direct', speaker_form: 'named' },
        roles: [
          { role: 'speaker', text: 'Ruiz', entity: 'Ana Ruiz' },
          { role: 'cue', text: 'said', entity: null },
        ],
        rule: 'quote.after',
      },
    ],
  });
  for (const { start, end, text: words } of [...first.suggestions[0].spans, ...first.suggestions[0].roles]) {
    expect(points.slice(start, end).join('')).toBe(words);
  }
});

test('C16 suggest in words names what it proposes; a file that cannot be read is named with what to do', async () => {
  await writeFile(join(folder, 'c.txt'), '“We will stay,” Ana Ruiz said.');
  await writeFile(join(folder, 'd.txt'), Buffer.from([0x50, 0x4b, 3, 4, 0, 1]));
  const { code, stdout, stderr } = await run('c.txt', 'missing.txt', 'd.txt');
  expect(code).toBe(1);
  expect(stdout).toMatch(/^c\.txt: 1 suggestion\n {2}QUOTE 0\.\d\d “We will stay,”; speaker Ana Ruiz; cue said\n$/);
  expect(stderr).toContain('missing.txt: There is no such file.');
  expect(stderr).toMatch(/d\.txt.*ZIP/);
  expect(stderr).toContain('2 files were not read, of 3.');
});

test('C16 suggest --min leaves out what is less sure', async () => {
  await writeFile(join(folder, 'e.txt'), '“We will stay,” Ana Ruiz said. The “experts” were late.');
  expect(JSON.parse((await run('e.txt', '--json')).stdout).suggestions).toHaveLength(2);
  expect(JSON.parse((await run('e.txt', '--json', '--min', '0.95')).stdout).suggestions).toHaveLength(1);
});

test('C17 suggest with a project lists what is open for review, in words and as data', async () => {
  const place = join(folder, 'sample');
  await (await openOrCreateSample(place, join(home, 'seeds'), 'Ann')).close();
  const before = await readFile(join(place, 'project.pressmark'), 'utf8');
  const words = await run(place);
  expect(words).toMatchObject({ code: 0, stderr: '' });
  expect(words.stdout.trim().split('\n')).toHaveLength(6);
  expect(words.stdout).toMatch(/ \(\S+\): \d+ open \(.*\d+ QUOTE/);
  expect(words.stdout).toMatch(/\d+ suggestions open for review in 5 articles\.\n$/);
  const data = (await run(join(place, 'project.pressmark'), '--json')).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(data).toHaveLength(5);
  expect(data[0].open).toBe(data[0].suggestions.length);
  expect(await readFile(join(place, 'project.pressmark'), 'utf8')).toBe(before);
});

test('C18 suggest with a project keeps to the settings of the person, and learns from what they rejected since the last reset', async () => {
  const place = join(folder, 'learning');
  await createProject(place, { name: 'P', annotator: { id: 'anna', name: 'Anna' } });
  const project = await openProject(place);
  const text = 'The “experts” were late.';
  await importText(project, 'f.txt', Buffer.from(text));
  await importText(project, 'g.txt', Buffer.from(`${text} Again.`));
  const [article = '', other = ''] = project.articles().map(({ id }) => id);
  const span = { start: 4, end: 13, text: '“experts”' };
  const decided = '2026-02-01T00:00:00.000Z';
  const what = { layer: 'QUOTED_TERM', spans: [span], rule: 'term.scare', version: '1', decided, verdict: 'rejected' as const };
  const reject = async (id: string) => {
    const decision = { id, article: other, annotator: 'anna', ...what };
    const edits = [{ record: 'decision' as const, article: other, id, before: null, after: decision }];
    await project.apply({ id: `g${id}`, annotator: 'anna', time: decided, command: 'test', title: 'T', edits, undoes: null, redoes: null });
  };
  await reject('d1');
  await reject('d2');
  await project.close();
  const set = async (settings: object) => {
    await mkdir(join(folder, 'home', 'settings'), { recursive: true });
    await writeFile(join(folder, 'home', 'settings', 'settings.json'), JSON.stringify(settings));
  };
  const open = async () =>
    (await run(place, '--json')).stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .flatMap((line) => (line.article === article ? line.suggestions : []));
  // Less sure by two rejections of the same words than the settings ask for.
  await set({});
  expect(await open()).toEqual([]);
  await set({ learnedSince: { [project.info.id]: '2026-03-01T00:00:00.000Z' } });
  expect(await open()).toHaveLength(1);
});
