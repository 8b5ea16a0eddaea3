import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importText } from '../host/import/article-import.ts';
import { Searches } from '../host/search/searches.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { generated } from './corpus.ts';
import { gesturesFor, runsIn } from './scene.ts';

/** Searching a project of many articles through the host's own code: `npm run bench:search [articles]`. Figures are in README.md. */
const articles = Number(process.argv[2] ?? 10_000);
const home = mkdtempSync(join(tmpdir(), 'pressmark-search-'));
const folder = join(home, 'project');
await createProject(folder, { name: 'Benchmark', annotator: { id: 'bench', name: 'Bench' } });
const corpus = generated(500);
let project = await openProject(folder);
let made = performance.now();
for (let index = 0; index < articles; index++) {
  const text = corpus.text();
  const { meta } = await importText(project, `article-${index}.txt`, new TextEncoder().encode(text));
  if (index % 10 > 0) continue;
  for (const gesture of gesturesFor(meta.id, text, runsIn(text, 10), 'bench')) await project.apply(gesture);
}
await project.close();
made = performance.now() - made;

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN;
const ms = (value: number) => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
async function timed<T>(task: () => Promise<T>): Promise<[number, T]> {
  const start = performance.now();
  const result = await task();
  return [performance.now() - start, result];
}

project = await openProject(folder);
const cache = join(home, 'cache');
let searches = new Searches(project, cache);
const [building] = await timed(() => searches.keys('layer:quote'));
await searches.close();
searches = new Searches(project, cache);
const [opening] = await timed(() => searches.keys('layer:quote'));

const typed = Array.from({ length: 30 }, (_, index) =>
  index % 3 === 0 ? `layer:quote ${corpus.word()}` : `${corpus.word()} ${corpus.word()}`,
);
const keystrokes: number[] = [];
for (const query of typed) {
  for (let length = 1; length <= query.length; length++) {
    const input = { query: query.slice(0, length), what: ['articles' as const, 'annotations' as const], skip: 0, limit: 8 };
    keystrokes.push((await timed(() => searches.search(input)))[0]);
  }
}
const afterEdit: number[] = [];
for (const { id } of project
  .articles()
  .filter(({ originalName }) => /[1-9]\.txt$/.test(originalName))
  .slice(0, 30)) {
  const { text } = await project.readArticle(id);
  for (const gesture of gesturesFor(id, text, runsIn(text, 10), 'bench')) await project.apply(gesture);
  afterEdit.push((await timed(() => searches.search({ query: 'has:note', what: ['annotations'], skip: 0, limit: 8 })))[0]);
}
const tallies = (
  await Promise.all((['layer', 'source', 'role:speaker', 'article'] as const).map((by) => timed(() => searches.tally('', [by]))))
).map(([time]) => time);
globalThis.gc?.();
const megabytes = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`;
console.log(`${articles} articles of 500 words, ${articles} annotations (made in ${Math.round(made / 1000)} s)`);
console.log(
  `index made in ${ms(building)}, ${megabytes(statSync(join(cache, `${project.info.id}.sqlite`)).size)}; opened again in ${ms(opening)}`,
);
console.log(
  `${keystrokes.length} keystrokes: p50 ${ms(quantile(keystrokes, 0.5))}, p95 ${ms(quantile(keystrokes, 0.95))}, most ${ms(Math.max(...keystrokes))}`,
);
console.log(
  `first search after an edit: p50 ${ms(quantile(afterEdit, 0.5))}, p95 ${ms(quantile(afterEdit, 0.95))}; counts: ${tallies.map(ms).join(', ')}`,
);
console.log(`memory ${megabytes(process.memoryUsage().rss)}`);
await searches.close();
await project.close();
rmSync(home, { recursive: true, force: true });
