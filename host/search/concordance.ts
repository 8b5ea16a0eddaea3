import type { DatabaseSync } from 'node:sqlite';
import type { ConcordanceLine, ConcordanceOf } from '../../core/search/concordance.ts';
import { plainWords, type WordForms } from '../../core/search/conditions.ts';
import { type FindOptions, isInsideWord, occurrences } from '../../core/text/find.ts';
import type { Range } from '../../core/text/span.ts';
import { beginsUnspaced, endsUnspaced, joined } from '../../core/text/unspaced.ts';
import { inContext } from '../lookups/occurrences.ts';
import { matchOf } from './query-sql.ts';

// Limits of one answer, in milliseconds and lines. A page continues where the answer ends, so that it can show progress and stop.
const longest = 100;
const most = 1000;
const around = 130;

const exactly: FindOptions = { matchCase: false, wholeWords: true };

/**
 * The places of `of` in the articles after `after` (null: from the first), by article id and then by place. The full-text index says which texts to
 * search. `forms` are the forms of the words, if all of them are sought. An answer ends after a whole article; `next` is what to pass as `after` for
 * the rest, null if there is none.
 */
export function concordance(
  database: DatabaseSync,
  of: ConcordanceOf,
  after: string | null,
  forms: WordForms = new Map(),
): { lines: ConcordanceLine[]; next: string | null } {
  const lines: ConcordanceLine[] = [];
  const pattern = of.kind === 'lemma' ? patternOf(of.words, forms) : null;
  const textOf = database.prepare('select text from texts where rowid = ?');
  const listed = candidates(database, of, forms, after ?? '');
  const begin = Date.now();
  for (const { id, no } of listed) {
    const text = joined(String(textOf.get(no)?.['text'] ?? ''));
    const places = of.kind === 'entity' ? mentionsIn(database, no, of.entity) : placesIn(text, of, pattern);
    for (const range of places) lines.push(inContext(id, text, range, around));
    if (lines.length >= most || Date.now() - begin > longest) return { lines, next: id };
  }
  return { lines, next: null };
}

// Without the texts, because sorting moves whole rows.
function candidates(database: DatabaseSync, of: ConcordanceOf, forms: WordForms, after: string): { id: string; no: number }[] {
  const listed = (where: string, ...values: string[]) =>
    database
      .prepare(`select r.id, r.no from articles r where r.id > ? and ${where} order by r.id`)
      .all(after, ...values)
      .map((row) => ({ id: String(row['id']), no: Number(row['no']) }));
  if (of.kind === 'entity') return listed('r.no in (select article_no from mentions where entity = ?)', of.entity);
  const words =
    of.kind === 'lemma'
      ? matchOf({ kind: 'lemma', words: [of.words], forms })
      : `${matchOf({ kind: 'words', words: of.words, exact: true })}${of.kind === 'beginning' ? ' *' : ''}`;
  // The index knows words by their beginnings. It does not contain punctuation, so a query of punctuation alone is searched in every text.
  const match = /[\p{L}\p{N}]/u.test(of.words) ? `text : ${words}` : null;
  return match === null ? listed('1') : listed('r.no in (select rowid from texts where texts match ?)', match);
}

function mentionsIn(database: DatabaseSync, article: number, entity: string): Range[] {
  // Several annotators may have marked the same words.
  const rows = database.prepare('select distinct start, finish from mentions where article_no = ? and entity = ? order by start, finish');
  return rows.all(article, entity).map((row) => ({ start: Number(row['start']), end: Number(row['finish']) }));
}

// Matches the words one after the other, each in any of its forms.
function patternOf(words: string, forms: WordForms): RegExp | null {
  const parts = plainWords(words).map((word) => `(?:${(forms.get(word) ?? [word]).join('|')})`);
  if (parts.length === 0) return null;
  const [before, after] = [
    beginsUnspaced(words) ? '' : '(?<![\\p{L}\\p{N}\\p{M}_])',
    endsUnspaced(words) ? '' : '(?![\\p{L}\\p{N}\\p{M}_])',
  ];
  return new RegExp(`${before}${parts.join('[^\\p{L}\\p{N}\\n]+')}${after}`, 'giu');
}

function placesIn(text: string, of: Exclude<ConcordanceOf, { kind: 'entity' }>, pattern: RegExp | null): Range[] {
  if (pattern) return Array.from(text.matchAll(pattern), ({ 0: found, index }) => ({ start: index, end: index + found.length }));
  if (of.kind === 'words') return occurrences(text, of.words, exactly);
  // The place includes the rest of the word.
  return occurrences(text, of.words, { ...exactly, wholeWords: false }).flatMap(({ start, end }) => {
    if (isInsideWord(text, start)) return [];
    if (endsUnspaced(text.slice(start, end))) return [{ start, end }];
    const [rest = ''] = /^[\p{L}\p{N}\p{M}_]*/u.exec(text.slice(end, end + 60)) ?? [];
    return [{ start, end: end + rest.length }];
  });
}
