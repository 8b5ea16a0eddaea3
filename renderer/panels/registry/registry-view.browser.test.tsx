import type {} from '@vitest/browser-playwright';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { EntityMention } from '../../../core/annotations/hits.ts';
import type { Client } from '../../../core/contract.ts';
import { type EntityRecord, newEntity } from '../../../core/model/entity.ts';
import { openApp } from '../../testing/opened-app.tsx';

const text = 'Ana Ruiz spoke in Paris.\nMs Ruiz left, she said.';
const time = '2025-01-01T00:00:00.000Z';
const entity = (id: string, name: string, type = 'PERSON', annotator = 'anna') => newEntity(id, annotator, type, name, time);
const hit = (id: string, words: string, annotator = 'anna'): EntityMention => {
  const start = text.indexOf(words);
  const uses = [{ annotation: 'x', layer: 'QUOTE', role: 'speaker' }];
  return {
    article: 'a',
    annotator,
    kind: 'mention',
    id,
    start,
    end: start + words.length,
    text: words,
    before: 'said ',
    after: ' then.',
    uses,
    also: [],
  };
};

interface Scene {
  readonly entities?: readonly EntityRecord[];
  readonly counts?: Record<string, number>;
  readonly hits?: readonly EntityMention[];
  readonly writable?: boolean;
}

async function open({ entities = [], counts = {}, hits = [], writable = true }: Scene) {
  const answers: Partial<Client> = {
    countMentions: async () => ({ counts, unlinked: [], next: null, searched: 1 }),
    listMentions: vi.fn(async () => ({ hits: [...hits], next: null, searched: 1 })),
  };
  const app = await openApp(text, { workspace: { entities: [...entities], writable }, answers });
  app.actions.run('view.registry');
  await expect.element(page.getByRole('main', { name: 'Entry of the registry' })).toBeInTheDocument();
  const list = () => app.place.querySelector<HTMLElement>('[role="listbox"][aria-label="Entries"]');
  return { ...app, list, registry: () => app.workspace.store.getState().registry };
}
const row = (name: string) => page.getByRole('option', { name: new RegExp(`^${name}`) });

test('F127 the arrow down leads from the filter to the list, at the current row or else the first', async () => {
  const { list, view } = await open({ entities: [entity('e1', 'Ana Ruiz'), entity('e2', 'Bo Lind'), entity('e3', 'Bo Ahn')] });
  const filter = page.getByRole('textbox', { name: 'Filter the registry' });
  await filter.fill('bo');
  await userEvent.keyboard('{ArrowDown}');
  await expect.poll(() => document.activeElement).toBe(list());
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => view.store.getState().registryChoice).toBe('e3');
  await filter.click();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await expect.poll(() => document.activeElement).toBe(list());
  expect(view.store.getState().registryChoice).toBe('e3');
});

test('Y9 an empty registry says how entries come about', async () => {
  await open({});
  await expect.element(page.getByText(/They are made as you tag/)).toBeInTheDocument();
});

test('Y9 among 10,000 entries the list shows at once, and typing narrows it', async () => {
  const entities = Array.from({ length: 10_000 }, (_, index) => entity(`e${index}`, `Person ${index}`));
  const { place, list } = await open({ entities });
  await expect.poll(() => list()?.querySelectorAll('[role="option"]').length).toBeGreaterThan(5);
  expect(list()?.querySelectorAll('[role="option"]').length).toBeLessThan(60);
  expect(place.textContent).toContain('Entries · 10000');
  await page.getByLabelText('Filter the registry').fill('person 7777');
  await expect.poll(() => list()?.querySelectorAll('[role="option"]').length).toBe(1);
});

test('Y10 what is changed of an entry is one step each; what is unsound is said and not taken', async () => {
  const { workspace, registry } = await open({ entities: [entity('e1', 'Ana Ruiz')] });
  await row('Ana Ruiz').click();
  const wikidata = page.getByLabelText('Wikidata id');
  await wikidata.fill('90');
  await expect.element(page.getByText(/A Wikidata id is Q and a number/)).toBeInTheDocument();
  await wikidata.fill('Q90');
  await userEvent.keyboard('{Enter}');
  expect(registry().get('e1')?.wikidata).toBe('Q90');
  await page.getByLabelText('Add a name').fill('Ms Ruiz');
  await userEvent.keyboard('{Enter}');
  expect(registry().get('e1')?.aliases).toEqual(['Ms Ruiz']);
  await page.getByRole('button', { name: '+ role' }).click();
  await page.getByLabelText('Title').fill('Envoy');
  await userEvent.keyboard('{Enter}');
  await page.getByLabelText('From').fill('2019-05');
  await userEvent.keyboard('{Enter}');
  expect(registry().get('e1')?.roles).toEqual([{ title: 'Envoy', organisation: '', from: '2019-05', to: null }]);
  await page.getByRole('button', { name: 'Take away the name Ms Ruiz' }).click();
  expect(registry().get('e1')?.aliases).toEqual([]);
  expect(workspace.store.getState().history.past).toHaveLength(5);
});

test('Y12 an entry is not offered to be merged into itself', async () => {
  await open({ entities: [entity('e1', 'Ana Ruiz'), entity('e2', 'Ana Ruiz Gil')] });
  await row('Ana Ruiz').first().click();
  await page.getByRole('button', { name: 'Merge into…' }).click();
  await page.getByRole('combobox', { name: /is merged into$/ }).fill('Ana');
  const offered = () => page.getByRole('dialog').getByRole('option').elements();
  await expect.poll(() => offered().map((each) => each.textContent)).toEqual([expect.stringContaining('Ana Ruiz Gil')]);
});

test('Y7 an entry says in one line who gave what', async () => {
  const said = { ...entity('e1', 'Ana Ruiz'), fields: { wikidata: { value: 'Q1', time } } };
  const { place } = await open({ entities: [entity('e1', 'Ana Ruiz', 'PERSON', 'ben'), said] });
  await row('Ana Ruiz').click();
  await expect.poll(() => place.querySelector('.entity-said')?.textContent).toBe('ben: name, type · Anna: Wikidata id');
});

test('Y11 F109 entries are ticked by Space and merged with a choice where they conflict; a merged one is found and taken out again', async () => {
  const withId = (record: EntityRecord, value: string) => ({ ...record, fields: { ...record.fields, wikidata: { value, time } } });
  const { list, registry, actions } = await open({
    entities: [withId(entity('e1', 'Ana Ruiz'), 'Q1'), withId(entity('e2', 'Ruiz'), 'Q2')],
    counts: { e1: 3, e2: 1 },
  });
  await expect.poll(() => list()?.textContent).toContain('3 mentions');
  list()?.focus();
  await userEvent.keyboard('{Home} {ArrowDown} ');
  await page.getByRole('button', { name: 'Merge…', exact: true }).click();
  await expect.element(page.getByRole('radio', { name: /^Ana Ruiz/ })).toHaveFocus();
  await page.getByRole('radio', { name: 'Q2' }).click();
  await page.getByRole('button', { name: 'Merge into Ana Ruiz' }).click();
  expect(registry().get('e2')?.mergedInto).toBe('e1');
  await expect.poll(() => document.activeElement).toBe(list());
  expect(registry().get('e1')).toMatchObject({ wikidata: 'Q2', aliases: ['Ruiz'] });
  await page.getByLabelText('Filter the registry').fill('ruiz');
  await row('Ruiz → Ana Ruiz').click();
  await page.getByRole('button', { name: 'Take it out again' }).click();
  expect(registry().get('e2')?.mergedInto).toBeNull();
  expect(registry().get('e1')?.aliases).toEqual([]);
  actions.run('history.undo');
  await expect.poll(() => registry().get('e2')?.mergedInto).toBe('e1');
  actions.run('history.undo');
  await expect.poll(() => registry().get('e1')?.wikidata).toBe('Q1');
});

test('Y11 ticked mentions, others’ too, are split off to a new entry with a name', async () => {
  const hits = [hit('m1', 'Ana Ruiz'), { ...hit('m2', 'Ms Ruiz', 'ben'), also: ['f2'] }];
  const { registry, workspace } = await open({ entities: [entity('e1', 'Ana Ruiz')], counts: { e1: 2 }, hits });
  await row('Ana Ruiz').click();
  const places = page.getByRole('listbox', { name: 'Mentions' });
  await expect.element(places).toBeInTheDocument();
  places.element().querySelectorAll<HTMLElement>('.box')[2]?.click();
  await page.getByRole('button', { name: 'Split 1 off…' }).click();
  await expect.element(page.getByText('1 mention stays')).toBeInTheDocument();
  await page.getByLabelText('Name of the new entry').fill('Rosa Ruiz');
  await page.getByRole('button', { name: 'Split 1 mention off' }).click();
  const made = [...registry().values()].find(({ canonical }) => canonical === 'Rosa Ruiz');
  expect(registry().get('e1')?.moved).toEqual({ m2: made?.id, f2: made?.id });
  expect(workspace.store.getState().history.past).toHaveLength(1);
});

test('Y6 an entry that something holds stays, and what holds it is named; one that nothing holds goes', async () => {
  const group = { ...entity('g', 'US envoys'), members: { e1: { value: true, time } } };
  const { registry, place } = await open({ entities: [entity('e1', 'Ana Ruiz'), group], counts: { e1: 2 } });
  await row('Ana Ruiz').click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect.poll(() => place.textContent).toContain('Ana Ruiz stays: it is used by 2 mentions and the group US envoys.');
  expect(registry().get('e1')?.removed).toBe(false);
  await row('US envoys').click();
  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  expect(registry().get('g')?.removed).toBe(true);
});

test('F97 a mention in a text from right to left has what stands before it on its right', async () => {
  const arabic = { ...hit('m1', 'Ana Ruiz'), text: 'بيترا هولم', before: 'قالت المعلمة ', after: ' أمس' };
  const { place } = await open({ entities: [entity('ana', 'Ana Ruiz')], hits: [arabic], counts: { ana: 1 } });
  await row('Ana Ruiz').click();
  await expect.poll(() => place.querySelectorAll('.place-words').length).toBe(1);
  const boxOf = (part: string) => place.querySelector(part)?.getBoundingClientRect() ?? new DOMRect();
  const [before, words, after] = [boxOf('.place-before bdi'), boxOf('.place-words'), boxOf('.place-after bdi')];
  expect(before.left).toBeGreaterThanOrEqual(words.right - 1);
  expect(after.right).toBeLessThanOrEqual(words.left + 1);
  expect(words.left - after.right).toBeLessThan(20);
});

test('Y10 a mention opens the article at its place', async () => {
  const { place, view } = await open({ entities: [entity('e1', 'Ana Ruiz')], counts: { e1: 1 }, hits: [hit('m2', 'Ms Ruiz')] });
  await row('Ana Ruiz').click();
  await expect.element(page.getByRole('listbox', { name: 'Mentions' })).toBeInTheDocument();
  page.getByRole('listbox', { name: 'Mentions' }).element().focus();
  await userEvent.keyboard('{End}{Enter}');
  await expect.poll(() => place.querySelector('.article')).not.toBeNull();
  const start = text.indexOf('Ms Ruiz');
  await expect.poll(() => view.store.getState().selection).toEqual({ anchor: start, head: start + 7 });
});

test('Y10 where the project can only be read, nothing can be changed', async () => {
  await open({ entities: [entity('e1', 'Ana Ruiz')], writable: false });
  await row('Ana Ruiz').click();
  await expect.element(page.getByLabelText('Name', { exact: true })).toBeDisabled();
  await expect.element(page.getByRole('button', { name: 'Remove', exact: true })).toBeDisabled();
  await expect.element(page.getByRole('button', { name: '+ New entry' })).toBeDisabled();
});

test('Y13 a role that is added has the focus in its title; Tab goes on while it is saved, and nothing typed is lost', async () => {
  const { registry } = await open({ entities: [entity('e1', 'Ana Ruiz')] });
  await row('Ana Ruiz').click();
  for (const [at, organisation] of ['UN', 'EU'].entries()) {
    await page.getByRole('button', { name: '+ role' }).click();
    await expect.element(page.getByLabelText('Title').nth(at)).toHaveFocus();
    await userEvent.keyboard('Envoy{Tab}');
    await expect.poll(() => registry().get('e1')?.roles[at]?.title).toBe('Envoy');
    await expect.element(page.getByLabelText('Organisation').nth(at)).toHaveFocus();
    await userEvent.keyboard(`${organisation}{Tab}2019{Tab}`);
  }
  const role = { title: 'Envoy', from: '2019', to: null };
  expect(registry().get('e1')?.roles).toEqual([
    { ...role, organisation: 'UN' },
    { ...role, organisation: 'EU' },
  ]);
});

test('Y13 of a role whose time is typed first nothing is lost; one that stays empty goes, and the focus to the button', async () => {
  const { registry } = await open({ entities: [entity('e1', 'Ana Ruiz')] });
  await row('Ana Ruiz').click();
  const add = page.getByRole('button', { name: '+ role' });
  await add.click();
  await page.getByRole('button', { name: 'Remove role 1' }).click();
  await expect.element(add).toHaveFocus();
  await add.click();
  await page.getByLabelText('From').fill('2019');
  await page.getByLabelText('Title').fill('Envoy');
  await userEvent.keyboard('{Tab}');
  expect(registry().get('e1')?.roles).toEqual([{ title: 'Envoy', organisation: '', from: '2019', to: null }]);
});

test('Y13 names and members are added one after the other without leaving the keys', async () => {
  const { registry } = await open({ entities: [entity('e1', 'Envoys', 'ORG'), entity('e2', 'Ana Ruiz')] });
  await row('Envoys').click();
  const names = page.getByLabelText('Add a name');
  await names.click();
  await userEvent.keyboard('The envoys{Enter}');
  await expect.element(names).toHaveFocus();
  await page.getByRole('button', { name: '+ member' }).click();
  await expect.element(page.getByRole('combobox', { name: 'Who belongs to Envoys' })).toHaveFocus();
  await userEvent.keyboard('Ana{Enter}');
  expect(registry().get('e1')).toMatchObject({ aliases: ['The envoys'], members: ['e2'] });
  await expect.element(page.getByRole('button', { name: '+ member' })).toHaveFocus();
});

test('Y14 a dialog of the registry opens with the focus in its field', async () => {
  const { registry } = await open({
    entities: [entity('e1', 'Ana Ruiz')],
    counts: { e1: 2 },
    hits: [hit('m1', 'she'), hit('m2', 'Ms Ruiz')],
  });
  await page.getByRole('button', { name: '+ New entry' }).click();
  await expect.element(page.getByRole('combobox', { name: 'Name of the new entry' })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await row('Ana Ruiz').click();
  await page.getByRole('button', { name: 'Merge into…' }).click();
  await expect.element(page.getByRole('combobox', { name: /is merged into$/ })).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  const places = page.getByRole('listbox', { name: 'Mentions' });
  await expect.element(places).toBeInTheDocument();
  places.element().querySelector<HTMLElement>('.box')?.click();
  await page.getByRole('button', { name: 'Split 2 off…' }).click();
  const name = page.getByLabelText('Name of the new entry');
  await expect.element(name).toHaveFocus();
  await expect.element(name).toHaveValue('Ruiz');
  await userEvent.keyboard('Rosa Ruiz{Enter}');
  await expect.poll(() => [...registry().values()].map(({ canonical }) => canonical)).toContain('Rosa Ruiz');
});

test('Y15 an entry that is spelled almost like another of its type tells so, and leads there or to a merge with roles and their times', async () => {
  const { registry, actions } = await open({ entities: [entity('e1', 'Volodymyr Zelensky'), entity('e2', 'Zelenskyi', 'PLACE')] });
  actions.registry.setField('e1', 'roles', [{ title: 'President', organisation: 'Ukraine', from: '2019', to: null }]);
  await page.getByRole('button', { name: '+ New entry' }).click();
  await userEvent.keyboard('Volodymyr Zelenskyy');
  await page.getByRole('option', { name: /^Create person/ }).click();
  await expect.element(page.getByText(/^Could this be the same\?/)).toBeInTheDocument();
  expect(page.getByRole('button', { name: /^Open / }).elements()).toHaveLength(1);
  await page.getByRole('button', { name: 'Merge with Volodymyr Zelensky…' }).click();
  await expect.element(page.getByText('President, Ukraine (from 2019)')).toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
  await page.getByRole('button', { name: 'Open Volodymyr Zelensky' }).click();
  await expect.element(page.getByLabelText('Name', { exact: true })).toHaveValue('Volodymyr Zelensky');
  expect(registry().size).toBe(3);
});

test('W72 a person is not asked for members, a group is', async () => {
  await open({ entities: [entity('e1', 'Envoys', 'ORG'), entity('e2', 'Ana Ruiz', 'PERSON')] });
  await row('Envoys').click();
  await expect.element(page.getByRole('button', { name: '+ member' })).toBeVisible();
  await row('Ana Ruiz').click();
  await expect.element(page.getByRole('button', { name: '+ role' })).toBeVisible();
  expect(page.getByRole('button', { name: '+ member' }).elements()).toEqual([]);
});
