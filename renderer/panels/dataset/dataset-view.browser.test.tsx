import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ExportPreview } from '../../../core/contract/dataset.ts';
import type { Client, Input } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import type { ExportRequest } from '../../../core/formats/export-request.ts';
import { formats } from '../../../core/formats/index.ts';
import { defaultSplitOptions } from '../../../core/splits/options.ts';
import { openApp } from '../../testing/opened-app.tsx';

const file = (path: string, head: string, rows = 1) => ({ path, bytes: head.length || 4321, rows, head });
const held: ExportPreview = {
  files: [
    file('README.md', '# Paris summit\n\nWhat a stranger has to know.'),
    file('all.parquet', ''),
    file('documents.jsonl', '{"doc_id":"a"}', 3),
  ],
  others: { files: 12, bytes: 3_400_000 },
  losses: [{ kind: 'notes of annotations', count: 1204 }],
  counts: { documents: 3, annotations: 9, QUOTE: 7, STANCE: 2, mentions: 0 },
};

/** A host that answers when the test says so, and what it was asked. */
function host() {
  const asked: Input<'previewExport'>[] = [];
  const exported: Input<'exportDataset'>[] = [];
  const cancelled: string[] = [];
  const running = new Map<string, { resolve(value: never): void; reject(error: unknown): void }>();
  const later = (job: string) => new Promise<never>((resolve, reject) => running.set(job, { resolve, reject }));
  const answers: Partial<Client> = {
    previewExport: (input) => {
      asked.push(input);
      return later(input.job);
    },
    exportDataset: (input) => {
      exported.push(input);
      return later(input.job);
    },
    cancelJob: async ({ job }) => {
      cancelled.push(job);
      running.get(job)?.reject(new AppError('cancelled', 'The export was cancelled.', 'Export again.'));
      return {};
    },
    // It never comes to that here.
    previewSplits: () => new Promise(() => undefined),
  };
  const last = () => asked.at(-1)?.job ?? '';
  return {
    ...{ answers, asked, exported, cancelled },
    request: (): ExportRequest | undefined => asked.at(-1)?.request,
    answer: (preview: ExportPreview = held) => running.get(last())?.resolve(preview as never),
    fail: (error: AppError) => running.get(last())?.reject(error),
    finish: (value: unknown) => running.get(exported.at(-1)?.job ?? '')?.resolve(value as never),
    last,
  };
}

const ben = { id: 'ben', name: 'Ben', role: 'annotator' as const };
const anna = { id: 'anna', name: 'Anna', role: 'annotator' as const };
const button = (name: string) => page.getByRole('button', { name, exact: true });
const tick = (name: string) => page.getByRole('checkbox', { name, exact: true }).click({ force: true });
const progress = { step: 'writing', done: 1234, total: 10_000 } as const;

test('X162 every format stands in one group, with its unit of offsets and its tokeniser', async () => {
  const { answers, answer } = host();
  const { actions, place } = await openApp('Paris agreed.', { answers });
  actions.run('view.dataset');
  answer();
  await expect.element(page.getByRole('radio', { name: 'JSONL (complete)' })).toBeChecked();
  const listed = [...place.querySelectorAll('.format-groups [role="group"]')].map((group) => group.querySelectorAll('input').length);
  expect(listed.every((count) => count > 0)).toBe(true);
  expect(listed.reduce((sum, count) => sum + count, 0)).toBe(formats.length);
  await expect.element(page.getByText('Offsets count Unicode code points, as Python does.')).toBeInTheDocument();
  await page.getByRole('radio', { name: 'UIMA CAS (JSON and XMI)' }).click();
  await expect.element(page.getByText(/Offsets count UTF-16 code units.*Tokens: Intl\.Segmenter words/)).toBeInTheDocument();
});

test('X163 what goes in is chosen, kept while the window is open, and asked for once the choices rest', async () => {
  const { answers, asked, request, answer, cancelled, last } = host();
  const { actions, place } = await openApp('Paris agreed.', { answers, workspace: { annotators: [anna, ben] } });
  actions.run('view.dataset');
  await expect.poll(() => asked.length).toBe(1);
  const first = last();
  expect(request()).toEqual({ format: 'jsonl', selection: {}, text: 'included' });
  // At one go, however slow the machine is.
  for (const name of ['Quoted term', 'Fact', 'Ben', 'Not started', 'Leave out the articles’ text']) {
    (page.getByRole('checkbox', { name }).element() as HTMLElement).click();
  }
  await expect.poll(request).toEqual({
    ...{ format: 'jsonl', text: 'left-out' },
    selection: { layers: ['QUOTE', 'STANCE'], annotators: ['anna'], statuses: ['done', 'in-progress'] },
  });
  // Not one for each of the five choices; and the one before was ended.
  expect(asked.length).toBe(2);
  expect(cancelled).toContain(first);
  answer();
  await expect
    .element(page.getByText('Quote and Stance that Anna tagged in articles that are done or in progress, without the articles’ text.'))
    .toBeInTheDocument();
  await expect.element(page.getByRole('radio', { name: 'brat' })).toBeDisabled();
  expect((await axe.run(place, { runOnly: ['wcag2a', 'wcag2aa'] })).violations.map(({ id }) => id)).toEqual([]);

  const before = last();
  actions.run('view.annotate');
  await expect.poll(() => place.querySelector('.dataset')).toBe(null);
  actions.run('view.dataset');
  await expect.poll(last).not.toBe(before);
  expect(request()?.selection).toEqual({ layers: ['QUOTE', 'STANCE'], annotators: ['anna'], statuses: ['done', 'in-progress'] });
  answer({ ...held, counts: { documents: 0 } });
  await button('Take everything').click();
  await expect.poll(() => request()?.selection).toEqual({});
  expect(request()?.text).toBe('left-out');
  for (const name of ['Done', 'In progress', 'Not started']) await tick(name);
  await expect.element(page.getByText('Choose at least one.')).toBeInTheDocument();
  await expect.element(button('Export dataset')).toBeDisabled();
});

test('X164 the preview shows what the dataset holds, what is lost, files and card; it tells how far it is, stops and fails with a way on', async () => {
  const { answers, asked, answer, fail, cancelled, last } = host();
  const { actions, workspace } = await openApp('Paris agreed.', { answers });
  actions.run('view.dataset');
  await expect.poll(() => asked.length).toBe(1);
  workspace.receive({ event: 'progress', job: last(), progress });
  await expect.element(page.getByText('Reading articles… 1,234 of 10,000')).toBeInTheDocument();
  workspace.receive({ event: 'progress', job: 'another', progress: { ...progress, done: 7 } });
  await button('Stop').click();
  expect(cancelled).toEqual([last()]);
  await button('Make the preview').click();
  await expect.poll(() => asked.length).toBe(2);
  fail(new AppError('corrupt', 'An article cannot be read.', 'Restore it.'));
  await expect.element(page.getByText(/An article cannot be read\. Nothing was changed\. Restore it\./)).toBeInTheDocument();
  await button('Look again').click();
  await expect.poll(() => asked.length).toBe(3);
  answer();
  await expect.element(page.getByText('Annotations by layer: 7 quotes, 2 stances.')).toBeInTheDocument();
  await expect.element(page.getByText('1,204 × notes of annotations')).toBeInTheDocument();
  await expect.element(page.getByText('and 12 more files · 3.4 MB')).toBeInTheDocument();
  await page.getByText('README.md').click();
  await expect.element(page.getByText('What a stranger has to know.', { exact: false })).toBeVisible();
  await page.getByText('all.parquet').click();
  await expect.element(page.getByText('This file is for programs; there is no text in it to show.')).toBeVisible();
});

test('X165 an export goes on in another view, tells how far it is, and is cancelled without a trace', async () => {
  const { answers, answer, exported, cancelled, finish } = host();
  const { actions, workspace } = await openApp('Paris agreed.', { answers });
  actions.run('view.dataset');
  answer();
  await button('Export dataset').click();
  await expect.poll(() => exported.length).toBe(1);
  actions.run('view.annotate');
  actions.run('view.dataset');
  workspace.receive({ event: 'progress', job: exported[0]?.job ?? '', progress: { step: 'packing', done: 5, total: 9 } });
  await expect.element(page.getByText('Packing the files…')).toBeInTheDocument();
  await expect.element(button('Exporting…')).toBeDisabled();
  await button('Cancel').click();
  expect(cancelled).toContain(exported[0]?.job);
  await expect.element(button('Export dataset')).toBeEnabled();
  await button('Export dataset').click();
  await expect.poll(() => exported.length).toBe(2);
  finish({ kind: 'written', place: '/home/anna/summit', files: ['a', 'b'] });
  await expect.element(page.getByText('Exported 2 files to /home/anna/summit.')).toBeInTheDocument();
  await page.getByRole('radio', { name: 'CSV tables' }).click();
  await expect.element(page.getByText('Exported 2 files to /home/anna/summit.')).not.toBeInTheDocument();
});

test('X213 the lead states the licence, which the preview is made anew for; everybody else reads it', async () => {
  const { answers, asked } = host();
  const stated: (string | null)[] = [];
  const stateLicence = async ({ licence }: { licence: string | null }) => {
    stated.push(licence);
    return {};
  };
  const { actions, workspace } = await openApp('Paris agreed.', {
    answers: { ...answers, stateLicence },
    workspace: { annotators: [anna, ben] },
  });
  actions.run('view.dataset');
  const field = page.getByRole('textbox', { name: 'Licence of the dataset' });
  await expect.poll(() => asked.length).toBe(1);
  await field.fill(' CC-BY-4.0 ');
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => stated).toEqual(['CC-BY-4.0']);
  await expect.poll(() => asked.length).toBe(2);
  const { opened } = workspace.store.getState();
  if (opened) workspace.store.setState({ opened: { ...opened, annotator: ben } });
  await expect.element(page.getByText('CC-BY-4.0. Anna leads the project and states it.')).toBeVisible();
  expect(field.query()).toBe(null);
});

test('X166 without articles the view says what to do; a window that only reads exports all the same', async () => {
  const empty = await openApp('Paris agreed.', { answers: host().answers });
  empty.workspace.store.setState({ articles: [] });
  empty.actions.run('view.dataset');
  await expect.element(button('Import articles…')).toBeInTheDocument();
  expect(button('Export dataset').query()).toBe(null);
  empty.workspace.store.setState({ writable: false });
  await expect.element(page.getByText(/nothing to export\. This window only shows the project\./)).toBeInTheDocument();
  expect(button('Import articles…').query()).toBe(null);
  empty.workspace.store.setState({ articles: empty.workspace.store.getState().imported, writable: false });
  await expect.element(page.getByText(/this window changes nothing\./)).toBeInTheDocument();
  await expect.element(button('Export dataset')).toBeEnabled();
});

test('X163 splits that are chosen go into the request', async () => {
  const { answers, request } = host();
  const { actions } = await openApp('Paris agreed.', { answers });
  actions.dataset.choose({ splits: defaultSplitOptions });
  actions.run('view.dataset');
  await expect.poll(() => request()?.splits).toEqual(defaultSplitOptions);
});

test('F127 the Dataset view begins at the chosen format', async () => {
  const { answers } = host();
  const { actions } = await openApp('Paris agreed.', { answers });
  actions.run('view.dataset');
  await expect.element(page.getByRole('radio', { name: 'JSONL (complete)' })).toHaveFocus();
});
