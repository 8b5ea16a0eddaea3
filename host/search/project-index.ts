import type { DatabaseSync } from 'node:sqlite';
import type { ArticleMeta } from '../../core/model/article.ts';
import { type Registry, resolveRegistry } from '../../core/model/entity.ts';
import { folded } from '../../core/search/conditions.ts';
import { type Histories, type Seen, seenOf, touchedSince } from '../lookups/touched.ts';
import type { Project } from '../storage/project.ts';
import { Rows } from './rows.ts';
import { openDatabase } from './schema.ts';

/** The parts of a project that an index is made from. */
export type IndexedProject = Pick<
  Project,
  | 'info'
  | 'folder'
  | 'codebook'
  | 'annotator'
  | 'annotators'
  | 'articles'
  | 'importedArticles'
  | 'readArticle'
  | 'setsOf'
  | 'entities'
  | 'links'
  | 'histories'
>;

/** The progress of an update: articles done, and the total. */
export interface IndexProgress {
  readonly done: number;
  readonly total: number;
}

// How long the index may work without a break while calls wait, in milliseconds.
const stretch = 12;

/**
 * The articles, the work and the registry of a project as tables that queries are answered from. The index is a cache outside of the project and is
 * kept up to date with everybody's journals: it rewrites only what the new gestures touched.
 */
export class ProjectIndex {
  readonly database: DatabaseSync;
  readonly #project: IndexedProject;
  readonly #rows: Rows;
  readonly #ground: string;
  #progress: IndexProgress | null = null;
  #running: Promise<void> | null = null;
  #isClosed = false;
  /** The state of the project at the last update. */
  #step = '';

  private constructor(database: DatabaseSync, project: IndexedProject, ground: string) {
    this.database = database;
    this.#project = project;
    this.#ground = ground;
    this.#rows = new Rows(database);
  }

  /** Opens the index of `project` in the file `path` (null: in memory). Nothing is read yet; see `sync`. */
  static open(path: string | null, project: IndexedProject): ProjectIndex {
    const ground = groundOf(project);
    return new ProjectIndex(openDatabase(path, ground), project, ground);
  }

  /** Whether the codebook is still the one that the index was made under. If not, the index has to be opened again. */
  get isCurrent(): boolean {
    return this.#ground === groundOf(this.#project);
  }

  /** How far the update is; null if none is running. */
  get progress(): IndexProgress | null {
    return this.#progress;
  }

  /** Brings the index up to date with the project. Calls during an update wait for it. @throws AppError `corrupt` for work that cannot be read */
  sync(): Promise<void> {
    this.#running ??= this.#sync().finally(() => {
      this.#running = null;
      this.#progress = null;
    });
    return this.#running;
  }

  /** Ends a running update and closes the file. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#running?.catch(() => undefined);
    this.database.close();
  }

  async #sync(): Promise<void> {
    const histories = await this.#project.histories();
    // `sync` is called at each key typed in a query, so it returns at once if nothing was written since.
    const step = JSON.stringify([seenOf(histories), this.#project.importedArticles().length, this.#project.annotators]);
    if (step === this.#step) return;
    const registry = resolveRegistry(await this.#project.entities());
    const touched = this.#touched(histories);
    const moved = this.#putEntities(registry);
    const listed = this.#project.articles();
    const known = new Map(
      this.database
        .prepare('select id, stamp from articles')
        .all()
        .map((row) => [String(row['id']), String(row['stamp'])]),
    );
    const isListed = new Set(listed.map(({ id }) => id));
    this.#transact(() => {
      for (const id of known.keys()) if (!isListed.has(id)) this.#rows.removeArticle(id);
    });
    const due = listed.flatMap((meta) => {
      const isText = known.get(meta.id) !== stampOf(meta);
      return isText || touched === 'all' || touched.has(meta.id) || moved.has(meta.id) ? [{ meta, isText }] : [];
    });
    await this.#write(due, registry);
    if (this.#isClosed) return;
    const links = await this.#project.links();
    this.#transact(() => {
      this.database.prepare('delete from relations where article_no is null').run();
      const put = this.database.prepare('insert into relations values (null, ?, ?, ?)');
      for (const { type, from, to } of links) put.run(type, from.annotation, to.annotation);
      this.database.prepare('delete from annotators').run();
      const name = this.database.prepare('insert into annotators values (?, ?)');
      for (const annotator of this.#project.annotators) name.run(annotator.id, folded(annotator.name));
      this.database.prepare('insert or replace into state values (?, ?)').run('seen', JSON.stringify(seenOf(histories)));
    });
    this.#step = step;
  }

  async #write(due: readonly { meta: ArticleMeta; isText: boolean }[], registry: Registry): Promise<void> {
    const ground = { codebook: this.#project.codebook.codebook, registry };
    let begin = performance.now();
    for (const [index, { meta, isText }] of due.entries()) {
      if (this.#isClosed) return;
      this.#progress = { done: index, total: due.length };
      const article = isText ? await this.#project.readArticle(meta.id) : null;
      const sets = await this.#project.setsOf(meta.id);
      if (this.#isClosed) return;
      this.#transact(() => {
        if (article) this.#rows.putArticle(article, stampOf(meta));
        this.#rows.putWork(meta.id, sets, ground);
      });
      if (performance.now() - begin < stretch) continue;
      await new Promise((resolve) => setImmediate(resolve));
      begin = performance.now();
    }
  }

  // The articles that gestures touched since the last update; all articles if a journal does not continue from what was seen.
  #touched(histories: Histories): ReadonlySet<string> | 'all' {
    const row = this.database.prepare("select value from state where key = 'seen'").get();
    if (!row) return 'all';
    return touchedSince(JSON.parse(String(row['value'])) as Seen, histories);
  }

  // Rewrites the registry. Returns the articles whose mentions and roles now mean another entity.
  #putEntities(registry: Registry): ReadonlySet<string> {
    const before = new Map(
      this.database
        .prepare('select id, ties from entities')
        .all()
        .map((row) => [String(row['id']), String(row['ties'])]),
    );
    const changed: string[] = [];
    this.#transact(() => {
      this.database.prepare('delete from entities').run();
      const put = this.database.prepare('insert into entities values (?, ?, ?, ?, ?)');
      for (const entity of registry.values()) {
        const ties = JSON.stringify([entity.mergedInto, entity.moved, entity.removed]);
        const was = before.get(entity.id);
        if (was !== undefined && was !== ties) changed.push(entity.id);
        before.delete(entity.id);
        put.run(entity.id, entity.type, entity.canonical, folded([entity.canonical, ...entity.aliases].join('\n')), ties);
      }
    });
    changed.push(...before.keys());
    const articles = new Set<string>();
    const inMentions = 'select r.id from mentions m join articles r on r.no = m.article_no where m.named = ?1 or m.entity = ?1';
    const inRoles =
      'select r.id from roles o join annotations a on a.no = o.annotation_no join articles r on r.no = a.article_no where o.named = ?1 or o.entity = ?1';
    for (const id of changed) {
      for (const sql of [inMentions, inRoles]) for (const row of this.database.prepare(sql).all(id)) articles.add(String(row['id']));
    }
    return articles;
  }

  #transact(task: () => void): void {
    this.database.exec('begin');
    try {
      task();
      this.database.exec('commit');
    } catch (error) {
      this.database.exec('rollback');
      throw error;
    }
  }
}

function groundOf({ info, folder, codebook }: IndexedProject): string {
  return JSON.stringify([info.id, folder, codebook.version]);
}

function stampOf({ textSha256, title, source, date, url, language, originalName }: ArticleMeta): string {
  return JSON.stringify([textSha256, title, source, date, url, language, originalName]);
}
