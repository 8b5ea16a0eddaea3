import { expect, test } from './app.ts';
import { Person } from './person.ts';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test(`W12 axe finds nothing serious in any view, ${colorScheme}`, async ({ app, axe }) => {
      const person = new Person(app.page);
      await person.tagFour();
      await person.expectSaved();
      expect(await axe(), 'annotate').toEqual([]);
      await person.selectByMouse('Sir Keir');
      await expect(app.page.getByRole('toolbar', { name: 'Tag the selection' })).toBeVisible();
      expect(await axe(), 'toolbar').toEqual([]);
      await person.press('?');
      await expect(app.page.getByRole('dialog', { name: 'All keys' })).toBeVisible();
      expect(await axe(), 'keys').toEqual([]);
      await person.press('Escape');
      await app.page.getByRole('button', { name: 'Dataset', exact: true }).click();
      await expect(app.page.getByText('What it holds')).toBeVisible();
      expect(await axe(), 'dataset').toEqual([]);
    });
  });
}

test('W13 panes are cycled by F6, and Escape comes back from the inspector to the same place in the text', async ({ app }) => {
  const person = new Person(app.page);
  await person.selectByKeyboard('legally binding guarantees');
  await person.press('q', 'Enter');
  await expect(person.inspector.locator(':focus')).toHaveCount(1);
  await person.press('Escape');
  await expect(person.text).toBeFocused();
  for (let step = 0; step < 4; step++) await person.press('F6');
  await expect(person.text).toBeFocused();
});
