import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundles } from './bundles.ts';

/** What a built module asks for as it is loaded: the words after `from`, and those of a bare `import`. */
export function importsOf(source: string): string[] {
  return [...source.matchAll(/^(?:import|export)\b[^;'"]*?["']([^"']+)["'];?$/gm)].map(([, from = '']) => from);
}

/** What it may ask for later, by `import("…")`. Comments, which name types so, are passed over. */
export function laterImportsOf(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|^\s*(\/\/|\*).*$/gm, '');
  return [...code.matchAll(/\bimport\((["'])([\w@.][^"'\n]*)\1\)/g)].map(([, , from = '']) => from);
}

/** The names of all that the built file `name` in out/main/ loads as it starts, itself or by what it loads: files of ours and modules of Node. */
export function loadedBy(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const from of importsOf(readFileSync(join(dirname(bundles.main), name), 'utf8'))) {
    if (from.startsWith('./')) loadedBy(from.slice(2), found);
    else found.add(from);
  }
  return found;
}
