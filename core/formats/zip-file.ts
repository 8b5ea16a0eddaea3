import { Zip, ZipDeflate } from 'fflate';

/** A zip archive made entry by entry, with the same bytes for the same entries whenever and wherever it is made. */
export class ZipFile {
  readonly #zip: Zip;
  #ready: Uint8Array[] = [];

  constructor() {
    this.#zip = new Zip((error, part) => {
      if (error) throw error;
      this.#ready.push(part);
    });
  }

  /** Adds the file `path`, with `/` between folders. */
  add(path: string, content: Uint8Array): void {
    const entry = new ZipDeflate(path, { level: 6 });
    // The earliest time that a zip can hold: it has no time zone, so a real one would differ from place to place.
    entry.mtime = new Date(1980, 0, 1);
    this.#zip.add(entry);
    entry.push(content, true);
  }

  /** Ends the archive; its last bytes are then there to take. */
  end(): void {
    this.#zip.end();
  }

  /** The bytes that came since it was asked last. */
  take(): Uint8Array {
    const parts = this.#ready;
    this.#ready = [];
    const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}
