import { join } from 'node:path';
import type { HostEvent } from '../core/contract.ts';
import { AppError, type Failure } from '../core/failure.ts';
import { SplitJobs } from './dataset/split-jobs.ts';
import { type Keeper, startKeeper } from './earlier/keeper.ts';
import { StateKeeping } from './earlier/state-keeping.ts';
import { goneNotice, isGone, orGone } from './gone-folder.ts';
import type { Desk, HostOptions } from './handlers/desk.ts';
import { handlersOf } from './handlers/handlers.ts';
import { type Call, serve } from './handlers/serve.ts';
import { projectKey, withOpened } from './home/known-projects.ts';
import { createReader } from './import/reader.ts';
import { Staging } from './import/staging.ts';
import { Unlisted } from './import/unlisted.ts';
import { Jobs } from './jobs.ts';
import { createLease } from './lease.ts';
import { tellLeftBehind } from './lookups/left-behind.ts';
import { accountName } from './places.ts';
import { Searches } from './search/searches.ts';
import { nodeFileSystem } from './storage/file-system.ts';
import { Notices } from './storage/notices.ts';
import { type Watch, type Woken, watchProject } from './watch.ts';

/** One open project behind the contract, for any number of pages. */
export interface Host {
  readonly call: Call;
  /**
   * Calls `listener` for each event until the returned function is called. `page` is the page that listens: it does not receive its own gestures, and
   * keeps the write lease while it listens. Null receives everything and holds no lease.
   */
  listen(page: string | null, listener: (event: HostEvent) => void): () => void;
  /** Begins what the first page will ask for. If something fails, that page gets the error. */
  prepare?(): void;
  /** Sends an event to every listener, as the desktop shell does with a menu command. */
  emit(event: HostEvent): void;
  /** Tells the pages, waits a moment for what they still send, then flushes and closes the project. Idempotent. */
  close(): Promise<void>;
}

// How long a closing host waits for calls: until there were none for `quiet`, and never longer than `longest`. Milliseconds.
const quiet = 100;
const longest = 2000;
// How long after opening a project its folders are swept, in milliseconds.
const beforeSweeping = 20_000;
// How long after opening a project with many articles it is searched for conflict files, which takes a while. Milliseconds.
const beforeLooking = 2000;

const closedFailure: Failure = {
  code: 'not-saved',
  message: 'Pressmark was closed.',
  safe: 'What was marked Saved is on the disk. What was not is still in this window.',
  next: 'Start Pressmark again and open the project.',
};

const isoNow = () => new Date().toISOString();

/** Opens `options.project` for pages. */
export function openHost(options: HostOptions): Host {
  const { project, settings } = options;
  const listeners = new Map<(event: HostEvent) => void, string | null>();
  const emit = (event: HostEvent, except?: string) => {
    for (const [listener, page] of [...listeners]) if (page === null || page !== except) listener(event);
  };
  const lease = createLease((page) => emit({ event: 'lease', page }), options.graceMs);
  const told = new Set(project.gestures().map((gesture) => gesture.id));
  const noticeGone = (id: string) => emit({ event: 'notice-gone', id });
  const stopNotices = project.onNotice((notice) => emit({ event: 'notice', notice }), noticeGone);

  const hostNotices = new Notices();
  const stopHostNotices = hostNotices.on((notice) => emit({ event: 'notice', notice }), noticeGone);
  // One after the other, so that what is told last is what was read last.
  let telling = Promise.resolve();
  const tellLeft = (): Promise<void> => {
    telling = telling
      .then(() => (isClosed ? undefined : tellLeftBehind(project, hostNotices)))
      .catch((error: unknown) => options.log?.(`looking for annotations left behind failed: ${String(error)}`));
    return telling;
  };
  const unlisted = new Unlisted(project, hostNotices, (options.now ?? isoNow)());

  const staging = new Staging(project, createReader());
  const jobs = new Jobs((to, event) => {
    for (const [listener, page] of [...listeners]) if (page === null || page === to) listener(event);
  });
  const splitJobs = new SplitJobs(project);
  const searches = new Searches(project, options.cache);
  const desk: Desk = {
    ...options,
    lease,
    staging,
    jobs,
    splitJobs,
    searches,
    unlisted,
    notices: () => [...project.notices, ...settings.notices, ...hostNotices.list],
    written(page, gesture) {
      if (told.has(gesture.id)) return;
      told.add(gesture.id);
      emit({ event: 'gesture', page, gesture }, page);
      if (gesture.edits.some(({ record }) => record === 'article')) void unlisted.tellAgain().then(tellLeft);
    },
    imported: (summary) => emit({ event: 'article', summary }),
    saveSettings: (next) => {
      const { annotator, recent } = settings.current();
      return settings.save({ ...next, annotator, recent });
    },
    account: options.account ?? accountName(),
    begun: () => {
      beginning ??= begin().catch((error: unknown) => {
        beginning = null;
        throw error;
      });
      return beginning;
    },
    whole: async () => {
      await desk.begun();
      if (!project.isWhole) await project.readEverybody();
      if (!isClosed) await unlisted.tellOnce();
      if (!isClosed) await tellLeft();
    },
    outside(articles, page) {
      for (const { id } of project.gestures()) told.add(id);
      emit({ event: 'outside', articles: articles && [...articles] }, page);
      void unlisted.tellOnce().then(tellLeft);
    },
    async remember(change) {
      try {
        await settings.save({ ...settings.current(), ...change });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const { message, next } = error.failure;
        emit({ event: 'notice', notice: { id: 'settings', severity: 'warning', message, next } });
      }
    },
  };

  let keeper: Keeper | null = null;
  const startKeeping = () => {
    // The program that writes the project also keeps its states.
    if (!options.earlier || project.readOnly) return;
    const { id, name } = project.info;
    const place = { fileSystem: nodeFileSystem, project: { id, name }, root: project.folder, folder: join(options.earlier, id) };
    keeper = startKeeper({
      keeping: new StateKeeping(place),
      codebook: () => project.codebook.version,
      now: options.now ?? isoNow,
      notify: (notice) => hostNotices.add(notice),
      retract: (gone) => hostNotices.remove(gone),
    });
  };
  let work = '';
  const touchIfWorked = () => {
    // An import is a step too.
    const now = `${project.annotator.id} ${project.gestures().length} ${project.codebook.version}`;
    if (now === work) return;
    work = now;
    // A read-only project may have been repaired.
    if (keeper) keeper.touch();
    else if (watching) startKeeping();
  };

  let watching: Watch | null = null;
  let later: NodeJS.Timeout[] = [];
  const begin = async () => {
    const { info, folder } = project;
    const { annotator, recent } = settings.current();
    const last = annotator[info.id];
    if (last !== undefined && project.annotators.some(({ id }) => id === last)) {
      await project.switchAnnotator(last);
      for (const { id } of project.gestures()) told.add(id);
    }
    const entry = { id: info.id, name: info.name, folder, time: (options.now ?? isoNow)(), key: await projectKey(folder) };
    await desk.remember({ recent: await withOpened(recent, entry, { fileSystem: nodeFileSystem, patience: 1500 }) });
    const isSmall = !project.hasMany;
    if (isSmall) await project.tellConflicts();
    if (isClosed) return;
    await unlisted.tellOnce();
    if (isClosed) return;
    await tellLeft();
    if (isClosed) return;
    startKeeping();
    const watched = { folder, own: () => project.annotator.id, unfinished: () => project.unfinishedArticles() };
    watching = watchProject(watched, (what) => void look(what), cannotWatch);
    // Work that is not urgent waits until the person who opened the project has been served.
    later = [setTimeout(() => void project.sweep(), beforeSweeping)];
    if (!isSmall) later.push(setTimeout(() => void look('all'), beforeLooking));
    for (const timer of later) timer.unref();
  };
  const isGoneTold = () => hostNotices.list.some(({ id }) => id === 'gone');
  // Whether a notice says that outside changes cannot be read.
  let isUnread = false;
  const look = async (what: Woken) => {
    if (isClosed) return;
    if (await isGone(project.folder)) {
      if (!isGoneTold()) hostNotices.add(goneNotice(project.folder));
      return;
    }
    hostNotices.remove('gone');
    try {
      if (what === 'journal') return await project.lookAtJournal();
      const { articles, others } = await project.look();
      if (isUnread) noticeGone('outside');
      isUnread = false;
      watching?.follow();
      await project.tellConflicts();
      await unlisted.tellOnce();
      if (articles === null || articles.length > 0 || others) {
        desk.outside(articles);
        keeper?.touch();
      }
    } catch (error) {
      if (!(error instanceof AppError)) options.log?.(`looking for changes failed: ${String(error)}`);
      // A sync may be only half done; the next change triggers another look.
      isUnread = true;
      const message = `What another program changed cannot be read yet: ${error instanceof Error ? error.message : String(error)}`;
      emit({
        event: 'notice',
        notice: { id: 'outside', severity: 'warning', message, next: 'You still see the state before that change.' },
      });
    }
  };
  const cannotWatch = (error: unknown) => {
    const message = `Changes by other programs are not noticed: ${error instanceof Error ? error.message : String(error)}.`;
    emit({ event: 'notice', notice: { id: 'watch', severity: 'info', message, next: 'Read the project again to see them.' } });
  };
  let beginning: Promise<void> | null = null;

  const serveCall = serve(handlersOf(desk), options.log);
  let running = 0;
  let lastCall = 0;
  const call: Call = async (method, input, bytes) => {
    if (isClosed) return { ok: false, error: closedFailure };
    running++;
    try {
      return await orGone(project.folder, await serveCall(method, input, bytes));
    } finally {
      touchIfWorked();
      // A folder that is put back may not trigger the watcher.
      if (isGoneTold()) void look('all');
      running--;
      lastCall = Date.now();
    }
  };

  const settled = async () => {
    const begin = Date.now();
    lastCall = begin;
    while ((running > 0 || Date.now() - lastCall < quiet) && Date.now() - begin < longest) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  let isClosed = false;
  let closing: Promise<void> | null = null;
  const close = async () => {
    emit({ event: 'closing' });
    if (listeners.size > 0 || running > 0) await settled();
    isClosed = true;
    await beginning?.catch(() => undefined);
    watching?.close();
    for (const timer of later) clearTimeout(timer);
    await keeper?.close();
    stopHostNotices();
    stopNotices();
    lease.close();
    await staging.close();
    await jobs.close();
    splitJobs.close();
    await searches.close();
    await project.flush();
    await project.close();
  };

  return {
    call,
    listen(page, listener) {
      const heard = (event: HostEvent) => listener(event);
      listeners.set(heard, page);
      const disconnect = page === null ? null : lease.connect(page);
      return () => {
        if (!listeners.delete(heard)) return;
        disconnect?.();
        if (page !== null) jobs.leave(page);
      };
    },
    prepare() {
      const ahead = async () => {
        await desk.begun();
        if (!project.hasMany) await project.summariseAhead();
      };
      ahead().catch(() => undefined);
    },
    emit: (event) => emit(event),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
