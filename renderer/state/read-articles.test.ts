import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Client } from '../../core/contract.ts';
import { emptySet, setToRecord } from '../../core/model/annotation.ts';
import type { ArticleMeta } from '../../core/model/article.ts';
import type { Notices } from './notices.ts';
import { createReadArticles } from './read-articles.ts';
import { createUnion } from './union.ts';
import { unopened, type Workspace } from './workspace.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function open(openArticle: Client['openArticle']) {
  const store = createStore<Workspace>(() => unopened);
  const articles = createReadArticles(store, { openArticle } as Partial<Client> as Client, createUnion(), {} as Notices);
  return { store, articles };
}

const answer = (id: string) => ({
  ...{ article: { meta: { id } as ArticleMeta, text: 'Words.' }, set: setToRecord(emptySet(id)), others: [] },
});

test('F46 what was read ahead and not opened is forgotten after five seconds', async () => {
  const ask = vi.fn(async ({ article }: { article: string }) => answer(article));
  const { store, articles } = open(ask);
  articles.readAhead('a');
  articles.readAhead('a');
  expect(ask).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(5000);
  await articles.openArticle('a');
  expect(ask).toHaveBeenCalledTimes(2);
  expect(store.getState().article?.meta.id).toBe('a');
  articles.readAhead('a');
  expect(ask).toHaveBeenCalledTimes(2);
});

test('F46 what could not be read at a press is read again when it is opened', async () => {
  const ask = vi.fn(async ({ article }: { article: string }) => answer(article)).mockRejectedValueOnce(new Error('the host is busy'));
  const { store, articles } = open(ask);
  articles.readAhead('a');
  await vi.advanceTimersByTimeAsync(1);
  await articles.openArticle('a');
  expect(store.getState().article?.meta.id).toBe('a');
});

test('F46 what was read ahead is read again once something may have changed it', async () => {
  const ask = vi.fn(async ({ article }: { article: string }) => answer(article));
  for (const forget of ['forgetAhead', 'forgetAllBut', 'readAnew'] as const) {
    ask.mockClear();
    const { articles } = open(ask);
    articles.readAhead('a');
    if (forget === 'forgetAhead') articles.forgetAhead();
    else if (forget === 'forgetAllBut') articles.forgetAllBut(null);
    else await articles.readAnew([], null);
    await articles.openArticle('a');
    expect(ask, forget).toHaveBeenCalledTimes(2);
  }
});

test('F60 an article that was read ahead is on screen in one change, and the last one that was asked for stays', async () => {
  const slow = Promise.withResolvers<void>();
  const { store, articles } = open(async ({ article }) => {
    if (article === 'slow') await slow.promise;
    return answer(article);
  });
  articles.readAhead('a');
  await vi.advanceTimersByTimeAsync(1);
  const seen: unknown[] = [];
  const stop = store.subscribe(({ article, opening }) => seen.push([article?.meta.id, opening]));
  const opened = articles.openArticle('slow');
  await articles.openArticle('a');
  slow.resolve();
  await opened;
  stop();
  expect(seen).toEqual([
    [undefined, 'slow'],
    ['a', null],
    ['a', null],
  ]);
});

test('F45 an article comes with what was written on it in one change', async () => {
  const { store, articles } = open(async ({ article }) => answer(article));
  const seen: unknown[] = [];
  store.subscribe(({ article, opening, work }) => seen.push([article?.meta.id, opening, work.sets.has('a')]));
  await articles.openArticle('a');
  expect(seen).toEqual([
    [undefined, 'a', false],
    ['a', null, true],
  ]);
});
