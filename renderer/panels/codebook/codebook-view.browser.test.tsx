import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { CodebookChange } from '../../../core/codebook/codebook-change.ts';
import type { Input } from '../../../core/contract.ts';
import { defaultCodebook } from '../../../core/model/default-codebook.ts';
import type { Gesture } from '../../../core/steps/edit.ts';
import { historyOf } from '../../../core/steps/history.ts';
import { openApp } from '../../testing/opened-app.tsx';

const counted = async ({ changes }: { changes: readonly CodebookChange[] }) => ({
  title: 'Rename',
  counts: [
    { kind: 'annotation' as const, layer: 'QUOTE', annotator: 'anna', changed: changes.length, lacking: 2, words: { 'a → b': 1 } },
    { kind: 'relation' as const, layer: 'contradicts', annotator: 'anna', changed: 0, lacking: 3, words: { 'Basis is needed': 3 } },
  ],
  examples: [],
  ...{ next: null, searched: 1, of: 1 },
});
const marked = (id: string, version: number): Gesture => ({
  ...{
    id,
    annotator: 'anna',
    time: '2026-01-01T00:00:00.000Z',
    command: 'codebook.change',
    title: `Step ${id}`,
    undoes: null,
    redoes: null,
  },
  edits: [
    { record: 'codebook', id: 'codebook', before: { annotator: 'anna', version }, after: { annotator: 'anna', version: version + 1 } },
  ],
});

test('P21 F109 a change is gathered with what it does, one that cannot be made is said, and Cancel lets go of all', async () => {
  const { actions, view } = await openApp('Paris agreed.', { answers: { previewCodebook: counted } });
  actions.run('view.codebook');
  await expect.element(page.getByText(/Change something in the middle/)).toBeInTheDocument();
  const part = page.getByRole('button', { name: /^Quote q/ });
  await expect.element(part).toHaveFocus();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Saying');
  await userEvent.keyboard('{Enter}');
  await expect
    .element(page.getByText('1 annotation of 1 annotator changes. 2 annotations and 3 relations would then lack something required.'))
    .toBeInTheDocument();
  await page.getByRole('textbox', { name: 'Key', exact: true }).fill('f');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText(/The key f of FACT is that of QUOTE already/).first()).toBeInTheDocument();
  expect(view.store.getState().codebookChanges).toHaveLength(1);
  await page.getByRole('textbox', { name: 'Id', exact: true }).fill('SAYING');
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByText('Change the id of the layer Saying: QUOTE → SAYING')).toBeInTheDocument();
  expect(view.store.getState().codebookChanges).toHaveLength(2);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect.element(page.getByRole('textbox', { name: 'Id', exact: true })).toHaveValue('QUOTE');
  await expect.element(part).toHaveFocus();
});

test('P24 an attribute of every type can be added', async () => {
  const { actions, view } = await openApp('Paris agreed.', { answers: { previewCodebook: counted } });
  actions.run('view.codebook');
  for (const words of ['attribute with values', 'text', 'yes-or-no', 'number', 'date', 'list', 'quantity', 'evidence']) {
    const label = words.startsWith('attribute') ? `New ${words}` : `New ${words} attribute`;
    await page.getByRole('textbox', { name: label, exact: true }).fill(`of_${words.replaceAll(/[- ]/g, '_')}`);
    await userEvent.keyboard('{Enter}');
  }
  const types = () =>
    view.store.getState().codebookChanges.map((change) => (change.change === 'add-attribute' ? change.attribute.type : change.change));
  await expect.poll(types).toEqual(['enum', 'text', 'boolean', 'number', 'date', 'list', 'quantity', 'evidence']);
});

test('P21 whoever does not lead the project reads the codebook', async () => {
  const lead = { id: 'lea', name: 'Lea', role: 'annotator' } as const;
  const anna = { id: 'anna', name: 'Anna', role: 'annotator' } as const;
  const { actions } = await openApp('Paris agreed.', {
    workspace: { project: { id: 'p', name: 'Paris', place: '/p', lead: 'lea' }, annotators: [anna, lead] },
  });
  actions.run('view.codebook');
  await expect.element(page.getByText(/Only Lea, who leads this project, can change the codebook/)).toBeInTheDocument();
  await expect.element(page.getByRole('textbox', { name: 'Title', exact: true })).toBeDisabled();
  expect(page.getByRole('button', { name: /^Retire/ }).elements()).toEqual([]);
});

test('P22 undo, and the way back over several steps, have the host take back changes of the codebook', async () => {
  const gestures = [marked('c1', 1), marked('c2', 2)];
  const history = { ...historyOf(gestures) };
  const wishes: Input<'changeCodebook'>['what'][] = [];
  const { workspace } = await openApp('Paris agreed.', {
    workspace: { history, codebook: { version: 3, codebook: defaultCodebook } },
    answers: {
      changeCodebook: async ({ what, version, gesture }) => {
        wishes.push(what);
        if (what.kind === 'change') throw new TypeError('nothing was changed');
        const made = {
          ...marked(gesture, version),
          undoes: what.kind === 'undo' ? what.of : null,
          redoes: what.kind === 'redo' ? what.of : null,
        };
        gestures.push(made);
        Object.assign(history, historyOf(gestures));
        return { gesture: made, version: version + 1 };
      },
    },
  });
  await workspace.travelTo(0);
  expect(workspace.store.getState().history.past).toEqual([]);
  await workspace.redo();
  expect(wishes).toEqual([
    { kind: 'undo', of: 'c2' },
    { kind: 'undo', of: 'c1' },
    { kind: 'redo', of: 'c1' },
  ]);
});

test('P23 the guidelines of the active annotation’s layer are shown and hidden by a key', async () => {
  const { actions, select } = await openApp('Paris agreed.');
  await select('agreed');
  actions.run('tag.QUOTE');
  await expect.element(page.getByRole('button', { name: 'Guidelines for Quote' })).toBeVisible();
  await userEvent.keyboard('{F1}');
  await expect.element(page.getByText('One or more fragments; quotation marks belong to the span')).toBeVisible();
  await userEvent.keyboard('{F1}');
  await expect.element(page.getByRole('button', { name: 'Guidelines for Quote' })).toHaveAttribute('aria-expanded', 'false');
});

test('F66 what is new in the codebook is named in words, and its fields say what they are without the names of files', async () => {
  const { actions, view } = await openApp('Paris agreed.', { answers: { previewCodebook: counted } });
  actions.run('view.codebook');
  await page.getByRole('textbox', { name: 'New yes-or-no attribute', exact: true }).fill(' second hand ');
  await userEvent.keyboard('{Enter}');
  const [change] = view.store.getState().codebookChanges;
  expect(change).toMatchObject({ change: 'add-attribute', attribute: { name: 'second_hand', title: 'second hand' } });
  document.querySelector<HTMLElement>('.codebook-part summary')?.click();
  await page.getByRole('textbox', { name: 'New value of Type of Quote' }).fill('free indirect');
  await userEvent.keyboard('{Enter}');
  expect(view.store.getState().codebookChanges.at(-1)).toMatchObject({ change: 'add-value', value: 'free_indirect' });
  await page.getByRole('textbox', { name: 'New value of Type of Quote' }).fill('déjà');
  await expect.element(page.getByText('letters without accents, digits and _, a letter first')).toBeVisible();
  const seen = [...document.querySelectorAll<HTMLElement>('.codebook-part details[open] .field-name')].map(
    ({ textContent }) => textContent,
  );
  expect(seen).toEqual(['Title', 'Name', 'Help', 'Values', 'A new annotation has']);
});

test('F66 in a narrow window the part that is chosen comes into sight', async () => {
  const { actions } = await openApp('Paris agreed.', { width: 720, height: 450 });
  actions.run('view.codebook');
  await page.getByRole('button', { name: /^Stance/ }).click();
  await expect
    .poll(() => page.getByRole('heading', { name: 'Stance', level: 2 }).element().getBoundingClientRect().bottom)
    .toBeLessThan(450);
});
