import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Output } from '../../../core/contract.ts';
import { type Annotation, emptySet, setToRecord } from '../../../core/model/annotation.ts';
import { spanAt } from '../../../core/text/span.ts';
import { openApp } from '../../testing/opened-app.tsx';

const text = 'The council met. “We will fight,” she said.';
const at = (words: string) => spanAt(text, { start: text.indexOf(words), end: text.indexOf(words) + words.length });
const quote: Annotation = {
  ...{ id: 'b1', article: 'a', annotator: 'ben', layer: 'QUOTE', spans: [at('“We will fight,”')], attributes: { type: 'direct' } },
  ...{ roles: [{ role: 'speaker', target: { kind: 'mention', id: 'm1' } }], note: 'heard', origin: { kind: 'person' }, codebook: 1 },
  ...{ created: '2026-01-01T00:00:00.000Z', modified: '2026-01-01T00:00:00.000Z' },
};
const mention = { id: 'm1', article: 'a', annotator: 'ben', span: at('she'), entity: null };
const others: Output<'openArticle'>['others'] = [
  { annotator: 'ben', set: { ...setToRecord(emptySet('a')), annotations: [quote], mentions: [mention] }, links: [] },
];
const annotators: Output<'openWorkspace'>['annotators'] = ['Anna', 'Ben'].map((name) => ({
  id: name.toLowerCase(),
  name,
  role: 'annotator',
}));

const inspector = () => page.getByRole('region', { name: 'Inspector' });
const take = () => inspector().getByRole('button', { name: 'Take over' });

test('F129 another annotator’s annotation is taken over as one’s own by a button, in one step that one undo takes back', async () => {
  const { actions, workspace } = await openApp(text, { workspace: { annotators }, others });
  actions.outside.showOthers('ben', true);
  actions.activate('b1');
  await take().click();
  const own = () => [...(workspace.store.getState().work.sets.get('a')?.annotations.values() ?? [])];
  await expect
    .poll(() => own().map(({ annotator, note, origin }) => [annotator, note, origin]))
    .toEqual([['anna', 'heard', { kind: 'adoption', annotator: 'ben', of: 'b1' }]]);
  await expect.element(inspector().getByRole('textbox', { name: 'Note' })).toHaveValue('heard');
  await expect.element(inspector().getByText(/^Anna · .* · taken over from Ben$/)).toBeVisible();
  await expect.element(page.getByText('Taken over from Ben: it is yours now.').first()).toBeVisible();
  // It is not taken over twice.
  actions.activate('b1');
  await expect.element(take()).not.toBeInTheDocument();
  await inspector().getByRole('button', { name: 'Show yours' }).click();
  await expect.element(inspector().getByRole('textbox', { name: 'Note' })).toHaveValue('heard');
  await userEvent.keyboard('{Control>}z{/Control}');
  await expect.poll(() => own()).toEqual([]);
});

test('F129 in a window that only reads nothing is taken over', async () => {
  const { actions } = await openApp(text, { workspace: { annotators, writable: false }, others });
  actions.outside.showOthers('ben', true);
  actions.activate('b1');
  await expect.element(inspector().getByText('read-only')).toBeVisible();
  await expect.element(take()).not.toBeInTheDocument();
});
