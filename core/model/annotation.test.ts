import { describe, expect, test } from 'vitest';
import { spanAt } from '../text/span.ts';
import {
  Annotation,
  type AnnotationSet,
  byReadingOrder,
  countsByLayer,
  type Decision,
  emptySet,
  type Mention,
  mentionsOf,
  type Relation,
  setProblems,
  statusOf,
} from './annotation.ts';

const text = 'one two three four';
const annotation = (id: string, ranges: [number, number][], more: Partial<Annotation> = {}): Annotation => ({
  ...{ id, article: 'a', annotator: 'anna', layer: 'QUOTE', attributes: {}, roles: [], note: '', origin: { kind: 'person' }, codebook: 1 },
  ...{ created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' },
  spans: ranges.map(([start, end]) => spanAt(text, { start, end })),
  ...more,
});
const mention = (id: string, entity: string | null, more: Partial<Mention> = {}): Mention => ({
  ...{ id, article: 'a', annotator: 'anna', span: spanAt(text, { start: 0, end: 3 }), entity },
  ...more,
});
const relation = (id: string, from: string, to: string, article = 'a'): Relation => ({
  ...{
    id,
    type: 'continues',
    annotator: 'anna',
    from: { article: 'a', annotation: from },
    to: { article, annotation: to },
    attributes: {},
    note: '',
  },
  ...{ origin: { kind: 'person' }, codebook: 1, created: '', modified: '' },
});
const set = (parts: { annotations?: Annotation[]; mentions?: Mention[]; relations?: Relation[] }): AnnotationSet => ({
  ...emptySet('a'),
  annotations: new Map(parts.annotations?.map((record) => [record.id, record])),
  mentions: new Map(parts.mentions?.map((record) => [record.id, record])),
  relations: new Map(parts.relations?.map((record) => [record.id, record])),
});
const problems = (parts: Parameters<typeof set>[0]) => setProblems(set(parts), text, (id) => id === 'known');

describe('a set of annotations', () => {
  test('S19 a sound set has no problem', () => {
    const sound = {
      annotations: [
        annotation(
          'q',
          [
            [0, 3],
            [8, 13],
          ],
          { roles: [{ role: 'speaker', target: { kind: 'mention', id: 'm' } }] },
        ),
        annotation('f', [[0, 13]], {
          roles: [
            { role: 'source', target: { kind: 'entity', id: 'known' } },
            { role: 'source', target: { kind: 'annotation', id: 'q' } },
            { role: 'source', target: { kind: 'author' } },
          ],
        }),
      ],
      mentions: [mention('m', null), mention('linked', 'known')],
      relations: [relation('r', 'q', 'f')],
    };
    expect(problems(sound)).toEqual([]);
    for (const record of sound.annotations) expect(Annotation.parse(record)).toEqual(record);
  });

  test.each([
    ['other words', { annotations: [annotation('q', [], { spans: [{ start: 0, end: 3, text: 'two' }] })] }, /^annotation q: .*other words/],
    ['another article', { annotations: [annotation('q', [[0, 3]], { article: 'b' })] }, /^annotation q: filed under a but written for b/],
    [
      'a missing mention',
      { annotations: [annotation('q', [[0, 3]], { roles: [{ role: 'cue', target: { kind: 'mention', id: 'x' } }] })] },
      /mention x/,
    ],
    [
      'a missing filler',
      { annotations: [annotation('q', [[0, 3]], { roles: [{ role: 'cue', target: { kind: 'annotation', id: 'x' } }] })] },
      /annotation x/,
    ],
    [
      'a missing entity',
      { annotations: [annotation('q', [[0, 3]], { roles: [{ role: 'cue', target: { kind: 'entity', id: 'x' } }] })] },
      /entity x/,
    ],
    ['a mention of a missing entity', { mentions: [mention('m', 'x')] }, /^mention m: its entity x is missing/],
    ['a mention that nothing needs', { mentions: [mention('m', null)] }, /^mention m: nothing points at it/],
    [
      'a mention of another article',
      {
        annotations: [annotation('q', [[0, 3]], { roles: [{ role: 'cue', target: { kind: 'mention', id: 'm' } }] })],
        mentions: [mention('m', null, { article: 'b' })],
      },
      /^mention m: filed under a but written for b/,
    ],
    [
      'a relation without its end',
      { annotations: [annotation('q', [[0, 3]])], relations: [relation('r', 'q', 'x')] },
      /^relation r: its end x is gone/,
    ],
  ])('S19 a set with %s says so, naming the record', (_, parts, sentence) => {
    expect(problems(parts)).toEqual([expect.stringMatching(sentence)]);
  });

  test('S19 a relation across articles does not belong in a set', () => {
    const found = problems({ annotations: [annotation('q', [[0, 3]])], relations: [relation('r', 'q', 'x', 'b')] });
    expect(found[0]).toBe('relation r: filed under a but written for b');
  });

  test('S19 decisions and the mark of completion are filed under their article too, and decisions cover what they say', () => {
    const spans = [spanAt(text, { start: 0, end: 3 })];
    const decision = { id: 'd', article: 'a', annotator: 'anna', layer: 'QUOTE', spans } as Partial<Decision> as Decision;
    const found = (more: Partial<AnnotationSet>) => setProblems({ ...set({}), ...more }, text, () => true);
    const decided = (change: Partial<Decision>) => found({ decisions: new Map([['d', { ...decision, ...change }]]) });
    expect(decided({})).toEqual([]);
    expect(decided({ article: 'b' })).toEqual(['decision d: filed under a but written for b']);
    expect(decided({ spans: [{ start: 0, end: 3, text: 'two' }] })).toEqual([expect.stringMatching(/^decision d: .*other words/)]);
    const completion = { article: 'a', annotator: 'anna', done: true, marked: '' } as const;
    expect(found({ completion })).toEqual([]);
    expect(found({ completion: { ...completion, article: 'b' } })).toEqual(['completion: filed under a but written for b']);
  });

  test('S20 an annotation points at the mentions that fill its roles and that hold its quantities', () => {
    const count = { value: 3, value_max: null, modifier: 'exact' as const, unit: '', counts: '', mention: 'm2' };
    const pointing = annotation('f', [[0, 3]], {
      roles: [{ role: 'source', target: { kind: 'mention', id: 'm1' } }],
      attributes: { quantity: [count, { ...count, mention: null }], evidence: [], kind: 'x' },
    });
    expect(mentionsOf(pointing)).toEqual(['m1', 'm2']);
    expect(problems({ annotations: [annotation('f', [[0, 3]], { attributes: { quantity: [count] } })] })).toEqual([
      expect.stringMatching(/mention m2/),
    ]);
  });

  test('S21 annotations are read by where they begin, the longer first, then by id', () => {
    const list = [
      annotation('d', [[4, 7]]),
      annotation('b', [[0, 3]]),
      annotation('a', [[0, 3]]),
      annotation('c', [
        [0, 3],
        [8, 13],
      ]),
    ];
    expect(list.sort(byReadingOrder).map(({ id }) => id)).toEqual(['c', 'a', 'b', 'd']);
  });

  test('S22 an article is not started, in progress once it holds an annotation, and done when marked so', () => {
    expect(statusOf(emptySet('a'))).toBe('not_started');
    expect(statusOf(set({ mentions: [mention('m', 'known')] }))).toBe('not_started');
    const begun = set({ annotations: [annotation('q', [[0, 3]])] });
    expect(statusOf(begun)).toBe('in_progress');
    expect(statusOf({ ...begun, completion: { article: 'a', annotator: 'anna', done: true, marked: '' } })).toBe('done');
  });

  test('S23 the annotations of an article are counted by layer; a layer without any is not named', () => {
    const counted = set({
      annotations: [annotation('a', [[0, 3]]), annotation('b', [[4, 7]]), { ...annotation('c', [[4, 7]]), layer: 'fact' }],
    });
    expect(countsByLayer(counted)).toEqual({ [annotation('a', [[0, 3]]).layer]: 2, fact: 1 });
    expect(countsByLayer(emptySet('a'))).toEqual({});
  });
});
