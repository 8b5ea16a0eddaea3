import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { keepState } from './kept-state.ts';
import type { Person } from './person.ts';

/** Takes a picture called `name`. */
type Shoot = (page: Page, name: string) => Promise<void>;

/** Pictures of the earlier states of a project with annotations; the page stays in the Annotate view. */
export async function shootEarlier(page: Page, person: Person, home: string, root: string, theme: string, shoot: Shoot): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Earlier states' });
  const open = async () => {
    await page.getByRole('button', { name: /^Project / }).click();
    await page.getByRole('menuitem', { name: 'Earlier states…' }).click();
    await dialog.waitFor();
  };
  // The host has kept one by itself, as long as the pictures before these took.
  rmSync(join(home, 'earlier'), { recursive: true, force: true });
  await open();
  await dialog.getByText('None is kept yet').waitFor();
  await shoot(page, `earlier-empty-${theme}`);
  await person.press('Escape');
  await keepState(home, root, 95);
  await person.open('000');
  const noted = 'Western allies have yet to provide legally binding guarantees';
  await person.annotations.filter({ hasText: noted }).first().click();
  await person.press('n');
  await page.keyboard.insertText('Check the wording against the video.');
  await person.press('Escape');
  await person.annotations.filter({ hasText: '30 nations' }).first().click();
  await person.goToText();
  await person.press('Delete');
  await person.expectSaved();
  await keepState(home, root, 12);
  await person.open('001');
  await person.selectByMouse('Paris');
  await person.press('f');
  await person.expectSaved();
  await open();
  await dialog.getByRole('option').last().click();
  await dialog.getByText('1 fact added').waitFor();
  for (const group of await dialog.locator('.earlier-group summary').all()) await group.click();
  await dialog.getByText('removed since').first().waitFor();
  await dialog.locator('.earlier-rows label').first().click();
  await shoot(page, `earlier-${theme}`);
  await page.setViewportSize({ width: 1024, height: 700 });
  await shoot(page, `earlier-small-${theme}`);
  await page.setViewportSize({ width: 720, height: 450 });
  await shoot(page, `earlier-zoomed-${theme}`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await person.press('Escape');
}
