import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw, deflateRawSync } from 'node:zlib';
import { Zip } from 'fflate';
import { AppError, type ExportProgress } from '../core/contract.ts';
import type { ExportRequest } from '../core/export-request.ts';
import type { Chunk } from '../core/formats/format.ts';
import { expectNotCancelled, runExport } from './dataset-export.ts';
import type { DatasetProject } from './dataset-source.ts';
import { writeAll } from './storage/durable-write.ts';
import { notSaved } from './storage/failures.ts';
import { nodeFileSystem, type OpenFile } from './storage/file-system.ts';
import { mostZipBytes, mostZipFiles, ZipEntry } from './zip-entry.ts';

// A file that comes in one piece of at most so many bytes is packed at once; the pieces of others wait on the disk until it is their turn.
const smallFile = 1_000_000;
const level = 6;

/** Where a zip was written, how many bytes it has. */
export interface ZippedExport {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes the dataset of `project` as a zip archive into `folder`, which is empty and whose caller removes it. The same project gives the same
 * bytes. Memory holds one piece of the dataset at a time.
 * @throws AppError `cancelled` once `signal` is aborted, `too-large` for a dataset that no zip can hold, `not-saved`, `corrupt`
 */
export async function zipExport(
  project: DatasetProject,
  request: ExportRequest,
  folder: string,
  onProgress: (progress: ExportProgress) => void = () => {},
  signal?: AbortSignal,
): Promise<ZippedExport> {
  const writer = new ZipWriter(folder, signal);
  try {
    await writer.begin();
    await runExport(project, request, (chunk) => writer.take(chunk), onProgress, signal);
    const bytes = await writer.finish((done, total) => onProgress({ step: 'packing', done, total }));
    return { path: writer.path, bytes };
  } catch (error) {
    throw notSaved(error, 'The dataset', 'Nothing was written. The project is as it was.');
  } finally {
    await writer.close();
  }
}

interface Spooled {
  readonly path: string;
  readonly place: string;
  readonly file: OpenFile;
  size: number;
}

const none = new Uint8Array(0);

class ZipWriter {
  readonly path: string;
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;
  readonly #zip: Zip;
  readonly #spooled = new Map<string, Spooled>();
  #file: OpenFile | null = null;
  #parts: Uint8Array[] = [];
  #bytes = 0;
  #entries = 0;

  constructor(folder: string, signal: AbortSignal | undefined) {
    this.#folder = folder;
    this.path = join(folder, 'dataset.zip');
    this.#signal = signal;
    this.#zip = new Zip((error, part) => {
      if (error) throw error;
      this.#parts.push(part);
    });
  }

  async begin(): Promise<void> {
    this.#file = await nodeFileSystem.open(this.path, 'wx');
  }

  async take({ path, content, ends }: Chunk): Promise<void> {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content;
    let spooled = this.#spooled.get(path);
    if (!spooled && ends && bytes.length <= smallFile) {
      const entry = this.#add(path);
      entry.push(bytes, true);
      entry.ondata(null, deflateRawSync(bytes, { level }), true);
      return this.#flush();
    }
    if (!spooled) {
      const place = join(this.#folder, `${this.#entries + this.#spooled.size}.part`);
      spooled = { path, place, file: await nodeFileSystem.open(place, 'wx'), size: 0 };
      this.#spooled.set(path, spooled);
    }
    await writeAll(spooled.file, bytes, spooled.size);
    spooled.size += bytes.length;
    if (ends) await this.#pack(spooled, () => {});
  }

  /** Packs what waits and ends the archive. Returns its bytes. */
  async finish(onProgress: (done: number, total: number) => void): Promise<number> {
    const total = [...this.#spooled.values()].reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    for (const spooled of [...this.#spooled.values()]) {
      await this.#pack(spooled, (bytes) => {
        done += bytes;
        onProgress(done, total);
      });
    }
    this.#zip.end();
    await this.#flush();
    return this.#bytes;
  }

  /** Closes every file that is open still. */
  async close(): Promise<void> {
    for (const { file } of this.#spooled.values()) await file.close();
    await this.#file?.close();
  }

  async #pack(spooled: Spooled, onBytes: (count: number) => void): Promise<void> {
    const { path, place, file } = spooled;
    this.#spooled.delete(path);
    await file.close();
    const entry = this.#add(path);
    const count = async function* (this: ZipWriter, pieces: AsyncIterable<Buffer>) {
      for await (const piece of pieces) {
        expectNotCancelled(this.#signal);
        entry.push(piece, false);
        onBytes(piece.length);
        yield piece;
      }
    }.bind(this);
    await pipeline(createReadStream(place), count, createDeflateRaw({ level }), async (packed: AsyncIterable<Uint8Array<ArrayBuffer>>) => {
      for await (const part of packed) {
        entry.ondata(null, part, false);
        await this.#flush();
      }
    });
    entry.push(none, true);
    entry.ondata(null, none, true);
    await this.#flush();
    await nodeFileSystem.unlink(place);
  }

  #add(path: string): ZipEntry {
    const entry = new ZipEntry(path);
    this.#zip.add(entry);
    this.#entries++;
    if (this.#entries > mostZipFiles) throw tooLarge();
    return entry;
  }

  async #flush(): Promise<void> {
    const bytes = Buffer.concat(this.#parts);
    this.#parts = [];
    if (!this.#file || bytes.length === 0) return;
    await writeAll(this.#file, bytes, this.#bytes);
    this.#bytes += bytes.length;
    if (this.#bytes > mostZipBytes) throw tooLarge();
  }
}

function tooLarge(): AppError {
  return new AppError(
    'too-large',
    'This dataset is too large for a zip, which holds 65,535 files and 4 GB.',
    'Export it into a folder: with “pressmark export”, or in the desktop app.',
    'Nothing was written.',
  );
}
