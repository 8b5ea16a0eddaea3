import { expect, test } from 'vitest';
import { findOccurrences } from './occurrences.ts';
import { projectOf } from './testing/project-of.ts';

const options = { matchCase: true, wholeWords: true };

test('H44 words are found in every article with a little of their own line around them', async () => {
  const project = await projectOf(['First line.\nAn Ana 💪 here.\nLast.', 'No hit: Anas.', 'Ana, Ana']);
  const { hits, next, searched } = await findOccurrences(project, 'Ana', options, null, null);
  expect(hits.map(({ article, start, end, before, after }) => [article.slice(0, 2), start, end, before, after])).toEqual([
    ['a0', 15, 18, 'An ', ' 💪 here.'],
    ['a2', 0, 3, '', ', Ana'],
    ['a2', 5, 8, 'Ana, ', ''],
  ]);
  expect([next, searched]).toEqual([null, 3]);
  const [, , last] = project.articles();
  const only = await findOccurrences(project, 'Ana', options, null, last?.id ?? '');
  expect(only.hits).toHaveLength(2);
});

test('H44 the answer comes in parts of whole articles, and the parts together hold every hit once', async () => {
  const project = await projectOf(Array.from({ length: 5 }, (_, index) => `${index} ${'Ana '.repeat(700)}`));
  const all: string[] = [];
  const parts: number[] = [];
  for (let after: string | null = null, isFirst = true; isFirst || after; isFirst = false) {
    const part: Awaited<ReturnType<typeof findOccurrences>> = await findOccurrences(project, 'Ana', options, after, null);
    all.push(...part.hits.map(({ article, start }) => `${article} ${start}`));
    parts.push(part.searched);
    after = part.next;
  }
  expect(new Set(all).size).toBe(3500);
  expect(all).toHaveLength(3500);
  expect(parts.length).toBeGreaterThanOrEqual(3);
  expect(parts.reduce((sum, count) => sum + count, 0)).toBe(5);
});
