import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { Client, Input, Output } from '../../../core/contract.ts';
import type { DatasetLook } from '../../../core/formats/dataset-look.ts';
import type { LabelMap } from '../../../core/formats/mapping.ts';
import { defaultSettings } from '../../../core/settings.ts';
import { openApp } from '../../testing/opened-app.tsx';

const map: LabelMap = {
  ...{ format: 'pressmark-labels', version: 1, relations: {}, entityTypes: {} },
  layers: { Rant: { to: null, attributes: {}, roles: {} }, Quote: { to: 'QUOTE', attributes: {}, roles: {} } },
};
const look: DatasetLook = {
  ...{ title: 'brat', map, articles: { fresh: 0, known: 1 }, layers: { QUOTE: { fresh: 2, known: 1 } }, others: {}, edits: 2 },
  labels: {
    layers: ['Rant', 'Quote'].map((name) => ({ name, count: 3, rejected: name === 'Quote' ? 2 : 0, attributes: [], roles: [] })),
    ...{ relations: [], entityTypes: [] },
  },
  losses: [{ kind: 'annotations of “Rant” (left out)', count: 3 }],
  problems: [
    { file: 'b.ann', line: 2, column: null, code: 'offsets', message: 'b.ann was not imported: it is shifted.', next: 'Export it again.' },
  ],
  ...{ annotators: [], shared: null },
  remarks: ['a.ann: its offsets count UTF-16 code units, as its covered texts show.'],
};

function hostOf(found: DatasetLook | null) {
  const told = { looked: [] as (LabelMap | null)[], imported: [] as Input<'importDataset'>[], staged: [] as string[], discarded: 0 };
  const answers: Partial<Client> = {
    stageFile: async ({ name }) => {
      told.staged.push(name);
      return { files: [{ id: 'f', name }], problems: [] };
    },
    lookAtDataset: async ({ map: chosen }): Promise<Output<'lookAtDataset'>> => {
      told.looked.push((chosen ?? null) as LabelMap | null);
      return { dataset: found && { ...found, map: (chosen ?? found.map) as LabelMap, losses: chosen ? [] : found.losses }, others: [] };
    },
    importDataset: async (input) => {
      told.imported.push(input);
      return { annotations: 2, articles: [], annotators: input.keepsAnnotators ? (found?.annotators ?? []) : [] };
    },
    previewStaged: async () => ({ drafts: [], problem: null }),
    discardStaged: async () => {
      told.discarded++;
      return {};
    },
  };
  return { told, answers };
}

const files = (...names: string[]) => names.map((name) => ({ name, bytes: async () => new Uint8Array([1]) }));
const dialog = () => page.getByRole('dialog', { name: 'Look before you import this dataset' });

test('I42 a dataset is looked at before it is imported: labels are mapped, counts and losses follow, and it is imported as mapped', async () => {
  const { told, answers } = hostOf(look);
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('corpus/a.ann', 'corpus/a.txt'));
  await expect.element(dialog().getByText('brat: 1 article here already, 1 problem. 1 label is left out.')).toBeVisible();
  await expect.element(dialog().getByText(/b.ann was not imported: it is shifted/)).toBeVisible();
  await expect.element(dialog().getByText(/count UTF-16 code units/)).toBeVisible();
  await expect.element(dialog().getByText('3 × annotations of “Rant” (left out)')).toBeVisible();
  await expect.element(dialog().getByRole('cell', { name: '3 + 2 rejected' })).toBeVisible();
  await dialog().getByRole('combobox', { name: 'layer Rant becomes' }).selectOptions('FACT');
  await expect.element(dialog().getByText('3 × annotations of “Rant” (left out)')).not.toBeInTheDocument();
  expect(told.looked.at(-1)?.layers?.['Rant']?.to).toBe('FACT');
  await dialog().getByRole('button', { name: 'Import 2 annotations' }).click();
  await expect.poll(() => told.imported.length).toBe(1);
  expect(told.imported[0]?.map?.layers?.['Rant']?.to).toBe('FACT');
  expect(told.staged).toEqual(['corpus/a.ann', 'corpus/a.txt']);
  await expect.element(dialog()).not.toBeInTheDocument();
  await expect.element(page.getByText('Imported 2 annotations. Undo takes all of it back.')).toBeInTheDocument();
});

test('I42 a dataset that is given up leaves nothing behind, and one with nothing new cannot be imported', async () => {
  const { told, answers } = hostOf({ ...look, problems: [], edits: 0, layers: { QUOTE: { fresh: 0, known: 3 } } });
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('documents.jsonl'));
  await expect.element(dialog().getByText('There is nothing new in it.')).toBeVisible();
  await expect.element(dialog().getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await dialog().getByRole('button', { name: 'Cancel' }).click();
  await expect.element(dialog()).not.toBeInTheDocument();
  expect([told.imported.length, told.discarded]).toEqual([0, 1]);
});

test('I42 files that are no dataset are looked at as articles', async () => {
  const { told, answers } = hostOf(null);
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('articles.csv'));
  await expect.element(page.getByRole('dialog', { name: 'Look before you import' }).getByText('0 articles found.')).toBeVisible();
  expect(told.looked).toEqual([null]);
  expect(told.staged).toEqual(['articles.csv', 'articles.csv']);
});

for (const theme of ['light', 'dark'] as const) {
  test(`I42 axe finds nothing serious in it, ${theme}`, async () => {
    const { answers } = hostOf(look);
    const { actions } = await openApp('Leaders met in Paris.', {
      answers,
      workspace: { settings: { ...defaultSettings, person: 'Anna', theme } },
    });
    actions.importFiles(files('a.ann'));
    await expect.element(dialog().getByRole('combobox', { name: 'layer Rant becomes' })).toBeVisible();
    const { violations } = await axe.run('[role="dialog"]', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('; ')}`)).toEqual([]);
  });
}

test('I90 the annotators that a dataset names are kept if that is chosen; otherwise all of it becomes one’s own, as it is said', async () => {
  const shared = 'The work of Ben, Eve becomes your own.';
  const { told, answers } = hostOf({ ...look, annotators: ['Ben', 'Eve'], shared });
  const { actions } = await openApp('Leaders met in Paris.', { answers });
  actions.importFiles(files('corpus/a.ann', 'corpus/a.txt'));
  const choice = dialog().getByRole('checkbox', { name: 'Keep the annotators that it names: Ben, Eve' });
  await expect.element(choice).not.toBeChecked();
  await expect.element(dialog().getByText('All of it becomes your own work, as one step that can be undone.')).toBeVisible();
  await expect.element(dialog().getByText(shared)).toBeVisible();
  await dialog()
    .getByText(/Keep the annotators that it names/)
    .click();
  await expect
    .element(dialog().getByText('Each of them becomes an annotator of this project with their own work, one step each.'))
    .toBeVisible();
  await expect.element(dialog().getByText(shared)).not.toBeInTheDocument();
  // Another choice of a label leaves this one as it is.
  await dialog().getByRole('combobox', { name: 'layer Rant becomes' }).selectOptions('FACT');
  await expect.element(choice).toBeChecked();
  await dialog().getByRole('button', { name: 'Import 2 annotations' }).click();
  await expect.poll(() => told.imported.map(({ keepsAnnotators }) => keepsAnnotators)).toEqual([true]);
  await expect
    .element(page.getByText('Imported 2 annotations, and Ben, Eve with their own work. Undo takes back only your part.'))
    .toBeInTheDocument();
});
