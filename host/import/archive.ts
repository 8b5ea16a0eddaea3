import type { Readable } from 'node:stream';
import { type Entry, fromBufferPromise } from 'yauzl';
import { importLimit } from './decode.ts';
import { damaged, FileRefusal } from './file-refusal.ts';

/** One file of an archive: its path inside the archive, and its bytes. */
export interface ArchivedFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Limits of an archive: the number of files, the bytes of all files together, and how many times smaller than its content a packed file may be. */
export const archiveLimits = { files: 2000, bytes: 200_000_000, ratio: 100 } as const;

/** A file this small cannot be a bomb, however well it packs. */
export const smallBytes = 100_000;

/**
 * The files of a zip archive, in its order, without folders. Nothing is written to the disk. Sizes are counted as the bytes arrive, whatever the
 * archive says about them.
 * @throws FileRefusal
 */
export async function readArchive(bytes: Uint8Array, kind = 'ZIP archive'): Promise<ArchivedFile[]> {
  try {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const zip = await fromBufferPromise(source, { lazyEntries: true, autoClose: false });
    // Everything that the archive says about itself is checked before anything is unpacked.
    const entries: Entry[] = [];
    let total = 0;
    for await (const entry of zip.eachEntry()) {
      expectHarmless(entry, importLimit);
      if (entry.fileName.endsWith('/')) continue;
      entries.push(entry);
      total += entry.uncompressedSize;
      if (entries.length > archiveLimits.files) throw tooLarge(`it holds more than ${archiveLimits.files} files`);
      if (total > archiveLimits.bytes) throw tooLarge(`unpacked, it has more than ${archiveLimits.bytes / 1_000_000} MB`);
    }
    const files: ArchivedFile[] = [];
    for (const entry of entries) files.push({ path: entry.fileName, bytes: await unpacked(await zip.openReadStreamPromise(entry), entry) });
    return files;
  } catch (error) {
    throw error instanceof FileRefusal ? error : refusalOf(error, kind);
  }
}

/** Throws for a file that must not be unpacked: one of more than `limit` bytes, an encrypted one, a link, or a bomb. @throws FileRefusal */
export function expectHarmless(entry: Entry, limit: number): void {
  if (entry.isEncrypted()) throw encrypted();
  const isLink = ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;
  if (isLink) throw unsafe('it holds a link to something outside it');
  const { uncompressedSize, compressedSize } = entry;
  if (uncompressedSize > smallBytes && uncompressedSize > compressedSize * archiveLimits.ratio) {
    throw unsafe(`a file in it unpacks to more than ${archiveLimits.ratio} times its size`);
  }
  if (uncompressedSize > limit) throw tooLarge(`a file in it has more than ${limit / 1_000_000} MB`);
}

/** All bytes of a file in an archive. @throws FileRefusal as soon as there are more of them than the archive says */
export async function unpacked(stream: Readable, { uncompressedSize }: Entry): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += (piece as Buffer).byteLength;
    if (size > uncompressedSize) {
      stream.destroy();
      throw unsafe('a file in it is larger than it says');
    }
    pieces.push(piece as Buffer);
  }
  return new Uint8Array(Buffer.concat(pieces, size));
}

const next = 'Unpack it with the program that made it, and import the files.';
const tooLarge = (reason: string) => new FileRefusal('too-large', reason, 'Split it into smaller archives and import those.');
const unsafe = (reason: string) => new FileRefusal('unsafe', reason, next);
const encrypted = () =>
  new FileRefusal('encrypted', 'it is locked with a password', 'Unlock it in the program that made it, then import that.');

/** Why yauzl could not read an archive. It gives its reasons only in words. */
export function refusalOf(error: unknown, kind: string): FileRefusal {
  const message = error instanceof Error ? error.message : '';
  if (/relative path|absolute path|invalid characters in fileName/.test(message)) return unsafe('it names a file outside itself');
  if (/too many bytes/.test(message)) return unsafe('a file in it is larger than it says');
  if (/encrypt/.test(message)) return encrypted();
  return damaged(kind);
}
