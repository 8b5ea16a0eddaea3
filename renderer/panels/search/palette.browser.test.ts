import type {} from '@vitest/browser-playwright';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { findings } from '../../testing/findings.ts';
import { expectFocus, expectSelected, says } from '../../testing/hands.ts';
import { hit, none, openSearch, tagged } from '../../testing/search-scene.ts';

const palette = () => page.getByRole('dialog', { name: 'Search everything' });
const field = () => palette().getByRole('combobox');
const options = () =>
  palette()
    .getByRole('option')
    .elements()
    .map((each) => each.textContent ?? '');

test('L41 Ctrl K opens one field for commands, articles, entities, annotations and places in the text', async () => {
  const {
    field: article,
    actions,
    view,
  } = await openSearch({
    search: async () => ({
      ...none,
      articles: [
        { article: 'a', title: 'Ana Ruiz spoke', source: null, date: null, snippet: { before: '', match: 'Ana', after: ' Ruiz spoke' } },
      ],
      annotations: [hit('x', 'She left')],
      totals: { articles: 1, annotations: 1 },
    }),
  });
  article.focus();
  await userEvent.keyboard('{Control>}k{/Control}');
  await expect.element(field()).toHaveFocus();
  expect(options().some((each) => each.startsWith('Registry'))).toBe(true);
  await field().fill('ana');
  await expect
    .poll(() =>
      palette()
        .getByRole('group')
        .elements()
        .map((each) => each.getAttribute('aria-label')),
    )
    .toEqual(expect.arrayContaining(['Articles', 'Entities', 'Annotations', 'In the text', 'All results']));
  await field().fill('ana ruiz');
  await palette()
    .getByRole('option', { name: /^Ana Ruiz\s*Person/ })
    .click();
  await expect.poll(() => [view.store.getState().view, view.store.getState().registryChoice]).toEqual(['registry', 'e1']);
  actions.run('view.annotate');
});

test('F73 what was sought is marked in the words of an annotation', async () => {
  const { field: article } = await openSearch({
    search: async () => ({ ...none, annotations: [hit('x', 'She left the room')], totals: { articles: 0, annotations: 1 } }),
  });
  article.focus();
  await userEvent.keyboard('{Control>}k{/Control}');
  await field().fill('room lef');
  const marks = () => [...document.querySelectorAll('[role="option"] .text mark')].map(({ textContent }) => textContent);
  await expect.poll(marks).toEqual(['lef', 'room']);
});

test('L41 F73 F76 Enter does the command in turn, with the focus back in the text; what would do nothing is not offered; words are found by how they begin, in any order, and marked; keys that do something now are named', async () => {
  const { field: article, view } = await openSearch();
  article.focus();
  await userEvent.keyboard('{Control>}k{/Control}');
  await field().fill('undo');
  await expect.poll(options).not.toContain(expect.stringMatching(/^Undo/));
  await field().fill('art imp');
  const hints = () => document.querySelector('.palette-keys')?.textContent;
  await expect.poll(hints).toBe('Enter open Ctrl Enter all results Esc close');
  const marks = () => [...document.querySelectorAll('[aria-selected="true"] mark')].map(({ textContent }) => textContent);
  await expect.poll(marks).toEqual(['Imp', 'art']);
  await expect.element(palette().getByRole('option', { name: /^Import articles…/ })).toHaveAttribute('aria-selected', 'true');
  await field().fill('all keys');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => view.store.getState().keySheet).toBe(true);
});

test('L88 behind > the field finds commands alone, all of them at first', async () => {
  const { actions, view, found } = await openSearch({ hits: [hit('x', 'She left')] });
  actions.run('search.open');
  await field().fill('>');
  const groups = () =>
    palette()
      .getByRole('group')
      .elements()
      .map((each) => each.getAttribute('aria-label'));
  await expect.poll(groups).toEqual(['Commands']);
  expect(options().length).toBeGreaterThan(10);
  await field().fill('> keys: sheet nowhere');
  await says(palette().getByRole('status')).toContain('No command has this name.');
  await expect.element(palette().getByRole('alert')).not.toBeInTheDocument();
  // “Earlier states…” comes before it in the table of commands.
  await field().fill('> stat');
  await expect.poll(() => options()[0]).toContain('Statistics');
  expect(options()[1]).toContain('Earlier states');
  await field().fill('> STATIST');
  await expect.poll(() => options().length).toBe(1);
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => view.store.getState().view).toBe('statistics');
  expect(found).not.toHaveBeenCalled();
});

test.each([720, 1024])(
  'L90 the button of the search is a sign in a window of %i pixels, so that its word is there once, with a way back beside it',
  async (width) => {
    const { actions, view } = await openSearch({ width });
    view.set({ wayBack: ['concordance'] });
    const button = page.getByRole('button', { name: /^Search everything/ });
    await expect.element(page.getByRole('button', { name: '‹ Concordance' })).toBeVisible();
    const texts = document.createTreeWalker(document.querySelector('.top-bar') ?? document.body, NodeFilter.SHOW_TEXT);
    const shown: (string | null)[] = [];
    while (texts.nextNode())
      if (getComputedStyle(texts.currentNode.parentElement ?? document.body).clipPath === 'none') shown.push(texts.currentNode.nodeValue);
    expect(shown.filter((text) => text?.startsWith('Search'))).toEqual(['Search']);
    expect(button.element().clientWidth).toBeGreaterThan(28);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(width);
    const inView = (name: string) => () => {
      const [strip, one] = ['Views', name].map((label, index) =>
        (index === 0 ? page.getByRole('navigation', { name: label }) : page.getByRole('button', { name: label, exact: true }))
          .element()
          .getBoundingClientRect(),
      ) as [DOMRect, DOMRect];
      return one.left >= strip.left - 1 && one.right <= strip.right + 1;
    };
    await expect.poll(inView('Annotate')).toBe(true);
    actions.search.back();
    expect(view.store.getState()).toMatchObject({ view: 'concordance', wayBack: [] });
    await expect.poll(inView('Concordance')).toBe(true);
    view.set({ view: 'annotate', wayBack: ['concordance'] });
    await expect.poll(inView('Annotate')).toBe(true);
  },
);

test('L41 Enter on a place in the text opens it there, with the words selected', async () => {
  const { actions, field: article } = await openSearch({
    search: async () => ({
      ...none,
      articles: [
        { article: 'a', title: 'A', source: null, date: null, snippet: { before: 'Paris. ', match: 'Military hubs', after: ' came up.' } },
      ],
      totals: { articles: 1, annotations: 0 },
    }),
  });
  actions.run('search.open');
  await field().fill('military hubs');
  await palette()
    .getByRole('option', { name: /Military hubs came up/ })
    .click();
  await expectSelected('Military hubs');
  await expectFocus(article);
});

test('L40 Tab writes what is offered, and Ctrl Enter shows all results', async () => {
  const { actions, view, found } = await openSearch({ hits: [hit('x', 'She left')] });
  actions.run('search.open');
  await field().fill('spea');
  await expect.poll(() => document.querySelector('.palette-keys')?.textContent).toContain('Tab complete');
  await userEvent.keyboard('{Tab}');
  await expect.element(field()).toHaveValue('speaker:');
  await userEvent.keyboard('ana');
  await userEvent.keyboard('{Tab}');
  await expect.element(field()).toHaveValue('speaker:"Ana Ruiz" ');
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await expect.poll(() => view.store.getState()).toMatchObject({ view: 'search', search: { query: 'speaker:"Ana Ruiz"' } });
  await expect.poll(() => found.mock.lastCall?.[0].query).toBe('speaker:"Ana Ruiz"');
});

test('L42 what is not understood is underlined and told, but not while it is being typed', async () => {
  const { actions, place } = await openSearch();
  actions.run('search.open');
  await field().fill('layer:');
  await expect.element(palette().getByRole('alert')).not.toBeInTheDocument();
  await field().fill('speeker:x and more');
  await says(palette().getByRole('alert')).toContain('There is no field speeker. Did you mean speaker:?');
  expect(document.querySelector('.query-underlines u')?.textContent).toBe('speeker:x');
  expect(place.querySelector('.query-underlines')).toBeNull();
});

test('L43 an answer that came too late is dropped, and indexing is told', async () => {
  let late: (() => void) | undefined;
  const { actions } = await openSearch({
    search: async ({ query }) => {
      if (query === 'one') await new Promise<void>((resolve) => (late = resolve));
      return { ...none, annotations: [hit(query, query)], totals: { articles: 0, annotations: 1 }, indexing: { done: 3, total: 10_000 } };
    },
  });
  actions.run('search.open');
  await field().fill('one');
  await expect.poll(() => late).toBeDefined();
  await field().fill('two');
  await expect.poll(options).toContainEqual(expect.stringContaining('Quote:two'));
  late?.();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(options().some((each) => each.includes('Quote:one'))).toBe(false);
  await says(palette().getByRole('status')).toContain('3 of 10,000');
});

for (const theme of ['light', 'dark'] as const) {
  test(`W12 axe finds nothing serious in the palette, ${theme}`, async () => {
    const { hits, set } = tagged('Ana Ruiz', 'Military hubs');
    const { actions } = await openSearch({
      hits,
      set,
      theme,
      searches: { p: { saved: [{ name: 'Notes', query: 'has:note' }], recent: ['layer:quote'] } },
    });
    actions.run('search.open');
    await expect.element(palette().getByRole('group', { name: 'Saved searches' })).toBeVisible();
    await field().fill('ana');
    await expect.element(palette().getByRole('group', { name: 'Annotations' })).toBeVisible();
    expect(await findings(), 'found').toEqual([]);
    await field().fill('speeker:x');
    await userEvent.keyboard(' and');
    await expect.element(palette().getByRole('alert')).toBeVisible();
    expect(await findings(), 'problem').toEqual([]);
  });
}
