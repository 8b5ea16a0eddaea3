import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether disks can be mounted here: on Linux, as root, with the permission. Found out by mounting one. */
export function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const place = mkdtempSync(join(tmpdir(), 'pressmark-mount-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', place]).status === 0;
  if (isMounted) execFileSync('umount', [place]);
  rmdirSync(place);
  return isMounted;
}

/** Whether the program that makes file systems of this kind is installed. */
export function canMake(kind: string): boolean {
  return spawnSync(`mkfs.${kind}`, ['-V']).error === undefined;
}

/** Mounts what `args` specify at a new place, passes the place to `task`, and removes everything again. */
export async function mounted<T>(args: readonly string[], task: (place: string) => Promise<T>): Promise<T> {
  const place = mkdtempSync(join(tmpdir(), 'pressmark-mount-'));
  execFileSync('mount', [...args, place]);
  try {
    return await task(place);
  } finally {
    execFileSync('umount', [place]);
    rmSync(place, { recursive: true });
  }
}

/** Creates a file system of `kind` in the new file `image`, `megabytes` large. */
export function makeFileSystem(kind: string, image: string, megabytes: number): void {
  execFileSync('truncate', ['-s', `${megabytes}M`, image]);
  execFileSync(`mkfs.${kind}`, ['-q', image]);
}

/** Fills the disk that `place` is on, leaving `bytes` free, a multiple of its block size. Returns a function that frees the rest again. */
export async function fill(place: string, bytes: number): Promise<() => void> {
  const { bavail, bsize } = await statfs(place);
  const filler = join(place, 'filler');
  mkdirSync(filler);
  writeFileSync(join(filler, 'bytes'), Buffer.alloc(Math.max(0, bavail * bsize - bytes)));
  return () => rmSync(filler, { recursive: true });
}
