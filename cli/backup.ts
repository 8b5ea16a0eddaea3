import { resolve } from 'node:path';
import type { Command } from 'commander';
import { backupProject } from '../host/backup/backup.ts';
import { textsBy } from '../host/backup/read-texts.ts';
import { restoreProject } from '../host/backup/restore.ts';
import { createReader } from '../host/import/reader.ts';
import { interruptible } from './interruption.ts';
import { newFolder, projectFolder } from './places.ts';
import { count, startProgress } from './terminal.ts';

/** Adds `pressmark backup`. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .summary('save a project as one zip')
    .description(
      'Writes a whole project into one zip, reads it back and checks it. The project may be open meanwhile. With --no-text the articles’ texts are left out, so that the zip can go to a colleague who has them: annotations with the words they cover, titles and notes are still in it.',
    )
    .argument('<project>', 'the folder of a project, or its project.pressmark')
    .requiredOption('--out <file>', 'the zip to make; it must not exist yet')
    .option('--no-text', 'leave out the texts and the imported files of the articles')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pressmark backup ~/summit --out summit.zip\n  $ pressmark backup ~/summit --out for-bela.zip --no-text\n',
    )
    .action(async (project: string, { out, text }: { out: string; text: boolean }) => {
      const progress = startProgress();
      const onProgress = (step: 'packing' | 'checking', done: number) =>
        progress.show(`${step === 'packing' ? 'Packing' : 'Reading back'}: ${count(done, 'file')}`);
      const made = await interruptible((signal) => backupProject(projectFolder(project), out, { text, onProgress, signal })).finally(() =>
        progress.end(),
      );
      console.log(
        `Backed up ${count(made.files, 'file')} in ${resolve(out)} (${size(made.bytes)}). It was read back and matches what was written.`,
      );
      if (!text) console.log('The texts of the articles are not in it; the words that annotations cover, titles and notes are.');
      if (made.leftOut.length > 0) list('Not in it, since they are not part of the project:', made.leftOut);
      if (made.problems.length > 0) list('The project itself is damaged, and so is its backup:', made.problems);
    });
}

/** Adds `pressmark restore`. */
export function addRestore(program: Command): void {
  program
    .command('restore')
    .summary('bring a project back from its zip')
    .description(
      'Restores a project from a zip that pressmark backup made, whole or not at all. Where the articles were left out, they are taken from a folder that has them: the files that were imported, or another project.',
    )
    .argument('<file>', 'the zip')
    .requiredOption('--out <dir>', 'the folder of the project, empty or new')
    .option('--articles <dir>', 'the folder that has the articles of a backup without text')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pressmark restore summit.zip --out ~/summit\n  $ pressmark restore for-bela.zip --out ~/summit --articles ~/articles\n',
    )
    .action(async (file: string, { out, articles }: { out: string; articles?: string }) => {
      const progress = startProgress();
      const reader = createReader();
      try {
        const given = {
          ...(articles === undefined ? {} : { articles }),
          readTexts: textsBy(reader),
          onProgress: (done: number) => progress.show(`Restoring: ${count(done, 'file')}`),
        };
        const folder = await newFolder(out);
        const restored = await interruptible((signal) => restoreProject(file, folder, { ...given, signal }));
        progress.end();
        console.log(`Restored ${count(restored.files, 'file')} into ${folder}`);
        if (restored.withoutOriginal.length > 0)
          list('Their texts were found, but not the files that they were imported from:', restored.withoutOriginal);
        if (restored.problems.length > 0) list('The project was damaged when it was backed up:', restored.problems);
      } finally {
        progress.end();
        await reader.close();
      }
    });
}

function list(title: string, lines: readonly string[]): void {
  console.error([title, ...lines.map((line) => `  ${line}`)].join('\n'));
}

function size(bytes: number): string {
  return bytes < 100_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
