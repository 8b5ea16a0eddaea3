import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { bundles } from './bundles.ts';

/** The names of all that the built file `name` in out/main/ loads as it starts, itself or by what it loads: files of ours and modules of Node. */
export function loadedBy(name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  const source = readFileSync(join(dirname(bundles.main), name), 'utf8');
  for (const [, from = ''] of source.matchAll(/^(?:import|export)\b[^;'"]*?["']([^"']+)["'];?$/gm)) {
    if (from.startsWith('./')) loadedBy(from.slice(2), found);
    else found.add(from);
  }
  return found;
}
