import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Output } from '../../core/contract.ts';
import type { Entity } from '../../core/model/entity.ts';
import { defaultSettings } from '../../core/settings.ts';
import { suggestionFamilies } from '../../core/suggestions/choice.ts';
import { noExperience } from '../../core/suggestions/learning.ts';
import type { Suggestion } from '../../core/suggestions/suggestion.ts';
import type { Question, SuggestionWorker } from '../suggestions/messages.ts';
import { followSuggestions } from './suggestion-reading.ts';
import { unopened, type Workspace } from './workspace.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const articleOf = (id: string) => ({ meta: { id }, text: `The text of ${id}.` }) as unknown as Workspace['article'];
const project = { project: { id: 'p' } } as unknown as Output<'openWorkspace'>;
const ana: Entity = {
  ...{ id: 'ana', type: 'PERSON', canonical: 'Ana', aliases: [], members: [], wikidata: null, date: null, roles: [], notes: '' },
  ...{ mergedInto: null, redirect: null, moved: {}, removed: false },
};
const suggestion: Suggestion = {
  ...{ layer: 'QUOTE', spans: [{ start: 0, end: 3, text: 'The' }], attributes: {}, roles: [], rule: 'quote.after', version: '1' },
  ...{ why: 'so', confidence: 0.9 },
};

/** A state with an article on screen whose suggestions are followed; the worker answers at once. */
function follow(experience = async () => noExperience) {
  const questions: Question[] = [];
  const store = createStore<Workspace>(() => ({
    ...unopened,
    opened: project,
    article: articleOf('a'),
    registry: new Map([['ana', ana]]),
  }));
  const notify = vi.fn();
  const start = () => {
    const worker: SuggestionWorker = {
      ...{ onmessage: null, onerror: null, terminate: () => undefined },
      postMessage: (question) => {
        questions.push(question);
        worker.onmessage?.({ data: { number: question.number, suggestions: [suggestion, suggestion] } } as MessageEvent);
      },
    };
    return worker;
  };
  const stop = followSuggestions(store, { start, experience, notify, warmUp: 500 });
  const settings = (part: Partial<Workspace['settings']>) => store.setState({ settings: { ...defaultSettings, ...part } });
  return { store, questions, stop, settings, shown: () => store.getState().suggestions };
}
const wait = () => vi.advanceTimersByTimeAsync(2000);

test('Z31 an article is read as it opens, each suggestion once with an id of its own, which are there at once when the person comes back', async () => {
  const { store, questions, shown, stop } = follow();
  expect(shown()).toEqual({ article: 'a', state: 'reading', all: [] });
  await wait();
  expect(shown()).toEqual({ article: 'a', state: 'ready', all: [{ ...suggestion, id: '~QUOTE_0-3' }] });
  store.setState({ article: articleOf('b') });
  await wait();
  store.setState({ article: articleOf('a') });
  const first = shown().all;
  expect(shown()).toMatchObject({ article: 'a', state: 'ready' });
  await wait();
  expect(questions.map(({ text }) => text)).toEqual(['The text of a.', 'The text of b.', 'The text of a.']);
  expect(shown().all).toBe(first);
  stop();
});

test('Z31 what is learned while an article is on screen counts when the next one opens', async () => {
  const experience = vi.fn(async () => noExperience);
  const { store, questions, stop } = follow(experience);
  await wait();
  store.setState({ registry: new Map([['ana', { ...ana, canonical: 'Anna' }]]) });
  await wait();
  expect([questions.length, experience.mock.calls.length]).toEqual([2, 1]);
  store.setState({ article: articleOf('b') });
  await wait();
  expect(experience).toHaveBeenCalledTimes(2);
  stop();
});

test('Z31 the page goes first: nothing is read in its first half second', async () => {
  const { store, questions, stop } = follow();
  await vi.advanceTimersByTimeAsync(300);
  store.setState({ article: articleOf('b') });
  await vi.advanceTimersByTimeAsync(350);
  expect(questions).toEqual([]);
  await vi.advanceTimersByTimeAsync(100);
  expect(questions).toHaveLength(1);
  stop();
});

test('Z31 who only walks over an article does not have it read', async () => {
  const { store, questions, stop } = follow();
  store.setState({ article: articleOf('b') });
  store.setState({ article: articleOf('c') });
  await wait();
  expect(questions.map(({ text }) => text)).toEqual(['The text of c.']);
  stop();
});

test('Z31 it is read anew after a name in the registry changed, once for several changes, and not after a note', async () => {
  const { store, questions, shown, stop } = follow();
  await wait();
  const { all } = shown();
  store.setState({ registry: new Map([['ana', { ...ana, notes: 'x' }]]) });
  await wait();
  expect(questions).toHaveLength(1);
  for (const canonical of ['Anna', 'Annie']) store.setState({ registry: new Map([['ana', { ...ana, canonical }]]) });
  await wait();
  expect(questions.map(({ entities }) => entities.map((each) => each.canonical))).toEqual([['Ana'], ['Annie']]);
  // The same again is the same list, so that nothing is drawn anew.
  expect(shown().all).toBe(all);
  stop();
});

test('Z31 it is read anew after what was learned was reset, and without it where that cannot be read', async () => {
  const experience = vi.fn(async () => noExperience);
  const { questions, settings, stop } = follow(experience);
  await wait();
  experience.mockRejectedValue(new Error('no host'));
  settings({ learnedSince: { p: '2026-01-01T00:00:00.000Z' } });
  await wait();
  expect(questions).toHaveLength(2);
  expect(questions[1]?.experience).toEqual(noExperience);
  stop();
});

test('Z38 where all families are off nothing is read, and switched on again it is shown at once', async () => {
  const { questions, settings, shown, stop } = follow();
  await wait();
  settings({ suggestions: { threshold: 0.5, off: [...suggestionFamilies] } });
  expect(shown()).toEqual({ article: null, state: 'off', all: [] });
  await wait();
  expect(questions).toHaveLength(1);
  settings({ suggestions: { threshold: 0.5, off: ['fact'] } });
  expect(shown().state).toBe('ready');
  stop();
});
