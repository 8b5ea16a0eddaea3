import { expect, test } from 'vitest';
import { defaultCodebook } from './default-codebook.ts';
import { newEntity } from './entity.ts';
import { fillRole, tag } from './gestures.ts';
import { mentionUses } from './mention-uses.ts';
import { Workbench } from './testing/workbench.ts';

const text = 'They signed nothing in Paris, said Ana Ruiz. She left.';
const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });

function made() {
  const bench = new Workbench({ a1: text });
  const quote = tag(bench.scene('a1'), 'QUOTE', [at('They signed nothing in Paris')]);
  bench.step(quote.edits);
  bench.step(fillRole(bench.scene('a1'), quote.id, 'speaker', at('Ana Ruiz'), false));
  bench.step(fillRole(bench.scene('a1'), quote.id, 'cue', at('said'), false));
  const fact = tag(bench.scene('a1'), 'FACT', [at('She left')]);
  bench.step(fact.edits);
  bench.step(fillRole(bench.scene('a1'), fact.id, 'event', at('She left'), false));
  return { bench, quote: quote.id, fact: fact.id };
}
const usesOf = (bench: Workbench) => mentionUses(bench.set('a1'), defaultCodebook);

test('Y1 a mention that fills a role that an entity may fill is there, linked or not; a cue is not', () => {
  const { bench, quote } = made();
  const [first] = usesOf(bench);
  expect(first).toMatchObject({ kind: 'mention', entity: null, span: { text: 'Ana Ruiz' } });
  expect(first?.uses).toEqual([{ annotation: quote, layer: 'QUOTE', role: 'speaker' }]);
  expect(usesOf(bench).map(({ span }) => span.text)).toEqual(['Ana Ruiz', 'She left', 'She left']);
});

test('Y1 an entity that fills a role itself stands at its annotation', () => {
  const { bench, fact } = made();
  const entity = [...bench.work.entities.keys()][0];
  expect(usesOf(bench).find(({ kind }) => kind === 'role')).toMatchObject({ id: fact, entity, uses: [{ layer: 'FACT', role: 'event' }] });
});

test('Y1 a linked mention is there whatever it fills', () => {
  const { bench } = made();
  const cue = [...bench.set('a1').mentions.values()].find(({ span }) => span.text === 'said');
  if (!cue) throw new Error('no cue');
  const after = newEntity('e1', 'anna', 'PERSON', 'Said', bench.now());
  bench.step([
    { record: 'entity', id: 'e1', before: null, after },
    { record: 'mention', article: 'a1', id: cue.id, before: cue, after: { ...cue, entity: 'e1' } },
  ]);
  expect(usesOf(bench).find(({ entity }) => entity === 'e1')?.span.text).toBe('said');
});
