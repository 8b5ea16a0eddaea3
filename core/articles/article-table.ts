import type { ListedMeta } from '../model/article.ts';
import { type ArticleDetails, type DetailName, detailNames, detailProblem, tidyDetail } from '../model/article-record.ts';
import { cell, uncell } from '../text/csv-cell.ts';
import { changedDetails } from './article-changes.ts';

/** What is wrong in a table that was read back. `line` counts from 1 in the file; `column` is null where the whole row or file is meant. */
export interface TableProblem {
  readonly line: number;
  readonly column: string | null;
  readonly message: string;
}

/** What a table would change of one article: only what differs from `meta`. */
export interface TableChange {
  readonly meta: ListedMeta;
  readonly changes: Partial<ArticleDetails>;
}

const columns = ['id', 'original_name', ...detailNames] as const;
type Column = (typeof columns)[number];

/**
 * The details of `articles` as CSV (RFC 4180: comma, CRLF, doubled quotes) with a byte order mark, so that spreadsheets read it as UTF-8. A
 * cell that a spreadsheet could take for a formula begins with an apostrophe, which reading it back takes away.
 */
export function articleTable(articles: readonly ListedMeta[]): string {
  const rows = articles.map((meta) => [meta.id, meta.originalName, ...detailNames.map((name) => meta[name] ?? '')]);
  return `\ufeff${[columns, ...rows].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')}`;
}

/**
 * The changes that a table makes to `articles`, and everything that is wrong with it; with a problem nothing of it may be used. Rows are
 * matched by `id`, or by `original_name` where that is missing or empty. A column that is missing changes nothing; an empty cell takes the value away.
 */
export function readArticleTable(text: string, articles: readonly ListedMeta[]): { changes: TableChange[]; problems: TableProblem[] } {
  const { records, problems } = parse(text.replace(/^\ufeff/, ''));
  const [head, ...rows] = records;
  if (!head) return { changes: [], problems: [...problems, { line: 1, column: null, message: 'The file is empty.' }] };
  const names = head.cells.map((name) => uncell(name).trim().toLowerCase());
  problems.push(...headProblems(names, head.line));
  if (problems.length > 0) return { changes: [], problems };
  const byId = new Map(articles.map((meta) => [meta.id, meta]));
  const byName = Map.groupBy(articles, (meta) => meta.originalName);
  const seen = new Map<string, number>();
  const changes: TableChange[] = [];
  for (const { line, cells } of rows) {
    const problem = (column: string | null, message: string) => problems.push({ line, column, message });
    if (cells.length !== names.length) {
      problem(null, `This row has ${cells.length} cells, the first has ${names.length}.`);
      continue;
    }
    const row = new Map(names.map((name, index) => [name, uncell(cells[index] ?? '')]));
    const meta = articleOf(row, byId, byName, problem);
    if (!meta) continue;
    const earlier = seen.get(meta.id);
    if (earlier !== undefined) problem(null, `“${meta.title}” is already on line ${earlier}.`);
    seen.set(meta.id, line);
    const wanted = detailsIn(row, problem);
    const changed = changedDetails(meta, wanted);
    if (Object.keys(changed).length > 0) changes.push({ meta, changes: changed });
  }
  return { changes: problems.length > 0 ? [] : changes, problems };
}

type Report = (column: string | null, message: string) => void;

function headProblems(names: readonly string[], line: number): TableProblem[] {
  const problems: TableProblem[] = [];
  const known: readonly string[] = columns;
  for (const [index, name] of names.entries()) {
    if (!known.includes(name))
      problems.push({ line, column: name, message: `There is no column “${name}”. The columns are ${columns.join(', ')}.` });
    if (names.indexOf(name) !== index) problems.push({ line, column: name, message: `The column “${name}” is there twice.` });
  }
  if (!names.includes('id') && !names.includes('original_name')) {
    problems.push({ line, column: null, message: 'A column id or original_name has to say which article a row is about.' });
  }
  return problems;
}

function articleOf(
  row: ReadonlyMap<string, string>,
  byId: ReadonlyMap<string, ListedMeta>,
  byName: ReadonlyMap<string, readonly ListedMeta[]>,
  problem: Report,
): ListedMeta | null {
  const id = row.get('id')?.trim() ?? '';
  if (id !== '') {
    const meta = byId.get(id);
    if (!meta) problem('id', `There is no article ${id} in this project.`);
    return meta ?? null;
  }
  const name = row.get('original_name')?.trim() ?? '';
  const named = byName.get(name) ?? [];
  if (named.length > 1) problem('original_name', `${named.length} articles came from a file called “${name}”; give the id.`);
  else if (named.length === 0)
    problem('original_name', name === '' ? 'This row names no article.' : `No article came from a file called “${name}”.`);
  return named.length === 1 ? (named[0] ?? null) : null;
}

function detailsIn(row: ReadonlyMap<string, string>, problem: Report): Partial<ArticleDetails> {
  const wanted: Partial<Record<DetailName, string | null>> = {};
  for (const name of detailNames) {
    const given = row.get(name satisfies Column);
    if (given === undefined) continue;
    const value = tidyDetail(name, given);
    const wrong = detailProblem(name, value);
    if (wrong) problem(name, wrong);
    else wanted[name] = value;
  }
  return wanted as Partial<ArticleDetails>;
}

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The records of a CSV file with the line on which each begins. The delimiter is the one of comma, semicolon and tab that the first line has most of. */
function parse(text: string): { records: Line[]; problems: TableProblem[] } {
  const first = text.slice(0, (/[\r\n]/.exec(text)?.index ?? text.length) || undefined);
  const count = (sign: string) => first.split(sign).length;
  const delimiter = [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
  const records: Line[] = [];
  const problems: TableProblem[] = [];
  // A cell with what ends it: the delimiter, a line end or the end of the file.
  const pattern = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n]*))(${delimiter}|\\r\\n|\\n|\\r|$)`, 'y');
  let [line, begun, cells] = [1, 1, [] as string[]];
  while (pattern.lastIndex <= text.length) {
    const from = pattern.lastIndex;
    const found = pattern.exec(text);
    if (!found) {
      const message = 'A quotation mark in this row is not closed or not doubled.';
      problems.push({ line: begun, column: null, message });
      break;
    }
    const [whole, quoted, bare, end] = found;
    cells.push(quoted === undefined ? (bare ?? '') : quoted.replaceAll('""', '"'));
    line += quoted?.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (end === delimiter) continue;
    if (cells.some((value) => value.trim() !== '')) records.push({ line: begun, cells });
    line++;
    [begun, cells] = [line, []];
    if (end === '' || from + whole.length >= text.length) break;
  }
  return { records, problems };
}
