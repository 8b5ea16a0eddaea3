import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// The rules of who may import whom are kept by the compiler and the linter. Both are asked here, with the settings of this repository,
// about small files in a copy of it, so that nothing is ever written beside the code.
const repository = fileURLToPath(new URL('..', import.meta.url));
const folders = ['core', 'host', 'electron', 'cli', 'renderer'] as const;
type Folder = (typeof folders)[number];

// `TARGET` is a file of its own for every probe: the compiler names an unlisted file once, however many import it.
const toFolder = (folder: Folder) => `import { target } from '../${folder}/TARGET.ts';\nexport const found = target;\n`;
const toModule = (name: string) => `import * as found from '${name}';\nexport const keys = Object.keys(found);\n`;
const named = (expression: string) => `export const found = ${expression};\n`;
const lazily = (folder: Folder) => `export const found = import('../${folder}/TARGET.ts');\n`;

const forbidden: [Folder, string, string][] = [
  ['core', 'the disk', toModule('node:fs')],
  ['core', 'a socket', toModule('node:http')],
  ['core', 'the process', named('process.cwd()')],
  ['core', 'bytes of Node', named("Buffer.from('x')")],
  ['core', 'the page', named('document.title')],
  ['core', 'the window', named('window.location')],
  ['core', 'a timer', named('setTimeout(() => {}, 1)')],
  ['core', 'host', toFolder('host')],
  ['core', 'host, lazily', lazily('host')],
  ['core', 'renderer', toFolder('renderer')],
  ['core', 'electron', toFolder('electron')],
  ['core', 'cli', toFolder('cli')],
  ['host', 'the page', named('document.title')],
  ['host', 'renderer', toFolder('renderer')],
  ['host', 'electron', toFolder('electron')],
  ['host', 'cli', toFolder('cli')],
  ['renderer', 'the disk', toModule('node:fs')],
  ['renderer', 'the process', named('process.cwd()')],
  ['renderer', 'host', toFolder('host')],
  ['renderer', 'host, lazily', lazily('host')],
  ['renderer', 'electron', toFolder('electron')],
  ['renderer', 'cli', toFolder('cli')],
  ['electron', 'renderer', toFolder('renderer')],
  ['electron', 'cli', toFolder('cli')],
  ['cli', 'renderer', toFolder('renderer')],
  ['cli', 'electron', toFolder('electron')],
];

const allowed: [Folder, string, string][] = [
  ['host', 'core', toFolder('core')],
  ['host', 'the disk', toModule('node:fs')],
  ['electron', 'core', toFolder('core')],
  ['electron', 'host', toFolder('host')],
  ['electron', 'the shell', toModule('electron')],
  ['cli', 'core', toFolder('core')],
  ['cli', 'host', toFolder('host')],
  ['renderer', 'core', toFolder('core')],
  ['renderer', 'the page', named('document.title')],
];

// What stands in a file, one import a line, and whether it may stand there.
const linted: Record<string, [string, boolean][]> = {
  'renderer/panels/probe.tsx': [
    ['../editor/article-view.ts', false],
    ['../client.ts', false],
    ['../app.tsx', false],
    ['prosemirror-view', false],
    ['electron', false],
    ['../ui/button.tsx', true],
    ['../actions.ts', true],
    ['../state/workspace.ts', true],
    ['../../core/span.ts', true],
  ],
  'renderer/editor/probe.ts': [
    ['../panels/inspector.tsx', false],
    ['../ui/button.tsx', false],
    ['../app.tsx', false],
    ['electron', false],
    ['../actions.ts', true],
    ['prosemirror-view', true],
  ],
  'renderer/ui/probe.tsx': [
    ['../../core/span.ts', false],
    ['../state/workspace.ts', false],
    ['../panels/inspector.tsx', false],
    ['../editor/article-view.ts', false],
    ['../actions.ts', false],
    ['../client.ts', false],
    ['electron', false],
    ['react', true],
  ],
  'renderer/state/probe.ts': [
    ['../panels/inspector.tsx', false],
    ['../editor/article-view.ts', false],
    ['../ui/button.tsx', false],
    ['../actions.ts', false],
    ['react', false],
    ['electron', false],
    ['../client.ts', true],
    ['../../core/edit.ts', true],
  ],
  'renderer/actions.ts': [
    ['./panels/inspector.tsx', false],
    ['./editor/article-view.ts', false],
    ['./ui/button.tsx', false],
    ['electron', false],
    ['./state/workspace.ts', true],
  ],
  'electron/preload.ts': [
    ['../host/handlers/serve.ts', false],
    ['node:fs', false],
    ['zod', false],
    ['./contract.ts', true],
    ['electron', true],
  ],
  'core/probe.ts': [
    ['node:fs', false],
    ['electron', false],
    ['react', false],
    ['prosemirror-model', false],
    ['zod', true],
    ['dequal', true],
  ],
  'host/probe.ts': [
    ['electron', false],
    ['react', false],
    ['node:fs', true],
    ['./steps/edit.ts', true],
  ],
};

// What a tool prints of a tree, whatever its exit code: findings are what is asked for.
function printed(tool: string, entry: string, args: string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const path = join(repository, 'node_modules', tool, entry);
    execFile(process.execPath, [path, ...args], { cwd, maxBuffer: 64 * 1024 * 1024 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve(stdout + stderr);
    });
  });
}

let copy = '';
beforeAll(async () => {
  copy = await mkdtemp(join(tmpdir(), 'pressmark-layers-'));
});
afterAll(async () => {
  await rm(copy, { recursive: true, force: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(copy, path)), { recursive: true });
  await writeFile(join(copy, path), text);
}

describe('who may import whom', () => {
  test('L1 the compiler refuses every import against the arrows, and allows those along them', { timeout: 300_000 }, async () => {
    await copyFile(join(repository, 'tsconfig.base.json'), join(copy, 'tsconfig.base.json'));
    await symlink(join(repository, 'node_modules'), join(copy, 'node_modules'), 'junction');
    // With the real sources, because what they import decides which global names a folder sees.
    await Promise.all(
      folders.map((folder) =>
        cp(join(repository, folder), join(copy, folder), {
          recursive: true,
          filter: (path) => !/\.test\.tsx?$|baselines|testing/.test(relative(repository, path)),
        }),
      ),
    );
    // With what the compiler knows of them already, so that it looks at the probes alone.
    if (existsSync(join(repository, '.tsbuild'))) await cp(join(repository, '.tsbuild'), join(copy, '.tsbuild'), { recursive: true });
    const probes = [...forbidden.map((probe) => [...probe, false] as const), ...allowed.map((probe) => [...probe, true] as const)].map(
      ([folder, what, text, mayStand], index) => ({ file: `${folder}/probe-${index}.ts`, name: `${folder} to ${what}`, text, mayStand }),
    );
    for (const [index, { file, text }] of probes.entries()) {
      const target = `target-${index}`;
      await put(file, text.replace('TARGET', target));
      for (const folder of folders)
        if (text.includes(`/${folder}/TARGET`)) await put(`${folder}/${target}.ts`, 'export const target = 1;\n');
    }
    const output = await printed('typescript', 'bin/tsc', ['-b', ...folders, '--pretty', 'false'], copy);
    const refused = probes.filter(({ file }) => output.includes(`${file}(`)).map(({ name }) => name);
    expect(refused.sort()).toEqual(
      probes
        .filter(({ mayStand }) => !mayStand)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test('L2 the linter refuses what the rooms of the page, the preload script and the packages may not know', {
    timeout: 300_000,
  }, async () => {
    await mkdir(join(copy, 'lint'));
    await copyFile(join(repository, 'biome.json'), join(copy, 'lint/biome.json'));
    await put('lint/.gitignore', 'node_modules/\n');
    for (const [file, imports] of Object.entries(linted)) {
      await put(`lint/${file}`, imports.map(([path], at) => `import { x as x${at} } from '${path}';\n`).join(''));
    }
    const args = ['lint', '--only=style/noRestrictedImports', '--reporter=github', '--max-diagnostics=none', '.'];
    const output = await printed('@biomejs/biome', 'bin/biome', args, join(copy, 'lint'));
    const errors = [...output.matchAll(/noRestrictedImports,file=(.*?),line=(\d+)/g)].map(([, file, line]) => `${file}:${line}`);
    for (const [file, imports] of Object.entries(linted)) {
      for (const [at, [path, mayStand]] of imports.entries()) {
        const refused = errors.some((place) => place.replaceAll('\\', '/').endsWith(`${file}:${at + 1}`));
        expect(refused, `${file} importing ${path}`).toBe(!mayStand);
      }
    }
  });

  test('L3 the preload script takes values from Electron alone, all else as types', async () => {
    const source = await readFile(join(repository, 'electron/preload.ts'), 'utf8');
    const imports = source.match(/^import .*$/gm) ?? [];
    expect(imports.length).toBeGreaterThan(0);
    for (const line of imports) expect(line).toMatch(/^import type |from 'electron';$/);
    expect(source).not.toMatch(/require\(|import\(/);
  });

  test('L94 the rooms of the domain stand on each other as core/README.md says, and nothing else', async () => {
    const table = await readFile(join(repository, 'core/README.md'), 'utf8');
    const rows = [...table.matchAll(/^\| `([a-z-]+)\/` \|.*\| ([^|]*) \|$/gm)];
    const told = new Map(rows.map(([, room = '', below = '']) => [room, below.split(' ').filter(Boolean).sort()]));
    const found = new Map([...told.keys()].map((room) => [room, new Set<string>()]));
    for (const path of (await readdir(join(repository, 'core'), { recursive: true })).map((path) => path.replaceAll('\\', '/'))) {
      const [room = '', file] = path.split('/');
      if (!file || !/\.ts$/.test(path) || /\.test\.ts$|testing\//.test(path)) continue;
      expect([...told.keys()], path).toContain(room);
      for (const [, target = ''] of (await readFile(join(repository, 'core', path), 'utf8')).matchAll(/from '(\.[^']+)'/g)) {
        const [other = '', inner] = relative('core', join('core', dirname(path), target))
          .replaceAll('\\', '/')
          .split('/');
        if (inner && other !== room) found.get(room)?.add(other);
      }
    }
    expect(new Map([...found].map(([room, below]) => [room, [...below].sort()]))).toEqual(told);
    // From the first room to the last: none stands on one that is named after it, so that there is no circle.
    const order = [...told.keys()];
    for (const [room, below] of told)
      for (const other of below) expect(order.indexOf(other), `${room} on ${other}`).toBeLessThan(order.indexOf(room));
  });

  test('L4 the domain has no clock, no chance and no console of its own', async () => {
    const files = (await readdir(join(repository, 'core'), { recursive: true })).filter((path) =>
      /^(?!.*(testing|\.test\.)).*\.ts$/.test(path),
    );
    expect(files.length).toBeGreaterThan(10);
    for (const file of files) {
      const source = await readFile(join(repository, 'core', file), 'utf8');
      expect(source, file).not.toMatch(/Date\.now|new Date\(\)|Math\.random|performance\.now|console\./);
    }
  });
});
