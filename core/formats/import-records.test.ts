import { expect, it } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { emptyMemory, importInto } from './testing/into-memory.ts';
import { file, quote, setOf, span } from './testing/short-article.ts';
import { expectSound } from './testing/sound.ts';

it('X147 a symmetric relation has its smaller id first, whichever way round the file has it', () => {
  const annotations = ['q1', 'q2'].map((id) => ({ ...quote, id }));
  for (const [from, to] of [
    ['q1', 'q2'],
    ['q2', 'q1'],
  ] as const) {
    const relations = [{ id: 'r', type: 'same_quote', from, to, attributes: {}, annotator: null }];
    const { memory } = importInto(emptyMemory, file({ doc_id: 'x', annotations, relations }));
    const [relation] = setOf(memory)?.relations.values() ?? [];
    expect([relation?.from.annotation, relation?.to.annotation]).toEqual(['q1', 'q2']);
  }
});

it('X147 what roles, relations and mentions cannot take is left out and counted', () => {
  const annotations = [
    {
      ...quote,
      id: '1',
      args: [
        { role: 'speaker', annotation: '3' },
        { role: 'cue', annotation: '9' },
      ],
    },
    { ...quote, id: '2', layer: 'FACT', spans: [span('agreed')], args: [{ role: 'event', annotation: '3' }] },
    { ...quote, id: '3', layer: 'mention', spans: [span('Ana Ruiz')] },
    { ...quote, id: '4', layer: 'mention', spans: [span('Bo')] },
    { ...quote, id: '5', spans: [] },
    { ...quote, id: '6', layer: 'QUOTED_TERM', args: ['3', '4'].map((id) => ({ role: 'speaker', annotation: id })) },
  ];
  const relation = (id: string, type: string, from: string, to: string) => ({ id, type, from, to, attributes: {}, annotator: null });
  const relations = [
    relation('a', 'continues', '1', '2'),
    relation('b', 'evidence_for', '1', '2'),
    relation('c', 'continues', '1', '1'),
    relation('d', 'continues', '1', '7'),
  ];
  const { plan, memory } = importInto(emptyMemory, file({ annotations, relations }), { codebook: defaultCodebook });
  expectSound(memory);
  expect(plan.losses).toEqual([
    { kind: 'annotations without a place in the text', count: 1 },
    { kind: 'mentions that no role and no entity holds', count: 1 },
    { kind: 'relations continues between layers that it does not join', count: 1 },
    { kind: 'relations of an annotation to itself', count: 1 },
    { kind: 'relations with an end that is not imported', count: 1 },
    { kind: 'roles FACT.event that do not take what fills them', count: 1 },
    { kind: 'roles QUOTE.cue whose filler is not imported', count: 1 },
    { kind: 'roles QUOTED_TERM.speaker beyond the 1 that it takes', count: 1 },
  ]);
  expect([...(setOf(memory)?.relations.values() ?? [])].map(({ type }) => type)).toEqual(['evidence_for']);
});
