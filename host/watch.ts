import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

/** Watches a project's folder. */
export interface Watch {
  /** Also watches folders that were added since. */
  follow(): void;
  close(): void;
}

/** What may have changed: only the journal of the annotator who works here, or anything. */
export type Woken = 'journal' | 'all';

/**
 * What is watched: `folder` is the project's folder, `own` returns the id of the annotator who works here, and `unfinished` the ids of articles known
 * to have no record yet.
 */
export interface Watched {
  readonly folder: string;
  readonly own: () => string;
  readonly unfinished: () => readonly string[];
}

// A sync brings many files at once. The folder must be quiet for this many milliseconds before it is looked at.
const rest = 150;

// Our temporary and set-aside files trigger nothing.
const ignored = /(\.tmp|\.bak|[\\/]\.git|^\.git)$|(^|[\\/])\.git[\\/]|(^|[\\/])merged-[^\\/]+([\\/]|$)/;

/**
 * Calls `woken` when something in a project's folder may have changed. What changed, and whether we did it ourselves, has to be found out from the
 * files. `failed` is called if a folder cannot be watched. Complete articles never change, so their folders, of which there can be ten thousand, are
 * not watched on systems where each would need its own listener.
 */
export function watchProject(watched: Watched, woken: (what: Woken) => void, failed: (error: unknown) => void): Watch {
  const { folder, own, unfinished } = watched;
  const listeners = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let next: Woken | null = null;

  const wake = (path: string) => {
    if (ignored.test(path)) return;
    // The folder is created with the first snapshot. It is watched from then on, and files that others put there before are looked at now.
    if (!listensDeep && path === join('annotators', own(), 'articles') && !listeners.has(path)) {
      listen(path, false);
      for (const name of namesIn(join(folder, path))) wake(join(path, name));
    }
    const what = wokenBy(path, own());
    if (!what) return;
    next = next === 'all' ? 'all' : what;
    clearTimeout(timer);
    timer = setTimeout(() => {
      const told = next ?? 'all';
      next = null;
      // A new annotator brings new folders.
      if (told === 'all') follow();
      woken(told);
    }, rest);
    timer.unref();
  };

  const listen = (at: string, recursive: boolean) => {
    if (listeners.has(at)) return;
    try {
      const listener = watch(join(folder, at), { persistent: false, recursive }, (_, name) => {
        const path = name === null ? at : join(at, name);
        if (at === 'articles') listen(path, false);
        wake(path);
      });
      const end = () => {
        listener.close();
        listeners.delete(at);
      };
      listener.on('error', (error) => {
        end();
        // On some systems, removing a folder is an error of its listener.
        if (at === '') failed(error);
        else wake(at);
      });
      listeners.set(at, listener);
    } catch (error) {
      if (!isGone(error)) failed(error);
    }
  };

  const follow = () => {
    if (listensDeep) return listen('', true);
    for (const at of ['', 'articles', 'annotators']) listen(at, false);
    for (const article of unfinished()) listen(join('articles', article), false);
    for (const [at, listener] of listeners) {
      // A complete article needs no listener any more.
      if (!at.startsWith(join('articles', sep)) || !existsSync(join(folder, at, 'article.json'))) continue;
      listener.close();
      listeners.delete(at);
    }
    for (const annotator of namesIn(join(folder, 'annotators'))) {
      listen(join('annotators', annotator), false);
      listen(join('annotators', annotator, 'articles'), false);
    }
  };

  follow();
  return {
    follow,
    close() {
      clearTimeout(timer);
      for (const listener of listeners.values()) listener.close();
      listeners.clear();
    },
  };
}

// On these systems one listener covers everything below a folder. On others, Node would walk through all of it and watch each file.
const listensDeep = process.platform === 'darwin' || process.platform === 'win32';

const ownFiles = /^(?:entities|links|articles)\.json$|^articles[\\/][A-Za-z0-9_-]+-[0-9a-f]{8}\.json$|^articles$/;

// What a change at `path` may mean. The own snapshots follow from the own journal, which alone shows changes by other programs.
function wokenBy(path: string, own: string): Woken | null {
  const mine = `annotators${sep}${own}${sep}`;
  if (!path.startsWith(mine)) return 'all';
  const name = path.slice(mine.length);
  if (name === 'journal.jsonl') return 'journal';
  return ownFiles.test(name) ? null : 'all';
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}
