import { existsSync } from 'node:fs';

/** What the built command (cli/main.ts), which lies beside the built shell, gives. */
interface CommandLine {
  isCommand(word: string): boolean;
  run(words: readonly string[]): Promise<void>;
}

/** What a person wrote after the program's name, without Electron's own switches before the first word. */
export function commandWords(argv: readonly string[], hasAppFolder: boolean): string[] {
  const words = argv.slice(1);
  // Started from a checkout, the folder of the app is the first word.
  if (hasAppFolder) words.splice(0, words.findIndex((word) => !word.startsWith('-')) + 1);
  const first = words.findIndex((word) => !word.startsWith('-') || asksForHelp(word));
  return first === -1 ? [] : words.slice(first);
}

/** The path, as it was written, of the project that `words` want a window on, with or without the command `open`; null for none. */
export function projectNamed([first, ...rest]: readonly string[]): string | null {
  const named = first === 'open' ? rest.find((word) => !word.startsWith('-')) : first;
  return named ?? null;
}

/**
 * Does what `words` ask for and says true, when they begin with a command or ask for help. `open` is none: the shell itself is the window. A
 * name with a slash, a dot or a capital in it is always a project's, and the command is not even loaded.
 * @param file the path of the built command; where there is none, nothing is a command
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
