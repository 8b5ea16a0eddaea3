import { expect, test } from './app.ts';
import { Person } from './person.ts';

test('W16 some words are tagged wherever they stand, but for what was unticked, and one undo takes all of it back', async ({
  app,
  axe,
}) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse('Mr Zelensky');
  await person.press('o');
  const dialog = app.page.getByRole('dialog', { name: 'Tag every occurrence' });
  await expect(dialog.getByRole('option')).toHaveCount(2);
  expect(await axe()).toEqual([]);
  await dialog.getByRole('radio', { name: 'Fact' }).click();
  await dialog.getByRole('option').nth(1).click();
  await dialog.getByRole('button', { name: 'Tag 1 as fact' }).click();
  await expect(person.annotations).toHaveCount(1);
  await person.expectSaved();

  await person.selectByMouse('Zelensky', 'Mr Zelensky');
  // The first closes the toolbar of the selection, the second lets go of the annotation.
  await person.press('Escape', 'Escape', 'o');
  await dialog.getByRole('radio', { name: 'All articles' }).click();
  // Said once every article was searched.
  await expect(dialog.getByText(/found, \d+ ticked/)).toBeVisible();
  const tag = dialog.getByRole('button', { name: /^Tag \d\d as quote$/ });
  const count = Number(/\d+/.exec((await tag.textContent()) ?? '')?.[0]);
  await tag.click();
  await expect(app.page.getByText(`Tagged ${count}.`)).toBeVisible();
  await person.expectSaved();
  await app.crashAndRestart();
  const badges = app.page.getByRole('listbox', { name: 'Articles' }).locator('.article-counts [data-hue="yellow"]');
  const total = async () => (await badges.allTextContents()).reduce((sum, text) => sum + Number.parseInt(text, 10), 0);
  await expect.poll(total).toBe(count);
  await person.goToText();
  await person.press('ControlOrMeta+z');
  await expect.poll(total).toBe(0);
});
