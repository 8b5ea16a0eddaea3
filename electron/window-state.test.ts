import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { firstSize, placeOf, readWindowState, writeWindowState } from './window-state.ts';

const state = { bounds: { x: 100, y: 50, width: 1200, height: 800 }, maximized: false };
const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-window-'));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe("the window's place", () => {
  it('D15 is there again at the next start', async () => {
    const file = join(folder, 'window.json');
    expect(readWindowState(file)).toBeNull();
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
    expect(await readdir(folder)).toEqual(['window.json']);
    expect(placeOf(readWindowState(file), screens)).toEqual(state.bounds);
  });

  it.each(['', '{', 'null', '{"bounds":{"x":1}}', '{"bounds":{"x":0,"y":0,"width":-5,"height":10},"maximized":false}'])(
    'D15 a damaged file %j is reported and the window opens as the first time',
    async (text) => {
      const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
      await writeFile(join(folder, 'window.json'), text);
      expect(placeOf(readWindowState(join(folder, 'window.json')), screens)).toEqual(firstSize);
      expect(report).toHaveBeenCalledOnce();
    },
  );

  it('D15 a folder that cannot be written costs a report, nothing else', () => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    writeWindowState(join(folder, 'missing', 'window.json'), state);
    expect(report).toHaveBeenCalledOnce();
  });

  it.each([
    ['on a screen that is gone', { x: 2500, y: 50 }],
    ['above the screen', { x: 100, y: -30 }],
    ['with its title bar below the screen', { x: 100, y: 1070 }],
    ['with a sliver left of the screen', { x: -1150, y: 50 }],
  ])('D15 a place %s keeps only its size', (_, position) => {
    expect(placeOf({ ...state, bounds: { ...state.bounds, ...position } }, screens)).toEqual({ width: 1200, height: 800 });
  });
});
