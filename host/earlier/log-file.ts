import { createHash, type Hash } from 'node:crypto';
import { expectSize, writeAll } from '../storage/durable-write.ts';
import { codeOf, type FileSystem, type OpenFile } from '../storage/file-system.ts';

// Small enough that hashing one piece never delays an edit.
const pieceBytes = 1 << 18;

/**
 * Yields the bytes from `start` to `end` of a file piece by piece, fewer if the file ends before. @throws the reason of `signal` once it is aborted
 */
export async function* piecesOf(file: OpenFile, start: number, end: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let at = start; at < end; ) {
    signal?.throwIfAborted();
    const piece = await file.read(at, Math.min(pieceBytes, end - at));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}

/** The hash of the first `bytes` of the file at `path`; null if the file is missing or shorter. */
export async function hashOfStart(fileSystem: FileSystem, path: string, bytes: number, signal?: AbortSignal): Promise<Hash | null> {
  const file = await opened(fileSystem, path);
  if (!file) return null;
  try {
    const hash = createHash('sha256');
    let read = 0;
    for await (const piece of piecesOf(file, 0, bytes, signal)) {
      hash.update(piece);
      read += piece.length;
    }
    return read === bytes ? hash : null;
  } finally {
    await file.close();
  }
}

/**
 * Appends `pieces` to the log at `path`, whose length is `bytes`; null creates the log. Returns the new length once all of it is on the disk. The
 * name of a new log is not on the disk yet.
 */
export async function appendToLog(
  fileSystem: FileSystem,
  path: string,
  bytes: number | null,
  pieces: AsyncIterable<Uint8Array>,
): Promise<number> {
  const file = await fileSystem.open(path, bytes === null ? 'wx' : 'r+');
  try {
    let end = bytes ?? 0;
    await expectSize(file, end);
    const start = end;
    for await (const piece of pieces) {
      await writeAll(file, piece, end);
      end += piece.length;
    }
    if (end === start) return end;
    await expectSize(file, end);
    await file.sync();
    return end;
  } finally {
    await file.close();
  }
}

/** Restores the log at `path` to what it was before an append: `bytes` long, or, for null, missing. */
export async function cutBack(fileSystem: FileSystem, path: string, bytes: number | null): Promise<void> {
  if (bytes === null) return fileSystem.unlink(path);
  const file = await fileSystem.open(path, 'r+');
  try {
    await file.truncate(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Opens the file at `path`; null if it does not exist. */
export async function opened(fileSystem: FileSystem, path: string): Promise<OpenFile | null> {
  try {
    return await fileSystem.open(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
