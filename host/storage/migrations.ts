import { AppError } from '../../core/failure.ts';

/** The version of the file format that this Pressmark writes. */
export const formatVersion = 1;

/** Migrates a record from one format version to the next. It receives the record without its `format`. */
export type Migration = (record: Readonly<Record<string, unknown>>) => Record<string, unknown>;

/** The migrations of one kind of file by the version that they start from. Version 1 is the first, so there is none yet. */
export type Migrations = ReadonlyMap<number, Migration>;

/** No migration: files of version 1 only. */
export const noMigrations: Migrations = new Map();

/**
 * `record` migrated to the current version, and the version that it had. `file` names it in failures.
 * @throws AppError `newer-version` for a version of a newer Pressmark, `corrupt` for a missing version or one that never existed.
 */
export function broughtForward(
  record: Readonly<Record<string, unknown>>,
  file: string,
  migrations: Migrations = noMigrations,
): { record: Record<string, unknown>; from: number } {
  const from = record.format;
  if (typeof from !== 'number' || !Number.isInteger(from)) {
    throw new AppError('corrupt', `${file} has no format version.`, 'Restore this file from a backup, then open the project again.');
  }
  if (from > formatVersion) {
    const message = `${file} was written by a newer Pressmark (format ${from}; this one knows ${formatVersion}).`;
    throw new AppError('newer-version', message, 'Update Pressmark, then open the project again.');
  }
  let migrated: Record<string, unknown> = { ...record };
  for (let version = from; version < formatVersion; version++) {
    const step = migrations.get(version);
    if (!step) {
      throw new AppError(
        'corrupt',
        `${file} has the unknown format ${from}.`,
        'Restore this file from a backup, then open the project again.',
      );
    }
    migrated = { ...step(migrated), format: version + 1 };
  }
  return { record: migrated, from };
}
