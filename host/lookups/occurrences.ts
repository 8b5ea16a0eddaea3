import type { Occurrence } from '../../core/annotations/hits.ts';
import { type FindOptions, occurrences } from '../../core/text/find.ts';
import type { Range } from '../../core/text/span.ts';
import type { Project } from '../storage/project.ts';

// Limits of one answer, in milliseconds and places, and the usual context in UTF-16 code units. A page continues where the answer ends, so that it
// can show progress and stop.
const longest = 150;
const most = 1000;
const usual = 60;

/**
 * Where `query` occurs in the project's articles (or in `only`), by article id from the one after `after` on (null: from the first). An answer ends
 * after a whole article; `next` is the last one it covers, to be passed as `after` for the rest, or null if there are no more.
 * @throws AppError `corrupt` for an article that cannot be read
 */
export async function findOccurrences(
  project: Project,
  query: string,
  options: FindOptions,
  after: string | null,
  only: string | null,
): Promise<{ hits: Occurrence[]; next: string | null; searched: number }> {
  const rest = project.articles().filter(({ id }) => (only === null || id === only) && (after === null || id > after));
  const begin = Date.now();
  const hits: Occurrence[] = [];
  for (const [index, { id }] of rest.entries()) {
    const { text } = await project.readArticle(id);
    for (const range of occurrences(text, query, options)) hits.push(inContext(id, text, range));
    const isFull = hits.length >= most || Date.now() - begin > longest;
    if (isFull && index + 1 < rest.length) return { hits, next: id, searched: index + 1 };
  }
  return { hits, next: null, searched: rest.length };
}

/** The text at `[start, end)` of an article, with at most `around` code units of its line on each side. */
export function inContext(article: string, text: string, { start, end }: Range, around = usual): Occurrence {
  const before = text.slice(Math.max(0, start - around), start).replace(/^.*\n/s, '');
  const after = text.slice(end, end + around).replace(/\n.*$/s, '');
  return { article, start, end, text: text.slice(start, end), before: before.toWellFormed(), after: after.toWellFormed() };
}
