import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { readResults } from './results.ts';
import type { SizeRow } from './size-results.ts';

/** Draws what size.bench.ts measured, time and memory against the number of articles, as results/size.svg: `npm run bench:curves`. */
const folder = join(import.meta.dirname, 'results');
const { date, machine, load, rows } = readResults<SizeRow>('size');

interface Point {
  readonly articles: number;
  readonly value: number;
  readonly line: string;
}

const line = (name: string, value: (row: SizeRow) => number): Point[] =>
  rows.map((row) => ({ articles: row.articles, value: value(row), line: name }));
const formats = rows[0]?.exports.map(({ format }) => format) ?? [];
const ofFormat = (format: string, value: (one: SizeRow['exports'][number]) => number) =>
  line(format, ({ exports }) => {
    const found = exports.find((one) => one.format === format);
    return found ? value(found) : Number.NaN;
  });

/** What each panel shows: its unit, its lines, the target that a dashed line marks. */
const panels: readonly { title: string; unit: string; points: Point[]; target?: number }[] = [
  {
    title: 'Start to first article',
    unit: 'ms',
    points: [...line('painted', (row) => row.start), ...line('processor, host', (row) => row.startCpu)],
    target: 2000,
  },
  { title: 'Open an article', unit: 'ms', points: line('painted', (row) => row.open) },
  {
    title: 'A key that tags',
    unit: 'ms',
    points: [...line('its frame', (row) => row.key), ...line('saved', (row) => row.apply)],
    target: 50,
  },
  {
    title: 'A key of a search',
    unit: 'ms',
    points: [...line('median', (row) => row.search), ...line('p95', (row) => row.searchP95)],
    target: 50,
  },
  { title: 'Check', unit: 's', points: [...line('check', (row) => row.check / 1000), ...line('cat, sha256sum', (row) => row.read / 1000)] },
  { title: 'Export into a folder', unit: 's', points: formats.flatMap((format) => ofFormat(format, (one) => one.folder / 1000)) },
  { title: 'Export as a zip', unit: 's', points: formats.flatMap((format) => ofFormat(format, (one) => one.zip / 1000)) },
  {
    title: 'Memory at most',
    unit: 'MB',
    points: [...line('host', (row) => row.memory / 1e6), ...formats.flatMap((format) => ofFormat(format, (one) => one.memory / 1e6))],
    target: 400,
  },
];

const [width, height, columns] = [300, 240, 4];
const { document } = parseHTML('<!doctype html><html><body></body></html>');
const colours = ['#1d5fa8', '#b4470f', '#2b7a3d', '#7a3d9a', '#8a6d00'];
const drawn = panels.map(({ title, unit, points, target }, index) => {
  const names = [...new Set(points.map(({ line: name }) => name))];
  const last = names.flatMap((name) => points.findLast((point) => point.line === name) ?? []);
  const svg = Plot.plot({
    ...{ document: document as unknown as Document, width, height, marginLeft: 46, marginRight: 84, marginTop: 34 },
    x: {
      type: 'log',
      label: 'articles',
      tickFormat: (value: number) => value.toLocaleString('en'),
      ticks: rows.map(({ articles }) => articles),
    },
    y: { type: 'log', label: null, grid: true, ticks: 4, tickFormat: (value: number) => value.toLocaleString('en') },
    color: { domain: names, range: colours.slice(0, names.length) },
    marks: [
      ...(target === undefined ? [] : [Plot.ruleY([target], { stroke: '#777', strokeDasharray: '4 3' })]),
      Plot.lineY(points, { x: 'articles', y: 'value', stroke: 'line' }),
      Plot.dot(points, { x: 'articles', y: 'value', fill: 'line', r: 2.5 }),
    ],
  });
  const labels = last
    .map(({ line: name }, at) => `<text x="${width - 80}" y="${48 + at * 14}" fill="${colours[at]}" font-size="11">${name}</text>`)
    .join('');
  const [x, y] = [(index % columns) * width, Math.floor(index / columns) * height + 30];
  return `<g transform="translate(${x} ${y})"><text x="8" y="16" font-weight="600" font-size="13">${title} (${unit})</text>${svg.outerHTML}${labels}</g>`;
});
const about = `${machine}, load ${load}, ${date.slice(0, 10)}. Dashed: the target. Articles of 500 words, 2.5 annotations an article by three people.`;
const size = { width: columns * width, height: Math.ceil(panels.length / columns) * height + 30 };
writeFileSync(
  join(folder, 'size.svg'),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" font-family="system-ui, sans-serif" role="img" aria-label="Time and memory against the number of articles"><rect width="100%" height="100%" fill="#fff"/><text x="8" y="18" font-size="12">${about}</text>${drawn.join('')}</svg>\n`,
);
