import { z } from 'zod';
import { broughtForward } from '../storage/migrations.ts';
import { decode, fitted, linewise, parseObject } from '../storage/strict-json.ts';

/** The name of the file in a backup that lists all other files. */
export const manifestName = 'pressmark-backup.json';

/** One file of a backup: its path in the project with `/`, its size in bytes, and the sha256 of its content. */
export const BackedUpFile = z.strictObject({
  path: z.string().min(1),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackedUpFile = z.infer<typeof BackedUpFile>;

/** A backup's description of itself. `text` is false if the texts and originals of its articles were left out. */
export const Manifest = z.strictObject({ format: z.literal(1), text: z.boolean(), files: z.array(BackedUpFile) });
export type Manifest = z.infer<typeof Manifest>;

/** The bytes of a manifest, one file per line. */
export function manifestBytes(manifest: Manifest): Uint8Array {
  return Buffer.from(`${linewise(manifest)}\n`);
}

/** Parses a manifest from `bytes`. @throws AppError `newer-version`; SyntaxError or TypeError if they are not a manifest */
export function parseManifest(bytes: Uint8Array): Manifest {
  return fitted(Manifest, broughtForward(parseObject(decode(bytes)), manifestName).record);
}
