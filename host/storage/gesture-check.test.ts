import { expect, test } from 'vitest';
import type { Gesture } from '../../core/steps/edit.ts';
import { checkedGesture } from './gesture-check.ts';

const ground = { annotator: 'anna', codebookVersion: 1, textOf: async () => 'Words.', hasArticle: () => true };
const mention = { id: 'm1', article: 'a', annotator: 'anna', span: { start: 0, end: 5, text: 'Words' }, entity: null };
const edit = { record: 'mention', article: 'a', id: 'm1', before: null, after: mention };
const gesture = (more: object = {}, edits: unknown = [edit]) =>
  ({
    id: 'g1',
    annotator: 'anna',
    time: '2026-01-01',
    command: 'tag',
    title: 'Tag',
    undoes: null,
    redoes: null,
    edits,
    ...more,
  }) as unknown as Gesture;

test.each([
  [gesture({}, []), 'edits must not be empty'],
  [gesture({ title: 7 }), 'title must be a text; it is 7'],
  [
    gesture({}, [{ ...edit, after: { ...mention, span: { ...mention.span, start: -1 } } }]),
    'edit “m1”, after, span: start must be 0 or more; it is -1',
  ],
  [gesture({}, [{ ...edit, record: 'rumour' }]), 'edit “m1”: record must be annotation, mention, relation,'],
])('H94 a step that is refused for its form says in words what does not fit: %#', async (given, words) => {
  await expect(checkedGesture(given, ground)).rejects.toMatchObject({
    failure: {
      code: 'bad-request',
      message: expect.stringContaining(`This step was refused: ${words}`),
      next: expect.stringMatching(/\.$/),
    },
  });
  expect(await checkedGesture(gesture(), ground)).toEqual(gesture());
});
