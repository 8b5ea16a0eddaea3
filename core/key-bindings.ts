import type { Command, Scope } from './commands.ts';

/** The keys that a user assigned to commands, by command id. An empty list removes all keys of a command. Keys are written as in commands.ts. */
export type KeyOverrides = Readonly<Record<string, readonly string[]>>;

/** The user's settings that decide which keys act. */
export interface KeySettings {
  readonly keys: KeyOverrides;
  /** Whether single-character keys act at all. */
  readonly letterKeys: boolean;
}

/** A key that is already assigned to another command, where both could act. */
export interface Clash {
  readonly key: string;
  readonly command: Command;
}

const isCharacter = (key: string): boolean => /^(Shift-)?.$/u.test(key);

/** Whether keys of two scopes can collide. Window keys also act in the article. */
const meets = (a: Scope, b: Scope): boolean => a === b || a === 'window' || b === 'window';

/** The id of the variant with Shift (`tag-exact.QUOTE` for `tag.QUOTE`), or null if there is none. */
export function shiftedId(id: string): string | null {
  if (id.startsWith('tag.')) return id.replace('tag.', 'tag-exact.');
  return id.startsWith('role.') ? id.replace('role.', 'role-further.') : null;
}

/**
 * `commands` with the keys that act for this user. A key assigned by the user takes precedence over the default of another command. Assigning a
 * letter to a layer or role also assigns the letter with Shift to its variant, unless the variant has a key of its own. Without `letterKeys`,
 * single-character keys are left out.
 */
export function effectiveCommands<C extends Command>(commands: readonly C[], { keys: overrides, letterKeys }: KeySettings): C[] {
  const given = new Map<string, readonly string[]>();
  for (const { id } of commands) {
    const own = Object.hasOwn(overrides, id) ? overrides[id] : undefined;
    if (!own) continue;
    given.set(id, own);
    const shifted = shiftedId(id);
    if (shifted && !Object.hasOwn(overrides, shifted))
      given.set(
        shifted,
        own.filter((key) => /^\p{Ll}$/u.test(key)).map((key) => `Shift-${key}`),
      );
  }
  const taken = commands.flatMap(({ id, scope }) => (given.get(id) ?? []).map((key) => ({ key, scope })));
  return commands.map((command) => {
    const own = given.get(command.id);
    const keys = own ?? command.keys.filter((key) => !taken.some((other) => other.key === key && meets(other.scope, command.scope)));
    const acting = letterKeys ? keys : keys.filter((key) => !isCharacter(key));
    return acting.length === command.keys.length && acting.every((key, at) => key === command.keys[at])
      ? command
      : { ...command, keys: acting };
  });
}

/**
 * The commands that already have one of `keys` and would collide with the command `id`. `commands` are the effective ones. The variant with Shift
 * that goes with a letter counts too.
 * @throws RangeError if `id` is not among them
 */
export function clashes(commands: readonly Command[], id: string, keys: readonly string[]): Clash[] {
  const command = commandOf(commands, id);
  const shifted = shiftedId(id);
  const wanted = shifted ? [...keys, ...keys.filter((key) => /^\p{Ll}$/u.test(key)).map((key) => `Shift-${key}`)] : keys;
  return commands
    .filter((other) => other.id !== id && other.id !== shifted && meets(other.scope, command.scope))
    .flatMap((other) => wanted.filter((key) => other.keys.includes(key)).map((key) => ({ key, command: other })));
}

/**
 * The overrides after assigning `keys` to `id`. Commands that lose a key get the keys that `id` gives up in return, where allowed. The variants
 * with Shift of layers and roles change along with them.
 * @throws RangeError if `id` is not among `commands`, which are the effective ones
 */
export function rebind(commands: readonly Command[], overrides: KeyOverrides, id: string, keys: readonly string[]): KeyOverrides {
  const command = commandOf(commands, id);
  const freed = command.keys.filter((key) => !keys.includes(key));
  const next: Record<string, readonly string[]> = { ...overrides, [id]: keys };
  const shiftedIds = new Set(commands.map((other) => shiftedId(other.id)));
  for (const { key, command: other } of clashes(commands, id, keys)) {
    // A variant with Shift follows its letter automatically.
    if (shiftedIds.has(other.id) && !Object.hasOwn(overrides, other.id)) continue;
    const kept = (next[other.id] ?? other.keys).filter((candidate) => candidate !== key);
    const returned = freed.filter((candidate) => !kept.includes(candidate) && keyProblem(other.scope, candidate) === null);
    next[other.id] = keys.includes(key) ? [...kept, ...returned] : kept;
  }
  return next;
}

const moving = /(^|-)(Tab|Arrow\w+|Home|End|PageUp|PageDown)$/;
const kept = new Set([
  'Escape',
  'Mod-a',
  'Mod-c',
  'Mod-v',
  'Mod-x',
  'Mod-w',
  'Mod-t',
  'Mod-n',
  'Mod-q',
  'Mod-r',
  'Mod-Shift-t',
  'Mod-Shift-n',
  'F5',
  'F12',
]);

/** Why a command of `scope` cannot have `key`, as a sentence; null if it can. */
export function keyProblem(scope: Scope, key: string): string | null {
  if (moving.test(key)) return 'This key moves about in text and lists.';
  if (kept.has(key)) return 'This key is reserved for the system.';
  if (scope === 'window' && !/^Mod-|^(Shift-)?F\d+$/.test(key)) {
    return 'This command acts everywhere, also while you type: its key needs Ctrl (⌘ on a Mac), or is one of F1 to F12.';
  }
  return null;
}

function commandOf(commands: readonly Command[], id: string): Command {
  const command = commands.find((candidate) => candidate.id === id);
  if (!command) throw new RangeError(`no command ${id}`);
  return command;
}
