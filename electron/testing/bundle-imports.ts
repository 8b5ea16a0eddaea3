import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundles } from './bundles.ts';

/** What a built module imports when it is loaded: the specifiers after `from`, and those of bare imports. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(/^(?:import|export)\b[^;'"]*?["']([^"']+)["'];?$/gm)].map(([, from = '']) => from);
}

/** What it may import later with `import("…")`. Comments, which refer to types in this way, are skipped. */
export function laterImportsOf(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*(\/\/|\*).*$/gm, '');
  return [...code.matchAll(/\bimport\((["'])([\w@.][^"'\n]*)\1\)/g)].map(([, , from = '']) => from);
}

/** Everything that the built file `name` in out/main/ loads at its start, directly or indirectly: our own files and modules of Node. */
export function loadedBy(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const from of importsOf(readFileSync(join(dirname(bundles.main), name), 'utf8'))) {
    if (from.startsWith('./')) loadedBy(from.slice(2), found);
    else found.add(from);
  }
  return found;
}
