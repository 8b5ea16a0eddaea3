import { writeAll } from '../storage/durable-write.ts';
import type { FileSystem, OpenFile } from '../storage/file-system.ts';

// How much is gathered before it is written, in bytes: an export comes in very many small pieces.
const enough = 256 * 1024;

/** A new file that is written piece by piece, from its beginning to its end. Whoever opened it closes it. */
export class PiecewiseFile {
  readonly #file: OpenFile;
  #gathered: Uint8Array[] = [];
  #waiting = 0;
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
    return this.#written + this.#waiting;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Adds bytes, which may not change any more. */
  async append(bytes: Uint8Array): Promise<void> {
    this.#gathered.push(bytes);
    this.#waiting += bytes.length;
    if (this.#waiting >= enough) await this.flush();
  }

  /** Writes all that was gathered. */
  async flush(): Promise<OpenFile> {
    const bytes = Buffer.concat(this.#gathered);
    this.#gathered = [];
    this.#waiting = 0;
    await writeAll(this.#file, bytes, this.#written);
    this.#written += bytes.length;
    return this.#file;
  }

  /** Closes it, without what was gathered and not written. */
  async close(): Promise<void> {
    await this.#file.close();
    this.#isClosed = true;
  }
}
