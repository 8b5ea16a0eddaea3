import { docx } from '../host/import/testing/documents.ts';
import { expect, test } from './app.ts';
import { Person } from './person.ts';

test.describe('in an empty project', () => {
  test.use({ articles: 'none' });

  test('W9 three files dropped at once: the good ones come in, the one that is not in UTF-8 is named with the reason and read in the encoding that the person names', async ({
    app,
  }) => {
    await expect(app.page.getByRole('heading', { name: 'No articles yet' })).toBeVisible();
    const transfer = await app.page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['The first report of the day.\nShe said “no” 💪.'], 'first.txt', { type: 'text/plain' }));
      data.items.add(new File([new Uint8Array([0x4d, 0xfc, 0x6e, 0x63, 0x68, 0x65, 0x6e])], 'latin.txt', { type: 'text/plain' }));
      data.items.add(new File(['The third report of the day.\r\nIt has other line ends.'], 'third.txt', { type: 'text/plain' }));
      return data;
    });
    for (const kind of ['dragover', 'drop']) await app.page.dispatchEvent('.workbench', kind, { dataTransfer: transfer });
    const report = app.page.getByRole('dialog', { name: 'Import' });
    const dialog = app.page.getByRole('dialog', { name: 'Look before you import' });
    await expect(dialog).toContainText(/latin\.txt.*not UTF-8 \(line 1 has the byte 0xFC\)/s, { timeout: 20_000 });
    await dialog.getByRole('button', { name: 'Read it in this encoding' }).click();
    await expect(dialog.getByRole('checkbox', { name: 'München' })).toBeChecked();
    await dialog.getByRole('button', { name: 'Import 1 article' }).click();
    await expect(report).toContainText('3 imported');
    await expect(report).toContainText('latin.txt imported');
    await report.getByRole('button', { name: 'Close' }).click();
    await expect(app.page.getByRole('listbox', { name: 'Articles' }).getByRole('option')).toHaveCount(3);
    await app.page.getByRole('option', { name: /first report/ }).click();
    const person = new Person(app.page);
    await person.selectByMouse('“no” 💪');
    await person.press('t');
    await expect(person.annotations.first()).toContainText('💪');
    await person.expectSaved();
    await app.crashAndRestart();
    await expect(person.annotations.first()).toContainText('💪');
  });
});

test('I33 a page and a Word document, dropped and looked at, become articles with exactly the text that was ticked', async ({ app }) => {
  const page = '<html><h1>A pledge 💪</h1><p>They met.</p><p>“No,” she said.</p><p>Add Comment</p></html>';
  const transfer = await app.page.evaluateHandle(
    ([html, word]) => {
      const data = new DataTransfer();
      data.items.add(new File([html], 'pledge.html', { type: 'text/html' }));
      data.items.add(new File([Uint8Array.from(atob(word), (character) => character.charCodeAt(0))], 'note.docx'));
      return data;
    },
    [page, Buffer.from(docx([['Title', 'A note'], 'Words of the note.', 'Photo: Jane Doe'])).toString('base64')] as const,
  );
  for (const kind of ['dragover', 'drop']) await app.page.dispatchEvent('.workbench', kind, { dataTransfer: transfer });
  const dialog = app.page.getByRole('dialog', { name: 'Look before you import' });
  await expect(dialog.getByText('2 articles found.')).toBeVisible({ timeout: 20_000 });
  await expect(dialog.getByRole('checkbox', { name: /Add Comment/ })).not.toBeChecked();
  await dialog.getByRole('checkbox', { name: 'They met.' }).click();
  await dialog.getByRole('button', { name: 'Import 2 articles' }).click();
  const person = new Person(app.page);
  const blocks = app.page.locator('.article .block');
  await expect(blocks).toHaveText(['A pledge 💪', '“No,” she said.']);
  await person.expectSaved();
  await app.crashAndRestart();
  await person.open('note');
  await expect(blocks).toHaveText(['A note', 'Words of the note.']);
});

test('W10 a file imported twice is recognised, and the import by file chooser says so', async ({ app }) => {
  const chooser = app.page.waitForEvent('filechooser');
  await app.page.getByRole('button', { name: '+ Import' }).click();
  await (await chooser).setFiles('seeds/001_37fe686bc9046649.txt');
  await expect(app.page.getByRole('dialog', { name: 'Import' })).toContainText('It is here already');
  await app.page.keyboard.press('Escape');
  await expect(app.page.getByRole('listbox', { name: 'Articles' }).getByRole('option')).toHaveCount(5);
});
