import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, linkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openOrCreateSample } from '../host/sample.ts';
import { openProject } from '../host/storage/project.ts';

const home = join(import.meta.dirname, '..');
const launcher = join(home, 'cli', 'pressmark.js');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the real command in its own home, in an automated run, where it opens no window. `ended` resolves when it exits. */
function start(
  args: readonly string[],
  program: readonly string[] = [process.execPath, launcher],
): { child: ChildProcess; ended: Promise<Ended>; said(text: RegExp): Promise<string> } {
  const [file = '', ...before] = program;
  const child = spawn(file, [...before, ...args], {
    cwd: folder,
    env: { ...process.env, PRESSMARK_HOME: join(folder, 'home'), CI: '1', NO_COLOR: '1' },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    stdout += piece;
  });
  child.stderr.setEncoding('utf8').on('data', (piece: string) => {
    stderr += piece;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  const said = (text: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const found = text.exec(stdout)?.[0];
        if (found !== undefined) resolve(found);
      };
      child.stdout.on('data', look);
      look();
      void ended.then(() => reject(new Error(`it ended without saying ${text}: ${stdout}${stderr}`)));
    });
  return { child, ended, said };
}

const run = (...args: string[]) => start(args).ended;
/** Makes a project with the sample articles in a folder of this name. */
async function sample(name: string): Promise<string> {
  const place = join(folder, name);
  await (await openOrCreateSample(place, join(home, 'seeds'), 'Ann')).close();
  return place;
}

test.each(['new', 'open', 'serve', 'import', 'export', 'splits', 'check'])(
  'C1 "pressmark %s --help" says how it is used, with an example',
  async (command) => {
    const { code, stdout, stderr } = await run(command, '--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: pressmark ${command} `));
    expect(stdout).toMatch(new RegExp(`\\$ pressmark ${command} `));
  },
);

test('C1 --version says the version', async () => {
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  expect(await run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test.each([
  [['launch']],
  [['open', 'x', '--sample']],
  [['open', 'x', '--sample']],
  [['serve', 'x', '--port', 'abc']],
  [['export', 'x', '--format', 'xml', '--out', 'y']],
  [['export', 'x', '--format', 'jsonl']],
  [['import', 'x']],
  [['new', '']],
  [['new', ' ']],
  [['new', 'x', '--name', '']],
  [['new', 'x', '--name', ' ', '--sample']],
])('C2 wrong usage (%j) ends with 2 and says so on stderr', async (args) => {
  const { code, stdout, stderr } = await run(...args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^error: /);
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
});

test('C3 new makes a project with the name given, and refuses a folder that holds one', async () => {
  expect(await run('new', 'named', '--name', 'Paris summit')).toMatchObject({ code: 0, stderr: '' });
  const project = await openProject(join(folder, 'named'), { readOnly: true });
  expect(project.info.name).toBe('Paris summit');
  await project.close();
  const again = await run('new', 'named');
  expect(again).toMatchObject({ code: 1, stdout: '' });
  expect(again.stderr).toMatch(/^pressmark: \S/);
});

test('C4 new --sample makes the five sample articles, and is not harmed by being run again', async () => {
  for (const _ of [1, 2]) expect(await run('new', 'five', '--sample')).toMatchObject({ code: 0, stderr: '' });
  const project = await openProject(join(folder, 'five'), { readOnly: true });
  expect(project.articles()).toHaveLength(5);
  await project.close();
});

test('C4 new --sample where a project is says that it is there already, and leaves it', async () => {
  await run('new', 'first', '--sample');
  const again = await run('new', 'first', '--sample', '--name', 'Other');
  expect(again).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^There is "Sample: Paris summit" .*already/) });
});

test('C3 new says what is in the way of a project', async () => {
  await writeFile(join(folder, 'file.txt'), 'x');
  const { code, stderr } = await run('new', 'file.txt');
  expect(code).toBe(1);
  expect(stderr).toMatch(/file\.txt is a file or lies in one, not a folder\./);
  expect(stderr).not.toMatch(/ENO|disk/);
});

test.each(['open', 'serve', 'import', 'export', 'check'])(
  'C1 the help of %s says how a project is named, and each default once',
  async (command) => {
    const { stdout } = await run(command, '--help');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the folder of a project, or its project.pressmark');
    expect(stdout).not.toMatch(/default:.*default:/);
  },
);

test('C14 export into a project is refused by its name', async () => {
  const place = await sample('holds');
  for (const out of [join(place, 'dataset'), join(place, 'articles', 'a', 'b'), place]) {
    const { code, stderr } = await run('export', place, '--format', 'csv', '--out', out);
    expect(code).toBe(1);
    expect(stderr).toContain(`${out} lies in the project ${place}.`);
    expect(stderr).toContain('Choose a folder outside of the project.');
  }
});

test('C5 import takes the good files, names the bad ones with what to do, and ends with 1', async () => {
  await run('new', 'imports');
  await writeFile(join(folder, 'good.txt'), 'Leaders met in Paris on Friday.\n');
  await writeFile(join(folder, 'bad.txt'), Buffer.from([0x50, 0xff, 0xfe, 0x00, 0x80]));
  await writeFile(join(folder, 'other.txt'), 'They signed a declaration.\n');
  await writeFile(join(folder, 'photo.png'), 'x');
  const first = await run('import', 'imports', 'good.txt', 'bad.txt', 'missing.txt', 'photo.png', 'other.txt');
  expect(first.code).toBe(1);
  expect(first.stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^good\.txt: imported as good-/),
    expect.stringMatching(/^other\.txt: imported as other-/),
  ]);
  expect(first.stderr).toMatch(/^bad\.txt was not imported: /m);
  expect(first.stderr).toMatch(/^missing\.txt: There is no such file\.\n {2}Nothing was changed\. Check its name and its folder\./m);
  expect(first.stderr).not.toMatch(/ENOENT|may write/);
  expect(first.stderr).toMatch(/^photo\.png was not imported: files ending in \.png cannot be imported\.$/m);
  expect(first.stderr).toContain('3 files were not imported, of 5.');
  const again = await run('import', 'imports', 'good.txt');
  expect(again).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/^good\.txt: already there as good-/) });
});

test('I30 import walks folders and archives, says what it left out of a page and why, and with --dry-run imports nothing', async () => {
  await run('new', 'walked');
  const inside = join(folder, 'pages', 'deep');
  await mkdir(inside, { recursive: true });
  const page = '<h1>A pledge in Paris</h1><p>They met on Tuesday.</p><p>Add Comment</p>';
  await writeFile(join(inside, 'a.html'), page);
  await writeFile(join(inside, 'photo.png'), 'x');
  await writeFile(join(inside, '.hidden.html'), page);
  await writeFile(join(folder, 'pages', 'b.zip'), zipSync({ 'c.html': strToU8(page), 'd.docx': strToU8('x') }));
  await writeFile(join(folder, 'pages', 't.csv'), 'kopf,inhalt\nOne,First text of all\nTwo,Second text of all\n');
  const columns = ['--text-column', 'inhalt', '--title-column', 'kopf'];
  const dry = await run('import', 'walked', 'pages', '--dry-run', ...columns);
  expect(dry.stdout).toContain(
    'pages/deep/a.html: would be imported as “A pledge in Paris” (8 words)\n  left out, invites comments: Add Comment\n',
  );
  expect(dry.stdout).toContain('pages/t.csv, 2 of 2: would be imported as “Two” (4 words)');
  const done = await run('import', 'walked', 'pages', ...columns);
  expect(done.code).toBe(1);
  expect(done.stdout.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^pages\/b\.zip\/c\.html: imported as c-\w+ \(1 line was left out: 1 invites comments\.\)$/),
    expect.stringMatching(/^pages\/deep\/a\.html: already there as c-\w+$/),
    expect.stringMatching(/^pages\/t\.csv, 1 of 2: imported as t-\w+$/),
    expect.stringMatching(/^pages\/t\.csv, 2 of 2: imported as t-\w+$/),
  ]);
  expect(done.stderr).toContain('pages/b.zip/d.docx was not imported: it is damaged, or no Word document.');
  expect(done.stderr).toContain('1 file or project was passed over in folders: pages/deep/photo.png');
  expect(done.stderr).toContain('1 file was not imported, of 3.');
  await mkdir(join(folder, 'bare'));
  const nothing = await run('import', 'walked', 'bare');
  expect(nothing).toMatchObject({ code: 1, stdout: '', stderr: 'There is nothing to import in bare.\n' });
  const kept = await run('import', 'walked', join('pages', 'deep', 'a.html'), '--keep-boilerplate', '--format', 'html');
  expect(kept).toMatchObject({ code: 0, stderr: '', stdout: expect.stringMatching(/a\.html: imported as a-\w+\n$/) });
});

/** Puts `bytes` in place of the journal of the only annotator, and answers its name. */
async function putJournal(place: string, bytes: string): Promise<string> {
  const [lead = ''] = await readdir(join(place, 'annotators'));
  await writeFile(join(place, 'annotators', lead, 'journal.jsonl'), bytes);
  return `annotators/${lead}/journal.jsonl`;
}

test('C13 import and export tell on stderr what is wrong with the project, and import why nothing can be added', async () => {
  const place = await sample('told');
  await writeFile(join(folder, 'new.txt'), 'Leaders met again.\n');
  await putJournal(place, '{"seq":1');
  expect(await run('import', place, 'new.txt')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('the last 8 bytes were cut off'),
  });
  const journal = await putJournal(place, 'not a step\nnot a step\n');
  const refused = await run('import', place, 'new.txt');
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused.stderr).toContain(`${journal} is damaged at line 1`);
  expect(refused.stderr).toMatch(/^pressmark: The project has a damaged journal, so nothing can be changed here\.$/m);
  expect(refused.stderr).not.toContain('another');
  const out = join(folder, 'told-dataset');
  expect(await run('export', place, '--format', 'csv', '--out', out)).toMatchObject({
    code: 0,
    stderr: expect.stringContaining(`${journal} is damaged at line 1`),
  });
});

test('C13 import into a project that is open elsewhere says so', async () => {
  const place = await sample('busy');
  const holder = await openProject(place);
  const { code, stderr } = await run('import', place, 'new.txt');
  await holder.close();
  expect(code).toBe(1);
  expect(stderr).toMatch(/^pressmark: The project is open in another window or program, so nothing can be changed here\.$/m);
});

test.each(['jsonl', 'csv'])('C6 export writes %s into the folder given, also while the project is open elsewhere', async (format) => {
  const place = await sample(`export-${format}`);
  const open = await openProject(place);
  const out = join(folder, 'datasets', format);
  await mkdir(join(folder, 'datasets'), { recursive: true });
  expect(await run('export', place, '--format', format, '--out', out)).toMatchObject({ code: 0, stderr: '' });
  await open.close();
  const names = await readdir(out);
  expect(names.some((name) => name.endsWith(`.${format}`))).toBe(true);
});

test('C7 check ends with 0 and one line on a whole project, and with 1 and a line for each thing that is wrong on a damaged one', async () => {
  const place = await sample('checked');
  const whole = await run('check', place);
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  expect(whole.stdout.trimEnd().split('\n')).toHaveLength(1);
  const [first = '', second = ''] = await readdir(join(place, 'articles'));
  await writeFile(join(place, 'articles', first, 'text.txt'), 'another text');
  await rm(join(place, 'articles', second, 'text.txt'));
  const damaged = await run('check', place);
  expect(damaged.code).toBe(1);
  const lines = damaged.stdout.trimEnd().split('\n');
  expect(lines.some((line) => line.includes(first))).toBe(true);
  expect(lines.some((line) => line.includes(second))).toBe(true);
  expect(damaged.stderr).toContain(`${lines.length} problems found`);
});

test.each([
  ['serve', []],
  ['open', []],
  ['check', []],
  ['import', ['good.txt']],
  ['export', ['--format', 'csv', '--out', 'o']],
] as const)('C8 %s of a folder that is no project says so in words and ends with 1', async (command, more) => {
  const { code, stderr } = await run(command, 'nowhere', ...more);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^pressmark: .*nowhere is not a Pressmark project: it has no project\.pressmark\.\n/);
  expect(stderr).not.toMatch(/defect|ENO|\bat .*:\d+:\d+/);
});

const addressLine = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/;

async function callAt(address: string, method: string, input: unknown): Promise<{ ok: boolean; value: Record<string, unknown> }> {
  const { origin, hash } = new URL(address);
  const headers = { authorization: `Bearer ${hash.slice('#token='.length)}`, 'content-type': 'application/json', origin };
  const response = await fetch(`${origin}/api/${method}`, { method: 'POST', headers, body: JSON.stringify(input) });
  return (await response.json()) as { ok: boolean; value: Record<string, unknown> };
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'C9 serve prints the address, answers there, and on %s ends with 0 and frees the project',
  async (signal) => {
    const place = await sample(`served-${signal}`);
    const { child, ended, said } = start(['serve', place, '--no-open']);
    const address = await said(addressLine);
    expect((await fetch(address)).status).toBe(200);
    expect(await callAt(address, 'openWorkspace', { page: 'p1' })).toMatchObject({ ok: true, value: { writable: true, host: 'loopback' } });
    child.kill(signal);
    expect(await ended).toMatchObject({ code: 0, stderr: '' });
    await expect(fetch(address)).rejects.toThrow();
    const project = await openProject(place);
    expect(project.readOnly).toBe(false);
    await project.close();
  },
);

test('A48 serve without a project shows the Project home, which knows the projects of the folder', async () => {
  await sample(join('home', 'projects', 'known'));
  const { child, ended, said } = start(['serve', '--no-open']);
  const reply = await callAt(await said(addressLine), 'openHome', { page: 'p1' });
  expect(reply).toMatchObject({ ok: true, value: { others: expect.arrayContaining([expect.objectContaining({ articles: 5 })]) } });
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, stdout: expect.stringContaining('Pressmark shows your projects at') });
});
test('C10 a project that another program has open is served for reading only, and that is said', async () => {
  const place = await sample('locked');
  const holder = await openProject(place);
  const { child, ended, said } = start(['serve', place, '--no-open']);
  const address = await said(addressLine);
  expect(await callAt(address, 'openWorkspace', { page: 'p1' })).toMatchObject({ value: { writable: false } });
  expect(await callAt(address, 'takeOver', { page: 'p1' })).toMatchObject({ ok: false, error: { code: 'read-only' } });
  child.kill('SIGTERM');
  expect((await ended).stderr).toMatch(/open in another.*read-only/);
  await holder.close();
});

test('C11 open --sample, where there can be no window, says why in a sentence and serves the sample', async () => {
  const { child, ended, said } = start(['open', '--sample']);
  const address = await said(addressLine);
  const { value } = await callAt(address, 'openWorkspace', { page: 'p1' });
  expect(value).toMatchObject({
    project: { name: 'Sample: Paris summit', place: join(folder, 'home', 'projects', 'paris-summit-sample') },
    writable: true,
  });
  expect(value['articles']).toHaveLength(5);
  child.kill('SIGTERM');
  const { code, stderr } = await ended;
  expect(code).toBe(0);
  expect(stderr).toMatch(/^[^\n]*browser[^\n]*\n$/);
});

test('C12 under a Node that strips no types the command runs in the Node that is installed beside it, with its exit code and signals', async () => {
  const old = join(folder, process.platform === 'win32' ? 'old.exe' : 'old');
  try {
    linkSync(process.execPath, old);
  } catch {
    copyFileSync(process.execPath, old);
  }
  const program = [old, '--no-experimental-strip-types', launcher];
  expect(await start(['--version'], program).ended).toMatchObject({ code: 0, stdout: expect.stringMatching(/^\d/), stderr: '' });
  expect(await start(['launch'], program).ended).toMatchObject({ code: 2 });
  const place = await sample('through');
  const { child, ended, said } = start(['serve', place, '--no-open'], program);
  await said(addressLine);
  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0 });
});

test.skipIf(process.platform === 'win32')(
  'C21 serve prints the address before a project that takes long to read is open, and ends with the reason where it cannot be opened',
  async () => {
    const place = await sample('slow');
    const file = join(place, 'codebook.json');
    const codebook = await readFile(file, 'utf8');
    // Reading it waits until somebody writes.
    const served = async (content: string) => {
      await rm(file);
      execFileSync('mkfifo', [file]);
      const { child, ended, said } = start(['serve', place, '--no-open']);
      const address = await said(addressLine);
      const reply = callAt(address, 'openWorkspace', { page: 'p1' });
      await writeFile(file, content);
      return { child, ended, reply };
    };
    const bad = await served('no codebook');
    expect(await bad.ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('codebook.json'),
      stdout: expect.stringContaining('opens'),
    });
    await bad.reply.catch(() => undefined);
    const good = await served(codebook);
    expect(await good.reply).toMatchObject({ ok: true, value: { writable: true } });
    good.child.kill('SIGTERM');
    expect(await good.ended).toMatchObject({ code: 0, stderr: '' });
  },
);
