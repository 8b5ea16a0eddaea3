import axe from 'axe-core';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Input } from '../../../core/contract.ts';
import { AppError } from '../../../core/failure.ts';
import { defaultSettings } from '../../../core/settings.ts';
import { rejectSuggestion } from '../../../core/suggestions/acceptance.ts';
import type { Experience } from '../../../core/suggestions/learning.ts';
import type { Suggestion } from '../../../core/suggestions/suggestion.ts';
import { openApp } from '../../testing/opened-app.tsx';

const text = 'Leaders met in Paris. They signed nothing, said Ana Ruiz.';
const some: Experience = {
  rules: {
    'quote.after': { accepted: 7, edited: 2, rejected: 1 },
    'term.scare': { accepted: 0, edited: 0, rejected: 3 },
    'quote.gone': { accepted: 1, edited: 0, rejected: 0 },
  },
  terms: { QUOTED_TERM: { experts: { kept: 0, rejected: 3 }, once: { kept: 1, rejected: 0 } } },
  names: { 'Ana Ruiz': 4 },
};

async function opened(theme: 'light' | 'dark' = 'light') {
  const asked: Input<'listExperience'>[] = [];
  const saved: Input<'saveSettings'>['settings'][] = [];
  const settings = { ...defaultSettings, person: 'Anna', theme };
  const app = await openApp(text, {
    workspace: { settings },
    answers: {
      listExperience: async (input) => {
        asked.push(input);
        const isFirst = input.after === null;
        if (input.since !== null) return { articles: [], next: null, searched: 2 };
        return { articles: isFirst ? [{ article: 'b', experience: some }] : [], next: isFirst ? 'b' : null, searched: 1 };
      },
      saveSettings: async ({ settings: next }) => {
        saved.push(next);
        return {};
      },
    },
  });
  app.actions.run('suggestions.rules');
  const dialog = page.getByRole('dialog', { name: 'Rules of suggestions' });
  await expect
    .element(dialog.getByRole('status'))
    .toHaveTextContent('You accepted 10 suggestions, 2 of them edited afterwards, and rejected 4.');
  return { ...app, dialog, asked, saved };
}
const cells = (row: Element) => [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim());

test('Z69 each rule is listed in words with what was accepted, edited and rejected, and the share kept; also one that is no more', async () => {
  const { dialog } = await opened();
  const rowOf = (name: RegExp) => dialog.getByRole('row', { name }).element();
  expect(cells(rowOf(/followed by who says them/))).toEqual(['7', '2', '1', '0', '90 %']);
  expect(cells(rowOf(/nobody is said to have said/))).toEqual(['0', '0', '3', '0', '0 %']);
  expect(cells(rowOf(/with “that” after it/))).toEqual(['0', '0', '0', '0', '–']);
  expect(cells(rowOf(/quote\.gone/))).toEqual(['1', '0', '0', '0', '100 %']);
});

test('Z69 the own work on the article that is open is counted as it is now', async () => {
  const { dialog, workspace } = await opened();
  const scene = workspace.scene();
  if (!scene) throw new TypeError('no article is open');
  const span = { start: 0, end: 7, text: 'Leaders' };
  const term = { layer: 'QUOTED_TERM', spans: [span], attributes: {}, roles: [], rule: 'term.name', version: '1', why: '', confidence: 1 };
  workspace.apply({ command: 'test', title: 'Reject', edits: rejectSuggestion(scene, term) });
  await expect.poll(() => cells(dialog.getByRole('row', { name: /that name something/ }).element())).toEqual(['0', '0', '1', '0', '0 %']);
});

test('Z70 what was learned is shown, words decided on twice and names, and a reset forgets it for the project alone', async () => {
  const { dialog, asked, saved, view } = await opened();
  await expect
    .element(dialog.getByRole('list', { name: 'Words' }))
    .toHaveTextContent('“experts” as a quoted term rejected 3 times: less sure');
  expect(dialog.getByRole('list', { name: 'Words' }).element().textContent).not.toContain('once');
  await expect.element(dialog.getByRole('list', { name: 'Names' })).toHaveTextContent('Ana Ruiz 4 annotations: surer as who speaks');
  await userEvent.click(dialog.getByRole('button', { name: 'Reset learning' }));
  expect(saved.at(-1)?.learnedSince).toEqual({ p: '2026-01-01T00:00:00.000Z' });
  await expect.element(dialog.getByText('Nothing yet.')).toBeVisible();
  expect(asked.at(-1)?.since).toBe('2026-01-01T00:00:00.000Z');
  await expect.element(dialog.getByRole('button', { name: 'Reset learning' })).toBeDisabled();
  expect(view.store.getState().message?.text).toMatch(/forgotten/);
  expect(cells(dialog.getByRole('row', { name: /followed by who says them/ }).element())[0]).toBe('7');
});

test('Z71 what is open in all articles is counted by rule, of what the person wants and has not settled', async () => {
  const term = (words: string, confidence = 0.9): Suggestion => {
    const span = { start: text.indexOf(words), end: text.indexOf(words) + words.length, text: words };
    return { layer: 'QUOTED_TERM', spans: [span], attributes: {}, roles: [], rule: 'term.name', version: '1', why: '', confidence };
  };
  const list = [term('Leaders'), term('Paris'), term('nothing', 0.2)];
  const { actions, workspace } = await openApp(text, {
    answers: { listExperience: async () => ({ articles: [], next: null, searched: 1 }) },
    suggest: () => list,
  });
  const scene = workspace.scene();
  if (!scene) throw new TypeError('no article is open');
  workspace.apply({ command: 'test', title: 'Reject', edits: rejectSuggestion(scene, list[0] as Suggestion) });
  actions.run('suggestions.rules');
  const dialog = page.getByRole('dialog', { name: 'Rules of suggestions' });
  await expect.poll(() => dialog.element().textContent).toContain('1 suggestion is open in the project');
  expect(cells(dialog.getByRole('row', { name: /that name something/ }).element())).toEqual(['0', '0', '1', '1', '0 %']);
});

test('Z69 counts that cannot be read are told with what to do', async () => {
  const failing = async () => {
    throw new AppError('corrupt', 'A file is damaged.', 'Read the project again.');
  };
  const { actions } = await openApp(text, { answers: { listExperience: failing } });
  actions.run('suggestions.rules');
  const dialog = page.getByRole('dialog', { name: 'Rules of suggestions' });
  await expect.element(dialog.getByRole('status')).toHaveTextContent('A file is damaged. Read the project again.');
  await userEvent.keyboard('{Escape}');
  await expect.element(dialog).not.toBeInTheDocument();
});

test('Z69 in a narrow window at twice the size nothing is cut off', async () => {
  const { dialog } = await opened();
  await page.viewport(512, 350);
  const table = dialog.getByRole('table').element();
  const sheet = dialog.element();
  expect(table.getBoundingClientRect().right).toBeLessThanOrEqual(sheet.getBoundingClientRect().right);
});

test.each(['light', 'dark'] as const)('Z69 axe finds nothing serious in the sheet, %s', async (theme) => {
  await opened(theme);
  const { violations } = await axe.run('.suggestion-rules', { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html} ${nodes[0]?.failureSummary}`)).toEqual([]);
});
