import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { Person } from './person.ts';

/** Quotes some words and makes others their speaker, by mouse and key. */
async function quote(person: Person, words: string, speaker: string): Promise<void> {
  await person.selectByMouse(words);
  await person.press('q');
  await person.selectByMouse(speaker);
  await person.press('p');
}

/** Makes a person of the mentions without a link that read like `words`, in the registry view. */
async function link(page: Page, words: string): Promise<void> {
  await page.getByRole('radio', { name: /^Without a link/ }).click();
  await page.getByRole('listbox', { name: 'Mentions without a link' }).getByRole('option').filter({ hasText: words }).click();
  await page.getByRole('button', { name: /^Link (it|all)/ }).click();
  await page.getByRole('option', { name: /^Create person/ }).click();
  await expect(page.getByText(/^Linked /)).toBeVisible();
}

test('Y11 entries are merged and one is split, with previews; after a restart undo takes both back and redo does them again', async ({
  app,
  axe,
}) => {
  const person = new Person(app.page);
  await person.open('000');
  await quote(person, 'provide legally binding guarantees', 'Volodymyr Zelensky');
  await quote(person, '“90% ready.”', 'Mr Zelensky');
  await person.press('ControlOrMeta+3');
  await link(app.page, 'Mr Zelensky');
  await link(app.page, 'Volodymyr Zelensky');
  await app.page.getByRole('radio', { name: /^Entries/ }).click();
  const entries = () => app.page.getByRole('listbox', { name: 'Entries' });
  const names = async (list: Locator) => (await list.locator('.registry-name').allTextContents()).sort();
  await expect(entries().getByRole('option', { name: /Mr Zelensky.*1 mention/ })).toBeVisible();

  // By keyboard: tick both, merge into the one whose name is whole.
  await entries().focus();
  await person.press('Home', ' ', 'ArrowDown', ' ');
  await app.page.getByRole('button', { name: 'Merge…', exact: true }).press('Enter');
  await app.page.getByRole('radio', { name: /^Volodymyr Zelensky/ }).click();
  expect(await axe(), 'merge').toEqual([]);
  await app.page.getByRole('button', { name: 'Merge into Volodymyr Zelensky' }).click();
  await expect(entries().getByRole('option', { name: /Volodymyr Zelensky.*2 mentions/ })).toBeVisible();

  // Split what was the other one's mention off again, under a name of its own.
  const places = app.page.getByRole('listbox', { name: 'Mentions' });
  await places.getByRole('option').filter({ hasText: 'Mr Zelensky' }).locator('.box').click();
  expect(await axe(), 'registry').toEqual([]);
  await app.page.getByRole('button', { name: 'Split 1 off…' }).click();
  await app.page.getByRole('textbox', { name: 'Name of the new entry' }).fill('Another Zelensky');
  await app.page.getByRole('button', { name: 'Split 1 mention off' }).click();
  await expect.poll(() => names(entries())).toEqual(['Another Zelensky', 'Volodymyr Zelensky']);
  await expect(entries().getByRole('option', { name: /Another Zelensky.*1 mention/ })).toBeVisible();
  await person.expectSaved();

  await app.crashAndRestart();
  const after = new Person(app.page);
  await after.press('ControlOrMeta+3');
  await expect.poll(() => names(entries())).toEqual(['Another Zelensky', 'Volodymyr Zelensky']);
  await entries().focus();
  await after.press('ControlOrMeta+z');
  await expect.poll(() => names(entries())).toEqual(['Volodymyr Zelensky']);
  await expect(entries().getByRole('option', { name: /2 mentions/ })).toBeVisible();
  await after.press('ControlOrMeta+z');
  await expect.poll(() => names(entries())).toEqual(['Mr Zelensky', 'Volodymyr Zelensky']);
  await after.press('ControlOrMeta+Shift+z');
  await after.press('ControlOrMeta+Shift+z');
  await expect.poll(() => names(entries())).toEqual(['Another Zelensky', 'Volodymyr Zelensky']);

  // A mention leads to its place in the text.
  await entries()
    .getByRole('option', { name: /Another/ })
    .click();
  await places.focus();
  await after.press('End', 'Enter');
  await after.expectSelected('Mr Zelensky');
});
