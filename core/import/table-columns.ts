import type { DetailName } from '../model/article-record.ts';

/** The columns of a table that an article is made of, by their names in its head; null where there is none. */
export type Columns = Readonly<Record<'text' | DetailName, string | null>>;

// The first that a head has wins.
const names: Readonly<Record<keyof Columns, readonly string[]>> = {
  text: ['text', 'fulltext', 'articletext', 'body', 'bodytext', 'articlebody', 'content', 'maintext', 'story'],
  title: ['title', 'headline', 'headlines', 'subject', 'articletitle'],
  source: ['source', 'sourcename', 'publication', 'publisher', 'outlet', 'newspaper', 'medium', 'sitename', 'site', 'domain'],
  date: [
    'date',
    'published',
    'publishedat',
    'publishdate',
    'publicationdate',
    'datepublished',
    'dateofpublication',
    'pubdate',
    'day',
    'timestamp',
  ],
  url: ['url', 'link', 'href', 'articleurl', 'sourceurl', 'permalink', 'webaddress'],
  language: ['language', 'lang', 'languagecode'],
};

const plain = (name: string) => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/**
 * Which of the columns called `head` hold what: those that `named` names, and the rest by their names.
 * @throws RangeError with the name of a column that `head` has not
 */
export function guessColumns(head: readonly string[], named: { readonly [K in keyof Columns]?: string | undefined } = {}): Columns {
  const find = (key: keyof Columns): string | null => {
    const wanted = named[key];
    if (wanted !== undefined) {
      const there = head.find((name) => name === wanted) ?? head.find((name) => name.trim().toLowerCase() === wanted.trim().toLowerCase());
      if (there === undefined) throw new RangeError(wanted);
      return there;
    }
    for (const candidate of names[key]) {
      const there = head.find((name) => plain(name) === candidate);
      if (there !== undefined) return there;
    }
    return null;
  };
  return {
    text: find('text'),
    title: find('title'),
    source: find('source'),
    date: find('date'),
    url: find('url'),
    language: find('language'),
  };
}
