import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { root, startHost } from '../e2e/host-process.ts';
import { importText } from '../host/import/article-import.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { install } from './in-page.ts';
import { gesturesFor, type Scene } from './scene.ts';
import { firstText, type Opened, type Tool } from './tools.ts';

const first = '0-first.txt';

// How long a person holds the button, in milliseconds.
const press = 80;

/**
 * The built workbench, served by the loopback host from a project with `scenes` in it; `stop` ends it and clears up. Before it presses, the pointer
 * rests on the row for `rest` milliseconds.
 */
export async function ownTool(scenes: readonly Scene[], version: string, rest: number): Promise<{ tool: Tool; stop(): Promise<void> }> {
  const home = mkdtempSync(join(tmpdir(), 'pressmark-bench-'));
  const folder = join(home, 'project');
  mkdirSync(join(home, 'settings'), { recursive: true });
  writeFileSync(join(home, 'settings', 'settings.json'), JSON.stringify({ person: 'Bench' }));
  await createProject(folder, { name: 'Benchmark', annotator: { id: 'bench', name: 'Bench' } });
  const project = await openProject(folder);
  await importText(project, first, new TextEncoder().encode(firstText));
  for (const { name, text, runs } of scenes) {
    const { meta } = await importText(project, name, new TextEncoder().encode(text));
    for (const gesture of gesturesFor(meta.id, text, runs, 'bench')) await project.apply(gesture);
  }
  await project.close();
  const host = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', folder, '--no-open'], { ...process.env, PRESSMARK_HOME: home });
  const tool: Tool = {
    ...{ name: 'Pressmark', version, key: { press: 'q', when: 'after' } },
    async begin(browser) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.goto(host.url);
      await page.getByRole('navigation', { name: 'Views' }).waitFor();
      await page.evaluate(install);
      // The article of the last time comes first; with the short one remembered and the page loaded again, no other text is in memory.
      await prepareHere(page, first, rest);
      await openHere(page, first);
      // Which article was last is told to the host once the page rests.
      await page.waitForTimeout(1000);
      await page.reload();
      await page.waitForFunction((name) => document.querySelector('.article-head p')?.textContent?.startsWith(name), first);
      await page.evaluate(install);
      await page.evaluate(() => {
        const find = (selector: string) => document.querySelector(selector) as Element;
        // A tag changes pieces of the text, not always their number.
        let changes = 0;
        const watch = new MutationObserver((all) => {
          if (all.some(({ target }) => target instanceof Element && target.closest('.article'))) changes++;
        });
        watch.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['data-annotations'] });
        window.tool = {
          open: () => undefined,
          isDrawn: () => true,
          marks: () => changes,
          root: () => find('.article'),
          scroller: () => find('.article-pane'),
        };
      });
      await page.waitForTimeout(300);
      return page;
    },
    prepare: (page, { name }) => prepareHere(page, name, rest),
    open: (page, { name }) => openHere(page, name),
  };
  return {
    tool,
    async stop() {
      await host.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

// To the article's row in the list, with the pointer on it.
async function prepareHere(page: Page, name: string, rest: number): Promise<void> {
  await page.getByRole('textbox', { name: 'Filter articles' }).fill(name);
  const row = page.getByRole('listbox', { name: 'Articles' }).getByRole('option').first();
  await row.waitFor();
  await page.waitForTimeout(200);
  await row.hover();
  await page.waitForTimeout(rest);
}

// By a click in the list. It counts from the release of the button, which is what opens.
async function openHere(page: Page, name: string): Promise<Opened> {
  const listening = await page.evaluateHandle(
    ({ name, isFirst }) => ({
      told: new Promise<Opened>((resolve) => {
        // What is laid out ahead is on the page, but not on screen.
        const onScreen = (selector: string) =>
          [...document.querySelectorAll(`${selector}:not([data-away] *)`)].find((element) =>
            element.checkVisibility({ visibilityProperty: true }),
          );
        const clicked = async ({ timeStamp }: Event) => {
          const { end } = await window.bench.shown(
            () =>
              onScreen('.article-head p')?.textContent?.startsWith(name) === true &&
              (isFirst || (onScreen('.article [data-annotations]') !== undefined && onScreen('.annotation-row') !== undefined)),
          );
          const call = performance.getEntriesByType('resource').findLast((each) => each.name.endsWith('/openArticle'));
          resolve({ all: end - timeStamp, call: call?.duration ?? null });
        };
        addEventListener('click', (event) => void clicked(event), { capture: true, once: true });
      }),
    }),
    { name, isFirst: name === first },
  );
  await page.mouse.down();
  await page.waitForTimeout(press);
  await page.mouse.up();
  return listening.evaluate(({ told }) => told);
}
