import type { z } from 'zod';
import { durableWrite } from './durable-write.ts';
import { unreadable } from './failures.ts';
import type { FileSystem } from './file-system.ts';
import { markedFailure, sidesIn } from './merge-markers.ts';
import { broughtForward, formatVersion, type Migrations, noMigrations } from './migrations.ts';
import { decode, fitted, linewise, parseObject, sha256 } from './strict-json.ts';

/**
 * Reads the record in the small JSON file at `path` and migrates it from older formats. `name` names the file in failures. With `mayWrite`, a file of
 * an older format is replaced by the migrated one and kept as `<name>.format-<version>`.
 * @throws AppError `corrupt` or `newer-version`; a missing file fails with the code ENOENT.
 */
export async function readRecord<S extends z.ZodType<object>>(
  fileSystem: FileSystem,
  path: string,
  name: string,
  schema: S,
  { mayWrite = false, migrations = noMigrations }: { mayWrite?: boolean; migrations?: Migrations } = {},
): Promise<z.output<S>> {
  const bytes = await fileSystem.readFile(path);
  const { found, from } = recordIn(bytes, name, schema, migrations);
  if (mayWrite && from !== formatVersion) {
    await durableWrite(fileSystem, `${path}.format-${from}`, bytes);
    await writeRecord(fileSystem, path, found);
  }
  return found;
}

/** The record in the bytes of a small JSON file, and the format that it was in. @throws AppError `corrupt`, `newer-version` */
export function recordIn<S extends z.ZodType<object>>(
  bytes: Uint8Array,
  name: string,
  schema: S,
  migrations: Migrations = noMigrations,
): { found: z.output<S>; from: number } {
  try {
    const { from, record } = broughtForward(parseObject(decode(bytes)), name, migrations);
    return { found: fitted(schema, record), from };
  } catch (error) {
    throw sidesIn(bytes) ? markedFailure(name) : unreadable(error, name);
  }
}

const seal = /^\{"format":\d+,\n"sha256":"([0-9a-f]{64})",\n/;

/** Like writeRecord, with a checksum over the exact bytes that follow it, so that any change from outside is noticed. */
export async function writeSealedRecord(fileSystem: FileSystem, path: string, { format, ...rest }: { format: number }): Promise<void> {
  const body = linewise(rest).slice(1);
  await durableWrite(fileSystem, path, Buffer.from(`{"format":${format},\n"sha256":"${sha256(`${body}\n`)}",\n${body}\n`));
}

/** Whether a sealed record's bytes are as they were written. Older files have no checksum and are accepted as they are. */
export function isIntactRecord(bytes: Uint8Array): boolean {
  const text = decode(bytes);
  const head = seal.exec(text);
  if (head) return sha256(text.slice(head[0].length)) === head[1];
  return !('sha256' in parseObject(text));
}

/** Replaces the file at `path` with `record`, one list element per line; returns once it is on the disk. See `durableWrite` for `keepLastGood`. */
export async function writeRecord(fileSystem: FileSystem, path: string, record: object, keepLastGood = false): Promise<void> {
  await durableWrite(fileSystem, path, Buffer.from(`${linewise(record)}\n`), keepLastGood);
}
