import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SplitDocument } from './document.ts';
import { type Assignment, defaultSplitOptions, type GroupBy, type SplitOptions } from './options.ts';
import { planSplits, type SplitPlan } from './plan.ts';
import { PublishedSplits } from './published.ts';
import { stratified } from './stratify.ts';

const newHash = () => {
  const hash = createHash('sha256');
  return { update: (text: string) => void hash.update(text, 'utf8'), hex: () => hash.digest('hex') };
};

type Given = Partial<Omit<SplitDocument, 'events'>> & { readonly events?: Record<string, number> };

/** A document whose text is like no other's unless it is given. */
function document(id: string, { events = {}, ...more }: Given = {}): SplitDocument {
  const text = Array.from({ length: 30 }, (_, index) => `${id}w${index}`).join(' ');
  return {
    doc_id: id,
    text,
    quotes: [],
    speakers: [],
    entities: [],
    labels: {},
    replaces: [],
    ...more,
    events: new Map(Object.entries(events)),
  };
}

async function* oneByOne(documents: readonly SplitDocument[]) {
  yield* documents;
}

const by = (...group: GroupBy[]): SplitOptions => ({ ...defaultSplitOptions, group });
const plan = (documents: readonly SplitDocument[], options = by('near-duplicate'), published: PublishedSplits | null = null) =>
  planSplits(oneByOne(documents), options, { newHash, published });

function publishedAs({ options, assignments }: SplitPlan): PublishedSplits {
  const list = [...assignments].map(([doc_id, assignment]) => ({ doc_id, ...assignment }));
  return PublishedSplits.parse({ format: 1, published: '2026-11-20T10:00:00.000Z', by: 'anna', codebook: 1, options, assignments: list });
}

const frozenAt = (assignments: Record<string, Assignment>, options = by('near-duplicate')): PublishedSplits => ({
  ...{ format: 1, published: '2026-11-20T10:00:00.000Z', by: 'anna', codebook: 1, options },
  assignments: Object.entries(assignments).map(([doc_id, assignment]) => ({ doc_id, ...assignment })),
});

const ids = Array.from({ length: 12 }, (_, index) => `d${String(index).padStart(2, '0')}`);
const someOf = (list: readonly string[]) => fc.subarray([...list], { maxLength: 2 });
const project = fc
  .tuple(
    ...ids.map((id) =>
      fc.record({
        events: someOf(['e1', 'e2', 'e3', 'e4']),
        speakers: someOf(['s1', 's2', 's3', 's4']),
        copy: fc.nat(9),
        id: fc.constant(id),
      }),
    ),
  )
  .map((list) =>
    list.map(({ id, events, speakers, copy }) =>
      document(id, {
        events: Object.fromEntries(events.map((event, index) => [event, 1 + index])),
        ...{ speakers, labels: { QUOTE: copy, FACT: events.length } },
        // Some are copies of others, with a word or two changed.
        ...(copy < 3 ? { text: document(`copy${copy}`).text.replace('w3', id) } : {}),
      }),
    ),
  );
const options: fc.Arbitrary<SplitOptions> = fc.record({
  fractions: fc.constantFrom({ train: 0.8, validation: 0.1, test: 0.1 }, { train: 0.5, validation: 0, test: 0.5 }),
  group: fc.subarray(['event', 'near-duplicate', 'quote', 'speaker'] as GroupBy[]),
  stratify: fc.boolean(),
});

test('X47 every document has one split, no group is divided, what belongs together is in one group, in whatever order documents come', async () => {
  await fc.assert(
    fc.asyncProperty(project, options, fc.infiniteStream(fc.nat(1000)), async (documents, asked, order) => {
      const made = await plan(documents, asked);
      expect([...made.assignments.keys()]).toEqual(ids);
      expect([...made.groups.values()].flat().sort()).toEqual(ids);
      for (const [group, members] of made.groups) {
        expect(group).toBe(members[0]);
        expect(new Set(members.map((id) => made.assignments.get(id)?.split)).size).toBe(1);
      }
      const groupOf = (id: string) => made.assignments.get(id)?.group;
      if (asked.group.includes('speaker')) {
        for (const one of documents) {
          for (const other of documents) {
            if (one.speakers.some((speaker) => other.speakers.includes(speaker))) expect(groupOf(one.doc_id)).toBe(groupOf(other.doc_id));
          }
        }
      }
      expect(made.report.divided).toEqual([]);
      if (asked.group.includes('near-duplicate')) expect(made.report.nearDuplicates.count).toBe(0);
      const shuffled = documents.map((one) => ({ one, at: order.next().value })).sort((a, b) => a.at - b.at);
      expect(
        await plan(
          shuffled.map(({ one }) => one),
          asked,
        ),
      ).toEqual(made);
    }),
    { numRuns: 40 },
  );
});

test('X47 of two documents with one id nothing is made', async () => {
  await expect(plan([document('a'), document('b'), document('a')])).rejects.toThrow(/two documents have the id a/);
});

test('X50 documents are grouped by what is asked for, and a group is named by its least document', async () => {
  const long = 'we will not give up a single inch of land';
  const short = 'we will not give up a single';
  const documents = [
    document('a', { events: { summit: 2, war: 1 }, quotes: [long], speakers: ['ruiz'] }),
    document('b', { events: { summit: 1 }, quotes: [short] }),
    document('c', { events: { war: 3 }, quotes: [long, short] }),
    document('d', { events: { war: 1, treaty: 1 }, speakers: ['ruiz'] }),
    document('e', { text: document('c').text.replace('w20', 'changed') }),
    document('f'),
  ];
  const groupsBy = async (...group: GroupBy[]) =>
    [...(await plan(documents, by(...group))).groups.values()].map((members) => members.join(''));
  expect(await groupsBy()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  // The war is background to a; d tells of war and treaty alike.
  expect(await groupsBy('event')).toEqual(['ab', 'cd', 'e', 'f']);
  expect(await groupsBy('near-duplicate')).toEqual(['a', 'b', 'ce', 'd', 'f']);
  // Seven words in common are too few, nine are enough.
  expect(await groupsBy('quote')).toEqual(['ac', 'b', 'd', 'e', 'f']);
  expect(await groupsBy('speaker')).toEqual(['ad', 'b', 'c', 'e', 'f']);
  expect(await groupsBy('event', 'near-duplicate', 'quote')).toEqual(['abcde', 'f']);
});

test('X51 stratified, every split has its part of the documents and of every label', async () => {
  const documents = Array.from({ length: 50 }, (_, index) =>
    document(`d${String(index).padStart(2, '0')}`, { labels: { QUOTE: 1 + (index % 7), STANCE: index % 5 === 0 ? 4 : 0 } }),
  );
  const { report } = await plan(documents, { ...by('near-duplicate'), stratify: true });
  const held = report.splits.map(({ documents: count, labels }) => [count, labels['QUOTE'] ?? 0, labels['STANCE'] ?? 0]);
  const totals = held.reduce((sum, counts) => sum.map((count, at) => count + (counts[at] ?? 0)));
  for (const [at, part] of [0.8, 0.1, 0.1].entries()) {
    const off = totals.map((total, label) => Math.abs((held[at]?.[label] ?? 0) - total * part));
    // Nothing is off by more than one article makes.
    expect(off[0]).toBeLessThanOrEqual(1);
    expect(off[1]).toBeLessThanOrEqual(2);
    expect(off[2]).toBeLessThan(4);
  }
  const few = await plan(
    ids.slice(0, 3).map((id) => document(id)),
    { ...by(), stratify: true },
  );
  expect(few.report.splits.map(({ documents: count }) => count)).toEqual([1, 1, 1]);
  const groups = ['a', 'b'].map((id) => ({ id, labels: { '': 1 }, point: 0.5 }));
  const halves = { train: 0.5, validation: 0, test: 0.5 };
  expect([...stratified(groups, halves)]).toEqual([...stratified(groups.toReversed(), halves)]);
});

test('X52 the report tells what the splits hold and what leaks between them', async () => {
  const quote = 'nothing will ever be decided without us';
  const copy = document('c').text;
  const half = [...copy.split(' ').slice(0, 24), ...document('x').text.split(' ').slice(0, 10)].join(' ');
  const assigned = (split: 'train' | 'validation' | 'test', group: string) => ({ group, split });
  const documents = [
    document('a', { events: { summit: 2 }, entities: ['summit', 'ruiz'], quotes: [quote, 'we are here'], labels: { QUOTE: 2 } }),
    document('b', { events: { summit: 2, war: 1 }, entities: ['ruiz', 'war'], quotes: [quote, 'we are here'], labels: { QUOTE: 1 } }),
    document('c', { labels: { FACT: 3 } }),
    document('d', { text: `${copy} more` }),
    document('e', { text: half, entities: ['ruiz', 'kyiv'] }),
  ];
  const published = frozenAt({
    ...{ a: assigned('train', 'a'), b: assigned('test', 'b'), c: assigned('train', 'c') },
    ...{ d: assigned('validation', 'd'), e: assigned('test', 'e') },
  });
  const { report } = await plan(documents, by(), published);
  expect(report).toMatchObject({ documents: 5, groups: 5, isCutShort: false, largeGroups: [] });
  expect(report.splits).toEqual([
    { split: 'train', documents: 2, groups: 2, labels: { QUOTE: 2, FACT: 3 } },
    { split: 'validation', documents: 1, groups: 1, labels: {} },
    { split: 'test', documents: 2, groups: 2, labels: { QUOTE: 1 } },
  ]);
  expect(report.nearDuplicates).toMatchObject({ count: 1, examples: [{ documents: ['c', 'd'], containment: 1 }] });
  expect(report.alike.count).toBe(2);
  expect(report.alike.examples[0]?.documents).toEqual(['c', 'e']);
  expect(report.quotes).toEqual({ count: 1, examples: [{ key: quote, documents: ['a', 'b'], count: 2 }] });
  expect(report.events).toEqual({ count: 1, examples: [{ key: 'summit', documents: ['a', 'b'], count: 2 }] });
  expect(report.entities).toEqual([
    { split: 'validation', entities: 0, inTrain: 0 },
    { split: 'test', entities: 3, inTrain: 1 },
  ]);
  expect(report.divided).toEqual([{ documents: ['c', 'd'], count: 2, splits: ['train', 'validation'] }]);
});

test('X52 a group of more than a fifth of all documents is told with what ties it together', async () => {
  const documents = Array.from({ length: 10 }, (_, index) => document(`d${index}`, index < 3 ? { events: { war: 1 } } : {}));
  const { report } = await plan(documents, by('event'));
  expect(report.largeGroups).toEqual([{ group: 'd0', documents: 3, ties: [{ by: 'event', key: 'war', documents: 3 }] }]);
});

test('X52 of too many pairs that are alike the rest is left aside, and that is told', async () => {
  const documents = ['a', 'b', 'c'].map((id) => document(id, { text: 'one two three four five' }));
  const cut = async (mostPairs: number) => {
    const { report } = await planSplits(oneByOne(documents), by('near-duplicate'), { newHash, mostPairs });
    return [report.groups, report.isCutShort];
  };
  expect([await cut(1), await cut(4)]).toEqual([
    [2, true],
    [1, false],
  ]);
});

test('X53 what was published stays where it is, whatever comes later and however it is asked for', async () => {
  await fc.assert(
    fc.asyncProperty(project, options, options, fc.subarray(ids, { minLength: 1 }), async (documents, asked, other, early) => {
      const before = await plan(
        documents.filter(({ doc_id }) => early.includes(doc_id)),
        asked,
      );
      const after = await plan(documents, other, publishedAs(before));
      for (const [id, assignment] of before.assignments) expect(after.assignments.get(id)).toEqual(assignment);
      expect([...after.assignments.keys()]).toEqual(ids);
      const splits = new Map([...after.assignments.values()].map(({ group, split }) => [group, split]));
      for (const { group, split } of after.assignments.values()) expect(splits.get(group)).toBe(split);
      expect(after.options).toEqual(asked);
    }),
    { numRuns: 40 },
  );
});

test('X53 a later article goes into the split of its group, or else by its hash; a corrected version takes the place of the one before', async () => {
  const copy = (id: string) => document(id, { text: document('m').text.replace('w2', id) });
  const published = frozenAt({ m: { group: 'm', split: 'test' }, old: { group: 'old', split: 'validation' } });
  const { assignments } = await plan(
    [copy('a'), document('m'), document('new', { replaces: ['old'] }), document('evt-1'), document('g4')],
    by(),
    published,
  );
  expect(Object.fromEntries(assignments)).toEqual({
    ...{ a: { group: 'm', split: 'test' }, m: { group: 'm', split: 'test' }, new: { group: 'old', split: 'validation' } },
    ...{ 'evt-1': { group: 'evt-1', split: 'train' }, g4: { group: 'g4', split: 'test' } },
  });
});

test('X54 a later article that ties two published splits together is told of, and moves nothing', async () => {
  const [first, second] = [document('a').text, document('b').text];
  const published = frozenAt({ a: { group: 'a', split: 'train' }, b: { group: 'b', split: 'test' } });
  const { assignments, report } = await plan(
    [document('a'), document('b'), document('c', { text: `${first} ${second}` })],
    by(),
    published,
  );
  expect([...assignments.values()].map(({ split }) => split)).toEqual(['train', 'test', 'train']);
  expect(report.divided).toEqual([{ documents: ['a', 'b', 'c'], count: 3, splits: ['train', 'test'] }]);
  expect(report.nearDuplicates).toMatchObject({ count: 1, examples: [{ documents: ['b', 'c'], containment: 1 }] });
});

test('X54 a file of published splits that names a document twice or divides a group is refused', () => {
  const of = (assignments: unknown[]) => PublishedSplits.safeParse({ ...frozenAt({}), assignments }).success;
  const one = { doc_id: 'a', group: 'a', split: 'train' };
  expect([of([one]), of([one, one]), of([one, { doc_id: 'b', group: 'a', split: 'test' }])]).toEqual([true, false, false]);
});
