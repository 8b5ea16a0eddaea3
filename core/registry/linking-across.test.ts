import { expect, test } from 'vitest';
import { fillRole, Refusal, tag } from '../steps/gestures.ts';
import { Workbench } from '../testing/workbench.ts';
import { linkAcross } from './linking-across.ts';

const texts = { a1: 'Mr Ruiz left. Mr Ruiz came back.', a2: 'Nobody saw Mr Ruiz.' };

function bench() {
  const made = new Workbench(texts);
  const quote = (article: 'a1' | 'a2', from: number) => {
    const start = texts[article].indexOf('Mr Ruiz', from);
    const { id, edits } = tag(made.scene(article), 'QUOTE', [{ start, end: texts[article].indexOf('.', start) }]);
    made.step(edits);
    made.step(fillRole(made.scene(article), id, 'speaker', { start, end: start + 7 }, false));
  };
  quote('a1', 0);
  quote('a1', 5);
  quote('a2', 0);
  const mentions = (['a1', 'a2'] as const).flatMap((article) => [...made.set(article).mentions.keys()].map((id) => ({ article, id })));
  const linked = () => mentions.map(({ article, id }) => made.set(article).mentions.get(id)?.entity);
  return { made, mentions, linked };
}

test('Y2 a group of mentions in several articles is linked to a new entity in one step, and one undo takes it back', () => {
  const { made, mentions, linked } = bench();
  made.step(linkAcross((article) => made.scene(article), mentions, { type: 'PERSON', canonical: 'Ana Ruiz' }, true));
  const [entity] = made.registry.values();
  expect(entity).toMatchObject({ canonical: 'Ana Ruiz', aliases: ['Mr Ruiz'] });
  expect(linked()).toEqual([entity?.id, entity?.id, entity?.id]);
  made.undo();
  expect(linked()).toEqual([null, null, null]);
  expect(made.registry.size).toBe(0);
});

test('Y2 a group is linked to a known entity, with its words learnt once or not at all', () => {
  const { made, mentions, linked } = bench();
  made.step(linkAcross((article) => made.scene(article), mentions.slice(0, 1), { type: 'PERSON', canonical: 'Ana Ruiz' }, false));
  const [id] = made.registry.keys();
  made.step(linkAcross((article) => made.scene(article), mentions, id as string, true));
  expect(linked()).toEqual([id, id, id]);
  expect(made.registry.get(id as string)?.aliases).toEqual(['Mr Ruiz']);
  expect(() => linkAcross((article) => made.scene(article), [], id as string, true)).toThrow(Refusal);
});
