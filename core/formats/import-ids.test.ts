import { expect, it } from 'vitest';
import type { ImportPlan } from './into-project.ts';
import { emptyMemory, importInto } from './testing/into-memory.ts';
import { file, quote, setOf, span } from './testing/short-article.ts';

it('X145 mentions of several annotators at one place become one, and are here already when they come again', () => {
  const annotations = ['kim', 'lee'].flatMap((annotator) => [
    { ...quote, id: `q-${annotator}`, annotator, args: [{ role: 'speaker', annotation: `m-${annotator}` }] },
    { ...quote, id: `m-${annotator}`, annotator, layer: 'mention', spans: [span('Ana Ruiz')] },
  ]);
  const first = importInto(emptyMemory, file({ doc_id: 'x', annotations }));
  expect(first.plan.layers).toEqual({ QUOTE: { fresh: 2, known: 0 }, mention: { fresh: 1, known: 0 } });
  const second = importInto(first.memory, file({ doc_id: 'x', annotations }));
  expect([second.plan.edits, second.plan.losses]).toEqual([[], []]);
});

it('X145 an id that is taken by something else gives way to a new one, the same every time', () => {
  const named = (layer: string) => file({ doc_id: 'x', annotations: [{ ...quote, id: 'q1', layer }] });
  const first = importInto(emptyMemory, named('Quote'));
  const second = importInto(first.memory, named('FACT'));
  const third = importInto(second.memory, named('FACT'));
  expect(third.plan.edits).toEqual([]);
  const layers = [...(setOf(third.memory)?.annotations.values() ?? [])].map(({ id, layer }) => [id === 'q1', layer]);
  expect(layers).toEqual([
    [true, 'QUOTE'],
    [false, 'FACT'],
  ]);
});

it('X145 what a person has changed since it was imported is left as it is', () => {
  const { memory } = importInto(emptyMemory, file());
  const work = memory.works.get('me');
  const [[article, set]] = [...(work?.sets ?? [])] as [[string, NonNullable<ReturnType<typeof setOf>>]];
  const [[id, annotation]] = [...set.annotations] as [[string, object]];
  const changed = new Map(set.annotations).set(id, { ...annotation, note: 'mine' } as never);
  const works = new Map([['me', { ...work, sets: new Map([[article, { ...set, annotations: changed }]]) } as never]]);
  expect(importInto({ ...memory, works }, file()).plan.edits).toEqual([]);
});

it('X263 of files that name nobody, each annotator gets all that theirs holds, and nothing comes in twice', () => {
  const mine = { ...quote, annotator: null };
  const rejected = { ...mine, id: 'T2', status: 'rejected' as const, spans: [span('council')] };
  const given = file({ annotations: [mine, rejected] });
  const anna = importInto(emptyMemory, given, { annotator: 'anna' });
  const ben = importInto(anna.memory, given, { annotator: 'ben' });
  expect(ben.plan).toMatchObject({ layers: { QUOTE: { fresh: 1, known: 0 } }, others: { rejections: { fresh: 1, known: 0 } } });
  for (const annotator of ['anna', 'ben']) expect(importInto(ben.memory, given, { annotator }).plan.edits).toEqual([]);
  const apart = importInto(emptyMemory, given, { annotator: 'ben' });
  const idsOf = (plan: ImportPlan) => plan.edits.flatMap(({ record, id }) => (record === 'article' ? [] : [id]));
  // Who imports on a computer of their own gets the same ids, and never those of another.
  expect(idsOf(apart.plan)).toEqual(idsOf(ben.plan));
  expect(idsOf(apart.plan).filter((id) => idsOf(anna.plan).includes(id))).toEqual([]);
});
