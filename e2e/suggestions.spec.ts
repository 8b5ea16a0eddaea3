import { expect, test } from './app.ts';
import { Person } from './person.ts';

test.use({ suggestions: true });

test('Z40 what is suggested is accepted and rejected by one key each, and the decisions hold after a crash', async ({ app, axe }) => {
  const person = new Person(app.page);
  const bar = app.page.getByRole('contentinfo');
  await person.open('000');
  await expect(bar).toContainText(/0 annotations · \d\d suggestions/);
  const count = Number(/(\d+) suggestions/.exec((await bar.textContent()) ?? '')?.[1]);
  await person.goToText();
  await person.press('.');
  await expect(person.inspector).toContainText('Suggested indirect quote');
  await expect(person.inspector).toContainText('Volodymyr Zelensky');
  expect(await axe()).toEqual([]);
  await person.press('Enter', 'x', 'Enter');
  await expect(bar).toContainText(`2 annotations · ${count - 3} suggestions`);
  await person.expectSaved();
  await app.crashAndRestart();
  await expect(bar).toContainText(`2 annotations · ${count - 3} suggestions`);
  await app.page.getByRole('radio', { name: 'Annotations 2' }).click();
  await expect(person.annotations.first()).toContainText('Volodymyr Zelensky');
  await expect(person.text.locator('[data-annotations*="~"]')).toHaveCount(0);
  await person.goToText();
  await person.press('.');
  await expect(person.inspector).toContainText('accepted suggestion (quote.that)');
});
