import { AppError, type Notice } from '../../core/failure.ts';
import type { ArticleMeta } from '../../core/model/article.ts';
import { reasonOf, unreadable } from './failures.ts';
import { codeOf, type FileSystem, readEach, stampsOf } from './file-system.ts';
import { ArticleFile, type Layout } from './layout.ts';
import { markedFailure, sidesIn } from './merge-markers.ts';
import { formatVersion } from './migrations.ts';
import type { OpeningCache } from './opening-cache.ts';
import { readRecord, recordIn } from './record-file.ts';

/** Where articles are, and how problems with them are reported. Without `mayWrite`, nothing on the disk is changed. */
export interface ArticlePlace {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly now: () => string;
  readonly cache: OpeningCache;
  readonly mayWrite: boolean;
  readonly notify: (notice: Notice) => void;
}

/** The record of an article, or why there is none: it cannot be read, or does not exist (yet). */
interface FoundRecord {
  readonly id: string;
  readonly found: ArticleMeta | 'damaged' | 'unfinished';
}

/**
 * Reads the records of the articles `ids`, in any order, except those that have not changed since an earlier opening. A damaged record is reported in
 * a notice.
 * @throws AppError `newer-version`, or `corrupt` if the disk fails
 */
export async function* readArticleRecords(place: ArticlePlace, ids: readonly string[]): AsyncGenerator<FoundRecord> {
  const { fileSystem, layout, cache } = place;
  const paths = ids.map((id) => layout.articleRecord(id));
  const stamps = await stampsOf(fileSystem, paths);
  const unknown: { id: string; stamp: string | null; path: string }[] = [];
  for (const [index, id] of ids.entries()) {
    const stamp = stamps[index] ?? null;
    const found = cache.articles.of(id, stamp);
    if (found) yield { id, found };
    else unknown.push({ id, stamp, path: paths[index] as string });
  }
  let turn = 0;
  for await (const bytes of readEach(
    fileSystem,
    unknown.map(({ path }) => path),
  )) {
    const { id, stamp, path } = unknown[turn++] as (typeof unknown)[number];
    yield { id, found: await read(place, id, stamp, path, bytes) };
  }
}

async function read(
  { fileSystem, layout, cache, mayWrite, notify }: ArticlePlace,
  id: string,
  stamp: string | null,
  path: string,
  bytes: Uint8Array | Error,
): Promise<FoundRecord['found']> {
  const name = layout.named(path);
  try {
    if (bytes instanceof Error) throw bytes;
    const record = recordOf(bytes, id, name, notify);
    const isCurrent = record.from === formatVersion;
    const {
      format: _,
      sha256: __,
      ...meta
    } = mayWrite && !isCurrent ? await readRecord(fileSystem, path, name, ArticleFile, { mayWrite }) : record.found;
    if (meta.id !== id) throw unreadable(new SyntaxError(`it describes ${meta.id}`), name);
    if (isCurrent && !record.isTold) cache.articles.keep(id, stamp, meta);
    return meta;
  } catch (error) {
    // The record is written last, so a missing one means that an import was interrupted. Importing the file again completes it.
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return 'unfinished';
    // If the disk fails now, it may work next time, so the article must not look absent.
    if (codeOf(error)) throw unreadable(error, name);
    if (error instanceof AppError && error.failure.code === 'newer-version') throw error;
    const message = `The article ${id} is not shown: ${reasonOf(error)}`;
    notify({ id: `article:${id}`, severity: 'error', message, next: unreadable(error, name).failure.next });
    return 'damaged';
  }
}

// Two people who import the same article write two records that differ in the time of import. If git left both, the earlier import counts. `isTold`
// is true if a notice was given that has to be given at each opening.
function recordOf(bytes: Uint8Array, id: string, name: string, notify: (notice: Notice) => void) {
  try {
    return { ...recordIn(bytes, name, ArticleFile), isTold: false };
  } catch (error) {
    const sides = sidesIn(bytes);
    if (!sides) throw error;
    const [ours, theirs] = [recordIn(sides.ours, name, ArticleFile), recordIn(sides.theirs, name, ArticleFile)];
    if (ours.found.textSha256 !== theirs.found.textSha256) throw error;
    const message = `${name} holds two versions between git’s conflict markers: the article was imported on two sides. The first import counts here.`;
    notify({ id: `marked:${id}`, severity: 'info', message, next: markedFailure(name).failure.next });
    return { ...(ours.found.imported <= theirs.found.imported ? ours : theirs), isTold: true };
  }
}
