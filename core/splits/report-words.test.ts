import { expect, test } from 'vitest';
import { defaultSplitOptions } from './options.ts';
import type { SplitReport } from './report.ts';
import { findingsOf, splitNames } from './report-words.ts';

const names = splitNames(
  ['a', 'b'].map((id) => ({ id, title: `Title ${id}` })),
  new Map([['war', { canonical: 'WAR' }]]),
);
const none = { count: 0, examples: [] };
const held = (split: 'train' | 'validation' | 'test', documents: number) => ({ split, documents, groups: documents, labels: {} });
const whole: SplitReport = {
  ...{ documents: 500, groups: 500, splits: [held('train', 400), held('validation', 50), held('test', 50)] },
  ...{ nearDuplicates: none, alike: none, quotes: none, events: none, entities: [], largeGroups: [], divided: [], isCutShort: false },
};
const told = (report: Partial<SplitReport>, options = defaultSplitOptions, isPublished = false) =>
  findingsOf({ ...whole, ...report }, options, names, isPublished);

test('X52 articles are told apart where several have one title', () => {
  const { document } = splitNames(
    [
      { id: 'a', title: 'Summit' },
      { id: 'b', title: 'Summit' },
      { id: 'c', title: 'Talks' },
    ],
    new Map(),
  );
  expect(['a', 'b', 'c', 'gone'].map(document)).toEqual(['Summit (a)', 'Summit (b)', 'Talks', 'gone']);
});

test('X52 where nothing leaks one line says so', () => {
  expect(told({})).toEqual([{ severity: 'fine', text: 'No leak between the splits was found.', advice: null, examples: [] }]);
});

test('X52 each leak is told with its cases and what can be done, and no leak is told as none', () => {
  const pair = { documents: ['a', 'b'] as [string, string], jaccard: 0.8999, containment: 1 };
  const key = { key: 'war', documents: ['a', 'b'], count: 4 };
  const leaks: Partial<SplitReport> = {
    nearDuplicates: { count: 1, examples: [pair] },
    quotes: { count: 2, examples: [{ ...key, key: 'we will never leave this' }] },
    events: { count: 1, examples: [key] },
    divided: [{ documents: ['a', 'b'], count: 2, splits: ['train', 'test'] }],
  };
  const found = told(leaks);
  expect(found.map(({ severity }) => severity)).toEqual(['leak', 'leak', 'leak', 'leak']);
  expect(found.slice(1).map(({ text, advice, examples }) => [text, advice, ...examples])).toEqual([
    ['1 pair of articles in different splits is nearly the same.', null, '“Title a” and “Title b”: 89 % in common, 100 % of the shorter'],
    [
      '2 quotes of four words or more stand in articles of different splits.',
      'Group by a long quote in common as well.',
      '“we will never leave this” in “Title a”, “Title b” and 2 others',
    ],
    [
      '1 event is named in annotations of different splits.',
      'Group by the same main event as well.',
      '“WAR” in “Title a”, “Title b” and 2 others',
    ],
  ]);
  expect(found[0]?.examples).toEqual(['“Title a”, “Title b”, in train and test']);
  expect(new Set(told(leaks, defaultSplitOptions, true).map(({ advice }) => advice)).size).toBe(1);
  // Grouped by main event, what is still shared is background.
  const byEvent = { ...defaultSplitOptions, group: ['event' as const] };
  expect(told({ events: { count: 1, examples: [key] } }, byEvent).map(({ severity }) => severity)).toEqual(['note', 'fine']);
});

test('X52 an empty split, few groups, a large group and shared entities are noted', () => {
  const noted = told({
    ...{ documents: 5, groups: 2, splits: [held('train', 5), held('validation', 0), held('test', 0)] },
    largeGroups: [
      {
        group: 'a',
        documents: 4,
        ties: [
          { by: 'event', key: 'war', documents: 3 },
          { by: 'near-duplicate', key: '', documents: 2 },
        ],
      },
    ],
    entities: [
      { split: 'validation', entities: 0, inTrain: 0 },
      { split: 'test', entities: 9, inTrain: 7 },
    ],
  });
  expect(noted.map(({ severity, text, examples }) => [severity, text, ...examples])).toEqual([
    ['fine', 'No leak between the splits was found.'],
    [
      'note',
      'One group has 4 of 5 articles, “Title a” and others; all are in one split.',
      '3 articles by “WAR”',
      '2 articles by nearly the same text',
    ],
    ['note', 'No article is in validation or test.'],
    ['note', 'Of 9 entities named in test, train names 7 too.'],
  ]);
  const fractions = { train: 1, validation: 0, test: 0 };
  expect(told({ splits: [held('train', 5), held('validation', 0), held('test', 0)] }, { ...defaultSplitOptions, fractions })).toHaveLength(
    1,
  );
});
