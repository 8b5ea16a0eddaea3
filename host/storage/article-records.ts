import { AppError, type Notice } from '../../core/failure.ts';
import type { ArticleMeta } from '../../core/model/article.ts';
import { reasonOf, unreadable } from './failures.ts';
import { codeOf, type FileSystem, readEach, stampsOf } from './file-system.ts';
import { ArticleFile, type Layout } from './layout.ts';
import { markedFailure, sidesIn } from './merge-markers.ts';
import { formatVersion } from './migrations.ts';
import type { OpeningCache } from './opening-cache.ts';
import { readRecord, recordIn } from './record-file.ts';

/** Where articles lie and what is told of them. Without `mayWrite` nothing on the disk is changed. */
export interface ArticlePlace {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly now: () => string;
  readonly cache: OpeningCache;
  readonly mayWrite: boolean;
  readonly notify: (notice: Notice) => void;
}

/** What is known of an article, or why nothing is: its record cannot be read, or is not there (yet). */
interface FoundRecord {
  readonly id: string;
  readonly found: ArticleMeta | 'damaged' | 'unfinished';
}

/**
 * Reads the records of the articles `ids`, in any order, but for those that did not change since an earlier opening. A damaged one is told in a notice.
 * @throws AppError `newer-version`, or `corrupt` when the disk fails
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
    // Without its record, which is written last, an import was broken off; the next import of the file completes it.
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return 'unfinished';
    // A disk that fails now may not fail next time: an article must not look absent for that.
    if (codeOf(error)) throw unreadable(error, name);
    if (error instanceof AppError && error.failure.code === 'newer-version') throw error;
    const message = `The article ${id} is not shown: ${reasonOf(error)}`;
    notify({ id: `article:${id}`, severity: 'error', message, next: unreadable(error, name).failure.next });
    return 'damaged';
  }
}

// Two people who import the same article write two records that differ in when that was. Where git left both, the first import counts.
// `isTold` where something was said that is to be said at each opening.
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
