import { crc32 } from 'node:zlib';
import { ZipPassThrough } from 'fflate';

/** The limits of the zip format without its later extensions. */
export const mostZipFiles = 65_535;
export const mostZipBytes = 0xff_ff_ff_ff;

/**
 * One file of a zip archive. `push` counts its content; the caller passes the bytes as the archive stores them, packed by deflate unless `isPacked`
 * is false, to `ondata` separately.
 */
export class ZipEntry extends ZipPassThrough {
  #sum = 0;

  constructor(path: string, isPacked = true) {
    super(path);
    this.compression = isPacked ? 8 : 0;
    // The earliest time that a zip can hold. A zip has no time zone, so a real time would differ from place to place.
    this.mtime = new Date(1980, 0, 1);
  }

  // The system's own checksum takes a fraction of the library's time.
  override push(content: Uint8Array, isLast = false): void {
    this.#sum = crc32(content, this.#sum);
    this.size += content.length;
    if (isLast) this.crc = this.#sum;
  }
}
