import { Zip, ZipDeflate, type ZipInputFile, ZipPassThrough } from 'fflate';
import { Utf8Text } from './utf8-text.ts';

// The approximate number of bytes of a long file to pack at a time.
const enough = 1_000_000;
const level = 6;

/** A zip archive built entry by entry. The same entries give the same bytes, whenever and wherever it is made. */
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

  /** Adds the file `path`, with `/` between folders, made of all `pieces`. Texts become UTF-8 bytes. The file is compressed. */
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

  /** Adds the file `path` with `text`, uncompressed. For very many small files, whose compression would take longer than everything else. */
  store(path: string, text: string): void {
    // The archive keeps these bytes until they are taken, so copy them.
    this.#begin(new ZipPassThrough(path)).push(this.#room.clear().add(text).copy(), true);
  }

  #begin<Entry extends ZipInputFile>(entry: Entry): Entry {
    // The earliest time that a zip file can store. It has no time zone, so a real time would differ from place to place.
    entry.mtime = new Date(1980, 0, 1);
    this.#zip.add(entry);
    return entry;
  }

  /** Ends the archive. Its last bytes can then be taken. */
  end(): void {
    this.#zip.end();
  }

  /** The bytes added since the last call. */
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
