import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Annotation, type Mention, setProblems, setToRecord, sortedById } from '../model/annotation.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import { editsOf, type Move, moves } from '../testing/moves.ts';
import { Workbench } from '../testing/workbench.ts';
import { applyEdits, type Gesture, type Work } from './edit.ts';
import { fillRole, setAttribute, setDone, setNote } from './gestures.ts';
import { editsBetween, mergeWorks, replayMissing, sidesOf } from './merge.ts';

const texts = { a: '“We will fight,” said Mayor Ana Ruiz. She left.', b: 'Ana Ruiz resigned on Monday, officials said.' };
const source = { name: 'journal (1).jsonl', hasUnsure: () => true };

/** Two computers of one person: the same work up to here, then each its own. Ids made on one are never made on the other. */
function forked(common: readonly Move[]): [Workbench, Workbench] {
  const benches = [new Workbench(texts), new Workbench(texts)] as const;
  for (const bench of benches) act(bench, common);
  for (let id = 0; id < 5000; id++) benches[1].newId();
  return [...benches];
}

function act(bench: Workbench, list: readonly Move[]): void {
  for (const move of list) {
    const edits = editsOf(bench, move);
    if (edits) bench.step(edits);
  }
}

const plain = (work: Work) => ({
  sets: [...work.sets.values()].map(setToRecord).sort((a, b) => (a.article < b.article ? -1 : 1)),
  entities: sortedById(work.entities),
  links: sortedById(work.links),
  articles: sortedById(work.articles),
});
const annotationsOf = (work: Work): Annotation[] => [...work.sets.values()].flatMap((set) => [...set.annotations.values()]);
const content = ({ spans, layer }: Annotation) => JSON.stringify({ spans, layer });

const forks = fc.tuple(moves, moves, moves);

describe('two versions of one person’s work', () => {
  test('O20 merged with itself, work stays as it is, and a merge done again changes nothing', () => {
    fc.assert(
      fc.property(forks, ([common, mine, theirs]) => {
        const [ours, other] = forked(common);
        expect(mergeWorks(ours.work, ours.work, source)).toMatchObject({
          edits: [],
          onlyHere: expect.any(Number),
          different: 0,
          onlyThere: 0,
        });
        act(ours, mine);
        act(other, theirs);
        const { work } = mergeWorks(ours.work, other.work, source);
        expect(mergeWorks(work, other.work, source).edits).toEqual([]);
        expect(mergeWorks(work, ours.work, source).edits).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('O21 it does not matter which version is called ours', () => {
    fc.assert(
      fc.property(forks, ([common, mine, theirs]) => {
        const [ours, other] = forked(common);
        act(ours, mine);
        act(other, theirs);
        const [there, back] = [mergeWorks(ours.work, other.work, source), mergeWorks(other.work, ours.work, source)];
        expect(plain(back.work)).toEqual(plain(there.work));
        expect([back.onlyHere, back.onlyThere]).toEqual([there.onlyThere, there.onlyHere]);
      }),
      { numRuns: 60 },
    );
  });

  test('O22 nothing is lost: every annotation of either version is there as it was, the rest of the set is sound, one step and its undo', () => {
    fc.assert(
      fc.property(forks, ([common, mine, theirs]) => {
        const [ours, other] = forked(common);
        act(ours, mine);
        act(other, theirs);
        const { work, edits } = mergeWorks(ours.work, other.work, source);
        const [before, now] = [[...annotationsOf(ours.work), ...annotationsOf(other.work)], annotationsOf(work)];
        for (const annotation of before) {
          expect(now.some((kept) => content(kept) === content(annotation) && kept.note.startsWith(annotation.note))).toBe(true);
        }
        const known = new Set([...work.entities.keys()]);
        for (const [article, set] of work.sets) expect(setProblems(set, ours.text(article), (id) => known.has(id))).toEqual([]);
        expect(plain(applyEdits(ours.work, edits))).toEqual(plain(work));
        if (edits.length === 0) return;
        const start = plain(ours.work);
        ours.step([...edits]);
        ours.undo();
        expect(plain(ours.work)).toEqual(start);
      }),
      { numRuns: 60 },
    );
  });

  test('O23 of two versions of an annotation the later keeps its id, the other stays beside it, unsure, with a note that says why', () => {
    const [ours, other] = forked([]);
    const id = ours.tag('a', 'QUOTE', 'We will fight');
    other.step(ours.journal[0]?.edits as Gesture['edits']);
    ours.step(setNote(ours.scene('a'), id, 'first'));
    other.step(setNote(other.scene('a'), id, 'second, and later'));
    const merged = mergeWorks(ours.work, other.work, source);
    expect(merged).toMatchObject({ onlyHere: 0, onlyThere: 0, different: 1 });
    const [kept, beside] = annotationsOf(merged.work).sort((a, b) => a.id.length - b.id.length);
    expect(kept).toMatchObject({ id, note: 'second, and later' });
    expect(kept?.attributes['unsure']).toBe(false);
    expect(beside).toMatchObject({
      attributes: { unsure: true },
      note: 'first\nThe older of two versions, kept when “journal (1).jsonl” was merged.',
    });
    // The later one is kept whatever its values are.
    ours.step(setAttribute(ours.scene('a'), id, 'type', 'mixed'));
    other.step(setAttribute(other.scene('a'), id, 'type', 'direct'));
    for (const [one, two] of [
      [ours.work, other.work],
      [other.work, ours.work],
    ] as const)
      expect(mergeWorks(one, two, source).work.sets.get('a')?.annotations.get(id)?.attributes['type']).toBe('direct');
    const plainLayer = mergeWorks(ours.work, other.work, { ...source, hasUnsure: () => false });
    expect(annotationsOf(plainLayer.work).filter(({ attributes }) => attributes['unsure'] === true)).toEqual([]);
  });

  test('O24 an entity is merged field by field, the later value winning, and an article done on either side is done', () => {
    const [ours, other] = forked([]);
    const made = newEntity('e1', 'anna', 'PERSON', 'Ana', '2026-01-01T00:00:00.000Z');
    for (const bench of [ours, other]) bench.step([{ record: 'entity', id: 'e1', before: null, after: made }]);
    const changed = (bench: Workbench, fields: typeof made.fields, alias: string, time: string) =>
      bench.step([
        {
          record: 'entity',
          id: 'e1',
          before: made,
          after: { ...made, fields: { ...made.fields, ...fields }, aliases: { [alias]: { value: true, time } } },
        },
      ]);
    changed(ours, { canonical: { value: 'Ana Ruiz', time: '2026-01-03T00:00:00.000Z' } }, 'Ruiz', '2026-01-03T00:00:00.000Z');
    changed(
      other,
      { canonical: { value: 'A. R.', time: '2026-01-02T00:00:00.000Z' }, notes: { value: 'mayor', time: '2026-01-02T00:00:00.000Z' } },
      'Mayor',
      '2026-01-02T00:00:00.000Z',
    );
    // What is only older changes nothing, and is no difference.
    const known = newEntity('e1', 'anna', 'PERSON', 'Ana', '2025-12-31T00:00:00.000Z');
    const older: Work = { ...ours.work, entities: new Map([['e1', known]]) };
    expect(mergeWorks(ours.work, older, source)).toMatchObject({ edits: [], different: 0 });
    expect(mergeWorks(older, ours.work, source)).toMatchObject({ edits: [{ id: 'e1' }], different: 1 });
    other.step(setDone(other.scene('a'), true));
    const { work } = mergeWorks(ours.work, other.work, source);
    expect(work.entities.get('e1')).toMatchObject({ fields: { canonical: { value: 'Ana Ruiz' }, notes: { value: 'mayor' } } });
    expect(Object.keys(work.entities.get('e1')?.aliases ?? {}).sort()).toEqual(['Mayor', 'Ruiz']);
    expect(work.sets.get('a')?.completion).toMatchObject({ done: true });
  });
});

describe('two versions of one record of one moment', () => {
  const time = '2026-02-01T10:20:30.000Z';
  const turned = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(turned)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .map(([key, inner]) => [key, turned(inner)])
              .reverse(),
          )
        : value;
  /** A bench on which one quote was changed at that moment, whatever the order of its fields. */
  const changed = (note: string, order: (annotation: Annotation) => unknown = (annotation) => annotation) => {
    const [bench] = forked([]);
    const id = bench.tag('a', 'QUOTE', 'We will fight');
    const before = bench.set('a').annotations.get(id) as Annotation;
    const after = order({ ...before, note, modified: time }) as Annotation;
    bench.step([{ record: 'annotation', article: 'a', id, before, after }]);
    return { id, work: bench.work };
  };

  test('O21 the same one wins, whichever is ours and in whatever order its fields came about', () => {
    const [{ id, work }, other] = [changed('a'), changed('b').work];
    const expected = plain(mergeWorks(work, other, source).work);
    const notes = annotationsOf(mergeWorks(work, other, source).work).map((annotation) => [annotation.id, annotation.note.split('\n')[0]]);
    expect(new Map(notes as [string, string][])).toEqual(
      new Map([
        [id, 'b'],
        [`${id}-at-20260201102030000`, 'a'],
      ]),
    );
    const orders = [turned, (annotation: Annotation) => ({ ...annotation, attributes: turned(annotation.attributes) })];
    for (const order of orders) {
      const [ours, theirs] = [changed('a', order).work, changed('b', order).work];
      for (const [one, two] of [
        [ours, other],
        [other, ours],
        [work, theirs],
        [theirs, ours],
      ] as const)
        expect(plain(mergeWorks(one, two, source).work)).toEqual(expected);
    }
    // What is equal but for the order of its fields is the same.
    expect(mergeWorks(work, changed('a', turned).work, source)).toMatchObject({ edits: [], different: 0 });
  });

  test('O24 a mention that one side linked is linked; a second link stays on a mention of its own', () => {
    const linked = (entity: string | null) => {
      const [bench] = forked([]);
      const id = bench.tag('a', 'QUOTE', 'We will fight');
      for (const known of ['e1', 'e2']) {
        bench.step([{ record: 'entity', id: known, before: null, after: newEntity(known, 'anna', 'PERSON', known, time) }]);
      }
      bench.step(fillRole(bench.scene('a'), id, 'speaker', bench.range('a', 'Ana Ruiz'), false));
      const [mention] = [...bench.set('a').mentions.values()] as [Mention];
      if (entity) bench.step([{ record: 'mention', article: 'a', id: mention.id, before: mention, after: { ...mention, entity } }]);
      return bench.work;
    };
    const links = (one: Work, two: Work) => {
      const { work } = mergeWorks(one, two, source);
      return [...(work.sets.get('a')?.mentions.values() ?? [])].map(({ id, entity }) => `${id.replace(/^n\d+/, '')} ${entity}`).sort();
    };
    expect([links(linked('e1'), linked(null)), links(linked(null), linked('e1'))]).toEqual([[' e1'], [' e1']]);
    expect(links(linked('e1'), linked('e2'))).toEqual([' e2', '-as-e1 e1']);
    expect(links(linked('e2'), linked('e1'))).toEqual([' e2', '-as-e1 e1']);
  });
});

describe('two versions of one journal', () => {
  test('O25 steps that ours lacks are done in the order of their times, each once; those that no longer fit are left and told', () => {
    const [ours, other] = forked([]);
    const id = ours.tag('a', 'QUOTE', 'We will fight');
    const first = ours.journal[0] as Gesture;
    other.step(first.edits);
    const theirs = [{ ...(other.journal[0] as Gesture), id: first.id }];
    other.step(setNote(other.scene('a'), id, 'theirs'));
    const added = other.tag('b', 'FACT', 'Ana Ruiz resigned');
    theirs.push(...other.journal.slice(1));
    ours.step(setNote(ours.scene('a'), id, 'ours'));
    const { work, left } = replayMissing(ours.work, new Set(ours.journal.map((gesture) => gesture.id)), [...theirs, ...theirs]);
    expect(work.sets.get('a')?.annotations.get(id)?.note).toBe('ours');
    expect(work.sets.get('b')?.annotations.has(added)).toBe(true);
    expect(left.map(({ gesture, reason }) => [gesture.id, reason])).toEqual([[theirs[1]?.id, expect.stringContaining('no longer')]]);
    expect(editsBetween(ours.work, work).map(({ id: changed }) => changed)).toEqual([added]);
  });

  test('O25 steps are done in the order of their times, wherever they stand; those of one time as they stand', () => {
    const [ours, other] = forked([]);
    const id = other.tag('a', 'QUOTE', 'We will fight');
    other.step(setNote(other.scene('a'), id, 'theirs'));
    const [first, second] = other.journal as [Gesture, Gesture];
    for (const theirs of [
      [first, second],
      [second, first],
      [first, { ...second, time: first.time }],
    ]) {
      const { work, left } = replayMissing(ours.work, new Set(), theirs);
      expect([left, work.sets.get('a')?.annotations.get(id)?.note]).toEqual([[], 'theirs']);
    }
    expect(replayMissing(ours.work, new Set(), [{ ...second, time: first.time }, first]).left).toHaveLength(1);
  });

  test('O26 markers may be bare, and signs like them elsewhere are words', () => {
    const bare = ['<<<<<<<', '1', '|||||||', '0', '=======', '2', '>>>>>>>', ''].join('\n');
    expect(sidesOf(bare)).toEqual({ ours: '1\n', theirs: '2\n' });
    const words = [
      '||||||| a',
      '>>>>>>> b',
      '=======',
      '<<<<<<<<',
      '<<<<<<< c',
      ' <<<<<<< d',
      '=======',
      ' ||||||| e',
      ' >>>>>>> f',
      '>>>>>>> g',
    ];
    expect(sidesOf([...words, '======='].join('\n'))).toEqual({
      ours: [...words.slice(0, 4), ' <<<<<<< d', '======='].join('\n'),
      theirs: [...words.slice(0, 4), ' ||||||| e', ' >>>>>>> f', '======='].join('\n'),
    });
  });

  test('O26 git’s conflict markers give both sides, with or without the common ground; anything else gives none', () => {
    const file = ['1', '<<<<<<< HEAD', '2', '||||||| base', '0', '=======', '3', '>>>>>>> other', '4', ''].join('\n');
    expect(sidesOf(file)).toEqual({ ours: '1\n2\n4\n', theirs: '1\n3\n4\n' });
    expect(sidesOf(file.replace('||||||| base\n0\n', '').replaceAll('\n', '\r\n'))?.theirs).toBe('1\r\n3\r\n4\r\n');
    for (const other of [
      '1\n2\n',
      '<<<<<<< HEAD\n1\n',
      '1\n=======\n2\n',
      '<<<<<<< a\n<<<<<<< b\n=======\n>>>>>>> c\n',
      '{"note":"<<<<<<< HEAD"}',
    ]) {
      expect(sidesOf(other)).toBeNull();
    }
  });
});

test('O22 every default layer can be marked unsure, as what is kept beside is', () => {
  expect(
    defaultCodebook.layers.every(({ attributes }) => attributes.some(({ name, type }) => name === 'unsure' && type === 'boolean')),
  ).toBe(true);
});
