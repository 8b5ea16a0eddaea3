import { expect, test } from './app.ts';
import { Person } from './person.ts';

test('W4 a quote split by its cue is one annotation with two fragments', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('004');
  await person.selectByMouse('Kushner');
  await person.press('q');
  await person.selectByMouse('Witkoff');
  await person.press('u');
  await expect(person.annotations).toHaveCount(1);
  await expect(person.inspector.getByRole('blockquote').locator('p')).toHaveCount(2);
  await person.expectSaved();
  await app.crashAndRestart();
  await expect(person.annotations).toHaveCount(1);
  await expect(person.annotations.first()).toContainText('…');
});

test('W5 all layers on the same words stay visible, and a click that is repeated reaches each', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  const nested = [
    'signed a declaration of intent to deploy troops to Ukraine',
    'a declaration of intent to deploy troops',
    'declaration of intent',
    'intent',
  ];
  for (const [index, words] of nested.entries()) {
    await person.selectByMouse(words);
    await person.press(['f', 's', 'q', 't'][index] as string);
  }
  await expect(person.annotations).toHaveCount(4);
  const shared = app.page
    .locator('[data-annotations]')
    .filter({ hasText: /^intent$/ })
    .first();
  await expect.poll(async () => (await shared.getAttribute('data-annotations'))?.split(' ').length).toBe(4);
  // At alternating places, since two quick clicks at one place are a double click.
  for (const [turn, title] of ['Quoted term', 'Quote', 'Stance', 'Fact'].entries()) {
    await shared.click({ position: { x: turn % 2 === 0 ? 40 : 6, y: 10 } });
    await expect(person.inspector.getByRole('heading').first()).toHaveText(` ${title}`);
  }
});

test('W6 undo takes everything back to the start, redo brings it again, also across articles and a restart', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse('Steve Witkoff');
  await person.press('q');
  await person.selectByMouse('Jared Kushner');
  await person.press('p');
  await person.press('2');
  await expect(person.inspector.getByRole('radio', { name: 'mixed' })).toBeChecked();
  await person.open('001');
  await person.selectByMouse('Zelensky');
  await person.press('f');
  await expect(person.annotations).toHaveCount(1);
  await person.expectSaved();
  await app.crashAndRestart();
  await person.goToText();
  await person.press('ControlOrMeta+z');
  await expect(person.annotations).toHaveCount(0);
  await person.press('ControlOrMeta+z');
  await expect(app.page.getByText('000_2c23301dd0a18933.txt', { exact: false })).toBeVisible();
  await person.press('ControlOrMeta+z', 'ControlOrMeta+z');
  await expect(person.annotations).toHaveCount(0);
  await person.press('ControlOrMeta+z');
  await expect(app.page.getByText('There is nothing to undo.')).toBeVisible();
  await person.press('ControlOrMeta+y', 'ControlOrMeta+y', 'ControlOrMeta+y');
  await expect(person.annotations).toHaveCount(1);
  await expect(person.inspector.getByRole('button', { name: 'Jared Kushner', exact: true })).toBeVisible();
  await expect(person.inspector.getByRole('radio', { name: 'mixed' })).toBeChecked();
  await person.press('ControlOrMeta+Shift+z');
  await expect(app.page.getByText('001_37fe686bc9046649.txt', { exact: false }).first()).toBeVisible();
  await expect(person.annotations).toHaveCount(1);
  await person.expectSaved();
});

test('W7 the text cannot be changed by typing, deleting, cutting or pasting', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  const before = await person.text.textContent();
  await person.selectByMouse('unambiguous');
  await person.press('x', 'Backspace', 'Enter', 'ControlOrMeta+x', 'ControlOrMeta+v', 'Space');
  await app.page.keyboard.insertText('ä');
  expect(await person.text.textContent()).toBe(before);
});

test('W8 an event role filled from a selection makes the event and remembers its name', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse('comprising 30 nations');
  await person.press('f');
  await person.selectByMouse('a high-stakes summit in Paris');
  await person.press('e');
  await expect(person.inspector.getByRole('button', { name: 'a high-stakes summit in Paris', exact: true })).toBeVisible();
  await person.press('ControlOrMeta+z');
  await expect(person.inspector.getByRole('button', { name: 'a high-stakes summit in Paris', exact: true })).toHaveCount(0);
  await person.expectSaved();
});
