import { basename, join } from 'node:path';
import { decodeTextFile, importLimit } from '../import/decode.ts';
import type { FileSystem } from '../storage/file-system.ts';
import { sha256 } from '../storage/strict-json.ts';

/** A text as an import takes it from a file, and what is kept of the file beside it. */
export interface ReadText {
  readonly text: string;
  readonly original: Uint8Array;
}

/** The texts that a file of another kind than plain text may become an article by; none for one that cannot be read. */
export type ReadTexts = (name: string, bytes: Uint8Array) => Promise<readonly ReadText[]>;

/**
 * What is wanted of the files in `folder` and the folders in it, by the sha256 of its bytes: as it lies there, or as an import takes it from
 * there. Each is given once. The folder may be another project. Hidden files, links and files too large to import are passed over.
 * `wanted` loses what was given.
 */
export async function* foundTexts(
  fileSystem: FileSystem,
  folder: string,
  wanted: Set<string>,
  readTexts: ReadTexts = async () => [],
): AsyncGenerator<{ sha256: string; bytes: Uint8Array }> {
  for await (const path of filesBelow(fileSystem, folder)) {
    if (wanted.size === 0) return;
    const bytes = await fileSystem.readFile(path);
    yield* taken(bytes);
    for (const { text, original } of await textsOf(basename(path), bytes, readTexts)) {
      yield* taken(original);
      yield* taken(Buffer.from(text));
    }
  }

  function* taken(bytes: Uint8Array): Generator<{ sha256: string; bytes: Uint8Array }> {
    const hash = sha256(bytes);
    if (wanted.delete(hash)) yield { sha256: hash, bytes };
  }
}

async function textsOf(name: string, bytes: Uint8Array, readTexts: ReadTexts): Promise<readonly ReadText[]> {
  try {
    return [{ text: decodeTextFile(name, bytes).text, original: bytes }];
  } catch {
    // No plain text, or none that would be imported.
    return readTexts(name, bytes);
  }
}

async function* filesBelow(fileSystem: FileSystem, folder: string): AsyncGenerator<string> {
  for (const name of await fileSystem.readdir(folder)) {
    if (name.startsWith('.')) continue;
    const path = join(folder, name);
    const { kind, size } = await fileSystem.stat(path);
    if (kind === 'folder') yield* filesBelow(fileSystem, path);
    else if (kind === 'file' && size <= importLimit) yield path;
  }
}
