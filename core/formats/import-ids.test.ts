import { expect, it } from 'vitest';
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
