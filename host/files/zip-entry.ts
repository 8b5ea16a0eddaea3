import { crc32 } from 'node:zlib';
import { ZipPassThrough } from 'fflate';

/** What the zip format without its later extensions can hold. */
export const mostZipFiles = 65_535;
export const mostZipBytes = 0xff_ff_ff_ff;

/**
 * One file of a zip archive. What it holds is counted by `push`; the bytes as the archive keeps them, packed by deflate unless `isPacked`
 * is false, are given to `ondata` beside it.
 */
export class ZipEntry extends ZipPassThrough {
  #sum = 0;

  constructor(path: string, isPacked = true) {
    super(path);
    this.compression = isPacked ? 8 : 0;
    // The earliest time that a zip can hold: it has no time zone, so a real one would differ from place to place.
    this.mtime = new Date(1980, 0, 1);
  }

  // The system's own sum takes a fraction of the library's time.
  override push(content: Uint8Array, isLast = false): void {
    this.#sum = crc32(content, this.#sum);
    this.size += content.length;
    if (isLast) this.crc = this.#sum;
  }
}
