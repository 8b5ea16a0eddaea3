import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { generated } from './corpus.ts';

/**
 * Two index libraries on generated articles, one a process: `node --expose-gc bench/search-engines.bench.ts fts5|minisearch [articles]`.
 * MiniSearch is not a dependency: `npm install --no-save minisearch` first. Figures are in README.md.
 */
const [, , engine = 'fts5', given = '10000'] = process.argv;
const articles = Number(given);
const wordsEach = 500;

const corpus = generated(wordsEach);

// What a person types: each query letter by letter, as a palette asks at each key.
const typed = Array.from({ length: 40 }, () => `${corpus.word()} ${corpus.word()}`);
const keystrokes = typed.flatMap((query) => Array.from({ length: query.length - 2 }, (_, index) => query.slice(0, index + 3)));

interface Engine {
  add(id: number, text: string): void;
  built(): void;
  search(query: string): number;
  size(): number;
}

const place = mkdtempSync(join(tmpdir(), 'pressmark-search-'));
const engines: Record<string, () => Promise<Engine>> = {
  async fts5() {
    const path = join(place, 'index.sqlite');
    const database = new DatabaseSync(path);
    database.exec(`pragma journal_mode = wal; pragma synchronous = off;
      create virtual table texts using fts5(text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'); begin`);
    const insert = database.prepare('insert or replace into texts (rowid, text) values (?, ?)');
    const select = database.prepare('select rowid from texts where texts match ? order by rank limit 20');
    let isBuilding = true;
    return {
      add: (id, text) => void insert.run(id, text),
      built() {
        if (isBuilding) database.exec('commit');
        isBuilding = false;
      },
      search(query) {
        const words = query.split(' ').filter((word) => word !== '');
        return select.all(words.map((word, index) => (index === words.length - 1 ? `"${word}" *` : `"${word}"`)).join(' ')).length;
      },
      size: () => statSync(path).size,
    };
  },
  async minisearch() {
    const name = process.env['MINISEARCH'] ?? 'minisearch';
    const { default: MiniSearch } = (await import(name)) as { default: new (options: object) => MiniSearchLike };
    const index = new MiniSearch({ fields: ['text'], idField: 'id' });
    return {
      add(id, text) {
        if (index.has(id)) index.discard(id);
        index.add({ id, text });
      },
      built() {},
      search: (query) =>
        index.search(query, { combineWith: 'AND', prefix: (_: string, at: number, all: string[]) => at === all.length - 1 }).slice(0, 20)
          .length,
      size: () => Buffer.byteLength(JSON.stringify(index)),
    };
  },
};
interface MiniSearchLike {
  has(id: number): boolean;
  discard(id: number): void;
  add(document: object): void;
  search(query: string, options: object): unknown[];
}

const make = engines[engine];
if (!make) throw new RangeError(engine);
const index = await make();
const begin = performance.now();
for (let id = 1; id <= articles; id++) index.add(id, corpus.text());
index.built();
const built = performance.now() - begin;
const quantile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(share * values.length) - 1] ?? Number.NaN;
const timed = (task: () => void) => {
  const start = performance.now();
  task();
  return performance.now() - start;
};
let found = 0;
const searches = keystrokes.map((query) => timed(() => (found += index.search(query))));
const changes = Array.from({ length: 50 }, (_, at) => {
  const text = corpus.text();
  return timed(() => index.add(at * 7 + 1, text));
});
globalThis.gc?.();
const { rss } = process.memoryUsage();
const megabytes = (bytes: number) => Math.round(bytes / 1_000_000);
console.log(
  `${engine}: ${articles} articles, built in ${Math.round(built)} ms, ${megabytes(index.size())} MB on disk, ${megabytes(rss)} MB of memory, ` +
    `${keystrokes.length} keystrokes p50 ${quantile(searches, 0.5).toFixed(2)} ms p95 ${quantile(searches, 0.95).toFixed(2)} ms max ${Math.max(...searches).toFixed(1)} ms (${found} found), ` +
    `an article changed p50 ${quantile(changes, 0.5).toFixed(2)} ms p95 ${quantile(changes, 0.95).toFixed(2)} ms`,
);
rmSync(place, { recursive: true, force: true });
