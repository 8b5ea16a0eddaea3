import { resolve } from 'node:path';
import { foundTexts, type ReadTexts } from '../backup/found-texts.ts';
import { wantedTexts } from '../backup/restore.ts';
import { cleanTemporaryFor } from '../files/left-behind.ts';
import { expectEmpty, expectOutsideProjects, FolderWriter, putInPlace } from '../files/new-folder.ts';
import { checkProject } from '../storage/check.ts';
import { notSaved } from '../storage/failures.ts';
import { codeOf, type FileSystem } from '../storage/file-system.ts';
import type { EarlierState } from './earlier-state.ts';
import { keptProject } from './kept-project.ts';

/** How a state is written out. `articles` is the folder from which texts are taken; `readTexts` reads the files there that are not plain text. */
export interface WriteOutOptions {
  readonly articles: string;
  readonly readTexts?: ReadTexts;
  readonly onProgress?: (done: number) => void;
}

/** What was written. `missing` names the articles whose text was not found, `problems` lists what else `checkProject` finds wrong. */
export interface WrittenOut {
  readonly files: number;
  readonly missing: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Writes `state`, kept in `folder`, as a project of its own into the folder `out`, which must be empty or not exist yet. Everything is first written
 * and flushed next to it. An article whose text is not found is left without it, so that the work on the others is not held back.
 * @throws AppError `bad-request`, `not-found`, `corrupt`, `not-saved`
 */
export async function writeOut(
  fileSystem: FileSystem,
  folder: string,
  state: EarlierState,
  out: string,
  { articles, readTexts, onProgress = () => undefined }: WriteOutOptions,
): Promise<WrittenOut> {
  const target = resolve(out);
  const wasThere = await expectEmpty(fileSystem, target, 'The project');
  await expectOutsideProjects(fileSystem, target, 'The project');
  const kept = await keptProject(fileSystem, folder, state);
  const writer = new FolderWriter(fileSystem, await cleanTemporaryFor(fileSystem, target));
  let files = 0;
  const write = async (path: string, content: Uint8Array) => {
    await writer.write({ path, content, ends: true });
    onProgress(++files);
  };
  try {
    await writer.begin();
    for (const path of kept.paths) await write(path, await kept.read(path));
    const wanted = await wantedTexts(kept);
    const hashes = new Set(wanted.keys());
    try {
      for await (const found of foundTexts(fileSystem, resolve(articles), wanted, hashes, readTexts))
        for (const { path } of wanted.get(found.sha256) ?? []) await write(path, found.bytes);
    } catch (error) {
      // The project may be gone altogether.
      if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
    }
    await writer.finish();
    const lacking = [...hashes].flatMap((hash) => wanted.get(hash) ?? []);
    const problems: string[] = [];
    const isKnown = (problem: string) => lacking.some(({ id }) => problem.includes(id));
    for await (const problem of checkProject(writer.folder, fileSystem)) if (!isKnown(problem)) problems.push(problem);
    await putInPlace(fileSystem, writer.folder, target, wasThere);
    return { files, missing: [...new Set(lacking.map(({ originalName, part }) => `${originalName} (${part})`))].sort(), problems };
  } catch (error) {
    const isClean = await writer.discard();
    throw notSaved(error, `The project in ${target}`, isClean ? 'Nothing was left behind.' : `Remove the folder ${writer.folder}.`);
  }
}
