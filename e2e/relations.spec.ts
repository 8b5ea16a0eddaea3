import { expect, test } from './app.ts';
import { Person } from './person.ts';

const quote = '“I am asking this very question';
const stance = 'Western allies have yet to provide legally binding guarantees';

test('Q14 relations within an article and across are made, followed by key, deleted with their end, undone and exported', async ({
  app,
  axe,
}) => {
  const person = new Person(app.page);
  await person.open('002');
  await person.selectByMouse(quote);
  await person.press('q');
  await person.expectSaved();
  await person.open('000');
  await person.selectByMouse(stance);
  await person.press('s');
  await person.selectByMouse(quote);
  await person.press('q', 'v', '.', 'Enter');
  const heading = person.inspector.getByRole('heading');
  const relations = person.inspector.getByRole('region', { name: 'Relations' });
  await expect(relations.getByRole('group', { name: 'Evidence for' })).toContainText(stance);
  await expect(app.page.locator('.tied')).toHaveText(stance);

  await person.press('r');
  const dialog = app.page.getByRole('dialog', { name: 'Relate to…' });
  await dialog.getByRole('option', { name: /Same quote/ }).focus();
  await person.press('5');
  await app.page.keyboard.type('asking');
  await expect(dialog.getByRole('option')).toHaveCount(1);
  expect(await axe()).toEqual([]);
  await person.press('Enter');
  await expect(dialog).toBeHidden();
  // The letters of both are the same, so the match is proposed.
  await expect(relations.getByRole('group', { name: 'Same quote' }).getByRole('radio', { name: 'verbatim', exact: true })).toBeChecked();
  await expect(person.annotations.filter({ hasText: 'asking' })).toContainText('2 relations');

  await person.goToText();
  await person.press('h');
  await expect(heading).toHaveText('Stance');
  await person.press('h');
  await expect(heading).toHaveText('Quote');
  await person.press('h');
  await expect(app.page.getByText(/^002_/)).toBeVisible();
  await expect(heading).toHaveText('Quote');
  await person.press('h');
  await expect(app.page.getByText(/^000_/)).toBeVisible();
  await expect(relations.getByRole('group')).toHaveCount(2);

  await person.press('Delete');
  await expect(app.page.getByText('Deleted the quote and 2 relations. Undo brings them back.').first()).toBeVisible();
  await expect(app.page.getByText('1 relation', { exact: true })).toHaveCount(0);
  await person.press('ControlOrMeta+z');
  await expect(relations.getByRole('group')).toHaveCount(2);
  await person.expectSaved();

  await person.press('ControlOrMeta+e');
  const files = await app.exportDataset();
  const lines = (name: string) =>
    (files.get(name) ?? '')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  const documents = lines('documents.jsonl');
  const annotationOf = (document: string, layer: string) =>
    documents.find(({ doc_id }) => doc_id.startsWith(document)).annotations.find((each: { layer: string }) => each.layer === layer).id;
  const within = documents.find(({ doc_id }) => doc_id.startsWith('000')).relations;
  expect(within).toMatchObject([{ type: 'evidence_for', from: annotationOf('000', 'QUOTE'), to: annotationOf('000', 'STANCE') }]);
  const [across, ...others] = lines('relations.jsonl');
  expect(others).toEqual([]);
  expect(across).toMatchObject({ type: 'same_quote', attributes: { match: 'verbatim' } });
  expect([across.from.annotation, across.to.annotation].sort()).toEqual(
    [annotationOf('000', 'QUOTE'), annotationOf('002', 'QUOTE')].sort(),
  );
});

test('Q15 facts of different events are related only for a reason, which is asked for in place and shown', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse('a “Coalition of the Willing” comprising 30 nations');
  await person.press('f');
  await person.expectSaved();
  await person.open('004');
  await person.selectByMouse('The meeting included delegates from 35 countries');
  await person.press('f', 'r');
  const dialog = app.page.getByRole('dialog', { name: 'Relate to…' });
  await dialog.getByRole('option', { name: /Contradicts/ }).click();
  await expect(dialog.getByRole('option')).toHaveCount(1);
  await person.press('Enter');
  await expect(dialog.getByRole('alert')).toHaveText('Neither names an event of the registry.');
  await app.page.keyboard.type('The same Paris meeting');
  await person.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(person.inspector.getByRole('group', { name: 'Contradicts' })).toContainText('because: The same Paris meeting');
  await expect(person.text).toBeFocused();
  await person.expectSaved();
});
