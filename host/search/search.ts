import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { AnnotationHit } from '../../core/annotations/hits.ts';
import { type Dimension, type FoundArticle, type FoundKey, type FoundOrder, lengthBin } from '../../core/search/calls.ts';
import type { Condition } from '../../core/search/conditions.ts';
import { joined } from '../../core/text/unspaced.ts';
import { annotationClause, articleClause, wordsAndRest } from './query-sql.ts';

/** Which of the answers to return: how many to skip, and how many at most. */
export interface Page {
  readonly skip: number;
  readonly limit: number;
}

const from = 'from annotations a join articles r on r.no = a.article_no';
const weighed = 2000;
// Mark the first match in a snippet. They cannot occur in a normalised text.
const [opening, closing] = ['\u0001', '\u0002'];

/** The articles that match `conditions`, and their total number: ranked by how well the words fit, or by title if no words are asked for. */
export function findArticles(
  database: DatabaseSync,
  conditions: readonly Condition[],
  me: string,
  { skip, limit }: Page,
): { found: FoundArticle[]; total: number } {
  const { words, rest } = wordsAndRest(conditions);
  const { sql, values } = articleClause(rest, me);
  const within = words === null ? 'articles r' : 'texts join articles r on r.no = texts.rowid';
  const where = words === null ? sql : `texts match ? and ${sql}`;
  const all = words === null ? values : [words, ...values];
  const total = count(database, `select count(*) n from ${within} where ${where}`, all);
  // If a word is in very many articles, ranking all of them takes longer than it is worth.
  const order = words === null || total > weighed ? 'r.title collate nocase, r.id' : 'bm25(texts, 4.0, 1.0), r.id';
  const snippet = words === null ? '' : `, snippet(texts, -1, '${opening}', '${closing}', '…', 24) snippet`;
  const rows = database
    .prepare(`select r.id, r.title, r.source, r.date${snippet} from ${within} where ${where} order by ${order} limit ? offset ?`)
    .all(...all, limit, skip);
  const found = rows.map((row) => ({
    article: String(row['id']),
    title: String(row['title']),
    source: textOrNull(row['source']),
    date: textOrNull(row['date']),
    snippet: row['snippet'] === undefined ? null : snippetOf(String(row['snippet'])),
  }));
  return { found, total };
}

const inReadingOrder = 'r.id, a.start, a.length desc, a.id';
const orders: Readonly<Record<FoundOrder, string>> = {
  article: inReadingOrder,
  date: `r.date is null, r.date, ${inReadingOrder}`,
  layer: `a.layer, ${inReadingOrder}`,
  who: `a.who is null, a.who collate nocase, ${inReadingOrder}`,
};

/** Everybody's annotations that match `conditions`, sorted by `order`, then by article and reading order; and their total number. */
export function findAnnotations(
  database: DatabaseSync,
  conditions: readonly Condition[],
  me: string,
  { skip, limit }: Page,
  order: FoundOrder = 'article',
): { found: AnnotationHit[]; total: number } {
  const { sql, values } = annotationClause(conditions, me);
  const total = count(database, `select count(*) n ${from} where ${sql}`, values);
  const rows = database
    .prepare(
      `select r.id article, a.id, a.annotator, a.layer, a.start, a.text, a.who, a.note ${from} where ${sql} order by ${orders[order]} limit ? offset ?`,
    )
    .all(...values, limit, skip);
  const found = rows.map((row) => ({
    article: String(row['article']),
    annotation: String(row['id']),
    annotator: String(row['annotator']),
    layer: String(row['layer']),
    start: Number(row['start']),
    text: String(row['text']),
    who: textOrNull(row['who']),
    note: String(row['note']).slice(0, 400).toWellFormed(),
  }));
  return { found, total };
}

/** The same annotations without their words, at most `limit`. */
export function findKeys(database: DatabaseSync, conditions: readonly Condition[], me: string, limit: number): FoundKey[] {
  const { sql, values } = annotationClause(conditions, me);
  const rows = database
    .prepare(`select r.id article, a.id, a.annotator, a.layer ${from} where ${sql} order by r.id, a.start, a.id limit ?`)
    .all(...values, limit);
  return rows.map((row) => ({
    article: String(row['article']),
    annotation: String(row['id']),
    annotator: String(row['annotator']),
    layer: String(row['layer']),
  }));
}

/**
 * How many annotations that match `conditions` there are for each value of `by`, the most frequent first. An annotation with several values (a role
 * filled twice) counts for each of them; one without a value counts under null. `length` is the sum of their lengths in UTF-16 code units.
 */
export function tally(
  database: DatabaseSync,
  conditions: readonly Condition[],
  me: string,
  by: readonly Dimension[],
): { keys: (string | null)[]; count: number; length: number }[] {
  const { sql, values } = annotationClause(conditions, me);
  const columns = by.map((dimension, index) => columnOf(dimension, index));
  const joins = columns.map(({ join }) => join).join(' ');
  const names = columns.map(({ column }, index) => `${column} k${index}`);
  const groups = by.map((_, index) => `k${index}`).join(', ');
  const rows = database
    .prepare(
      `select ${[...names, 'count(*) n', 'sum(a.length) length'].join(', ')} ${from} ${joins} where ${sql} ${groups && `group by ${groups}`} order by n desc, ${groups || 'n'}`,
    )
    .all(...columns.flatMap(({ values: own }) => own), ...values);
  return rows.map((row) => ({
    keys: by.map((_, index) => textOrNull(row[`k${index}`])),
    count: Number(row['n']),
    length: Number(row['length'] ?? 0),
  }));
}

// The column that a dimension counts by, and the join that it needs. Values of the joins come before those of the conditions.
function columnOf(dimension: Dimension, index: number): { column: string; join: string; values: SQLInputValue[] } {
  const plain = (column: string) => ({ column, join: '', values: [] });
  const [kind, name] = dimension.split(':');
  if (kind === 'attribute' && name !== undefined) {
    const join = `left join attributes t${index} on t${index}.annotation_no = a.no and t${index}.name = ?`;
    return { column: `t${index}.value`, join, values: [name] };
  }
  if (kind === 'role' && name !== undefined) {
    return {
      column: `o${index}.value`,
      join: `left join roles o${index} on o${index}.annotation_no = a.no and o${index}.role = ?`,
      values: [name],
    };
  }
  switch (kind) {
    case 'article':
      return plain('r.id');
    case 'source':
    case 'date':
      return plain(`r.${kind}`);
    case 'month':
      return plain("case when r.date glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]*' then substr(r.date, 1, 7) else substr(r.date, 1, 4) end");
    case 'length':
      return plain(`min(a.length / ${lengthBin.width} * ${lengthBin.width}, ${lengthBin.last})`);
    case 'status':
      return plain("case when r.no in (select article_no from completions) then 'done' else 'in-progress' end");
    default:
      return plain(`a.${kind}`);
  }
}

function count(database: DatabaseSync, sql: string, values: readonly SQLInputValue[]): number {
  return Number(database.prepare(sql).get(...values)?.['n'] ?? 0);
}

function snippetOf(marked: string): FoundArticle['snippet'] {
  const [before = '', rest = ''] = split(marked, opening);
  const [match = '', after = ''] = split(rest, closing);
  const plain = (text: string) => joined(text).replaceAll(opening, '').replaceAll(closing, '').replace(/\s+/g, ' ');
  return { before: plain(before), match: plain(match), after: plain(after) };
}

function split(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ''] : [text.slice(0, index), text.slice(index + 1)];
}

const textOrNull = (value: unknown): string | null => (value === null || value === undefined ? null : String(value));
