import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['core', 'host', 'electron', 'cli', 'renderer'] as const;

// What each file of the product imports from other files of it, types too.
async function imports(): Promise<Map<string, string[]>> {
  const paths = await Promise.all(
    folders.map(async (folder) => (await readdir(join(root, folder), { recursive: true })).map((path) => join(folder, path))),
  );
  const files = paths.flat().filter((path) => /\.tsx?$/.test(path) && !/\.test\./.test(path));
  const known = new Set(files);
  const read = async (path: string) => {
    const source = await readFile(join(root, path), 'utf8');
    const found = [...source.matchAll(/^(?:import|export)\s[^'";]*?from\s+'(\.[^']+)'/gm)];
    return [path, found.map(([, to = '']) => normalize(join(dirname(path), to))).filter((to) => known.has(to))] as const;
  };
  return new Map(await Promise.all(files.map(read)));
}

/** A way along `edges` from a file back to itself, as its files in order; null where there is none. */
function circleIn(edges: ReadonlyMap<string, readonly string[]>): string[] | null {
  const done = new Set<string>();
  const way: string[] = [];
  const walk = (file: string): string[] | null => {
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file];
    if (done.has(file)) return null;
    way.push(file);
    for (const next of edges.get(file) ?? []) {
      const circle = walk(next);
      if (circle) return circle;
    }
    way.pop();
    done.add(file);
    return null;
  };
  for (const file of edges.keys()) {
    const circle = walk(file);
    if (circle) return circle;
  }
  return null;
}

test('L102 no file imports itself by way of others, be it a type', async () => {
  const edges = await imports();
  expect(edges.size).toBeGreaterThan(700);
  expect(circleIn(edges)).toBeNull();
});
