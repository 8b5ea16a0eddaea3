import { Command, CommanderError } from 'commander';
import { version } from '../host/version.ts';
import { stopWithoutReader } from './interruption.ts';
import { explain } from './terminal.ts';

/** Adds a command to the program. */
type Adding = (program: Command) => void;

// Only the requested command is loaded, so that it starts in half the time. The help loads all of them.
const commands = new Map<string, () => Promise<Adding>>([
  ['new', async () => (await import('./new.ts')).addNew],
  ['open', async () => (await import('./open.ts')).addOpen],
  ['serve', async () => (await import('./serve.ts')).addServe],
  ['import', async () => (await import('./import.ts')).addImport],
  ['export', async () => (await import('./export.ts')).addExport],
  ['splits', async () => (await import('./splits.ts')).addSplits],
  ['diff', async () => (await import('./diff.ts')).addDiff],
  ['formats', async () => (await import('./formats.ts')).addFormats],
  ['suggest', async () => (await import('./suggest.ts')).addSuggest],
  ['check', async () => (await import('./check.ts')).addCheck],
  ['backup', async () => (await import('./backup.ts')).addBackup],
  ['restore', async () => (await import('./backup.ts')).addRestore],
  ['earlier', async () => (await import('./earlier.ts')).addEarlier],
]);

async function programOf(words: readonly string[]): Promise<Command> {
  const program = new Command('pressmark')
    .description('Tag quotes, stances and facts in news articles, and export a labelled dataset.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('Run it with --help to see how to use it.')
    .addHelpText('after', '\nExample:\n  $ pressmark open --sample\n');
  const named = commands.get(words[0] ?? '');
  for (const load of named ? [named] : commands.values()) (await load())(program);
  return program;
}

/** Whether `word`, the first on the command line, asks for a command or for help, rather than naming a project. */
export function isCommand(word: string): boolean {
  return ['help', '--help', '-h', '--version', '-V'].includes(word) || commands.has(word);
}

/** Runs what `words`, the command line after the program's name, ask for. `process.exitCode` then gives the outcome: 0, 1, or 2 for wrong usage. */
export async function run(words: readonly string[]): Promise<void> {
  for (const stream of [process.stdout, process.stderr]) if (stream.listenerCount('error') === 0) stopWithoutReader(stream);
  try {
    const program = await programOf(words);
    // A script passes a blank argument for a variable that is not set. As a path it would mean the current folder.
    if (words.some((word) => /^(?:--[a-z-]+=)?\s*$/.test(word))) program.error('error: an argument is blank');
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      // Commander has already printed it. Wrong usage is 2, so that a script can tell it from work that failed.
      process.exitCode = error.exitCode === 0 ? 0 : 2;
    } else {
      explain(error);
      process.exitCode = 1;
    }
  }
}
