import { Utf8Text } from './utf8-text.ts';

/** A finished file of an export: its SHA-256 in hex, its size in UTF-8 bytes, and how many records it contains. */
export interface FileEntry {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly rows: number;
}

/** The ledger of one export run: what was written to each file, and what could not be exported. Owned by the run that made it. */
export class Ledger {
  readonly #newHash: () => Hash;
  readonly #files = new Map<string, { hash: Hash; rows: number }>();
  readonly #closed = new Map<string, FileEntry>();
  readonly #losses = new Map<string, number>();

  constructor(newHash: () => Hash) {
    this.#newHash = newHash;
  }

  /**
   * Enters a piece of the file `path` and returns it as the chunk to write. An empty piece also begins the file. @throws RangeError if the file
   * has ended
   */
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

  /** Enters the last piece of a file, or all of it, so that it need not be kept open. For formats with many files. */
  whole(path: string, piece: Piece, rows: number): Chunk {
    const chunk = this.chunk(path, piece, rows);
    this.#end(path);
    return { ...chunk, ends: true };
  }

  /** Enters `count` things of one kind that the format cannot represent. A count of 0 is not a loss. */
  lose(kind: string, count = 1): void {
    if (count > 0) this.#losses.set(kind, (this.#losses.get(kind) ?? 0) + count);
  }

  /** Everything lost so far, ascending by kind. */
  losses(): Loss[] {
    return [...this.#losses].map(([kind, count]) => ({ kind, count })).sort((a, b) => (a.kind < b.kind ? -1 : 1));
  }

  /** `text` with lone surrogates replaced by U+FFFD, because UTF-8 cannot represent them. Each such text is entered as a loss. */
  wellFormed(text: string): string;
  wellFormed(text: Utf8Text): Utf8Text;
  wellFormed(text: string | Utf8Text): string | Utf8Text {
    const isText = typeof text === 'string';
    if (isText ? text.isWellFormed() : text.isWellFormed) return text;
    this.lose('texts with half a surrogate pair, which UTF-8 cannot hold (replaced by U+FFFD)');
    return isText ? text.toWellFormed() : text;
  }

  /** Ends the remaining files and lists all files, ascending by path. */
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
  /** Adds bytes, or the UTF-8 bytes of a text, and returns them. Those of a text are only valid until any hash is given another one. */
  update(content: string | Uint8Array): Uint8Array;
  /** How many bytes were added. */
  readonly bytes: number;
  /** The digest in hex. Ends the hash. */
  hex(): string;
}

/** Something that a format cannot represent, by kind. */
export interface Loss {
  readonly kind: string;
  readonly count: number;
}

/** What a format writes to a file at a time: text, or bytes of any kind. */
export type Piece = string | Utf8Text | Uint8Array;

/**
 * A piece of one file of an export. If `isText`, `content` is UTF-8. Its bytes may be reused once the next piece is requested. Pieces of a file
 * come in order; a file may begin before another has ended. `rows` counts its records. After a piece with `ends`, no more pieces of that file
 * follow, so it can be closed.
 */
export interface Chunk {
  readonly path: string;
  readonly content: Uint8Array;
  readonly isText: boolean;
  readonly rows: number;
  readonly ends: boolean;
}
