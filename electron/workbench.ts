import type { BrowserWindow } from 'electron';
import { contract, type HostEvent } from '../core/contract.ts';
import type { Reply } from '../core/failure.ts';
import type { Host } from '../host/host.ts';
import { askReload, confirmLoss } from './dialogs.ts';
import { eventChannel } from './ipc.ts';
import { createTraffic } from './traffic.ts';

/** One window with the host of its one project, or of the Project home. */
export interface Workbench {
  /** The project's folder, with links resolved; null for the Project home. */
  readonly folder: string | null;
  readonly window: BrowserWindow;
  /** Handles a call of the window's page. */
  receive(method: string, input: unknown, bytes: Uint8Array): Promise<Reply>;
  /** Runs the command with this id in the page. */
  run(id: string): void;
  /** Switches to the project in `folder` behind `host`, and closes the previous host. The page has to open its workspace again. */
  turn(folder: string, host: Host): Promise<void>;
  /** Lets the page send what it still holds, then closes the window and the project. False if the person chose to keep it open. */
  close(): Promise<boolean>;
}

// `rest`: how long a closing page has to send more after each answer. `limit`: how long in total. Milliseconds.
const rest = 100;
const limit = 3_000;

/** Connects `window` to `first`, and closes its host when the window has closed. Then calls `closed`, with the error of a failed close or null. */
export function bindWorkbench(
  first: { folder: string | null; host: Host },
  window: BrowserWindow,
  closed: (error: unknown) => Promise<void>,
): Workbench {
  let { folder, host } = first;
  const traffic = createTraffic();
  const contents = window.webContents;
  let listening: { page: string; stop: () => void } | null = null;
  let leaving: PromiseWithResolvers<boolean> | null = null;
  let told = false;

  const send = (event: HostEvent): void => {
    if (!contents.isDestroyed()) contents.send(eventChannel, event);
  };
  const hang = (): void => {
    listening?.stop();
    listening = null;
  };
  const stay = (): void => {
    leaving?.resolve(false);
    leaving = null;
    told = false;
  };
  const close = (): Promise<boolean> => {
    if (leaving) return leaving.promise;
    leaving = Promise.withResolvers<boolean>();
    send({ event: 'closing' });
    void traffic.rested(rest, limit).then(() => {
      told = true;
      if (!window.isDestroyed()) window.close();
    });
    return leaving.promise;
  };

  window.on('close', (event) => {
    if (told) return;
    event.preventDefault();
    void close();
  });
  // The page objects to closing while it holds an edit that is not on the disk.
  contents.on('will-prevent-unload', (event) => {
    if (confirmLoss(window)) event.preventDefault();
    else stay();
  });
  contents.on('render-process-gone', async (_, { reason }) => {
    hang();
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    if (await askReload(window, 'The page of this window stopped working.')) contents.reload();
    else window.destroy();
  });
  // Otherwise a page that hangs while its window closes would keep it open for ever.
  window.on('unresponsive', () => {
    if (!leaving) return;
    if (confirmLoss(window)) window.destroy();
    else stay();
  });
  window.on('query-session-end', () => send({ event: 'closing' }));
  window.on('closed', async () => {
    hang();
    leaving ??= Promise.withResolvers();
    const { resolve } = leaving;
    let failure: unknown = null;
    try {
      await host.close();
    } catch (error) {
      failure = error;
    }
    await closed(failure);
    resolve(true);
  });

  return {
    get folder() {
      return folder;
    },
    window,
    receive: (method, input, bytes) => {
      const opening = method === 'openWorkspace' ? contract.openWorkspace.input.safeParse(input) : null;
      if (opening?.success && opening.data.page !== listening?.page) {
        hang();
        listening = { page: opening.data.page, stop: host.listen(opening.data.page, send) };
      }
      return traffic.follow(host.call(method, input, bytes));
    },
    run: (id) => send({ event: 'command', id }),
    async turn(nextFolder, nextHost) {
      hang();
      const before = host;
      folder = nextFolder;
      host = nextHost;
      await before.close();
    },
    close,
  };
}
