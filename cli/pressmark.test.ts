import { copyFileSync, linkSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addressLine, home, launcher, realCommand } from './testing/real-command.ts';

const { folder, run, sample, start } = realCommand();

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

test.each(['open', 'serve', 'import', 'export', 'check'])(
  'C1 the help of %s says how a project is named, and each default once',
  async (command) => {
    const { stdout } = await run(command, '--help');
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('the folder of a project, or its project.pressmark');
    expect(stdout).not.toMatch(/default:.*default:/);
  },
);

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

test('C12 under a Node that strips no types the command runs in the Node that is installed beside it, with its exit code and signals', async () => {
  const old = join(folder(), process.platform === 'win32' ? 'old.exe' : 'old');
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
