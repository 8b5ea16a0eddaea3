import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';
import { codeOf, type FileSystem, namesIn } from '../storage/file-system.ts';
import { isId, type Layout } from '../storage/layout.ts';
import { decode, fitted, parseObject, sha256 } from '../storage/strict-json.ts';

// The number of lines that take a few milliseconds.
const atOnce = 100;

/**
 * A line of the log of records: the content of a small file of the project (`path` with `/`) from then on; `text` null means that the file was
 * removed. `size` (bytes) and `modified` (milliseconds since 1970) show whether it was written since.
 */
export const RecordLine = z.strictObject({
  path: z.string(),
  size: z.int().min(0),
  modified: z.number(),
  text: z.string().nullable(),
});
export type RecordLine = z.infer<typeof RecordLine>;

/** What is known of a record in force: when it was written, the hash of its content, and the bytes of its line. */
export interface KnownRecord {
  readonly size: number;
  readonly modified: number;
  readonly sha256: string;
  readonly lineBytes: number;
}

/** A line of the log, with its newline. */
function recordLine(line: RecordLine): Uint8Array {
  return Buffer.from(`${JSON.stringify(line)}\n`);
}

/** The lines of a log, in order. @throws SyntaxError or TypeError if it is damaged */
export function* recordLines(bytes: Uint8Array): Generator<RecordLine & { readonly lineBytes: number }> {
  for (let start = 0; start < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, start);
    const end = newline < 0 ? bytes.length : newline;
    yield { ...fitted(RecordLine, parseObject(decode(bytes.subarray(start, end)))), lineBytes: end + 1 - start };
    start = end + 1;
  }
}

/**
 * The small files of a project that a state holds, as paths in `layout`: those that all annotators share, the record of each article and annotator,
 * and the snapshots of the annotators `withSnapshots`. Files that annotators write come first.
 */
export async function recordPaths(fileSystem: FileSystem, layout: Layout, withSnapshots: readonly string[]): Promise<string[]> {
  const annotators = (await namesIn(fileSystem, layout.annotators)).filter(isId);
  const paths: string[] = [];
  for (const id of withSnapshots) {
    const sets = (await namesIn(fileSystem, layout.sets(id))).filter((name) => isId(name.replace(/\.json$/, '')) && name.endsWith('.json'));
    paths.push(layout.entities(id), layout.links(id), layout.changes(id), ...sets.map((name) => join(layout.sets(id), name)));
  }
  paths.push(...annotators.map((id) => layout.annotatorRecord(id)));
  paths.push(...(await namesIn(fileSystem, layout.articles)).filter(isId).map((id) => layout.articleRecord(id)));
  paths.push(layout.codebook, layout.splits, layout.project, join(layout.root, '.gitattributes'));
  return paths;
}

/**
 * The lines that bring `known`, the records in force by path, up to date with the files at `paths`; `known` is updated too. If a file is not text,
 * for example because it is damaged, the record that was kept of it stays in force.
 */
export async function* changedRecords(
  fileSystem: FileSystem,
  layout: Layout,
  paths: readonly string[],
  known: Map<string, KnownRecord>,
): AsyncGenerator<Uint8Array> {
  const there = new Set<string>();
  for (const place of paths) {
    const path = layout.named(place);
    const found = await present(() => fileSystem.stat(place));
    if (found?.kind !== 'file') continue;
    there.add(path);
    const { size, modified } = found;
    const before = known.get(path);
    if (before?.size === size && before.modified === modified) continue;
    const bytes = await present(() => fileSystem.readFile(place));
    if (!bytes) continue;
    const hash = sha256(bytes);
    if (before?.sha256 === hash) {
      known.set(path, { ...before, size, modified });
      continue;
    }
    const text = textOf(bytes);
    if (text === null) continue;
    const line = recordLine({ path, size, modified, text });
    known.set(path, { size, modified, sha256: hash, lineBytes: line.length });
    yield line;
  }
  for (const path of [...known.keys()]) {
    if (there.has(path)) continue;
    known.delete(path);
    yield recordLine({ path, size: 0, modified: 0, text: null });
  }
}

/** The records in force after a log with these bytes. Lets other work run in between. @throws SyntaxError or TypeError if it is damaged */
export async function recordsIn(bytes: Uint8Array): Promise<Map<string, KnownRecord>> {
  const known = new Map<string, KnownRecord>();
  let turn = 0;
  for (const { path, size, modified, text, lineBytes } of recordLines(bytes)) {
    if (++turn % atOnce === 0) await setImmediate();
    if (text === null) known.delete(path);
    else known.set(path, { size, modified, sha256: sha256(text), lineBytes });
  }
  return known;
}

async function present<T>(task: () => Promise<T>): Promise<T | null> {
  try {
    return await task();
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null;
    throw error;
  }
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return decode(bytes);
  } catch {
    return null;
  }
}
