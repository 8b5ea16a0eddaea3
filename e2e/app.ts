import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { _electron, type Browser, test as base, chromium, type ElectronApplication, expect, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { findRuntime } from '../cli/desktop.ts';
import { suggestionFamilies } from '../core/suggestions/choice.ts';
import { accountName } from '../host/places.ts';
import { openOrCreateSample } from '../host/sample.ts';
import { createProject } from '../host/storage/project.ts';
import { launchOptions } from './browser.ts';
import { type HostProcess, root, startHost } from './host-process.ts';

export type HostKind = 'loopback' | 'electron';

/** Pressmark as a person has it before them, whichever host runs it. */
export interface App {
  readonly kind: HostKind;
  readonly page: Page;
  /** The folder of the project that is open. */
  readonly project: string;
  /** Kills the host at once; the page stays. Loopback only. */
  stopHost(): Promise<void>;
  /** Kills the host at once and starts it again on the same project. */
  crashAndRestart(): Promise<void>;
  /** A further page on the same project; loopback only. */
  secondPage(): Promise<Page>;
  /** Fills or frees the disk under the project; loopback only. */
  setDiskFull(isFull: boolean): void;
  /** Exports from the Dataset view that is open; the files by path. */
  exportDataset(): Promise<Map<string, string>>;
}

interface Fixtures {
  readonly hostKind: HostKind;
  /** Articles of the project: `seeds` for the sample, `none` for an empty project. */
  readonly articles: 'seeds' | 'none';
  /** The name of the project's folder; `paris-summit-sample` is that of the first run. */
  readonly folder: string;
  /** Who the person has said they are; null before they were asked. */
  readonly personName: string | null;
  /** Whether suggestions are shown. They are off where a test is about annotations alone. */
  readonly suggestions: boolean;
  /** Whether the disk can be filled. */
  readonly faulty: boolean;
  readonly app: App;
  readonly axe: () => Promise<string[]>;
}

/** The path of Electron's program, or null where it is not installed. Nothing is downloaded. */
export function electronRuntime(): string | null {
  return findRuntime(dirname(createRequire(import.meta.url).resolve('electron/package.json')), process.env);
}

/** Runs the `pressmark` command. @throws Error with what it printed when it fails. */
export function pressmark(args: readonly string[], env: NodeJS.ProcessEnv = process.env): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'cli', 'pressmark.js'), ...args], { encoding: 'utf8', env });
  if (status !== 0) throw new Error(`pressmark ${args.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
}

/** Chromium with what a test machine needs. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch(launchOptions());
}

interface WorkerFixtures {
  /** The browser of this worker, started when the first test needs it: starting one takes longer than many a test. */
  readonly browserOfWorker: () => Promise<Browser>;
}

export const test = base.extend<Fixtures, WorkerFixtures>({
  browserOfWorker: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern
    async ({}, use) => {
      let browser: Promise<Browser> | undefined;
      await use(() => {
        browser ??= launchBrowser();
        return browser;
      });
      await (await browser)?.close();
    },
    { scope: 'worker' },
  ],

  hostKind: ['loopback', { option: true }],
  articles: ['seeds', { option: true }],
  folder: ['project', { option: true }],
  personName: ['Anna', { option: true }],
  suggestions: [false, { option: true }],
  faulty: [false, { option: true }],

  app: async ({ hostKind, articles, folder, personName, suggestions, faulty, viewport, colorScheme, browserOfWorker }, use, info) => {
    base.skip(hostKind === 'electron' && !electronRuntime(), 'Electron’s runtime is not installed');
    base.skip(hostKind === 'electron' && faulty, 'a full disk is made in the loopback host only');
    const home = info.outputPath('home');
    const project = info.outputPath(folder);
    mkdirSync(home, { recursive: true });
    const env = { ...process.env, PRESSMARK_HOME: home };
    mkdirSync(join(home, 'settings'), { recursive: true });
    writeFileSync(
      join(home, 'settings', 'settings.json'),
      JSON.stringify({ person: personName, suggestions: { off: suggestions ? [] : suggestionFamilies } }),
    );
    await makeProject(project, articles);
    const errors: string[] = [];
    const watch = (page: Page) => {
      page.on('pageerror', (error) => errors.push(error.stack ?? error.message));
      page.on('console', (message) => {
        // A lost connection is what crash tests are about; everything else that the page complains of is a defect.
        if (message.type() === 'error' && !/ERR_CONNECTION|ERR_INCOMPLETE|ERR_SOCKET|net::ERR/.test(message.text()))
          errors.push(message.text());
      });
    };
    const size = viewport ?? { width: 1440, height: 900 };
    const app =
      hostKind === 'loopback'
        ? await openLoopback({
            browser: await browserOfWorker(),
            project,
            home,
            env,
            faulty,
            watch,
            size,
            colorScheme: colorScheme ?? 'light',
          })
        : await openElectron({ project, home, env, watch });
    await use(app);
    await app.close();
    expect(errors, 'errors in the page').toEqual([]);
  },

  axe: async ({ app }, use) => {
    await use(async () => {
      const builder = new AxeBuilder({ page: app.page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
      const { violations } = await builder.setLegacyMode(app.kind === 'electron').analyze();
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`);
    });
  },
});

// As `pressmark new` does, without a process for it.
async function makeProject(folder: string, articles: 'seeds' | 'none'): Promise<void> {
  const [name, annotator] = ['Paris summit', accountName()];
  if (articles === 'none') await createProject(folder, { name, annotator: { name: annotator } });
  else await (await openOrCreateSample(folder, join(root, 'seeds'), annotator, name)).close();
}

interface Start {
  readonly project: string;
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly watch: (page: Page) => void;
}

async function ready(page: Page): Promise<void> {
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible({ timeout: 20_000 });
}

async function openLoopback(
  start: Start & {
    browser: Browser;
    faulty: boolean;
    size: { width: number; height: number };
    colorScheme: 'light' | 'dark' | 'no-preference' | null;
  },
) {
  const { project, home, env, faulty } = start;
  const args = faulty
    ? [join(root, 'e2e', 'faulty-host.ts'), project, home]
    : [join(root, 'cli', 'pressmark.js'), 'serve', project, '--no-open'];
  let host: HostProcess = await startHost(args, env);
  const { browser } = start;
  const context = await browser.newContext({ viewport: start.size, colorScheme: start.colorScheme ?? 'light' });
  const page = await context.newPage();
  start.watch(page);
  try {
    await page.goto(host.url);
    await ready(page);
  } catch (error) {
    // A host that is left behind would keep the right to write from the next run.
    await Promise.all([context.close(), host.kill()]);
    throw error;
  }
  const app: App & { close(): Promise<void> } = {
    kind: 'loopback',
    page,
    project,
    stopHost: () => host.kill(),
    async crashAndRestart() {
      await host.kill();
      host = await startHost(args, env);
      await page.goto(host.url);
      await ready(page);
    },
    async secondPage() {
      // Apart from the first, so that the one can be cut off from the host.
      const other = await (await browser.newContext({ viewport: start.size })).newPage();
      start.watch(other);
      await other.goto(host.url);
      await ready(other);
      return other;
    },
    setDiskFull(isFull) {
      const sign = join(home, 'disk-full');
      if (isFull) writeFileSync(sign, '');
      else rmSync(sign, { force: true });
    },
    async exportDataset() {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Export dataset' }).click();
      const files = unzipSync(readFileSync(await (await download).path()));
      return new Map(Object.entries(files).map(([path, bytes]) => [path.slice(path.indexOf('/') + 1), strFromU8(bytes)]));
    },
    async close() {
      await Promise.all(browser.contexts().map((each) => each.close()));
      await host.stop();
    },
  };
  return app;
}

async function openElectron({ project, home, env, watch }: Start) {
  const launch = async (): Promise<{ electron: ElectronApplication; page: Page }> => {
    const electron = await _electron.launch({
      args: [root, project, `--user-data-dir=${join(home, 'electron')}`],
      chromiumSandbox: true,
      env: { ...env } as Record<string, string>,
    });
    const page = await electron.firstWindow();
    watch(page);
    await ready(page);
    return { electron, page };
  };
  let running = await launch();
  const app: App & { close(): Promise<void> } = {
    kind: 'electron',
    get page() {
      return running.page;
    },
    project,
    stopHost() {
      throw new RangeError('the desktop window goes with its host');
    },
    async crashAndRestart() {
      running.electron.process().kill('SIGKILL');
      running = await launch();
    },
    secondPage() {
      throw new RangeError('the desktop app has one window for a project');
    },
    setDiskFull() {
      throw new RangeError('a full disk is made in the loopback host only');
    },
    async exportDataset() {
      const target = join(home, `dataset-${Date.now()}`);
      await running.electron.evaluate(({ dialog }, filePath) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] });
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, target);
      await running.page.getByRole('button', { name: 'Export dataset' }).click();
      await running.page.getByText(/^Exported \d+ files/).waitFor();
      return filesBelow(target);
    },
    close: () => running.electron.close(),
  };
  return app;
}

/** Waits until the person's settings are on the disk with `words` in them. */
export async function expectKept({ project }: App, words: RegExp): Promise<void> {
  const file = join(dirname(project), 'home', 'settings', 'settings.json');
  await expect.poll(() => readFileSync(file, 'utf8')).toMatch(words);
}

/** Every file below `folder` as text, by path with forward slashes. */
export function filesBelow(folder: string): Map<string, string> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')];
    }),
  );
}

export { expect } from '@playwright/test';
