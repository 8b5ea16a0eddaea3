import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { FormatName } from '../core/contract.ts';
import { formats } from '../core/formats/index.ts';
import { type ExportProgress, writeExport } from '../host/dataset-export.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';
import { openProject } from '../host/storage/project.ts';
import { projectFolder } from './places.ts';
import { count, startProgress, tellNotices } from './terminal.ts';

/** Adds `pressmark export`. */
export function addExport(program: Command): void {
  const about = formats.map((format) => `  ${format.name}  ${format.about}`).join('\n');
  program
    .command('export')
    .summary('write the labelled dataset')
    .description('Writes the work of all annotators as a dataset. The project may be open elsewhere.')
    .argument('<project>', 'the folder of a project, or its project.pressmark')
    .addOption(new Option('--format <format>', 'how it is written').choices(FormatName.options).makeOptionMandatory())
    .requiredOption('--out <dir>', 'the folder to write it to')
    .addHelpText('after', `\nFormats:\n${about}\n\nExample:\n  $ pressmark export ~/summit --format jsonl --out ~/summit-dataset\n`)
    .action(async (folder: string, options: { format: string; out: string }) => {
      const project = await openProject(projectFolder(folder), { readOnly: true });
      tellNotices(project);
      const progress = startProgress();
      const cancel = new AbortController();
      const abort = () => cancel.abort();
      process.once('SIGINT', abort);
      try {
        const out = resolve(options.out);
        const show = ({ article, total }: ExportProgress) => progress.show(`Exporting article ${article} of ${total}`);
        const format = FormatName.parse(options.format);
        const { files, losses } = await writeExport(project, format, out, nodeFileSystem, show, cancel.signal);
        progress.end();
        console.log(`Wrote ${count(files.length, 'file')} to ${out}`);
        for (const loss of losses) console.error(`Not carried by ${format}: ${loss.count} × ${loss.kind}`);
      } finally {
        progress.end();
        process.off('SIGINT', abort);
        await project.close();
      }
    });
}
