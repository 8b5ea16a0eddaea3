import { expect, test } from './app.ts';
import { Person } from './person.ts';

// By keyboard, and sooner than by arrows.
async function select(person: Person, words: string): Promise<void> {
  await person.goToText();
  await person.press('ControlOrMeta+Home', 'ControlOrMeta+f');
  await person.page.getByRole('search').getByRole('textbox').fill(words);
  await expect(person.page.getByRole('search').getByRole('status')).toHaveText(/^1 of /);
  await person.press('Escape');
  await person.expectSelected(words);
}

test('B6 the context menu opens by keyboard and by right click, in the text and in the list, and gives the focus back', async ({
  app,
  axe,
}) => {
  const person = new Person(app.page);
  await person.open('000');
  await select(person, 'declaration of intent');
  await person.press('Shift+F10');
  const menu = app.page.getByRole('menu');
  await expect(menu.getByRole('menuitem', { name: 'Tag as fact' })).toBeVisible();
  expect(await axe(), 'menu').toEqual([]);
  await person.press('Escape');
  await expect(menu).toHaveCount(0);
  await expect(person.text).toBeFocused();
  await person.press('Shift+F10');
  await expect(menu).toBeVisible();
  await app.page.keyboard.type('tag as fact');
  await person.press('Enter');
  await expect(person.annotations).toHaveCount(1);
  await expect(person.text).toBeFocused();
  await app.page.locator('[data-annotations]').first().click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Stance' }).click();
  await expect(person.inspector.getByRole('heading').first()).toHaveText(' Stance');
  await expect(person.text).toBeFocused();
  await person.annotations.first().click({ button: 'right' });
  await menu.getByRole('menuitem', { name: 'Delete annotation' }).click();
  await expect(person.annotations).toHaveCount(0);
  await expect(person.text).toBeFocused();
  await person.press('ControlOrMeta+z');
  await expect(person.annotations).toHaveCount(1);
});
