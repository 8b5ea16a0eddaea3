import { type App, expect, test } from './app.ts';
import { Person } from './person.ts';

const answer = '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”';
const summit = 'Paris summit, January 2026';

async function tag(person: Person, key: string, words: string, speaker?: string, context?: string): Promise<void> {
  await person.selectByMouse(words);
  await person.press(key);
  if (speaker === undefined) return;
  await person.selectByMouse(speaker, context);
  await person.press('p');
}

/** Fills the event of the active fact by its name; the first time makes the entity. */
async function ofTheSummit(person: Person): Promise<void> {
  const event = person.inspector.locator('.field', { hasText: 'Event' });
  await event.getByRole('button', { name: 'by name…' }).click();
  await person.page.keyboard.insertText(summit);
  await person.page
    .getByRole('option', { name: new RegExp(summit) })
    .first()
    .click();
}

async function annotate(person: Person): Promise<void> {
  await person.open('000');
  await tag(person, 'q', answer, 'he', 'he said');
  await tag(person, 'q', '“largely finished,”', 'US envoys');
  await tag(person, 'f', 'a “Coalition of the Willing” comprising 30 nations');
  await ofTheSummit(person);
  await person.open('001');
  await tag(person, 'q', '‘largely finished,’', 'Witkoff');
  await tag(person, 'f', 'The Paris talks, involving approximately 30 nations');
  await ofTheSummit(person);
  await person.open('002');
  await tag(person, 'q', answer, 'Zelensky', 'Zelensky said, underscoring');
  await person.open('004');
  await tag(person, 'f', 'The meeting included delegates from 35 countries, including 27 leaders');
  await ofTheSummit(person);
  await person.expectSaved();
}

async function relations(app: App): Promise<string[]> {
  const files = await app.exportDataset();
  const lines = (files.get('relations.jsonl') ?? '').split('\n').filter(Boolean);
  return lines.map((line) => {
    const { type, attributes } = JSON.parse(line) as { type: string; attributes: Record<string, string> };
    return [type, ...Object.values(attributes)].join(' ');
  });
}

test('F110 F111 F113 reports of one event are compared and judged by keys alone, opened in their articles, undone and exported', async ({
  app,
  axe,
}) => {
  const { page } = app;
  const person = new Person(page);
  await page.keyboard.press('Control+9');
  await expect(page.getByText('Nothing is in more than one article yet.')).toBeVisible();
  await page.keyboard.press('Control+1');
  await annotate(person);

  // From here on without a mouse.
  await page.keyboard.press('Control+9');
  const scopes = page.getByRole('listbox', { name: 'Events and articles' });
  const candidates = page.getByRole('listbox', { name: 'Candidates' });
  const panel = page.getByRole('region', { name: 'Candidate', exact: true });
  const table = page.getByRole('grid', { name: 'Quotes and claims by article' });
  await expect(scopes.getByRole('option')).toHaveText([/^Paris summit.*3 articles$/, /^All articles.*5 articles$/]);
  await expect(candidates).toBeFocused();
  await expect(candidates.getByRole('option')).toHaveCount(4);
  await expect(panel).toContainText('the same words · another speaker');
  // The current row has a ring, not the list around it.
  await expect(candidates).toHaveCSS('outline-style', 'none');
  expect(await axe(), 'a candidate').toEqual([]);
  await page.keyboard.press('Enter');
  await expect(panel).toContainText('30 nations');
  await expect(panel).toContainText('the same number: 30; about 30');
  await page.keyboard.press('Enter');
  // One of the two is left: the other conflict follows from the first, since both are about the same claim.
  await expect(panel).toContainText('numbers that differ');
  await expect(candidates.getByRole('option')).toHaveCount(2);
  await page.keyboard.press('x');
  await expect(candidates).toBeHidden();
  await page.keyboard.press('Control+z');
  await expect(candidates.getByRole('option')).toHaveCount(2);
  await expect(table).toBeFocused();
  await page.keyboard.press('F6');
  await expect(scopes).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(candidates).toBeFocused();
  await expect(panel).toContainText('numbers that differ');
  await page.keyboard.press('c');
  await expect(candidates).toBeHidden();
  await expect(table).toBeFocused();
  await expect(page.getByText('3 articles · 1 shared quote · 1 shared claim · 1 conflict · 1 difference of speaker')).toBeVisible();
  await expect(table.getByRole('row', { name: /30 nations/ }).last()).toContainText('conflicts: 30, not 35');
  expect(await axe(), 'the table').toEqual([]);
  await page.emulateMedia({ colorScheme: 'dark' });
  // Colours are not final while they are being animated.
  await page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)).then(() => undefined));
  expect(await axe(), 'the table, dark').toEqual([]);
  await page.emulateMedia({ colorScheme: 'light' });

  const current = page.locator('.matrix [data-current="true"]');
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  for (let step = 0; step < 3 && !(await current.textContent())?.includes('35 countries'); step++) await page.keyboard.press('ArrowRight');
  await expect(current).toContainText('conflicts: 35, not 30');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^004_/)).toBeVisible();
  await expect(person.inspector.getByRole('heading')).toHaveText('Fact');
  await expect(person.inspector).toContainText('35 countries');
  const back = page.getByRole('button', { name: '‹ Compare' });
  await back.focus();
  await page.keyboard.press('Enter');
  await expect(table).toBeFocused();
  await expect(current).toContainText('conflicts: 35, not 30');

  // All articles have one more quote in common.
  await scopes.focus();
  await page.keyboard.press('End');
  await expect(candidates.getByRole('option')).toHaveCount(1);
  await page.keyboard.press('Tab');
  await expect(panel).toContainText('the same words');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^4 articles of 5 with something in common · 2 shared quotes/)).toBeVisible();
  await expect(table.getByText('word for word ×2')).toHaveCount(4);
  await person.expectSaved();
  await page.keyboard.press('Control+e');
  expect((await relations(app)).sort()).toEqual(['contradicts number', 'same_claim', 'same_quote verbatim', 'same_quote verbatim']);
});
