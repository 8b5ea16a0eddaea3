import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const products = ['core', 'host', 'electron', 'cli', 'renderer'] as const;
const others = ['bench', 'conformance', 'e2e', 'packaging'] as const;

async function sourcesOf(folders: readonly string[]): Promise<Map<string, string>> {
  const paths = await Promise.all(
    folders.map(async (folder) => {
      const found = await readdir(join(root, folder), { recursive: true });
      return found.filter((path) => /\.tsx?$/.test(path) && !path.includes('node_modules')).map((path) => join(folder, path));
    }),
  );
  const read = async (path: string) => [path, await readFile(join(root, path), 'utf8')] as const;
  return new Map(await Promise.all(paths.flat().map(read)));
}

// A schema and the type of the same name are exported together, and a type belongs to whoever gives or takes it.
const exported = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm;

test('L101 what a file of the product exports, another file uses', async () => {
  const product = await sourcesOf(products);
  const files = new Map([...product, ...(await sourcesOf(others))]);
  const users = new Map<string, Set<string>>();
  for (const [path, source] of files) {
    for (const [word] of source.matchAll(/\w+/g)) {
      const known = users.get(word);
      if (known) known.add(path);
      else users.set(word, new Set([path]));
    }
  }
  const unused = [...product].flatMap(([path, source]) =>
    [...source.matchAll(exported)].flatMap(([, name = '']) => {
      const isType = new RegExp(`^export type ${name}\\b`, 'm').test(source);
      return !isType && (users.get(name)?.size ?? 0) < 2 ? [`${path}: ${name}`] : [];
    }),
  );
  expect(unused).toEqual([]);
});
