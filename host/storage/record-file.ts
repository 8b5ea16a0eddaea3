import type { z } from 'zod';
import { durableWrite } from './durable-write.ts';
import { unreadable } from './failures.ts';
import type { FileSystem } from './file-system.ts';
import { broughtForward, formatVersion, type Migrations, noMigrations } from './migrations.ts';
import { decode, fitted, linewise, parseObject } from './strict-json.ts';

/**
 * The record in the small JSON file at `path`, brought forward from older formats. `name` names the file in failures. With
 * `mayWrite` a file of an older format is replaced by the migrated one and kept as `<name>.format-<version>`.
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
  let found: z.output<S>;
  let from: number;
  try {
    const forward = broughtForward(parseObject(decode(bytes)), name, migrations);
    from = forward.from;
    found = fitted(schema, forward.record);
  } catch (error) {
    throw unreadable(error, name);
  }
  if (mayWrite && from !== formatVersion) {
    await durableWrite(fileSystem, `${path}.format-${from}`, bytes);
    await writeRecord(fileSystem, path, found);
  }
  return found;
}

/** Replaces the file at `path` by `record`, one element of each list a line, and returns once it is on the disk. */
export async function writeRecord(fileSystem: FileSystem, path: string, record: object): Promise<void> {
  await durableWrite(fileSystem, path, Buffer.from(`${linewise(record)}\n`));
}
