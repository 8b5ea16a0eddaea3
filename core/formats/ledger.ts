import type { Chunk, Hash, Loss } from './format.ts';

/** One finished file of an export: its sha256 in hex, its size in UTF-8 bytes, and how many records it holds. */
export interface FileEntry {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
}

/** The books of one export run: what was written to each file, and what could not be carried. Owned by the run that made it. */
export class Ledger {
  readonly #newHash: () => Hash;
  readonly #files = new Map<string, { hash: Hash; rows: number }>();
  readonly #losses = new Map<string, number>();

  constructor(newHash: () => Hash) {
    this.#newHash = newHash;
  }

  /** Enters a piece of the file `path` and gives it back as the chunk to write. An empty piece still begins the file. */
  chunk(path: string, text: string, rows: number): Chunk {
    let file = this.#files.get(path);
    if (!file) {
      file = { hash: this.#newHash(), rows: 0 };
      this.#files.set(path, file);
    }
    file.hash.update(text);
    file.rows += rows;
    return { path, text, rows };
  }

  /** Enters `count` things of one kind that the format cannot carry. */
  lose(kind: string, count = 1): void {
    this.#losses.set(kind, (this.#losses.get(kind) ?? 0) + count);
  }

  /** Everything lost so far, ascending by kind. */
  losses(): Loss[] {
    return [...this.#losses].map(([kind, count]) => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }

  /** `text` with lone surrogates replaced by U+FFFD, each such text entered as a loss: UTF-8 has no form for them. */
  wellFormed(text: string): string {
    if (text.isWellFormed()) return text;
    this.lose('texts with half a surrogate pair, which UTF-8 cannot hold (replaced by U+FFFD)');
    return text.toWellFormed();
  }

  /** Ends the digests and lists the files, ascending by path. Call once, when all of them are written. */
  close(): FileEntry[] {
    return [...this.#files]
      .map(([path, { hash, rows }]) => ({ path, sha256: hash.hex(), bytes: hash.bytes, rows }))
      .sort((a, b) => (a.path < b.path ? -1 : 1));
  }
}
