import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { PlannedSplits } from '../../../core/contract/dataset.ts';
import type { Client, Input } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import type { ExportRequest } from '../../../core/formats/export-request.ts';
import { defaultSplitOptions } from '../../../core/splits/options.ts';
import type { SplitReport } from '../../../core/splits/report.ts';
import { openApp } from '../../testing/opened-app.tsx';

const none = { count: 0, examples: [] };
const held = (split: 'train' | 'validation' | 'test', documents: number, labels: Record<string, number>) => ({
  ...{ split, documents, groups: documents, labels },
});
const report: SplitReport = {
  ...{ documents: 5, groups: 5, splits: [held('train', 3, { QUOTE: 7 }), held('validation', 1, {}), held('test', 1, { QUOTE: 2 })] },
  ...{ nearDuplicates: none, alike: none, events: none, entities: [], largeGroups: [], divided: [], isCutShort: false },
  quotes: { count: 1, examples: [{ key: 'we will stay here', documents: ['a', 'b'], count: 2 }] },
};

/** A host with splits to plan and publish; what it was asked for, in order. */
function host() {
  const previews: Input<'previewSplits'>[] = [];
  const exports: ExportRequest[] = [];
  let published: PlannedSplits['published'] = null;
  const plan = ({ options, anew }: Pick<Input<'previewSplits'>, 'options' | 'anew'>): PlannedSplits => ({
    options: (anew ? options : published?.options) ?? options ?? defaultSplitOptions,
    ...{ report, published },
  });
  const answers: Partial<Client> = {
    cancelJob: async () => ({}),
    previewExport: async ({ request }) => {
      exports.push(request);
      return { files: [], others: { files: 0, bytes: 0 }, losses: [], counts: {} };
    },
    previewSplits: async (input) => {
      previews.push(input);
      // The first answer to each is not the whole one.
      const isLate = previews.length % 2 === 1;
      return { searched: isLate ? 2 : 5, of: 5, plan: isLate ? null : plan(input) };
    },
    publishSplits: async (input) => {
      if (input.instead !== (published?.published ?? null)) throw new AppError('conflict', 'Other splits were published.', 'Look again.');
      const { options } = plan(input);
      published = { published: '2026-11-20T10:00:00.000Z', by: 'anna', options, documents: 5, later: published ? 0 : 2 };
      return plan(input);
    },
    withdrawSplits: async () => {
      published = null;
      return {};
    },
  };
  return { previews, exports, answers };
}

const button = (name: string) => page.getByRole('button', { name, exact: true });

test('X58 splits are chosen, shown with what leaks, written into the export, published, replaced and taken back', async () => {
  const { previews, exports, answers } = host();
  const { actions, place } = await openApp('Paris agreed.', { answers });
  actions.run('view.dataset');
  await expect.element(page.getByRole('row', { name: 'train 3 60 % 3 7' })).toBeInTheDocument();
  await expect.element(page.getByText(/1 quote of four words or more stands in articles of different splits\./)).toBeInTheDocument();
  expect(previews.at(-1)).toMatchObject({ options: null, anew: false });

  await page.getByRole('checkbox', { name: 'the same main event' }).click({ force: true });
  await page.getByRole('radio', { name: /a balance of the layers/ }).click();
  await page.getByRole('textbox', { name: 'Train' }).fill('70');
  await expect.element(page.getByText('The parts must be numbers that add up to 100.')).toBeInTheDocument();
  await page.getByRole('textbox', { name: 'Test' }).fill('20');
  const chosen = { fractions: { train: 0.7, validation: 0.1, test: 0.2 }, group: ['event', 'near-duplicate'], stratify: true };
  await expect.poll(() => previews.at(-1)?.options).toEqual(chosen);
  await page.getByRole('checkbox', { name: 'Write these splits into the dataset' }).click({ force: true });
  await expect.poll(() => exports.at(-1)?.splits).toEqual(chosen);

  await button('Publish these splits').click();
  await expect.element(page.getByText(/on Nov 20, 2026 by Anna: 5 articles\. 2 articles came later\./)).toBeInTheDocument();
  await expect.poll(() => exports.at(-1)?.splits).toBe(undefined);
  expect((await axe.run(place, { runOnly: ['wcag2a', 'wcag2aa'] })).violations.map(({ id }) => id)).toEqual([]);
  await button('Publish the 2 later articles too').click();
  await expect.element(page.getByText(/5 articles\. Every export carries them/)).toBeInTheDocument();

  await button('Replace…').click();
  await page.getByRole('radio', { name: /the hash of each group/ }).click();
  await expect.poll(() => previews.at(-1)).toMatchObject({ options: { ...chosen, stratify: false }, anew: true });
  await button('Publish these instead').click();
  await expect.element(page.getByText(/by hash; kept together/)).toBeInTheDocument();
  await button('Take back…').click();
  await button('Take back').click();
  await expect.element(button('Publish these splits')).toBeInTheDocument();
});

test('X58 whoever does not lead the project reads the splits, and a failure is told with a way on', async () => {
  const { answers } = host();
  let fails = true;
  const previewSplits: Client['previewSplits'] = async (input) => {
    if (fails) throw new AppError('corrupt', 'splits.json cannot be read.', 'Restore it.');
    return { searched: 5, of: 5, plan: { options: input.options ?? defaultSplitOptions, report, published: null } };
  };
  const opened = { project: { id: 'p', name: 'Paris summit', place: '/p', lead: 'ben' } };
  const ben = { id: 'ben', name: 'Ben', role: 'annotator' as const };
  const annotators = [{ id: 'anna', name: 'Anna', role: 'annotator' as const }, ben];
  const { actions } = await openApp('Paris agreed.', { answers: { ...answers, previewSplits }, workspace: { ...opened, annotators } });
  actions.run('view.dataset');
  await expect.element(page.getByText(/splits\.json cannot be read\./)).toBeInTheDocument();
  fails = false;
  await button('Look again').click();
  await expect.element(page.getByText('Only Ben, who leads this project, can publish splits.')).toBeInTheDocument();
  expect(button('Publish these splits').query()).toBe(null);
});
