import { dequal } from 'dequal';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AnnotationSetRecord, emptySet, setFromRecord, setProblems, setToRecord } from '../model/annotation.ts';
import { codebookProblems } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { texts } from '../testing/arbitrary.ts';
import { editsOf, moves } from '../testing/moves.ts';
import { Workbench } from '../testing/workbench.ts';
import { applyEdits, articlesOf, Edit, emptyWork, Gesture, GroundChanged, inverse, type Work } from './edit.ts';
import { setDone, setNote, tag } from './gestures.ts';
import { emptyHistory, historyOf, record, redoOf, undoOf } from './history.ts';

const articles = fc.tuple(texts, texts).filter(([a, b]) => a.length > 0 && b.length > 0);

/** Every broken promise of what stands on the bench, in words. */
function problemsOf(on: Workbench): string[] {
  const registry = on.registry;
  const sets = [...on.work.sets.values()];
  const ends = (article: string, id: string) =>
    on.work.sets.get(article)?.annotations.has(id) ? [] : [`a link ends at ${id}, which is gone`];
  return [
    ...sets.flatMap((set) => setProblems(set, on.text(set.article), (id) => registry.has(id))),
    ...sets.flatMap((set) => [...set.annotations.values()].flatMap((annotation) => codebookProblems(annotation, defaultCodebook))),
    ...[...on.work.links.values()].flatMap(({ from, to }) => [...ends(from.article, from.annotation), ...ends(to.article, to.annotation)]),
  ];
}

/** The work as plain data, apart from the live one, so that a change to a record in place shows. */
const copyOf = (work: Work) =>
  structuredClone({
    sets: [...work.sets.values()].map(setToRecord),
    entities: new Map(work.entities),
    links: new Map(work.links),
    articles: new Map(work.articles),
  });

describe('edits', () => {
  test('G16 whatever is done, sets stay sound on text, registry and codebook, and no link dangles', () => {
    fc.assert(
      fc.property(articles, moves, ([a, b], sequence) => {
        const on = new Workbench({ a, b });
        for (const move of sequence) {
          const edits = editsOf(on, move);
          if (!edits) continue;
          on.step(edits);
          expect(problemsOf(on)).toEqual([]);
        }
        for (const gesture of on.journal) expect(Gesture.parse(JSON.parse(JSON.stringify(gesture)))).toEqual(gesture);
      }),
      { numRuns: 250 },
    );
  });

  test('G17 a step and then its inverse give back an equal state, and leave the state before untouched', () => {
    fc.assert(
      fc.property(articles, moves, ([a, b], sequence) => {
        const on = new Workbench({ a, b });
        for (const move of sequence) {
          const edits = editsOf(on, move);
          if (!edits) continue;
          const before = on.work;
          const copy = copyOf(before);
          on.step(edits);
          expect(dequal(applyEdits(on.work, inverse(edits)), before)).toBe(true);
          expect(dequal(copyOf(before), copy)).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  test('G17 a step that changes one record twice is taken back from its end', () => {
    const on = new Workbench({ a: 'one two' });
    const { id, edits } = tag(on.scene('a'), 'QUOTE', [{ start: 0, end: 3 }]);
    const made = applyEdits(on.work, edits);
    const noted = setNote({ ...on.scene('a'), work: made }, id, 'twice');
    const twice = [...edits, ...noted];
    expect(dequal(applyEdits(applyEdits(on.work, twice), inverse(twice)), on.work)).toBe(true);
  });

  test('G18 a step shares all that it does not touch: other articles, other collections, other records', () => {
    fc.assert(
      fc.property(articles, moves, ([a, b], sequence) => {
        const on = new Workbench({ a, b });
        for (const move of sequence) {
          const edits = editsOf(on, move);
          if (!edits) continue;
          const before = on.work;
          on.step(edits);
          const touched = new Set(edits.map((edit) => `${edit.record} ${'article' in edit ? edit.article : ''}`));
          if (articlesOf(edits).length === 0) expect(on.work.sets).toBe(before.sets);
          if (!touched.has('entity ')) expect(on.work.entities).toBe(before.entities);
          if (!touched.has('link ')) expect(on.work.links).toBe(before.links);
          for (const [article, set] of before.sets) {
            const now = on.set(article);
            if (!articlesOf(edits).includes(article)) expect(now).toBe(set);
            for (const kind of ['annotation', 'mention', 'relation', 'decision'] as const) {
              if (!touched.has(`${kind} ${article}`)) expect(now[`${kind}s`]).toBe(set[`${kind}s`]);
              const changed = new Set(edits.filter((edit) => edit.record === kind).map(({ id }) => id));
              for (const [id, kept] of set[`${kind}s`]) if (!changed.has(id)) expect(now[`${kind}s`].get(id)).toBe(kept);
            }
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('G19 a step that meets changed ground throws and changes nothing, however late in it the clash is', () => {
    const on = new Workbench({ a: 'one two', b: 'three' });
    const id = on.tag('a', 'QUOTE', 'one');
    const stale = setNote(on.scene('a'), id, 'mine');
    on.step(setNote(on.scene('a'), id, 'theirs'));
    const before = on.work;
    const copy = copyOf(before);
    const fresh = setDone(on.scene('b'), true);
    expect(() => on.step([...fresh, ...stale])).toThrow(GroundChanged);
    expect(on.work).toBe(before);
    expect(dequal(copyOf(before), copy)).toBe(true);
    try {
      applyEdits(on.work, [...fresh, ...stale]);
    } catch (error) {
      expect(error instanceof GroundChanged && error.edit).toBe(stale[0]);
      expect(String(error)).toContain(id);
    }
  });

  test('G19 every kind of record is held to what the step says it was', () => {
    fc.assert(
      fc.property(articles, moves, ([a, b], sequence) => {
        const on = new Workbench({ a, b });
        for (const move of sequence) {
          const edits = editsOf(on, move);
          if (!edits) continue;
          on.step(edits);
          // Done once more it does not fit, unless it left every record as it was.
          if (edits.some((edit) => !dequal(edit.before, edit.after))) expect(() => applyEdits(on.work, edits)).toThrow(GroundChanged);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('G20 an article that nothing was written on counts as an empty set', () => {
    const on = new Workbench({ a: 'one' });
    const edits = setDone(on.scene('a'), true);
    const work = applyEdits(emptyWork, edits);
    expect(work.sets.get('a')?.completion).not.toBeNull();
    expect(applyEdits(work, inverse(edits)).sets.get('a')).toEqual(emptySet('a'));
    expect(emptyWork.sets.size).toBe(0);
  });

  test('G21 an edit is a closed form: unknown kinds, fields and records are refused', () => {
    const on = new Workbench({ a: 'one' });
    const edit = { record: 'completion', article: 'a', id: 'a', before: null, after: null };
    expect(Edit.safeParse(edit).success).toBe(true);
    for (const broken of [
      { ...edit, record: 'text' },
      { ...edit, more: 1 },
      { ...edit, id: '../x' },
      { ...edit, after: { article: 'a' } },
    ]) {
      expect(Edit.safeParse(broken).success).toBe(false);
    }
    const gesture = { id: 'g', annotator: 'anna', time: on.now(), command: 'x.y', title: '', edits: [edit], undoes: null, redoes: null };
    expect(Gesture.safeParse(gesture).success).toBe(true);
    expect(Gesture.safeParse({ ...gesture, edits: [] }).success).toBe(false);
  });

  test('G22 a set as plain data is the same bytes for equal sets, and reads back as an equal set', () => {
    fc.assert(
      fc.property(articles, moves, ([a, b], sequence) => {
        const on = new Workbench({ a, b });
        for (const move of sequence) {
          const edits = editsOf(on, move);
          if (!edits) continue;
          const before = on.set(move.article);
          on.step(edits);
          // There and back again: equal, though the records may stand in another order.
          const again = applyEdits(on.work, inverse(edits)).sets.get(move.article) ?? emptySet(move.article);
          expect(JSON.stringify(setToRecord(again))).toBe(JSON.stringify(setToRecord(before)));
          const data = AnnotationSetRecord.parse(JSON.parse(JSON.stringify(setToRecord(on.set(move.article)))));
          expect(dequal(setFromRecord(data), on.set(move.article))).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('history', () => {
  test('G23 undoing to the start and redoing to the end passes through exactly the states that were seen', () => {
    fc.assert(
      fc.property(articles, moves, ([a, b], sequence) => {
        const on = new Workbench({ a, b });
        const seen = [copyOf(on.work)];
        for (const move of sequence) {
          const edits = editsOf(on, move);
          if (!edits) continue;
          on.step(edits);
          seen.push(copyOf(on.work));
        }
        for (const state of seen.slice(0, -1).reverse()) {
          expect(on.undo()).toBe(true);
          expect(dequal(copyOf(on.work), state)).toBe(true);
        }
        expect(on.undo()).toBe(false);
        for (const state of seen.slice(1)) {
          expect(on.redo()).toBe(true);
          expect(dequal(copyOf(on.work), state)).toBe(true);
        }
        expect(on.redo()).toBe(false);
      }),
      { numRuns: 100 },
    );
  });

  test('G24 the journal tells the whole history: read again it gives the same steps to undo and redo, and the same work', () => {
    const withTurns = fc.array(fc.tuple(moves, fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(articles, withTurns, ([a, b], turns) => {
        const on = new Workbench({ a, b });
        const start = on.work;
        for (const [sequence, undos, redos] of turns) {
          for (const move of sequence.slice(0, 10)) {
            const edits = editsOf(on, move);
            if (edits) on.step(edits);
          }
          for (let i = 0; i < undos; i++) on.undo();
          for (let i = 0; i < redos; i++) on.redo();
        }
        expect(historyOf(on.journal)).toEqual(on.history);
        expect(on.journal.reduce(record, emptyHistory)).toEqual(on.history);
        expect(
          dequal(
            on.journal.reduce((work, { edits }) => applyEdits(work, edits), start),
            on.work,
          ),
        ).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('G25 a new step empties what could be redone; undo and redo name the step they are about', () => {
    const on = new Workbench({ a: 'one two' });
    on.tag('a', 'QUOTE', 'one');
    on.tag('a', 'FACT', 'two');
    const [first, second] = on.journal;
    on.undo();
    expect(on.journal.at(-1)).toMatchObject({ undoes: second?.id, redoes: null, title: second?.title, command: second?.command });
    on.redo();
    expect(on.journal.at(-1)).toMatchObject({ undoes: null, redoes: second?.id, edits: second?.edits });
    on.undo();
    on.undo();
    expect(on.journal.at(-1)?.undoes).toBe(first?.id);
    on.tag('a', 'STANCE', 'one');
    expect(on.redo()).toBe(false);
    expect(on.history.past).toHaveLength(1);
  });

  test('G26 a journal that takes back or repeats what is not next is refused', () => {
    const on = new Workbench({ a: 'one two' });
    on.tag('a', 'QUOTE', 'one');
    on.tag('a', 'FACT', 'two');
    const undo = undoOf(on.history, 'u', on.now());
    if (!undo) throw new RangeError('nothing to undo');
    expect(() => record(emptyHistory, undo)).toThrow(RangeError);
    expect(() => historyOf([...on.journal, { ...undo, undoes: on.journal[0]?.id ?? '' }])).toThrow(RangeError);
    expect(() => historyOf([...on.journal, { ...undo, undoes: null, redoes: 'x' }])).toThrow(RangeError);
    expect([undoOf(emptyHistory, 'u', on.now()), redoOf(on.history, 'r', on.now())]).toEqual([null, null]);
  });
});
