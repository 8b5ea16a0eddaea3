import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { launchBrowser, pressmark } from './app.ts';
import { root, startHost } from './host-process.ts';
import { Person } from './person.ts';

/**
 * Takes a picture of every state of the workbench, in both themes, into the folder given as the first argument (`docs/pictures` when
 * none is): `node e2e/screenshots.ts`. The annotations on them are made by hand, through the page.
 */
const target = process.argv[2] ?? join(root, 'docs', 'pictures');
const home = mkdtempSync(join(tmpdir(), 'pressmark-pictures-'));
const env = { ...process.env, PRESSMARK_HOME: home };
mkdirSync(join(home, 'settings'), { recursive: true });
writeFileSync(join(home, 'settings', 'settings.json'), JSON.stringify({ person: 'Anna' }));

async function annotate(person: Person): Promise<void> {
  const roles = async (...filled: [key: string, words: string][]) => {
    for (const [key, words] of filled) {
      await person.selectByMouse(words);
      await person.press(key);
    }
  };
  await person.open('000');
  await roles(['q', 'Western allies have yet to provide legally binding guarantees to protect his country from future Russian aggression']);
  await roles(['p', 'Volodymyr Zelensky'], ['c', 'warned']);
  await person.press('3');
  await roles(['q', '“90% ready.”'], ['p', 'Mr Zelensky'], ['c', 'claimed']);
  await person.press('2');
  await roles(['f', 'a “Coalition of the Willing” comprising 30 nations'], ['e', 'a high-stakes summit in Paris']);
  await roles([
    'f',
    'UK Prime Minister Sir Keir Starmer and French President Emmanuel Macron signed a declaration of intent to deploy troops to Ukraine',
  ]);
  await roles(
    ['s', 'the plan involved establishing “military hubs” across the country to deter any future Russian invasion'],
    ['p', 'Sir Keir'],
  );
  await person.press('1');
  await roles(['t', '“military hubs”']);
  await roles(['s', 'did not sign the pledge'], ['p', 'the United States'], ['g', 'the pledge']);
  await person.press('2');
  await roles(
    ['q', '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”'],
    ['c', 'said'],
  );
  await person.expectSaved();
  await person.selectByKeyboard('he said');
  await person.press('ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowRight', 'p');
  await person.expectSaved();
}

const shoot = async (page: Page, name: string) => {
  // The last message has its place in the status line; the pictures show the hints that stand there otherwise.
  await page.waitForTimeout(250);
  await page.screenshot({ path: join(target, `${name}.png`) });
};

mkdirSync(target, { recursive: true });
const browser = await launchBrowser();
for (const colorScheme of ['light', 'dark'] as const) {
  const project = join(home, `summit-${colorScheme}`);
  pressmark(['new', project, '--sample', '--name', 'Paris summit · Jan 2026'], env);
  const host = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', project, '--no-open'], env);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await page.goto(host.url);
  const person = new Person(page);
  await page.getByRole('button', { name: /^Annotator: / }).click();
  await page.getByRole('menuitem', { name: /^Rename / }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Anna');
  await person.press('Enter');
  await annotate(person);
  await page.getByRole('main').evaluate((main) => main.scrollTo(0, 0));
  await page.locator('.annotations').evaluate((list) => list.scrollTo(0, 0));
  await shoot(page, `annotate-${colorScheme}`);
  await person.selectByMouse('a landmark military pledge');
  await shoot(page, `selection-${colorScheme}`);
  await page.setViewportSize({ width: 1024, height: 700 });
  await shoot(page, `small-${colorScheme}`);
  await page.setViewportSize({ width: 720, height: 450 });
  await shoot(page, `zoomed-${colorScheme}`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await person.goToText();
  await person.press('?');
  await shoot(page, `keys-${colorScheme}`);
  await person.press('Escape', 'ControlOrMeta+e');
  await page.getByText('What it holds').waitFor();
  await shoot(page, `dataset-${colorScheme}`);
  await page.getByRole('button', { name: 'Annotate', exact: true }).click();
  writeFileSync(join(home, 'broken.txt'), new Uint8Array([0x4d, 0xfc, 0x6e]));
  await page.locator('input[type="file"]').setInputFiles([join(home, 'broken.txt'), join(root, 'seeds', '001_37fe686bc9046649.txt')]);
  await page.getByRole('dialog', { name: 'Import' }).getByText('1 not imported').waitFor();
  await shoot(page, `import-${colorScheme}`);
  await person.press('Escape');
  const words = 'Western leaders met in Paris on Tuesday to sign a declaration of intent on troops, officials said.';
  writeFileSync(
    join(home, 'pledge.html'),
    `<html lang="en"><title>Allies sign pledge</title><nav><p>Home</p></nav><h1>Allies sign pledge</h1><p>${words}</p><p>Add Comment</p></html>`,
  );
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([join(home, 'pledge.html')]);
  await page.getByText('1 article found.').waitFor();
  await shoot(page, `import-preview-${colorScheme}`);
  await person.press('Escape');
  const reader = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await reader.goto(host.url);
  await reader.getByText('Take over').waitFor();
  await shoot(reader, `read-only-${colorScheme}`);
  await reader.close();
  await person.open('000');
  await host.kill();
  await person.goToText();
  await person.press('.', 'n');
  await page.keyboard.type('Check the wording against the video.');
  await person.press('Escape');
  await page.getByText('Not saved').waitFor();
  await shoot(page, `not-saved-${colorScheme}`);
  await page.close();

  const empty = join(home, `empty-${colorScheme}`);
  pressmark(['new', empty, '--name', 'New project'], env);
  const second = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', empty, '--no-open'], env);
  const emptyPage = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await emptyPage.goto(second.url);
  await emptyPage.getByText('No articles yet').first().waitFor();
  await shoot(emptyPage, `empty-${colorScheme}`);
  await emptyPage.goto(second.url.replace(/token=.*/, 'token=wrong'));
  await emptyPage.reload();
  await emptyPage.getByText('could not be opened').waitFor();
  await shoot(emptyPage, `error-${colorScheme}`);
  await second.stop();
  await emptyPage.close();
}
await browser.close();
console.log(`Pictures are in ${target}`);
