import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const Rectangle = z.strictObject({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });
/** A place on the screens, in device-independent pixels. */
export type Rectangle = z.infer<typeof Rectangle>;

/** Where the last window was. Kept in the person's settings folder, only for convenience. */
export const WindowState = z.strictObject({ bounds: Rectangle, maximized: z.boolean() });
export type WindowState = z.infer<typeof WindowState>;

/** The size of the first window. */
export const firstSize = { width: 1360, height: 900 } as const;
/** How much of a title bar must be on a screen for the window to be reachable. */
const reach = { width: 120, height: 40 } as const;

/** The state in `file`; null if there is none or it cannot be read. The window then opens as it does the first time. */
export function readWindowState(file: string): WindowState | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      console.error(`The window's place cannot be read: ${error}`);
    return null;
  }
  try {
    return WindowState.parse(JSON.parse(text));
  } catch (error) {
    console.error(`The window's place in ${file} is not valid: ${error}`);
    return null;
  }
}

/** Saves `state` in `file`. A failure is reported, and costs nothing except the place of the next window. */
export function writeWindowState(file: string, state: WindowState): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch (error) {
    console.error(`The window's place was not kept: ${error}`);
  }
}

/** Where a new window goes: the saved place if its title bar is reachable on one of `screens`, else only the saved size, else the first size. */
export function placeOf(state: WindowState | null, screens: readonly Rectangle[]): Partial<Rectangle> & { width: number; height: number } {
  if (state === null) return firstSize;
  const { x, y, width, height } = state.bounds;
  const reachable = screens.some(
    (screen) =>
      Math.min(x + width, screen.x + screen.width) - Math.max(x, screen.x) >= reach.width &&
      y >= screen.y &&
      y + reach.height <= screen.y + screen.height,
  );
  return reachable ? state.bounds : { width, height };
}
