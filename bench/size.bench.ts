import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { launchBrowser } from '../e2e/app.ts';
import { root } from '../e2e/host-process.ts';
import { coldStart, makeHome, peakOf } from './cold-start.ts';
import { type Made, makeProject } from './many-articles.ts';
import { loadNow, writeResults } from './results.ts';
import type { Exported, SizeRow } from './size-results.ts';
import { fillTables } from './tables.ts';

/**
 * The built workbench on projects of 10, 1,000 and 10,000 articles: start, memory, keys, searches, check, exports.
 * `npm run bench:size -- [sizes] [formats] [folder]`, with commas between; projects are kept in the folder, if one is given, and used again. Without arguments, the figures go to
 * results/size.json and into the table in README.md.
 */
const [first = '10,1000,10000', second = 'jsonl,csv,huggingface,brat', kept] = process.argv.slice(2);
const starts = 3;
const keys = 20;

await measureAll(first.split(',').map(Number), second.split(','));

async function measureAll(sizes: readonly number[], formats: readonly string[]): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'pressmark-size-'));
  const load = loadNow();
  try {
    const rows: SizeRow[] = [];
    for (const articles of sizes) {
      const folder = join(kept ?? home, String(articles));
      const made = await madeIn(folder, articles);
      const row = {
        ...made,
        ...(await atWork(folder, home)),
        ...checked(folder),
        exports: formats.map((format) => exportOf(folder, format)),
      };
      rows.push(row);
      tell(row);
      if (kept === undefined) rmSync(folder, { recursive: true });
    }
    // A run of some sizes or formats would say nothing of the others.
    if (process.argv.length <= 2) {
      writeResults('size', load, rows);
      fillTables();
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function atWork(
  folder: string,
  home: string,
): Promise<
  Pick<
    SizeRow,
    'start' | 'firstStart' | 'listed' | 'startCpu' | 'address' | 'sent' | 'open' | 'key' | 'apply' | 'search' | 'searchP95' | 'memory'
  >
> {
  makeHome(home);
  const browser = await launchBrowser();
  try {
    const firsts: number[] = [];
    for (let turn = 0; turn <= starts; turn++) {
      forgetOpenings(home);
      const { start, host, page } = await coldStart(browser, folder, home);
      await page.close();
      await host.stop();
      // The very first start finds nothing of the disk in memory, and Node and Chromium nothing compiled.
      if (turn > 0) firsts.push(start.painted);
    }
    const all: Awaited<ReturnType<typeof coldStart>>['start'][] = [];
    for (let turn = 0; ; turn++) {
      const { start, host, page } = await coldStart(browser, folder, home);
      if (turn > 0) all.push(start);
      if (turn < starts) {
        await page.close();
        await host.stop();
        continue;
      }
      const opened = await openings(page);
      const pressed = await tagged(page);
      const apply = await page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter(({ name }) => name.endsWith('/api/apply'))
          .map(({ duration }) => duration),
      );
      const searched = await searches(page);
      const memory = peakOf(host.pid);
      await page.close();
      await host.stop();
      const sent = all.at(-1)?.sent ?? 0;
      const median = (name: 'painted' | 'listed' | 'address' | 'cpu') =>
        quantile(
          all.map((one) => one[name]),
          0.5,
        );
      return {
        ...{
          start: median('painted'),
          firstStart: quantile(firsts, 0.5),
          listed: median('listed'),
          startCpu: median('cpu'),
          address: median('address'),
          sent,
          open: quantile(opened, 0.5),
          key: quantile(pressed, 0.5),
        },
        ...{ apply: quantile(apply, 0.5), search: quantile(searched, 0.5), searchP95: quantile(searched, 0.95), memory },
      };
    }
  } finally {
    await browser.close();
  }
}

/** As if no project was ever opened with this home. */
function forgetOpenings(home: string): void {
  const folder = join(home, 'cache');
  for (const name of existsSync(folder) ? readdirSync(folder) : []) if (name.endsWith('.opening')) rmSync(join(folder, name));
}

/** From the click on an article in the list until it is painted. */
async function openings(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 1; turn <= 5; turn++) {
    const row = page.getByRole('listbox', { name: 'Articles' }).getByRole('option').nth(turn);
    const painted = page.evaluate(
      () =>
        new Promise<number>((resolve) => {
          const before = document.querySelector('.article')?.textContent;
          let begin = 0;
          addEventListener('pointerdown', () => (begin = performance.now()), { capture: true, once: true });
          const look = () => {
            const text = document.querySelector('.article')?.textContent ?? '';
            if (begin === 0 || text === before || text.length < 500) return requestAnimationFrame(look);
            const channel = new MessageChannel();
            channel.port1.onmessage = () => resolve(performance.now() - begin);
            return requestAnimationFrame(() => channel.port2.postMessage(null));
          };
          requestAnimationFrame(look);
        }),
    );
    await row.click();
    times.push(await painted);
  }
  return times;
}

/** From a key that tags until the mark of requestAnimationFrame in its frame. */
async function tagged(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let turn = 0; turn < keys; turn++) {
    await page.evaluate(async (at) => {
      const article = document.querySelector<HTMLElement>('.article');
      article?.focus();
      const walker = document.createTreeWalker(article ?? document.body, NodeFilter.SHOW_TEXT);
      const nodes: Node[] = [];
      while (walker.nextNode()) if ((walker.currentNode.nodeValue?.length ?? 0) > 40) nodes.push(walker.currentNode);
      const node = nodes[at % nodes.length];
      if (node) document.getSelection()?.setBaseAndExtent(node, 2, node, 30);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }, turn);
    const listening = await page.evaluateHandle(() => ({
      told: new Promise<number>((resolve) => {
        const listen = () => {
          const begin = performance.now();
          requestAnimationFrame(() => resolve(performance.now() - begin));
        };
        addEventListener('keydown', listen, { capture: true, once: true });
      }),
    }));
    await page.keyboard.press('q');
    times.push(await listening.evaluate(({ told }) => told));
    await page.waitForTimeout(100);
  }
  return times;
}

/** From the call to the answer, for each letter of words that are typed, once the index is made. */
async function searches(page: Page): Promise<number[]> {
  return page.evaluate(async () => {
    const authorization = `Bearer ${sessionStorage.getItem('pressmark-token')}`;
    const call = async (method: string, input: unknown) => {
      const headers = { authorization, 'content-type': 'application/json' };
      return (await fetch(`/api/${method}`, { method: 'POST', body: JSON.stringify(input), headers })).json();
    };
    await call('searchKeys', { query: 'layer:quote' });
    const words = (document.querySelector('.article')?.textContent ?? '').split(/\s+/).filter((word) => /^\p{L}{5,}$/u.test(word));
    const times: number[] = [];
    for (let turn = 0; turn < 15; turn++) {
      const query = turn % 3 === 0 ? `layer:quote ${words[turn * 3]}` : `${words[turn * 3]} ${words[turn * 3 + 1]}`;
      for (let length = 1; length <= query.length; length++) {
        const begin = performance.now();
        await call('search', { query: query.slice(0, length), what: ['articles', 'annotations'], skip: 0, limit: 8 });
        times.push(performance.now() - begin);
      }
    }
    return times;
  });
}

async function madeIn(folder: string, articles: number): Promise<Made> {
  const note = `${folder}.json`;
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as Made;
  const made = await makeProject(folder, articles);
  writeFileSync(note, JSON.stringify(made));
  return made;
}

/** How long `pressmark check` takes, and how long the same files take to be read and hashed by the system's own programs. */
function checked(folder: string): Pick<SizeRow, 'check' | 'read'> {
  const timed = (program: string, args: readonly string[]) => {
    const begin = performance.now();
    const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - begin;
  };
  const check = timed(process.execPath, [join(root, 'cli', 'pressmark.js'), 'check', folder]);
  return { check, read: timed('sh', ['-c', 'find "$0" -type f -exec cat {} + | sha256sum', folder]) };
}

function exportOf(folder: string, format: string): Exported {
  const run = (kind: string) => {
    // As the command starts Node, in a process that has nothing else in memory.
    const script = ['--max-semi-space-size=8', '--heap-growing-percent=50', join(import.meta.dirname, 'one-export.ts')];
    const env = { ...process.env, MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '1000000' };
    const { stdout, stderr, status } = spawnSync(process.execPath, [...script, folder, format, kind], { encoding: 'utf8', env });
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as { time: number; cpu: number; memory: number };
  };
  const [inFolder, zipped] = [run('folder'), run('zip')];
  const memory = Math.max(inFolder.memory, zipped.memory);
  return { format, folder: inFolder.time, zip: zipped.time, folderCpu: inFolder.cpu, zipCpu: zipped.cpu, memory };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function tell({ exports, ...row }: SizeRow): void {
  const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
  console.log(`${row.articles} articles, ${megabytes(row.bytes)} MB of text, ${row.annotations} annotations`);
  console.log(
    `start ${Math.round(row.start)} ms, the first time ${Math.round(row.firstStart)}, list ${Math.round(row.listed)} (address ${Math.round(row.address)}), ${(row.sent / 1_000_000).toFixed(1)} MB sent; memory ${megabytes(row.memory)} MB`,
  );
  console.log(
    `open ${row.open.toFixed(0)} ms, key ${row.key.toFixed(1)}, apply ${row.apply.toFixed(1)}, search ${row.search.toFixed(1)} (p95 ${row.searchP95.toFixed(1)})`,
  );
  console.log(`check ${Math.round(row.check)} ms, cat and sha256sum ${Math.round(row.read)}`);
  const speed = (time: number) => (row.bytes / 1000 / time).toFixed(1);
  for (const { format, folder, zip, folderCpu, zipCpu, memory } of exports) {
    console.log(
      `${format}: folder ${speed(folder)} MB/s (by processor time ${speed(folderCpu)}), zip ${speed(zip)} (${speed(zipCpu)}), ${megabytes(memory)} MB`,
    );
  }
}
