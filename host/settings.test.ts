import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultSettings } from '../core/settings.ts';
import { placesOf } from './places.ts';
import { openSettings } from './settings.ts';
import { nodeFileSystem } from './storage/file-system.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-settings-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('H30 settings are as they were when Pressmark is opened again', async () => {
  const place = join(folder, 'deep', 'settings');
  const store = await openSettings(place);
  expect(store.current()).toEqual(defaultSettings);
  const chosen = { ...defaultSettings, theme: 'dark' as const, layout: { annotate: { left: 20 } }, lastArticle: { p1: 'a1' } };
  await Promise.all([store.save({ ...chosen, theme: 'light' }), store.save(chosen)]);
  expect(store.current()).toEqual(chosen);
  const again = await openSettings(place);
  expect(again.current()).toEqual(chosen);
  expect(again.notices).toEqual([]);
  expect(await readdir(place)).toEqual(['settings.json']);
});

test('F8 a settings file from before a setting existed is read, and what it lacks has its usual value', async () => {
  await writeFile(join(folder, 'settings.json'), '{"theme":"dark","layout":{"annotate":{"articles":20}},"lastArticle":{"p1":"a1"}}');
  const store = await openSettings(folder);
  expect(store.notices).toEqual([]);
  expect(store.current()).toEqual({
    ...defaultSettings,
    theme: 'dark',
    layout: { annotate: { articles: 20 } },
    lastArticle: { p1: 'a1' },
  });
});

test.each(['{"theme":', '[{"theme":"dark"}]', 'null', ''])(
  'H31 a damaged settings file (%s) is set aside with a notice and the usual settings are used',
  async (text) => {
    await writeFile(join(folder, 'settings.json'), text);
    const store = await openSettings(folder);
    expect(store.current()).toEqual(defaultSettings);
    expect(store.notices).toMatchObject([{ severity: 'warning', message: expect.stringContaining('damaged') }]);
    const kept = (await readdir(folder)).filter((name) => name.startsWith('settings.json.corrupt-'));
    expect(kept).toHaveLength(1);
    expect(await readFile(join(folder, kept[0] ?? ''), 'utf8')).toBe(text);
    await store.save(defaultSettings);
    expect((await openSettings(folder)).notices).toEqual([]);
  },
);

test('H69 what only another Pressmark knows of a settings file is told, costs nothing else and stays in the file', async () => {
  const file = join(folder, 'settings.json');
  const searches = {
    p1: {
      saved: [
        { name: '', query: 'a' },
        { name: 'b', query: 'b', icon: '*' },
      ],
      recent: ['c'],
    },
  };
  const given = { person: 'Anna', theme: 'pink', suggestions: { off: ['sarcasm', 'fact', 'irony'] }, searches, sounds: { save: true } };
  await writeFile(file, JSON.stringify(given));
  const store = await openSettings(folder);
  expect(store.current()).toEqual({
    ...defaultSettings,
    person: 'Anna',
    suggestions: { threshold: 0.5, off: ['fact'] },
    searches: { p1: { saved: [{ name: 'b', query: 'b' }], recent: ['c'] } },
  });
  expect(store.notices).toMatchObject([
    {
      severity: 'info',
      message: expect.stringMatching(
        /does not know.*: theme \(pink\), suggestions\.off \(sarcasm\), suggestions\.off \(irony\), searches\.p1\.saved, .* and 1 more\.$/,
      ),
    },
  ]);
  expect(await readdir(folder)).toEqual(['settings.json']);
  await store.save({ ...store.current(), textSize: 'large' });
  const written = JSON.parse(await readFile(file, 'utf8'));
  expect(written).toMatchObject({ ...given, textSize: 'large' });
  // What the person sets in its place counts.
  await store.save({ ...store.current(), theme: 'dark', suggestions: { threshold: 0.5, off: [] } });
  const again = await openSettings(folder);
  expect(again.current()).toMatchObject({ theme: 'dark', textSize: 'large', suggestions: { off: [] } });
  expect(JSON.parse(await readFile(file, 'utf8')).suggestions.off.sort()).toEqual(['irony', 'sarcasm']);
});

test('H76 what is strange in a settings file is told again only once something else is, from the first save on', async () => {
  const file = join(folder, 'settings.json');
  const told = async () => (await openSettings(folder)).notices.map(({ message }) => message);
  await writeFile(file, JSON.stringify({ theme: 'pink' }));
  expect(await told()).toEqual([expect.stringMatching('theme')]);
  expect(await told()).toHaveLength(1);
  const store = await openSettings(folder);
  await store.save({ ...store.current(), textSize: 'large' });
  expect(await told()).toEqual([]);
  await writeFile(file, JSON.stringify({ theme: 'green' }));
  expect(await told()).toEqual([expect.stringMatching('green')]);
  const again = await openSettings(folder);
  const failing = {
    ...nodeFileSystem,
    readFile: (path: string) => (path === file ? nodeFileSystem.readFile(path) : Promise.reject(new Error())),
  };
  await again.save(again.current());
  expect((await openSettings(folder, undefined, failing)).notices).toHaveLength(1);
});

test('H31 a settings file that cannot be read, or not be set aside, is never written over', async () => {
  const file = join(folder, 'settings.json');
  const asides = async () => (await readdir(folder)).filter((name) => name.startsWith('settings.json.corrupt-'));
  const failing = () => Promise.reject(Object.assign(new Error('EIO'), { code: 'EIO' }));
  await writeFile(file, '{"theme":"dark"}');
  const unread = await openSettings(folder, undefined, { ...nodeFileSystem, readFile: failing });
  expect(unread.current()).toEqual(defaultSettings);
  expect(unread.notices).toMatchObject([{ message: expect.stringContaining('could not be read') }]);
  await unread.save(defaultSettings);
  expect(await Promise.all((await asides()).map((name) => readFile(join(folder, name), 'utf8')))).toEqual(['{"theme":"dark"}']);
  await writeFile(file, '{"theme":');
  let isFailing = true;
  const rename: typeof nodeFileSystem.rename = (from, to) => (isFailing ? failing() : nodeFileSystem.rename(from, to));
  const stuck = await openSettings(folder, undefined, { ...nodeFileSystem, rename });
  expect(stuck.notices).toMatchObject([{ next: expect.stringContaining('still in its place') }]);
  await expect(stuck.save(defaultSettings)).rejects.toMatchObject({ failure: { code: 'not-saved' } });
  expect(await readFile(file, 'utf8')).toBe('{"theme":');
  isFailing = false;
  await stuck.save(defaultSettings);
  expect(await asides()).toHaveLength(2);
});

test('H32 settings that cannot be saved are told as not saved, and the next save is tried', async () => {
  await writeFile(join(folder, 'blocked'), '');
  const store = await openSettings(join(folder, 'blocked'));
  await expect(store.save(defaultSettings)).rejects.toMatchObject({ failure: { code: 'not-saved' } });
  await rm(join(folder, 'blocked'));
  await store.save({ ...defaultSettings, theme: 'dark' });
  expect((await openSettings(join(folder, 'blocked'))).current().theme).toBe('dark');
});

test('H33 settings lie where the system keeps them, or all under PRESSMARK_HOME', () => {
  expect(placesOf({}, 'linux', '/home/a')).toEqual({
    settings: '/home/a/.config/pressmark',
    projects: '/home/a/Pressmark',
    cache: '/home/a/.cache/pressmark',
    earlier: '/home/a/.local/share/pressmark/earlier',
  });
  expect(placesOf({ XDG_CONFIG_HOME: '/x' }, 'linux', '/home/a').settings).toBe('/x/pressmark');
  expect(placesOf({ XDG_CONFIG_HOME: '/x' }, 'darwin', '/Users/a').settings).toBe('/Users/a/Library/Application Support/Pressmark');
  expect(placesOf({ APPDATA: '/roaming' }, 'win32', '/u').settings).toBe('/roaming/Pressmark');
  expect(placesOf({ PRESSMARK_HOME: '/p', XDG_CONFIG_HOME: '/x' }, 'linux', '/home/a')).toEqual({
    settings: '/p/settings',
    projects: '/p/projects',
    cache: '/p/cache',
    earlier: '/p/earlier',
  });
});
