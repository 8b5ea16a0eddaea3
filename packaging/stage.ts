import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { notices } from './notices.ts';

interface Manifest {
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

/**
 * Lays out Pressmark for delivery in the folder `stage`, which is created afresh: the package that npm installs, and what the installers put into
 * app.asar. It consists of the built bundles, which contain every library that they use, so it has no dependencies.
 * @param home the folder of the checkout, built
 * @throws Error if it is not built
 */
export function layOut(home: string, stage: string): void {
  for (const part of ['main/cli.js', 'main/main.js', 'preload/preload.cjs', 'renderer/index.html']) {
    if (!existsSync(join(home, 'out', part))) throw new Error(`out/${part} is not there: run "npm run build" first`);
  }
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(join(stage, 'cli'), { recursive: true });
  writeFileSync(join(stage, 'package.json'), `${JSON.stringify(manifestFor(home), null, 2)}\n`);
  const whole = ['out/main', 'out/preload', 'out/renderer', 'seeds', 'LICENSE'];
  for (const part of whole) cpSync(join(home, part), join(stage, part), { recursive: true });
  cpSync(join(home, 'cli', 'installed.js'), join(stage, 'cli', 'pressmark.js'));
  cpSync(join(home, 'cli', 'memory.js'), join(stage, 'cli', 'memory.js'));
  cpSync(join(home, 'packaging', 'package-readme.md'), join(stage, 'README.md'));
  writeFileSync(join(stage, 'THIRD-PARTY.txt'), notices(home));
}

function manifestFor(home: string): object {
  const { version, description, license, dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest;
  return {
    name: 'pressmark',
    version,
    description,
    license,
    author: 'The Pressmark contributors',
    keywords: ['annotation', 'news', 'quotation', 'stance', 'dataset'],
    type: 'module',
    main: 'out/main/main.js',
    bin: { pressmark: 'cli/pressmark.js' },
    engines: { node: '>=22.22' },
    peerDependencies: { electron: dependencies['electron'] },
    // Without Electron, the workbench opens in the browser.
    peerDependenciesMeta: { electron: { optional: true } },
  };
}

if (import.meta.main) {
  const home = dirname(import.meta.dirname);
  layOut(home, join(home, 'out', 'package'));
}
