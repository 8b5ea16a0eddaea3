import fc from 'fast-check';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import type { ArticleMeta } from '../model/article.ts';
import { articleTable, readArticleTable } from './article-table.ts';

const articleMeta = (id: string, more: Partial<ArticleMeta> = {}): ArticleMeta => ({
  ...{ id, title: `Title ${id}`, source: null, date: null, url: null, language: null, originalName: `${id}.txt`, headings: [], words: 9 },
  ...{ textSha256: '0'.repeat(64), originalSha256: '0'.repeat(64), imported: '2026-01-01T00:00:00.000Z' },
  ...more,
});
const two = [articleMeta('a', { source: 'Reuters' }), articleMeta('b')];
const read = (text: string, articles: readonly ArticleMeta[] = two) => readArticleTable(text, articles);

describe('the table of articles', () => {
  const hostile = fc.oneof(
    fc.constantFrom(
      '=1+1',
      "'=x",
      "''",
      '-5',
      '@a',
      '+b',
      '"',
      '""',
      'a,b',
      'a;b',
      'two\nlines',
      'a\r\nb',
      '\ufeffx',
      'é💪',
      'שלום',
      ' x ',
    ),
    fc.string({ unit: 'grapheme', maxLength: 12 }),
  );

  test('R12 whatever the details hold, the table reads back as no change, and papaparse reads the same cells', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(hostile, hostile), { minLength: 1, maxLength: 5 }), (values) => {
        const articles = values.map(([title, source], index) =>
          articleMeta(`n${index}`, { title: title.trim() || 'T', source: source.trim() || null }),
        );
        const text = articleTable(articles);
        expect(read(text, articles)).toEqual({ changes: [], problems: [] });
        const swapped = articles.map((meta) => ({ ...meta, title: meta.source ?? 'T', source: meta.title }));
        const { changes, problems } = read(articleTable(swapped), articles);
        expect(problems).toEqual([]);
        for (const { meta, changes: changed } of changes) expect(swapped).toContainEqual({ ...meta, ...changed });
        const { data, errors } = Papa.parse<string[]>(text.slice(1), { skipEmptyLines: true });
        expect(errors).toEqual([]);
        expect(data.length).toBe(articles.length + 1);
        for (const row of data.slice(1)) for (const cell of row) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });

  test('R13 only what differs is a change; a column that is missing changes nothing and an empty cell takes the value away', () => {
    expect(read('id,source,date\r\na,,2026-01\r\nb,,\r\n')).toEqual({
      changes: [{ meta: two[0], changes: { source: null, date: '2026-01' } }],
      problems: [],
    });
    expect(read('original_name;title\nb.txt;New\n').changes).toEqual([{ meta: two[1], changes: { title: 'New' } }]);
    expect(read('ID\tLanguage\na\tEN-gb').changes).toEqual([{ meta: two[0], changes: { language: 'en-GB' } }]);
  });

  test.each([
    ['', 1, null, /empty/],
    ['id,titel\na,x', 1, 'titel', /no column/],
    ['id,title,title\na,x,y', 1, 'title', /twice/],
    ['title\nx', 1, null, /which article/],
    ['id,title\na,x\nzz,y', 3, 'id', /no article zz/],
    ['id,title\na,x\na,y', 3, null, /already on line 2/],
    ['original_name,title\nc.txt,x', 2, 'original_name', /No article/],
    ['id,title\na', 2, null, /1 cells, the first has 2/],
    ['id,title\na,', 2, 'title', /needs a title/],
    ['id,date\na,07/01/2026', 2, 'date', /not a date|slash/],
    ['id,url\na,javascript:alert(1)', 2, 'url', /not a web address/],
    ['id,language\na,english language', 2, 'language', /language tag/],
    ['id,title\na,"x\ny"\nb,"z', 4, null, /not closed/],
    ['id,title\na,x"y', 2, null, /not closed or not doubled/],
  ])('R14 in %j a problem is named with line %j, column %j and words, and nothing is taken', (text, line, column, message) => {
    const { changes, problems } = read(text);
    expect(changes).toEqual([]);
    expect(problems[0]).toMatchObject({ line, column, message: expect.stringMatching(message) });
  });

  test('R14 two articles from files of one name need their ids', () => {
    const twins = [articleMeta('a', { originalName: 'x.txt' }), articleMeta('b', { originalName: 'x.txt' })];
    expect(read('original_name,title\nx.txt,T', twins).problems[0]?.message).toMatch(/give the id/);
    expect(read(articleTable(twins), twins)).toEqual({ changes: [], problems: [] });
  });
});
