import type { MenuItemConstructorOptions } from 'electron';
import { type Command, fixedCommands, type MenuPlace } from '../core/commands.ts';
import { effectiveCommands, type KeySettings, shiftedId } from '../core/key-bindings.ts';

/** What the menu does that is not a command of the page. */
export interface ShellActions {
  newProject(): void;
  openProject(): void;
  /** Runs the command with this id in the page of the focused window. */
  run(id: string): void;
}

/** The commands that every project has, whatever its codebook, with the keys that are in effect for this person. */
export function shellCommands(settings: KeySettings): Command[] {
  const isFixed = (id: string) => fixedCommands.some((command) => command.id === id);
  // A key that was assigned to a layer, role or value no longer belongs to a command here.
  const others = Object.keys(settings.keys).flatMap((id) => (isFixed(id) ? [] : [id, shiftedId(id) ?? []].flat()));
  const all: Command[] = [...fixedCommands, ...others.map((id) => ({ id, title: id, keys: [], scope: 'article' as const, menu: null }))];
  return effectiveCommands(all, settings).filter(({ id }) => isFixed(id));
}

const modifiers: Readonly<Record<string, string>> = { Mod: 'CommandOrControl', Ctrl: 'Control', Cmd: 'Command', Meta: 'Meta' };
const keyNames: Readonly<Record<string, string>> = {
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  Enter: 'Return',
  ' ': 'Space',
  '+': 'Plus',
};

/** Converts a key in the form of prosemirror-keymap (`Mod-Shift-z`) to Electron's accelerator (`CommandOrControl+Shift+Z`). */
export function acceleratorOf(keys: string): string {
  const parts = keys.split(/-(?!$)/);
  const key = parts.pop() ?? '';
  const name = keyNames[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [...parts.map((part) => modifiers[part] ?? part), name].join('+');
}

/** A key in a form for people: `Shift-j` becomes `Shift+J`. */
function spoken(keys: string): string {
  return keys
    .split(/-(?!$)/)
    .map((part) => (part.length === 1 ? part.toUpperCase() : part))
    .join('+');
}

/**
 * One item. Keys that work anywhere are shown as accelerators but not registered: the page handles them and must see them first, because a text field
 * has its own undo. Keys that work only in the article are part of the label, because a letter must never be taken from typing.
 */
function itemOf({ id, title, keys, scope }: Command, run: ShellActions['run']): MenuItemConstructorOptions {
  const [key] = keys;
  const click = (): void => run(id);
  if (key === undefined) return { id, label: title, click };
  if (scope === 'article') return { id, label: `${title} (${spoken(key)})`, click };
  return { id, label: title, accelerator: acceleratorOf(key), registerAccelerator: false, click };
}

const separator: MenuItemConstructorOptions = { type: 'separator' };

/** The application menu: the commands in their places, and the system's own items where each system's users expect them. */
export function menuOf(commands: readonly Command[], platform: NodeJS.Platform, actions: ShellActions): MenuItemConstructorOptions[] {
  const mac = platform === 'darwin';
  const at = (place: MenuPlace): MenuItemConstructorOptions[] =>
    commands.filter(({ menu }) => menu === place).map((command) => itemOf(command, actions.run));
  const isHistory = ({ id }: MenuItemConstructorOptions): boolean => id?.startsWith('history.') === true;
  const edits = at('edit');
  return [
    ...(mac ? [{ role: 'appMenu' } as const] : []),
    {
      label: 'File',
      submenu: [
        { id: 'project.new', label: 'New project…', accelerator: 'CommandOrControl+N', click: () => actions.newProject() },
        { id: 'project.open', label: 'Open project…', accelerator: 'CommandOrControl+O', click: () => actions.openProject() },
        separator,
        ...at('file'),
        separator,
        mac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      label: 'Edit',
      submenu: [
        ...edits.filter(isHistory),
        separator,
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        separator,
        ...edits.filter((item) => !isHistory(item)),
      ],
    },
    { label: 'Annotate', submenu: at('annotate') },
    { label: 'Go', submenu: at('go') },
    {
      label: 'View',
      submenu: [
        ...at('view'),
        separator,
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'resetZoom' },
        separator,
        { role: 'togglefullscreen' },
      ],
    },
    ...(mac ? [{ role: 'windowMenu' } as const] : []),
    { role: 'help', submenu: [...at('help'), ...(mac ? [] : [separator, { role: 'about' } as const])] },
  ];
}
