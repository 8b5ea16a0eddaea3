import { dirname, join } from 'node:path';
import { expect, test } from './app.ts';
import { keepState } from './kept-state.ts';
import { Person } from './person.ts';

test.skip(({ hostKind }) => hostKind === 'electron', 'the page and its calls are the same');

test('W61 what was deleted since an earlier state is seen, brought back alone, and taken back by undo', async ({ app }) => {
  const { page } = app;
  const person = new Person(page);
  const deleted = person.annotations.filter({ hasText: 'unambiguous answer' });
  await person.open('000');
  await person.selectByMouse('unambiguous answer');
  await person.press('q');
  await person.selectByMouse('declaration of intent');
  await person.press('f');
  await person.expectSaved();
  await keepState(join(dirname(app.project), 'home'), app.project, 12);

  await deleted.click();
  await person.goToText();
  await person.press('Delete');
  await person.annotations.filter({ hasText: 'declaration of intent' }).click();
  await person.press('n');
  await page.keyboard.insertText('Ask the ministry.');
  await person.press('Escape');
  await person.selectByMouse('legally binding guarantees');
  await person.press('f');
  await person.expectSaved();
  await expect(person.annotations).toHaveCount(2);

  await page.getByRole('button', { name: /^Project / }).click();
  await page.getByRole('menuitem', { name: 'Earlier states…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Earlier states' });
  await expect(dialog.getByRole('option')).toHaveText(/3 steps since/);
  await dialog.getByText('1 quote removed; 1 fact added, 1 changed').click();
  await expect(dialog.locator('.earlier-rows li')).toHaveText([
    /Fact added since\s*legally binding guarantees$/,
    /Quote removed since\s*unambiguous answer$/,
    /Fact changed since\s*declaration of intent\s*note: nothing → Ask the ministry\.$/,
  ]);
  await dialog.getByText('unambiguous answer').click();
  await dialog.getByRole('button', { name: 'Restore what is ticked' }).click();
  await expect(dialog.getByText('1 fact added, 1 changed')).toBeVisible();
  await expect(dialog.getByText(/quote removed/)).toHaveCount(0);
  await person.press('Escape');
  await expect(deleted).toBeVisible();
  await expect(person.annotations).toHaveCount(3);

  await person.goToText();
  await person.press('ControlOrMeta+z');
  await expect(deleted).toHaveCount(0);
  await expect(person.annotations).toHaveCount(2);
  await person.expectSaved();
});
