import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { currentSet } from './state/workspace.ts';
import { openApp } from './testing/opened-app.tsx';

const text = 'Macron told reporters that it reportedly included delegates from 35 countries, including 27 leaders.\n\nNothing else.';
const claim = 'it reportedly included delegates from 35 countries, including 27 leaders';

async function openFact() {
  const app = await openApp(text, { width: 1440, height: 1400 });
  await app.select(claim);
  await userEvent.keyboard('f');
  await expect.element(page.getByRole('button', { name: '27 leaders – add' })).toBeVisible();
  const fact = () => [...currentSet(app.workspace.store.getState()).annotations.values()][0];
  return { ...app, fact };
}

test('U4 proposals stand beside the fields and change nothing; one that is taken goes, and the focus stays with its field', async () => {
  const { fact } = await openFact();
  expect(fact()?.attributes['quantity']).toBeUndefined();
  await expect.element(page.getByRole('button', { name: 'probable: “reportedly” – set' })).toBeVisible();
  await page.getByRole('button', { name: '35 countries – add' }).click();
  expect(fact()?.attributes['quantity']).toMatchObject([{ value: 35, counts: 'countries' }]);
  expect(fact()?.attributes['certainty']).toBe('certain');
  await expect.element(page.getByRole('button', { name: '27 leaders – add' })).toHaveFocus();
});

test('U5 one key takes all proposals, and one undo takes them back', async () => {
  const { fact, field } = await openFact();
  field.focus();
  await userEvent.keyboard('w');
  expect(fact()?.attributes).toMatchObject({ claim_type: 'numerical', certainty: 'probable', quantity: [{ value: 35 }, { value: 27 }] });
  await expect.element(page.getByRole('button', { name: /– (add|set)$/ })).not.toBeInTheDocument();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(fact()?.attributes['quantity']).toBeUndefined();
  expect(fact()?.attributes['certainty']).toBe('certain');
});

test('U6 the words of a quantity are let go and marked by a selection', async () => {
  const { fact, select, workspace } = await openFact();
  await page.getByRole('button', { name: '27 leaders – add' }).click();
  await page.getByRole('button', { name: 'Let go of the words of Quantity 1' }).click();
  expect(currentSet(workspace.store.getState()).mentions.size).toBe(0);
  await page.getByRole('button', { name: 'Mark in text: Quantity 1' }).click();
  await expect.element(page.getByText('Select it in the text, then Enter')).toBeVisible();
  await select('27 leaders');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('button', { name: '“27 leaders”' })).toBeVisible();
  expect([...currentSet(workspace.store.getState()).mentions.values()].map(({ span }) => span.text)).toEqual(['27 leaders']);
  expect(fact()?.attributes['quantity']).toMatchObject([{ value: 27 }]);
});

test('U7 V4 the review is asked for once for the project; a verdict wants evidence, which takes only an address and a date', async () => {
  const { fact, workspace } = await openFact();
  await expect.element(page.getByRole('group', { name: 'Verdict' })).not.toBeInTheDocument();
  await page.getByText(/Review facts in this project/).click();
  expect(workspace.store.getState().settings.review).toEqual({ p: true });
  await page.getByRole('radio', { name: 'supported' }).click();
  await expect.element(page.getByRole('button', { name: '1 to complete' })).toBeVisible();
  await page.getByRole('button', { name: '+ evidence' }).click();
  for (const [label, words] of [
    ['Address', 'https://example.org/a'],
    ['Read on', 'yesterday'],
  ] as const) {
    await page.getByLabelText(label).fill(words);
    await userEvent.keyboard('{Enter}');
  }
  expect(fact()?.attributes['evidence']).toMatchObject([{ url: 'https://example.org/a', accessed: '' }]);
  await expect.element(page.getByRole('button', { name: /to complete/ })).not.toBeInTheDocument();
});

test('V9 one key walks through what is to complete and puts the focus into the field that mends it, also inside of what is folded', async () => {
  const { select, actions, field } = await openFact();
  await select('Nothing else');
  await userEvent.keyboard('s');
  const focused = () => document.activeElement?.closest('[data-field]')?.getAttribute('data-field');
  const walked: (string | null | undefined)[] = [];
  for (let step = 0; step < 3; step++) {
    await userEvent.keyboard('{F8}');
    walked.push(focused());
  }
  expect(walked).toEqual(['role:holder', 'role:target', 'attribute:polarity']);
  await userEvent.keyboard('{Shift>}{F8}{/Shift}');
  expect(focused()).toBe('role:target');
  field.focus();
  actions.returnToText();
  await expect.element(page.getByRole('button', { name: '1 to complete' })).toBeVisible();
});

test('V10 what is to complete is told by where it is: on screen, in other articles, in all; done stays done', async () => {
  const more = (id: string, title: string, status: 'done' | 'in_progress', toComplete: number) => ({
    meta: {
      ...{ id, title, source: null, date: null, url: null, language: 'en', originalName: `${id}.txt`, headings: [], words: 3 },
      ...{ textSha256: '1'.repeat(64), originalSha256: '1'.repeat(64), imported: '2026-01-01T00:00:00.000Z' },
    },
    ...{ status, counts: { QUOTE: 12, STANCE: 10, FACT: 11 }, toComplete },
  });
  const first = { ...more('a', 'First', 'in_progress', 0), counts: {} };
  const countMentions = async () => ({ counts: {}, unlinked: [], next: null, searched: 2 });
  const { place, view, select } = await openApp(text, {
    workspace: { articles: [first, more('b', 'Second', 'done', 1), more('c', 'Third', 'in_progress', 2)] },
    answers: { countMentions },
  });
  await expect.element(page.getByRole('button', { name: '3 to complete in other articles' })).toBeVisible();
  const told = () => [...place.querySelectorAll<HTMLElement>('.article-facts > span')];
  await expect.poll(() => told().map(({ textContent }) => textContent)).toEqual(['1 to complete', '2 to complete']);
  expect(told().map(({ title }) => title)).toEqual(['Marked done, but 1 annotation lacks something.', '2 annotations lack something.']);
  const [done, open] = told().map((each) => getComputedStyle(each).color);
  expect(done).not.toBe(open);
  await select('Nothing else');
  await userEvent.keyboard('s');
  await expect.element(page.getByRole('button', { name: '1 to complete, 4 in all articles' })).toBeVisible();
  view.set({ view: 'registry' });
  await expect.element(page.getByRole('button', { name: '4 to complete in all articles' })).toBeVisible();
  expect(place.querySelector('.status-facts')?.textContent).not.toContain('annotation');
});
