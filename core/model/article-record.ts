import { z } from 'zod';
import { Id } from './annotation.ts';
import type { ListedMeta } from './article.ts';
import { edtfProblem } from './edtf.ts';
import { newestField, stamped } from './stamp.ts';

/**
 * What one annotator has said about one article: one record for each annotator and article. Every field carries its time, and only the fields that
 * this annotator set are present. The imported values themselves are never rewritten.
 */
export const ArticleRecord = z.strictObject({
  /** The article's id. */
  id: Id,
  annotator: Id,
  fields: z.strictObject({
    title: stamped(z.string().min(1)).optional(),
    source: stamped(z.string().nullable()).optional(),
    date: stamped(z.string().nullable()).optional(),
    url: stamped(z.string().nullable()).optional(),
    language: stamped(z.string().nullable()).optional(),
    removed: stamped(z.boolean()).optional(),
    /** The corrected version that replaces it. */
    supersededBy: stamped(Id.nullable()).optional(),
  }),
});
export type ArticleRecord = z.infer<typeof ArticleRecord>;

/** The details of an article that a person may change: what it is called and where it came from. `date` is EDTF, `language` BCP 47. */
export type ArticleDetails = Pick<ListedMeta, 'title' | 'source' | 'date' | 'url' | 'language'>;

/** The names of the details, in display order. */
export const detailNames = ['title', 'source', 'date', 'url', 'language'] as const satisfies readonly (keyof ArticleDetails)[];
export type DetailName = (typeof detailNames)[number];

/** An article as seen by all annotators together. `listed` is false if it was removed or superseded, or if its import was undone. */
export interface ResolvedArticle<M extends ListedMeta = ListedMeta> {
  readonly meta: M;
  readonly listed: boolean;
  readonly supersededBy: string | null;
}

/** `meta` (as imported) with the annotators' changes applied, field by field; the latest wins. `records` are those of this article, in any order. */
export function resolveArticle<M extends ListedMeta>(meta: M, records: readonly ArticleRecord[]): ResolvedArticle<M> {
  const supersededBy = newestField(records, 'supersededBy') ?? null;
  const removed = newestField(records, 'removed') ?? meta.importedBy !== undefined;
  if (records.length === 0) return { meta, listed: !removed, supersededBy };
  const title = newestField(records, 'title') ?? meta.title;
  const pick = (name: Exclude<DetailName, 'title'>): string | null => {
    const value = newestField(records, name);
    return value === undefined ? meta[name] : value;
  };
  const details = { title, source: pick('source'), date: pick('date'), url: pick('url'), language: pick('language') };
  return { meta: { ...meta, ...details }, listed: !removed && supersededBy === null, supersededBy };
}

/** `records` grouped by article id. */
export const recordsByArticle = (records: Iterable<ArticleRecord>): Map<string, ArticleRecord[]> => Map.groupBy(records, ({ id }) => id);

/**
 * The article that replaces `id` today, following every step in between; `id` itself if none does. If articles replace each other in a ring,
 * returns `id`.
 */
export function successorOf(id: string, records: ReadonlyMap<string, readonly ArticleRecord[]>): string {
  const walked = new Set([id]);
  for (let at = id; ; ) {
    const next = newestField(records.get(at) ?? [], 'supersededBy');
    if (!next) return at;
    if (walked.has(next)) return id;
    walked.add(next);
    at = next;
  }
}

/** What is wrong with a detail, as a sentence for the user, or null if it is valid. */
export function detailProblem(name: DetailName, value: string | null): string | null {
  if (name === 'title') return value?.trim() ? null : 'An article needs a title.';
  if (value === null) return null;
  if (name === 'date') return edtfProblem(value);
  if (name === 'url') return urlProblem(value);
  return name === 'language' ? languageProblem(value) : null;
}

/** Tidies every detail of a form; see `tidyDetail`. */
export function tidyDetails(typed: Readonly<Record<DetailName, string>>): ArticleDetails {
  const tidy = (name: DetailName) => tidyDetail(name, typed[name]);
  return { title: tidy('title') ?? '', source: tidy('source'), date: tidy('date'), url: tidy('url'), language: tidy('language') };
}

/** A detail in its stored form: trimmed, null if empty, language tags canonical. The result may still be invalid; see `detailProblem`. */
export function tidyDetail(name: DetailName, value: string): string | null {
  const text = value.trim();
  if (text === '') return name === 'title' ? '' : null;
  return name === 'language' && languageProblem(text) === null ? (Intl.getCanonicalLocales(text)[0] ?? text) : text;
}

function urlProblem(value: string): string | null {
  // This domain has no URL parser. The pattern guarantees one thing: the address can only lead to the web.
  const isWeb = /^https?:\/\/[^\s/?#@:]+(:\d{1,5})?([/?#]\S*)?$/i.test(value);
  return isWeb ? null : `“${value}” is not a web address. Write it with https:// or http:// in front.`;
}

function languageProblem(value: string): string | null {
  try {
    return Intl.getCanonicalLocales(value).length === 1 ? null : 'Name one language.';
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return `“${value}” is not a language tag. Write one as in en, en-GB or uk.`;
  }
}
