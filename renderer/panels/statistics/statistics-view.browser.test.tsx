import type {} from '@vitest/browser-playwright';
import axe from 'axe-core';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Client, Output } from '../../../core/contract.ts';
import { openApp } from '../../testing/opened-app.tsx';

const rowsOf = (...rows: [key: string | null, count: number][]) => rows.map(([key, count]) => ({ keys: [key], count, length: count }));
const counted: Record<string, Output<'tally'>['rows']> = {
  layer: rowsOf(['QUOTE', 6], ['FACT', 2]),
  length: rowsOf(['0', 3], ['100', 2]),
  'role:speaker': rowsOf(['Ana Ruiz', 3], [null, 2], ['=cmd, "x"', 1]),
  month: rowsOf(['2025-12', 4], ['2026-02', 2]),
  'role:holder role:target': ['a', 'b', 'c', 'd', 'e', 'f', 'the resignation of everybody'].map((target, at) => ({
    ...{ keys: ['Ana Ruiz', target], count: 9 - at, length: 9 },
  })),
  'role:speaker role:cue': [
    { keys: ['Ana Ruiz', 'said'], count: 2, length: 9 },
    { keys: ['Ana Ruiz', null], count: 1, length: 9 },
  ],
};

async function open() {
  const tally = vi.fn<Client['tally']>(async ({ by }) => ({ problems: [], rows: counted[by.join(' ')] ?? [], indexing: null }));
  const answers: Partial<Client> = {
    tally,
    progress: async () => ({ problems: [], articles: 5, rows: [{ annotator: 'anna', done: 2, begun: 1 }], indexing: null }),
    progressByArticle: async () => ({
      ...{ problems: [], annotators: ['anna'], indexing: null },
      articles: ['a', ...Array.from({ length: 9_999 }, (_, index) => `n${index}`)],
      cells: [
        [0, 0, 3, 1, false],
        ...Array.from({ length: 9_999 }, (_, index): [number, number, number, number, boolean] => [index + 1, 0, index + 4, 0, true]),
      ],
    }),
    search: async () => ({ problems: [], articles: [], annotations: [], totals: { articles: 0, annotations: 0 }, indexing: null }),
  };
  const app = await openApp('Ana Ruiz spoke in Paris.', { answers });
  app.actions.run('view.statistics');
  return { ...app, tally };
}

const card = (name: string) => page.getByRole('region', { name, exact: true });

test('L74 every bar opens what it counts in the Search view, by the pointer and by keys', async () => {
  const { view, actions } = await open();
  await card('Layers').getByRole('button', { name: 'Quote: 6 (75 %)' }).click();
  expect(view.store.getState()).toMatchObject({ view: 'search', search: { query: 'layer:quote', what: 'annotations' } });
  actions.run('view.statistics');
  await page.getByRole('combobox', { name: 'Query' }).fill('has:note');
  await expect.poll(() => card('Speaker').getByRole('button', { name: 'Ana Ruiz: 3 (50 %)' }).elements()).toHaveLength(1);
  (card('Speaker').getByRole('button', { name: 'Ana Ruiz: 3 (50 %)' }).element() as SVGElement).focus();
  await new Promise((resolve) => setTimeout(resolve, 400));
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(document.activeElement?.getAttribute('aria-label')).toBe('none: 2 (33 %)');
  await userEvent.keyboard('{Enter}');
  expect(view.store.getState().search.query).toBe('has:note layer:quote,quoted_term -has:speaker');
});

test('F108 the names of columns stay within their chart, the last one too', async () => {
  await open();
  const chart = card('Holder and target: against');
  await expect.element(chart.getByText(/^the resignation/)).toBeInTheDocument();
  const edge = (chart.element().querySelector('svg[role="group"]') ?? document.body).getBoundingClientRect().right;
  for (const name of chart.element().querySelectorAll('svg text')) expect(name.getBoundingClientRect().right).toBeLessThanOrEqual(edge);
});

test('L87 what a bar opened leads back to the counts, and from an article back over the results', async () => {
  const { view, actions } = await open();
  await card('Layers').getByRole('button', { name: 'Quote: 6 (75 %)' }).click();
  actions.search.showAnnotation({ article: 'a', annotation: 'x', start: 0 }, 'x');
  await expect.poll(() => view.store.getState()).toMatchObject({ view: 'annotate', wayBack: ['statistics', 'search'] });
  await page.getByRole('button', { name: '‹ Results' }).click();
  await page.getByRole('button', { name: '‹ Statistics' }).click();
  expect(view.store.getState()).toMatchObject({ view: 'statistics', wayBack: [] });
  await expect.element(card('Layers').getByRole('button', { name: 'Quote: 6 (75 %)' })).toBeInTheDocument();
  await card('Layers').getByRole('button', { name: 'Quote: 6 (75 %)' }).click();
  actions.run('view.annotate');
  await expect.element(page.getByRole('button', { name: '‹ Results' })).not.toBeInTheDocument();
});

test('L74 progress opens the articles of each share, a cell both of what it counts', async () => {
  const { view, actions } = await open();
  await card('Progress by annotator').getByRole('button', { name: 'Anna, in progress: 1 article' }).click();
  expect(view.store.getState().search).toMatchObject({ query: 'begun:"Anna" -done:"Anna"', what: 'articles' });
  actions.run('view.statistics');
  await card('Cues by speaker').getByRole('button', { name: 'Ana Ruiz, said: 2' }).click();
  expect(view.store.getState().search.query).toBe('layer:quote speaker:"Ana Ruiz" cue:"said"');
});

test('L75 a chart is shown as a table too, is copied as CSV and as pictures, and shows gaps as such', async () => {
  const written: string[] = [];
  const pictures: ClipboardItem[] = [];
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => void written.push(text));
  vi.spyOn(navigator.clipboard, 'write').mockImplementation(async (items) => void pictures.push(...items));
  await open();
  await expect.element(card('Length in characters').getByRole('button', { name: '50–99: 0 (0 %)' })).toBeInTheDocument();
  await expect.element(card('By month of the article').getByRole('button', { name: '2026-01: 0 (0 %)' })).toBeInTheDocument();
  await card('Speaker').getByRole('button', { name: 'Copy Speaker as SVG' }).click();
  await card('Speaker').getByRole('button', { name: /PNG/ }).click();
  await expect.poll(() => pictures.length).toBe(1);
  const png = await pictures[0]?.getType('image/png');
  expect((await createImageBitmap(png ?? new Blob())).width).toBeGreaterThan(300);
  await card('Speaker').getByRole('button', { name: 'Speaker: show as a table' }).click();
  await expect.element(card('Speaker').getByRole('gridcell', { name: 'Ana Ruiz, 50 %: 3. Show them' })).toBeVisible();
  await card('Speaker').getByRole('button', { name: 'Copy Speaker as CSV' }).click();
  const [svg = '', csv] = written;
  expect(new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')).toBeNull();
  expect(svg).toMatch(/fill="(rgb|color|oklab)/);
  expect(csv).toBe('Speaker,Share,Count\r\nAna Ruiz,50 %,3\r\n"\'=cmd, ""x""",17 %,1\r\nnone,33 %,2\r\n');
  vi.restoreAllMocks();
});

test.each(['light', 'dark'])(
  'L76 no chart brings a style sheet of its own, and nothing is wrong for those who do not see it (%s)',
  async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    const { place } = await open();
    await expect.poll(() => place.querySelectorAll('.chart svg').length).toBeGreaterThanOrEqual(5);
    expect(place.querySelectorAll('style, svg [style]')).toHaveLength(0);
    const { violations } = await axe.run(place);
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    delete document.documentElement.dataset['theme'];
  },
);

test('L77 a query narrows all that is counted, and one that is not understood counts nothing', async () => {
  const { tally } = await open();
  await page.getByRole('combobox', { name: 'Query' }).fill('has:note');
  await expect.poll(() => tally.mock.calls.some(([{ query }]) => query === 'has:note layer:quote')).toBe(true);
  const before = tally.mock.calls.length;
  await page.getByRole('combobox', { name: 'Query' }).fill('speeker:x ');
  await expect.element(page.getByText('The query is not understood yet.')).toBeVisible();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(tally.mock.calls.length).toBe(before);
});

test('L93 the progress of 10,000 articles is a table of the few on screen; every cell opens what it counts, by the pointer and by keys', async () => {
  const { view, actions } = await open();
  const table = () => page.getByRole('grid', { name: 'Progress by article' });
  const rows = () => table().getByRole('row').elements();
  await expect.element(table()).toHaveAttribute('aria-rowcount', '10001');
  await expect.poll(() => rows().length).toBeGreaterThan(5);
  expect(rows().length).toBeLessThan(60);
  await table().getByRole('columnheader', { name: 'Anna' }).click();
  await expect.element(table().getByRole('columnheader', { name: 'Anna' })).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(() => rows()[1]?.textContent).toContain('n9998');
  await table().getByRole('gridcell', { name: '✓ 10,002, Anna: done. Show them' }).click();
  expect(view.store.getState()).toMatchObject({
    ...{ view: 'search', wayBack: ['statistics'] },
    search: { query: 'article:n9998 annotator:"Anna"', what: 'annotations' },
  });
  actions.search.back();
  await expect.poll(() => rows()[1]?.textContent).toContain('n9998');
  (table().element() as HTMLElement).focus();
  await userEvent.keyboard('{End}');
  await expect.element(table().getByRole('gridcell', { name: '3 · 1 draft, Anna: in progress. Show them' })).toBeVisible();
  await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{Enter}');
  expect(view.store.getState().search).toMatchObject({ query: 'article:a is:draft', what: 'annotations' });
  actions.search.back();
  await table().getByRole('columnheader', { name: 'Anna' }).click();
  await table()
    .getByRole('rowheader', { name: /^Ana Ruiz spoke/ })
    .click();
  await expect.poll(() => view.store.getState()).toMatchObject({ view: 'annotate', wayBack: ['statistics'] });
});
