import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { pressmark } from './app.ts';
import { root, startHost } from './host-process.ts';

/** Takes a picture called `name`. */
type Shoot = (page: Page, name: string) => Promise<void>;

/** Pictures of the Project home in its states, in a home of its own below `folder`. */
export async function shootHome(page: Page, folder: string, theme: 'light' | 'dark', shoot: Shoot): Promise<void> {
  const home = join(folder, `home-${theme}`);
  const env = { ...process.env, PRESSMARK_HOME: home };
  mkdirSync(join(home, 'settings'), { recursive: true });
  writeFileSync(join(home, 'settings', 'settings.json'), JSON.stringify({ person: 'Anna', tourDone: true }));
  const host = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', '--no-open'], env);
  const button = (name: string | RegExp) => page.getByRole('button', { name });
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(host.url);
  await button(/^The sample project/).waitFor();
  await shoot(page, `home-empty-${theme}`);
  const stick = join(home, 'stick');
  for (const [place, name, more] of [
    [join(home, 'projects', 'Budget vote'), 'Budget vote', []],
    [join(home, 'projects', 'Border talks'), 'Border talks, third round', ['--sample']],
    [stick, 'Mayor’s resignation', []],
  ] as const)
    pressmark(['new', place, '--name', name, ...more], env);
  const goHome = async () => {
    await page.getByRole('button', { name: /^Project / }).click();
    await page.getByRole('menuitem', { name: /^Project home/ }).click();
    await button('New project…').waitFor();
  };
  await button('Open a folder…').click();
  await page.keyboard.insertText(join(home, 'nothing'));
  await page.keyboard.press('Enter');
  await page.getByText('There is no Pressmark project here.').waitFor();
  await shoot(page, `home-open-${theme}`);
  await page.getByRole('textbox', { name: 'Folder of the project' }).fill(stick);
  await page.keyboard.press('Enter');
  await goHome();
  await button(/^The sample project/).click();
  await goHome();
  await button(/^Border talks/).click();
  await goHome();
  renameSync(stick, join(home, 'elsewhere'));
  await page.reload();
  await page.getByText('No longer there', { exact: false }).waitFor();
  await page
    .getByText('1 article', { exact: false })
    .or(page.getByText('5 articles imported', { exact: false }))
    .first()
    .waitFor();
  await shoot(page, `home-${theme}`);
  for (const [name, width, height] of [
    ['small', 1024, 700],
    ['zoomed', 720, 450],
  ] as const) {
    await page.setViewportSize({ width, height });
    await shoot(page, `home-${name}-${theme}`);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await button('New project…').click();
  await page.getByLabel('Choose a folder of articles', { exact: true }).setInputFiles(join(root, 'seeds'));
  await page.getByText(/^5 files chosen/).waitFor();
  await shoot(page, `home-new-${theme}`);
  await page.keyboard.press('Escape');
  const zip = join(home, 'for a colleague.zip');
  pressmark(['backup', join(home, 'projects', 'Border talks'), '--out', zip, '--no-text'], env);
  await button('Restore a backup…').click();
  await page.getByLabel('Choose a backup', { exact: true }).setInputFiles(zip);
  await page.getByRole('list', { name: 'Missing texts' }).waitFor();
  await shoot(page, `home-lacking-${theme}`);
  await page.getByLabel('Choose the folder of the articles', { exact: true }).setInputFiles(join(root, 'seeds'));
  await page.getByRole('textbox', { name: 'Folder' }).waitFor();
  await shoot(page, `home-restore-${theme}`);
  await button(/^Restore$/)
    .last()
    .click();
  await page.getByRole('button', { name: /^Project Border talks/ }).waitFor();
  await host.stop();
  rmSync(home, { recursive: true });
}
