import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { createDeflateRaw, deflateRawSync } from 'node:zlib';
import { Zip } from 'fflate';
import type { ExportProgress } from '../../core/contract/dataset.ts';
import { AppError } from '../../core/failure.ts';
import type { ExportRequest } from '../../core/formats/export-request.ts';
import type { Chunk } from '../../core/formats/ledger.ts';
import { expectNotCancelled } from '../cancellation.ts';
import { PiecewiseFile } from '../files/piecewise-file.ts';
import { mostZipBytes, mostZipFiles, ZipEntry } from '../files/zip-entry.ts';
import { notSaved } from '../storage/failures.ts';
import { type FileSystem, nodeFileSystem } from '../storage/file-system.ts';
import { runExport } from './dataset-export.ts';
import type { DatasetProject } from './dataset-source.ts';

// A file that comes in one piece of at most this many bytes is packed at once. The pieces of other files wait on the disk for their turn.
const smallFile = 1_000_000;
// 6, the usual level, makes the zip a sixteenth smaller and takes three times as long.
const level = 4;
// By default zlib allocates 16 kB for each output; with thousands of small files these would wait for garbage collection.
const smallest = 256;

/** Where a zip was written, and its size in bytes. */
export interface ZippedExport {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes the dataset of `project` as a zip archive into `folder`, which must be empty and which the caller removes. The same project gives the same
 * bytes. Only one piece of the dataset is in memory at a time.
 * @throws AppError `cancelled` once `signal` is aborted, `too-large` for a dataset that no zip can hold, `not-saved`, `corrupt`
 */
export async function zipExport(
  project: DatasetProject,
  request: ExportRequest,
  folder: string,
  onProgress: (progress: ExportProgress) => void = () => {},
  signal?: AbortSignal,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<ZippedExport> {
  const writer = new ZipWriter(fileSystem, folder, signal);
  try {
    await writer.begin();
    await runExport(project, request, (chunk) => writer.take(chunk), onProgress, signal);
    const bytes = await writer.finish((done, total) => onProgress({ step: 'packing', done, total }));
    await writer.close();
    return { path: writer.path, bytes };
  } catch (error) {
    // The failure that led here is the one to report.
    await writer.close().catch(() => undefined);
    throw notSaved(error, 'The dataset', 'Nothing was written. The project is as it was.');
  }
}

interface Spooled {
  readonly path: string;
  readonly place: string;
  readonly file: PiecewiseFile;
}

const none = new Uint8Array(0);

class ZipWriter {
  readonly path: string;
  readonly #fileSystem: FileSystem;
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;
  readonly #zip: Zip;
  readonly #spooled = new Map<string, Spooled>();
  #file: PiecewiseFile | null = null;
  // One buffer for everything that is read back; with many, thousands would wait for garbage collection.
  readonly #piece = Buffer.allocUnsafeSlow(256 * 1024);
  #parts: Uint8Array[] = [];
  #entries = 0;

  constructor(fileSystem: FileSystem, folder: string, signal: AbortSignal | undefined) {
    this.#fileSystem = fileSystem;
    this.#folder = folder;
    this.path = join(folder, 'dataset.zip');
    this.#signal = signal;
    this.#zip = new Zip((error, part) => {
      if (error) throw error;
      this.#parts.push(part);
    });
  }

  async begin(): Promise<void> {
    this.#file = await PiecewiseFile.make(this.#fileSystem, this.path, false);
  }

  async take({ path, content: bytes, ends }: Chunk): Promise<void> {
    let spooled = this.#spooled.get(path);
    if (!spooled && ends && bytes.length <= smallFile) {
      const entry = this.#add(path);
      entry.push(bytes, true);
      entry.ondata(null, deflateRawSync(bytes, { level, chunkSize: Math.max(smallest, bytes.length) }), true);
      return this.#flush();
    }
    if (!spooled) {
      const place = join(this.#folder, `${this.#entries + this.#spooled.size}.part`);
      spooled = { path, place, file: await PiecewiseFile.make(this.#fileSystem, place, false) };
      this.#spooled.set(path, spooled);
    }
    await spooled.file.append(bytes);
    if (ends) await this.#pack(spooled, () => {});
  }

  /** Packs the waiting files and ends the archive. Returns its size in bytes. */
  async finish(onProgress: (done: number, total: number) => void): Promise<number> {
    const total = [...this.#spooled.values()].reduce((sum, { file }) => sum + file.size, 0);
    let done = 0;
    for (const spooled of [...this.#spooled.values()]) {
      await this.#pack(spooled, (bytes) => {
        done += bytes;
        onProgress(done, total);
      });
    }
    this.#zip.end();
    await this.#flush();
    await this.#file?.flush();
    return this.#file?.size ?? 0;
  }

  /** Closes all files that are still open. */
  async close(): Promise<void> {
    for (const { file } of this.#spooled.values()) await file.close();
    if (this.#file && !this.#file.isClosed) await this.#file.close();
  }

  async #pack(spooled: Spooled, onBytes: (count: number) => void): Promise<void> {
    const { path, place, file } = spooled;
    this.#spooled.delete(path);
    await file.flush();
    await file.close();
    const entry = this.#add(path);
    const deflate = createDeflateRaw({ level });
    deflate.on('data', (part: Uint8Array<ArrayBuffer>) => entry.ondata(null, part, false));
    const spool = await this.#fileSystem.open(place, 'r');
    try {
      for (let position = 0; ; ) {
        expectNotCancelled(this.#signal);
        const piece = await spool.read(position, this.#piece.length, this.#piece);
        if (piece.length === 0) break;
        position += piece.length;
        entry.push(piece, false);
        await new Promise<void>((resolve, reject) => deflate.write(piece, (error) => (error ? reject(error) : resolve())));
        await this.#flush();
        onBytes(piece.length);
      }
      deflate.end();
      await finished(deflate);
    } finally {
      deflate.destroy();
      await spool.close();
    }
    entry.push(none, true);
    entry.ondata(null, none, true);
    await this.#flush();
    await this.#fileSystem.unlink(place);
  }

  #add(path: string): ZipEntry {
    const entry = new ZipEntry(path);
    this.#zip.add(entry);
    this.#entries++;
    if (this.#entries > mostZipFiles) throw tooLarge();
    return entry;
  }

  async #flush(): Promise<void> {
    const parts = this.#parts;
    this.#parts = [];
    for (const part of parts) await this.#file?.append(part);
    if ((this.#file?.size ?? 0) > mostZipBytes) throw tooLarge();
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
