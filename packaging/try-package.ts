import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/**
 * Installs the packed package (`npm run package`) into an empty folder outside of the checkout, without a network, and uses it there as a person
 * would. Argument: the Node to run it with, by default this one.
 */
const home = dirname(import.meta.dirname);
const node = process.argv[2] ?? process.execPath;
const folder = mkdtempSync(join(tmpdir(), 'pressmark-try-'));
const env = {
  PATH: [dirname(node), process.env['PATH']].join(process.platform === 'win32' ? ';' : ':'),
  HOME: folder,
  PRESSMARK_HOME: join(folder, 'home'),
  NO_COLOR: '1',
};
const windows = process.platform === 'win32';
const call = (program: string, ...words: string[]): string =>
  execFileSync(program, words, { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], shell: windows });
const pressmark = (...words: string[]) => call('npx', '--no-install', 'pressmark', ...words);
let passed = 0;

function expect(what: string, holds: boolean): void {
  if (!holds) throw new Error(`not so: ${what}`);
  passed++;
  console.log(`so it is: ${what}`);
}

try {
  const tarball = readdirSync(join(home, 'out')).find((name) => /^pressmark-.*\.tgz$/.test(name));
  if (tarball === undefined) throw new Error('there is no out/pressmark-*.tgz: run "npm run package" first');
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  call('npm', 'install', '--offline', '--no-audit', '--no-fund', join(home, 'out', tarball));
  const installed = readdirSync(join(folder, 'node_modules')).filter((name) => !name.startsWith('.'));
  expect(`an install brings pressmark alone (Node ${call(node, '--version').trim()})`, installed.join() === 'pressmark');
  expect('npx pressmark says its version', tarball === `pressmark-${pressmark('--version').trim()}.tgz`);
  expect('new makes the sample project', pressmark('new', 'summit', '--sample').includes('5 articles'));
  writeFileSync(join(folder, 'report.txt'), 'A report\n\n“We agree,” said Ann Lee.\n');
  writeFileSync(join(folder, 'page.html'), '<html><body><article><h1>Talks</h1><p>“No,” he said.</p></article></body></html>');
  pressmark('import', 'summit', 'report.txt', 'page.html');
  expect('import reads files, in a thread of its own', pressmark('check', 'summit').includes('whole'));
  pressmark('export', 'summit', '--format', 'jsonl', '--out', 'dataset');
  expect('export writes a dataset', readdirSync(join(folder, 'dataset')).includes('manifest.json'));
  expect('suggest proposes', pressmark('suggest', 'report.txt').includes('QUOTE'));
  await expectServed('serve', 'serve', 'summit', '--no-open');
  await expectServed('open, without Electron,', 'open', 'summit');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, 0 failed`);

async function expectServed(what: string, ...words: string[]): Promise<void> {
  // Not started through npx, because npx would receive the signal instead.
  const child = spawn(node, [join(folder, 'node_modules', 'pressmark', 'cli', 'pressmark.js'), ...words], { cwd: folder, env });
  const url = await addressIn(child);
  const page = await (await fetch(url)).text();
  const [script = ''] = /assets\/index-[^"]+\.js/.exec(page) ?? [];
  const { status } = await fetch(new URL(script, url));
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGTERM');
  expect(`${what} shows the page on ${new URL(url).host} and ends when told to`, status === 200 && (windows || (await ended) === 0));
}

function addressIn(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const listen = (piece: unknown) => {
      said += String(piece);
      const found = /http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}/.exec(said)?.[0];
      if (found) resolve(found);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('close', () => reject(new Error(`it ended too early: ${said}`)));
  });
}
