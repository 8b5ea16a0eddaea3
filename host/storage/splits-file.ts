import { AppError } from '../../core/failure.ts';
import { PublishedSplits } from '../../core/splits/published.ts';
import { notSaved, unreadable } from './failures.ts';
import { codeOf, type FileSystem } from './file-system.ts';
import type { Layout } from './layout.ts';
import { readRecord, writeRecord } from './record-file.ts';

/** The published splits of a project as they are on the disk; null if there are none. @throws AppError `corrupt`, `newer-version` */
export async function readSplits(fileSystem: FileSystem, layout: Layout): Promise<PublishedSplits | null> {
  const name = layout.named(layout.splits);
  try {
    return await readRecord(fileSystem, layout.splits, name, PublishedSplits);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw unreadable(error, name);
  }
}

/**
 * Replaces the splits published at `instead` (null: there are none) with `splits`, or withdraws them if `splits` is null. The old file stays as
 * splits.json.bak. A file that cannot be read is never replaced.
 * @throws AppError `conflict` if the published splits are not those that `instead` names, `corrupt`, `newer-version`, `not-saved`
 */
export async function replaceSplits(
  fileSystem: FileSystem,
  layout: Layout,
  splits: PublishedSplits | null,
  instead: string | null,
): Promise<void> {
  const there = await readSplits(fileSystem, layout);
  if ((there?.published ?? null) !== instead) {
    const message = there ? 'Other splits were published in the meantime.' : 'The published splits were taken back in the meantime.';
    throw new AppError('conflict', message, 'Look at the splits again, then decide.');
  }
  try {
    if (splits) await writeRecord(fileSystem, layout.splits, splits, there !== null);
    else if (there) {
      await fileSystem.rename(layout.splits, `${layout.splits}.bak`);
      await fileSystem.syncFolder(layout.root);
    }
  } catch (error) {
    throw notSaved(error, layout.named(layout.splits), 'The published splits are as they were before.');
  }
}
