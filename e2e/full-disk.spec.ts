import { expect, test } from './app.ts';
import { Person } from './person.ts';

test.use({ faulty: true });

test('W11 a full disk: Not saved with the reason, the edit stays, and it is saved once there is room', async ({ app }) => {
  const person = new Person(app.page);
  await person.open('000');
  await person.selectByMouse('unambiguous');
  await person.press('q');
  await person.expectSaved();
  app.setDiskFull(true);
  await person.selectByMouse('declaration of intent');
  await person.press('f');
  await expect(app.page.getByText('Not saved', { exact: false }).first()).toBeVisible();
  await expect(app.page.getByRole('alert')).toContainText(/disk|space/i);
  await expect(person.annotations).toHaveCount(2);
  app.setDiskFull(false);
  // The program's own next try may come first, and the button is then gone.
  await Promise.race([app.page.getByRole('button', { name: 'Try again now' }).click(), person.expectSaved()]);
  await person.expectSaved();
  await app.crashAndRestart();
  await expect(person.annotations).toHaveCount(2);
});
