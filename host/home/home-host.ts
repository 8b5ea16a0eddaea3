import { contract, type Handlers, type HostEvent } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import { serve } from '../handlers/serve.ts';
import type { Host } from '../host.ts';
import type { Home, HomeWindow } from './home.ts';
import { homeHandlers } from './home-handlers.ts';

/** A host for pages that show no project: it answers only the calls of the Project home. Closing it leaves `home` open. */
export function openHomeHost(home: Home, window: HomeWindow, log?: (line: string) => void): Host {
  const listeners = new Map<(event: HostEvent) => void, string | null>();
  const noProject = async (): Promise<never> => {
    throw new AppError('no-project', 'No project is open here.', 'Open one.');
  };
  const none = Object.fromEntries(Object.keys(contract).map((method) => [method, noProject])) as unknown as Handlers;
  const handlers: Handlers = {
    ...none,
    ...homeHandlers({ home, window }),
    saveSettings: async ({ settings }) => {
      const { annotator, recent } = home.settings.current();
      await home.settings.save({ ...settings, annotator, recent });
      return {};
    },
    cancelJob: async ({ page, job }) => {
      home.jobs.cancel(page, job);
      return {};
    },
  };
  const emit = (event: HostEvent) => {
    for (const listener of [...listeners.keys()]) listener(event);
  };
  return {
    call: serve(handlers, log),
    listen(page, listener) {
      const heard = (event: HostEvent) => listener(event);
      listeners.set(heard, page);
      return () => {
        if (listeners.delete(heard) && page !== null && ![...listeners.values()].includes(page)) home.leave(page);
      };
    },
    emit,
    async close() {
      emit({ event: 'closing' });
      for (const page of new Set(listeners.values())) if (page !== null) home.leave(page);
      listeners.clear();
    },
  };
}
