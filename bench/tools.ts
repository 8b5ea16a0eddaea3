import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { build } from 'vite';
import { install } from './in-page.ts';
import type { Scene } from './scene.ts';

/** In milliseconds: from the click or call until all is painted; and how long a call to the host took of that or before it, null where there is none. */
export interface Opened {
  readonly all: number;
  readonly call: number | null;
}

/** Something that annotates text, as a measurement handles it. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  /** A page on which nothing but a short text was opened yet. */
  begin(browser: Browser): Promise<Page>;
  /** Brings the page to where `scene` is opened by one click or call. */
  prepare(page: Page, scene: Scene): Promise<void>;
  /** Opens what was prepared, as a person or a host application does. */
  open(page: Page, scene: Scene): Promise<Opened>;
  /** The key that tags what is selected, `before` it is selected, `after`, or none: then the drag itself tags. */
  readonly key: { readonly press: string; readonly when: 'before' | 'after' } | null;
}

/** How a page around another's tool is made, and what is to be known of it. */
interface Peer {
  readonly name: string;
  /** Its npm package; its version is that of `peers/package-lock.json`. */
  readonly npm?: string;
  /** The page's code, from this folder. */
  readonly entry: string;
  /** What is loaded before it as it stands, from `peers/node_modules`. */
  readonly given?: { readonly script: string; readonly style: string };
  readonly key: Tool['key'];
}

const installed = join(import.meta.dirname, 'peers', 'node_modules');

const bare: Peer = { name: 'bare ProseMirror', npm: 'prosemirror-view', entry: 'bare.ts', key: { press: 'q', when: 'after' } };

const peers: readonly Peer[] = [
  { name: 'Recogito', npm: '@recogito/text-annotator', entry: 'peers/pages/recogito.js', key: null },
  {
    ...{ name: 'Label Studio', npm: '@heartexlabs/label-studio', entry: 'peers/pages/label-studio.js' },
    given: {
      script: '@heartexlabs/label-studio/build/static/js/main.js',
      style: '@heartexlabs/label-studio/build/static/css/main.css',
    },
    key: { press: '1', when: 'before' },
  },
  { name: 'poplar', npm: 'poplar-annotation', entry: 'peers/pages/poplar.js', key: null },
  { name: 'react-text-annotate-blend', npm: 'react-text-annotate-blend', entry: 'peers/pages/blend.js', key: null },
];

/** A short text to begin with, so that no tool is measured at its very first text. */
export const firstText = 'A short article to begin with.\n';

/** Bare ProseMirror and, where they are installed, the peers. */
export async function pageTools(): Promise<Tool[]> {
  const all = existsSync(installed) ? [bare, ...peers] : [bare];
  return Promise.all(all.map(pageTool));
}

async function pageTool(peer: Peer): Promise<Tool> {
  const { code, css } = await bundled(peer);
  const given = peer.given && {
    script: readFileSync(join(installed, peer.given.script), 'utf8'),
    style: readFileSync(join(installed, peer.given.style), 'utf8'),
  };
  return {
    ...{ name: peer.name, version: versionOf(peer), key: peer.key },
    async begin(browser) {
      const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
      await page.route('**/*', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Peer</title><body></body>' }),
      );
      // It asks for more of itself beside its script.
      await page.route('**/given.js', (route) => route.fulfill({ contentType: 'text/javascript', body: given?.script ?? '' }));
      await page.goto('http://peer.test/');
      await page.evaluate(install);
      if (given) {
        await page.addStyleTag({ content: given.style });
        await page.addScriptTag({ url: '/given.js' });
      }
      if (css) await page.addStyleTag({ content: css });
      await page.addScriptTag({ content: code, type: 'module' });
      await page.waitForFunction(() => window.tool !== undefined);
      await prepareIn(page, { text: firstText, runs: [] });
      await openIn(page);
      await page.waitForTimeout(300);
      return page;
    },
    prepare: prepareIn,
    open: openIn,
  };
}

async function prepareIn(page: Page, { text, runs }: Pick<Scene, 'text' | 'runs'>): Promise<void> {
  await page.evaluate(
    (given) => {
      window.given = given;
    },
    { text, runs },
  );
}

function openIn(page: Page): Promise<Opened> {
  return page.evaluate(async () => {
    const {
      bench,
      given: { text, runs },
      tool,
    } = window;
    // A click comes at any time of a frame.
    await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 17));
    const start = performance.now();
    const shown = bench.shown(tool.isDrawn);
    tool.open(text, runs);
    return { all: (await shown).end - start, call: null };
  });
}

async function bundled({ entry }: Peer): Promise<{ code: string; css: string }> {
  const made = await build({
    logLevel: 'error',
    configFile: false,
    define: { 'process.env.NODE_ENV': '"production"' },
    build: { write: false, lib: { entry: join(import.meta.dirname, entry), formats: ['es'] }, minify: true },
  });
  const output = Array.isArray(made) ? made[0] : made;
  const files = output && 'output' in output ? output.output : [];
  const code = files.map((file) => (file.type === 'chunk' ? file.code : '')).join('\n');
  const css = files.flatMap((file) => (file.type === 'asset' && file.fileName.endsWith('.css') ? String(file.source) : [])).join('\n');
  return { code, css };
}

function versionOf({ npm, entry }: Peer): string {
  const folder = entry.startsWith('peers/') ? installed : join(import.meta.dirname, '..', 'node_modules');
  const told = JSON.parse(readFileSync(join(folder, npm ?? '', 'package.json'), 'utf8')) as { version: string };
  return told.version;
}
