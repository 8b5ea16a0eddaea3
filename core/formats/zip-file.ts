import { Zip, ZipDeflate, type ZipInputFile, ZipPassThrough } from 'fflate';
import { Utf8Text } from './utf8-text.ts';

// So many bytes of a long file are packed at a time.
const enough = 1_000_000;
const level = 6;

/** A zip archive made entry by entry, with the same bytes for the same entries whenever and wherever it is made. */
export class ZipFile {
  readonly #zip: Zip;
  readonly #room = new Utf8Text();
  #ready: Uint8Array[] = [];

  constructor() {
    this.#zip = new Zip((error, part) => {
      if (error) throw error;
      this.#ready.push(part);
    });
  }

  /** Adds the file `path`, with `/` between folders, which holds all of `pieces`: texts, and bytes of them in UTF-8. It is packed. */
  add(path: string, pieces: Iterable<string | Uint8Array>): void {
    const room = this.#room.clear();
    const entry = this.#begin(new ZipDeflate(path, { level }));
    for (const piece of pieces) {
      if (room.length >= enough) {
        entry.push(room.bytes(), false);
        room.clear();
      }
      if (typeof piece === 'string') room.add(piece);
      else room.addBytes(piece);
    }
    entry.push(room.bytes(), true);
  }

  /** Adds the file `path` with `text` as it is: for very many small ones, which take longer to pack than all else that is done with them. */
  store(path: string, text: string): void {
    // Its bytes stay with the archive until they are taken.
    this.#begin(new ZipPassThrough(path)).push(this.#room.clear().add(text).copy(), true);
  }

  #begin<Entry extends ZipInputFile>(entry: Entry): Entry {
    // The earliest time that a zip can hold: it has no time zone, so a real one would differ from place to place.
    entry.mtime = new Date(1980, 0, 1);
    this.#zip.add(entry);
    return entry;
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
