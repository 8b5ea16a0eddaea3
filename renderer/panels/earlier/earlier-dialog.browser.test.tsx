import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Client, Input, Output } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { openApp } from '../../testing/opened-app.tsx';

const count = { added: 0, changed: 0, removed: 0 };
const states: Output<'listEarlier'>['states'] = [
  { id: 's2', time: '2026-01-02T10:05:00.000Z', place: '/p', codebook: 1, steps: 2 },
  { id: 's1', time: '2026-01-02T10:00:00.000Z', place: '/p', codebook: 1, steps: null },
];
const differences: Output<'differencesEarlier'>['differences'] = [
  {
    ...{ key: 'annotation:q1', record: 'annotation', layer: 'QUOTE', what: 'removed', words: 'We will fight', fields: [] },
  },
  {
    ...{ key: 'annotation:f1', record: 'annotation', layer: 'FACT', what: 'changed', words: 'Ana Ruiz spoke' },
    fields: [{ field: 'note', was: '', now: 'check' }],
  },
];

const titles: string[] = [];

function open(more: Partial<Client> = {}, writable = true) {
  const asked: Input<'restoreEarlier'>['what'][] = [];
  const answers: Partial<Client> = {
    listEarlier: async () => ({ states, damaged: 0 }),
    compareEarlier: async ({ state }) => ({
      articles:
        state === 's1' ? [] : [{ article: 'a', layers: { QUOTE: { ...count, removed: 1 }, FACT: { ...count, changed: 1 } }, others: 1 }],
      entities: state === 's1' ? count : { ...count, added: 1 },
      links: count,
    }),
    differencesEarlier: async ({ article }) => ({
      differences:
        article === null ? [{ key: 'entity:e', record: 'entity', layer: null, what: 'added', words: 'Ana Ruiz', fields: [] }] : differences,
      more: 0,
    }),
    restoreEarlier: async ({ what, title }) => {
      titles.push(title);
      asked.push(what);
      return { gesture: null };
    },
    ...more,
  };
  return openApp('Ana Ruiz spoke in Paris.', { answers, workspace: { writable } }).then((app) => {
    app.actions.run('project.earlier');
    return asked;
  });
}
const said = () => page.getByRole('dialog').element().textContent ?? '';
const button = (name: string) => page.getByRole('button', { name });

test('J90 the states are walked by key, each with what differs, article by article and record by record', async () => {
  await open();
  await expect.poll(said).toMatch(/Ana Ruiz spoke.*1 quote removed; 1 fact changed; 1 other difference/);
  await expect
    .poll(() => page.getByRole('dialog').getByRole('option', { selected: true }).element().textContent)
    .toContain('2 steps since');
  await page.getByText(/1 quote removed/).click();
  await expect.poll(said).toMatch(/Quote removed sinceWe will fight.*Fact changed sinceAna Ruiz spokenote: nothing → check/);
  await page.getByText(/1 entity added/).click();
  await expect.poll(said).toContain('Entity added sinceAna Ruiz');
  expect(page.getByRole('checkbox', { name: /Entity added since/ }).element()).toHaveProperty('disabled', true);
  expect((await axe.run(document.body, { runOnly: ['wcag2a', 'wcag2aa'] })).violations).toEqual([]);
  page.getByRole('dialog').getByRole('listbox').element().focus();
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(said).toContain('Your annotations are now as they were then.');
});

test('O40 J90 what is ticked is restored, a record or all of an article, or all of it, and the step is named by the time as it is written elsewhere', async () => {
  const asked = await open();
  await expect.element(button('Restore what is ticked')).toBeDisabled();
  await page.getByText(/1 quote removed/).click();
  await page.getByRole('dialog').getByText('We will fight').click();
  await button('Restore what is ticked').click();
  await expect.poll(() => asked).toEqual([{ kind: 'chosen', articles: [], records: ['annotation:q1'] }]);
  await page.getByRole('checkbox', { name: /Restore all on Ana Ruiz spoke/ }).click({ force: true });
  await button('Restore what is ticked').click();
  await expect.poll(() => asked[1]).toEqual({ kind: 'chosen', articles: ['a'], records: [] });
  await button('Restore all of it').click();
  await expect.poll(() => asked[2]).toEqual({ kind: 'all' });
  // As the home, the codebook and whoever wrote an annotation are dated.
  const time = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date('2026-01-02T10:05:00.000Z'));
  expect(titles.at(-1)).toBe(`Restore the state of ${time}`);
});

test('J90 after a restore the focus stays in the dialog, and Escape closes it', async () => {
  const restored = Promise.withResolvers<void>();
  await open({
    restoreEarlier: async () => {
      // So long that the button that was pressed is drawn as one that cannot be pressed, and loses the focus.
      await new Promise((resolve) => setTimeout(resolve, 100));
      restored.resolve();
      return { gesture: null };
    },
  });
  await page.getByText(/1 quote removed/).click();
  await page.getByRole('dialog').getByText('We will fight').click();
  await button('Restore what is ticked').click();
  await restored.promise;
  await expect.poll(() => page.getByRole('dialog').element().contains(document.activeElement)).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument();
});

test('J90 states of the project in another folder are told apart, and one of this folder is shown first', async () => {
  const [newer, older] = states as [(typeof states)[number], (typeof states)[number]];
  await open({ listEarlier: async () => ({ states: [{ ...newer, place: '/else/copy' }, older], damaged: 0 }) });
  await expect.poll(said).toMatch(/States that name a folder come from the project in that folder.*in copy.*another history/);
  await expect
    .poll(() => page.getByRole('dialog').getByRole('option', { selected: true }).element().textContent)
    .toContain('another history');
  await page.getByRole('dialog').getByRole('option').first().click();
  await expect.poll(said).toContain('Of the project in /else/copy');
});

test('J90 a window that may not write shows the states and restores nothing; what fails is told', async () => {
  await open({}, false);
  await expect.poll(said).toContain('This window only shows the project');
  await expect.element(button('Restore all of it')).toBeDisabled();
});

test('J90 without states the dialog says when there will be some, and what fails is told', async () => {
  await open({ listEarlier: async () => ({ states: [], damaged: 0 }) });
  await expect.poll(said).toContain('None is kept yet. While you work');
  await userEvent.keyboard('{Escape}');
  const failing = async () => {
    throw new AppError('corrupt', 'The earlier state cannot be read.', 'Choose another one.');
  };
  await open({ compareEarlier: failing });
  await expect
    .element(page.getByRole('alert'))
    .toHaveTextContent('The earlier state cannot be read. Nothing was changed. Choose another one.');
});
