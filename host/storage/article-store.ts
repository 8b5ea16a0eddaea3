import { AppError, type Notice } from '../../core/failure.ts';
import { type Article, ArticleMeta, articleId, countWords, headingsOf, normalise, titleOf } from '../../core/model/article.ts';
import { durableFolder, durableWrite } from './durable-write.ts';
import { reasonOf, unreadable } from './failures.ts';
import { codeOf, type FileSystem, readEach, stampsOf } from './file-system.ts';
import { ArticleFile, isId, type Layout } from './layout.ts';
import { markedFailure, sidesIn } from './merge-markers.ts';
import { formatVersion } from './migrations.ts';
import type { OpeningCache } from './opening-cache.ts';
import { readRecord, recordIn, writeSealedRecord } from './record-file.ts';
import { decode, sha256 } from './strict-json.ts';

/** A file to become an article: its name, its bytes, and its text as core's `normalise` leaves it. */
export interface ArticleInput {
  readonly originalName: string;
  readonly text: string;
  readonly original: Uint8Array;
  /** Who imports it so that it can be undone: the article is listed only once a record says so. */
  readonly importedBy?: string;
  /** What the file itself says of the article; without it the text tells title and headings. `headings` are indexes of lines. */
  readonly facts?: Pick<ArticleMeta, 'title' | 'source' | 'date' | 'url' | 'language' | 'headings'>;
}

interface StorePlace {
  readonly fileSystem: FileSystem;
  readonly layout: Layout;
  readonly now: () => string;
  readonly cache: OpeningCache;
}

/** The articles of a project. Their texts are never rewritten; an article is there once its `article.json` is. */
export class ArticleStore {
  readonly #place: StorePlace;
  readonly #byId = new Map<string, ArticleMeta>();
  readonly #byText = new Map<string, ArticleMeta>();
  /** Ascending by id; made when it is asked for, since articles are added by the thousand. */
  #metas: readonly ArticleMeta[] | null = null;

  /** Ids of articles whose record is there but cannot be read. */
  readonly #damaged: ReadonlySet<string>;

  /** Ids of articles that have no record (yet). */
  readonly unfinished: readonly string[];

  private constructor(place: StorePlace, metas: readonly ArticleMeta[], damaged: ReadonlySet<string>, unfinished: readonly string[]) {
    this.#place = place;
    this.unfinished = unfinished;
    this.#damaged = damaged;
    for (const meta of metas) this.#take(meta);
  }

  /**
   * Reads what is known of each article, but for those that `known` has, since what an import wrote is never rewritten, and those that did not
   * change since an earlier opening. One whose record is damaged is left out, with a notice.
   */
  static async open(place: StorePlace, mayWrite: boolean, notify: (notice: Notice) => void, known?: ArticleStore): Promise<ArticleStore> {
    const { fileSystem, layout, cache } = place;
    const metas: ArticleMeta[] = [];
    const damaged = new Set<string>();
    const unfinished: string[] = [];
    const there = (await namesIn(fileSystem, layout.articles)).filter((id) => {
      const meta = known ? known.#byId.get(id) : undefined;
      if (meta) metas.push(meta);
      return !meta && isId(id);
    });
    const paths = there.map((id) => layout.articleRecord(id));
    const stamps = await stampsOf(fileSystem, paths);
    const unread = there.flatMap((id, index) => {
      const stamp = stamps[index] ?? null;
      const meta = cache.articles.of(id, stamp);
      if (meta) metas.push(meta);
      return meta ? [] : [{ id, stamp, path: paths[index] as string }];
    });
    let turn = 0;
    for await (const bytes of readEach(
      fileSystem,
      unread.map(({ path }) => path),
    )) {
      const { id, stamp, path } = unread[turn++] as (typeof unread)[number];
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
        metas.push(meta);
        if (isCurrent && !record.isTold) cache.articles.keep(id, stamp, meta);
      } catch (error) {
        // Without its record, which is written last, an import was broken off; the next import of the file completes it.
        if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) {
          unfinished.push(id);
          continue;
        }
        // A disk that fails now may not fail next time: an article must not look absent for that.
        if (codeOf(error)) throw unreadable(error, name);
        if (error instanceof AppError && error.failure.code === 'newer-version') throw error;
        damaged.add(id);
        const message = `The article ${id} is not shown: ${reasonOf(error)}`;
        notify({ id: `article:${id}`, severity: 'error', message, next: unreadable(error, name).failure.next });
      }
    }
    return new ArticleStore(place, metas, damaged, unfinished);
  }

  /** Ascending by id. */
  get metas(): readonly ArticleMeta[] {
    this.#metas ??= [...this.#byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return this.#metas;
  }

  /** Whether there is an article of this id that can be read. */
  has(id: string): boolean {
    return this.#byId.has(id);
  }

  /** Whether there is an article of this id whose record cannot be read. */
  isDamaged(id: string): boolean {
    return this.#damaged.has(id);
  }

  /** What is known of an article. @throws AppError `not-found` */
  meta(id: string): ArticleMeta {
    const meta = this.#byId.get(id);
    if (!meta) throw new AppError('not-found', `There is no article ${id} in this project.`, 'Choose another article from the list.');
    return meta;
  }

  /** An article with its text, checked against its checksum. @throws AppError `not-found` or `corrupt` */
  async read(id: string): Promise<Article> {
    for await (const article of this.readEach([id])) return article;
    throw new RangeError(`no article ${id}`);
  }

  /** As `read`, of several articles. */
  async *readEach(ids: readonly string[]): AsyncGenerator<Article> {
    const { fileSystem, layout } = this.#place;
    const metas = ids.map((id) => this.meta(id));
    let turn = 0;
    for await (const bytes of readEach(
      fileSystem,
      metas.map(({ id }) => layout.text(id)),
    )) {
      const meta = metas[turn++] as ArticleMeta;
      const path = layout.text(meta.id);
      if (bytes instanceof Error) throw unreadable(bytes, layout.named(path));
      this.#expectSame(bytes, meta.textSha256, path);
      try {
        yield { meta, text: decode(bytes) };
      } catch (error) {
        throw unreadable(error, layout.named(path));
      }
    }
  }

  /** The bytes that were imported. @throws AppError `not-found` or `corrupt` */
  async readOriginal(id: string): Promise<Uint8Array> {
    const { originalName, originalSha256, textSha256 } = this.meta(id);
    const { layout } = this.#place;
    return this.#bytes(originalSha256 === textSha256 ? layout.text(id) : layout.original(id, originalName), originalSha256);
  }

  /** Adds an article, all or nothing. Calls must not overlap. `known` is true when this text was there already. */
  async add({ originalName, text, original, importedBy, facts }: ArticleInput): Promise<{ meta: ArticleMeta; known: boolean }> {
    if (normalise(text).text !== text) throw new RangeError('the text of an article must be normalised');
    const bytes = Buffer.from(text);
    const textSha256 = sha256(bytes);
    const there = this.#byText.get(textSha256);
    if (there) return { meta: there, known: true };
    const id = articleId(originalName, textSha256);
    if (this.#byId.has(id)) {
      throw new AppError('conflict', `Another article has the id ${id} already.`, 'Rename the file, then import it again.');
    }
    const { fileSystem, layout, now } = this.#place;
    // A damaged file may still be restored or read by hand, so it is never overwritten.
    if (this.#damaged.has(id)) throw unreadable(new SyntaxError('it is damaged'), layout.named(layout.articleRecord(id)));
    const originalSha256 = sha256(original);
    const meta = ArticleMeta.parse({
      id,
      ...(facts ?? { title: titleOf(text, originalName), source: null, date: null, url: null, language: null, headings: headingsOf(text) }),
      originalName,
      words: countWords(text),
      textSha256,
      originalSha256,
      imported: now(),
      ...(importedBy === undefined ? {} : { importedBy }),
    } satisfies ArticleMeta);
    await durableFolder(fileSystem, layout.article(id), layout.root);
    await durableWrite(fileSystem, layout.text(id), bytes);
    if (originalSha256 !== textSha256) await durableWrite(fileSystem, layout.original(id, originalName), original);
    await writeSealedRecord(fileSystem, layout.articleRecord(id), { format: 1, ...meta } satisfies ArticleFile);
    this.#take(meta);
    return { meta, known: false };
  }

  #take(meta: ArticleMeta): void {
    this.#byId.set(meta.id, meta);
    if (!this.#byText.has(meta.textSha256)) this.#byText.set(meta.textSha256, meta);
    this.#metas = null;
  }

  async #bytes(path: string, expected: string): Promise<Uint8Array> {
    const { fileSystem, layout } = this.#place;
    let bytes: Uint8Array;
    try {
      bytes = await fileSystem.readFile(path);
    } catch (error) {
      throw unreadable(error, layout.named(path));
    }
    this.#expectSame(bytes, expected, path);
    return bytes;
  }

  #expectSame(bytes: Uint8Array, expected: string, path: string): void {
    if (sha256(bytes) === expected) return;
    throw unreadable(new SyntaxError('its content is not what was imported'), this.#place.layout.named(path));
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

/** The names in a folder; none when it is not there. */
export async function namesIn(fileSystem: FileSystem, folder: string): Promise<string[]> {
  try {
    return await fileSystem.readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
