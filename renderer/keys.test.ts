import { expect, test, vi } from 'vitest';
import { type KeyPress, keyNamesOf, runBinding, writtenKey } from './keys.ts';

const press = (key: string, code: string, held: readonly string[] = []): KeyPress => ({
  key,
  code,
  ctrlKey: held.includes('Ctrl'),
  altKey: held.includes('Alt'),
  metaKey: held.includes('Meta'),
  shiftKey: held.includes('Shift'),
  getModifierState: (name) => held.includes(name),
});

test.each<[string, KeyPress, string]>([
  ['a letter', press('q', 'KeyQ'), 'q'],
  ['a letter under Caps Lock', press('Q', 'KeyQ'), 'q'],
  ['Shift and a letter', press('Q', 'KeyQ', ['Shift']), 'Shift-q'],
  ['Shift and a letter, bound as a capital', press('J', 'KeyJ', ['Shift']), 'J'],
  ['a sign that needs Shift', press('?', 'Slash', ['Shift']), '?'],
  ['a digit that needs Shift', press('1', 'Digit1', ['Shift']), '1'],
  ['a digit typed by another key than on US keyboards', press('1', 'Numpad1'), '1'],
  ['a Cyrillic letter', press('й', 'KeyQ'), 'q'],
  ['a Cyrillic capital', press('Й', 'KeyQ', ['Shift']), 'Shift-q'],
  ['a Greek letter with Ctrl', press('ζ', 'KeyZ', ['Ctrl']), 'Mod-z'],
  ['a Hebrew sign that needs Shift', press('׃', 'Slash', ['Shift']), '?'],
  ['the letter typed, not the physical key', press('q', 'KeyA'), 'q'],
  ['Ctrl and Shift', press('Z', 'KeyZ', ['Ctrl', 'Shift']), 'Mod-Shift-z'],
  ['a named key', press('Delete', 'Delete'), 'Delete'],
  ['Shift and a named key', press('F6', 'F6', ['Shift']), 'Shift-F6'],
  ['a key that an input method takes', press('Process', 'KeyQ'), 'q'],
  ['a minus', press('-', 'Minus', ['Ctrl']), 'Mod--'],
  ['space', press(' ', 'Space'), 'Space'],
  ['a sign typed with AltGr', press('.', 'Digit9', ['AltGraph', 'Ctrl', 'Alt']), '.'],
])('E6 %s finds its binding', (_what, pressed, name) => {
  const run = vi.fn(() => true);
  expect(runBinding(pressed, { [name]: run }, false)).toBe(true);
  expect(run).toHaveBeenCalledOnce();
});

test.each<[string, KeyPress, string]>([
  ['a letter with Ctrl', press('q', 'KeyQ', ['Ctrl']), 'q'],
  ['a letter with Shift', press('Q', 'KeyQ', ['Shift']), 'q'],
  ['the physical key of another Latin layout', press('a', 'KeyQ'), 'q'],
  ['a named key with Shift', press('Enter', 'Enter', ['Shift']), 'Enter'],
  ['a dead key', press('Dead', 'KeyQ'), 'q'],
])('E6 %s does not stand for it', (_what, pressed, name) => {
  const run = vi.fn(() => true);
  expect(runBinding(pressed, { [name]: run }, false)).toBe(false);
  expect(run).not.toHaveBeenCalled();
});

test('E6 Mod is Cmd on a Mac and Ctrl elsewhere', () => {
  const bindings = { 'Mod-z': () => true };
  expect(runBinding(press('z', 'KeyZ', ['Meta']), bindings, true)).toBe(true);
  expect(runBinding(press('z', 'KeyZ', ['Ctrl']), bindings, true)).toBe(false);
  expect(runBinding(press('z', 'KeyZ', ['Ctrl']), bindings, false)).toBe(true);
});

test('E6 a binding that does not apply leaves the key to the next one and then to the browser', () => {
  const calls: string[] = [];
  const refuses = (name: string) => () => {
    calls.push(name);
    return false;
  };
  expect(runBinding(press('?', 'Slash', ['Shift']), { '?': refuses('?'), 'Shift-?': refuses('Shift-?') }, false)).toBe(false);
  expect(calls).toEqual(['Shift-?', '?']);
});

test('E6 the most literal name comes first', () => {
  expect(keyNamesOf(press('Ж', 'Semicolon', ['Shift']))).toEqual(['Shift-ж']);
  expect(keyNamesOf(press('Я', 'KeyZ', ['Ctrl', 'Shift']))).toEqual(['Ctrl-Shift-я', 'Ctrl-Shift-z']);
});

test.each<[string, KeyPress, string | null]>([
  ['a letter', press('w', 'KeyW'), 'w'],
  ['a letter under Caps Lock', press('W', 'KeyW'), 'w'],
  ['Shift and a letter', press('W', 'KeyW', ['Shift']), 'Shift-w'],
  ['a sign that needs Shift', press('?', 'Slash', ['Shift']), '?'],
  ['Ctrl and Shift', press('Z', 'KeyZ', ['Ctrl', 'Shift']), 'Mod-Shift-z'],
  ['a Cyrillic letter', press('й', 'KeyQ'), 'q'],
  ['a letter that no US key has', press('ö', 'Semicolon'), 'ö'],
  ['space', press(' ', 'Space'), 'Space'],
  ['a named key', press('F9', 'F9', ['Shift']), 'Shift-F9'],
  ['a held Shift alone', press('Shift', 'ShiftLeft', ['Shift']), null],
  ['a dead key', press('Dead', 'Quote'), null],
])('F9 %s pressed as a new key is written so that the same press finds it', (_what, pressed, name) => {
  expect(writtenKey(pressed, false)).toBe(name);
  if (name) expect(runBinding(pressed, { [name]: () => true }, false)).toBe(true);
});

test('F9 on a Mac the command key is the main modifier, and Ctrl stays Ctrl', () => {
  expect(writtenKey(press('z', 'KeyZ', ['Meta', 'Shift']), true)).toBe('Mod-Shift-z');
  expect(writtenKey(press('z', 'KeyZ', ['Ctrl']), true)).toBe('Ctrl-z');
});
