import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

interface Package {
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** Dependencies that come with the desktop app as programs of their own, with their own notices, rather than inside our bundles. */
const apart: ReadonlySet<string> = new Set(['electron']);

/** What libraries contain but do not mention in their own licences. */
const carried: Readonly<Record<string, string>> = {
  'pdfjs-dist':
    'It carries core-js (https://github.com/zloirock/core-js) by Denis Pushkarev, under the MIT licence, and character maps by Adobe, whose licence lies with them.',
};

/**
 * The licences of the libraries inside the bundles, by name: name, version, licence, and the text of the licence as in the library. Taken from the
 * lock file of `home` and the packages that npm installed from it.
 * @throws Error if a library is not installed
 */
export function notices(home: string): string {
  const { packages } = JSON.parse(readFileSync(join(home, 'package-lock.json'), 'utf8')) as { packages: Record<string, Package> };
  const found = new Set<string>();
  const visit = (path: string): void => {
    const { dependencies = {}, peerDependencies = {} } = packages[path] ?? {};
    for (const name of Object.keys({ ...dependencies, ...(path === '' ? {} : peerDependencies) })) {
      const place = apart.has(name) ? null : placeOf(packages, path, name);
      if (place === null || found.has(place)) continue;
      found.add(place);
      visit(place);
    }
  };
  visit('');
  return [...found]
    .map((place) => ({ place, name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ place, name }) => {
      const words = [carried[name], wordsIn(join(home, place))].filter((part) => part !== undefined).join('\n\n');
      return `${name} ${packages[place]?.version} (${licenceOf(packages[place])})\n\n${words}\n`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}

function licenceOf(found: Package | undefined): string {
  return found?.license ?? 'see below';
}

// Resolves as Node does: first next to the package that asks for it, then further up. Null for an optional package that is not installed.
function placeOf(packages: Record<string, Package>, from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = folder === '' || folder === '.' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (place in packages) return place;
    if (folder === '' || folder === '.') return null;
  }
}

function wordsIn(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|notice|copying)/i.test(name) && !/\.[jt]s$/.test(name));
  if (files.length === 0) return 'It carries no text of its licence.';
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n');
}
