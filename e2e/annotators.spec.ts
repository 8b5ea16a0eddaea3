import { expect, expectKept, test } from './app.ts';
import { Person } from './person.ts';

test.describe('at the first start', () => {
  test.use({ personName: null });

  test('O8 a small dialog asks who annotates; Enter keeps the name, which the annotator takes, and it is asked once', async ({
    app,
    axe,
  }) => {
    const dialog = app.page.getByRole('dialog', { name: 'Who annotates?' });
    await expect(dialog.getByRole('textbox', { name: 'Your name' })).toBeFocused();
    expect(await axe(), 'who annotates').toEqual([]);
    await app.page.keyboard.type('Ana Ruiz');
    await app.page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(app.page.getByRole('button', { name: 'Annotator: Ana Ruiz' })).toBeVisible();
    await expectKept(app, /Ana Ruiz/);
    await app.crashAndRestart();
    await expect(app.page.getByRole('button', { name: 'Annotator: Ana Ruiz' })).toBeVisible();
    await expect(dialog).toBeHidden();
  });
});

test('O9 add, switch and rename an annotator; another’s work is shown on demand, with their name, and cannot be changed', async ({
  app,
  axe,
}) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse('unambiguous answer');
  await person.press('q');
  await expect(person.inspector.getByText(/ · by hand$/)).toBeVisible();
  await app.page.getByRole('button', { name: /^Annotator: / }).click();
  expect(await axe(), 'menu').toEqual([]);
  await app.page.getByRole('menuitem', { name: /^Rename / }).click();
  await app.page.getByRole('textbox', { name: 'Name' }).fill('Ana');
  await app.page.keyboard.press('Enter');
  await app.page.getByRole('button', { name: 'Annotator: Ana' }).click();
  await app.page.getByRole('menuitem', { name: 'Add an annotator…' }).click();
  await app.page.getByRole('textbox', { name: 'Name' }).fill('ana');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('alert').filter({ hasText: 'There is already an annotator Ana.' })).toBeVisible();
  expect(await axe(), 'dialog').toEqual([]);
  await app.page.getByRole('textbox', { name: 'Name' }).fill('Ben');
  await app.page.keyboard.press('Enter');
  await expect(app.page.getByRole('button', { name: 'Annotator: Ben' })).toBeVisible();
  await expect(person.annotations).toHaveCount(0);
  await person.selectByMouse('military hubs');
  await person.press('t');
  await expect(person.annotations).toHaveCount(1);
  await person.expectSaved();

  await app.page.getByRole('button', { name: /^Show Ana/ }).click();
  const others = app.page.getByRole('list', { name: 'Annotations of Ana' }).getByRole('button');
  await expect(others).toHaveCount(1);
  await others.first().click();
  await expect(person.inspector.getByText('read-only')).toBeVisible();
  await expect(person.inspector.getByText(/^Ana · /)).toBeVisible();
  await expect(person.inspector.getByRole('button')).toHaveText(['Take over']);
  expect(await axe(), 'others').toEqual([]);
  await person.text.focus();
  await person.press('Delete');
  await expect(others).toHaveCount(1);

  await app.page.getByRole('button', { name: 'Annotator: Ben' }).click();
  await app.page.getByRole('menuitem', { name: 'Ana', exact: true }).click();
  await expect(app.page.getByRole('button', { name: 'Annotator: Ana' })).toBeVisible();
  await expect(person.annotations).toContainText(['unambiguous answer']);
  await app.crashAndRestart();
  await expect(app.page.getByRole('button', { name: 'Annotator: Ana' })).toBeVisible();
});
