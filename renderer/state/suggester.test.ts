import { expect, test, vi } from 'vitest';
import { type Entity, resolveRegistry } from '../../core/model/entity.ts';
import { noExperience } from '../../core/suggestions/learning.ts';
import type { Suggestion } from '../../core/suggestions/suggestion.ts';
import type { Answer, Question, SuggestionWorker } from '../suggestions/messages.ts';
import { createSuggester, speaksOtherwise } from './suggester.ts';

const entity = (id: string, more: Partial<Entity> = {}): Entity => ({
  ...{ id, type: 'PERSON', canonical: id, aliases: [], members: [], wikidata: null, date: null, roles: [], notes: '' },
  ...{ mergedInto: null, redirect: null, moved: {}, removed: false },
  ...more,
});
const registryOf = (...entities: Entity[]) => new Map(entities.map((each) => [each.id, each]));
const nobody = resolveRegistry([]);
const wish = (text: string, registry = nobody) => ({ text, registry, experience: noExperience });

/** A suggester over workers that answer when they are told to. */
function openSuggester() {
  const questions: Question[] = [];
  const workers: SuggestionWorker[] = [];
  const suggester = createSuggester(() => {
    const worker: SuggestionWorker = {
      ...{ onmessage: null, onerror: null, terminate: vi.fn() },
      postMessage: (question) => questions.push(question),
    };
    workers.push(worker);
    return worker;
  });
  const answer = (suggestions: readonly Suggestion[] = []) => {
    const data: Answer = { number: questions.at(-1)?.number ?? 0, suggestions };
    workers.at(-1)?.onmessage?.({ data } as MessageEvent<Answer>);
  };
  return { suggester, questions, workers, answer };
}

test('Z31 while one article is read the next one waits, a newer one takes its place, and only the last is answered', () => {
  const { suggester, questions, answer } = openSuggester();
  const done = [vi.fn(), vi.fn(), vi.fn()];
  for (const [index, each] of done.entries()) suggester.ask(wish(`text ${index}`), each);
  expect(questions.map(({ text }) => text)).toEqual(['text 0']);
  answer();
  expect(questions.map(({ text }) => text)).toEqual(['text 0', 'text 2']);
  answer();
  expect(done.map(({ mock }) => mock.calls.length)).toEqual([0, 0, 1]);
});

test('Z31 what is dropped is not answered', () => {
  const { suggester, answer } = openSuggester();
  const done = vi.fn();
  suggester.ask(wish('a'), done);
  suggester.drop();
  answer();
  expect(done).not.toHaveBeenCalled();
});

test('Z31 the worker is told of the registry what changed since it was asked last', () => {
  const { suggester, questions, answer } = openSuggester();
  const [ana, ben, cem] = [entity('ana'), entity('ben'), entity('cem')];
  const renamed = { ...ben, canonical: 'Benjamin' };
  for (const registry of [registryOf(ana, ben), registryOf(ana, renamed, cem), registryOf(renamed, cem)]) {
    suggester.ask(wish('a', registry), () => undefined);
    answer();
  }
  expect(questions.map(({ entities, gone }) => [entities.map(({ canonical }) => canonical), gone])).toEqual([
    [['ana', 'ben'], []],
    [['Benjamin', 'cem'], []],
    [[], ['ana']],
  ]);
});

test('Z31 after a worker broke off, the next question goes to a new one, which is told everything', () => {
  const { suggester, questions, workers } = openSuggester();
  const failed = vi.fn();
  suggester.ask(wish('a', registryOf(entity('ana'))), failed);
  workers[0]?.onerror?.({} as ErrorEvent);
  expect(failed).toHaveBeenCalledWith(null);
  expect(workers[0]?.terminate).toHaveBeenCalled();
  suggester.ask(wish('b', registryOf(entity('ana'))), () => undefined);
  expect([workers.length, questions.at(-1)?.entities.length]).toEqual([2, 1]);
  suggester.drop();
  workers[1]?.onmessage?.({ data: { number: 2, suggestions: [] } } as unknown as MessageEvent<Answer>);
});

test('Z31 a registry speaks otherwise where somebody is new, gone or called otherwise, and not where a note changed', () => {
  const ana = entity('ana');
  const before = registryOf(ana);
  expect(speaksOtherwise(before, registryOf(ana, entity('ben')))).toBe(true);
  expect(speaksOtherwise(before, nobody)).toBe(true);
  expect(speaksOtherwise(before, registryOf({ ...ana, aliases: ['Annie'] }))).toBe(true);
  expect(speaksOtherwise(before, registryOf({ ...ana, notes: 'x', moved: { m1: 'ben' } }))).toBe(false);
});
