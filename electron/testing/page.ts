import { join } from 'node:path';
import { vi } from 'vitest';
import { contract, type Output } from '../../core/contract.ts';
import type { Reply } from '../../core/failure.ts';
import { placesOf, sampleFolder } from '../../host/places.ts';
import { openOrCreateSample } from '../../host/sample.ts';
import { root } from './bundles.ts';
import { type Double, type DoubleWindow, type Frame, startMain } from './electron-double.ts';

/** Starts the shell, on the sample project if `args` is empty, and waits for its first window. */
export async function started(args: readonly string[] = []): Promise<{ shell: Double; window: DoubleWindow }> {
  const shell = await startMain(args.length > 0 ? args : [await sampleProject()]);
  return { shell, window: await loaded(shell, 1) };
}

/** The folder of the sample project, which is created if it does not exist. */
async function sampleProject(): Promise<string> {
  const folder = sampleFolder(placesOf());
  await (await openOrCreateSample(folder, join(root, 'seeds'), 'ann')).close();
  return folder;
}

/** Calls the host as the page in `target` does, or as `senderFrame` would. */
export async function call(
  of: Double,
  target: DoubleWindow,
  method: unknown,
  input: unknown,
  senderFrame?: Frame | null,
  bytes?: unknown,
): Promise<Reply> {
  const handler = of.invocations.get('host');
  if (!handler) throw new TypeError('no handler');
  const sender = target.webContents;
  return (await handler(
    { sender, senderFrame: senderFrame === undefined ? sender.mainFrame : senderFrame },
    method,
    input,
    bytes,
  )) as Reply;
}

/** Opens the workspace as the page `page` in `target`. */
export async function workspaceOf(of: Double, target: DoubleWindow, page = 'page-1'): Promise<Output<'openWorkspace'>> {
  const reply = await call(of, target, 'openWorkspace', { page });
  if (!reply.ok) throw new Error(reply.error.message);
  return contract.openWorkspace.output.parse(reply.value);
}

/** Waits until `shell` has loaded its page `count` times, and returns the newest window. */
export function loaded(shell: Double, count: number): Promise<DoubleWindow> {
  return vi.waitFor(
    () => {
      const window = shell.windows.at(-1);
      if (!window || shell.log.filter((line) => line.startsWith('load ')).length < count) throw new Error(shell.log.join(', '));
      return window;
    },
    { timeout: 20_000, interval: 5 },
  );
}
