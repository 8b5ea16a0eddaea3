import { existsSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { accountName } from '../host/places.ts';
import { openOrCreateSample } from '../host/sample.ts';
import { projectFileName } from '../host/storage/layout.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { seedsFolder } from './places.ts';
import { count } from './terminal.ts';

/** Adds `pressmark new`. */
export function addNew(program: Command): void {
  program
    .command('new')
    .summary('make a project')
    .description('Makes a new project in an empty or new folder.')
    .argument('<dir>', 'the folder of the project', notBlank)
    .option('--name <name>', 'its name (default: the name of the folder)', notBlank)
    .option('--licence <licence>', 'the licence that its datasets state, such as CC-BY-4.0, or an address', notBlank)
    .option('--sample', 'fill it with the five sample articles')
    .addHelpText('after', '\nExample:\n  $ pressmark new ~/summit --name "Paris summit"\n')
    .action(async (dir: string, options: { name?: string; licence?: string; sample?: true }) => {
      const folder = resolve(dir);
      const isThere = existsSync(join(folder, projectFileName));
      if (!options.sample) {
        await createProject(folder, { name: options.name?.trim() ?? (basename(folder) || folder), annotator: { name: accountName() } });
      }
      const project = options.sample
        ? await openOrCreateSample(folder, seedsFolder, accountName(), options.name?.trim())
        : await openProject(folder);
      if (options.licence && !isThere) await project.stateLicence(options.licence.trim());
      const articles = project.articles().length;
      await project.close();
      const what = `"${project.info.name}" with ${count(articles, 'article')}`;
      console.log(isThere ? `There is ${what} already in ${folder}; it was left as it was.` : `Made ${what} in ${folder}`);
    });
}

function notBlank(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be blank.');
  return text;
}
