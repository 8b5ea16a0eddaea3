import { AppError } from '../../core/failure.ts';
import { type Article, ArticleMeta, articleId, countWords, headingsOf, normalise, titleOf } from '../../core/model/article.ts';
import { leavingNothing } from './article-folder.ts';
import { type ArticlePlace, readArticleRecords } from './article-records.ts';
import { durableFolder, durableWrite } from './durable-write.ts';
import { unreadable } from './failures.ts';
import { namesIn, readEach } from './file-system.ts';
import { type ArticleFile, isId } from './layout.ts';
import { newQueue } from './queue.ts';
import { writeSealedRecord } from './record-file.ts';
import { decode, sha256 } from './strict-json.ts';

/** A file that is to become an article: its name, its bytes, and its text as core's `normalise` returns it. */
export interface ArticleInput {
  readonly originalName: string;
  readonly text: string;
  readonly original: Uint8Array;
  /** The annotator who imports it in a way that can be undone: the article is listed only once a record says so. */
  readonly importedBy?: string;
  /** What the file itself says about the article. Without it, title and headings are found in the text. `headings` are line indexes. */
  readonly facts?: Pick<ArticleMeta, 'title' | 'source' | 'date' | 'url' | 'language' | 'headings'>;
}

/**
 * The articles of a project. Their texts are never rewritten. An article exists once its `article.json` does. The ids are known from the start, the
 * rest only once an article is read: asking for it earlier is a mistake of the caller and throws a RangeError.
 */
export class ArticleStore {
  readonly #place: ArticlePlace;
  readonly #byId = new Map<string, ArticleMeta>();
  readonly #byText = new Map<string, ArticleMeta>();
  /** Ascending by id. Built on demand, because articles are added by the thousand. */
  #metas: readonly ArticleMeta[] | null = null;

  /** Ids of articles that have not been read yet, ascending. */
  readonly #unread: Set<string>;
  readonly #queue = newQueue();
  /** Ids of articles whose record exists but cannot be read. */
  readonly #damaged = new Set<string>();
  readonly #unfinished: string[] = [];

  private constructor(place: ArticlePlace, names: readonly string[]) {
    this.#place = place;
    this.#unread = new Set(names);
  }

  /**
   * Lists the articles and reads them, or leaves them unread if `isBrief` is set and there are many. Articles that `known` has read are not read
   * again, because an imported article is never rewritten. @throws AppError as readAll
   */
  static async open(place: ArticlePlace, isBrief: boolean, known?: ArticleStore): Promise<ArticleStore> {
    const { fileSystem, layout } = place;
    const names = (await namesIn(fileSystem, layout.articles)).filter(isId);
    const store = new ArticleStore(place, names);
    if (known) for (const id of names) store.#take(known.#byId.get(id));
    if (!isBrief || names.length <= many) await store.readAll();
    return store;
  }

  /** Whether there are more articles than are read while a person waits for the project to open. */
  get areMany(): boolean {
    return !this.isRead || this.#byId.size > many;
  }

  /** Whether all of them are read. */
  get isRead(): boolean {
    return this.#unread.size === 0;
  }

  /**
   * Reads the record of each article that has not been read yet, except those that have not changed since an earlier opening. An article whose record
   * is damaged is left out, with a notice. @throws AppError `newer-version`, or `corrupt` if the disk fails
   */
  readAll(): Promise<void> {
    return this.#queue(() => this.#read([...this.#unread]));
  }

  /** Like `readAll`, for these articles only. */
  readSome(ids: readonly string[]): Promise<void> {
    if (!ids.some((id) => this.#unread.has(id))) return Promise.resolve();
    return this.#queue(() => this.#read(ids.filter((id) => this.#unread.has(id))));
  }

  /** The record of each article, ascending by id. Each is read when it is reached. */
  async *each(): AsyncGenerator<ArticleMeta> {
    for (const id of [...this.#byId.keys(), ...this.#unread].sort()) {
      await this.readSome([id]);
      const meta = this.#byId.get(id);
      if (meta) yield meta;
    }
  }

  async #read(there: readonly string[]): Promise<void> {
    for await (const { id, found } of readArticleRecords(this.#place, there)) {
      if (found === 'unfinished') this.#unfinished.push(id);
      else if (found === 'damaged') this.#damaged.add(id);
      else this.#take(found);
      this.#unread.delete(id);
    }
  }

  /** Ascending by id. */
  get metas(): readonly ArticleMeta[] {
    if (!this.isRead) throw notRead();
    this.#metas ??= [...this.#byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
    return this.#metas;
  }

  /** Whether there is an article with this id that can be read. */
  has(id: string): boolean {
    if (this.#unread.has(id)) throw notRead();
    return this.#byId.has(id);
  }

  /** Whether there is an article with this id whose record cannot be read. */
  isDamaged(id: string): boolean {
    if (this.#unread.has(id)) throw notRead();
    return this.#damaged.has(id);
  }

  /** Ids of articles without a record (yet), among those read so far. */
  get unfinished(): readonly string[] {
    return this.#unfinished;
  }

  /** The record of an article. @throws AppError `not-found` */
  meta(id: string): ArticleMeta {
    if (this.#unread.has(id)) throw notRead();
    const meta = this.#byId.get(id);
    if (!meta) throw new AppError('not-found', `There is no article ${id} in this project.`, 'Choose another article from the list.');
    return meta;
  }

  /** An article with its text, checked against its checksum. @throws AppError `not-found` or `corrupt` */
  async read(id: string): Promise<Article> {
    for await (const article of this.readEach([id])) return article;
    throw new RangeError(`no article ${id}`);
  }

  /** Like `read`, for several articles. */
  async *readEach(ids: readonly string[]): AsyncGenerator<Article> {
    await this.readSome(ids);
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

  /** Adds an article, all or nothing. Calls must not overlap. `known` is true if the project already has this text. */
  async add({ originalName, text, original, importedBy, facts }: ArticleInput): Promise<{ meta: ArticleMeta; known: boolean }> {
    await this.readAll();
    if (normalise(text).text !== text) throw new RangeError('the text of an article must be normalised');
    const bytes = Buffer.from(text);
    const textSha256 = sha256(bytes);
    const there = this.#byText.get(textSha256);
    if (there) return { meta: there, known: true };
    const id = articleId(originalName, textSha256);
    if (this.#byId.has(id)) {
      throw new AppError('conflict', `Another article already has the id ${id}.`, 'Rename the file, then import it again.');
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
    await leavingNothing(fileSystem, layout.article(id), async () => {
      await durableFolder(fileSystem, layout.article(id), layout.root);
      await durableWrite(fileSystem, layout.text(id), bytes);
      if (originalSha256 !== textSha256) await durableWrite(fileSystem, layout.original(id, originalName), original);
      await writeSealedRecord(fileSystem, layout.articleRecord(id), { format: 1, ...meta } satisfies ArticleFile);
    });
    this.#take(meta);
    return { meta, known: false };
  }

  #take(meta: ArticleMeta | undefined): void {
    if (!meta) return;
    this.#unread.delete(meta.id);
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

// The number of articles that are read while a person waits.
const many = 1000;

const notRead = () => new RangeError('the articles are not all read yet');
