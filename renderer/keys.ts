import type { Command } from '../core/commands.ts';

/** Key bindings: keys written as in core/commands.ts, each with a function that returns whether it applied. */
export type Bindings = Readonly<Record<string, () => boolean>>;

/** The parts of a keyboard event that bindings use. `code` names the physical key. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'shiftKey'> & {
  getModifierState(name: string): boolean;
};

/** The bindings of commands: every key of a command runs it, and always applies. */
export function bindingsOf(commands: readonly Command[], run: (id: string) => void): Bindings {
  const bound = commands.flatMap(({ id, keys }) =>
    keys.map((key) => {
      const deed = () => {
        run(id);
        return true;
      };
      return [key, deed] as const;
    }),
  );
  return Object.fromEntries(bound);
}

/**
 * Runs the bindings for `press` until one applies. Returns whether one did; the event is then handled. Where text can be typed, do not call this
 * for a press that belongs to a composition (`isComposing`): that one is for the input method.
 */
export function runBinding(press: KeyPress, bindings: Bindings, isMac = onMac): boolean {
  const table = tableOf(bindings, isMac);
  return keyNamesOf(press).some((name) => table.get(name)?.() ?? false);
}

// Cached, so that unchanged bindings are not parsed at each key.
const tables = new WeakMap<Bindings, Map<boolean, ReadonlyMap<string, () => boolean>>>();

function tableOf(bindings: Bindings, isMac: boolean): ReadonlyMap<string, () => boolean> {
  const known = tables.get(bindings) ?? new Map<boolean, ReadonlyMap<string, () => boolean>>();
  const table = known.get(isMac) ?? new Map(Object.entries(bindings).map(([name, run]) => [canonical(name, isMac), run]));
  tables.set(bindings, known.set(isMac, table));
  return table;
}

/**
 * The names under which a press may be bound, most literal first. Letters ignore Caps Lock. Shift may be left out if it was needed to type the
 * sign (`?`). If the key types a letter of another alphabet or goes to an input method, the US letter of the physical key counts.
 */
export function keyNamesOf(press: KeyPress): string[] {
  if (press.key === 'Dead' || press.key === 'Unidentified') return [];
  // On Windows, AltGr is reported as Ctrl and Alt. What it types is a plain character.
  const altGraph = press.getModifierState('AltGraph');
  const modifiers = `${press.ctrlKey && !altGraph ? 'Ctrl-' : ''}${press.altKey && !altGraph ? 'Alt-' : ''}${press.metaKey ? 'Meta-' : ''}`;
  const isCharacter = [...press.key].length === 1;
  const shift = press.shiftKey ? 'Shift-' : '';
  const names = [`${modifiers}${shift}${isCharacter ? press.key.toLowerCase() : press.key}`];
  if (isCharacter && press.shiftKey && press.key.toLowerCase() === press.key.toUpperCase()) names.push(`${modifiers}${press.key}`);
  const physical = press.key === 'Process' || (isCharacter && press.key.charCodeAt(0) > 127) ? usKey(press.code) : null;
  if (physical) names.push(`${modifiers}${shift}${physical}`);
  if (physical === '/' && press.shiftKey) names.push(`${modifiers}?`);
  return names;
}

/** The key to bind for `press`, written as in core/commands.ts. Null while only modifiers are held, or if the key has no name. */
export function writtenKey(press: KeyPress, isMac = onMac): string | null {
  if (/^(Shift|Control|Alt|AltGraph|Meta|CapsLock|Fn\w*|NumLock|ScrollLock|Process|Unidentified|Dead)$/.test(press.key)) return null;
  // The last name is the plainest: a sign without Shift, or the US letter of the physical key.
  const name = keyNamesOf(press).at(-1);
  if (!name) return null;
  const spelled = name.endsWith(' ') ? `${name.slice(0, -1)}Space` : name;
  const main = isMac ? 'Meta-' : 'Ctrl-';
  return spelled.includes(main) ? `Mod-${spelled.replace(main, '')}` : spelled;
}

const onMac = typeof navigator !== 'undefined' && /Mac|iP(hone|[oa]d)/.test(navigator.platform);

function canonical(name: string, isMac: boolean): string {
  const parts = name.split(/-(?!$)/);
  const key = parts.at(-1) ?? '';
  const held = new Set(parts.slice(0, -1).map((part) => (part === 'Mod' ? (isMac ? 'Meta' : 'Ctrl') : part)));
  const isCapital = [...key].length === 1 && key !== key.toLowerCase();
  if (isCapital) held.add('Shift');
  const modifiers = ['Ctrl', 'Alt', 'Meta', 'Shift'].filter((modifier) => held.has(modifier)).map((modifier) => `${modifier}-`);
  const literal = key === 'Space' ? ' ' : isCapital ? key.toLowerCase() : key;
  return `${modifiers.join('')}${literal}`;
}

const signs: Readonly<Record<string, string>> = { Comma: ',', Period: '.', Slash: '/' };

function usKey(code: string): string | null {
  return /^(?:Key|Digit)(.)$/.exec(code)?.[1]?.toLowerCase() ?? signs[code] ?? null;
}
