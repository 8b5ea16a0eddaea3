import { Utf8Text } from './utf8-text.ts';

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
  readonly #closed = new Map<string, FileEntry>();
  readonly #losses = new Map<string, number>();

  constructor(newHash: () => Hash) {
    this.#newHash = newHash;
  }

  /** Enters a piece of the file `path` and gives it as the chunk to write. An empty piece still begins the file. @throws RangeError when it has ended */
  chunk(path: string, piece: Piece, rows: number): Chunk {
    let file = this.#files.get(path);
    if (!file) {
      if (this.#closed.has(path)) throw new RangeError(`the file ${path} has ended`);
      file = { hash: this.#newHash(), rows: 0 };
      this.#files.set(path, file);
    }
    const content = file.hash.update(piece instanceof Utf8Text ? piece.bytes() : piece);
    file.rows += rows;
    return { path, content, isText: !(piece instanceof Uint8Array), rows, ends: false };
  }

  /** Enters the last piece of a file, or the whole of it, so that it need not be kept open. Formats with many files use this. */
  whole(path: string, piece: Piece, rows: number): Chunk {
    const chunk = this.chunk(path, piece, rows);
    this.#end(path);
    return { ...chunk, ends: true };
  }

  /** Enters `count` things of one kind that the format cannot carry. None is no loss. */
  lose(kind: string, count = 1): void {
    if (count > 0) this.#losses.set(kind, (this.#losses.get(kind) ?? 0) + count);
  }

  /** Everything lost so far, ascending by kind. */
  losses(): Loss[] {
    return [...this.#losses].map(([kind, count]) => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }

  /** `text` with lone surrogates replaced by U+FFFD, each such text entered as a loss: UTF-8 has no form for them. */
  wellFormed(text: string): string;
  wellFormed(text: Utf8Text): Utf8Text;
  wellFormed(text: string | Utf8Text): string | Utf8Text {
    const isText = typeof text === 'string';
    if (isText ? text.isWellFormed() : text.isWellFormed) return text;
    this.lose('texts with half a surrogate pair, which UTF-8 cannot hold (replaced by U+FFFD)');
    return isText ? text.toWellFormed() : text;
  }

  /** Ends the files that have not ended and lists all, ascending by path. */
  close(): FileEntry[] {
    for (const path of [...this.#files.keys()]) this.#end(path);
    return [...this.#closed.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The files begun so far, ascending. */
  paths(): string[] {
    return [...this.#files.keys(), ...this.#closed.keys()].sort();
  }

  #end(path: string): void {
    const file = this.#files.get(path);
    if (!file) return;
    this.#files.delete(path);
    this.#closed.set(path, { path, bytes: file.hash.bytes, rows: file.rows, sha256: file.hash.hex() });
  }
}

export interface Hash {
  /** Adds bytes, or the UTF-8 bytes of a text. Answers them; those of a text only until any hash is given another. */
  update(content: string | Uint8Array): Uint8Array;
  /** How many bytes were added. */
  readonly bytes: number;
  /** The digest in hex. Ends the hash. */
  hex(): string;
}

/** One thing that a format cannot carry, by kind. */
export interface Loss {
  readonly kind: string;
  readonly count: number;
}

/** What a format gives of a file at a time: text, or bytes of another kind. */
export type Piece = string | Utf8Text | Uint8Array;

/**
 * A piece of one file of an export; `content` of one that `isText` is UTF-8. Its bytes may be used again once the next piece is asked for. Pieces of
 * a file come in order; a file may begin before another has ended. `rows` counts its records. After a piece that `ends` its file none of that
 * file follows, so it can be closed.
 */
export interface Chunk {
  readonly path: string;
  readonly content: Uint8Array;
  readonly isText: boolean;
  readonly rows: number;
  readonly ends: boolean;
}
