import { z } from 'zod';
import { broughtForward } from '../storage/migrations.ts';
import { decode, fitted, linewise, parseObject } from '../storage/strict-json.ts';

/** The name of the file in a backup that lists all others. */
export const manifestName = 'pressmark-backup.json';

/** One file of a backup: its path in the project with `/`, its bytes, their sha256. */
export const BackedUpFile = z.strictObject({
  path: z.string().min(1),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type BackedUpFile = z.infer<typeof BackedUpFile>;

/** What a backup says of itself. `text` is false where the texts and originals of its articles were left out. */
export const Manifest = z.strictObject({ format: z.literal(1), text: z.boolean(), files: z.array(BackedUpFile) });
export type Manifest = z.infer<typeof Manifest>;

/** The bytes of a manifest, one file a line. */
export function manifestBytes(manifest: Manifest): Uint8Array {
  return Buffer.from(`${linewise(manifest)}\n`);
}

/** The manifest that `bytes` hold. @throws AppError `newer-version`; SyntaxError or TypeError for what is none */
export function parseManifest(bytes: Uint8Array): Manifest {
  return fitted(Manifest, broughtForward(parseObject(decode(bytes)), manifestName).record);
}
