import type { Notice } from '../../core/failure.ts';
import { unreadable } from './failures.ts';
import { codeOf, type FileSystem, namesIn, readEach, stampsOf } from './file-system.ts';
import type { JournalContent } from './journal-lines.ts';
import { isId, type Layout } from './layout.ts';
import type { OpeningCache, SnapshotLook } from './opening-cache.ts';
import { isIntactSnapshot, seqOfSnapshot } from './snapshot-file.ts';

/** The message about a journal: what happened and what to do. */
export type JournalWords = Pick<Notice, 'message' | 'next'>;

/** The highest step that an annotator's snapshots hold, 0 if there are none. */
export interface Held {
  readonly seq: number;
  /** The paths of the snapshots that are not as they were written. */
  readonly broken: ReadonlySet<string>;
  /** The names in the folder of sets. */
  readonly names: ReadonlySet<string>;
}

/**
 * Checks every snapshot of `annotator`, except those that have not changed since `cache` recorded them. Changes nothing.
 * @throws AppError `corrupt` if the disk fails
 */
export async function heldBySnapshots(fileSystem: FileSystem, layout: Layout, annotator: string, cache?: OpeningCache): Promise<Held> {
  const names = new Set(await namesIn(fileSystem, layout.sets(annotator)));
  const articles = [...names].map((name) => /^(.+)\.json$/.exec(name)?.[1] ?? '').filter(isId);
  const across = [layout.entities(annotator), layout.links(annotator), layout.changes(annotator)];
  const paths = [...across, ...articles.map((article) => layout.set(annotator, article))];
  const broken = new Set<string>();
  let seq = 0;
  const take = (path: string, look: SnapshotLook) => {
    seq = Math.max(seq, look.seq ?? 0);
    if (!look.isIntact) broken.add(path);
  };
  const stamps = cache ? await stampsOf(fileSystem, paths) : [];
  const unknown = paths.flatMap((path, index) => {
    const stamp = stamps[index] ?? null;
    const look = cache?.snapshots.of(path, stamp);
    if (look) take(path, look);
    return look ? [] : [{ path, stamp }];
  });
  let turn = 0;
  for await (const bytes of readEach(
    fileSystem,
    unknown.map(({ path }) => path),
  )) {
    const { path, stamp } = unknown[turn++] as (typeof unknown)[number];
    if (bytes instanceof Error) {
      if (codeOf(bytes) === 'ENOENT') continue;
      throw unreadable(bytes, layout.named(path));
    }
    const look = { seq: seqOfSnapshot(bytes), isIntact: isIntactSnapshot(bytes) };
    cache?.snapshots.keep(path, stamp, look);
    take(path, look);
  }
  return { seq, broken, names };
}

/** Says that the journal `name` ends at step `last` although snapshots hold steps up to `held`. */
export function endIsMissing(name: string, last: number, held: number): JournalWords {
  const steps = held === last + 1 ? `step ${held}` : `steps ${last + 1} to ${held}`;
  const message = `${name}: it lost its end, perhaps to a sync program or an old backup. The annotations are safe up to step ${held}, which the snapshots hold, but ${steps} can no longer be undone.`;
  const next =
    'If you have a newer copy of this file, put it back and open the project again. If not, go on working: your next step notes the gap.';
  return { message, next };
}

/** Says that the journal `name` is damaged, and how much of the work is still there. */
export function middleIsDamaged(name: string, damage: NonNullable<JournalContent['damage']>, held: Held): JournalWords {
  const { line, reason, end } = damage;
  const isWhole = end !== null && held.broken.size === 0 && held.seq >= end;
  const left = isWhole
    ? `The annotations are whole, since the snapshots hold them; only the steps from line ${line} on cannot be read or undone.`
    : 'What comes before that line is shown, and what the snapshots hold; later steps may be missing.';
  const message = `${name} is damaged at line ${line} (${reason}). ${left} Until it is restored its annotator can change nothing.`;
  return { message, next: 'Restore this file from a backup, then open the project again.' };
}
