import { AppError } from '../../core/failure.ts';
import { homeKey, type OpenedProject } from '../../core/project-home.ts';
import type { HostOptions } from '../handlers/desk.ts';
import { type Host, openHost } from '../host.ts';
import { openProject, type Project } from '../storage/project.ts';
import type { Home, HomeWindow } from './home.ts';
import { openHomeHost } from './home-host.ts';
import { projectKey } from './known-projects.ts';

/** The projects of one loopback host. */
export interface ServedProjects {
  /**
   * The host of the project with this key, which is opened if necessary. Null means the project that Pressmark was started with, or else the Project
   * home.
   * @throws AppError if the project is unknown or cannot be opened
   */
  hostOf(project: string | null): Promise<Host>;
  /** Closes all hosts. Idempotent. */
  close(): Promise<void>;
}

/** What a loopback host serves. */
export interface Serving {
  readonly home: Home;
  /** The folder of the project to start with; null starts at the Project home. */
  readonly start: string | null;
  /** What every project's host is opened with. */
  readonly options: Omit<HostOptions, 'project' | 'others' | 'kind'>;
  /** Called with each project that was opened. */
  readonly onOpen?: (project: Project) => void;
}

interface Served {
  readonly host: Host;
  /** The number of event streams of each page. */
  readonly pages: Map<string, number>;
}

/**
 * Any number of projects at one address; a page names the project it shows by key. Each project is opened once, however many pages show it, so that
 * one host holds its lock and its lease. It is closed when the last page that showed it leaves it for another; a page that merely goes away keeps it
 * open, in case it comes back.
 */
export function serveProjects({ home, start, options, onOpen = () => undefined }: Serving): ServedProjects {
  const served = new Map<string, Promise<Served>>();
  const closing = new Map<string, Promise<void>>();
  let isClosed = false;

  const open = async (key: string, folder: string): Promise<Served> => {
    await closing.get(key);
    const project = await openProject(folder, { whole: false, ...(options.cache === undefined ? {} : { cache: options.cache }) });
    onOpen(project);
    const pages = new Map<string, number>();
    const inner = openHost({ ...options, project, kind: 'loopback', others: { home, window: windowOf(key) } });
    const host: Host = {
      ...inner,
      listen(page, listener) {
        const stop = inner.listen(page, listener);
        if (page !== null) pages.set(page, (pages.get(page) ?? 0) + 1);
        let isOver = false;
        return () => {
          stop();
          if (isOver || page === null) return;
          isOver = true;
          const left = (pages.get(page) ?? 1) - 1;
          if (left > 0) pages.set(page, left);
          else pages.delete(page);
        };
      },
    };
    return { host, pages };
  };

  const serve = (key: string, folder: string): Promise<Served> => {
    if (isClosed) throw new AppError('not-saved', 'Pressmark was closed.', 'Start Pressmark again.');
    const known = served.get(key);
    if (known) return known;
    const opening = open(key, folder);
    served.set(key, opening);
    opening.catch(() => {
      if (served.get(key) === opening) served.delete(key);
    });
    return opening;
  };

  const release = (key: string): void => {
    const gone = served.get(key);
    if (!gone) return;
    served.delete(key);
    const end = gone.then(({ host }) => host.close()).catch((error: unknown) => console.error(error));
    closing.set(key, end);
    void end.then(() => closing.get(key) === end && closing.delete(key));
  };

  const windowOf = (key: string | null): HomeWindow => ({
    ask: null,
    async open(folder, project): Promise<OpenedProject> {
      await serve(project, folder);
      return { kind: 'here', project };
    },
    showHome: async () => ({ kind: 'here', project: homeKey }),
    async leave(page) {
      const opening = key === null ? undefined : served.get(key);
      const here = await opening;
      // Lets the answer to this call go out first.
      setTimeout(() => {
        if (key === null || !here || served.get(key) !== opening) return;
        if ([...here.pages.keys()].every((other) => other === page)) release(key);
      }, 0);
    },
  });
  const homeHost = openHomeHost(home, windowOf(null), options.log);

  const close = async () => {
    isClosed = true;
    for (const key of [...served.keys()]) release(key);
    await Promise.all(closing.values());
    await homeHost.close();
    await home.close();
  };
  let ending: Promise<void> | null = null;

  return {
    async hostOf(project) {
      if (project === homeKey || (project === null && start === null)) return homeHost;
      const folder = project === null ? (start ?? '') : await home.folderOf(project);
      return (await serve(await projectKey(folder), folder)).host;
    },
    close() {
      ending ??= close();
      return ending;
    },
  };
}
