import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { inspector, press, rows, says } from './testing/hands.ts';
import { openApp } from './testing/opened-app.tsx';

const text = [
  'The permanent representative of the Democratic Republic of Somewhere said the plan was “ready”.',
  'The minister did not say when it would start.',
].join('\n');

test('F63 a row of the list shows whole that an annotation is unsure and has a note, however long its speaker’s name; marking it is said', async () => {
  const { place, actions, select, view } = await openApp(text);
  await select('“ready”');
  actions.run('tag.QUOTE');
  await select('The permanent representative of the Democratic Republic of Somewhere');
  await press('p', 'i');
  await expect.poll(() => place.querySelector('.message')?.textContent).toBe('Marked unsure.');
  actions.annotate.setNote(view.store.getState().active ?? '', 'Ask Tom.');
  const signs = () => [...(rows()[0]?.querySelectorAll('.annotation-told [aria-hidden="true"]') ?? [])];
  await expect.poll(() => signs().map(({ textContent }) => textContent)).toEqual(['?', '✎']);
  for (const sign of signs()) {
    const [own, line] = [sign.getBoundingClientRect(), (sign.closest('.told-line') as Element).getBoundingClientRect()];
    expect([own.left >= line.left - 1, own.right <= line.right + 1]).toEqual([true, true]);
  }
  await press('i');
  await expect.poll(() => place.querySelector('.message')?.textContent).toBe('No longer marked unsure.');
  await expect.poll(() => signs().map(({ textContent }) => textContent)).toEqual(['✎']);
});

test('F69 the head of a narrow inspector keeps its buttons and the name of the layer whole', async () => {
  const { place, actions, select } = await openApp(text);
  await select('permanent representative');
  actions.run('tag.QUOTED_TERM');
  await expect.poll(() => place.querySelector('.inspector-head')).not.toBeNull();
  const head = place.querySelector('.inspector-head') as HTMLElement;
  const parts = () => [...head.querySelectorAll('h2, button')].map((part) => part.getBoundingClientRect());
  const [before, line] = [parts().map(({ width }) => Math.round(width)), head.getBoundingClientRect().height];
  head.style.width = '232px';
  expect(parts().map(({ width }) => Math.round(width))).toEqual(before);
  expect(head.getBoundingClientRect().height).toBe(line);
  expect(Math.max(...parts().map(({ right }) => right))).toBeLessThanOrEqual(head.getBoundingClientRect().right + 0.5);
});

test('F64 without an article nothing says to select words, to walk or that suggestions are off', async () => {
  const { place, workspace } = await openApp(text);
  workspace.store.setState({ articles: [], article: null });
  await says(inspector()).toBe('What you tag in an article is seen and edited here.');
  await says(page.getByRole('radio', { name: /^Suggestions/ })).toBe('Suggestions 0');
  await expect.poll(() => place.querySelector('.annotation-list .empty')?.textContent).toBe('Nothing is tagged yet.');
  await expect.poll(() => place.querySelector('.hints')).toBeNull();
});

test('F64 while words are typed into a field no key is hinted at that would be typed', async () => {
  const { field, place } = await openApp(text);
  field.focus();
  await expect.poll(() => place.querySelectorAll('.hints kbd').length).toBeGreaterThan(4);
  await page.getByRole('textbox', { name: 'Filter articles' }).click();
  await expect.poll(() => place.querySelector('.hints')).toBeNull();
  field.focus();
  await expect.poll(() => place.querySelectorAll('.hints kbd').length).toBeGreaterThan(4);
});

test('F64 where nothing may be written the inspector offers no suggestion to accept', async () => {
  const [start, words] = [text.indexOf('“ready”'), '“ready”'];
  const suggestion = {
    ...{ layer: 'QUOTED_TERM', rule: 'term.scare', version: '1', confidence: 0.9, why: 'It reads so.', attributes: {}, roles: [] },
    spans: [{ start, end: start + words.length, text: words }],
  };
  await openApp(text, { workspace: { writable: false }, suggest: () => [suggestion] });
  await expect.poll(() => rows().length).toBe(1);
  await says(inspector()).toBe('Click an annotation to see and edit it here, or walk: . next, , previous.');
});

test('F65 the head of the article list keeps to its line while it is filtered', async () => {
  const { place, view, workspace } = await openApp(text, { width: 1024 });
  const { articles } = workspace.store.getState();
  workspace.store.setState({
    articles: Array.from({ length: 1200 }, (_, at) => ({
      ...articles[0],
      meta: { ...articles[0]?.meta, id: `a${at}` },
    })) as typeof articles,
  });
  const head = () => place.querySelector('.article-list .list-head')?.getBoundingClientRect().height;
  await says(page.getByRole('heading', { name: /^Articles ·/ })).toBe('Articles · 1,200');
  const before = head();
  view.set({ articleFilter: 'the' });
  await says(page.getByRole('heading', { name: /^Articles ·/ })).toBe('Articles · 1,200 of 1,200');
  expect(head()).toBe(before);
});

test('F67 who fills a role by name is shown whole, also where the text has other words for them, and each role is a group with its name', async () => {
  const named = 'President Volodymyr Zelensky of Ukraine said he was “ready” and hailed the plan.';
  const { actions, select } = await openApp(named, { width: 1440 });
  await select('“ready”');
  actions.run('tag.QUOTE');
  await select('President Volodymyr Zelensky of Ukraine');
  await press('p', 'l');
  await userEvent.keyboard('{Control>}a{/Control}Volodymyr Zelensky{Enter}');
  await select('hailed the plan');
  actions.run('tag.STANCE');
  await inspector().getByRole('group', { name: 'Holder' }).getByRole('button', { name: 'by name…' }).click();
  await userEvent.keyboard('Volodymyr{Enter}');
  const name = inspector().getByRole('group', { name: 'Holder' }).getByRole('button', { name: 'Volodymyr Zelensky', exact: true });
  await expect.element(name).toBeVisible();
  expect(name.element().scrollWidth).toBeLessThanOrEqual(name.element().clientWidth);
  await says(inspector().getByRole('group', { name: 'Holder' })).toMatch('“President Volodymyr Zelensky of Ukraine”¶1');
});

test('F127 the arrow down leads from the filters of articles and annotations to their lists, at the current row or else the first', async () => {
  const { select, view } = await openApp('The council met.\n\nIt said nothing of the plan.');
  await select('the plan');
  await userEvent.keyboard('q');
  view.set({ filtersOpen: true, active: null });
  for (const [field, list] of [
    ['Filter annotations', 'Annotations of this article'],
    ['Filter articles', 'Articles'],
  ] as const) {
    await page.getByRole('textbox', { name: field }).click();
    await userEvent.keyboard('{ArrowDown}');
    const listed = page.getByRole('listbox', { name: list });
    await expect.poll(() => document.activeElement).toBe(listed.element());
    await expect.poll(() => listed.element().getAttribute('aria-activedescendant')).not.toBeNull();
  }
});
