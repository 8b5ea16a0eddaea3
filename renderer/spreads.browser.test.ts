import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import type { Output } from '../core/contract.ts';
import { emptySet, setToRecord } from '../core/model/annotation.ts';
import type { ArticleMeta } from '../core/model/article.ts';
import { spanAt } from '../core/text/span.ts';
import { openApp } from './testing/opened-app.tsx';

const time = '2026-01-01T00:00:00.000Z';
const texts: Readonly<Record<string, string>> = {
  a: 'The council met.\n\nIt said nothing of the plan.',
  b: Array.from({ length: 120 }, (_, line) => `Paragraph ${line} of the second report, with 😀 and a few words.`).join('\n'),
  long: 'A word. '.repeat(8000),
};

const metaOf = (id: string): ArticleMeta => ({
  ...{ id, title: `Report ${id}`, source: null, date: null, url: null, language: 'en', originalName: `${id}.txt`, headings: [], words: 3 },
  ...{ textSha256: '1'.repeat(64), originalSha256: '1'.repeat(64), imported: time },
});

function readingOf(id: string): Output<'openArticle'> {
  const text = texts[id] ?? '';
  const annotations = [0, 70, 4000].flatMap((start, at) => {
    if (id !== 'b') return [];
    const layer = ['QUOTE', 'STANCE', 'FACT'][at] ?? 'QUOTE';
    return {
      ...{ id: `${id}-${start}`, article: id, annotator: 'anna', layer, attributes: {}, roles: [], note: '', codebook: 1 },
      ...{ spans: [spanAt(text, { start, end: start + 9 })], origin: { kind: 'person' as const }, created: time, modified: time },
    };
  });
  return { article: { meta: metaOf(id), text }, set: { ...setToRecord(emptySet(id)), annotations }, others: [] };
}

async function openThree(apply = vi.fn(async () => ({ sequence: 1 }))) {
  const articles = Object.keys(texts).map((id) => ({ meta: metaOf(id), status: 'not_started' as const, counts: {}, toComplete: 0 }));
  const openArticle = vi.fn(async ({ article }: { article: string }) => readingOf(article));
  const app = await openApp(texts['a'] as string, { workspace: { articles }, answers: { openArticle, apply }, width: 1440, height: 900 });
  await expect.poll(() => app.place.querySelectorAll('.article-row').length).toBe(3);
  const row = (id: string) => app.place.querySelector(`.article-row[data-key="${id}"]`) as HTMLElement;
  const spreads = () => [...app.place.querySelectorAll('.article-frame .spread')];
  return {
    ...{ ...app, row, apply, openArticle },
    /** How many texts are on the page, on screen or not. */
    laid: () => spreads().length,
    onScreen: () => spreads().find((spread) => !spread.hasAttribute('data-away')) as HTMLElement,
    approach: (id: string) => row(id).dispatchEvent(new PointerEvent('pointerover', { bubbles: true })),
  };
}

/** All panes as they are on screen, apart from the ids that React gives out in turn. */
const screen = (place: HTMLElement) =>
  [...place.querySelectorAll('.spread:not([data-away])')].map(({ innerHTML }) => innerHTML.replace(/[«_:]r[\w]+[»_:]/g, 'id'));

test('F141 an article that was laid out ahead looks on screen as one that was not, and is there in one change', async () => {
  const plain = await openThree();
  plain.actions.openArticle('b');
  await expect.poll(() => plain.place.querySelectorAll('.spread [data-annotations]').length).toBe(3);
  await expect.poll(() => plain.place.querySelectorAll('.annotation-row').length).toBe(3);
  const expected = screen(plain.place);
  plain.end();

  const { place, approach, laid, row, onScreen } = await openThree();
  const before = screen(place);
  approach('b');
  await expect.poll(laid).toBe(2);
  expect(screen(place)).toEqual(before);
  const text = place.querySelector('[data-away] .article');
  row('b').click();
  await expect.poll(() => onScreen().querySelector('.article-head h2')?.textContent).toBe('Report b');
  expect(onScreen().querySelector('.article')).toBe(text);
  await expect.poll(laid).toBe(1);
  await expect.poll(() => screen(place)).toEqual(expected);
});

test('F141 neither a key nor a click nor a screen reader reaches what is laid out ahead, and laying it out changes nothing on screen', async () => {
  const { place, approach, laid, view, select, apply, workspace } = await openThree();
  await select('the plan');
  const { selection, selectionBox } = view.store.getState();
  expect(selectionBox).not.toBeNull();
  approach('b');
  await expect.poll(laid).toBe(2);
  expect(view.store.getState()).toMatchObject({ selection, selectionBox });
  const away = [...place.querySelectorAll<HTMLElement>('[data-away] *')];
  expect(away.length).toBeGreaterThan(100);
  for (const element of away) element.focus();
  expect(document.activeElement?.closest('[data-away]')).toBeNull();
  expect(away.some((element) => element.checkVisibility({ visibilityProperty: true }))).toBe(false);
  place.querySelector<HTMLElement>('.article')?.focus();
  await userEvent.keyboard('q');
  await expect.poll(() => apply.mock.calls.length).toBe(1);
  expect([...(workspace.store.getState().work.sets.get('a')?.annotations.values() ?? [])].map(({ spans }) => spans[0]?.text)).toEqual([
    'the plan',
  ]);
  // An edit may have changed what was laid out.
  await expect.poll(laid).toBe(1);
});

test('F141 keys, selection and undo belong to the article that was laid out ahead, once it is on screen', async () => {
  const { place, approach, laid, row, onScreen, view, actions, workspace } = await openThree();
  const countOn = (id: string) => workspace.store.getState().work.sets.get(id)?.annotations.size;
  approach('b');
  await expect.poll(laid).toBe(2);
  row('b').click();
  await expect.poll(laid).toBe(1);
  actions.returnToText();
  expect(onScreen().contains(document.activeElement)).toBe(true);
  await userEvent.keyboard('.');
  expect(view.store.getState().active).toBe('b-0');
  await expect.poll(() => place.querySelector('.inspector h2')?.textContent).toMatch('Quote');
  await userEvent.keyboard('{Delete}');
  expect(countOn('b')).toBe(2);
  await userEvent.keyboard('{Control>}z{/Control}');
  expect([countOn('a'), countOn('b')]).toEqual([0, 3]);
});

test('F141 what changed after it was laid out is there when it is shown', async () => {
  const { place, approach, laid, row, view, workspace } = await openThree();
  approach('b');
  await expect.poll(laid).toBe(2);
  view.set({ annotationFilter: { ...view.store.getState().annotationFilter, text: 'nothing has this' } });
  workspace.store.setState({ registry: new Map() });
  row('b').click();
  await expect.poll(laid).toBe(1);
  await expect
    .poll(() => place.querySelector('.annotation-list .empty')?.textContent)
    .toMatch('None of the 3 annotations passes the filter.');
});

test('F141 what is active, found and being moved in the article on screen is not in the one that is laid out', async () => {
  const { place, approach, laid, view, actions, row, onScreen } = await openThree();
  actions.openArticle('b');
  await expect.poll(() => onScreen().querySelectorAll('[data-annotations]').length).toBe(3);
  actions.activate('b-70', { scroll: true });
  view.set({ find: { query: 'report', matchCase: false, wholeWords: false, matches: [{ start: 26, end: 32 }], current: 0, asked: 1 } });
  await expect.poll(() => CSS.highlights.get('find-current')?.size).toBe(1);
  actions.returnToText();
  actions.run('annotation.boundary');
  await expect.poll(() => place.querySelectorAll('.boundary-handle').length).toBe(2);
  expect(place.querySelectorAll('.boundary-handle').length).toBe(2);
  const { selection } = view.store.getState();
  expect(selection.head).toBeGreaterThan(0);
  approach('a');
  await expect.poll(laid).toBe(2);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const away = place.querySelectorAll('[data-away] .finding, [data-away] .boundary-handle, [data-away] .fields');
  expect([away.length, place.querySelectorAll('.boundary-handle').length, CSS.highlights.get('find-current')?.size]).toEqual([0, 2, 1]);
  row('a').click();
  await expect.poll(laid).toBe(1);
  // Where b was left comes back without a word to this window, until it is on screen again.
  approach('b');
  await expect.poll(laid).toBe(2);
  expect(view.store.getState().selection).toEqual({ anchor: 0, head: 0 });
  row('b').click();
  await expect.poll(laid).toBe(1);
  expect(view.store.getState().selection).toEqual({ anchor: selection.head, head: selection.head });
});

test('F141 while its row is pressed it is drawn behind what is on screen, so that the click only brings it forward', async () => {
  const { place, approach, laid, row, onScreen } = await openThree();
  const away = () => place.querySelector<HTMLElement>('.article-frame [data-away] .article') as HTMLElement;
  const isDrawn = () => away().checkVisibility({ visibilityProperty: true });
  approach('b');
  await expect.poll(laid).toBe(2);
  expect(isDrawn()).toBe(false);
  const press = () => row('b').dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }));
  press();
  await expect.poll(isDrawn).toBe(true);
  const { left, top } = away().getBoundingClientRect();
  expect(onScreen().contains(document.elementFromPoint(left + 40, top + 10))).toBe(true);
  // Who holds the button for long does not open it at once.
  await expect.poll(isDrawn, { timeout: 2000 }).toBe(false);
  press();
  await expect.poll(isDrawn).toBe(true);
  const text = away();
  row('b').click();
  await expect.poll(() => onScreen().querySelector('.article')).toBe(text);
});

test('F142 the next article takes the focus over from the one that was left, and its toolbar and marks of a search stay', async () => {
  const { approach, laid, row, onScreen, actions } = await openThree();
  actions.find.open();
  actions.find.search({ query: 'the' });
  await expect.poll(() => CSS.highlights.get('find-current')?.size).toBe(1);
  // The bar of the search has taken the focus.
  actions.returnToText();
  expect(onScreen().contains(document.activeElement)).toBe(true);
  approach('b');
  await expect.poll(laid).toBe(2);
  let isOver = false;
  const found = new Set<number | undefined>();
  const look = () => {
    found.add(CSS.highlights.get('find-current')?.size);
    if (!isOver) requestAnimationFrame(look);
  };
  look();
  actions.openArticle('b');
  await expect.poll(() => onScreen().querySelector('.article-head h2')?.textContent).toBe('Report b');
  expect(onScreen().contains(document.activeElement)).toBe(true);
  // The spread that was left goes meanwhile, and must take nothing along.
  await expect.poll(laid).toBe(1);
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect([...found]).toEqual([1]);
  isOver = true;
  row('a').dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
  await expect.poll(laid).toBe(2);
  expect(CSS.highlights.get('find-current')?.size).toBe(1);
});

test('F143 a long article is read ahead but not laid out, and what is not opened goes after five seconds', async () => {
  const { approach, laid, openArticle, row, workspace } = await openThree();
  openArticle.mockClear();
  approach('long');
  await expect.poll(() => openArticle.mock.calls).toEqual([[{ article: 'long' }]]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(laid()).toBe(1);
  row('long').click();
  await expect.poll(() => workspace.store.getState().article?.meta.id).toBe('long');
  expect(openArticle).toHaveBeenCalledTimes(1);
  approach('b');
  await expect.poll(laid).toBe(2);
  await expect.poll(laid, { timeout: 7000 }).toBe(1);
});
