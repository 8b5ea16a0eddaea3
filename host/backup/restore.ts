import { basename, resolve } from 'node:path';
import { AppError } from '../../core/failure.ts';
import { expectNotCancelled } from '../cancellation.ts';
import { cleanTemporaryFor } from '../files/left-behind.ts';
import { expectEmpty, expectOutsideProjects, FolderWriter, putInPlace } from '../files/new-folder.ts';
import { FileRefusal } from '../import/file-refusal.ts';
import { checkProject } from '../storage/check.ts';
import { notSaved, reasonOf } from '../storage/failures.ts';
import { codeOf, type FileSystem, nodeFileSystem } from '../storage/file-system.ts';
import { ArticleFile, isId, layoutOf, projectFileName } from '../storage/layout.ts';
import { readRecord } from '../storage/record-file.ts';
import { sha256 } from '../storage/strict-json.ts';
import { foundTexts, type ReadTexts, type WantedText } from './found-texts.ts';
import { type Manifest, manifestName, parseManifest } from './manifest.ts';
import { openPacked, type PackedProject, packedFileSystem } from './packed-project.ts';

/** How a backup is restored. */
export interface RestoreOptions {
  /** The folder that the articles of a backup without text are taken from, and how files there that are not plain text are read. */
  readonly articles?: string;
  readonly readTexts?: ReadTexts;
  readonly fileSystem?: FileSystem;
  /** Called with the number of files written so far. */
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/** What was restored. */
export interface Restored {
  readonly files: number;
  /** The ids of articles whose text was found, but not the file that it came from. Ascending. */
  readonly withoutOriginal: readonly string[];
  /** What `checkProject` finds wrong, apart from those originals: damage that the project already had when the backup was made. */
  readonly problems: readonly string[];
}

/**
 * Restores the backup at `archive` into the folder `target`, which must be empty or not exist yet. Everything is first written and flushed next to it
 * and then takes its place in one step. A backup that is unsafe or damaged, or that lacks articles that are not found, leaves nothing behind.
 * @throws AppError `not-found`, `bad-request` for a target that is not empty or a file that is not a backup, `unsupported` for an unsafe one,
 * `corrupt`, `newer-version`, `cancelled`, `not-saved`; if texts of articles are missing, `not-found` with all their names
 */
export async function restoreProject(archive: string, target: string, options: RestoreOptions = {}): Promise<Restored> {
  const { fileSystem = nodeFileSystem, onProgress = () => {}, signal } = options;
  const folder = resolve(target);
  const wasThere = await expectEmpty(fileSystem, folder, 'The project');
  await expectOutsideProjects(fileSystem, folder, 'The project');
  const name = basename(archive);
  const writer = new FolderWriter(fileSystem, await cleanTemporaryFor(fileSystem, folder));
  try {
    const packed = await openedBackup(fileSystem, resolve(archive), name);
    let withoutOriginal: readonly string[] = [];
    try {
      const manifest = await manifestOf(packed, name);
      await writer.begin();
      let done = 0;
      const write = async (path: string, content: Uint8Array) => {
        expectNotCancelled(signal, 'Restoring');
        await writer.write({ path, content, ends: true });
        onProgress(++done);
      };
      for (const file of manifest.files) {
        const bytes = await packed.read(file.path);
        if (bytes.length !== file.bytes || sha256(bytes) !== file.sha256)
          throw damaged(name, `${file.path} in it is not what was backed up`);
        await write(file.path, bytes);
      }
      if (!manifest.text) withoutOriginal = await restoreTexts(fileSystem, packed, options, write);
    } catch (error) {
      throw error instanceof FileRefusal ? refused(name, error) : error;
    } finally {
      await packed.close();
    }
    await writer.finish();
    const problems = await problemsIn(fileSystem, writer.folder, withoutOriginal);
    expectNotCancelled(signal, 'Restoring');
    await putInPlace(fileSystem, writer.folder, folder, wasThere);
    return { files: [...writer.paths].length, withoutOriginal, problems };
  } catch (error) {
    const isClean = await writer.discard();
    throw notSaved(
      error,
      `The project in ${folder}`,
      isClean ? nothing : `Remove the folder ${writer.folder} by hand: it could not be removed.`,
    );
  }
}

const nothing = 'Nothing was left behind.';

function damaged(name: string, reason: string): AppError {
  return new AppError('corrupt', `${name} was not restored: ${reason}.`, 'Take another copy of the backup, or an older one.', nothing);
}

/** The failure of a backup that was refused. */
export function refused(name: string, { code, reason }: FileRefusal): AppError {
  if (code === 'damaged') return damaged(name, reason);
  return new AppError(
    'unsupported',
    `${name} was not restored: ${reason}.`,
    'Ask whoever sent it for a backup that Pressmark made.',
    nothing,
  );
}

/** Opens the backup at `archive`; messages call it `name`. @throws AppError */
export async function openedBackup(fileSystem: FileSystem, archive: string, name: string): Promise<PackedProject> {
  try {
    // Reading something other than a file, such as a pipe, might never end.
    if ((await fileSystem.stat(archive)).kind !== 'file') throw damaged(name, 'it is not a file');
    return await openPacked(fileSystem, archive);
  } catch (error) {
    if (error instanceof FileRefusal) throw refused(name, error);
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR')
      throw new AppError('not-found', `There is no file ${archive}.`, 'Check its name and its folder.', nothing);
    const reason = `it cannot be read: ${reasonOf(error)}`;
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM')
      throw new AppError('corrupt', `${name} was not restored: ${reason}.`, 'Check its permissions and those of its folder.', nothing);
    if (codeOf(error)) throw damaged(name, reason);
    throw error;
  }
}

/** The list of files of a backup, which must contain exactly these. @throws AppError, FileRefusal */
export async function manifestOf(packed: PackedProject, name: string): Promise<Manifest> {
  if (!packed.paths.includes(manifestName)) {
    const next = 'Choose a file that “pressmark backup” made. To unpack a folder in a zip, use the system’s own tools.';
    throw new AppError('bad-request', `${name} is not a backup: it has no ${manifestName}.`, next, nothing);
  }
  let manifest: Manifest;
  try {
    manifest = parseManifest(await packed.read(manifestName));
  } catch (error) {
    if (error instanceof FileRefusal || (error instanceof AppError && error.failure.code === 'newer-version')) throw error;
    throw damaged(name, `its list of files cannot be read: ${reasonOf(error)}`);
  }
  const listed = new Set(manifest.files.map(({ path }) => path));
  const there = new Set(packed.paths.filter((path) => path !== manifestName));
  const lacking = [...listed].find((path) => !there.has(path));
  if (lacking !== undefined) throw damaged(name, `${lacking} is missing from it`);
  if (there.size > listed.size || listed.size < manifest.files.length) throw damaged(name, 'its files are not those that it lists');
  if (!listed.has(projectFileName)) throw damaged(name, `${projectFileName} is missing from it`);
  return manifest;
}

// Returns the ids of the articles whose originals are missing. Missing texts are a failure.
async function restoreTexts(
  fileSystem: FileSystem,
  packed: PackedProject,
  { articles, readTexts }: RestoreOptions,
  write: (path: string, bytes: Uint8Array) => Promise<void>,
): Promise<string[]> {
  const wanted = await wantedTexts(packed);
  const hashes = new Set(wanted.keys());
  if (articles !== undefined) {
    try {
      for await (const found of foundTexts(fileSystem, resolve(articles), wanted, hashes, readTexts)) {
        for (const { path } of wanted.get(found.sha256) ?? []) await write(path, found.bytes);
      }
    } catch (error) {
      // A failure to write does not concern the folder of articles.
      throw codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR' ? noFolder(articles) : error;
    }
  }
  const missing = [...hashes].flatMap((hash) => wanted.get(hash) ?? []);
  const texts = missing.filter(({ part }) => part === 'text');
  if (texts.length > 0) throw textsMissing(texts, articles);
  return missing.map(({ id }) => id).sort();
}

/** The texts and originals of the articles in `packed` that are not in it themselves, by the sha256 of their bytes. */
export async function wantedTexts(packed: PackedProject): Promise<ReadonlyMap<string, readonly WantedText[]>> {
  const layout = layoutOf(resolve('/'));
  const disk = packedFileSystem(packed, layout.root, null);
  const there = new Set(packed.paths);
  const wanted = new Map<string, WantedText[]>();
  const want = (hash: string, text: WantedText) => {
    if (!there.has(text.path)) wanted.set(hash, [...(wanted.get(hash) ?? []), text]);
  };
  for (const path of packed.paths) {
    const id = /^articles\/([^/]+)\/article\.json$/.exec(path)?.[1];
    if (id === undefined || !isId(id)) continue;
    // A damaged record names no text. It is reported as damage of the project.
    const meta = await readRecord(disk, layout.articleRecord(id), path, ArticleFile).catch((error: unknown) => {
      if (codeOf(error)) throw error;
      return null;
    });
    if (!meta) continue;
    const { title, originalName } = meta;
    want(meta.textSha256, { id, title, originalName, part: 'text', path: layout.named(layout.text(id)) });
    if (meta.originalSha256 === meta.textSha256) continue;
    want(meta.originalSha256, { id, title, originalName, part: 'original', path: layout.named(layout.original(id, originalName)) });
  }
  return wanted;
}

function noFolder(folder: string): AppError {
  return new AppError('not-found', `There is no folder ${folder}.`, 'Check the name of the folder of articles.', nothing);
}

function textsMissing(texts: readonly WantedText[], articles: string | undefined): AppError {
  const plain = (words: string) => words.replace(/\p{Cc}/gu, ' ');
  const names = texts.map(({ originalName, title }) => `  ${plain(originalName)} (“${plain(title)}”)`).sort();
  const count = names.length === 1 ? 'of 1 article' : `of ${names.length} articles`;
  const where = articles === undefined ? 'is not in this backup' : `is neither in this backup nor, unchanged, in ${articles}`;
  const next = articles === undefined ? 'Name the folder that has them with --articles.' : 'Put these files there, then restore it again.';
  return new AppError('not-found', `The text ${count} ${where}:\n${names.join('\n')}`, next, nothing);
}

async function problemsIn(fileSystem: FileSystem, folder: string, withoutOriginal: readonly string[]): Promise<string[]> {
  const problems: string[] = [];
  const isKnown = (problem: string) => withoutOriginal.some((id) => problem.startsWith(`articles/${id}/original.`));
  for await (const problem of checkProject(folder, fileSystem)) if (!isKnown(problem)) problems.push(problem);
  return problems;
}
