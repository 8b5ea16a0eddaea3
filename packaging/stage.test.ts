import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { importsOf, laterImportsOf } from '../electron/testing/bundle-imports.ts';
import { ensureBuilt, root } from '../electron/testing/bundles.ts';
import { pdfInFonts } from '../host/import/testing/documents.ts';
import { layOut } from './stage.ts';

let folder: string;
let stage: string;
let files: string[];

beforeAll(async () => {
  await ensureBuilt();
  folder = await mkdtemp(join(tmpdir(), 'pressmark-package-'));
  // Under no folder with node_modules, so that nothing of the checkout can be found from there.
  stage = join(folder, 'package');
  layOut(root, stage);
  files = readdirSync(stage, { recursive: true, encoding: 'utf8' });
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const run = (...words: string[]) =>
  spawnSync(process.execPath, [join(stage, 'cli', 'pressmark.js'), ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: '/nowhere', PRESSMARK_HOME: join(folder, 'home'), CI: '1' },
  });

it('D40 the package has JavaScript only, depends on nothing, and asks for Electron without needing it', () => {
  const { scripts, dependencies, peerDependencies, peerDependenciesMeta, version } = JSON.parse(
    readFileSync(join(stage, 'package.json'), 'utf8'),
  );
  const checkout = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect([scripts, dependencies, version]).toEqual([undefined, undefined, checkout.version]);
  expect(peerDependencies).toEqual({ electron: checkout.dependencies.electron });
  expect(peerDependenciesMeta).toEqual({ electron: { optional: true } });
  expect(files.filter((name) => /\.(ts|tsx|map)$/.test(name))).toEqual([]);
});

it('D40 every module that it loads is in it, of Node, or Electron from the shell alone', () => {
  const own = files.filter((name) => /^(cli|out.main).*\.js$/.test(name));
  const asked = own.flatMap((name) => {
    const source = readFileSync(join(stage, name), 'utf8');
    return [...importsOf(source), ...laterImportsOf(source)].map((from) => ({ name, from }));
  });
  expect(asked.length).toBeGreaterThan(50);
  const isThere = (name: string, from: string): boolean =>
    from.startsWith('.') ? existsSync(join(stage, dirname(name), from)) : isBuiltin(from);
  expect(asked.filter(({ name, from }) => !isThere(name, from))).toEqual([{ name: join('out', 'main', 'main.js'), from: 'electron' }]);
});

it('D40 its command works with Node alone', () => {
  const place = join(folder, 'summit');
  expect(run('new', place, '--sample')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('with 5 articles') });
  expect(run('check', place)).toMatchObject({ status: 0, stderr: '', stdout: 'Everything in this project is whole.\n' });
});

it('I74 I77 the package reads Japanese by the maps in it, and asks for no native code', () => {
  const place = join(folder, 'japan');
  const descendant =
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Mincho /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) /Supplement 6 >> >>';
  const font = '<< /Type /Font /Subtype /Type0 /BaseFont /Mincho /Encoding /90ms-RKSJ-H /DescendantFonts [6 0 R] >>';
  writeFileSync(join(folder, 'tokyo.pdf'), pdfInFonts('/F1 11 Tf\n<938C8B9E82CC93FA967B8CEA> Tj', [font], [descendant]));
  expect(run('new', place)).toMatchObject({ status: 0 });
  expect(run('import', place, join(folder, 'tokyo.pdf'))).toMatchObject({ status: 0, stderr: '' });
  const [text = ''] = readdirSync(join(place, 'articles'), { recursive: true, encoding: 'utf8' }).filter((name) => /text\.txt$/.test(name));
  expect(readFileSync(join(place, 'articles', text), 'utf8')).toBe('東京の日本語');
  const own = files.filter((name) => /^out.main.*\.js$/.test(name)).map((name) => readFileSync(join(stage, name), 'utf8'));
  expect(own.filter((source) => source.includes('require("@napi-rs/canvas")'))).toEqual([]);
});

it('D41 it carries the licence of each library in it, and of none that is not', () => {
  const notices = readFileSync(join(stage, 'THIRD-PARTY.txt'), 'utf8');
  const named = new Set([...notices.matchAll(/^(\S+) \d\S* \(.*\)$/gm)].map(([, name = '']) => name));
  const [checkout, lock] = ['package.json', 'package-lock.json'].map((name) => JSON.parse(readFileSync(join(root, name), 'utf8')));
  const wanted = Object.keys(checkout.dependencies).filter((name) => name !== 'electron');
  const used = [...named].flatMap((name) => Object.keys(lock.packages[`node_modules/${name}`]?.dependencies ?? {}));
  expect([...wanted, ...used].filter((name) => !named.has(name))).toEqual([]);
  expect(named.size).toBeGreaterThan(100);
  expect(notices).not.toMatch(/^(electron|vite|typescript|playwright) \d/m);
  expect(notices).toContain('Permission is hereby granted');
  expect(notices).toMatch(/^pdfjs-dist .*\n\nIt carries core-js .* MIT licence.*\n\n\s*Apache License\n/m);
  expect(readFileSync(join(stage, 'out', 'main', 'cmaps', 'LICENSE'), 'utf8')).toContain('Adobe');
  expect(notices).toMatch(/^react-aria .*\n\n\s*Apache License\n/m);
});
