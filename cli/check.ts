import type { Command } from 'commander';
import { checkProject } from '../host/storage/check.ts';
import { projectFolder } from './places.ts';
import { count } from './terminal.ts';

/** Adds `pressmark check`. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .summary('look for damage in a project')
    .description('Reads everything in a project and prints each thing that is wrong, one a line. Changes nothing.')
    .argument('<project>', 'the folder of a project, or its project.pressmark')
    .addHelpText('after', '\nExample:\n  $ pressmark check ~/summit\n')
    .action(async (folder: string) => {
      let problems = 0;
      for await (const problem of checkProject(projectFolder(folder))) {
        problems++;
        console.log(problem);
      }
      if (problems === 0) console.log('Everything in this project is whole.');
      else {
        console.error(`${count(problems, 'problem')} found. Nothing was changed.`);
        process.exitCode = 1;
      }
    });
}
