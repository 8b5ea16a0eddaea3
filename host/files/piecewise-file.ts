import { writeAll } from '../storage/durable-write.ts';
import type { FileSystem, OpenFile } from '../storage/file-system.ts';

// How much is buffered before it is written, in bytes, because an export comes in very many small pieces.
const enough = 64 * 1024;
const least = 4096;
// The most bytes that one UTF-16 code unit has in UTF-8.
const widest = 3;
// A file that is kept is flushed each time this many more bytes have been written, so that little is left to flush at the end.
const flushedAtOnce = 8_000_000;

/**
 * A new file that is written piece by piece, from its beginning to its end. While one buffer is being written, the next is filled. An error in
 * writing may therefore be thrown when a later piece is passed, or at the end. Whoever opened the file closes it.
 */
export class PiecewiseFile {
  readonly #file: OpenFile;
  readonly #isKept: boolean;
  /** The buffer that is being filled. It is reused; with a new one for each piece, thousands would wait for garbage collection. */
  #room = Buffer.alloc(0);
  /** The buffer that is being written. */
  #other = Buffer.alloc(0);
  #filled = 0;
  #written = 0;
  #flushed = 0;
  #writing: Promise<void> = Promise.resolve();
  #flushing: Promise<void> | null = null;
  #failure: { readonly error: unknown } | null = null;
  #isClosed = false;

  private constructor(file: OpenFile, isKept: boolean) {
    this.#file = file;
    this.#isKept = isKept;
  }

  /** Creates the file at `path`, which must not exist yet. A file that `isKept` is flushed to the disk as it grows; a temporary one is not. */
  static async make(fileSystem: FileSystem, path: string, isKept: boolean): Promise<PiecewiseFile> {
    return new PiecewiseFile(await fileSystem.open(path, 'wx'), isKept);
  }

  /** How many bytes have been passed to it. */
  get size(): number {
    return this.#written + this.#filled;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Adds bytes, or the UTF-8 of a text. The caller may reuse the bytes once it returns. */
  async append(content: Uint8Array | string): Promise<void> {
    const most = typeof content === 'string' ? content.length * widest : content.length;
    if (most > enough) return this.#appendLarge(typeof content === 'string' ? Buffer.from(content) : content);
    if (this.#filled + most > enough) await this.#handOver();
    this.#grow(this.#filled + most);
    if (typeof content === 'string') this.#filled += this.#room.write(content, this.#filled);
    else {
      this.#room.set(content, this.#filled);
      this.#filled += content.length;
    }
  }

  /** Writes everything that is buffered, and returns once no write is in progress. */
  async flush(): Promise<OpenFile> {
    await this.#handOver();
    await this.#writing;
    await this.#flushing;
    this.#expectWell();
    return this.#file;
  }

  /** Closes the file and discards what is buffered but not written. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#flushing;
    this.#room = Buffer.alloc(0);
    this.#other = this.#room;
    this.#filled = 0;
    await this.#file.close();
    this.#isClosed = true;
  }

  async #appendLarge(bytes: Uint8Array): Promise<void> {
    await this.#handOver();
    this.#write(bytes);
    await this.#writing;
    this.#expectWell();
  }

  async #handOver(): Promise<void> {
    await this.#writing;
    this.#expectWell();
    const gathered = this.#room.subarray(0, this.#filled);
    [this.#room, this.#other] = [this.#other, this.#room];
    this.#filled = 0;
    this.#write(gathered);
  }

  #write(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const position = this.#written;
    this.#written += bytes.length;
    this.#writing = this.#caught(writeAll(this.#file, bytes, position)).then(() => this.#flushSome());
  }

  #flushSome(): void {
    if (!this.#isKept || this.#failure || this.#flushing || this.#written - this.#flushed < flushedAtOnce) return;
    this.#flushed = this.#written;
    this.#flushing = this.#caught(this.#file.sync()).then(() => {
      this.#flushing = null;
    });
  }

  async #caught(step: Promise<void>): Promise<void> {
    try {
      await step;
    } catch (error) {
      this.#failure ??= { error };
    }
  }

  #expectWell(): void {
    if (this.#failure) throw this.#failure.error;
  }

  #grow(size: number): void {
    if (size <= this.#room.length) return;
    const room = Buffer.allocUnsafeSlow(Math.min(enough, Math.max(least, size, 2 * this.#room.length)));
    room.set(this.#room.subarray(0, this.#filled));
    this.#room = room;
  }
}
