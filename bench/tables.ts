import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../e2e/host-process.ts';
import { type Results, type Row, readResults } from './results.ts';

/**
 * The tables of measured figures in README.md and bench/README.md, made from results/workbench.json, so that no figure in them is written by hand:
 * `npm run bench:tables`, and at the end of a whole `npm run bench`. Each stands between two comments with its name.
 */
const tables: readonly { readonly file: string; readonly name: string; readonly made: (results: Results) => string }[] = [
  { file: 'bench/README.md', name: 'workbench', made: everyColumn },
  { file: 'README.md', name: 'opening', made: openingTimes },
];

/** The files with tables, by their paths from the project's folder, as they should read by `results`. */
export function filled(results: Results): ReadonlyMap<string, string> {
  return new Map(
    tables.map(({ file, name, made }) => {
      const [begin, end] = [`<!-- ${name} -->\n`, `<!-- /${name} -->`];
      const text = readFileSync(join(root, file), 'utf8');
      const [from, to] = [text.indexOf(begin), text.indexOf(end)];
      if (from < 0 || to < from) throw new Error(`${file} has no lines “${begin.trim()}” and “${end}”, between which the table goes.`);
      return [file, text.slice(0, from + begin.length) + made(results) + text.slice(to)] as const;
    }),
  );
}

/** Writes the tables by the results of the last whole run. */
export function fillTables(): void {
  for (const [file, text] of filled(readResults('workbench'))) writeFileSync(join(root, file), text);
}

function everyColumn({ rows, machine, date }: Results): string {
  const columns: readonly { readonly title: string; readonly cell: (row: Row, own: Row) => string }[] = [
    { title: 'open', cell: ratio('openP50') },
    { title: 'work', cell: ratio('workP50') },
    { title: 'tag p50', cell: ratio('tagP50') },
    { title: 'ready p95', cell: ratio('readyP95') },
    { title: 'mark p50', cell: ratio('markP50') },
    { title: 'mark p95', cell: ratio('markP95') },
    { title: 'longest event', cell: ratio('eventWorst') },
    { title: 'frame p95', cell: ratio('frameP95') },
    { title: 'elements', cell: ({ elements }) => told(elements) },
    { title: 'heap', cell: ({ heap }) => (typeof heap === 'number' ? `${(heap / 1e6).toFixed(1)} MB` : '–') },
  ];
  const lines = rows.map((row) => {
    const name = row['tool'] === 'Pressmark' ? 'Pressmark' : `${row['tool']} ${row['version']}`;
    const cells =
      row['openP50'] === null ? [failure(row), ...columns.slice(1).map(() => '–')] : columns.map(({ cell }) => cell(row, ownOf(rows, row)));
    return `| ${[told(row['words']), name, ...cells].join(' | ')} |\n`;
  });
  return [
    `Measured ${date.slice(0, 10)} at ${date.slice(11, 16)} UTC on ${machine}. Medians in milliseconds unless a column says otherwise; in brackets, the ratio to the workbench.\n\n`,
    `| words | | ${columns.map(({ title }) => title).join(' | ')} |\n`,
    `| ---: | --- | ${columns.map(() => '---:').join(' | ')} |\n`,
    ...lines,
  ].join('');
}

function openingTimes({ rows }: Results): string {
  const names = [...new Set(rows.map(({ tool }) => tool))].filter((name) => name !== 'bare ProseMirror');
  const sizes = [...new Set(rows.map(({ words }) => words))];
  const titled = names.map((name) => (name === 'Pressmark' ? name : `${name} ${rows.find(({ tool }) => tool === name)?.['version']}`));
  const lines = sizes.map((words) => {
    const cells = names.map((name) => {
      const row = rows.find((each) => each['tool'] === name && each['words'] === words);
      return row?.['openP50'] === null ? failure(row) : told(row?.['openP50']);
    });
    return `| ${told(words)}, ${told(rows.find((row) => row['words'] === words)?.['annotations'])} | ${cells.join(' | ')} |\n`;
  });
  return [`| words, annotations | ${titled.join(' | ')} |\n`, `| ---: |${' ---: |'.repeat(names.length)}\n`, ...lines].join('');
}

function ownOf(rows: readonly Row[], { words }: Row): Row {
  const own = rows.find((row) => row['tool'] === 'Pressmark' && row['words'] === words);
  if (!own) throw new Error(`The results have no row of Pressmark at ${words} words.`);
  return own;
}

function ratio(column: string): (row: Row, own: Row) => string {
  return (row, own) => {
    const [value, mine] = [row[column], own[column]];
    if (typeof value !== 'number') return '–';
    return row === own || typeof mine !== 'number' ? told(value) : `${told(value)} (${(value / mine).toFixed(1)}×)`;
  };
}

function told(value: Row[string] | undefined): string {
  return typeof value === 'number' ? Math.round(value).toLocaleString('en') : '–';
}

// What stands there of a tool that did not open the text, as in “open: not done after 120 s”.
function failure({ failed }: Row): string {
  return String(failed).replace(/^open: /, '');
}

if (process.argv[1] === import.meta.filename) fillTables();
