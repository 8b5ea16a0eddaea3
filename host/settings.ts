import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { AppError, type Notice } from '../core/failure.ts';
import { defaultSettings, type Settings } from '../core/settings.ts';
import { durablePath, durableWrite } from './storage/durable-write.ts';
import { reasonOf } from './storage/failures.ts';
import { codeOf, type FileSystem, nodeFileSystem } from './storage/file-system.ts';
import { readSettings, type StrangeSetting, withStrange } from './strange-settings.ts';

/** The person's settings, kept in `settings.json` of their settings folder. */
export interface SettingsStore {
  current(): Settings;
  /** Saves `settings`; they are on the disk when this resolves. @throws AppError 'not-saved' */
  save(settings: Settings): Promise<void>;
  /** What was wrong with the file when it was opened. */
  readonly notices: readonly Notice[];
}

/**
 * Opens the settings in `folder`, which is created if it does not exist. If the file is damaged or cannot be read, the defaults are used. The file is
 * set aside, at the latest by the next save, and never overwritten. Settings that only another version of Pressmark knows stay in the file. `changed`
 * is called with the settings at once and whenever they change.
 */
export async function openSettings(
  folder: string,
  changed: (settings: Settings) => void = () => undefined,
  fileSystem: FileSystem = nodeFileSystem,
): Promise<SettingsStore> {
  const file = join(folder, 'settings.json');
  const { settings, strange, notices, inTheWay } = await read(fileSystem, file);
  const toldFile = join(folder, toldName);
  let untold = strange.length > 0 && !(await wasTold(fileSystem, toldFile, strange));
  let current = settings;
  let aside = inTheWay;
  let isFolderThere = false;
  changed(current);
  let queue: Promise<void> = Promise.resolve();
  const write = async (text: string) => {
    try {
      if (!isFolderThere) await durablePath(fileSystem, folder);
      if (aside) await setAside(fileSystem, file, aside);
      aside = null;
      await durableWrite(fileSystem, file, new TextEncoder().encode(text));
      if (untold) await durableWrite(fileSystem, toldFile, new TextEncoder().encode(`${markOf(strange)}\n`));
      untold = false;
      isFolderThere = true;
    } catch (error) {
      isFolderThere = false;
      const message = `Your settings could not be saved: ${reasonOf(error)}.`;
      throw new AppError('not-saved', message, 'Check that your settings folder can be written.');
    }
  };
  return {
    current: () => current,
    notices: untold ? [...notices, strangeNotice(strange)] : notices,
    save(next) {
      current = next;
      changed(current);
      const done = queue.then(() => write(`${JSON.stringify(withStrange(next, strange), null, 2)}\n`));
      // The next save runs whether or not this one worked; this one's caller gets the error.
      queue = done.catch(() => undefined);
      return done;
    },
  };
}

interface Found {
  readonly settings: Settings;
  readonly strange: readonly StrangeSetting[];
  readonly notices: Notice[];
  /** The name under which to keep what is at the path of the settings, before they are saved; null if nothing is. */
  readonly inTheWay: string | null;
}

async function read(fileSystem: FileSystem, file: string): Promise<Found> {
  const aside = `${file}.corrupt-${Date.now()}`;
  const usual = (message: string, next: string, inTheWay: string | null): Found => ({
    settings: defaultSettings,
    strange: [],
    notices: [{ id: 'settings', severity: 'warning', message, next }],
    inTheWay,
  });
  let bytes: Uint8Array;
  try {
    bytes = await fileSystem.readFile(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { settings: defaultSettings, strange: [], notices: [], inTheWay: null };
    return usual(`Your settings could not be read, so the usual ones are used: ${reasonOf(error)}.`, `Look at ${file}.`, aside);
  }
  try {
    const read = readSettings(JSON.parse(Buffer.from(bytes).toString()));
    if (!read) throw new SyntaxError('no settings');
    return { ...read, notices: [], inTheWay: null };
  } catch {
    const message = 'Your settings file was damaged, so the usual settings are used.';
    const isKept = await setAside(fileSystem, file, aside).then(
      () => true,
      () => false,
    );
    if (isKept) return usual(message, `The damaged file was kept as ${aside}.`, null);
    return usual(message, `The damaged file is still in its place; it is kept as ${aside} when settings are next saved.`, aside);
  }
}

function strangeNotice(strange: readonly StrangeSetting[]): Notice {
  const named = strange
    .toReversed()
    .slice(0, mostNamed)
    .map(({ path, value }) => {
      const name = path.filter((key) => typeof key === 'string').join('.');
      return typeof value === 'object' ? name : `${name} (${String(value).slice(0, 40).toWellFormed()})`;
    });
  const rest = strange.length > mostNamed ? ` and ${strange.length - mostNamed} more` : '';
  const message = `This version of Pressmark does not know some of your settings and ignores them: ${named.join(', ')}${rest}.`;
  return { id: 'settings', severity: 'info', message, next: 'They stay in the file for the version that knows them.' };
}

// Next to the settings rather than in them, where it would be one more unknown setting for another version.
const toldName = 'settings-told.txt';

const markOf = (strange: readonly StrangeSetting[]) =>
  createHash('sha256')
    .update(JSON.stringify(strange.map(({ path, value }) => [path, value])))
    .digest('hex');

async function wasTold(fileSystem: FileSystem, toldFile: string, strange: readonly StrangeSetting[]): Promise<boolean> {
  // If it cannot be read, the unknown settings are reported once more.
  const told = await fileSystem.readFile(toldFile).catch(() => new Uint8Array());
  return Buffer.from(told).toString().trim() === markOf(strange);
}

// The number of unknown settings that a notice names.
const mostNamed = 5;

async function setAside(fileSystem: FileSystem, file: string, aside: string): Promise<void> {
  try {
    await fileSystem.rename(file, aside);
  } catch (error) {
    // Another program removed it.
    if (codeOf(error) !== 'ENOENT' && codeOf(error) !== 'ENOTDIR') throw error;
  }
}
