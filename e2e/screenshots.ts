import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { suggestionFamilies } from '../core/suggestions/choice.ts';
import { launchBrowser, pressmark } from './app.ts';
import { root, startHost } from './host-process.ts';
import { Person } from './person.ts';
import { shootAgreement } from './screenshots-agreement.ts';
import { shootCompare } from './screenshots-compare.ts';
import { shootDataset } from './screenshots-dataset.ts';
import { shootEarlier } from './screenshots-earlier.ts';
import { shootHome } from './screenshots-home.ts';
import { shootNothingFound, shootSearch } from './screenshots-search.ts';

/**
 * Takes a picture of every state of the workbench, in both themes, into the folder given as the first argument (`docs/pictures` when
 * none is): `node e2e/screenshots.ts`. The annotations on them are made by hand, through the page.
 */
const target = process.argv[2] ?? join(root, 'docs', 'pictures');
const home = mkdtempSync(join(tmpdir(), 'pressmark-pictures-'));
const env = { ...process.env, PRESSMARK_HOME: home };
mkdirSync(join(home, 'settings'), { recursive: true });
// Suggestions have pictures of their own.
writeFileSync(join(home, 'settings', 'settings.json'), JSON.stringify({ person: 'Anna', suggestions: { off: suggestionFamilies } }));

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

/** Makes an annotation of each of `words`, at once. */
async function tagged(person: Person, key: string, ...words: string[]): Promise<void> {
  for (const each of words) {
    await person.selectByMouse(each);
    await person.press(key);
  }
}

/** Links the mention in the waiting field to an entity made anew. */
async function linkNew(person: Person, type: string, name: string): Promise<void> {
  await person.press('l');
  await person.page.keyboard.insertText(name);
  await person.page.getByRole('option', { name: `Create ${type} “${name}”` }).click();
}

/** Pictures of who and what the annotations are about: relations, what is to complete, registry and codebook. */
async function shootRecords(page: Page, person: Person, theme: string): Promise<void> {
  const small = async (name: string) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await shoot(page, `${name}-small-${theme}`);
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  const answer = '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”';
  await person.open('002');
  await tagged(person, 'q', answer);
  await tagged(person, 'p', 'Ukrainian President Volodymyr Zelensky');
  await linkNew(person, 'person', 'Volodymyr Zelensky');
  await person.open('004');
  await tagged(person, 'f', 'The meeting included delegates from 35 countries, including 27 leaders');
  await tagged(person, 'e', 'This meeting in Paris');
  await person.open('000');
  await tagged(person, 'f', 'Russia currently occupies roughly 20% of Ukraine');
  await tagged(person, 's', 'described the UK-French commitment as a “huge step forward,”');
  await person.selectByMouse('Mr Zelensky', 'While Mr Zelensky described');
  await person.press('p');
  await linkNew(person, 'person', 'Zelensky (president)');
  await tagged(person, 'q', '“huge step forward,”');
  await person.press('v', ',', 'Enter');
  await person.page
    .getByText(/^Related/)
    .first()
    .waitFor();
  await person.press('r');
  const dialog = page.getByRole('dialog', { name: 'Relate to…' });
  await dialog.getByRole('option', { name: /Same quote/ }).waitFor();
  await shoot(page, `relate-${theme}`);
  await dialog.getByRole('option', { name: /Same quote/ }).click();
  await dialog.getByRole('option').first().waitFor();
  await shoot(page, `relate-picker-${theme}`);
  await page.keyboard.insertText('asking');
  await person.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  const relations = person.inspector.getByRole('region', { name: 'Relations' });
  await relations.getByRole('button', { name: '+ note' }).first().click();
  await page.keyboard.insertText('Only the second half is about the pledge.');
  await relations.scrollIntoViewIfNeeded();
  await shoot(page, `relations-${theme}`);
  await small('relations');
  await page
    .getByRole('button', { name: /to complete/ })
    .first()
    .click();
  await shoot(page, `to-complete-${theme}`);
  await person.press('Escape', 'ControlOrMeta+3');
  const entries = page.getByRole('listbox', { name: 'Entries' });
  await entries.getByRole('option', { name: /Volodymyr/ }).click();
  await page.getByRole('listbox', { name: 'Mentions' }).waitFor();
  await page.getByLabel('Wikidata id').fill('Q3874799');
  await page.getByRole('button', { name: '+ role' }).click();
  for (const [field, words] of [
    ['Title', 'President'],
    ['Organisation', 'Ukraine'],
    ['From', '2019-05-20'],
  ] as const) {
    await page.getByLabel(field).fill(words);
    await person.press('Enter');
  }
  await page.getByRole('button', { name: 'Merge into…' }).click();
  await page.getByRole('combobox', { name: /is merged into$/ }).fill('president');
  await person.press('Enter');
  await page.getByText('Which one stays?').waitFor();
  await page.getByRole('radio', { name: /^Volodymyr Zelensky/ }).click();
  await shoot(page, `merge-${theme}`);
  await page.getByRole('button', { name: 'Merge into Volodymyr Zelensky' }).click();
  await entries.getByRole('option', { name: /Volodymyr.*2 mentions/ }).click();
  await shoot(page, `registry-${theme}`);
  await small('registry');
  await person.press('ControlOrMeta+4');
  const parts = page.getByRole('navigation', { name: 'Parts of the codebook' });
  for (const [part, name] of [
    ['Contradicts', 'codebook-relation'],
    ['Entity types', 'codebook-entities'],
  ] as const) {
    await parts.getByRole('button', { name: new RegExp(`^${part}`) }).click();
    await shoot(page, `${name}-${theme}`);
    await small(name);
  }
  await parts.getByRole('button', { name: /^Stance/ }).click();
  await page.locator('summary', { hasText: 'favor, against' }).click();
  await page.getByRole('textbox', { name: 'Value favor of Polarity of Stance' }).fill('support');
  await person.press('Enter');
  await page
    .getByText(/annotations? of 1 annotator/)
    .first()
    .waitFor();
  await shoot(page, `codebook-${theme}`);
  await small('codebook');
  await page.getByRole('complementary', { name: 'What changes' }).getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Annotate', exact: true }).click();
}

async function rename(page: Page, person: Person): Promise<void> {
  await page.getByRole('button', { name: /^Annotator: / }).click();
  await page.getByRole('menuitem', { name: /^Rename / }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Anna');
  await person.press('Enter');
}

// What is suggested, in a home of its own where nothing is switched off.
async function shootSuggestions(page: Page, theme: 'light' | 'dark'): Promise<void> {
  const own = join(home, `suggestions-${theme}`);
  const surroundings = { ...env, PRESSMARK_HOME: own };
  mkdirSync(join(own, 'settings'), { recursive: true });
  writeFileSync(join(own, 'settings', 'settings.json'), JSON.stringify({ person: 'Anna', tourDone: true }));
  pressmark(['new', join(own, 'summit'), '--sample', '--name', 'Paris summit · Jan 2026'], surroundings);
  const host = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', join(own, 'summit'), '--no-open'], surroundings);
  await page.goto(host.url);
  const person = new Person(page);
  await rename(page, person);
  await person.open('000');
  await page
    .getByRole('contentinfo')
    .getByText(/suggestions/)
    .waitFor();
  await person.goToText();
  await person.press('.', 'Enter', 'Enter');
  await person.inspector.getByText('Suggested quote').waitFor();
  await shoot(page, `suggestions-${theme}`);
  await person.press('a');
  await page.getByRole('dialog', { name: 'Accept suggestions' }).getByRole('radio', { name: 'everything' }).click();
  await shoot(page, `suggestions-all-${theme}`);
  await person.press('Escape', 'ControlOrMeta+,');
  await page.getByRole('dialog', { name: 'Settings' }).waitFor();
  await shoot(page, `suggestions-settings-${theme}`);
  await page.getByRole('button', { name: /^Show rules/ }).click();
  await page.getByText(/open in the project/).waitFor();
  await shoot(page, `suggestions-rules-${theme}`);
  await host.stop();
}

mkdirSync(target, { recursive: true });
const browser = await launchBrowser();
for (const colorScheme of ['light', 'dark'] as const) {
  const project = join(home, `summit-${colorScheme}`);
  pressmark(['new', project, '--sample', '--name', 'Paris summit · Jan 2026'], env);
  const host = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', project, '--no-open'], env);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await page.goto(host.url);
  const person = new Person(page);
  await rename(page, person);
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
  await person.press('Escape');
  await shootDataset(page, host.url, colorScheme, shoot);
  await page.getByRole('button', { name: 'Annotate', exact: true }).click();
  await shootRecords(page, person, colorScheme);
  await shootSearch(page, person, colorScheme, shoot);
  await shootEarlier(page, person, home, project, colorScheme, shoot);
  writeFileSync(join(home, 'broken.txt'), '%PDF-1.7');
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
  await reader.getByRole('button', { name: 'Take over' }).waitFor();
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

  // Each begins with the sample as it is.
  for (const [name, shootAll] of [
    ['team', shootAgreement],
    ['reports', shootCompare],
  ] as const) {
    const folder = join(home, `${name}-${colorScheme}`);
    pressmark(['new', folder, '--sample', '--name', 'Paris summit · Jan 2026'], env);
    const third = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', folder, '--no-open'], env);
    const samplePage = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
    await samplePage.goto(third.url);
    const member = new Person(samplePage);
    await rename(samplePage, member);
    await shootAll(samplePage, member, colorScheme, shoot);
    await samplePage.close();
    await third.stop();
  }

  const empty = join(home, `empty-${colorScheme}`);
  pressmark(['new', empty, '--name', 'New project'], env);
  const second = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', empty, '--no-open'], env);
  const emptyPage = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await emptyPage.goto(second.url);
  await emptyPage.getByText('No articles yet').first().waitFor();
  await shoot(emptyPage, `empty-${colorScheme}`);
  await shootNothingFound(emptyPage, colorScheme, shoot);
  await emptyPage.goto(second.url.replace(/token=.*/, 'token=wrong'));
  await emptyPage.reload();
  await emptyPage.getByText('could not be opened').waitFor();
  await shoot(emptyPage, `error-${colorScheme}`);
  await second.stop();
  await shootSuggestions(emptyPage, colorScheme);
  await shootHome(emptyPage, home, colorScheme, shoot);
  await emptyPage.close();
}
await browser.close();
console.log(`Pictures are in ${target}`);
