import type { Command } from 'commander';
import { checkProject } from '../host/storage/check.ts';
import { projectFolder } from './places.ts';
import { count, shown } from './terminal.ts';

/** Adds `pressmark check`. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .summary('look for damage in a project')
    .description('Reads everything in a project and prints each thing that is wrong, one per line. Changes nothing.')
    .argument('<project>', 'the folder of a project, or its project.pressmark')
    .option('--to-complete', 'also list the annotations that still have to be completed')
    .addHelpText('after', '\nExample:\n  $ pressmark check ~/summit\n')
    .action(async (folder: string, { toComplete }: { toComplete?: boolean }) => {
      let problems = 0;
      const incomplete: string[] = [];
      const onIncomplete = toComplete ? (line: string) => incomplete.push(line) : null;
      for await (const problem of checkProject(projectFolder(folder), undefined, onIncomplete)) {
        problems++;
        console.log(shown(problem));
      }
      for (const line of incomplete) console.log(shown(line));
      if (incomplete.length > 0) console.error(`${count(incomplete.length, 'annotation')} to complete.`);
      if (problems === 0) console.log('Everything in this project is whole.');
      else {
        console.error(`${count(problems, 'problem')} found. Nothing was changed.`);
        process.exitCode = 1;
      }
    });
}
