import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs';
import { join, sep } from 'node:path';

/** Listens to a project's folder. */
export interface Watch {
  /** Listens to what has come since, too. */
  follow(): void;
  close(): void;
}

/** What may have changed: the journal of the annotator who works here and nothing else, or anything. */
export type Woken = 'journal' | 'all';

/** What is listened to: `folder` is the project's, `own` tells the id of who works here, `unfinished` the ids of articles that have no record yet, as far as is known. */
export interface Watched {
  readonly folder: string;
  readonly own: () => string;
  readonly unfinished: () => readonly string[];
}

// A sync brings many files at once: it has to rest for so long, in milliseconds, before it is looked at.
const rest = 150;

// Our temporary and set-aside files wake nobody.
const ignored = /(\.tmp|\.bak|[\\/]\.git|^\.git)$|(^|[\\/])\.git[\\/]|(^|[\\/])merged-[^\\/]+([\\/]|$)/;

/**
 * Calls `woken` when something in a project's folder may have changed; what changed, and whether it was ourselves, is for the files to
 * tell. `failed` hears of a folder that cannot be watched. Articles that are there already never change, so their folders, of which there
 * can be ten thousand, are not listened to where each would need a listener of its own.
 */
export function watchProject(watched: Watched, woken: (what: Woken) => void, failed: (error: unknown) => void): Watch {
  const { folder, own, unfinished } = watched;
  const listeners = new Map<string, FSWatcher>();
  let timer: NodeJS.Timeout | undefined;
  let next: Woken | null = null;

  const wake = (path: string) => {
    if (ignored.test(path)) return;
    // It comes with the first snapshot. What others leave in it is listened to from then on; what they left until then is looked at.
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
      // Whoever came has folders of their own.
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
        // On some systems a folder that goes away is an error of its listener.
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
      // An article that is there whole needs no listener any more.
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

// There one listener hears of everything below a folder; elsewhere Node would walk through all of it and listen to each file.
const listensDeep = process.platform === 'darwin' || process.platform === 'win32';

const ownFiles = /^(?:entities|links|articles)\.json$|^articles[\\/][A-Za-z0-9_-]+-[0-9a-f]{8}\.json$|^articles$/;

// What a change at `path` may mean. The own snapshots follow the own journal, which alone tells of another program's changes.
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
