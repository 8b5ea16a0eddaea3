import { type BrowserServer, chromium, type Page } from 'playwright';
import { launchOptions } from '../e2e/browser.ts';
import type { Scene } from './scene.ts';
import type { Tool } from './tools.ts';

/** What was measured of one tool at one size. Times in milliseconds, memory in bytes; `failed` says what did not come about, and why. */
export interface Measured {
  readonly open: number[];
  /** What the page's main thread computed for that, by its own clock, which stands still while other programs run. */
  readonly work: number[];
  /** How long the host took to answer, where there is one; the page does other things meanwhile. */
  readonly call: number[];
  /** From the key or the release of the button that tags to the end of the frame that shows it. */
  readonly tag: number[];
  /** The same until the page holds the change, and waits for the browser to draw it. Keys only. */
  readonly ready: number[];
  /** The same to that frame's mark (requestAnimationFrame): what is done before the frame can be drawn. Keys only. */
  readonly mark: number[];
  /** The longest event of each gesture by Event Timing, the drag and its tag: in steps of 8 ms, none below 16. */
  readonly event: number[];
  readonly scroll: number[];
  elements: number | null;
  heap: number | null;
  failed: string | null;
}

/** How often each thing is done, and for how long at most, in milliseconds. */
export interface Effort {
  readonly openings: number;
  /** How many words are tagged by a key, where there is one: enough for what is slower than 95 of a hundred. */
  readonly keys: number;
  /** How many are tagged otherwise. */
  readonly tags: number;
  readonly limit: number;
}

const frames = 40;

/** Measures `tool` with `scene` in a browser of its own, which is killed when the tool has not answered in time. */
export async function measure(tool: Tool, scene: Scene, effort: Effort): Promise<Measured> {
  const found: Measured = {
    ...{ open: [], work: [], call: [], tag: [], ready: [], mark: [], event: [], scroll: [] },
    ...{ elements: null, heap: null, failed: null },
  };
  const { headless: _, ...options } = { headless: true, ...launchOptions() };
  const server = await chromium.launchServer(options);
  let step = 'begin';
  let end: (error: Error) => void = () => undefined;
  const late = new Promise<never>((_, reject) => {
    end = reject;
  });
  let timer: NodeJS.Timeout | undefined;
  const within = <T>(name: string, work: Promise<T>, limit = effort.limit): Promise<T> => {
    step = name;
    clearTimeout(timer);
    timer = setTimeout(() => end(new Error(`not done after ${limit / 1000} s`)), limit);
    return Promise.race([work, late]);
  };
  try {
    await work(server, tool, scene, effort, found, within);
  } catch (error) {
    found.failed = `${step}: ${(error instanceof Error ? error.message : String(error)).split('\n')[0]}`;
  }
  clearTimeout(timer);
  late.catch(() => undefined);
  await server.kill();
  return found;
}

async function work(
  server: BrowserServer,
  tool: Tool,
  scene: Scene,
  effort: Effort,
  found: Measured,
  within: <T>(name: string, work: Promise<T>, limit?: number) => Promise<T>,
): Promise<void> {
  const browser = await chromium.connect(server.wsEndpoint());
  const begun = performance.now();
  let page: Page | null = null;
  while (found.open.length < effort.openings && (found.open.length === 0 || performance.now() - begun < effort.limit / 2)) {
    await page?.close();
    page = await within('begin', tool.begin(browser));
    await within('prepare', tool.prepare(page, scene));
    const clock = await clockOf(page);
    const before = await clock();
    const { all, call } = await within('open', tool.open(page, scene));
    found.open.push(all);
    found.work.push((await clock()) - before);
    if (call !== null) found.call.push(call);
  }
  if (!page) return;
  // Some work on after they were drawn; gestures are of somebody who has begun to read.
  await page.waitForTimeout(1000 + scene.words / 10);
  found.elements = await within(
    'elements',
    page.evaluate(() => document.getElementsByTagName('*').length),
  );
  found.heap = await within('heap', heapOf(page));
  const until = performance.now() + effort.limit / 2;
  const turns = tool.key?.when === 'after' ? effort.keys : effort.tags;
  for (let turn = 0; turn < turns && (turn < 2 || performance.now() < until); turn++) {
    await within('tag', gesture(page, tool, turn, found), effort.limit / 2);
  }
  if (found.tag.length === 0) throw new Error('nothing was tagged');
  found.scroll.push(
    ...(await within(
      'scroll',
      page.evaluate((frames) => window.bench.scroll(window.tool.scroller(), frames), frames),
    )),
  );
}

async function clockOf(page: Page): Promise<() => Promise<number>> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
}

async function heapOf(page: Page): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
}

// Words are dragged over with the mouse, and tagged by a key where the tool has one for that, else by the release of the button.
async function gesture(page: Page, tool: Tool, turn: number, found: Measured): Promise<void> {
  const spot = await page.evaluate((turn) => window.bench.spot(window.tool.root(), turn), turn);
  if (!spot) throw new Error('there are no words on screen');
  await page.evaluate(() => window.bench.longestEvent());
  if (tool.key?.when === 'before') await page.keyboard.press(tool.key.press);
  await page.mouse.move(spot.from.x, spot.from.y);
  await page.mouse.down();
  await page.mouse.move(spot.to.x, spot.to.y, { steps: 4 });
  const byKey = tool.key?.when === 'after' ? tool.key.press : null;
  if (byKey) {
    await page.mouse.up();
    await page.waitForTimeout(450);
  }
  // Listening before the event is sent: the two come to the page by different ways.
  const listening = await page.evaluateHandle(
    (name) => {
      const { bench, tool } = window;
      const before = tool.marks();
      return {
        told: new Promise<{ tag: number; ready: number; mark: number } | null>((resolve) => {
          const listen = async ({ timeStamp }: Event) => {
            setTimeout(() => resolve(null), 8000);
            const { ready, mark, end } = await bench.shown(() => tool.marks() !== before);
            resolve({ tag: end - timeStamp, ready: ready - timeStamp, mark: mark - timeStamp });
          };
          addEventListener(name, (event) => void listen(event), { capture: true, once: true });
        }),
      };
    },
    byKey ? 'keydown' : 'mouseup',
  );
  if (byKey) await page.keyboard.press(byKey);
  else await page.mouse.up();
  const told = await listening.evaluate(({ told }) => told);
  // A tool may refuse to tag some words; the next ones are tried.
  if (!told) return;
  found.tag.push(told.tag);
  if (byKey) {
    found.ready.push(told.ready);
    found.mark.push(told.mark);
  }
  await page.waitForTimeout(250);
  found.event.push(await page.evaluate(() => window.bench.longestEvent()));
}
