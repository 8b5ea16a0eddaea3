import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A Python that has the readers, and those of them that could not be installed, each with the reason. */
export interface Environment {
  readonly python: string;
  readonly missing: ReadonlyMap<string, string>;
}

const longestInstall = 15 * 60_000;

/** The environment for `requirements`, made anew when they or Python change; or, in words, why there is none. */
export function environmentFor(requirements: string): Environment | string {
  const system = ['python3', 'python'].find((name) => versionOf(name)?.startsWith('3.'));
  if (!system) return 'there is no Python 3 on this machine';
  const wanted = readFileSync(requirements, 'utf8')
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '');
  const key = createHash('sha256')
    .update([versionOf(system), ...wanted].join('\n'))
    .digest('hex')
    .slice(0, 16);
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'pressmark-conformance', key);
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  const record = join(folder, 'missing.json');
  if (existsSync(record)) return { python, missing: new Map(Object.entries(JSON.parse(readFileSync(record, 'utf8')))) };
  // Half an environment of a run that was ended.
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  console.error(`Making a Python environment in ${folder}; this takes a few minutes, once.`);
  const made = spawnSync(system, ['-m', 'venv', folder], { encoding: 'utf8' });
  if (made.status !== 0) return `python -m venv failed: ${lastLine(made.stderr || made.stdout)}`;
  const missing = new Map<string, string>();
  // All at once first, so that they fit each other; one that is not to be had must not keep the others out.
  if (install(python, wanted) !== null) {
    for (const one of wanted) {
      const problem = install(python, [one]);
      if (problem !== null) missing.set(one, problem);
    }
  }
  // Without its index nothing is kept, so that the next run tries again.
  if (wanted.length > 0 && missing.size === wanted.length) {
    rmSync(folder, { recursive: true, force: true });
    return `no reader could be installed: ${[...missing.values()][0]}`;
  }
  writeFileSync(record, JSON.stringify(Object.fromEntries(missing), null, 2));
  return { python, missing };
}

function versionOf(python: string): string | null {
  try {
    return execFileSync(python, ['-c', 'import platform; print(platform.python_version())'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}

// Null when all went well, else pip's last words.
function install(python: string, packages: readonly string[]): string | null {
  const arguments_ = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--retries', '1', '--timeout', '30', ...packages];
  const { status, stderr, error } = spawnSync(python, arguments_, { encoding: 'utf8', timeout: longestInstall, maxBuffer: 64_000_000 });
  return status === 0 ? null : (error?.message ?? lastLine(stderr));
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() || 'no reason was given';
}
