import { expect, test } from './app.ts';
import { Person } from './person.ts';

test('L66 hundreds of annotations are found and become another layer in one step, which one undo takes back after a restart', async ({
  app,
  axe,
}) => {
  const person = new Person(app.page);
  const { page } = app;
  await person.open('000');
  await person.selectByMouse('in', 'in Paris');
  await person.press('o');
  const every = page.getByRole('dialog', { name: 'Tag every occurrence' });
  await every.getByRole('radio', { name: 'All articles' }).click();
  await every.getByText('Whole words').click();
  await expect(every.getByText(/found, \d+ ticked/)).toBeVisible();
  const tag = every.getByRole('button', { name: /^Tag \d{3} as quote$/ });
  const count = Number(/\d+/.exec((await tag.textContent()) ?? '')?.[0]);
  expect(count).toBeGreaterThan(300);
  await tag.click();
  await person.expectSaved();

  await person.press('ControlOrMeta+k');
  await page.keyboard.insertText('layer:quote');
  await person.press('ControlOrMeta+Enter');
  await page.getByRole('button', { name: `Tick all ${count}` }).click();
  await page.getByRole('button', { name: 'Change layer…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the layer' });
  await dialog.getByRole('radio', { name: 'Fact' }).click();
  await expect(dialog.getByText(`${count} annotations in 5 articles would change.`)).toBeVisible();
  expect(await axe()).toEqual([]);
  await dialog.getByRole('button', { name: `Change ${count} annotations to fact` }).click();
  await person.expectSaved();
  await app.crashAndRestart();

  const badges = (hue: string) => page.getByRole('listbox', { name: 'Articles' }).locator(`.article-counts [data-hue="${hue}"]`);
  const total = async (hue: string) => (await badges(hue).allTextContents()).reduce((sum, text) => sum + Number.parseInt(text, 10), 0);
  await expect.poll(() => total('yellow')).toBe(0);
  await person.goToText();
  await person.press('ControlOrMeta+z');
  await expect.poll(() => total('yellow')).toBe(count);
  await person.press('ControlOrMeta+5');
  await page.getByRole('combobox', { name: 'Query' }).fill('layer:quote');
  await expect(page.getByRole('radio', { name: `Annotations · ${count}` })).toBeVisible();
});

test('L74 a bar opens what it counts, L93 a cell too; L84 a word is listed in all its forms, and L87 each leads back', async ({
  app,
  axe,
}) => {
  const person = new Person(app.page);
  const { page } = app;
  await person.open('000');
  await person.selectByMouse('“90% ready.”');
  await person.press('q');
  await person.expectSaved();

  await person.press('ControlOrMeta+6');
  await page.getByRole('region', { name: 'Layers', exact: true }).getByRole('button', { name: 'Quote: 1 (100 %)' }).click();
  await expect(page.getByRole('radio', { name: 'Annotations · 1' })).toBeVisible();
  await page
    .getByRole('option', { name: /90% ready/ })
    .last()
    .click();
  await expect(person.inspector.getByText('“90% ready.”')).toBeVisible();
  await page.getByRole('button', { name: '‹ Results' }).click();
  await page.getByRole('button', { name: '‹ Statistics' }).click();
  const table = page.getByRole('grid', { name: 'Progress by article' });
  await table.getByRole('gridcell', { name: /^1\b.*in progress/ }).click();
  await expect(page.getByRole('radio', { name: 'Annotations · 1' })).toBeVisible();

  await person.press('ControlOrMeta+7');
  await page.getByRole('combobox', { name: 'What to find' }).selectOption({ label: 'All forms of the words' });
  await page.getByRole('searchbox', { name: 'Words' }).fill('say');
  await expect(page.getByText(/^15 places: said 12, says 2, say 1\.$/)).toBeVisible();
  expect(await axe()).toEqual([]);
  await page.getByRole('option', { name: /Analysts/ }).click();
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe('say');
  await person.press('q');
  await person.expectSaved();
  await page.getByRole('button', { name: '‹ Concordance' }).click();
  await expect(page.getByRole('option', { name: /Analysts/ })).toHaveAttribute('aria-selected', 'true');
});
