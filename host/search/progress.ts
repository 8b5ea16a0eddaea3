import type { DatabaseSync } from 'node:sqlite';
import type { ProgressCell } from '../../core/search/calls.ts';
import type { Condition } from '../../core/search/conditions.ts';
import { annotationClause, articleClause } from './query-sql.ts';

/**
 * How far everybody is with the articles that match `conditions`: how many each annotator has done, and how many they have begun but not done.
 * `articles` is the number of these articles. Annotators who have done nothing in them are not listed.
 */
export function progress(
  database: DatabaseSync,
  conditions: readonly Condition[],
  me: string,
): { articles: number; rows: { annotator: string; done: number; begun: number }[] } {
  const { sql, values } = articleClause(conditions, me);
  const chosen = `article_no in (select r.no from articles r where ${sql})`;
  const done = database.prepare(`select annotator, count(distinct article_no) n from completions where ${chosen} group by annotator`);
  const begun = database.prepare(
    `select w.annotator, count(distinct w.article_no) n from annotations w where w.${chosen} and not exists (select 1 from completions c where c.article_no = w.article_no and c.annotator = w.annotator) group by w.annotator`,
  );
  const counts = new Map<string, { done: number; begun: number }>();
  for (const row of done.all(...values)) counts.set(String(row['annotator']), { done: Number(row['n']), begun: 0 });
  for (const row of begun.all(...values)) {
    const annotator = String(row['annotator']);
    counts.set(annotator, { done: counts.get(annotator)?.done ?? 0, begun: Number(row['n']) });
  }
  const rows = [...counts].map(([annotator, each]) => ({ annotator, ...each })).sort((a, b) => (a.annotator < b.annotator ? -1 : 1));
  const total = database.prepare(`select count(*) n from articles r where ${sql}`).get(...values);
  return { articles: Number(total?.['n'] ?? 0), rows };
}

/** How far everybody is with each article that matches `conditions`, by article id; see the contract. Annotations count only if they match too. */
export function progressByArticle(
  database: DatabaseSync,
  conditions: readonly Condition[],
  me: string,
): { articles: string[]; annotators: string[]; cells: ProgressCell[] } {
  const inArticles = articleClause(conditions, me);
  const listed = database.prepare(`select r.no, r.id from articles r where ${inArticles.sql} order by r.id`).all(...inArticles.values);
  const places = new Map(listed.map((row, index) => [Number(row['no']), index]));
  const annotators: string[] = [];
  const cells = new Map<string, ProgressCell>();
  const cellOf = (article: unknown, annotator: unknown): ProgressCell | undefined => {
    const place = places.get(Number(article));
    if (place === undefined) return undefined;
    const who = String(annotator);
    if (!annotators.includes(who)) annotators.push(who);
    const key = `${place} ${who}`;
    const cell = cells.get(key) ?? [place, annotators.indexOf(who), 0, 0, false];
    cells.set(key, cell);
    return cell;
  };
  const { sql, values } = annotationClause(conditions, me);
  const counts = database.prepare(
    `select a.article_no article, a.annotator, count(*) n, sum(a.draft) drafts from annotations a join articles r on r.no = a.article_no where ${sql} group by 1, 2`,
  );
  for (const row of counts.iterate(...values)) {
    const cell = cellOf(row['article'], row['annotator']);
    if (cell) [cell[2], cell[3]] = [Number(row['n']), Number(row['drafts'])];
  }
  for (const row of database.prepare('select article_no article, annotator from completions').iterate()) {
    const cell = cellOf(row['article'], row['annotator']);
    if (cell) cell[4] = true;
  }
  return { articles: listed.map((row) => String(row['id'])), annotators, cells: [...cells.values()] };
}
