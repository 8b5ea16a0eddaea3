import { expect, test } from 'vitest';
import type { Edit, Gesture } from './edit.ts';
import { type History, historyOf, lastSteps, redoable, standing, stepsBeside, undoOf } from './history.ts';

const step = (number: number, edits = 1): Gesture => ({
  ...{
    id: `g${number}`,
    annotator: 'anna',
    time: '2026-01-01T00:00:00.000Z',
    command: 'test',
    title: `Step ${number}`,
    undoes: null,
    redoes: null,
  },
  edits: Array.from({ length: edits }, (_, index): Edit => ({ record: 'codebook', id: `c${index}`, before: null, after: null })),
});
const idsOf = (steps: readonly Gesture[]) => steps.map(({ id }) => id);

// A history of `count` steps, the last `undone` of which were taken back.
function historyWith(count: number, undone: number): History {
  let history = historyOf(Array.from({ length: count }, (_, index) => step(index + 1)));
  for (let turn = 0; turn < undone; turn++) {
    const undo = undoOf(history, `u${turn}`, 'now') as Gesture;
    history = { ...history, past: history.past.slice(0, -1), future: [...history.future, history.past.at(-1) as Gesture] };
    expect(undo.undoes).toBe(history.future.at(-1)?.id);
  }
  return history;
}

test('G28 the part around the last step counts what is beyond it, and further parts make it whole', () => {
  const whole = historyWith(1000, 450);
  let part = lastSteps(whole);
  expect([part.earlier, part.past.length, part.future.length, part.later]).toEqual([350, 200, 200, 250]);
  expect([standing(part), redoable(part)]).toEqual([550, 450]);
  while (part.earlier > 0) {
    const steps = stepsBeside(whole, part.earlier, 'past');
    part = { ...part, past: [...steps, ...part.past], earlier: part.earlier - steps.length };
  }
  while (part.later > 0) {
    const steps = stepsBeside(whole, standing(part) + part.future.length, 'future');
    part = { ...part, future: [...steps.toReversed(), ...part.future], later: part.later - steps.length };
  }
  expect(part).toEqual(whole);
  expect([stepsBeside(whole, 0, 'past'), stepsBeside(whole, 1000, 'future')]).toEqual([[], []]);
});

test('G28 a very large step, and what lies beyond it, comes only when it is asked for', () => {
  const whole = historyOf([step(1), step(2, 5000), step(3)]);
  expect(lastSteps(whole)).toEqual({ past: [whole.past[2]], future: [], earlier: 2, later: 0 });
  expect(idsOf(stepsBeside(whole, 2, 'past'))).toEqual(['g2']);
  expect(idsOf(stepsBeside(whole, 1, 'past'))).toEqual(['g1']);
  const undone: History = { past: [], future: whole.past.toReversed(), earlier: 0, later: 0 };
  expect(lastSteps(undone)).toMatchObject({ past: [], future: [{ id: 'g1' }], later: 2 });
  expect(idsOf(stepsBeside(undone, 1, 'future'))).toEqual(['g2']);
});
