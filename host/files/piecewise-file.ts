import { writeAll } from '../storage/durable-write.ts';
import type { FileSystem, OpenFile } from '../storage/file-system.ts';

// How much is gathered before it is written, in bytes: an export comes in very many small pieces.
const enough = 64 * 1024;
const least = 4096;
// The most bytes of UTF-8 that one UTF-16 code unit becomes.
const widest = 3;

/** A new file that is written piece by piece, from its beginning to its end. Whoever opened it closes it. */
export class PiecewiseFile {
  readonly #file: OpenFile;
  /** What was gathered, at its beginning; one and the same for all pieces, since thousands of them would lie about until they are collected. */
  #room = Buffer.alloc(0);
  #filled = 0;
  #written = 0;
  #isClosed = false;

  private constructor(file: OpenFile) {
    this.#file = file;
  }

  /** Makes the file at `path`, which is not there yet. */
  static async make(fileSystem: FileSystem, path: string): Promise<PiecewiseFile> {
    return new PiecewiseFile(await fileSystem.open(path, 'wx'));
  }

  /** How many bytes it has been given. */
  get size(): number {
    return this.#written + this.#filled;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Adds bytes, or the UTF-8 of a text. Once it returns the bytes may be used again. */
  async append(content: Uint8Array | string): Promise<void> {
    const most = typeof content === 'string' ? content.length * widest : content.length;
    if (most > enough) return this.#appendLarge(typeof content === 'string' ? Buffer.from(content) : content);
    if (this.#filled + most > enough) await this.flush();
    this.#grow(this.#filled + most);
    if (typeof content === 'string') this.#filled += this.#room.write(content, this.#filled);
    else {
      this.#room.set(content, this.#filled);
      this.#filled += content.length;
    }
  }

  /** Writes all that was gathered. */
  async flush(): Promise<OpenFile> {
    const gathered = this.#room.subarray(0, this.#filled);
    this.#filled = 0;
    await this.#write(gathered);
    return this.#file;
  }

  /** Closes it, without what was gathered and not written. */
  async close(): Promise<void> {
    this.#room = Buffer.alloc(0);
    this.#filled = 0;
    await this.#file.close();
    this.#isClosed = true;
  }

  async #appendLarge(bytes: Uint8Array): Promise<void> {
    await this.flush();
    await this.#write(bytes);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await writeAll(this.#file, bytes, this.#written);
    this.#written += bytes.length;
  }

  #grow(size: number): void {
    if (size <= this.#room.length) return;
    const room = Buffer.allocUnsafeSlow(Math.min(enough, Math.max(least, size, 2 * this.#room.length)));
    room.set(this.#room.subarray(0, this.#filled));
    this.#room = room;
  }
}
