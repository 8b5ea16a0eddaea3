import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../core/contract.ts';
import { importText } from '../host/article-import.ts';
import { expectImportableSize } from '../host/decode.ts';
import { reasonOf } from '../host/storage/failures.ts';
import { codeOf } from '../host/storage/file-system.ts';
import { openProject, type Project } from '../host/storage/project.ts';
import { projectFolder } from './places.ts';
import { count, explain, startProgress, tellNotices } from './terminal.ts';

/** Adds `pressmark import`. */
export function addImport(program: Command): void {
  program
    .command('import')
    .summary('import articles')
    .description('Imports articles from text files, each whole or not at all. A text that the project has already is not imported twice.')
    .argument('<project>', 'the folder of a project, or its project.pressmark')
    .argument('<file...>', 'text files')
    .addHelpText('after', '\nExample:\n  $ pressmark import ~/summit articles/*.txt\n')
    .action(async (folder: string, files: string[]) => {
      const project = await openProject(projectFolder(folder));
      try {
        tellNotices(project);
        await importAll(project, files);
      } finally {
        await project.close();
      }
    });
}

async function importAll(project: Project, files: readonly string[]): Promise<void> {
  project.expectWritable();
  const progress = startProgress();
  let failed = 0;
  for (const [index, file] of files.entries()) {
    progress.show(`Importing ${index + 1} of ${files.length}`);
    try {
      const line = await importOne(project, file);
      progress.end();
      console.log(line);
    } catch (error) {
      failed++;
      progress.end();
      explain(error, file);
    }
  }
  if (failed > 0) {
    console.error(`${count(failed, 'file was', 'files were')} not imported, of ${files.length}.`);
    process.exitCode = 1;
  }
}

function unreadableFile(error: unknown): never {
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') throw new AppError('not-found', 'There is no such file.', 'Check its name and its folder.');
  if (code === 'EACCES' || code === 'EPERM') {
    throw new AppError('unsupported', 'You may not read this file.', 'Change its permissions, then import it again.');
  }
  if (code)
    throw new AppError('unsupported', `This file cannot be read: ${reasonOf(error)}.`, 'Copy it to another disk, then import it again.');
  throw error;
}

async function importOne(project: Project, file: string): Promise<string> {
  const path = resolve(file);
  const entry = await stat(path).catch(unreadableFile);
  if (!entry.isFile()) throw new AppError('unsupported', 'This is not a file.', 'Name text files.');
  expectImportableSize(basename(path), entry.size);
  const { meta, known, changed } = await importText(project, basename(path), await readFile(path).catch(unreadableFile));
  const note = changed.length > 0 ? ` (${changed.join(' ')})` : '';
  return known ? `${file}: already there as ${meta.id}` : `${file}: imported as ${meta.id}${note}`;
}
