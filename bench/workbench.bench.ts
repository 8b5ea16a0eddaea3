import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../e2e/host-process.ts';
import { type Effort, type Measured, measure } from './measure.ts';
import { ownTool } from './own-tool.ts';
import { loadNow, quantile, type Row, writeResults } from './results.ts';
import { sceneOf, sizes } from './scene.ts';
import { fillTables } from './tables.ts';
import { pageTools } from './tools.ts';

/**
 * Measures the built workbench beside bare ProseMirror and other annotation tools, in one run and one browser, prints Markdown and, in a whole run,
 * writes `results/workbench.json` and the tables in the READMEs. See README.md. Arguments: the largest text, in words, if not all;
 * `--only name` leaves out the other tools; `--quick` opens three times, tags by twenty keys or three drags only; `--at-once` presses without resting first.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean' }, 'at-once': { type: 'boolean' } },
});
const most = positionals[0];
const isWhole = most === undefined && !values.only && !values['at-once'];
const effort: Effort = { ...(values.quick ? { openings: 3, keys: 20, tags: 3 } : { openings: 7, keys: 40, tags: 10 }), limit: 120_000 };

const peers = join(import.meta.dirname, 'peers');
if (!existsSync(join(peers, 'node_modules'))) {
  console.error('Installing the other tools into bench/peers, once.');
  spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: peers,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
}

const startLoad = loadNow();
const scenes = sizes.filter(({ words }) => words <= Number(most ?? Number.POSITIVE_INFINITY)).map(sceneOf);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const own = await ownTool(scenes, version, values['at-once'] ? 0 : 100);
const tools = [own.tool, ...(await pageTools())].filter(({ name }) => values.only?.includes(name) ?? true);
const rows: Row[] = [];
try {
  for (const scene of scenes) {
    const { words, annotations } = scene;
    const measured = new Map<string, Measured>();
    for (const tool of tools) {
      const found = await measure(tool, scene, effort);
      measured.set(tool.name, found);
      console.error(`${words} words, ${tool.name}: opened in ${round(quantile(found.open, 0.5))} ms ${found.failed ?? ''}`);
      rows.push({ tool: tool.name, version: tool.version, words, annotations, ...figures(found) });
      // After each: a long run that is stopped leaves what it has found.
      if (isWhole) writeResults('workbench', startLoad, rows);
    }
    console.log(table(scene.words, scene.annotations, measured));
  }
  if (isWhole) fillTables();
} finally {
  await own.stop();
}

function figures({ open, work, call, tag, ready, mark, event, scroll, elements, heap, failed }: Measured): Row {
  const told = (values: readonly number[], share: number) => (values.length > 0 ? round(quantile(values, share)) : null);
  return {
    ...{
      openLeast: told(open, 0),
      openP50: told(open, 0.5),
      openMost: told(open, 1),
      workP50: told(work, 0.5),
      callP50: told(call, 0.5),
      tagP50: told(tag, 0.5),
      tagP95: told(tag, 0.95),
    },
    ...{ readyP50: told(ready, 0.5), readyP95: told(ready, 0.95) },
    ...{ markP50: told(mark, 0.5), markP95: told(mark, 0.95), markMost: told(mark, 1), eventWorst: told(event, 1) },
    ...{ frameP50: told(scroll, 0.5), frameP95: told(scroll, 0.95), elements, heap, failed },
  };
}

function table(words: number, annotations: number, measured: ReadonlyMap<string, Measured>): string {
  const ours = measured.get(own.tool.name);
  const lines = [...measured].map(([name, found]) => {
    const cell = (values: readonly number[], mine: readonly number[], share: number) => {
      if (values.length === 0) return '–';
      const value = quantile(values, share);
      const ratio = value / quantile(mine, share);
      return name === own.tool.name || !Number.isFinite(ratio) ? round(value) : `${round(value)} (${ratio.toFixed(1)}×)`;
    };
    const { open, work, tag, ready, mark, event, scroll, elements, heap, failed } = found;
    const cells = [
      cell(open, ours?.open ?? [], 0),
      cell(open, ours?.open ?? [], 0.5),
      cell(work, ours?.work ?? [], 0.5),
      cell(tag, ours?.tag ?? [], 0.5),
      cell(tag, ours?.tag ?? [], 0.95),
      cell(ready, ours?.ready ?? [], 0.95),
      cell(mark, ours?.mark ?? [], 0.5),
      cell(mark, ours?.mark ?? [], 0.95),
      cell(event, ours?.event ?? [], 1),
      cell(scroll, ours?.scroll ?? [], 0.95),
      elements?.toLocaleString('en') ?? '–',
      heap === null ? '–' : `${round(heap / 1e6)} MB`,
    ];
    return `| ${name}${failed ? ` (${failed})` : ''} | ${cells.join(' | ')} |`;
  });
  return [
    `\n${words.toLocaleString('en')} words, ${annotations.toLocaleString('en')} annotations\n`,
    '| | open least | open p50 | work p50 | tag p50 | tag p95 | ready p95 | mark p50 | mark p95 | longest event | frame p95 | elements | heap |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...lines,
  ].join('\n');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
