import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** The folder of the app, which contains package.json. */
export const root = resolve(import.meta.dirname, '../..');
/** The built bundles. */
export const bundles = {
  main: join(root, 'out/main/main.js'),
  preload: join(root, 'out/preload/preload.cjs'),
  page: join(root, 'out/renderer/index.html'),
} as const;

function isFresh(): boolean {
  const files = Object.values(bundles);
  if (!files.every((file) => existsSync(file))) return false;
  const built = Math.min(...files.map((file) => statSync(file).mtimeMs));
  const sources = ['electron', 'cli', 'host', 'core'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|(^|[\\/])testing[\\/]/.test(name))
      .map((name) => join(root, folder, name)),
  );
  return [...sources, join(root, 'electron.vite.config.ts')].every((file) => statSync(file).mtimeMs <= built);
}

/** Builds the bundles if one is missing or older than a source of the shell. Test files that run in parallel build only once. */
export async function ensureBuilt(): Promise<void> {
  const turn = join(root, 'out', '.building');
  while (!isFresh()) {
    mkdirSync(join(root, 'out'), { recursive: true });
    if (!takeTurn(turn)) {
      await setTimeout(100);
      continue;
    }
    try {
      const builder = join(root, 'node_modules/electron-vite/bin/electron-vite.js');
      const { status, stderr } = spawnSync(process.execPath, [builder, 'build', '--logLevel', 'warn'], { cwd: root, encoding: 'utf8' });
      if (status !== 0) throw new Error(`The bundles cannot be built: ${stderr}`);
    } finally {
      rmdirSync(turn);
    }
  }
}

// A folder that a killed test run left behind no longer counts as somebody's turn.
function takeTurn(turn: string): boolean {
  try {
    mkdirSync(turn);
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (existsSync(turn) && Date.now() - statSync(turn).mtimeMs > 60_000) rmdirSync(turn);
    return false;
  }
}

/** Runs the built preload script with a recording `electron`. It can require nothing else, as in Chromium's sandbox. */
export function runPreload(electron: object): void {
  const require = (name: string): object => {
    if (name !== 'electron') throw new Error(`The preload script requires ${name}, which a sandboxed one cannot.`);
    return electron;
  };
  new Function('require', 'module', 'exports', readFileSync(bundles.preload, 'utf8'))(require, { exports: {} }, {});
}
