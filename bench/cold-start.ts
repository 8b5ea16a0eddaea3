import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { type HostProcess, root, startHost } from '../e2e/host-process.ts';

/** A start of the workbench. Times in milliseconds since the host's process was started; memory in bytes. */
export interface Start {
  /** When the address was printed. */
  readonly address: number;
  /** When the text of the first article was painted. */
  readonly painted: number;
  /** When the list of all articles was on screen too. */
  readonly listed: number;
  /** What the host answered to the page's first call: bytes, and how long that took. */
  readonly sent: number;
  readonly answered: number;
  readonly memory: number;
  /** Processor time that the host took until then, which other work on the machine changes less. */
  readonly cpu: number;
}

/** What a person has who was here before: nobody is asked for a name. */
export function makeHome(home: string): void {
  mkdirSync(join(home, 'settings'), { recursive: true });
  writeFileSync(join(home, 'settings', 'settings.json'), JSON.stringify({ person: 'Ana' }));
}

/** Starts a host as a person would and opens its page in `browser`; whoever calls ends both. */
export async function coldStart(browser: Browser, folder: string, home: string): Promise<{ start: Start; host: HostProcess; page: Page }> {
  const begin = Date.now();
  const env = { ...process.env, PRESSMARK_HOME: home };
  const host = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', folder, '--no-open'], env);
  const address = Date.now() - begin;
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    const look = () => {
      const isShown = (document.querySelector('.article')?.textContent?.length ?? 0) > 500;
      if (!isShown) return requestAnimationFrame(look);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => Object.assign(window, { paintedAt: Date.now() });
      return requestAnimationFrame(() => channel.port2.postMessage(null));
    };
    requestAnimationFrame(look);
    const lookAtList = () => {
      const isListed = /\d/.test(document.querySelector('.list-head .heading')?.textContent ?? '');
      if (isListed) Object.assign(window, { listedAt: Date.now() });
      else requestAnimationFrame(lookAtList);
    };
    requestAnimationFrame(lookAtList);
  });
  await page.goto(host.url, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'paintedAt' in window, undefined, { timeout: 120_000, polling: 50 });
  const told = await page.evaluate(() => {
    const [call] = performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('/api/openWorkspace')) as PerformanceResourceTiming[];
    return { painted: Number(Reflect.get(window, 'paintedAt')), sent: call?.decodedBodySize ?? 0, answered: call?.duration ?? 0 };
  });
  const used = { memory: peakOf(host.pid), cpu: cpuOf(host.pid) };
  await page.waitForFunction(() => 'listedAt' in window, undefined, { timeout: 120_000, polling: 50 });
  const listed = (await page.evaluate(() => Number(Reflect.get(window, 'listedAt')))) - begin;
  return { start: { ...told, address, painted: told.painted - begin, listed, ...used }, host, page };
}

/** The processor time that a process has taken, in milliseconds (Linux alone tells). */
export function cpuOf(pid: number): number {
  // The name of the program, in brackets, may hold spaces; the times are the 14th and 15th of all fields, in hundredths of a second.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** The most memory that a process ever had, in bytes (Linux alone tells). */
export function peakOf(pid: number): number {
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1024;
}
