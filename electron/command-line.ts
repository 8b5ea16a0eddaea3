import { existsSync } from 'node:fs';

/** The exports of the built command (cli/main.ts), which is next to the built shell. */
interface CommandLine {
  isCommand(word: string): boolean;
  run(words: readonly string[]): Promise<void>;
}

/** The words that a person wrote after the program's name, without Electron's own switches before the first word. */
export function commandWords(argv: readonly string[], hasAppFolder: boolean): string[] {
  const words = argv.slice(1);
  // When started from a checkout, the first word is the folder of the app.
  if (hasAppFolder) words.splice(0, words.findIndex((word) => !word.startsWith('-')) + 1);
  const first = words.findIndex((word) => !word.startsWith('-') || asksForHelp(word));
  return first === -1 ? [] : words.slice(first);
}

/** The path, as it was written, of the project for which `words` ask for a window, with or without the command `open`; null if there is none. */
export function projectNamed([first, ...rest]: readonly string[]): string | null {
  const named = first === 'open' ? rest.find((word) => !word.startsWith('-')) : first;
  return named ?? null;
}

/**
 * If `words` begin with a command or ask for help, runs that and returns true. `open` does not count, because the shell itself is the window. A name
 * with a slash, a dot or a capital letter is always that of a project, and the command is not even loaded.
 * @param file the path of the built command; if it does not exist, nothing is a command
 */
export async function ranCommand(words: readonly string[], file: URL): Promise<boolean> {
  const [first] = words;
  const mayBe = first !== undefined && first !== 'open' && (/^[a-z][a-z-]*$/.test(first) || asksForHelp(first));
  if (!mayBe || !existsSync(file)) return false;
  const { isCommand, run } = (await import(file.href)) as CommandLine;
  if (!isCommand(first)) return false;
  await run(words);
  return true;
}

function asksForHelp(word: string): boolean {
  return ['--help', '-h', '--version', '-V'].includes(word);
}
