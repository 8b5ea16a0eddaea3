import { AppError } from '../../core/failure.ts';
import type { Annotator } from '../../core/model/annotator.ts';
import { reasonOf, unreadable } from './failures.ts';
import { codeOf, type FileSystem, namesIn } from './file-system.ts';
import { AnnotatorRecord, isId, type Layout, projectFileName } from './layout.ts';
import { acquireLock, type Lock } from './lock.ts';
import type { Notices } from './notices.ts';
import { readRecord } from './record-file.ts';

/** @throws AppError `not-found` if there is no project here */
export async function expectProject(fileSystem: FileSystem, layout: Layout): Promise<void> {
  try {
    await fileSystem.stat(layout.project);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) throw unreadable(error, layout.project);
    const renamed = layout.root.endsWith('.pressmark');
    const message = renamed
      ? `${layout.root} cannot open a project. Open ${projectFileName} in the project's folder.`
      : `${layout.root} is not a Pressmark project: it has no ${projectFileName}.`;
    throw new AppError('not-found', message, 'Choose the folder of a project, or make a new one.');
  }
}

/**
 * The error to report when opening a project failed with `error`. If the project file was copied or sent without the rest of its project, it says so
 * instead of naming the first file that is missing.
 */
export async function reasonNotOpened(error: unknown, fileSystem: FileSystem, layout: Layout): Promise<unknown> {
  const isMissing = (path: string): Promise<boolean> =>
    fileSystem.stat(path).then(
      () => false,
      (failure) => codeOf(failure) === 'ENOENT',
    );
  const rest = [layout.codebook, layout.articles, layout.annotators];
  if (!(await Promise.all(rest.map(isMissing))).every((missing) => missing)) return error;
  return new AppError(
    'not-found',
    `${layout.project} is here without its project: codebook, articles and annotations are not beside it.`,
    'Open the whole folder of the project, or ask whoever sent this file for a backup of it.',
  );
}

/** The lock of the project in `folder`; null, with a notice, if it is not available. */
export async function lockOrNotice(folder: string, notices: Notices): Promise<Lock | null> {
  const tell = (message: string, next: string) => notices.add({ id: 'lock', severity: 'info', message, next });
  try {
    const lock = await acquireLock(folder);
    if (!lock) tell('This project is open in another window or program; here it is read-only.', 'Close it there, then open it here again.');
    return lock;
  } catch (error) {
    tell(
      `The project could not be locked for writing (${reasonOf(error)}), so it is read-only.`,
      'Close other programs, then open it again.',
    );
    return null;
  }
}

const refusals = ['EACCES', 'EPERM', 'EROFS'];

/** Whether the disk allows writing as `annotator`; if it does not, a notice says where. @throws AppError `corrupt` if the disk fails */
export async function mayWriteAs(fileSystem: FileSystem, layout: Layout, annotator: string, notices: Notices): Promise<boolean> {
  notices.remove('access');
  for (const path of [layout.annotator(annotator), layout.journal(annotator)]) {
    try {
      await fileSystem.expectWritable(path);
    } catch (error) {
      // The journal may not exist yet.
      if (codeOf(error) === 'ENOENT') continue;
      if (!refusals.includes(codeOf(error) ?? '')) throw unreadable(error, layout.named(path));
      const message = `${layout.named(path)} cannot be written (${reasonOf(error)}), so the project is read-only.`;
      const next = 'Change the permissions of the project, or copy it to a folder that you can write to, then open it again.';
      notices.add({ id: 'access', severity: 'warning', message, next });
      return false;
    }
  }
  return true;
}

/** The annotators of a project, ascending by id. An annotator whose record is damaged is left out, with a notice. */
export async function readAnnotators(fileSystem: FileSystem, layout: Layout, notices: Notices): Promise<Annotator[]> {
  const annotators: Annotator[] = [];
  for (const id of (await namesIn(fileSystem, layout.annotators)).filter(isId)) {
    const name = layout.named(layout.annotatorRecord(id));
    try {
      const { format: _, ...annotator } = await readRecord(fileSystem, layout.annotatorRecord(id), name, AnnotatorRecord);
      if (annotator.id !== id) throw unreadable(new SyntaxError(`it describes ${annotator.id}`), name);
      annotators.push(annotator);
    } catch (error) {
      if (codeOf(error) && !['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) throw unreadable(error, name);
      if (error instanceof AppError && error.failure.code === 'newer-version') throw error;
      const message = `The work of ${id} is not shown: ${reasonOf(error)}`;
      // Conflict markers that git left can be resolved in the file itself.
      const next = error instanceof AppError ? error.failure.next : `Restore ${name}, then open the project again.`;
      notices.add({ id: `annotator:${id}`, severity: 'error', message, next });
    }
  }
  return annotators;
}

/** A string that changes when the file at `path` does. The file may be missing. */
export async function stampOf(fileSystem: FileSystem, path: string): Promise<string> {
  try {
    const { size, modified } = await fileSystem.stat(path);
    return `${size} ${modified}`;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'none';
    throw unreadable(error, path);
  }
}
