import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { openOrCreateSample } from '../host/sample.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { personName, seedsFolder } from './places.ts';
import { count } from './terminal.ts';

/** Adds `pressmark new`. */
export function addNew(program: Command): void {
  program
    .command('new')
    .summary('make a project')
    .description('Makes a new project in an empty or new folder.')
    .argument('<dir>', 'the folder of the project')
    .option('--name <name>', 'its name (default: the name of the folder)')
    .option('--sample', 'fill it with the five sample articles')
    .addHelpText('after', '\nExample:\n  $ pressmark new ~/summit --name "Paris summit"\n')
    .action(async (dir: string, options: { name?: string; sample?: true }) => {
      const folder = resolve(dir);
      if (!options.sample) await createProject(folder, { name: options.name ?? basename(folder), annotator: { name: personName() } });
      const project = options.sample
        ? await openOrCreateSample(folder, seedsFolder, personName(), options.name)
        : await openProject(folder);
      const articles = project.articles().length;
      await project.close();
      console.log(`Made "${project.info.name}" with ${count(articles, 'article')} in ${folder}`);
    });
}
