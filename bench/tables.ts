import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../e2e/host-process.ts';
import { type Results, type Row, readResults } from './results.ts';
import type { Exported, SizeRow } from './size-results.ts';

/**
 * The tables of measured figures in README.md and bench/README.md, made from the files in results/, so that no figure in them is written by hand:
 * `npm run bench:tables`, and at the end of the benchmarks. Each table stands between two comments with its name.
 */
interface Table {
  readonly file: string;
  readonly name: string;
  readonly lines: readonly string[];
}

/** All results that tables are made from. */
export interface Measurements {
  readonly workbench: Results;
  readonly size: Results<SizeRow>;
  readonly exports: Results;
}

/** What the last runs measured. */
export function lastMeasurements(): Measurements {
  return { workbench: readResults('workbench'), size: readResults<SizeRow>('size'), exports: readResults('exports') };
}

/** The files with tables, by their paths from the project's folder, as they should read by `measurements`. @throws when a file has no place for a table. */
export function filled({ workbench, size, exports }: Measurements): ReadonlyMap<string, string> {
  const tables: readonly Table[] = [
    { file: 'README.md', name: 'opening', lines: openingTimes(workbench) },
    { file: 'bench/README.md', name: 'workbench', lines: [told(workbench), '', ...besideOthers(workbench)] },
    { file: 'bench/README.md', name: 'size', lines: [told(size), '', ...bySize(size)] },
    { file: 'bench/README.md', name: 'exports', lines: [told(exports), '', ...byFormat(exports)] },
  ];
  const texts = new Map<string, string>();
  for (const { file, name, lines } of tables) {
    const text = texts.get(file) ?? readFileSync(join(root, file), 'utf8');
    const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`${file} has no lines “${begin.trim()}” and “${end}”, between which the table goes.`);
    texts.set(file, `${text.slice(0, from + begin.length)}${lines.join('\n')}\n${text.slice(to)}`);
  }
  return texts;
}

/** Writes the tables by the results of the last runs. */
export function fillTables(): void {
  for (const [file, text] of filled(lastMeasurements())) writeFileSync(join(root, file), text);
}

function besideOthers({ rows }: Results): string[] {
  const columns = {
    ...{ open: 'openP50', work: 'workP50', 'tag p50': 'tagP50', 'ready p95': 'readyP95', 'mark p50': 'markP50', 'mark p95': 'markP95' },
    ...{ 'longest event': 'eventWorst', 'frame p95': 'frameP95' },
  };
  const titles = ['words', '', ...Object.keys(columns), 'elements', 'heap, MB'];
  const lines = rows.map((row) => {
    const own = rows.find((each) => each['tool'] === 'Pressmark' && each['words'] === row['words']);
    const cells = [
      ...Object.values(columns).map((column) => ratio(row[column], own === row ? null : own?.[column])),
      number(row['elements']),
    ];
    const all = row['openP50'] === null ? [failure(row), ...cells.map(() => '–')] : [...cells, number(row['heap'], 1_000_000, 1)];
    return [number(row['words']), titleOf(row), ...all];
  });
  return table(titles, lines);
}

function openingTimes({ rows }: Results): string[] {
  const [own] = rows;
  const tools = rows.filter(({ tool, words }) => words === own?.['words'] && tool !== 'bare ProseMirror');
  const lines = rows
    .filter(({ tool }) => tool === own?.['tool'])
    .map(({ words, annotations }) => {
      const cells = tools.map(({ tool }) => {
        const row = rows.find((each) => each['tool'] === tool && each['words'] === words);
        return row?.['openP50'] === null ? failure(row) : number(row?.['openP50']);
      });
      return [`${number(words)}, ${number(annotations)}`, ...cells];
    });
  return table(['words, annotations', ...tools.map(titleOf)], lines);
}

function bySize({ rows }: Results<SizeRow>): string[] {
  const line = (title: string, value: (row: SizeRow) => string, target = '') => [title, ...rows.map(value), target];
  const ofFormat = (format: string) => {
    const speeds = (way: 'folder' | 'zip') => (row: SizeRow) => {
      const found = exported(row, format);
      return `${speed(row.bytes, found?.[way])} (${speed(row.bytes, found?.[`${way}Cpu`])})`;
    };
    return [
      line(`${format} into a folder, MB of text a second (by processor time)`, speeds('folder'), '20'),
      line(`${format} as a zip`, speeds('zip')),
      line(`${format}, most memory, MB`, (row) => number(exported(row, format)?.memory, 1_000_000), '300'),
    ];
  };
  const lines = [
    line('start to first article painted, ms', ({ start }) => number(start), '2,000'),
    line('the same for a project that this computer never opened before, ms', ({ firstStart }) => number(firstStart), '2,000'),
    line('start to the list of all articles, ms', ({ listed }) => number(listed)),
    line('start to the printed address, ms', ({ address }) => number(address)),
    line('processor time of the host for the start, ms', ({ startCpu }) => number(startCpu)),
    line('sent to the page before the first article, MB', ({ sent }) => number(sent, 1_000_000, 1)),
    line('open an article, ms', ({ open }) => number(open)),
    line('key that tags to its frame, ms', ({ key }) => number(key, 1, 1)),
    line('key of a search, ms (p95)', ({ search, searchP95 }) => `${number(search)} (${number(searchP95)})`, '50'),
    line('most memory of the host, MB', ({ memory }) => number(memory, 1_000_000), '400'),
    line(
      '`check`, s (`cat` and `sha256sum` of the same files)',
      ({ check, read }) => `${number(check, 1000, 1)} (${number(read, 1000, 1)})`,
    ),
    ...(rows.at(-1)?.exports ?? []).flatMap(({ format }) => ofFormat(format)),
  ];
  return table(['', ...rows.map(({ articles }) => `${number(articles)} articles`), 'target'], lines);
}

function byFormat({ rows }: Results): string[] {
  const titles = [
    'format',
    'MB of text a second',
    'by processor time',
    'as a zip',
    'most memory, MB',
    'files',
    'MB written',
    '`cp -r` of them, s',
  ];
  const lines = rows.map(({ format, text, folder, folderCpu, zip, memory, files, bytes, copy }) => [
    ...[String(format), speed(text, folder), speed(text, folderCpu), speed(text, zip), number(memory, 1_000_000)],
    ...[number(files), number(bytes, 1_000_000), number(copy, 1000, 1)],
  ]);
  return table(titles, lines);
}

// The first column of words is on the left, all others hold figures.
function table(titles: readonly string[], lines: readonly (readonly string[])[]): string[] {
  const sides = titles.map((title, index) => (title === '' || index === 0 ? '---' : '---:'));
  return [titles, sides, ...lines].map((cells) => `| ${cells.join(' | ')} |`);
}

function told({ date, machine, load }: Results<unknown>): string {
  return `Measured ${date.slice(0, 10)} at ${date.slice(11, 16)} UTC on ${machine}; the load of the machine was at most ${load}.`;
}

function titleOf({ tool, version }: Row): string {
  return tool === 'Pressmark' ? tool : `${tool} ${version}`;
}

// What became of a tool that did not open the text, as in “not done after 120 s”.
function failure({ failed }: Row): string {
  return String(failed).replace(/^open: /, '');
}

function exported({ exports }: SizeRow, format: string): Exported | undefined {
  return exports.find((each) => each.format === format);
}

function ratio(value: Row[string] | undefined, own: Row[string] | undefined): string {
  return typeof value === 'number' && typeof own === 'number' ? `${number(value)} (${(value / own).toFixed(1)}×)` : number(value);
}

function speed(bytes: Row[string] | undefined, milliseconds: Row[string] | undefined): string {
  return typeof bytes === 'number' && typeof milliseconds === 'number' ? number(bytes / 1000 / milliseconds, 1, 1) : '–';
}

function number(value: Row[string] | undefined, unit = 1, digits = 0): string {
  if (typeof value !== 'number') return '–';
  return (value / unit).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

if (process.argv[1] === import.meta.filename) fillTables();
