import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Client } from '../core/contract.ts';
import { type EntityRecord, newEntity } from '../core/model/entity.ts';
import { openApp } from './testing/opened-app.tsx';

const text = [
  'Volodymyr Zelensky came to Paris on Tuesday.',
  '“I have no answer,” he said. Mr Zelensky added: “None.” Then Mr Zelensky left.',
  'Kim asked “why” of them all.',
].join('\n');
const time = '2025-01-01T00:00:00.000Z';
const entities: EntityRecord[] = [
  newEntity('z', 'anna', 'PERSON', 'Volodymyr Zelensky', time),
  newEntity('k1', 'anna', 'PERSON', 'Kim', time),
  newEntity('k2', 'ben', 'PERSON', 'Kim', time),
];

/** The page with a quote of `words` that `speaker` speaks. */
async function quoting(words: string, speaker: string) {
  const answers: Partial<Client> = {
    countMentions: async () => ({ counts: {}, unlinked: [], next: null, searched: 1 }),
    listMentions: async () => ({ hits: [], next: null, searched: 1 }),
  };
  const app = await openApp(text, { workspace: { entities }, answers });
  await app.select(words);
  app.actions.run('tag.QUOTE');
  await app.select(speaker);
  app.actions.run('role.p');
  const mentions = () => [...(app.workspace.store.getState().work.sets.get('a')?.mentions.values() ?? [])];
  const aliases = (id: string) => app.workspace.store.getState().registry.get(id)?.aliases;
  return { ...app, mentions, aliases };
}
const picker = () => page.getByRole('combobox', { name: /^Link/ });
const options = () => page.getByRole('listbox', { name: /^Link/ }).getByRole('option');

test('T10 the inspector shows the first proposal with its reason; its key links, one undo takes it back', async () => {
  const { actions, mentions, view, workspace } = await quoting('I have no answer', 'he');
  const proposal = page.getByRole('button', { name: 'Link “he” to Volodymyr Zelensky: the nearest person named before' });
  await expect.element(proposal).toBeVisible();
  actions.run('mention.accept');
  expect(mentions()).toMatchObject([{ entity: 'z' }]);
  expect(view.store.getState().message?.text).toBe('Linked “he” to Volodymyr Zelensky.');
  await expect.element(proposal).not.toBeInTheDocument();
  actions.run('mention.accept');
  expect(view.store.getState().message?.text).toBe('There is nothing to link here.');
  await workspace.undo();
  expect(mentions()).toMatchObject([{ entity: null }]);
});

test('T10 where two fit alike the key links neither and says so; the picker offers both', async () => {
  const { actions, mentions, view, field } = await quoting('why', 'Kim');
  actions.run('mention.accept');
  expect(mentions()).toMatchObject([{ entity: null }]);
  expect(view.store.getState().message?.text).toMatch(/^Several fit “Kim”/);
  actions.run('mention.link');
  await expect.element(picker()).toHaveFocus();
  expect(
    options()
      .elements()
      .slice(0, 2)
      .map((each) => each.id && each.textContent),
  ).toEqual(['Kimknown as “Kim”', 'Kimknown as “Kim”']);
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(mentions()).toMatchObject([{ entity: 'k2' }]);
  expect(document.activeElement).toBe(field);
});

test('T15 one press leads from who fills a role to their entry in the registry, where keys go on in the list', async () => {
  const { actions, view } = await quoting('I have no answer', 'he');
  actions.run('mention.accept');
  const way = page.getByRole('button', { name: 'Show Volodymyr Zelensky in the registry' });
  await expect.element(way).toBeVisible();
  (way.element() as HTMLElement).focus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('region', { name: 'Volodymyr Zelensky' })).toBeVisible();
  expect(view.store.getState()).toMatchObject({ view: 'registry', registryChoice: 'z' });
  await expect.element(page.getByRole('listbox', { name: 'Entries' })).toHaveFocus();
});

test('T11 the picker finds by what is typed, creates last, learns the name, and with Alt+Enter does not', async () => {
  const { actions, mentions, aliases, workspace } = await quoting('None', 'Mr Zelensky');
  actions.run('mention.link');
  await expect.element(picker()).toHaveValue('Zelensky');
  await userEvent.fill(picker(), 'volod');
  const names = () =>
    options()
      .elements()
      .map((each) => each.querySelector('.combobox-name')?.textContent);
  expect(names()?.slice(0, 2)).toEqual(['Volodymyr Zelensky', 'Create person “volod”']);
  await userEvent.keyboard('{Alt>}{Enter}{/Alt}');
  expect(mentions()).toMatchObject([{ entity: 'z' }]);
  expect(aliases('z')).toEqual([]);
  await workspace.undo();
  actions.run('mention.link');
  await userEvent.fill(picker(), 'volod');
  await userEvent.keyboard('{Enter}');
  expect(aliases('z')).toEqual(['Mr Zelensky']);
  await workspace.undo();
  actions.run('mention.link');
  await userEvent.fill(picker(), 'Oleksandr Zelensky');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  const [linked] = mentions();
  expect(workspace.store.getState().registry.get(linked?.entity ?? '')).toMatchObject({
    ...{ canonical: 'Oleksandr Zelensky', type: 'ORGANISATION', aliases: ['Mr Zelensky'] },
  });
});

test('T11 Escape closes the picker and goes back to the text; Unlink unlinks', async () => {
  const { actions, mentions, field } = await quoting('I have no answer', 'he');
  actions.run('mention.link');
  await expect.element(picker()).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  expect(document.activeElement).toBe(field);
  await expect.element(picker()).not.toBeInTheDocument();
  actions.run('mention.accept');
  actions.run('mention.link');
  await page.getByRole('button', { name: 'Unlink' }).click();
  expect(mentions()).toMatchObject([{ entity: null }]);
});

test('T11 a role that takes entities is filled by name, and the focus stays with the role', async () => {
  const { actions, select, workspace } = await openApp(text, { workspace: { entities } });
  await select('I have no answer');
  actions.run('tag.STANCE');
  await page.getByRole('button', { name: 'by name…' }).nth(1).click();
  const field = page.getByRole('combobox', { name: 'Target by name' });
  await expect.element(field).toHaveFocus();
  await userEvent.fill(field, 'Guarantees must be binding');
  await userEvent.click(page.getByRole('option', { name: 'Create issue “Guarantees must be binding”' }));
  expect([...workspace.store.getState().registry.values()].find(({ type }) => type === 'ISSUE')?.canonical).toBe(
    'Guarantees must be binding',
  );
  await expect.poll(() => document.activeElement?.textContent).toBe('Guarantees must be binding');
});

test('T12 the other mentions of the same words are linked by one press', async () => {
  const { actions, select, mentions, view } = await quoting('None', 'Mr Zelensky');
  await select('why');
  actions.run('tag.QUOTE');
  await select('Mr Zelensky left');
  const { anchor } = view.store.getState().selection;
  view.set({ selection: { anchor, head: anchor + 'Mr Zelensky'.length } });
  actions.run('role.p');
  actions.run('mention.accept');
  await page.getByRole('button', { name: 'Link 1 more “Mr Zelensky” here' }).click();
  expect(mentions().map(({ entity }) => entity)).toEqual(['z', 'z']);
});

test('T9 ten thousand entities are searched between two letters', async () => {
  const many = Array.from({ length: 10_000 }, (_, at) => newEntity(`e${at}`, 'anna', 'PERSON', `Person ${at} of Town ${at % 97}`, time));
  const app = await openApp(text, { workspace: { entities: [...many, ...entities] } });
  await app.select('None');
  app.actions.run('tag.QUOTE');
  await app.select('Mr Zelensky');
  app.actions.run('role.p');
  app.actions.run('mention.link');
  await expect.element(picker()).toHaveFocus();
  await userEvent.fill(picker(), 'per');
  for (const letters of ['pers', 'perso', 'person', 'person 9', 'person 99']) await userEvent.fill(picker(), letters);
  await expect.poll(() => options().first().element().textContent).toContain('99');
  expect(options().elements().length).toBeLessThan(60);
});

test('T21 the linking key works on the role that was filled last: an event is changed to one that there is', async () => {
  const war = newEntity('w', 'anna', 'EVENT', 'Ukraine war', time);
  const app = await openApp(text, { workspace: { entities: [...entities, war] } });
  await app.select('came to Paris on Tuesday');
  app.actions.run('tag.FACT');
  await app.select('Mr Zelensky left');
  app.actions.run('role.e');
  const events = () =>
    [...(app.workspace.store.getState().work.sets.get('a')?.annotations.values() ?? [])].flatMap(({ roles }) =>
      roles.flatMap(({ role, target }) => (role === 'event' && target.kind === 'entity' ? target.id : [])),
    );
  expect(events()).not.toEqual(['w']);
  expect(app.view.store.getState().message?.text).toBe('New event “Mr Zelensky left”. If it exists already, change it beside the role.');
  await expect.element(page.getByRole('button', { name: 'Change event Mr Zelensky left' })).toBeVisible();
  app.actions.run('mention.link');
  await expect.element(page.getByRole('combobox', { name: 'Event by name' })).toHaveFocus();
  await userEvent.keyboard('Ukr{Enter}');
  await expect.poll(events).toEqual(['w']);
});
