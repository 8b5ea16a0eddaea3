import { afterEach, expect, test, vi } from 'vitest';
import type { Output } from '../core/contract.ts';
import { emptySet, setToRecord } from '../core/model/annotation.ts';
import type { ArticleMeta } from '../core/model/article.ts';
import { spanAt } from '../core/text/span.ts';
import { ArticleView } from './editor/article-view.ts';
import { openApp } from './testing/opened-app.tsx';

afterEach(() => vi.restoreAllMocks());

const text = Array.from({ length: 400 }, (_, line) => `Paragraph ${line} has a few words in it.`).join('\n');

function setWith(places: readonly number[]): Output<'openArticle'>['set'] {
  const time = '2026-01-01T00:00:00.000Z';
  const annotations = places.map((start) => ({
    ...{ id: `at-${start}`, article: 'a', annotator: 'anna', layer: 'QUOTE', attributes: {}, roles: [], note: '', codebook: 1 },
    ...{ spans: [spanAt(text, { start, end: start + 9 })], origin: { kind: 'person' as const }, created: time, modified: time },
  }));
  return { ...setToRecord(emptySet('a')), annotations };
}

const drawn = () => [...document.querySelectorAll<HTMLElement>('[data-annotations]')].map(({ dataset }) => dataset['annotations']);

test('F45 an article comes with its panels and with what is marked on its first screen, and what is marked below follows by itself', async () => {
  const set = setWith([0, text.lastIndexOf('Paragraph')]);
  const first: { drawn: unknown; rows: number }[] = [];
  const watch = new MutationObserver(() => {
    if (first.length > 0 || drawn().length === 0) return;
    first.push({ drawn: drawn(), rows: document.querySelectorAll('.annotation-row').length });
  });
  watch.observe(document.body, { subtree: true, childList: true });
  await openApp(text, { set });
  watch.disconnect();
  expect(first).toEqual([{ drawn: ['at-0'], rows: 2 }]);
  await expect.poll(drawn).toEqual(set.annotations.map(({ id }) => id));
});

test('F45 what is below follows at once when the text is scrolled, and how much is to complete only once the window rests', async () => {
  const idle: (() => void)[] = [];
  vi.spyOn(window, 'requestIdleCallback').mockImplementation((run) => idle.push(() => run({ didTimeout: false, timeRemaining: () => 9 })));
  const set = setWith([0, text.lastIndexOf('Paragraph')]);
  await openApp(text, { set });
  await expect.poll(() => idle.length).toBeGreaterThanOrEqual(3);
  const told = () => document.querySelector('.status-bar .to-complete')?.textContent;
  expect([drawn(), told()]).toEqual([['at-0'], undefined]);
  document.querySelector('.article-pane')?.dispatchEvent(new Event('scroll'));
  await expect.poll(drawn).toEqual(set.annotations.map(({ id }) => id));
  expect(told()).toBeUndefined();
  const rest = () => {
    for (const run of idle.splice(0)) run();
    return told();
  };
  await expect.poll(rest).toMatch(/\d/);
});

test('F46 an article is read as the pointer rests on its row or presses it, once, and the release of the button opens it', async () => {
  const meta = (id: string): ArticleMeta => ({
    ...{ id, title: id, source: null, date: null, url: null, language: 'en', originalName: `${id}.txt`, headings: [], words: 3 },
    ...{ textSha256: '1'.repeat(64), originalSha256: '1'.repeat(64), imported: '2026-01-01T00:00:00.000Z' },
  });
  const openArticle = vi.fn(async ({ article }: { article: string }) => ({
    ...{ article: { meta: meta(article), text: `The words of ${article}.` }, set: setToRecord(emptySet(article)), others: [] },
  }));
  const articles = ['a', 'b', 'c'].map((id) => ({ meta: meta(id), status: 'not_started' as const, counts: {}, toComplete: 0 }));
  const { place, workspace } = await openApp(text, { workspace: { articles }, answers: { openArticle } });
  await expect.poll(() => place.querySelectorAll('.article-row').length).toBe(3);
  openArticle.mockClear();
  const rowOf = (id: string) => place.querySelector<HTMLElement>(`.article-row[data-key="${id}"]`);
  // React tells of entering from these.
  rowOf('c')?.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
  rowOf('c')?.dispatchEvent(new PointerEvent('pointerout', { bubbles: true, relatedTarget: rowOf('b') }));
  expect(openArticle).not.toHaveBeenCalled();
  await expect.poll(() => openArticle.mock.calls).toEqual([[{ article: 'b' }]]);
  const row = rowOf('b');
  row?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));
  expect(openArticle).toHaveBeenCalledTimes(1);
  expect(workspace.store.getState().article?.meta.id).toBe('a');
  row?.click();
  await expect.poll(() => workspace.store.getState().article?.text).toBe('The words of b.');
  expect(openArticle).toHaveBeenCalledTimes(1);
});

test('F72 where an article is left is asked before anything on the page changes for the next, once', async () => {
  const { workspace } = await openApp(text);
  const asked = vi.spyOn(ArticleView.prototype, 'readingPlace');
  const { article } = workspace.store.getState();
  if (!article) throw new TypeError('no article is open');
  workspace.store.setState({ article: { ...article, meta: { ...article.meta, id: 'b', title: 'Another' } } });
  expect(asked).toHaveBeenCalledTimes(1);
  await expect.poll(() => document.querySelector('.article-head h2')?.textContent).toBe('Another');
  expect(asked).toHaveBeenCalledTimes(1);
});
