import { isUtf8 } from 'node:buffer';
import { type ArticleMeta, blocksOf, type ListedMeta, normalise } from '../../core/model/article.ts';
import { fromBackup, isBeside, lineOf, notOurs } from './check-lines.ts';
import { type FileSystem, namesIn, readEach } from './file-system.ts';
import { ArticleFile, isId, type Layout } from './layout.ts';
import { isIntactRecord, recordIn } from './record-file.ts';
import { decode, sha256 } from './strict-json.ts';

/** A file's bytes, or why it could not be read. */
export type Found = Uint8Array | Error;

/** What can be read of an article that has a record. */
export interface CheckedArticle {
  /** What its record says; null if it cannot be read. */
  readonly meta: ListedMeta | null;
  /** Whether its text can be read, so that annotations can be checked against it. */
  readonly isReadable: boolean;
}

/** The folder of an article as it was read: the names in it, and two of the files. */
interface FoundArticle {
  readonly names: readonly string[] | Error;
  readonly record: Found;
  readonly text: Found;
}

/** Checks the folder of the article `id` and adds problems to `problems`. Null if there is no record, because it is not an article without one. */
export async function checkedArticle(
  fileSystem: FileSystem,
  layout: Layout,
  id: string,
  found: FoundArticle,
  problems: string[],
): Promise<CheckedArticle | null> {
  let listed: ListedMeta | null = null;
  let at = `articles/${id}`;
  try {
    const { names } = found;
    if (names instanceof Error) throw names;
    for (const name of names.filter((one) => !/^(article\.json|text\.txt|original\.[a-z0-9]+)$/.test(one) && !isBeside(one)))
      problems.push(`articles/${id}/${name}: ${notOurs}`);
    if (!names.includes('article.json')) {
      const remedy = (await isThereToo(fileSystem, layout, id))
        ? 'its text is there as another article, so that this folder is not needed'
        : 'importing the file again completes it';
      problems.push(`articles/${id}: its import was broken off; ${remedy}`);
      return null;
    }
    const path = layout.articleRecord(id);
    at = layout.named(path);
    const record = expectRead(found.record);
    const { format: _, sha256: __, ...meta } = recordIn(record, layout.named(path), ArticleFile).found;
    const { headings: _h, textSha256: _t, originalSha256: _o, ...rest } = meta;
    listed = rest;
    if (!isIntactRecord(record))
      problems.push(
        `${layout.named(path)}: its checksum does not match, so it was edited outside Pressmark; check whether it is right, or ${fromBackup}`,
      );
    if (meta.id !== id) problems.push(`${layout.named(path)}: it describes ${meta.id}; ${fromBackup}`);
    at = layout.named(layout.text(id));
    const isReadable = await checkedFiles(fileSystem, layout, id, meta, expectRead(found.text), problems);
    return { meta: listed, isReadable };
  } catch (error) {
    problems.push(lineOf(at, error));
    return { meta: listed, isReadable: false };
  }
}

// Checks that the text of an article, and the original that it was read from, match the record. Returns whether the text is valid UTF-8.
async function checkedFiles(
  fileSystem: FileSystem,
  layout: Layout,
  id: string,
  meta: ArticleMeta,
  bytes: Uint8Array,
  problems: string[],
): Promise<boolean> {
  const name = layout.named(layout.text(id));
  const isImported = sha256(bytes) === meta.textSha256;
  if (!isImported) problems.push(`${name}: its content is not what was imported; ${fromBackup}`);
  if (meta.originalSha256 !== meta.textSha256) {
    const original = layout.original(id, meta.originalName);
    const kept = await fileSystem.readFile(original).catch((error: unknown) => {
      problems.push(lineOf(layout.named(original), error));
      return null;
    });
    if (kept && sha256(kept) !== meta.originalSha256) {
      problems.push(`${layout.named(original)}: its content is not what was imported; ${fromBackup}`);
    }
  }
  // If the text was changed, any other problem follows from that.
  if (!isImported) return isUtf8(bytes);
  const text = decode(bytes);
  if (normalise(text).text !== text) problems.push(`${name}: it is not normalised; ${fromBackup}`);
  const blocks = meta.headings.length > 0 ? blocksOf(text).length : 0;
  if (meta.headings.some((line) => line >= blocks))
    problems.push(`${layout.named(layout.articleRecord(id))}: a heading is beyond the end of the text; ${fromBackup}`);
  return true;
}

// Whether the text of the article `id` was also imported under another name. An id ends with the hash of the text.
async function isThereToo(fileSystem: FileSystem, layout: Layout, id: string): Promise<boolean> {
  const others = (await namesIn(fileSystem, layout.articles)).filter((other) => other !== id && isId(other));
  const records = others.filter((other) => other.slice(-8) === id.slice(-8)).map(layout.articleRecord);
  for await (const record of readEach(fileSystem, records)) if (!(record instanceof Error)) return true;
  return false;
}

/** @throws the error that prevented reading the file */
export function expectRead(found: Found): Uint8Array {
  if (found instanceof Error) throw found;
  return found;
}
