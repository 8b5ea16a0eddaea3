import { describe, expect, test } from 'vitest';
import { type Command, commandsOf, commandTable, fixedCommands } from './commands.ts';
import { defaultCodebook } from './model/default-codebook.ts';

const commands: Command[] = [...fixedCommands, ...commandsOf(defaultCodebook)];

describe('commands', () => {
  test('M1 every command has an id of its own, a noun and a verb', () => {
    const ids = commands.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)?\.[A-Za-z0-9_]+$/);
    for (const { id } of fixedCommands) expect(id).toMatch(/^[a-z]+\.[a-z]+$/);
  });

  test('M2 no two commands of a project share a key', () => {
    const owners = new Map<string, string[]>();
    for (const { id, keys } of commands) for (const key of keys) owners.set(key, [...(owners.get(key) ?? []), id]);
    expect([...owners].filter(([, ids]) => ids.length > 1)).toEqual([]);
  });

  test('M3 a key that acts anywhere in the window never types a character', () => {
    for (const { scope, keys } of commands) {
      if (scope === 'window') for (const key of keys) expect(key).toMatch(/^Mod-|F\d+$/);
    }
  });

  test('M4 a key is modifiers in one order and the key’s own name, letters in lower case, so that each can be met in one way', () => {
    for (const { id, keys } of commands) {
      for (const key of keys) expect(key, id).toMatch(/^(Mod-)?(Shift-)?(\p{Ll}|[0-9.,?]|F\d+|[A-Z][a-z]+)$/u);
    }
  });

  test('F74 the letters of fixed commands are these and no version adds to them, for codebooks have the others', () => {
    const letters = fixedCommands.flatMap(({ keys }) => keys.map((key) => key.replace('Shift-', '')).filter((key) => /^\p{L}$/u.test(key)));
    expect([...new Set(letters)].sort().join('')).toBe('abhijklmnoruwxy');
  });

  test('F74 a letter that a codebook has all the same is its own, and the fixed command of that letter is without it', () => {
    const [first, ...layers] = defaultCodebook.layers;
    if (!first) throw new TypeError('no layer');
    const table = commandTable(commandsOf({ ...defaultCodebook, layers: [{ ...first, key: 'j' }, ...layers] }));
    const holders = (key: string) => table.filter(({ keys }) => keys.includes(key)).map(({ id }) => id);
    expect([holders('j'), holders('Shift-j'), holders('k')]).toEqual([['tag.QUOTE'], ['tag-exact.QUOTE'], ['paragraph.previous']]);
    expect(table.find(({ id }) => id === 'paragraph.next')?.keys).toEqual([]);
    expect(commandTable(commandsOf(defaultCodebook))).toEqual(commands);
  });

  test('M5 a codebook gives each layer a tag, with Shift exactly as selected, each role key a role, with Shift a further one, and digits', () => {
    const made = commandsOf(defaultCodebook);
    expect(made.filter(({ action }) => action.kind === 'tag').map(({ id, keys }) => `${id} ${keys}`)).toEqual([
      ...['tag.QUOTE q', 'tag-exact.QUOTE Shift-q', 'tag.QUOTED_TERM t', 'tag-exact.QUOTED_TERM Shift-t'],
      ...['tag.STANCE s', 'tag-exact.STANCE Shift-s', 'tag.FACT f', 'tag-exact.FACT Shift-f'],
    ]);
    expect(made.find(({ id }) => id === 'role.p')).toMatchObject({
      title: 'Set speaker / holder / source',
      action: { key: 'p', further: false },
    });
    expect(made.filter(({ id }) => id.startsWith('role.')).map(({ keys }) => keys.join())).toEqual(['p', 'c', 'd', 'g', 'e']);
    expect(made.filter(({ id }) => id.startsWith('role-further.')).map(({ keys }) => keys.join())).toEqual(
      ['p', 'c', 'd', 'g', 'e'].map((key) => `Shift-${key}`),
    );
    expect(made.filter(({ action }) => action.kind === 'relation').map(({ id, keys }) => `${id} ${keys}`)).toEqual([
      'relate.evidence_for v',
    ]);
    const exact = commandsOf(defaultCodebook, 'exact').flatMap(({ id, title, action }) =>
      action.kind === 'tag' ? [{ id, title, exact: action.exact }] : [],
    );
    expect(exact.slice(0, 2)).toEqual([
      { id: 'tag.QUOTE', title: 'Tag as quote', exact: true },
      { id: 'tag-exact.QUOTE', title: 'Tag as quote, whole words', exact: false },
    ]);
    expect(made.flatMap(({ action }) => (action.kind === 'value' ? [action.digit] : []))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});
