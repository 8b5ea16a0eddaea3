import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

/** One measured thing, as a flat record of names and figures. Times are milliseconds, sizes bytes, unless a name says otherwise. */
export type Row = Readonly<Record<string, string | number | null>>;

/** What one run of one benchmark found. */
export interface Results<R = Row> {
  /** The benchmark's name; its file in `bench/results/` is called so. */
  readonly bench: string;
  readonly machine: string;
  /** ISO 8601, UTC, when the run ended. */
  readonly date: string;
  /** How many processes wanted to run, on the average over a minute: at the start or the end of the run, whichever was more. */
  readonly load: number;
  readonly rows: readonly R[];
}

const folder = join(import.meta.dirname, 'results');

/** The load of the machine now, over the last minute. */
export function loadNow(): number {
  return Math.round((loadavg()[0] ?? 0) * 10) / 10;
}

/** The machine in one line. */
export function machine(): string {
  const [first] = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${gigabytes} GB, ${platform()} ${release()}, Node ${process.versions.node}`;
}

/** Writes `bench/results/<bench>.json` in place of what an earlier run left there. */
export function writeResults<R>(bench: string, startLoad: number, rows: readonly R[]): Results<R> {
  const results: Results<R> = { bench, machine: machine(), date: new Date().toISOString(), load: Math.max(startLoad, loadNow()), rows };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${bench}.json`), `${JSON.stringify(results, null, 2)}\n`);
  return results;
}

/** What the last run of `bench` wrote. @throws when there is none */
export function readResults<R = Row>(bench: string): Results<R> {
  return JSON.parse(readFileSync(join(folder, `${bench}.json`), 'utf8')) as Results<R>;
}

/** The value below which `share` of `values` lie, the nearest one that was measured; NaN when there is none. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}
