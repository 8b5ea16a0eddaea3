import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { EntityMention } from '../core/annotations/hits.ts';
import type { Client } from '../core/contract.ts';
import { newEntity } from '../core/model/entity.ts';
import { defaultSettings } from '../core/settings.ts';
import { findings } from './testing/findings.ts';
import { openApp } from './testing/opened-app.tsx';

const text = 'Ana Ruiz spoke in Paris.\nMs Ruiz left, she said.';
const time = '2025-01-01T00:00:00.000Z';
const mention: EntityMention = {
  ...{ article: 'a', annotator: 'anna', kind: 'mention', id: 'm1', start: 25, end: 32, text: 'Ms Ruiz', before: 'Paris. ', after: ' left' },
  ...{ uses: [{ annotation: 'x', layer: 'QUOTE', role: 'speaker' }], also: [] },
};
const answers: Partial<Client> = {
  countMentions: async () => ({ counts: { e1: 1 }, unlinked: [], next: null, searched: 1 }),
  listMentions: async () => ({ hits: [mention], next: null, searched: 1 }),
  previewCodebook: async () => ({
    ...{ title: 'Rename', examples: [], next: null, searched: 1, of: 1 },
    counts: [{ kind: 'annotation', layer: 'QUOTE', annotator: 'anna', changed: 3, lacking: 2, words: { 'type direct → verbatim': 3 } }],
  }),
};

for (const theme of ['light', 'dark'] as const) {
  test(`W12 axe finds nothing serious in registry and codebook, ${theme}`, async () => {
    const entities = [newEntity('e1', 'anna', 'PERSON', 'Ana Ruiz', time), newEntity('e2', 'ben', 'EVENT', 'The summit', time)];
    const app = await openApp(text, { workspace: { entities, settings: { ...defaultSettings, person: 'Anna', theme } }, answers });
    app.actions.run('view.registry');
    await page.getByRole('option', { name: /^Ana Ruiz/ }).click();
    await expect.element(page.getByRole('listbox', { name: 'Mentions' })).toBeVisible();
    expect(await findings(), 'registry').toEqual([]);
    app.view.set({ registryChoice: 'e2' });
    await expect.element(page.getByLabelText('Date')).toBeVisible();
    expect(await findings(), 'event').toEqual([]);
    await page.getByRole('button', { name: 'Merge into…' }).click();
    await page.getByRole('combobox', { name: /is merged into$/ }).fill('Ana');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText('Which one stays?')).toBeVisible();
    expect(await findings(), 'merge').toEqual([]);
    await userEvent.keyboard('{Escape}');

    app.actions.run('view.codebook');
    const parts = page.getByRole('navigation', { name: 'Parts of the codebook' });
    for (const part of ['Stance', 'Contradicts', 'Entity types']) {
      await parts
        .getByRole('button', { name: new RegExp(`^${part}`) })
        .first()
        .click();
      expect(await findings(), part).toEqual([]);
    }
    await parts.getByRole('button', { name: /^Same quote/ }).click();
    await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Same saying');
    await userEvent.keyboard('{Enter}');
    await expect.element(page.getByText(/annotations? of 1 annotator/).first()).toBeVisible();
    expect(await findings(), 'preview').toEqual([]);
  });
}
