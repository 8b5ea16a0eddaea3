import type { Page } from '@playwright/test';
import type { Person } from './person.ts';

type Shoot = (page: Page, name: string) => Promise<void>;

/** Pictures of the Agreement view of a project without annotations: before anybody can be compared, all articles with the figures, and the cases of one. */
export async function shootAgreement(page: Page, person: Person, theme: string, shoot: Shoot): Promise<void> {
  const tagged = async (...steps: readonly (readonly [words: string, ...keys: string[]])[]) => {
    await person.open('000');
    for (const [words, ...keys] of steps) {
      await person.selectByMouse(words);
      await person.press(...keys);
    }
    await person.expectSaved();
  };
  const [answer, hubs] = [
    '“I am asking this very question to all our partners and I have not received a clear, unambiguous answer yet,”',
    '“military hubs”',
  ];
  const nations = 'a “Coalition of the Willing” comprising 30 nations';
  await tagged([answer, 'q'], ['struck a more cautious tone', 's', '2'], [nations, 'f'], [hubs, 't']);
  await page.keyboard.press('Control+8');
  await page.getByText('Nothing can be compared yet.').waitFor();
  await shoot(page, `agreement-alone-${theme}`);
  await page.keyboard.press('Control+1');
  await person.annotateAs('Ben');
  await tagged([answer, 'q'], ['a more cautious tone', 's', '1'], ['comprising 30 nations', 'f']);
  await person.annotateAs('Cleo');
  await tagged([answer, 'q'], ['cautious tone', 's', '2'], [nations, 'f'], [hubs, 'q']);
  await person.annotateAs('Gold', { adjudicates: true });
  await page.keyboard.press('Control+8');
  const table = page.getByRole('grid', { name: 'Agreement by article' });
  await table.getByRole('row').nth(1).waitFor();
  await shoot(page, `agreement-${theme}`);
  await table.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('region', { name: 'What annotators made of it' }).waitFor();
  await shoot(page, `agreement-cases-${theme}`);
  await page.setViewportSize({ width: 1024, height: 700 });
  await shoot(page, `agreement-cases-small-${theme}`);
  await page.setViewportSize({ width: 720, height: 450 });
  await shoot(page, `agreement-cases-zoomed-${theme}`);
  await page.setViewportSize({ width: 1440, height: 900 });
}
