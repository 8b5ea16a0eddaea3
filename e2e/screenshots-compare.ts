import type { Page } from '@playwright/test';
import type { Person } from './person.ts';

type Shoot = (page: Page, name: string) => Promise<void>;

const summit = 'Paris summit, January 2026';
const answer = '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”';
type Tagged = readonly [key: string, words: string, speaker: string | null, context?: string];
const reports: readonly (readonly [article: string, ...tagged: Tagged[]])[] = [
  [
    '000',
    ['q', answer, 'Mr Zelensky'],
    ['q', '“largely finished,”', 'US envoys'],
    ['q', '“90% ready.”', 'Mr Zelensky'],
    ['f', 'a “Coalition of the Willing” comprising 30 nations', null],
    ['f', 'Russia currently occupies roughly 20% of Ukraine', null],
  ],
  [
    '001',
    ['q', '‘largely finished,’', 'Witkoff'],
    ['q', '‘90% ready,’', 'President Volodymyr Zelensky'],
    ['f', 'The Paris talks, involving approximately 30 nations', null],
    ['f', 'Moscow maintains control over approximately 20% of Ukrainian territory', null],
  ],
  [
    '002',
    ['q', answer, 'Zelensky', 'Zelensky said, underscoring'],
    ['f', 'the United Kingdom and France signed a declaration of intent signalling their willingness to deploy troops to Ukraine', null],
  ],
  [
    '004',
    [
      'q',
      '«We have largely completed the agreement on security guarantees for Ukraine, ensuring that when this ends, it ends for good,»',
      'Jared Kushner',
    ],
    ['f', 'The meeting included delegates from 35 countries, including 27 leaders', null],
    ['f', 'Russia occupies approximately 20% of Ukraine', null],
  ],
];

/** Pictures of the Compare view of a project without annotations: with nothing to compare, with a candidate, and with the table, wide and narrow. */
export async function shootCompare(page: Page, person: Person, theme: string, shoot: Shoot): Promise<void> {
  await page.keyboard.press('Control+9');
  await page.getByText('Nothing is in more than one article yet.').waitFor();
  await shoot(page, `compare-nothing-${theme}`);
  await page.keyboard.press('Control+1');
  for (const [article, ...tagged] of reports) {
    await person.open(article);
    for (const [key, words, speaker, context] of tagged) {
      await person.selectByMouse(words);
      await person.press(key);
      if (speaker !== null) {
        await person.selectByMouse(speaker, context);
        await person.press('p');
      } else {
        const event = person.inspector.locator('.field', { hasText: 'Event' });
        await event.getByRole('button', { name: 'by name…' }).click();
        await page.keyboard.insertText(summit);
        await page
          .getByRole('option', { name: new RegExp(summit) })
          .first()
          .click();
      }
    }
  }
  await person.expectSaved();
  await page.keyboard.press('Control+9');
  const candidates = page.getByRole('listbox', { name: 'Candidates' });
  await candidates.getByRole('option').first().waitFor();
  await page.getByRole('region', { name: 'Candidate', exact: true }).waitFor();
  await shoot(page, `compare-candidates-${theme}`);
  const panel = page.getByRole('region', { name: 'Candidate', exact: true });
  // One is left, so that the picture shows it.
  while ((await candidates.getByRole('option').count()) > 1) {
    const proposed = (await panel.locator('.button[data-kind="primary"] kbd').textContent()) ?? '';
    const isLeft = (await panel.textContent())?.includes('90% ready') ?? false;
    await page.keyboard.press(isLeft ? 'ArrowDown' : ({ 'Shift R': 'Shift+R' }[proposed] ?? proposed));
    await page.waitForTimeout(150);
  }
  await page.keyboard.press('Escape');
  const table = page.getByRole('grid', { name: 'Quotes and claims by article' });
  await table.focus();
  await person.expectSaved();
  // The message about the last candidate gives way to the keys.
  await page.waitForTimeout(5200);
  await shoot(page, `compare-${theme}`);
  await page.setViewportSize({ width: 1024, height: 700 });
  await shoot(page, `compare-small-${theme}`);
  await page.setViewportSize({ width: 720, height: 450 });
  await shoot(page, `compare-zoomed-${theme}`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.keyboard.press('Control+1');
}
