import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The parts that are read of a CycloneDX bill of materials written by npm. */
export interface Bill {
  serialNumber?: string;
  readonly metadata: { timestamp?: string };
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

/** `bill` without its timestamp, and with a serial number derived from `lockfile`: the same lockfile gives the same bytes. */
export function reproducible(bill: Bill, lockfile: string): Bill {
  const hash = createHash('sha256').update(lockfile).digest('hex');
  const number = [hash.slice(0, 8), hash.slice(8, 12), `5${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
  const { timestamp: _, ...metadata } = bill.metadata;
  return { ...bill, serialNumber: `urn:uuid:${number}`, metadata };
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const words = ['sbom', '--package-lock-only', '--omit', 'dev', '--sbom-format', 'cyclonedx', '--sbom-type', 'application'];
  // On Windows, npm is a script that needs the system's shell.
  const told = execFileSync('npm', words, { cwd: root, encoding: 'utf8', maxBuffer: 64_000_000, shell: process.platform === 'win32' });
  const bill = reproducible(JSON.parse(told) as Bill, readFileSync(join(root, 'package-lock.json'), 'utf8'));
  mkdirSync(join(root, 'out'), { recursive: true });
  const file = join(root, 'out', 'pressmark.cdx.json');
  writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
  process.stdout.write(`${file}: ${bill.components.length} packages\n`);
}
