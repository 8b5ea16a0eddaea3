import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { Person } from './person.ts';

const first = `The first report of the day from Paris.
The council met in Paris on Monday to speak of the river.
“We will not let the river take our homes,” said the mayor.
The wall will cost nine million euros.
`;
const corrected = `CORRECTED The first report of the day from Paris.
The council met in Paris on Monday to speak of the river.
“We will not let the river take any of our homes,” said the mayor.
`;

/** The rows of the article list. */
const rowsOf = (page: Page) => page.getByRole('listbox', { name: 'Articles' }).getByRole('option');

/** Drops text files, by name, on the window. */
async function drop(page: Page, files: Record<string, string>): Promise<void> {
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const [name, text] of Object.entries(given)) data.items.add(new File([text], name, { type: 'text/plain' }));
    return data;
  }, files);
  for (const kind of ['dragover', 'drop']) await page.dispatchEvent('.workbench', kind, { dataTransfer: transfer });
}

test.describe('in an empty project', () => {
  test.use({ articles: 'none' });

  test('R31 one undo takes back an import; details are edited; a removed article comes back with all on it, after a restart too', async ({
    app,
    axe,
  }) => {
    const { page } = app;
    const person = new Person(page);
    const rows = rowsOf(page);
    const details = page.getByRole('dialog', { name: 'Article details' });

    // One undo takes back the import of both files, and one redo lists them again.
    await drop(page, { 'first.txt': first, 'second.txt': 'The second report of the day.\n' });
    await expect(rows).toHaveCount(2);
    await person.expectSaved();
    await person.press('ControlOrMeta+z');
    await expect(page.getByRole('heading', { name: 'No articles yet' })).toBeVisible();
    await person.press('ControlOrMeta+Shift+z');
    await expect(rows).toHaveCount(2);
    await person.open('first');

    // The details of an article that is not on screen, from its row in the list.
    await rows.filter({ hasText: 'The second report' }).click({ button: 'right' });
    await expect(page.getByRole('dialog', { name: 'Article details' })).toContainText('second.txt');
    await person.press('Escape');

    // Details: what is wrong is said, what is right is saved and undone in one step.
    await page.getByRole('button', { name: 'Details…' }).click();
    await details.getByRole('textbox', { name: 'Source' }).fill('Reuters');
    await details.getByRole('textbox', { name: 'Date' }).fill('2026-02-30');
    await expect(details).toContainText('that month has days 01 to 28');
    await expect(details.getByRole('button', { name: 'Save' })).toBeDisabled();
    expect(await axe()).toEqual([]);
    await details.getByRole('textbox', { name: 'Date' }).fill('2026-02-28');
    await details.getByRole('textbox', { name: 'Title' }).fill('The river and the mayor');
    await details.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('heading', { name: 'The river and the mayor' })).toBeVisible();
    await expect(rows.first()).toContainText('Reuters · 2026-02-28');

    await person.selectByMouse('The council met in Paris');
    await person.press('f');
    await expect(person.annotations).toHaveCount(1);
    await person.expectSaved();

    // Removed, and brought back by one undo after a restart, with everything on it.
    await page.getByRole('button', { name: 'Details…' }).click();
    await details.getByRole('button', { name: 'Remove article…' }).click();
    const removal = page.getByRole('dialog', { name: 'Remove article' });
    await expect(removal).toContainText('1 fact');
    await removal.getByRole('button', { name: 'Remove article' }).click();
    await expect(rows).toHaveCount(1);
    await expect(page.getByRole('heading', { name: 'The second report of the day.' })).toBeVisible();
    await person.expectSaved();
    await app.crashAndRestart();
    await expect(rows).toHaveCount(1);
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect(rows).toHaveCount(2);
    await expect(page.getByRole('heading', { name: 'The river and the mayor' })).toBeVisible();
    await expect(person.annotations).toHaveCount(1);
  });

  test('R32 a corrected version takes the place of an article: one annotation moved, one accepted in doubt, one lost, all undone at once', async ({
    app,
    axe,
  }) => {
    const { page } = app;
    const person = new Person(page);
    const rows = rowsOf(page);
    await drop(page, { 'first.txt': first, 'second.txt': 'The second report of the day.\n' });
    await expect(rows).toHaveCount(2);
    await person.open('first');
    await person.selectByMouse('The council met in Paris');
    await person.press('f');
    await person.selectByMouse('We will not let the river take our homes');
    await person.press('q');
    await person.selectByMouse('The wall will cost nine million euros');
    await person.press('f');
    await expect(person.annotations).toHaveCount(3);
    await person.expectSaved();

    await page.getByRole('button', { name: 'Details…' }).click();
    await page.getByRole('dialog', { name: 'Article details' }).getByRole('button', { name: 'Replace by a corrected version…' }).click();
    const replacement = page.getByRole('dialog', { name: 'Replace by a corrected version' });
    await replacement
      .getByLabel('Choose the corrected version')
      .setInputFiles({ name: 'first-corrected.txt', mimeType: 'text/plain', buffer: Buffer.from(corrected) });
    await expect(replacement.getByRole('status')).toHaveText('0 in the same place, 1 moved, 1 in doubt, 1 lost.');
    await expect(replacement.getByRole('list', { name: 'In doubt' })).toContainText('any of our homes');
    await expect(replacement.getByRole('list', { name: /^Lost/ })).toContainText('nine million');
    expect(await axe()).toEqual([]);
    await replacement.getByText(/Take it along/).click();
    await replacement.getByRole('button', { name: 'Replace the article' }).click();
    await expect(page.getByRole('heading', { name: /^CORRECTED/ })).toBeVisible();
    await expect(rows).toHaveCount(2);
    await expect(person.annotations).toHaveCount(2);
    await expect(person.annotations.filter({ hasText: 'any of our homes' })).toHaveCount(1);
    await person.expectSaved();
    await app.crashAndRestart();
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect(page.getByRole('heading', { name: 'The first report of the day from Paris.', exact: true })).toBeVisible();
    await expect(person.annotations).toHaveCount(3);
    await person.expectSaved();
  });

  test('F136 who replaces an article sees whose work stays behind, and these colleagues carry theirs over from the notice that tells them', async ({
    app,
    axe,
  }) => {
    const { page } = app;
    const person = new Person(page);
    await drop(page, { 'first.txt': first });
    await person.open('first');
    await person.selectByMouse('The council met in Paris');
    await person.press('f');
    await person.selectByMouse('The wall will cost nine million euros');
    await person.press('f');
    await expect(person.annotations).toHaveCount(2);
    await person.expectSaved();
    const first_ = (await page.getByRole('button', { name: /^Annotator: / }).textContent()) ?? '';
    await person.annotateAs('Ben');
    await page.getByRole('button', { name: 'Details…' }).click();
    await page.getByRole('dialog', { name: 'Article details' }).getByRole('button', { name: 'Replace by a corrected version…' }).click();
    const replacement = page.getByRole('dialog', { name: 'Replace by a corrected version' });
    await replacement
      .getByLabel('Choose the corrected version')
      .setInputFiles({ name: 'first-corrected.txt', mimeType: 'text/plain', buffer: Buffer.from(corrected) });
    await expect(replacement.getByRole('list', { name: 'Work of others' })).toContainText('2 facts');
    expect(await axe(), 'replacement').toEqual([]);
    await replacement.getByRole('button', { name: 'Replace the article' }).click();
    await expect(page.getByRole('heading', { name: /^CORRECTED/ })).toBeVisible();
    await person.expectSaved();

    await page.getByRole('button', { name: 'Annotator: Ben' }).click();
    await page.getByRole('menuitem', { name: first_.replace(/^Annotator: /, '').trim(), exact: true }).click();
    const notice = page.getByRole('region', { name: 'Notices' });
    await expect(notice).toContainText('2 annotations of yours are still on the old version');
    await notice.getByRole('button', { name: 'Carry annotations over to a corrected version…' }).press('Enter');
    const carrying = page.getByRole('dialog', { name: 'Carry annotations over' });
    await expect(carrying.getByRole('status')).toHaveText('0 in the same place, 1 moved, 0 in doubt, 1 lost.');
    expect(await axe(), 'carrying over').toEqual([]);
    await carrying.getByRole('button', { name: 'Carry them over' }).press('Enter');
    await expect(person.annotations).toHaveCount(1);
    await expect(person.annotations).toContainText('The council met in Paris');
    await expect(notice).toBeHidden();
    await person.expectSaved();
    await app.crashAndRestart();
    await app.page.keyboard.press('ControlOrMeta+z');
    await expect(app.page.getByRole('region', { name: 'Notices' })).toContainText('2 annotations of yours are still on the old version');
  });
});

test('R33 the details of all articles are edited by a table: problems are named, changes shown, and one undo takes them back', async ({
  app,
}) => {
  const { page } = app;
  const person = new Person(page);
  const rows = page.getByRole('listbox', { name: 'Articles' }).getByRole('option');
  await page.getByRole('button', { name: 'Details…' }).click();
  await page.getByRole('dialog', { name: 'Article details' }).getByRole('button', { name: 'All articles as a table…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Details of all articles' });
  const download = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await download).suggestedFilename()).toBe('articles.csv');
  const choose = (text: string) =>
    dialog.getByLabel('Choose a table').setInputFiles({ name: 'articles.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
  await choose('original_name,date\r\n001_37fe686bc9046649.txt,07/01/2026\r\n');
  await expect(dialog.getByRole('list', { name: 'Problems' })).toContainText('Line 2, date');
  await choose('original_name,date,source\r\n001_37fe686bc9046649.txt,2026-01-07,AFP\r\n');
  await expect(dialog.getByRole('list', { name: 'Changes' })).toContainText('source: none → AFP');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(rows.filter({ hasText: 'AFP · 2026-01-07' })).toHaveCount(1);
  await person.press('ControlOrMeta+z');
  await expect(rows.filter({ hasText: 'AFP' })).toHaveCount(0);
  await person.expectSaved();
});
