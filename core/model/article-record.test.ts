import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changeArticle, listArticle, removeArticle, setDetails } from '../articles/article-changes.ts';
import { applyEdits, type Edit, emptyWork } from '../steps/edit.ts';
import type { ArticleMeta } from './article.ts';
import { type ArticleRecord, detailProblem, recordsByArticle, resolveArticle, successorOf, tidyDetail } from './article-record.ts';

const imported: ArticleMeta = {
  ...{
    id: 'a-1',
    title: 'As imported',
    source: null,
    date: null,
    url: null,
    language: null,
    originalName: 'a.txt',
    headings: [],
    words: 3,
  },
  ...{ textSha256: '0'.repeat(64), originalSha256: '0'.repeat(64), imported: '2026-01-01T00:00:00.000Z' },
};
const time = (second: number) => new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString();
const record = (annotator: string, fields: ArticleRecord['fields']): ArticleRecord => ({ id: 'a-1', annotator, fields });
const scene = (annotator: string, second: number, work = emptyWork) => ({ work, annotator, now: time(second) });

const stamped = <T>(value: fc.Arbitrary<T>) => fc.option(fc.record({ value, time: fc.nat(5).map(time) }), { nil: undefined });
const records = fc
  .uniqueArray(fc.tuple(fc.constantFrom('ann', 'bob', 'cy', 'dee'), stamped(fc.string({ minLength: 1 })), stamped(fc.boolean())), {
    selector: ([annotator]) => annotator,
  })
  .map((list) =>
    list.map(([annotator, title, removed]) => record(annotator, { ...(title ? { title } : {}), ...(removed ? { removed } : {}) })),
  );

describe('what is known of an article', () => {
  test('R1 an article is what its import wrote where nobody said otherwise', () => {
    expect(resolveArticle(imported, [])).toEqual({ meta: imported, listed: true, supersededBy: null });
    expect(resolveArticle(imported, [record('ann', {})])).toEqual({ meta: imported, listed: true, supersededBy: null });
  });

  test('R2 each detail has the newest value that anybody gave it, at the same moment that of the greater annotator id, and may be taken away', () => {
    const said = [
      record('ann', { title: { value: 'Old', time: time(1) }, source: { value: 'Reuters', time: time(3) } }),
      record('bob', { title: { value: 'New', time: time(2) }, source: { value: null, time: time(4) } }),
      record('cy', { title: { value: 'Newer by name', time: time(2) } }),
    ];
    expect(resolveArticle({ ...imported, source: 'AFP' }, said).meta).toMatchObject({ title: 'Newer by name', source: null, words: 3 });
  });

  test('R3 an article is the same whatever the order in which records are read', () => {
    fc.assert(
      fc.property(records, fc.boolean(), fc.infiniteStream(fc.nat()), (list, byPage, order) => {
        const meta = byPage ? { ...imported, importedBy: 'ann' } : imported;
        const shuffled = list
          .map((item) => ({ item, at: order.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at)
          .map(({ item }) => item);
        expect(resolveArticle(meta, shuffled)).toEqual(resolveArticle(meta, list));
      }),
    );
  });

  test('R4 an article imported in the page is listed only while somebody’s record lists it', () => {
    const meta = { ...imported, importedBy: 'ann' };
    expect(resolveArticle(meta, []).listed).toBe(false);
    const listing = listArticle(scene('ann', 1), resolveArticle(meta, [])) as Edit;
    const work = applyEdits(emptyWork, [listing]);
    expect(resolveArticle(meta, [...work.articles.values()]).listed).toBe(true);
    expect(listArticle(scene('ann', 2, work), resolveArticle(meta, [...work.articles.values()]))).toBeNull();
  });

  test('R5 a removed article is listed no more, by whomever, and can be listed again', () => {
    const bobs = applyEdits(emptyWork, [removeArticle(scene('bob', 1), 'a-1')]);
    const gone = resolveArticle(imported, [...bobs.articles.values()]);
    expect(gone.listed).toBe(false);
    const anns = applyEdits(emptyWork, [listArticle(scene('ann', 2), gone) as Edit]);
    expect(resolveArticle(imported, [...bobs.articles.values(), ...anns.articles.values()]).listed).toBe(true);
  });

  test('R6 an article that another supersedes is listed no more; imported again it stands on its own', () => {
    const work = applyEdits(emptyWork, [changeArticle(scene('ann', 1), 'a-1', { supersededBy: 'b-1' })]);
    const gone = resolveArticle(imported, [...work.articles.values()]);
    expect([gone.listed, gone.supersededBy]).toEqual([false, 'b-1']);
    const again = applyEdits(work, [listArticle(scene('ann', 2, work), gone) as Edit]);
    expect(resolveArticle(imported, [...again.articles.values()])).toMatchObject({ listed: true, supersededBy: null });
  });

  test('R6 what stands in an article’s place is found through every version between; a ring leads nowhere', () => {
    const chain = (pairs: readonly [string, string][]) =>
      recordsByArticle(pairs.map(([id, newer]) => ({ ...record('ann', { supersededBy: { value: newer, time: time(1) } }), id })));
    expect(
      successorOf(
        'a',
        chain([
          ['a', 'b'],
          ['b', 'c'],
        ]),
      ),
    ).toBe('c');
    expect(successorOf('c', chain([['a', 'b']]))).toBe('c');
    expect(
      successorOf(
        'a',
        chain([
          ['a', 'b'],
          ['b', 'a'],
        ]),
      ),
    ).toBe('a');
    expect(
      successorOf(
        'a',
        chain([
          ['a', 'b'],
          ['b', 'c'],
          ['c', 'b'],
        ]),
      ),
    ).toBe('a');
    expect(
      successorOf(
        'a',
        recordsByArticle([
          record('ann', { title: { value: 'x', time: time(1) } }),
          record('bob', {}),
          { ...record('cy', { supersededBy: { value: 'b', time: time(1) } }), id: 'a' },
          { ...record('dee', { supersededBy: { value: 'c', time: time(2) } }), id: 'a' },
        ]),
      ),
    ).toBe('c');
  });

  test('R7 saving details changes only those that differ, and keeps what the annotator said before', () => {
    const first = applyEdits(emptyWork, [setDetails(scene('ann', 1), imported, { title: 'New', source: 'AFP', url: null }) as Edit]);
    expect(first.articles.get('a-1')?.fields).toEqual({ title: { value: 'New', time: time(1) }, source: { value: 'AFP', time: time(1) } });
    const meta = resolveArticle(imported, [...first.articles.values()]).meta;
    const second = applyEdits(first, [setDetails(scene('ann', 2, first), meta, { title: 'New', source: 'dpa' }) as Edit]);
    expect(second.articles.get('a-1')?.fields).toEqual({ title: { value: 'New', time: time(1) }, source: { value: 'dpa', time: time(2) } });
    expect(setDetails(scene('ann', 3, second), resolveArticle(imported, [...second.articles.values()]).meta, { source: 'dpa' })).toBeNull();
  });
});

test.each([
  ['title', ' ', '', /needs a title/],
  ['title', ' A title ', 'A title', null],
  ['source', '  ', null, null],
  ['url', 'https://example.org/a?b=1#c', 'https://example.org/a?b=1#c', null],
  ['url', 'http://localhost:80/', 'http://localhost:80/', null],
  ['url', 'https://example.org', 'https://example.org', null],
  ['url', 'see https://example.org/', 'see https://example.org/', /not a web address/],
  ['title', 'en-GB', 'en-GB', null],
  ['url', 'example.org', 'example.org', /https/],
  ['url', 'javascript:alert(1)', 'javascript:alert(1)', /not a web address/],
  ['url', 'file:///etc/passwd', 'file:///etc/passwd', /not a web address/],
  ['url', 'https://user@example.org', 'https://user@example.org', /not a web address/],
  ['url', 'https://a b', 'https://a b', /not a web address/],
  ['language', 'EN-gb', 'en-GB', null],
  ['language', 'english', 'english', null],
  ['language', 'e', 'e', /not a language tag/],
  ['date', '2026-02-30', '2026-02-30', /day 30/],
] as const)('R11 the %s %j is kept as %j, or the words say why not', (name, given, kept, message) => {
  const value = tidyDetail(name, given);
  expect(value).toBe(kept);
  const problem = detailProblem(name, value);
  if (message) expect(problem).toMatch(message);
  else expect(problem).toBeNull();
});
