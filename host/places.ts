import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { sampleFolderName } from '../core/settings.ts';

/** Where Pressmark keeps what belongs to the person: settings, and projects unless another folder is given. Absolute paths. */
export interface Places {
  readonly settings: string;
  readonly projects: string;
  /** What can be rebuilt at any time, such as search indexes. */
  readonly cache: string;
  /** Earlier states of projects. */
  readonly earlier: string;
}

/**
 * The places for this person. PRESSMARK_HOME puts all of them into one folder. Otherwise settings are where the system keeps them (XDG_CONFIG_HOME,
 * Library/Application Support, APPDATA) and projects in `Pressmark` in the home folder.
 */
export function placesOf(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): Places {
  const root = environment['PRESSMARK_HOME'];
  if (root) {
    const at = (name: keyof Places) => join(root, name);
    return { settings: at('settings'), projects: at('projects'), cache: at('cache'), earlier: at('earlier') };
  }
  return {
    settings: settingsFolder(environment, platform, home),
    projects: join(home, 'Pressmark'),
    cache: cacheFolder(environment, platform, home),
    earlier: join(dataFolder(environment, platform, home), 'earlier'),
  };
}

/** The account name of the person at this computer. */
export function accountName(): string {
  return userInfo().username || 'Annotator';
}

/** The folder of this person's sample project. */
export function sampleFolder({ projects }: Pick<Places, 'projects'>): string {
  return join(projects, sampleFolderName);
}

function settingsFolder(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Pressmark');
  if (platform === 'win32') return join(environment['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Pressmark');
  return join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'pressmark');
}

function cacheFolder(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Pressmark');
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'Pressmark', 'Cache');
  return join(environment['XDG_CACHE_HOME'] || join(home, '.cache'), 'pressmark');
}

function dataFolder(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform, home: string): string {
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Pressmark');
  if (platform === 'win32') return join(environment['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'Pressmark');
  return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'pressmark');
}
