import { readFileSync } from 'node:fs';
import { expect, test } from './app.ts';
import { Person } from './person.ts';

test('W17 a note is not lost when the view changes or the window is reloaded while it is typed, nor called saved before it is', async ({
  app,
}) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse('unambiguous');
  await person.press('q', 'n');
  await app.page.keyboard.type('First thought.');
  await expect(app.page.getByText('Saving…')).toBeVisible();
  await person.press('ControlOrMeta+2', 'ControlOrMeta+1');
  await expect(person.inspector.getByRole('textbox', { name: 'Note' })).toHaveValue('First thought.');
  await person.expectSaved();
  await person.inspector.getByRole('textbox', { name: 'Note' }).fill('Second thought.');
  await person.expectSaved();
  await app.crashAndRestart();
  await person.goToText();
  await person.press('.');
  await expect(person.inspector.getByRole('textbox', { name: 'Note' })).toHaveValue('Second thought.');
});

test.describe('when the host is gone', () => {
  test.skip(({ hostKind }) => hostKind === 'electron', 'the desktop window goes with its host');

  test('W18 edits that could not be saved are kept in a file, and dropping it brings them back', async ({ app }, info) => {
    const person = new Person(app.page);
    await person.open('000');
    await person.selectByMouse('unambiguous');
    await person.press('q');
    await person.expectSaved();
    await app.stopHost();
    await person.press('2', '3');
    await expect(app.page.getByRole('alert')).toContainText('Keep the edits in a file');
    const download = app.page.waitForEvent('download');
    await app.page.getByRole('button', { name: 'Keep these edits in a file' }).click();
    const file = info.outputPath('kept.pressmark-edits');
    await (await download).saveAs(file);
    expect(JSON.parse(readFileSync(file, 'utf8')).gestures).toHaveLength(2);

    await app.crashAndRestart();
    await person.goToText();
    await person.press('.');
    await expect(person.inspector.getByRole('radio', { name: 'direct', exact: true })).toBeChecked();
    await app.page.locator('input[type="file"]').setInputFiles(file);
    await expect(app.page.getByRole('dialog', { name: 'Import' })).toContainText('Loaded 2 kept edits.');
    await person.press('Escape');
    await expect(person.inspector.getByRole('radio', { name: 'indirect' })).toBeChecked();
    await person.expectSaved();
  });
});

test('W19 the keys go on in the next article, after undo in another, and after a role is cleared', async ({ app }) => {
  const person = new Person(app.page);
  await expect(person.text).toBeFocused();
  await person.selectByKeyboard('legally binding guarantees');
  await person.press('q', 'Shift+J');
  await expect(app.page.getByText('001_37fe686bc9046649.txt', { exact: false })).toBeVisible();
  await expect(person.text).toBeFocused();
  await person.press('Shift+J');
  await expect(app.page.getByText('002_72a3ff669605c644.txt', { exact: false })).toBeVisible();
  await person.press('ControlOrMeta+z');
  await expect(app.page.getByText('000_2c23301dd0a18933.txt', { exact: false })).toBeVisible();
  await expect(person.text).toBeFocused();
  await person.press('ControlOrMeta+y');
  await person.selectByKeyboard('Volodymyr Zelensky');
  await person.press('p');
  await person.inspector.getByRole('button', { name: 'Remove speaker Volodymyr Zelensky' }).click();
  await expect(person.inspector.getByRole('button', { name: 'Select in text…' }).first()).toBeFocused();
});

test('W20 F6 leaves a divider between panes like any other place', async ({ app }) => {
  const person = new Person(app.page);
  await app.page.getByRole('separator', { name: 'Width of the inspector' }).focus();
  await person.goToText();
});
