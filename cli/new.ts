import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { readCodebook } from '../core/codebook/codebook-text.ts';
import { AppError } from '../core/failure.ts';
import { licenceLimit } from '../core/formats/licence.ts';
import type { Codebook } from '../core/model/codebook.ts';
import { projectNameLimit } from '../core/project-home.ts';
import { expectOutsideProjects } from '../host/files/new-folder.ts';
import { accountName } from '../host/places.ts';
import { openOrCreateSample, sampleName } from '../host/sample.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';
import { projectFileName } from '../host/storage/layout.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { readTextFile } from './import-paths.ts';
import { seedsFolder } from './places.ts';
import { count, shown } from './terminal.ts';

/** Adds `pressmark new`. */
export function addNew(program: Command): void {
  program
    .command('new')
    .summary('make a project')
    .description('Makes a new project in an empty or new folder.')
    .argument('<dir>', 'the folder of the project', notBlank)
    .option('--name <name>', 'its name (default: the name of the folder)', projectName)
    .option('--licence <licence>', 'the licence that its datasets state, such as CC-BY-4.0, or an address', licence)
    .addOption(new Option('--codebook <file>', 'the codebook that it starts with, as of a dataset or another project').conflicts('sample'))
    .option('--sample', 'fill it with the five sample articles')
    .addHelpText('after', '\nExample:\n  $ pressmark new ~/summit --name "Paris summit"\n')
    .action(async (dir: string, options: { name?: string; licence?: string; codebook?: string; sample?: true }) => {
      const folder = resolve(dir);
      const isThere = existsSync(join(folder, projectFileName));
      const name = options.name?.trim();
      if (!isThere) await expectOutsideProjects(nodeFileSystem, folder, 'The project');
      if (options.sample && isThere) await expectSample(folder, [sampleName, ...(name === undefined ? [] : [name])]);
      if (!options.sample) {
        const codebook = options.codebook === undefined ? {} : { codebook: await readCodebookFile(options.codebook) };
        const title = name ?? (titleOfFolder(basename(folder)) || folder);
        await createProject(folder, { name: title, annotator: { name: accountName() }, ...codebook });
      }
      const project = options.sample ? await openOrCreateSample(folder, seedsFolder, accountName(), name) : await openProject(folder);
      if (options.licence && !isThere) await project.stateLicence(options.licence);
      const articles = project.articles().length;
      await project.close();
      const what = `"${project.info.name}" with ${count(articles, 'article')}`;
      console.log(shown(isThere ? `There is ${what} already in ${folder}; it was left as it was.` : `Made ${what} in ${folder}`));
    });
}

async function readCodebookFile(path: string): Promise<Codebook> {
  const read = readCodebook(await readTextFile(path));
  if (!Array.isArray(read)) return read;
  throw new AppError(
    'unsupported',
    `${path} is not a codebook: ${read.slice(0, 5).join('; ')}.`,
    'Take the codebook.json of a dataset, or one that the Codebook view exported.',
  );
}

// Otherwise the sample's articles would be added to another project.
async function expectSample(folder: string, names: readonly string[]): Promise<void> {
  const project = await openProject(folder, { readOnly: true });
  await project.close();
  if (names.includes(project.info.name)) return;
  throw new AppError(
    'bad-request',
    `${folder} holds the project “${project.info.name}”, not the sample.`,
    'Choose another folder for the sample.',
  );
}

// Removes what the name of a folder may contain but the name of a project may not.
const titleOfFolder = (name: string) => [...name.replace(/\p{Cc}/gu, ' ').trim()].slice(0, projectNameLimit).join('');

function projectName(text: string): string {
  const name = notBlank(text).trim();
  if ([...name].length > projectNameLimit) throw new InvalidArgumentError(`It may have at most ${projectNameLimit} characters.`);
  if (/\p{Cc}/u.test(name)) throw new InvalidArgumentError('It must be one line of plain text.');
  return name;
}

function licence(text: string): string {
  const named = notBlank(text).trim();
  if (named.length > licenceLimit || /\p{Cc}/u.test(named))
    throw new InvalidArgumentError(`It must be one line of at most ${licenceLimit} characters.`);
  return named;
}

function notBlank(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be blank.');
  return text;
}
