import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { type Command, fixedCommands } from '../core/commands.ts';
import { acceleratorOf, menuOf, shellCommands } from './menu.ts';

const ignored = { newProject: () => undefined, openProject: () => undefined, run: () => undefined };

function flat(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

describe('the menu', () => {
  it.each([
    ['Mod-z', 'CommandOrControl+Z'],
    ['Mod-Shift-z', 'CommandOrControl+Shift+Z'],
    ['Shift-F6', 'Shift+F6'],
    ['Ctrl-Alt-ArrowLeft', 'Control+Alt+Left'],
    ['Mod--', 'CommandOrControl+-'],
    ['Mod-+', 'CommandOrControl+Plus'],
    ['Mod-Enter', 'CommandOrControl+Return'],
    ['Delete', 'Delete'],
  ])('D10 the key %s is the accelerator %s', (keys, accelerator) => {
    expect(acceleratorOf(keys)).toBe(accelerator);
  });

  it('D11 every command with a menu place stands there once, under its title', () => {
    const items = flat(menuOf(fixedCommands, 'linux', ignored));
    for (const { id, title, menu } of fixedCommands as readonly Command[]) {
      const found = items.filter((item) => item.id === id);
      expect(found.map(({ label }) => label?.startsWith(title))).toEqual(menu === null ? [] : [true]);
    }
  });

  it('D12 no key of the article is an accelerator: it is named in the label only', () => {
    const items = flat(menuOf(fixedCommands, 'linux', ignored));
    for (const { id, scope, menu } of fixedCommands as readonly Command[]) {
      if (scope === 'article' && menu !== null) expect(items.find((item) => item.id === id)).not.toHaveProperty('accelerator');
    }
    expect(items.find(({ id }) => id === 'annotation.note')?.label).toBe('Write a note (N)');
    expect(items.find(({ id }) => id === 'article.next')?.label).toBe('Next article (Shift+J)');
  });

  it('D13 keys of commands are shown, not registered, so that the page sees them first', () => {
    const undo = flat(menuOf(fixedCommands, 'linux', ignored)).find(({ id }) => id === 'history.undo');
    expect(undo).toMatchObject({ label: 'Undo', accelerator: 'CommandOrControl+Z', registerAccelerator: false });
  });

  it('D25 it shows the keys that the person has: their own, none where letters are off, none that they gave to a layer', () => {
    const keysOf = (settings: Parameters<typeof shellCommands>[0]) =>
      Object.fromEntries(
        flat(menuOf(shellCommands(settings), 'linux', ignored)).flatMap(({ id, label, accelerator }) =>
          id ? [[id, accelerator ?? label]] : [],
        ),
      );
    const keys = { 'history.redo': ['Mod-Alt-z'], 'text.find': [], 'tag.QUOTE': ['m'] };
    expect(keysOf({ keys, letterKeys: true })).toMatchObject({
      'history.undo': 'CommandOrControl+Z',
      'history.redo': 'CommandOrControl+Alt+Z',
      'text.find': 'Find in the article…',
      'article.done': 'Mark article done',
      'annotation.note': 'Write a note (N)',
    });
    expect(keysOf({ keys: {}, letterKeys: false })).toMatchObject({
      'annotation.note': 'Write a note',
      'history.undo': 'CommandOrControl+Z',
    });
  });

  it.each([
    ['darwin', ['appMenu', 'close', 'windowMenu'], ['quit']],
    ['win32', ['quit', 'about'], ['appMenu', 'windowMenu']],
  ] as const)("D14 on %s the system's own items stand where it looks for them", (platform, present, absent) => {
    const roles = flat(menuOf(fixedCommands, platform, ignored)).flatMap(({ role }) => role ?? []);
    expect(roles).toEqual(expect.arrayContaining(['cut', 'copy', 'paste', 'selectAll', 'zoomIn', 'zoomOut', 'resetZoom', ...present]));
    for (const role of absent) expect(roles).not.toContain(role);
  });
});
