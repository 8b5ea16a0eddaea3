import { isUtf8 } from 'node:buffer';
import { basename, join } from 'node:path';
import { decodeTextFile, importLimit } from '../import/decode.ts';
import type { FileSystem } from '../storage/file-system.ts';
import { sha256 } from '../storage/strict-json.ts';

/** A text as an import reads it from a file, and the original that is stored with it. */
export interface ReadText {
  readonly text: string;
  readonly original: Uint8Array;
}

/** A text or an original of an article, and its place in the project. */
export interface WantedText {
  readonly id: string;
  readonly title: string;
  readonly originalName: string;
  readonly part: 'text' | 'original';
  readonly path: string;
}

/**
 * The texts that an import may read from a file that is not plain text. `encoding` is used if the file does not declare its own. Empty for a file
 * that cannot be read.
 */
export type ReadTexts = (name: string, bytes: Uint8Array, encoding: string | null) => Promise<readonly ReadText[]>;

/**
 * Searches the files in `folder` and its subfolders for what is wanted, by the sha256 of the bytes: either the file itself, or what an import reads
 * from it. Yields each once. The folder may be another project. Hidden files, links and files too large to import are skipped. `left` holds the keys
 * of `wanted` that have not been found yet; keys that are yielded are removed from it.
 */
export async function* foundTexts(
  fileSystem: FileSystem,
  folder: string,
  wanted: ReadonlyMap<string, readonly WantedText[]>,
  left: Set<string>,
  readTexts: ReadTexts = async () => [],
): AsyncGenerator<{ sha256: string; bytes: Uint8Array }> {
  for await (const path of filesBelow(fileSystem, folder)) {
    if (left.size === 0) return;
    const bytes = await fileSystem.readFile(path);
    const isOriginal = wanted.get(sha256(bytes))?.some(({ part }) => part === 'original') ?? false;
    yield* taken(bytes);
    // If a person named the encoding at the import, no record says which it was. The hash of the text shows which one fits.
    for (const encoding of [null, ...(isOriginal && !isUtf8Text(bytes) ? legacyEncodings : [])]) {
      const before = left.size;
      for (const { text, original } of await textsOf(basename(path), bytes, readTexts, encoding)) {
        yield* taken(original);
        yield* taken(Buffer.from(text));
      }
      if (left.size < before) break;
    }
  }

  function* taken(bytes: Uint8Array): Generator<{ sha256: string; bytes: Uint8Array }> {
    const hash = sha256(bytes);
    if (left.delete(hash)) yield { sha256: hash, bytes };
  }
}

// The encodings of the WHATWG Encoding Standard besides UTF-8, the most common first.
const legacyEncodings: readonly string[] = [
  ...['windows-1252', 'windows-1251', 'windows-1250', 'gb18030', 'shift_jis', 'big5', 'euc-kr', 'euc-jp', 'koi8-r', 'koi8-u'],
  ...['windows-1253', 'windows-1254', 'windows-1255', 'windows-1256', 'windows-1257', 'windows-1258', 'windows-874', 'macintosh'],
  ...['utf-16le', 'utf-16be', 'iso-2022-jp', 'gbk', 'ibm866', 'x-mac-cyrillic'],
  ...[2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16].map((part) => `iso-8859-${part}`),
];

// UTF-16 and ISO-2022-JP can be valid UTF-8 byte by byte, but contain bytes that no text in UTF-8 has.
const isUtf8Text = (bytes: Uint8Array) => isUtf8(bytes) && !bytes.includes(0x00) && !bytes.includes(0x1b);

async function textsOf(name: string, bytes: Uint8Array, readTexts: ReadTexts, encoding: string | null): Promise<readonly ReadText[]> {
  try {
    return [{ text: decodeTextFile(name, bytes, encoding).text, original: bytes }];
  } catch {
    // No plain text, or none that would be imported.
    return readTexts(name, bytes, encoding);
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
