import { describe, expect, test } from 'vitest';
import { type Command, commandsOf, fixedCommands } from './commands.ts';
import { clashes, effectiveCommands, type KeyOverrides, keyProblem, rebind } from './key-bindings.ts';
import { defaultCodebook } from './model/default-codebook.ts';

const commands: readonly Command[] = [...fixedCommands, ...commandsOf(defaultCodebook)];
const withKeys = (keys: KeyOverrides, letterKeys = true) => effectiveCommands(commands, { keys, letterKeys });
const keysOf = (list: readonly Command[], id: string) => list.find((command) => command.id === id)?.keys;
const shared = (list: readonly Command[]) => {
  const all = list.flatMap(({ keys }) => keys);
  return all.filter((key, at) => all.indexOf(key) !== at);
};

describe('key bindings', () => {
  test('F1 without changes every command has the keys of the table', () => {
    expect(withKeys({})).toEqual(commands);
  });

  test('F1 a command has the keys that a person gave it and no others, an empty list none, and an unknown id is left aside', () => {
    const changed = withKeys({ 'article.done': ['x', 'F9'], 'annotation.note': [], 'gone.command': ['q'] });
    expect(keysOf(changed, 'article.done')).toEqual(['x', 'F9']);
    expect(keysOf(changed, 'annotation.note')).toEqual([]);
    expect(keysOf(changed, 'tag.QUOTE')).toEqual(['q']);
    expect(changed.map(({ id }) => id)).toEqual(commands.map(({ id }) => id));
  });

  test('F2 a key that a person gave wins over the same key as a default, within a scope and between window and article', () => {
    const changed = withKeys({ 'tag.QUOTE': ['s'], 'article.done': ['Mod-i'] });
    expect(keysOf(changed, 'tag.QUOTE')).toEqual(['s']);
    expect(keysOf(changed, 'tag.STANCE')).toEqual([]);
    expect(keysOf(changed, 'article.import')).toEqual([]);
    expect(shared(changed)).toEqual([]);
  });

  test('F3 the variant with Shift goes with the letter of a layer or role, unless it has a key of its own', () => {
    const changed = withKeys({ 'tag.QUOTE': ['w'], 'role.p': ['z'], 'role-further.p': ['Mod-j'] });
    expect(keysOf(changed, 'tag-exact.QUOTE')).toEqual(['Shift-w']);
    expect(keysOf(changed, 'role-further.p')).toEqual(['Mod-j']);
    expect(keysOf(withKeys({ 'tag.QUOTE': ['F2'] }), 'tag-exact.QUOTE')).toEqual([]);
    const backwards = effectiveCommands(commands.toReversed(), {
      keys: { 'role.p': ['z'], 'role-further.p': ['Mod-j'] },
      letterKeys: true,
    });
    expect(keysOf(backwards, 'role-further.p')).toEqual(['Mod-j']);
  });

  test('F4 with letters off no key of a single character acts, with or without Shift; all other keys do', () => {
    const off = withKeys({ 'tag.QUOTE': ['w', 'F2'] }, false);
    expect(off.flatMap(({ keys }) => keys).filter((key) => /^(Shift-)?.$/u.test(key))).toEqual([]);
    expect(keysOf(off, 'tag.QUOTE')).toEqual(['F2']);
    expect(keysOf(off, 'annotation.remove')).toEqual(['Delete', 'Backspace']);
    expect(keysOf(off, 'history.undo')).toEqual(['Mod-z']);
  });

  test('F5 a clash names the command that has the key, in the same scope and between window and article, with Shift too', () => {
    const found = (id: string, ...keys: string[]) => clashes(commands, id, keys).map(({ key, command }) => `${key} ${command.id}`);
    expect(found('tag.QUOTE', 's')).toEqual(['s tag.STANCE', 'Shift-s tag-exact.STANCE']);
    expect(found('tag.QUOTE', 'j')).toEqual(['j paragraph.next', 'Shift-j article.next']);
    expect(found('article.done', 'Mod-i')).toEqual(['Mod-i article.import']);
    expect(found('article.import', 'Mod-e')).toEqual(['Mod-e dataset.open']);
    expect(found('tag.QUOTE', 'z')).toEqual([]);
    expect(found('tag.QUOTE', 'q')).toEqual([]);
    expect(() => clashes(commands, 'no.command', ['q'])).toThrow(RangeError);
  });

  test('F6 swapping gives the other command the key that was freed, and nothing clashes afterwards', () => {
    const swapped = withKeys(rebind(commands, {}, 'tag.QUOTE', ['s']));
    expect(keysOf(swapped, 'tag.QUOTE')).toEqual(['s']);
    expect(keysOf(swapped, 'tag-exact.QUOTE')).toEqual(['Shift-s']);
    expect(keysOf(swapped, 'tag.STANCE')).toEqual(['q']);
    expect(keysOf(swapped, 'tag-exact.STANCE')).toEqual(['Shift-q']);
    expect(shared(swapped)).toEqual([]);
  });

  test('F6 whatever is swapped with whatever, no key has two commands and each keeps within what its scope may have', () => {
    for (const { id, scope } of commands) {
      for (const { keys } of commands) {
        const wanted = keys.filter((key) => keyProblem(scope, key) === null);
        if (wanted.length === 0) continue;
        const swapped = withKeys(rebind(commands, {}, id, wanted));
        expect(shared(swapped), `${id} ${wanted}`).toEqual([]);
        expect(keysOf(swapped, id)).toEqual(wanted);
        for (const other of swapped.filter((command) => command.scope === 'window')) {
          for (const key of other.keys) expect(keyProblem('window', key), `${id} ${wanted} ${other.id}`).toBeNull();
        }
      }
    }
  });

  test('F7 a command that acts everywhere takes no key that types; nothing takes the keys that move about or are the system’s', () => {
    expect(keyProblem('window', 'q')).toMatch(/Ctrl/);
    expect(keyProblem('window', 'Shift-q')).toMatch(/Ctrl/);
    for (const key of ['Mod-j', 'Mod-Shift-z', 'F6', 'Shift-F6']) expect(keyProblem('window', key)).toBeNull();
    for (const key of ['q', 'Shift-q', '?', 'Delete', 'Enter', 'Mod-j']) expect(keyProblem('article', key)).toBeNull();
    for (const key of ['Tab', 'Shift-Tab', 'ArrowLeft', 'Mod-Home', 'Escape', 'Mod-c', 'Mod-w']) {
      expect(keyProblem('article', key), key).not.toBeNull();
    }
  });
});
