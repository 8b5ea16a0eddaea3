import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ArticleMeta } from '../../core/model/article.ts';
import { version } from '../version.ts';
import { sha256 } from './strict-json.ts';

/**
 * Identifies the schemas that the cached records were checked against; under others the cache is worthless. A test says when to change this, and to
 * what.
 */
export const checkedAgainst = 'f6f76c833ce60bf4';

/** What checking a snapshot found. `seq` is null if its first line is not as we write it. */
export interface SnapshotLook {
  readonly seq: number | null;
  readonly isIntact: boolean;
}

/** The first `size` bytes of a journal were checked; `sha256` is their hash. */
export interface CheckedBytes {
  readonly size: number;
  readonly sha256: string;
}

/** What was found out about each of some files, by any name. An entry is valid as long as the file's stamp stays the same. */
export class Kept<T> {
  readonly #before: ReadonlyMap<string, readonly [stamp: string, found: T]>;
  readonly #now = new Map<string, readonly [stamp: string, found: T]>();
  #isNew = false;

  constructor(entries: readonly (readonly [name: string, stamp: string, found: T])[]) {
    this.#before = new Map(entries.map(([name, stamp, found]) => [name, [stamp, found]]));
  }

  /** What is known about a file with this stamp; undefined if nothing is, or if the file has no stamp. */
  of(name: string, stamp: string | null): T | undefined {
    const known = this.#now.get(name) ?? this.#before.get(name);
    if (!known || known[0] !== stamp) return undefined;
    this.#now.set(name, known);
    return known[1];
  }

  /** Keeps what was found, unless the file has no stamp. */
  keep(name: string, stamp: string | null, found: T): void {
    if (stamp === null) return;
    this.#now.set(name, [stamp, found]);
    this.#isNew = true;
  }

  /** Whether there is something to write that was not read from the cache. */
  isChanged(isWhole: boolean): boolean {
    return this.#isNew || (isWhole && this.#now.size < this.#before.size);
  }

  /**
   * What was asked for or found since the cache was read. If `isWhole` says that everything was asked for, entries that were not asked for are of
   * files that are gone, and are left out.
   */
  entries(isWhole: boolean): (readonly [name: string, stamp: string, found: T])[] {
    const kept = isWhole ? this.#now : new Map([...this.#before, ...this.#now]);
    return [...kept].map(([name, [stamp, found]]) => [name, stamp, found]);
  }
}

/** The content of the file. Its first line names the program that wrote it and the sha256 of the rest. */
interface Content {
  readonly articles: readonly (readonly [string, string, ArticleMeta])[];
  readonly snapshots: readonly (readonly [string, string, SnapshotLook])[];
  readonly journals: readonly (readonly [string, CheckedBytes])[];
}

/**
 * What earlier openings of a project found out about its files, kept in a file outside of the project: files that have not changed since are neither
 * read nor checked again. The cache can be deleted without loss. If it cannot be read, or another program wrote it, it counts as empty.
 */
export class OpeningCache {
  readonly #path: string | null;
  readonly #journals: Map<string, CheckedBytes>;
  #isNew = false;
  /** By the article's id. */
  readonly articles: Kept<ArticleMeta>;
  /** By path. */
  readonly snapshots: Kept<SnapshotLook>;

  /** The cache in the file at `path`; with null it is empty and keeps nothing. */
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
   * Writes what is new. `isWhole` says that the whole project was looked at, so that entries nobody asked for are dropped. If the cache cannot be
   * written, the next opening takes longer.
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
    // It could not be created either.
  }
}

const nothing: Content = { articles: [], snapshots: [], journals: [] };

const headOf = (body: string) => JSON.stringify({ program: `${version} ${checkedAgainst}`, sha256: sha256(body) });

function contentOf(path: string): Content {
  try {
    const text = readFileSync(path, 'utf8');
    const end = text.indexOf('\n');
    const body = text.slice(end + 1);
    // The checksum shows that this program wrote the whole content, so it needs no other check.
    return end > 0 && text.slice(0, end) === headOf(body) ? (JSON.parse(body) as Content) : nothing;
  } catch {
    return nothing;
  }
}
