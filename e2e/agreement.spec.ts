import { expect, test } from './app.ts';
import { Person } from './person.ts';

async function tag(person: Person, words: string, ...keys: string[]): Promise<void> {
  await person.selectByMouse(words);
  await person.press(...keys);
}

test('F102 F103 F104 F105 three annotators are compared and decided between by keyboard alone, with undo, and the export holds what was decided', async ({
  app,
  axe,
}) => {
  const { page } = app;
  const person = new Person(page);
  await page.getByRole('button', { name: /^Annotator: / }).click();
  await page.getByRole('menuitem', { name: /^Rename / }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Anna');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+8');
  await expect(page.getByText('Nothing can be compared yet.')).toBeVisible();
  await page.keyboard.press('Control+1');
  await person.open('000');
  await tag(person, 'unambiguous answer', 'q');
  await tag(person, 'a more cautious tone', 's', '2');
  await person.annotateAs('Ben');
  await tag(person, 'unambiguous answer', 'q');
  await tag(person, 'a more cautious tone', 's', '1');
  await person.annotateAs('Cleo');
  await tag(person, 'unambiguous answer', 'q');
  await tag(person, 'cautious tone', 's', '2');
  await tag(person, 'military hubs', 't');
  await person.expectSaved();

  // From here on without a mouse.
  await page.keyboard.press('Control+8');
  const table = page.getByRole('grid', { name: 'Agreement by article' });
  await expect(table).toBeFocused();
  // Three cases, of which one is agreed on, two are not, and none is decided.
  await expect(table.getByRole('row').nth(1)).toHaveText(/3120$/);
  for (const name of ['Anna', 'Ben', 'Cleo']) await expect(table.getByRole('row').nth(1)).toContainText(name);
  const quotes = page.getByRole('region', { name: 'Where annotations are' }).getByRole('row', { name: /^Quote(?!d)/ });
  await expect(quotes.getByRole('cell')).toHaveText(['', '1.00', '1.00', '1.00']);
  expect(await axe(), 'figures').toEqual([]);
  await expect(page.getByText('Nobody decides between the annotators yet.')).toBeVisible();
  await page.keyboard.press('Tab');
  const add = page.getByRole('button', { name: 'Add an adjudicator…' });
  await add.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: /^Adjudicates/ })).toBeChecked();
  await page.keyboard.type('Gold');
  await page.keyboard.press('Enter');
  await expect(page.getByText('You decide, as Gold.')).toBeVisible();
  await table.focus();
  await page.keyboard.press('Enter');

  const cases = page.getByRole('listbox', { name: 'Cases' });
  await expect(cases).toBeFocused();
  await expect(cases.getByRole('option')).toHaveText([
    /tone.*words, polarity/,
    /unambiguous answer.*all agree/,
    /military hubs.*not (Anna, Ben|Ben, Anna)$/,
  ]);
  const detail = page.getByRole('region', { name: 'What annotators made of it' });
  const versions = detail.getByRole('heading');
  await expect(versions).toHaveCount(3);
  const digitOf = async (name: string) => String((await versions.allInnerTexts()).indexOf(name) + 1);
  await expect(detail.getByRole('term').filter({ hasText: 'Polarity ≠ (differs)' })).toHaveCount(3);
  expect(await axe(), 'a case').toEqual([]);
  await page.keyboard.press(await digitOf('Ben'));
  await expect(cases.getByRole('option')).toHaveText([/unambiguous answer/, /military hubs/]);
  await expect(page.getByText('Taken from Ben. 2 left to decide.')).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(cases.getByRole('option')).toHaveCount(3);
  await page.keyboard.press('Home');
  await page.keyboard.press(await digitOf('Cleo'));
  await expect(page.getByText('Taken from Cleo. 2 left to decide.')).toBeVisible();
  const agreed = page.getByRole('button', { name: 'Take the 1 that all agree on' });
  await agreed.focus();
  await page.keyboard.press('Enter');
  await expect(cases.getByRole('option')).toHaveText([/military hubs/]);
  await expect(cases).toBeFocused();
  const done = page.getByRole('button', { name: 'Done: leave the other 1 out' });
  await done.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Everything here is decided.')).toBeVisible();
  await person.expectSaved();
  await page.keyboard.press('Escape');
  await expect(table.getByRole('row').nth(1)).toHaveText(/3122$/);

  await page.keyboard.press('Control+e');
  for (const name of ['Anna', 'Ben', 'Cleo']) await page.getByRole('checkbox', { name }).press('Space');
  const files = await app.exportDataset();
  const lines = (files.get('documents.jsonl') ?? '').trim().split('\n');
  const annotations = lines.flatMap(
    (line) => JSON.parse(line).annotations as { layer: string; spans: { text: string }[]; status: string }[],
  );
  expect(annotations.map(({ layer, spans }) => [layer, spans[0]?.text])).toEqual([
    ['STANCE', 'cautious tone'],
    ['QUOTE', 'unambiguous answer'],
  ]);
});

test('F104 a decision is taken back by a key, and a way back leads from the text to the cases', async ({ app, axe }) => {
  const { page } = app;
  const person = new Person(page);
  await person.open('000');
  await tag(person, 'unambiguous answer', 'q');
  await person.annotateAs('Ben');
  await tag(person, 'unambiguous answer', 's');
  await person.annotateAs('Gold', { adjudicates: true });
  await page.getByRole('button', { name: 'Agreement', exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Agreement by article' })).toBeFocused();
  await page.keyboard.press('Enter');
  const cases = page.getByRole('listbox', { name: 'Cases' });
  await expect(cases.getByRole('option')).toHaveText([/unambiguous answer.*layer/]);
  await page.keyboard.press('1');
  await expect(page.getByText('Everything here is decided.')).toBeVisible();
  await page.getByRole('radio', { name: 'All' }).click();
  await expect(cases.getByRole('option')).toHaveText([/✓ decided/]);
  await cases.focus();
  // Another version takes the place of the decision.
  const decision = page.getByRole('article').filter({ hasText: 'Decision of Gold' });
  const layer = await decision.getByRole('definition').first().textContent();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await axe(), 'a decision, dark').toEqual([]);
  await page.keyboard.press('2');
  await expect(decision.getByRole('definition').first()).toHaveText(layer === 'Quote' ? 'Stance' : 'Quote');
  await expect(cases.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Delete');
  await expect(page.getByText('The decision is taken back.')).toBeVisible();
  await expect(cases.getByRole('option')).not.toHaveText([/✓ decided/]);
  await page.getByRole('button', { name: 'Show in the text' }).click();
  await expect.poll(() => page.evaluate(() => document.getSelection()?.toString())).toBe('unambiguous answer');
  await page.getByRole('button', { name: '‹ Agreement' }).click();
  await expect(cases.getByRole('option')).toHaveCount(1);
  // Whoever works here next has not read the article yet, with another one on screen.
  await page.keyboard.press('Control+1');
  await person.open('004');
  await page.keyboard.press('Control+8');
  await page.getByRole('button', { name: /^Annotator: / }).click();
  await page.getByRole('menuitem', { name: 'Ben', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Annotator: Ben' })).toBeVisible();
  await expect(cases.getByRole('option')).toHaveText([/unambiguous answer.*layer/]);
  await expect(page.getByRole('button', { name: /^Take/ })).toHaveCount(0);
  await page.setViewportSize({ width: 720, height: 450 });
  const detail = page.getByRole('region', { name: 'What annotators made of it' });
  const tops = () => Promise.all([detail, detail.getByRole('article').first()].map(async (place) => (await place.boundingBox())?.y ?? 0));
  const [above = 0, first = 0] = await tops();
  expect(first, 'the first version lies under nothing in a low window').toBeGreaterThan(above);
});

test('F132 the scripts of the Dataset, Agreement and Compare views are fetched when the view first opens', async ({ app }) => {
  const { page } = app;
  const scripts = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .flatMap(({ name }) => /\/((?:dataset|agreement|compare)-view)[^/]*\.js$/.exec(name)?.[1] ?? [])
        .sort(),
    );
  await expect(page.getByRole('main', { name: 'Article' })).toBeVisible();
  expect(await scripts()).toEqual([]);
  await page.keyboard.press('Control+8');
  await expect(page.getByText('Nothing can be compared yet.')).toBeVisible();
  expect(await scripts()).toEqual(['agreement-view']);
  await page.keyboard.press('Control+e');
  await expect(page.getByRole('heading', { name: /^Dataset of/ })).toBeVisible();
  expect(await scripts()).toEqual(['agreement-view', 'dataset-view']);
  await page.keyboard.press('Control+9');
  await expect(page.getByText('Nothing is in more than one article yet.')).toBeVisible();
  expect(await scripts()).toEqual(['agreement-view', 'compare-view', 'dataset-view']);
});
