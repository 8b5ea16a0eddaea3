import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ArticleMeta } from '../../core/model/article.ts';
import { version } from '../version.ts';
import { sha256 } from './strict-json.ts';

/**
 * Stands for the schemas that what is kept was checked against: under others it is worth nothing. A test tells when it is to be changed, and to
 * what.
 */
export const checkedAgainst = '7ddfef578692d99c';

/** What a look at a snapshot tells. `seq` is null where its first line is not as it was written. */
export interface SnapshotLook {
  readonly seq: number | null;
  readonly isIntact: boolean;
}

/** The first `size` bytes of a journal, whose sha256 this is, were checked. */
export interface CheckedBytes {
  readonly size: number;
  readonly sha256: string;
}

/** What was found out of each of some files, by any name; good for as long as a file's stamp is the same. */
export class Kept<T> {
  readonly #before: ReadonlyMap<string, readonly [stamp: string, found: T]>;
  readonly #now = new Map<string, readonly [stamp: string, found: T]>();
  #isNew = false;

  constructor(entries: readonly (readonly [name: string, stamp: string, found: T])[]) {
    this.#before = new Map(entries.map(([name, stamp, found]) => [name, [stamp, found]]));
  }

  /** What is known of a file that has this stamp; undefined where nothing is, and for one without a stamp. */
  of(name: string, stamp: string | null): T | undefined {
    const known = this.#now.get(name) ?? this.#before.get(name);
    if (!known || known[0] !== stamp) return undefined;
    this.#now.set(name, known);
    return known[1];
  }

  /** Keeps what was found; nothing is kept of a file without a stamp. */
  keep(name: string, stamp: string | null, found: T): void {
    if (stamp === null) return;
    this.#now.set(name, [stamp, found]);
    this.#isNew = true;
  }

  /** Whether something is to be written that was not read. */
  isChanged(isWhole: boolean): boolean {
    return this.#isNew || (isWhole && this.#now.size < this.#before.size);
  }

  /** What was asked for or found since this was read. What was not is gone from the project, if `isWhole` says that all was asked for. */
  entries(isWhole: boolean): (readonly [name: string, stamp: string, found: T])[] {
    const kept = isWhole ? this.#now : new Map([...this.#before, ...this.#now]);
    return [...kept].map(([name, [stamp, found]]) => [name, stamp, found]);
  }
}

/** What the file holds, behind a first line with the program that wrote it and the sha256 of the rest. */
interface Content {
  readonly articles: readonly (readonly [string, string, ArticleMeta])[];
  readonly snapshots: readonly (readonly [string, string, SnapshotLook])[];
  readonly journals: readonly (readonly [string, CheckedBytes])[];
}

/**
 * What earlier openings of a project found out of its files, in a file outside of it: what has not changed since is neither read nor checked
 * again. Nothing in it is missed when it is gone, and what cannot be read of it or was written by another program counts for nothing.
 */
export class OpeningCache {
  readonly #path: string | null;
  readonly #journals: Map<string, CheckedBytes>;
  #isNew = false;
  /** By the article's id. */
  readonly articles: Kept<ArticleMeta>;
  /** By path. */
  readonly snapshots: Kept<SnapshotLook>;

  /** The cache in the file at `path`; with null it knows nothing and keeps nothing. */
  constructor(path: string | null) {
    this.#path = path;
    const { articles, snapshots, journals } = path === null ? nothing : contentOf(path);
    this.articles = new Kept(articles);
    this.snapshots = new Kept(snapshots);
    this.#journals = new Map(journals);
  }

  /** What was checked of the journal at `path`. */
  journal(path: string): CheckedBytes | null {
    return this.#journals.get(path) ?? null;
  }

  /** Keeps how much of the journal at `path` was checked. */
  keepJournal(path: string, checked: CheckedBytes): void {
    if (this.#journals.get(path)?.sha256 === checked.sha256) return;
    this.#journals.set(path, checked);
    this.#isNew = true;
  }

  /**
   * Writes what is new. `isWhole` says that the whole project was looked at: what nobody asked for is gone. Where it cannot be written, the next
   * opening takes longer.
   */
  save(isWhole = true): void {
    const path = this.#path;
    const { articles, snapshots } = this;
    if (path === null || !(this.#isNew || articles.isChanged(isWhole) || snapshots.isChanged(isWhole))) return;
    const content: Content = {
      articles: articles.entries(isWhole),
      snapshots: snapshots.entries(isWhole),
      journals: [...this.#journals],
    };
    const body = JSON.stringify(content);
    const part = `${path}.${process.pid}.part`;
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(part, `${headOf(body)}\n${body}`, { mode: 0o600 });
      renameSync(part, path);
    } catch {
      tryToRemove(part);
    }
  }
}

function tryToRemove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It could not be made either.
  }
}

const nothing: Content = { articles: [], snapshots: [], journals: [] };

const headOf = (body: string) => JSON.stringify({ program: `${version} ${checkedAgainst}`, sha256: sha256(body) });

function contentOf(path: string): Content {
  try {
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    // What this program has written whole needs no other check.
    return end > 0 && text.slice(0, end) === headOf(body) ? (JSON.parse(body) as Content) : nothing;
  } catch {
    return nothing;
  }
}
