import { Command, CommanderError } from 'commander';
import { version } from '../host/version.ts';
import { addBackup, addRestore } from './backup.ts';
import { addCheck } from './check.ts';
import { addDiff } from './diff.ts';
import { addEarlier } from './earlier.ts';
import { addExport } from './export.ts';
import { addFormats } from './formats.ts';
import { addImport } from './import.ts';
import { addNew } from './new.ts';
import { addOpen } from './open.ts';
import { addServe } from './serve.ts';
import { addSplits } from './splits.ts';
import { addSuggest } from './suggest.ts';
import { explain } from './terminal.ts';

const additions = [
  addNew,
  addOpen,
  addServe,
  addImport,
  addExport,
  addSplits,
  addDiff,
  addFormats,
  addSuggest,
  addCheck,
  addBackup,
  addRestore,
  addEarlier,
];

function programOf(): Command {
  const program = new Command('pressmark')
    .description('Tag quotes, stances and facts in news articles, and export a labelled dataset.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('Run it with --help to see how it is used.')
    .addHelpText('after', '\nExample:\n  $ pressmark open --sample\n');
  for (const add of additions) add(program);
  return program;
}

/** Whether `word`, the first on the command line, asks for a command or for help, and names no project. */
export function isCommand(word: string): boolean {
  return ['help', '--help', '-h', '--version', '-V'].includes(word) || programOf().commands.some((command) => command.name() === word);
}

/** Does what `words`, the command line after the program's name, ask for. `process.exitCode` then says how it went: 0, 1, or 2 for wrong usage. */
export async function run(words: readonly string[]): Promise<void> {
  try {
    await programOf().parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has printed it. Wrong usage is 2, so that a script can tell it from work that failed.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      explain(error);
      process.exitCode = 1;
    }
  }
}
