import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['core', 'host', 'electron', 'cli', 'renderer', 'packaging', 'bench', 'e2e'] as const;

async function testFiles(): Promise<{ path: string; source: string }[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const paths = await readdir(join(root, folder), { recursive: true });
      return paths
        .filter((path) => /\.(?:test|spec)\.tsx?$/.test(path) && !path.includes('node_modules'))
        .map((path) => join(folder, path));
    }),
  );
  return Promise.all(found.flat().map(async (path) => ({ path, source: await readFile(join(root, path), 'utf8') })));
}

test('L98 each rule of SPEC.md stands there once and is shown by a test, and each test names the rules that it shows', async () => {
  const rules = [...(await readFile(join(root, 'SPEC.md'), 'utf8')).matchAll(/^- \*\*([A-Z]+\d+)\*\*/gm)].map(([, id]) => id as string);
  expect(rules.filter((id, index) => rules.indexOf(id) !== index)).toEqual([]);
  const files = await testFiles();
  const known = new Set(rules);
  const shown = new Set<string>();
  for (const { path, source } of files) {
    for (const [, ids = ''] of source.matchAll(/['"`]((?:[A-Z]+\d+ )*[A-Z]+\d+)\b/g)) for (const id of ids.split(' ')) shown.add(id);
    for (const [, name = ''] of source.matchAll(/^\s*(?:test|it)\(\s*['"`](.*)/gm)) {
      const named = /^((?:[A-Z]+\d+ )+)/.exec(name)?.[1]?.trim().split(' ') ?? [];
      expect(named, `${path}: ${name}`).not.toEqual([]);
      expect(
        named.filter((id) => !known.has(id)),
        `${path}: ${name}`,
      ).toEqual([]);
    }
  }
  expect(rules.filter((id) => !shown.has(id))).toEqual([]);
});
