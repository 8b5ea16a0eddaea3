import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { build } from 'vite';
import { launchBrowser } from '../e2e/app.ts';
import { root, startHost } from '../e2e/host-process.ts';
import { importText } from '../host/article-import.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { sizes as allSizes, gesturesFor, runsIn, textOf } from './scene.ts';

/** Measures the built workbench beside bare ProseMirror, in one run and one browser, and prints Markdown. See README.md. */
/** The largest text to measure, in words, if not all: `npm run bench -- 20000`. */
const most = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const sizes = allSizes.filter(({ words }) => words <= most);
const rounds = 20;
const openings = 3;

interface Measured {
  readonly open: number[];
  /** From the key to the end of the frame that shows it, with the wait for that frame. */
  readonly key: number[];
  /** From the key to the mark of requestAnimationFrame in that frame: what the page does before it can be drawn. */
  readonly mark: number[];
}

const home = mkdtempSync(join(tmpdir(), 'pressmark-bench-'));
const folder = join(home, 'project');
await createProject(folder, { name: 'Benchmark', annotator: { id: 'bench', name: 'Bench' } });
const project = await openProject(folder);
const scenes: { name: string; text: string; runs: { start: number; end: number }[] }[] = [];
// The first article is a short one, so that opening each of the others is a change of article.
await importText(project, '0-first.txt', new TextEncoder().encode('A short article to begin with.\n'));
for (const { words, annotations } of sizes) {
  const text = textOf(words);
  const name = `${words}-words.txt`;
  const { meta } = await importText(project, name, new TextEncoder().encode(text));
  const runs = runsIn(text, annotations);
  for (const gesture of gesturesFor(meta.id, text, runs, 'bench')) await project.apply(gesture);
  scenes.push({ name, text, runs });
}
await project.close();

const bundle = await build({
  logLevel: 'error',
  configFile: false,
  define: { 'process.env.NODE_ENV': '"production"' },
  build: { write: false, lib: { entry: join(import.meta.dirname, 'bare.ts'), formats: ['iife'], name: 'bare' } },
});
const output = Array.isArray(bundle) ? bundle[0] : bundle;
const bareCode = output && 'output' in output ? output.output[0].code : '';

const host = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', folder, '--no-open'], { ...process.env, PRESSMARK_HOME: home });
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(host.url);
await page.getByRole('navigation', { name: 'Views' }).waitFor();
// A first start asks who annotates.
await page
  .getByRole('dialog')
  .getByRole('button', { name: 'Start' })
  .click({ timeout: 5000 })
  .catch(() => console.error('Nobody was asked for a name.'));
const bare = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await bare.setContent('<!doctype html><title>Bare</title>');
await bare.addScriptTag({ content: bareCode });

console.log('Milliseconds, the workbench / bare ProseMirror (ratio).\n');
console.log('| words | annotations | open p50 | open p95 | key to paint p50 | p95 | to its frame’s mark p50 | p95 |');
console.log('| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
for (const [index, { words, annotations }] of sizes.entries()) {
  const scene = scenes[index];
  if (!scene) continue;
  const own: Measured = { open: [], key: [], mark: [] };
  const peer: Measured = { open: [], key: [], mark: [] };
  await page.bringToFront();
  for (let opening = 0; opening < openings; opening++) {
    // Reloaded, so that nothing of the article is in memory.
    await page.reload();
    await choose(page, '0-first');
    own.open.push(await choose(page, scene.name));
  }
  // Beside the page the text is read for suggestions; the keys are of somebody who has begun to read.
  await page.waitForTimeout(1000 + words / 10);
  await keys(page, own);
  await bare.bringToFront();
  for (let opening = 0; opening < openings; opening++) peer.open.push(await openBare(scene));
  await keys(bare, peer);
  const cell = (name: keyof Measured, share: number) => {
    const [mine, theirs] = [quantile(own[name], share), quantile(peer[name], share)];
    return `${mine.toFixed(1)} / ${theirs.toFixed(1)} (${(mine / theirs).toFixed(1)}×)`;
  };
  console.log(
    `| ${words.toLocaleString('en')} | ${annotations.toLocaleString('en')} | ${cell('open', 0.5)} | ${cell('open', 0.95)} | ${cell('key', 0.5)} | ${cell('key', 0.95)} | ${cell('mark', 0.5)} | ${cell('mark', 0.95)} |`,
  );
}
await browser.close();
await host.stop();
rmSync(home, { recursive: true, force: true });

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Opens an article by a click in the list; milliseconds from the click until it is painted with its annotations and panels. */
async function choose(where: Page, name: string): Promise<number> {
  const filter = where.getByRole('textbox', { name: 'Filter articles' });
  await filter.fill(name);
  const row = where.getByRole('listbox', { name: 'Articles' }).getByRole('option').first();
  await row.waitFor();
  const painted = where.evaluate(
    (file) =>
      new Promise<number>((resolve) => {
        let start = 0;
        addEventListener('pointerdown', () => (start = performance.now()), { capture: true, once: true });
        const look = () => {
          const isShown = start > 0 && document.querySelector('.article-head p')?.textContent?.startsWith(file);
          const isDrawn =
            file.startsWith('0-') || (document.querySelector('.article [data-annotations]') && document.querySelector('.annotation-row'));
          if (!isShown || !isDrawn) return requestAnimationFrame(look);
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve(performance.now() - start);
          requestAnimationFrame(() => channel.port2.postMessage(null));
        };
        requestAnimationFrame(look);
      }),
    name,
  );
  await row.click();
  return painted;
}

function openBare(scene: { text: string; runs: { start: number; end: number }[] }): Promise<number> {
  return bare.evaluate(
    ({ text, runs }) =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        window.openBare(text, runs);
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now() - start);
        requestAnimationFrame(() => requestAnimationFrame(() => channel.port2.postMessage(null)));
      }),
    scene,
  );
}

/** Tags a selection of two words with `q` again and again, each in another paragraph on screen. */
async function keys(where: Page, measured: Measured): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    await where.evaluate(async (turn) => {
      const article = document.querySelector<HTMLElement>('.article');
      if (!article) throw new Error('no article');
      article.focus();
      const blocks = [...article.querySelectorAll('.block, p')].slice(0, 40);
      const block = blocks[turn % blocks.length];
      const walker = document.createTreeWalker(block ?? article, NodeFilter.SHOW_TEXT);
      let node = walker.nextNode();
      while (node && (node.nodeValue?.length ?? 0) < 12) node = walker.nextNode();
      if (!node) return;
      document.getSelection()?.setBaseAndExtent(node, 1, node, 11);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }, round);
    // Listening before the key is pressed: the two come to the page by different ways.
    const listening = await where.evaluateHandle(() => ({
      told: new Promise<{ key: number; mark: number }>((resolve) => {
        const listen = () => {
          const start = performance.now();
          requestAnimationFrame(() => {
            const frame = performance.now();
            const painted = new MessageChannel();
            painted.port1.onmessage = () => {
              resolve({ key: performance.now() - start, mark: frame - start });
            };
            painted.port2.postMessage(null);
          });
        };
        addEventListener('keydown', listen, { capture: true, once: true });
      }),
    }));
    await where.keyboard.press('q');
    const { key, mark } = await listening.evaluate(({ told }) => told);
    measured.key.push(key);
    measured.mark.push(mark);
  }
}
