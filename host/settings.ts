import { mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, defaultSettings, type Notice, Settings } from '../core/contract.ts';
import { durableWrite } from './storage/durable-write.ts';
import { reasonOf } from './storage/failures.ts';
import { codeOf, nodeFileSystem } from './storage/file-system.ts';

/** The person's settings, kept in `settings.json` of their settings folder. */
export interface SettingsStore {
  current(): Settings;
  /** Keeps `settings`; they are on the disk when this resolves. @throws AppError 'not-saved' */
  save(settings: Settings): Promise<void>;
  /** What was wrong with the file when it was opened. */
  readonly notices: readonly Notice[];
}

/**
 * Opens the settings in `folder`, making it when it is not there. A damaged file is set aside and the defaults are used. `changed` hears of
 * the settings at once and whenever they change.
 */
export async function openSettings(folder: string, changed: (settings: Settings) => void = () => undefined): Promise<SettingsStore> {
  const file = join(folder, 'settings.json');
  const { settings, notices } = await read(file);
  let current = settings;
  changed(current);
  let queue: Promise<void> = Promise.resolve();
  return {
    current: () => current,
    notices,
    save(next) {
      current = next;
      changed(current);
      const done = queue.then(() => write(folder, file, `${JSON.stringify(next, null, 2)}\n`));
      // The next save runs whether or not this one worked; its caller hears of it.
      queue = done.catch(() => undefined);
      return done;
    },
  };
}

async function read(file: string): Promise<{ settings: Settings; notices: Notice[] }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { settings: defaultSettings, notices: [] };
    return {
      settings: defaultSettings,
      notices: [notice(`Your settings could not be read, so the usual ones are used: ${reasonOf(error)}.`, `Look at ${file}.`)],
    };
  }
  try {
    return { settings: Settings.parse(JSON.parse(text)), notices: [] };
  } catch {
    const aside = `${file}.corrupt-${Date.now()}`;
    await rename(file, aside);
    const message = 'Your settings file was damaged, so the usual settings are used.';
    return { settings: defaultSettings, notices: [notice(message, `The damaged file was kept as ${aside}.`)] };
  }
}

function notice(message: string, next: string): Notice {
  return { id: 'settings', severity: 'warning', message, next };
}

async function write(folder: string, file: string, text: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await durableWrite(nodeFileSystem, file, new TextEncoder().encode(text));
  } catch (error) {
    throw new AppError(
      'not-saved',
      `Your settings could not be saved: ${reasonOf(error)}.`,
      'Check that your settings folder can be written.',
    );
  }
}
