import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openProject } from '../host/storage/project.ts';
import { expect, test } from './app.ts';
import { Person } from './person.ts';

test.describe('in the browser', () => {
  test.skip(({ hostKind }) => hostKind === 'electron', 'the desktop app has one window for a project');

  test('O10 a second window follows live and only reads; taking over turns it round, and nothing that was done is lost', async ({
    app,
  }) => {
    const first = new Person(app.page);
    const second = new Person(await app.secondPage());
    await expect(second.page.getByRole('button', { name: 'Take over' })).toBeVisible();
    await first.selectByMouse('legally binding guarantees');
    await first.press('q');
    await first.expectSaved();
    await expect(second.annotations).toHaveCount(1, { timeout: 1000 });
    await second.text.focus();
    await second.press('q');
    await expect(second.annotations).toHaveCount(1);

    // What the first does while it cannot reach the host waits in it.
    await first.page.context().setOffline(true);
    await first.selectByMouse('future Russian aggression');
    await first.press('f');
    await expect(first.page.getByText(/Not saved/)).toBeVisible();
    await first.page.context().setOffline(false);
    await second.page.getByRole('button', { name: 'Take over' }).click();
    await expect(second.page.getByRole('button', { name: 'Take over' })).toBeHidden();
    await expect(first.page.getByRole('button', { name: 'Take over' })).toBeVisible();
    await first.page.getByRole('button', { name: 'Take over' }).click();
    await first.expectSaved();
    await expect(first.annotations).toHaveCount(2);
    await expect(second.annotations).toHaveCount(2);
  });
});

/** What Ben does in his copy of the project, on another computer: an annotation on `words` in its first article. Gives his journal. */
async function workOfBen(project: string, words: string): Promise<{ id: string; journal: string }> {
  const id = readdirSync(join(project, 'annotators')).find((name) => annotatorName(project, name) === 'Ben') ?? '';
  const there = await openProject(project, { annotator: id });
  const { text, meta } = await there.readArticle(there.articles()[0]?.id ?? '');
  const start = text.indexOf(words);
  const time = new Date().toISOString();
  const after = {
    ...{ id: 'ben-1', article: meta.id, annotator: id, layer: 'QUOTE', spans: [{ start, end: start + words.length, text: words }] },
    ...{ attributes: {}, roles: [], note: '', origin: { kind: 'person' as const }, codebook: 1, created: time, modified: time },
  };
  await there.apply({
    ...{ id: 'ben-g1', annotator: id, time, command: 'tag.QUOTE', title: 'Tag as quote', undoes: null, redoes: null },
    edits: [{ record: 'annotation', article: meta.id, id: after.id, before: null, after }],
  });
  await there.close();
  return { id, journal: join(project, 'annotators', id, 'journal.jsonl') };
}

const annotatorName = (project: string, id: string): string =>
  (JSON.parse(readFileSync(join(project, 'annotators', id, 'annotator.json'), 'utf8')) as { name: string }).name;

test('O11 what another annotator wrote elsewhere appears as it is synced, with selection and scrolling left alone', async ({ app }) => {
  const person = new Person(app.page);
  const before = await app.page.getByRole('button', { name: /^Annotator: / }).textContent();
  await app.page.getByRole('button', { name: /^Annotator: / }).click();
  await app.page.getByRole('menuitem', { name: 'Add an annotator…' }).click();
  await app.page.getByRole('textbox', { name: 'Name' }).fill('Ben');
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('button', { name: 'Annotator: Ben' }).click();
  await app.page.getByRole('menuitem', { name: before?.replace('Annotator: ', '') ?? '', exact: true }).click();
  await expect(app.page.getByRole('button', { name: 'Annotator: Ben' })).toBeHidden();
  await app.page.getByRole('button', { name: /^Show Ben/ }).click();
  await expect(app.page.getByText('Ben has annotated nothing here.')).toBeVisible();
  const there = `${app.project}-there`;
  cpSync(app.project, there, { recursive: true });
  const { id, journal } = await workOfBen(there, 'legally binding guarantees');
  await person.selectByMouse('future Russian aggression');
  cpSync(journal, join(app.project, 'annotators', id, 'journal.jsonl'));
  await expect(app.page.getByRole('list', { name: 'Annotations of Ben' }).getByRole('button')).toHaveCount(1);
  await expect(person.text.locator('[title="Quote · Ben"]').first()).toHaveText('legally binding guarantees');
  await person.expectSelected('future Russian aggression');
});

test('O12 a conflict copy is told, shown with its counts, and merged in one step that can be undone', async ({ app, axe }) => {
  const person = new Person(app.page);
  await person.selectByMouse('legally binding guarantees');
  await person.press('q');
  await person.expectSaved();
  const [annotator = ''] = readdirSync(join(app.project, 'annotators'));
  const snapshot = await snapshotOf(app.project, annotator);
  const kept = readFileSync(snapshot);
  await person.press('ControlOrMeta+z');
  await expect(person.annotations).toHaveCount(0);
  await person.selectByMouse('future Russian aggression');
  await person.press('f');
  await person.expectSaved();
  writeFileSync(snapshot.replace('.json', ' (Anna’s conflicted copy 2026-11-22).json'), kept);
  await expect(app.page.getByText(/is a second version that a sync program or git left behind/)).toBeVisible();
  await app.page.getByRole('button', { name: 'Merge second versions of files…' }).click();
  const dialog = app.page.getByRole('dialog', { name: 'Second versions of files' });
  await expect(dialog.getByText('Only here: 1. Only there: 1. Different: 0.')).toBeVisible();
  expect(await axe(), 'conflicts').toEqual([]);
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await expect(dialog.getByText(/kept in annotators\//)).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(app.page.getByText(/is a second version/)).toBeHidden();
  await expect(person.annotations).toHaveCount(2);
  await person.press('ControlOrMeta+z');
  await expect(person.annotations).toHaveCount(1);
  await person.expectSaved();
});

// The host writes snapshots behind the journal.
async function snapshotOf(project: string, annotator: string): Promise<string> {
  const snapshot = () => {
    const folder = join(project, 'annotators', annotator, 'articles');
    const names = existsSync(folder) ? readdirSync(folder) : [];
    return names.find((name) => name.endsWith('.json') && readFileSync(join(folder, name), 'utf8').includes('legally binding'));
  };
  await expect.poll(snapshot).toBeTruthy();
  return join(project, 'annotators', annotator, 'articles', snapshot() ?? '');
}

test('O13 the project’s name opens a menu with the projects opened last', async ({ app, axe }) => {
  await app.page.getByRole('button', { name: /^Project Paris summit/ }).click();
  await expect(app.page.getByRole('menuitem', { name: 'Import articles…' })).toBeVisible();
  expect(await axe(), 'project menu').toEqual([]);
  await app.page.getByRole('menuitem', { name: 'Export dataset…' }).click();
  await expect(app.page.getByText('What it holds')).toBeVisible();
});
