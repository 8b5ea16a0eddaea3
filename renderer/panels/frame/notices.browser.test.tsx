import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Input, Output } from '../../../core/contract.ts';
import { openApp } from '../../testing/opened-app.tsx';

const time = '2026-01-01T00:00:00.000Z';
const summary = (id: string, more: { importedBy?: string } = {}): Output<'openWorkspace'>['articles'][number] => ({
  meta: {
    ...{ id, title: `Article ${id}`, source: null, date: null, url: null, language: 'en', originalName: `${id}.txt`, words: 5 },
    ...{ imported: time, ...more },
  },
  ...{ status: 'not_started', counts: {}, toComplete: 0 },
});

test('I87 the notice of an import that was broken off has a button that lists the articles, as one step that undo takes back', async () => {
  const gestures: Input<'apply'>['gesture'][] = [];
  const notice = {
    id: 'unlisted-articles',
    severity: 'info',
    message: '2 are not listed.',
    next: 'List them.',
    command: 'article.list',
  } as const;
  const { actions, workspace } = await openApp('Ana Ruiz spoke in Paris.', {
    workspace: { articles: [summary('a'), summary('b', { importedBy: 'anna' }), summary('c', { importedBy: 'anna' })], notices: [notice] },
    answers: {
      unlistedArticles: async () => ({ articles: gestures.length === 0 ? ['b', 'c'] : [] }),
      apply: async ({ gesture }) => ({ sequence: gestures.push(gesture) }),
    },
  });
  const titles = () => workspace.store.getState().articles.map(({ meta }) => meta.id);
  expect([titles(), actions.enabled('article.list')]).toEqual([['a'], true]);
  const button = page.getByRole('button', { name: 'List the articles of a broken-off import' });
  (button.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(titles).toEqual(['a', 'b', 'c']);
  await expect.poll(() => gestures).toMatchObject([{ command: 'article.import', title: 'Import 2 articles' }]);
  await expect.element(page.getByText('Listed 2 articles.')).toBeInTheDocument();
  workspace.receive({ event: 'notice-gone', id: notice.id });
  await expect.element(button).not.toBeInTheDocument();
  expect(actions.enabled('article.list')).toBe(false);
  actions.run('history.undo');
  await expect.poll(titles).toEqual(['a']);
});
