import type {} from '@vitest/browser-playwright';
import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AnnotationHit } from '../core/annotations/hits.ts';
import type { Client, Output } from '../core/contract.ts';
import { emptySet, setToRecord } from '../core/model/annotation.ts';
import { newEntity } from '../core/model/entity.ts';
import { defaultSettings } from '../core/settings.ts';
import { suggestionFamilies } from '../core/suggestions/choice.ts';
import { Workbench } from '../core/testing/workbench.ts';
import { expectFocus, expectSelected, says } from './testing/hands.ts';
import { openApp } from './testing/opened-app.tsx';

const text = 'Ana Ruiz spoke in Paris.\nMilitary hubs came up. She left, she said.';
const time = '2025-01-01T00:00:00.000Z';
const hit = (id: string, words: string, annotator = 'anna'): AnnotationHit => ({
  ...{ article: 'a', annotation: id, annotator, layer: 'QUOTE', start: text.indexOf(words), text: words, who: null, note: '' },
});
const none: Output<'search'> = { problems: [], articles: [], annotations: [], totals: { articles: 0, annotations: 0 }, indexing: null };

// The host's own set of the article: what was tagged before the test.
function tagged(...words: readonly string[]) {
  const on = new Workbench({ a: text });
  const hits = words.map((each) => hit(on.tag('a', 'QUOTE', each), each));
  return { hits, set: setToRecord(on.set('a')) };
}

interface Scene {
  readonly search?: Client['search'];
  readonly hits?: readonly AnnotationHit[];
  readonly set?: Output<'openArticle'>['set'];
  readonly theme?: 'system' | 'light' | 'dark';
  readonly searches?: Output<'openWorkspace'>['settings']['searches'];
  readonly width?: number;
}

async function open({ search, hits = [], set = setToRecord(emptySet('a')), theme = 'system', searches = {}, width = 1024 }: Scene = {}) {
  const found = vi.fn(
    search ??
      (async ({ skip, limit }) => ({
        ...none,
        annotations: hits.slice(skip, skip + limit),
        totals: { articles: 1, annotations: hits.length },
      })),
  );
  const answers: Partial<Client> = {
    search: found,
    countMentions: async () => ({ counts: {}, unlinked: [], next: null, searched: 1 }),
    listMentions: async () => ({ hits: [], next: null, searched: 1 }),
    tally: async () => ({ problems: [], rows: [], indexing: null }),
    progress: async () => ({ problems: [], articles: 1, rows: [], indexing: null }),
    progressByArticle: async () => ({ problems: [], articles: ['a'], annotators: [], cells: [], indexing: null }),
    searchKeys: async () => ({
      problems: [],
      found: hits.map(({ article, annotation, annotator, layer }) => ({ article, annotation, annotator, layer })),
    }),
  };
  const entities = [newEntity('e1', 'anna', 'PERSON', 'Ana Ruiz', time)];
  const settings = { ...defaultSettings, person: 'Anna', theme, suggestions: { threshold: 0.5, off: [...suggestionFamilies] }, searches };
  const app = openApp(text, { workspace: { entities, settings }, answers, set, width });
  return { ...(await app), found };
}
async function problems(): Promise<string[]> {
  // Colours that are on their way are not those that stay.
  await Promise.all(document.getAnimations().map(({ finished }) => finished));
  const { violations } = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  // The frame of the test has no title; the page has one.
  const own = violations.filter(({ id, impact }) => !/^(document-title|html-has-lang)$/.test(id) && /serious|critical/.test(impact ?? ''));
  return own.map(({ id, nodes }) => `${id}: ${nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`).join('; ')}`);
}
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
  } = await open({
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

test('L41 Enter does the command in turn, with the focus back in the text; what would do nothing is not offered', async () => {
  const { field: article, view } = await open();
  article.focus();
  await userEvent.keyboard('{Control>}k{/Control}');
  await field().fill('undo');
  await expect.poll(options).not.toContain(expect.stringMatching(/^Undo/));
  await field().fill('all keys');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => view.store.getState().keySheet).toBe(true);
});

test('L88 behind > the field finds commands alone, all of them at first', async () => {
  const { actions, view, found } = await open({ hits: [hit('x', 'She left')] });
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
  await says(palette().getByRole('status')).toContain('No command is called so.');
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
    const { actions, view } = await open({ width });
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

test('L89 a query that is not understood is not kept among the last searches', async () => {
  const { actions, workspace } = await open();
  const recent = () => workspace.store.getState().settings.searches['p']?.recent ?? [];
  actions.search.show('layer:quote');
  actions.search.show('speeker:ana');
  actions.search.show('say "half');
  expect(recent()).toEqual(['layer:quote']);
  await page.getByRole('combobox', { name: 'Query' }).fill('polarity:sideways');
  await userEvent.keyboard('{Enter}');
  await page.getByRole('combobox', { name: 'Query' }).fill('has:note');
  await userEvent.keyboard('{Enter}');
  expect(recent()).toEqual(['has:note', 'layer:quote']);
});

test('L41 Enter on a place in the text opens it there, with the words selected', async () => {
  const { actions, field: article } = await open({
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
  const { actions, view, found } = await open({ hits: [hit('x', 'She left')] });
  actions.run('search.open');
  await field().fill('spea');
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
  const { actions, place } = await open();
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
  const { actions } = await open({
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

const results = () => page.getByRole('listbox', { name: 'Annotations found' });

test('L44 10,000 annotations are listed by article; one opens at its place, and Back leads to the row', async () => {
  const many = Array.from({ length: 9_999 }, (_, index) => ({ ...hit(`n${index}`, 'She left'), text: `Row ${index}` }));
  const { actions, view, field: article } = await open({ hits: [hit('first', 'Military hubs'), ...many] });
  actions.search.show('layer:quote');
  await expect.element(page.getByRole('radio', { name: 'Annotations · 10,000' })).toBeInTheDocument();
  await expect.poll(() => results().element().querySelector('[role="option"]')?.getAttribute('aria-setsize')).toBe('10001');
  expect(results().getByRole('option').elements().length).toBeLessThan(40);
  await results().getByRole('option', { name: /Row 3/ }).click();
  await expect.poll(() => view.store.getState()).toMatchObject({ view: 'annotate', active: 'n3' });
  expect(article.isConnected).toBe(false);
  await page.getByRole('button', { name: '‹ Results' }).click();
  await expect.poll(() => results().element().querySelector('[aria-selected="true"]')?.textContent).toContain('Row 3');
  actions.run('view.annotate');
  actions.search.set({ chosen: 'n5000' });
  actions.run('view.search');
  await expect.poll(() => results().element().querySelector('[aria-selected="true"]')?.textContent).toContain('Row 5000');
});

test('L86 the Search view asks again after an edit, and not otherwise; L87 what was ticked is ticked on the way back', async () => {
  const { hits, set } = tagged('Ana Ruiz', 'Military hubs');
  const { actions, workspace, found } = await open({ hits, set });
  actions.search.show('layer:quote');
  await expect.poll(() => results().getByRole('option').elements().length).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(found.mock.calls.length).toBe(1);
  results()
    .getByRole('option', { name: /Military/ })
    .element()
    .querySelector<HTMLElement>('.box')
    ?.click();
  await results()
    .getByRole('option', { name: /Ana Ruiz/ })
    .first()
    .click();
  await page.getByRole('button', { name: '‹ Results' }).click();
  await expect.element(page.getByText('1 ticked')).toBeVisible();
  await expect.poll(() => found.mock.calls.length).toBe(2);
  const calls = found.mock.calls.length;
  await actions.search.ground(hits, () => true);
  actions.search.apply(actions.search.plan(hits, { kind: 'note', note: 'Check.' }), 'Note');
  await expect.poll(() => found.mock.calls.length).toBe(calls + 1);
  workspace.undo();
  await expect.poll(() => found.mock.calls.length).toBe(calls + 2);
});

test('L45 a search is kept under a name, asked again, renamed and deleted', async () => {
  const { actions, workspace, view } = await open();
  const kept = () => workspace.store.getState().settings.searches['p']?.saved;
  actions.search.show('has:note');
  await page.getByRole('button', { name: '+ Save' }).click();
  await userEvent.keyboard('To check{Enter}');
  expect(kept()).toEqual([{ name: 'To check', query: 'has:note' }]);
  await page.getByRole('button', { name: 'Rename To check' }).click();
  await page.getByLabelText('Name of the search').fill('Notes');
  await userEvent.keyboard('{Enter}');
  expect(kept()).toEqual([{ name: 'Notes', query: 'has:note' }]);
  actions.search.set({ query: '' });
  await page.getByRole('complementary', { name: 'Kept searches' }).getByRole('button', { name: 'Notes has:note' }).click();
  expect(view.store.getState().search.query).toBe('has:note');
  await page.getByRole('button', { name: 'Delete the search Notes' }).click();
  expect(kept()).toEqual([]);
});

test('L66 what is ticked becomes another layer after a preview, in one step that one undo takes back; others’ work is left', async () => {
  const { hits, set } = tagged('Ana Ruiz', 'Military hubs', 'She left');
  const { actions, workspace } = await open({ hits: [...hits, hit('theirs', 'Paris', 'ben')], set });
  const layers = () => [...(workspace.store.getState().work.sets.get('a')?.annotations.values() ?? [])].map(({ layer }) => layer);
  actions.search.show('layer:quote');
  await page.getByRole('button', { name: 'Tick all 4' }).click();
  await results()
    .getByRole('option', { name: /She left/ })
    .element()
    .querySelector<HTMLElement>('.box')
    ?.click();
  await expect.element(page.getByText('3 ticked')).toBeInTheDocument();
  await page.getByRole('button', { name: 'Change layer…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the layer' });
  await expect.element(dialog.getByText('1 annotation of others stays as it is.')).toBeInTheDocument();
  await dialog.getByRole('radio', { name: 'Fact' }).click();
  await expect.element(dialog.getByText('2 annotations in 1 article would change.')).toBeInTheDocument();
  await expect.element(dialog.getByText(/What does not fit goes: .*Type \(2\)/)).toBeInTheDocument();
  await dialog.getByRole('button', { name: 'Change 2 annotations to fact' }).click();
  await expect.poll(layers).toEqual(['FACT', 'FACT', 'QUOTE']);
  expect(workspace.store.getState().history.past).toHaveLength(1);
  actions.run('history.undo');
  await expect.poll(layers).toEqual(['QUOTE', 'QUOTE', 'QUOTE']);
});

test('L61 an attribute is set for all that are ticked; L63 a role is linked to a new entity; L64 a note is added', async () => {
  const { hits, set } = tagged('Ana Ruiz', 'Military hubs');
  const { actions, workspace } = await open({ hits, set });
  const own = () => [...(workspace.store.getState().work.sets.get('a')?.annotations.values() ?? [])];
  const change = async (button: string) => {
    await page.getByRole('button', { name: 'Tick all 2' }).click();
    await page.getByRole('button', { name: button }).click();
  };
  actions.search.show('');
  await change('Set attribute…');
  await page.getByRole('radio', { name: 'indirect' }).click();
  await page.getByRole('button', { name: 'Set type of 2 annotations' }).click();
  await expect.poll(() => own().map(({ attributes }) => attributes['type'])).toEqual(['indirect', 'indirect']);
  await change('Link role…');
  await page.getByRole('combobox', { name: 'Who or what it is' }).fill('Ana Ruiz');
  await userEvent.keyboard('{Enter}');
  await page.getByRole('button', { name: 'Link 2 annotations to Ana Ruiz' }).click();
  await expect.poll(() => own().map(({ roles }) => roles[0]?.target)).toEqual(Array(2).fill({ kind: 'entity', id: 'e1' }));
  await change('Add note…');
  await page.getByLabelText(/^Note/).fill('Check.');
  await page.getByRole('button', { name: 'Add a note to 2 annotations' }).click();
  await expect.poll(() => own().map(({ note }) => note)).toEqual(['Check.', 'Check.']);
  await change('Delete…');
  await page.getByRole('button', { name: 'Delete 2 annotations' }).click();
  await expect.poll(own).toEqual([]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`W12 axe finds nothing serious in palette, Search view and changes of many, ${theme}`, async () => {
    const { hits, set } = tagged('Ana Ruiz', 'Military hubs');
    const { actions } = await open({
      hits,
      set,
      theme,
      searches: { p: { saved: [{ name: 'Notes', query: 'has:note' }], recent: ['layer:quote'] } },
    });
    actions.run('search.open');
    await expect.element(palette().getByRole('group', { name: 'Saved searches' })).toBeVisible();
    await field().fill('ana');
    await expect.element(palette().getByRole('group', { name: 'Annotations' })).toBeVisible();
    expect(await problems(), 'found').toEqual([]);
    await field().fill('speeker:x');
    await userEvent.keyboard(' and');
    await expect.element(palette().getByRole('alert')).toBeVisible();
    expect(await problems(), 'problem').toEqual([]);
    actions.search.show('layer:qu');
    await page.getByRole('combobox', { name: 'Query' }).fill('layer:q');
    await expect.element(page.getByRole('option', { name: /^quoted_term/ })).toBeVisible();
    expect(await problems(), 'offered').toEqual([]);
    await userEvent.keyboard('{Escape}');
    await page.getByRole('button', { name: 'Tick all 2' }).click();
    await page.getByRole('button', { name: 'Change layer…' }).click();
    await page.getByRole('radio', { name: 'Fact' }).click();
    await expect.element(page.getByText('For example')).toBeVisible();
    // While the preview is made the button can do nothing, and looks so.
    await expect.element(page.getByRole('button', { name: /^Change 2 annotations/ })).toBeEnabled();
    expect(await problems(), 'change').toEqual([]);
  });
}
