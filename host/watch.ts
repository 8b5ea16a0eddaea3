import { watch } from 'chokidar';

/** Listens to a folder. `ready` resolves once nothing that changes from then on is missed. */
export interface Watch {
  readonly ready: Promise<void>;
  close(): Promise<void>;
}

// A sync brings many files at once: it has to rest for so long, in milliseconds, before it is looked at.
const rest = 150;

/**
 * Calls `woken` when something in a project's folder may have changed; what changed, and whether it was ourselves, is for the files to
 * tell. Our temporary and set-aside files wake nobody. `failed` hears of a folder that cannot be watched.
 */
export function watchProject(folder: string, woken: () => void, failed: (error: unknown) => void): Watch {
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path) => /(\.tmp|\.bak|[\\/]\.git)$|[\\/]\.git[\\/]|[\\/]merged-[^\\/]+$/.test(path),
  });
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(woken, rest);
    timer.unref();
  });
  watcher.on('error', failed);
  return {
    ready: new Promise((resolve) => watcher.once('ready', () => resolve())),
    async close() {
      clearTimeout(timer);
      await watcher.close();
    },
  };
}
