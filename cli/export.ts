import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ExportProgress } from '../core/contract/dataset.ts';
import { AppError } from '../core/failure.ts';
import { FormatName, type Selection, WorkStatus } from '../core/formats/export-request.ts';
import { writeExport } from '../host/dataset/export-folder.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';
import { openProject, type Project } from '../host/storage/project.ts';
import { interruptible } from './interruption.ts';
import { newFolder, projectFolder } from './places.ts';
import { addSplitOptions, type SplitFlags, splitOptionsFrom } from './split-options.ts';
import { count, startProgress, tellNotices } from './terminal.ts';

interface Options extends SplitFlags {
  readonly format: string;
  readonly out: string;
  readonly layers?: readonly string[];
  readonly annotators?: readonly string[];
  readonly status?: readonly WorkStatus[];
  readonly text: boolean;
}

/** Adds `pressmark export`. */
export function addExport(program: Command): void {
  const command = program
    .command('export')
    .summary('write the labelled dataset')
    .description('Writes the work of all annotators as a dataset. The project may be open elsewhere.')
    .argument('<project>', 'the folder of a project, or its project.pressmark')
    .addOption(new Option('--format <format>', 'the format; see pressmark formats').choices(FormatName.options).makeOptionMandatory())
    .requiredOption('--out <dir>', 'the folder to write it to')
    .option('--layers <ids>', 'only annotations of these layers, with commas between', list)
    .option('--annotators <names>', 'only the work of these annotators (names or ids), with commas between', list)
    .option('--status <statuses>', `only articles with this status: ${WorkStatus.options.join(', ')}`, statuses)
    .option('--no-text', 'leave the articles’ words out: offsets and hashes only');
  addSplitOptions(command)
    .addHelpText(
      'after',
      '\nExample:\n  $ pressmark export ~/summit --format jsonl --out ~/summit-dataset --split 0.8,0.1,0.1 --group event\n',
    )
    .action(async (folder: string, options: Options) => {
      const project = await openProject(projectFolder(folder), { readOnly: true });
      tellNotices(project);
      const progress = startProgress();
      try {
        const out = await newFolder(options.out);
        const show = ({ step, done, total }: ExportProgress) =>
          progress.show(`${step === 'comparing' ? 'Comparing' : 'Exporting'} article ${done + 1} of ${total}`);
        const format = FormatName.parse(options.format);
        const text = options.text ? 'included' : 'left-out';
        const splits = splitOptionsFrom(options) ?? undefined;
        const request = { format, selection: selectionOf(project, options), text, splits } as const;
        const { files, losses } = await interruptible((signal) => writeExport(project, request, out, nodeFileSystem, show, signal));
        progress.end();
        console.log(`Wrote ${count(files.length, 'file')} to ${out}`);
        for (const loss of losses) console.error(`Not carried by ${format}: ${loss.count} × ${loss.kind}`);
      } finally {
        progress.end();
        await project.close();
      }
    });
}

function list(value: string): string[] {
  const parts = value.split(',').map((part) => part.trim());
  if (parts.includes('')) throw new InvalidArgumentError('It must be a list with commas between, such as A,B.');
  return parts;
}

function statuses(value: string): WorkStatus[] {
  return list(value).map((part) => {
    const known = WorkStatus.safeParse(part);
    if (!known.success) throw new InvalidArgumentError(`There are ${WorkStatus.options.join(', ')}.`);
    return known.data;
  });
}

/** What `options` restrict the dataset of `project` to. @throws AppError `not-found` for a layer or annotator that does not exist */
function selectionOf(project: Project, { layers, annotators, status }: Options): Selection {
  const known = project.codebook.codebook.layers;
  const missing = layers?.find((id) => !known.some((layer) => layer.id === id));
  if (missing !== undefined) {
    throw new AppError('not-found', `The codebook has no layer ${missing}.`, `It has ${known.map(({ id }) => id).join(', ')}.`);
  }
  const people = annotators?.map((name) => {
    const found = project.annotators.filter((one) => one.id === name || one.name.toLowerCase() === name.toLowerCase());
    const [one] = found.length > 1 ? found.filter(({ id }) => id === name) : found;
    if (one) return one.id;
    const all = project.annotators.map((each) => `${each.name} (${each.id})`).join(', ');
    const problem = found.length > 1 ? `Several annotators are called ${name}.` : `There is no annotator ${name}.`;
    throw new AppError('not-found', problem, `There are ${all}.`);
  });
  return { layers: layers && [...layers], annotators: people, statuses: status && [...status] };
}
