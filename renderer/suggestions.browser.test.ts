import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import type { Input } from '../core/contract.ts';
import { defaultSettings } from '../core/settings.ts';
import { suggestionFamilies } from '../core/suggestions/choice.ts';
import type { Suggestion } from '../core/suggestions/suggestion.ts';
import { spanAt } from '../core/text/span.ts';
import { currentSet } from './state/workspace.ts';
import { findings } from './testing/findings.ts';
import { expectFocus, inspector, press, rows, says } from './testing/hands.ts';
import { openApp } from './testing/opened-app.tsx';

const text = [
  'Ana Ruiz met the press in Lisbon.',
  '“We will stay until the winter,” she said.',
  'The “experts” were late.',
  'About 30 nations signed the pledge, and “nobody left,” said Tom Berg.',
].join('\n');
const at = (words: string) => spanAt(text, { start: text.indexOf(words), end: text.indexOf(words) + words.length });
const speaker = (words: string, canonical: string, confidence = 0.9) => ({
  ...{ role: 'speaker', span: at(words), confidence },
  entity: { id: null, type: 'PERSON', canonical },
});
const made = (layer: string, words: string, rule: string, confidence: number, more: Partial<Suggestion> = {}): Suggestion => ({
  ...{ layer, rule, confidence, spans: [at(words)], attributes: {}, roles: [], version: '1', why: 'It reads so.' },
  ...more,
});
const found: readonly Suggestion[] = [
  made('QUOTE', '“We will stay until the winter,”', 'quote.after', 0.97, {
    attributes: { type: 'direct' },
    roles: [speaker('she', 'Ana Ruiz'), { role: 'cue', span: at('said'), entity: null, confidence: 0.97 }],
    relations: [{ type: 'continues', place: 'to', other: { layer: 'QUOTE', span: at('“nobody left,”') } }],
  }),
  made('QUOTED_TERM', '“experts”', 'term.scare', 0.6),
  made('FACT', 'About 30 nations signed the pledge', 'fact.number', 0.7),
  made('QUOTE', '“nobody left,”', 'quote.after', 0.9, { attributes: { type: 'direct' }, roles: [speaker('Tom Berg', 'Tom Berg', 0.6)] }),
];

type Opening = NonNullable<Parameters<typeof openApp>[1]>;

/** The app on the text, with its suggestions, the focus in the text, and the gestures that the host was given. */
async function open(more: Opening = {}) {
  const gestures: Input<'apply'>['gesture'][] = [];
  const app = await openApp(text, {
    suggest: () => found,
    answers: { apply: async ({ gesture }) => ({ sequence: gestures.push(gesture) }), saveSettings: async () => ({}) },
    ...more,
  });
  if (more.suggest === undefined) await expect.poll(() => rows().length).toBe(found.length);
  app.field.focus();
  const set = () => currentSet(app.workspace.store.getState());
  const layers = () => [...set().annotations.values()].map(({ layer }) => layer);
  return { ...app, gestures, set, layers };
}

const outlined = () => [...document.querySelectorAll('[data-annotations*="~"]')].map(({ textContent }) => textContent);
const listRegion = () => page.getByRole('region', { name: 'Annotations of this article' });
const bar = () => page.getByRole('contentinfo');

test('Z32 what is suggested is outlined in the text, listed and counted, and told with its reason when it is walked to', async () => {
  await open();
  await expect.poll(outlined).toContain('“experts”');
  await says(bar()).toMatch('0 annotations · 4 suggestions');
  await press('.');
  await says(inspector()).toMatch(
    /Suggested quote.*1 of 4.*We will stay.*she → Ana Ruiz.*said.*Continues this“nobody left,” once both are accepted.*It reads so.*97 %/,
  );
  await says(page.getByRole('status', { name: 'Active annotation' })).toBe(
    'Suggestion 1 of 4: quote, “We will stay until the winter,”, speaker she, meaning Ana Ruiz, cue said',
  );
  await expect.poll(() => document.querySelector('.role-solid')?.textContent).toBe('she');
});

test('Z33 Enter accepts with the roles as one step and goes on to the next; one undo takes it back and shows it again', async () => {
  const { gestures, layers, set, workspace, field } = await open();
  await press('.', 'Enter');
  await expect.poll(layers).toEqual(['QUOTE']);
  expect(gestures).toHaveLength(1);
  expect([...set().annotations.values()][0]).toMatchObject({
    origin: { kind: 'suggestion', rule: 'quote.after', version: '1', confidence: 0.97 },
    attributes: { type: 'direct' },
    roles: [{ role: 'speaker' }, { role: 'cue' }],
  });
  await says(inspector()).toMatch(/Suggested quoted term/);
  await expectFocus(field);
  await press('ControlOrMeta+z');
  await expect.poll(layers).toEqual([]);
  expect([set().mentions.size, workspace.store.getState().work.entities.size]).toEqual([0, 0]);
  await says(inspector()).toMatch(/Suggested quote.*We will stay/);
});

test('Z34 what is rejected never comes back but by undo, and one key after another decides on all', async () => {
  const { set, view } = await open();
  await press('.', 'Enter', 'x', 'Enter', 'Enter');
  await says(bar()).toMatch('3 annotations');
  expect([...set().decisions.values()]).toMatchObject([{ layer: 'QUOTED_TERM', rule: 'term.scare', version: '1' }]);
  await says(bar()).toMatch('No suggestions are left here.');
  expect(outlined()).toEqual([]);
  view.set({ listed: 'suggestions' });
  await says(listRegion()).toMatch('No suggestions are left here.');
  view.set({ listed: 'both' });
  await press('ControlOrMeta+z', 'ControlOrMeta+z', 'ControlOrMeta+z');
  await says(inspector()).toMatch(/Suggested quoted term/);
});

test('Z35 the keys walk annotations and suggestions in reading order, or those alone that are listed', async () => {
  const { select, view, actions, field } = await open();
  await select('Lisbon');
  actions.run('tag.FACT');
  field.focus();
  for (const title of ['Suggested quote', 'Suggested quoted term', 'Suggested fact', 'Suggested quote', 'Fact']) {
    await press('.');
    await expect.poll(() => inspector().element().querySelector('h2')?.textContent?.trim()).toBe(title);
  }
  await page.getByRole('radio', { name: 'Suggestions 4' }).click();
  field.focus();
  await press(',');
  await says(inspector()).toMatch('nobody left');
  await page.getByRole('radio', { name: 'Annotations 1' }).click();
  await expect.poll(outlined).toEqual([]);
  field.focus();
  await press('.', '.');
  expect(view.store.getState().active).not.toMatch('~');
});

test('Z36 all of a kind are accepted at once, but for what is unticked, as one step', async () => {
  const { layers, gestures } = await open();
  await press('.', 'a');
  const dialog = page.getByRole('dialog', { name: 'Accept suggestions' });
  await says(dialog.getByRole('option')).toBe(
    '✓“We will stay until the winter,”quote · Ana Ruiz · 97 % | ✓“nobody left,”quote · Tom Berg · 90 %',
  );
  await dialog.getByRole('radio', { name: 'everything' }).click();
  await dialog.getByRole('option').nth(1).click();
  await dialog.getByRole('button', { name: 'Accept 3 suggestions' }).click();
  await expect.poll(layers).toEqual(['QUOTE', 'FACT', 'QUOTE']);
  expect(gestures.map(({ title }) => title)).toEqual(['Accept 3 suggestions']);
  await says(inspector()).toMatch(/Suggested quoted term.*1 of 1/);
  await press('ControlOrMeta+z');
  await expect.poll(layers).toEqual([]);
});

test('Z37 moving the boundaries, filling a role, choosing a value or tagging makes an annotation of a suggestion in the same step', async () => {
  const { layers, set, gestures, select, field } = await open();
  const only = () => [...set().annotations.values()][0];
  await press('.', 'b', 'Shift+ArrowRight', 'Enter');
  await expect.poll(() => only()?.spans[0]?.text).toBe('We will stay until the winter,”');
  expect(only()).toMatchObject({ origin: { kind: 'suggestion' }, roles: [{ role: 'speaker' }, { role: 'cue' }] });
  await press('ControlOrMeta+z');
  await says(inspector()).toMatch('Suggested quote');
  await select('Ana Ruiz');
  await press('p');
  const fillers = () => only()?.roles.map(({ target }) => target.kind === 'mention' && set().mentions.get(target.id)?.span.text);
  await expect.poll(fillers).toContain('Ana Ruiz');
  expect(fillers()).not.toContain('she');
  await press('ControlOrMeta+z', '3');
  await expect.poll(() => only()?.attributes['type']).toBe('indirect');
  await press('ControlOrMeta+z', 't');
  await expect.poll(layers).toEqual(['QUOTED_TERM']);
  await press('ControlOrMeta+z');
  await select('“nobody left,”');
  await press('q');
  await expect.poll(() => only()).toMatchObject({ layer: 'QUOTE', origin: { kind: 'suggestion' }, roles: [{ role: 'speaker' }] });
  expect(gestures.filter(({ undoes }) => undoes === null)).toHaveLength(5);
  expect(document.activeElement).toBe(field);
});

test('Z38 a threshold and a switch for each family decide what is shown, and nothing is asked for where all are off', async () => {
  const suggest = vi.fn(() => found);
  const { actions, field } = await open({ suggest });
  await expect.poll(() => rows().length).toBe(found.length);
  actions.run('settings.open');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('radio', { name: '70 %' }).click();
  await says(dialog).toMatch('Here 3 of 4 suggestions pass.');
  await dialog.getByRole('checkbox', { name: 'facts' }).click({ force: true });
  await expect.poll(() => rows().length).toBe(2);
  await press('Escape');
  field.focus();
  await press(',');
  // Its speaker is less sure.
  await says(inspector()).toMatch('nobody left');
  await says(inspector()).not.toMatch('Tom Berg');
  actions.settings.changeSettings({ suggestions: { threshold: 0, off: [...suggestionFamilies] } });
  await expect.poll(() => rows().length).toBe(0);
  await says(page.getByRole('radio', { name: /^Suggestions/ })).toBe('Suggestions off');
  expect(suggest).toHaveBeenCalledOnce();
});

test('Z39 a window that only shows the project says so to the keys that would accept or reject', async () => {
  const { layers, set, view } = await open({ workspace: { writable: false } });
  for (const key of ['Enter', 'x', 'a', 'Shift+Enter']) {
    view.set({ message: null });
    await press('.', key);
    await says(bar()).toMatch('This window only shows the project.');
  }
  expect([layers(), set().decisions.size]).toEqual([[], 0]);
});

for (const theme of ['light', 'dark'] as const) {
  test(`W12 axe finds nothing serious where suggestions are shown and accepted at once, ${theme}`, async () => {
    await open({ workspace: { settings: { ...defaultSettings, person: 'Anna', theme } } });
    await press('.');
    await says(inspector()).toMatch('Suggested quote');
    expect(await findings(), 'text').toEqual([]);
    await press('a');
    await expect.element(page.getByRole('listbox', { name: 'Suggestions' })).toBeVisible();
    expect(await findings(), 'all of a kind').toEqual([]);
  });
}

test('Z31 a worker that fails is told once, and the workbench goes on', async () => {
  const suggest = vi.fn(() => {
    throw new Error('no model');
  });
  const { select, actions, layers } = await open({ suggest });
  await says(page.getByRole('region', { name: 'Notices' })).toMatch('No suggestions could be worked out for this article.');
  await select('Lisbon');
  actions.run('tag.FACT');
  await expect.poll(layers).toEqual(['FACT']);
  expect(suggest).toHaveBeenCalledOnce();
});
