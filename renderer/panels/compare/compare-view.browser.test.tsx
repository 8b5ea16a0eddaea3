import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { AppError } from '../../../core/failure.ts';
import { defaultCodebook } from '../../../core/model/default-codebook.ts';
import { newEntity } from '../../../core/model/entity.ts';
import { comparedArticles } from '../../testing/compared-articles.ts';
import { findings } from '../../testing/findings.ts';
import { press, says } from '../../testing/hands.ts';
import { openApp } from '../../testing/opened-app.tsx';

const table = () => page.getByRole('grid', { name: 'Quotes and claims by article' });
const candidates = () => page.getByRole('listbox', { name: 'Candidates' });
const panel = () => page.getByRole('region', { name: 'Candidate', exact: true });
const cell = (row: number, column: number) => table().getByRole('row').nth(row).getByRole('gridcell').nth(column);
const current = () => document.querySelector('.matrix [data-current="true"]')?.textContent ?? null;

async function open(more: Parameters<typeof openApp>[1] = {}) {
  const { text, workspace, answers } = comparedArticles();
  const app = await openApp(text, { ...more, workspace: { ...workspace, ...more.workspace }, answers: { ...answers, ...more.answers } });
  app.actions.run('view.compare');
  return app;
}
const relations = (app: Awaited<ReturnType<typeof open>>) =>
  [...app.workspace.store.getState().work.links.values()].map(({ type, from, to, attributes, override }) => [
    type,
    from.annotation,
    to.annotation,
    ...Object.values(attributes),
    ...(override ? [override] : []),
  ]);

test('F110 F113 candidates of an event are judged by one key each; each is one undo step, and the next one follows', async () => {
  const app = await open();
  const scopes = page.getByRole('listbox', { name: 'Events and articles' });
  await says(scopes.getByRole('option')).toBe('Fire on the Astrid2 articles | All articles3 articles');
  await expect.element(page.getByText(/Nothing is related yet\./)).toBeVisible();
  await expect.poll(() => document.activeElement === candidates().element()).toBe(true);
  await press('ArrowDown', 'ArrowDown');
  await expect.element(panel()).toBeVisible();
  const named = candidates().element().getAttribute('aria-activedescendant') ?? '';
  expect([named.includes(' '), document.getElementById(named)?.textContent]).toEqual([false, expect.stringContaining('bang')]);
  // The article that was published first stands first.
  await says(panel().getByRole('article')).toMatch(
    /^“We heard a bang on the deck.*Jonas Rehn.*Wire.*\| .*gone: the; .*new: a; .*the cook.*Herald/s,
  );
  await expect.element(panel().getByRole('button', { name: 'Same Enter' })).toHaveAttribute('data-kind', 'primary');
  expect(
    panel()
      .getByRole('button', { name: /^Conflict/ })
      .elements(),
  ).toEqual([]);
  expect(document.querySelector('.hints')?.textContent).toMatch(/^Enter samex not the sameo open in its article.*undo/);
  expect(await findings(), 'a candidate').toEqual([]);
  await press('Enter');
  await expect.poll(() => relations(app)).toEqual([['same_quote', 'a-quote', 'b-quote']]);
  // 14 fits “at least 12”, so it is the more exact one.
  await says(panel().getByRole('article')).toMatch(/^At least 12 people.* \| .*Fourteen/s);
  await expect.element(panel().getByRole('button', { name: 'Second is more exact Shift R' })).toHaveAttribute('data-kind', 'primary');
  await press('Shift+r');
  await expect.poll(() => relations(app)[1]).toEqual(['refines', 'a-fact', 'b-fact']);
  await expect.poll(() => document.activeElement === table().element()).toBe(true);
  await says(page.getByRole('option', { name: /Fire on the Astrid/ })).toBe('Fire on the Astrid2 articles · 1 quote · 1 claim');
  await press('ControlOrMeta+z', 'ControlOrMeta+z');
  await expect.poll(() => relations(app)).toEqual([]);
  await expect.element(candidates().getByRole('option').nth(1)).toBeVisible();
  await candidates().getByRole('option', { name: /bang/ }).click();
  await press('x');
  await expect.poll(() => relations(app)).toEqual([['not_same', 'a-quote', 'b-quote']]);
  await expect.poll(() => candidates().getByRole('option').elements().length).toBe(1);
  await press('c');
  await expect.poll(() => relations(app)[1]).toEqual(['contradicts', 'a-fact', 'b-fact', 'number']);
});

test('F146 when the keys come to the candidates the first is chosen, and the hints name only what can be said of it', async () => {
  const app = await open();
  const hints = () => document.querySelector('.hints')?.textContent ?? '';
  await says(panel().getByRole('article')).toMatch(/^At least 12/);
  expect(document.activeElement).toBe(candidates().element());
  await expect.poll(hints).toMatch(/^Enter samex not the samec conflictr first is more exactShift R secondo open/);
  await press('ArrowDown');
  await says(panel().getByRole('article')).toMatch(/^“We heard a bang/);
  await expect.poll(hints).toMatch(/^Enter samex not the sameo open in its article/);
  await press('Escape');
  await expect.element(panel()).not.toBeInTheDocument();
  await expect.poll(hints).toMatch(/^↑ ↓ choose a candidate/);
  // The pointer chooses by itself.
  (page.getByRole('button', { name: 'Choose articles…' }).element() as HTMLElement).focus();
  const shown = new Set<string>();
  app.view.store.subscribe(({ compare }) => compare.candidates.forEach((id) => void shown.add(id)));
  await candidates().getByRole('option', { name: /bang/ }).click();
  await says(panel().getByRole('article')).toMatch(/^“We heard a bang/);
  expect(shown.size).toBe(1);
});

test('F147 a judgement that the codebook has no relation for is refused in plain words', async () => {
  const app = await open();
  await expect.element(panel()).toBeVisible();
  await press('ArrowDown', 'c');
  await expect.element(page.getByText('The codebook has no relation that says that one quote conflicts with another.')).toBeInTheDocument();
  expect(relations(app)).toEqual([]);
});

test('F111 F112 the table shows what differs in words; arrows walk, Enter opens the article, and the way back leads to the same cell', async () => {
  const app = await open();
  await candidates().getByRole('option', { name: /bang/ }).click();
  await press('Enter');
  await press('c');
  await expect.poll(() => table().element().getAttribute('aria-rowcount')).toBe('5');
  await says(table().getByRole('columnheader')).toBe('Reported by | Wire2026-03-14 · 2 of 2 | Herald2026-03-15 · 2 of 2');
  await says(cell(2, 0)).toBe('“We heard a bang on the deck, and the smoke was everywhere,”Jonas Rehn');
  await says(cell(2, 1)).toContain('words differ');
  expect(cell(2, 1).element().querySelector('del')?.textContent).toContain('the');
  expect(cell(2, 1).element().querySelector('ins')?.textContent).toContain('a');
  await says(table().getByRole('rowheader')).toContain('speakers differ');
  await says(cell(4, 0)).toBe('At least 12 people were killed on boardconflicts: at least 12, not 14');
  await says(cell(4, 1)).toBe('Fourteen people were killedconflicts: 14, not at least 12');
  await expect
    .poll(() =>
      page
        .getByRole('status')
        .elements()
        .some((each) => /1 shared quote · 1 shared claim · 1 conflict · 1 difference of speaker/.test(each.textContent ?? '')),
    )
    .toBe(true);
  expect(await findings(), 'the table').toEqual([]);
  (table().element() as HTMLElement).focus();
  await press('ArrowDown', 'ArrowRight');
  expect(current()).toContain('Fourteen');
  expect(document.getElementById(table().element().getAttribute('aria-activedescendant') ?? '')?.textContent).toContain('Fourteen');
  await press('ArrowRight', 'ArrowDown');
  expect(current()).toContain('Fourteen');
  await press('Enter');
  await expect.poll(() => app.view.store.getState()).toMatchObject({ view: 'annotate', active: 'a-fact', wayBack: ['compare'] });
  await page.getByRole('button', { name: '‹ Compare' }).click();
  await expect.poll(() => document.activeElement === table().element()).toBe(true);
  expect(current()).toContain('Fourteen');
  // The head of a column opens its article, the head of a row nothing less than what it is about.
  await press('ArrowUp', 'ArrowUp', 'o');
  await expect.poll(() => app.view.store.getState()).toMatchObject({ view: 'annotate', active: null });
  app.actions.search.back();
  await expect.poll(() => document.activeElement === table().element()).toBe(true);
  await press('ArrowDown', 'Delete');
  await expect.poll(() => relations(app).map(([type]) => type)).toEqual(['contradicts']);
  await press('ControlOrMeta+z');
  await expect.poll(() => relations(app).length).toBe(2);
});

test('F111 several annotations of one article in a row are numbered, a digit opens each, and the table is copied as CSV', async () => {
  const { answers } = comparedArticles();
  const copied: string[] = [];
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: async (text: string) => copied.push(text) } });
  const app = await open({
    answers: {
      compareArticles: async (input) => {
        const all = await answers.compareArticles?.(input);
        const quote = all?.pieces.find(({ annotation }) => annotation === 'a-quote');
        if (!all || !quote) throw new TypeError('no quote');
        const again = { ...quote, annotation: 'a-again', start: 80, text: '=a bang' };
        const ties = [
          { id: 't1', type: 'same_quote', from: 'a-quote', to: 'b-quote', basis: null },
          { id: 't2', type: 'same_quote', from: 'a-quote', to: 'a-again', basis: null },
        ];
        return { ...all, pieces: [...all.pieces, again], ties };
      },
    },
  });
  await says(cell(2, 1)).toMatch(/words differ.*1.*=a bang.*2$/);
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect.poll(() => copied).toHaveLength(1);
  const [head, line] = (copied[0] ?? '').split('\r\n');
  expect(head).toBe('kind,about,reported by,Wire,Herald');
  expect(line).toMatch(/^quote,"Jonas Rehn, the cook",2,.*\n/s);
  expect(copied[0]).toContain('[words differ] [the cook]\n=a bang [a part of it]');
  (table().element() as HTMLElement).focus();
  await press('ArrowRight', '2');
  await expect.poll(() => app.view.store.getState()).toMatchObject({ view: 'annotate', active: 'a-again', wayBack: ['compare'] });
});

test('F110 F112 F114 ticked articles are compared, rows of one article on request, and a reason is asked for where a rule stands against a judgement', async () => {
  const app = await open();
  await page.getByRole('button', { name: 'Choose articles…' }).click();
  const dialog = page.getByRole('dialog');
  await expect.element(dialog.getByRole('button', { name: 'Compare 0 articles' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('Gaz');
  await dialog.getByRole('option').first().click();
  await dialog.getByRole('textbox').fill('');
  await dialog.getByRole('option', { name: /Wire/ }).click();
  expect(await findings(), 'choosing').toEqual([]);
  await dialog.getByRole('button', { name: 'Compare 2 articles' }).click();
  await says(page.getByRole('option', { name: /Chosen articles/ })).toBe('Chosen articles2 articles');
  await candidates()
    .getByRole('option', { name: /Nine people/ })
    .click();
  await expect.element(panel().getByRole('button', { name: 'Conflict c' })).toHaveAttribute('data-kind', 'primary');
  await press('c');
  await expect
    .element(panel().getByRole('alert'))
    .toHaveTextContent('One of them names no event of the registry. To relate them all the same, say why.');
  const reason = panel().getByRole('textbox', { name: 'Reason' });
  await expect.poll(() => document.activeElement === reason.element()).toBe(true);
  expect(await findings(), 'a reason').toEqual([]);
  await press('Escape');
  await expect.element(reason).not.toBeInTheDocument();
  await candidates()
    .getByRole('option', { name: /Nine people/ })
    .click();
  await press('c');
  await reason.fill('It is the same fire');
  await press('Enter');
  await expect.poll(() => relations(app)).toEqual([['contradicts', 'b-fact', 'c-fact', 'number', 'It is the same fire']]);
  await page.getByRole('radio', { name: 'All rows' }).click();
  await expect.poll(() => table().getByRole('row').elements().length).toBe(6);
  await says(table().getByText('not reported').first()).toBe('not reported');
  await expect.element(page.getByRole('columnheader', { name: /Gazette/ })).toBeVisible();
});

test('F110 many events are looked for by their names', async () => {
  const { workspace, answers } = comparedArticles();
  const named = Array.from({ length: 14 }, (_, at) =>
    newEntity(`e${at}`, 'anna', 'EVENT', at === 7 ? 'The storm of March' : `Event ${at}`, '2026-01-01T00:00:00.000Z'),
  );
  await open({
    workspace: { entities: [...(workspace.entities ?? []), ...named] },
    answers: {
      listComparable: async (input) => {
        const all = await answers.listComparable?.(input);
        if (!all) throw new TypeError('no answer');
        return { ...all, articles: all.articles.map((each) => ({ ...each, events: [...each.events, ...named.map(({ id }) => id)] })) };
      },
    },
  });
  const scopes = page.getByRole('listbox', { name: 'Events and articles' });
  // Those of most articles come first.
  await expect.element(scopes.getByRole('option').first()).toHaveTextContent('Event 03 articles');
  await page.getByRole('textbox', { name: 'Filter events' }).fill('march the');
  await says(scopes.getByRole('option')).toBe('The storm of March3 articles');
  await scopes.getByRole('option').click();
  await expect.element(page.getByRole('heading', { name: 'The storm of March' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Filter events' }).fill('none such');
  await expect.element(page.getByText(/No event has these words/)).toBeVisible();
});

test('F115 the view says what to do where nothing can be compared, what failed, and that a window only shows', async () => {
  const none = {
    listComparable: async () => ({ articles: [], next: null, searched: 3 }),
    compareArticles: async () => ({ pieces: [], ties: [], candidates: [], open: 0, left: 0 }),
  };
  const app = await open({ answers: none });
  await expect.element(page.getByText(/Nothing is in more than one article yet\./)).toBeVisible();
  expect(await findings(), 'empty').toEqual([]);
  app.view.set({ view: 'annotate' });
  const { opened } = app.workspace.store.getState();
  if (!opened) throw new TypeError('nothing is open');
  app.workspace.store.setState({ opened: { ...opened, codebook: { version: 2, codebook: { ...defaultCodebook, relations: [] } } } });
  app.actions.run('view.compare');
  await expect.element(page.getByText(/Nothing in the codebook says that annotations of two articles are the same\./)).toBeVisible();
  app.workspace.store.setState({ articles: [] });
  await expect.element(page.getByText(/No articles yet\. Import some first\./)).toBeVisible();
});

test('F115 a failure is told, and a window that only shows judges nothing', async () => {
  await open({
    answers: {
      compareArticles: async () => {
        throw new AppError('corrupt', 'A file is damaged.', 'Run “pressmark check”.');
      },
    },
  });
  await expect.element(page.getByRole('alert')).toHaveTextContent('A file is damaged. Run “pressmark check”.');
});

test('F115 F113 a window that only shows has candidates, but judges none', async () => {
  const app = await open({ workspace: { writable: false } });
  await candidates().getByRole('option').first().click();
  await expect.element(panel().getByRole('button', { name: 'Same Enter' })).toBeDisabled();
  await press('Enter');
  await expect.element(page.getByText(/This window only shows the project\./).first()).toBeVisible();
  expect(relations(app)).toEqual([]);
  expect(page.getByText(/Enter same/).elements()).toEqual([]);
});
