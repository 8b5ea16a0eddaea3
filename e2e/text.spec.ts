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

test('B3 boundary mode moves both ends by keyboard, as one undo step, and Escape puts them back', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await select(person, 'declaration of intent');
  await person.press('f', 'b');
  const quote = person.inspector.getByRole('blockquote');
  const told = app.page.getByRole('status', { name: 'Active annotation' });
  await expect(app.page.locator('.boundary-handle')).toHaveCount(2);
  await expect(app.page.getByText('move the start')).toBeVisible();
  await person.press('ArrowRight', 'ArrowRight');
  await expect(told).toHaveText('Covers “declaration of intent to deploy”');
  // Nothing is written before the mode ends.
  await expect(quote).toHaveText('declaration of intent');
  await person.press('Shift+ArrowLeft', 'ControlOrMeta+ArrowLeft');
  await expect(app.page.locator('[data-annotations]').first()).toContainText('a declaration of intent to deplo');
  await person.press('Enter');
  await expect(app.page.locator('.boundary-handle')).toHaveCount(0);
  await expect(quote).toHaveText('a declaration of intent to deplo');
  await expect(person.text).toBeFocused();
  await person.press('b', 'ArrowLeft', 'ArrowLeft', 'Escape');
  await expect(quote).toHaveText('a declaration of intent to deplo');
  await person.press('ControlOrMeta+z');
  await expect(quote).toHaveText('declaration of intent');
  await person.expectSaved();
});

test('B4 what else is done in boundary mode ends it first, and what was moved stands', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await select(person, 'declaration of intent');
  await person.press('f', 'b', 'ArrowLeft', 'i');
  await expect(person.inspector.getByRole('blockquote')).toHaveText('declaration of');
  await expect(person.inspector.getByRole('checkbox', { name: 'Unsure' })).toBeChecked();
  await person.press('b', 'ArrowLeft', 'F6');
  await expect(person.inspector.getByRole('blockquote')).toHaveText('declaration');
  await person.expectSaved();
});

test('B5 words are found by keyboard, and Escape leaves the match selected for the next key', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.goToText();
  await person.press('ControlOrMeta+Home', 'ControlOrMeta+f');
  const bar = app.page.getByRole('search', { name: 'Find in the article' });
  await expect(bar.getByRole('textbox')).toBeFocused();
  await app.page.keyboard.type('SECURITY');
  const count = bar.getByRole('status');
  await expect(count).toHaveText(/^1 of \d+$/);
  const all = Number((await count.textContent())?.split(' ').at(-1));
  expect(await app.page.evaluate(() => CSS.highlights.get('find')?.size)).toBe(all - 1);
  await person.press('Enter');
  await expect(count).toHaveText(`2 of ${all}`);
  await person.press('Shift+Enter', 'F3', 'Shift+F3', 'Shift+F3');
  await expect(count).toHaveText(`${all} of ${all}`);
  await bar.getByRole('button', { name: 'Match capitals' }).click();
  await expect(count).toHaveText('none');
  await bar.getByRole('button', { name: 'Match capitals' }).click();
  await bar.getByRole('textbox').fill('unambiguous');
  await expect(count).toHaveText('1 of 1');
  await person.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(person.text).toBeFocused();
  await person.expectSelected('unambiguous');
  await person.press('q');
  await expect(person.inspector.getByRole('blockquote')).toHaveText('unambiguous');
});

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

test('B7 lines in the margin tie fragments and roles, and there are none where there is nothing to tie', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse('declaration of intent');
  await person.press('f');
  const margin = app.page.locator('svg.margin');
  await expect(person.annotations).toHaveCount(1);
  await expect(margin).toBeHidden();
  await person.selectByMouse('Sir Keir');
  await person.press('p');
  await expect(margin).toBeVisible();
  await expect(margin.locator('.tied-mention')).toHaveCount(1);
  await expect(margin.locator('text')).toHaveText('source');
  const before = await margin.locator('.tied-mention').boundingBox();
  await person.text.evaluate((element) => element.closest('main')?.scrollBy(0, 60));
  await expect.poll(async () => (before?.y ?? 0) - ((await margin.locator('.tied-mention').boundingBox())?.y ?? 0)).toBe(60);
  await person.goToText();
  await person.press('Escape');
  await expect(margin).toBeHidden();
});

test('B8 a screen reader hears which annotation is active, and the focus stays in the text after a deletion', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await select(person, 'unambiguous answer');
  await person.press('s');
  const told = app.page.getByRole('status', { name: 'Active annotation' });
  await expect(told).toHaveText(/^Stance: “unambiguous answer”, \d to complete$/);
  await person.press('Delete');
  await expect(told).toHaveText('');
  await expect(person.text).toBeFocused();
  await person.press('Escape');
  await select(person, 'unambiguous');
  await person.press('q');
  await person.inspector.getByRole('button', { name: 'Delete annotation' }).click();
  await expect(person.text).toBeFocused();
});
