import type { Page } from '@playwright/test';
import type { Person } from './person.ts';

type Shoot = (page: Page, name: string) => Promise<void>;

/** Pictures of what is found: the field for everything, the Search view with a change of many, statistics and concordance. */
export async function shootSearch(page: Page, person: Person, theme: string, shoot: Shoot): Promise<void> {
  const small = async (name: string) => {
    await page.setViewportSize({ width: 1024, height: 700 });
    await shoot(page, `${name}-small-${theme}`);
    await page.setViewportSize({ width: 1440, height: 900 });
  };
  await person.press('ControlOrMeta+k');
  await page.keyboard.insertText('pledge');
  await page.getByRole('option', { name: /^All results/ }).waitFor();
  await shoot(page, `palette-${theme}`);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('> ');
  await shoot(page, `palette-commands-${theme}`);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('speeker:zelensky has:');
  await shoot(page, `palette-problem-${theme}`);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('layer:quote,stance');
  await person.press('ControlOrMeta+Enter');
  await page.getByRole('button', { name: /^Tick all/ }).click();
  await shoot(page, `search-${theme}`);
  await small('search');
  await page.getByRole('button', { name: 'Change layer…' }).click();
  await page.getByRole('dialog').getByRole('radio', { name: 'Fact' }).click();
  await page.getByText('For example').waitFor();
  await shoot(page, `search-change-${theme}`);
  await person.press('Escape', 'ControlOrMeta+6');
  await page.getByRole('grid', { name: 'Progress by article' }).waitFor();
  await page.locator('.chart svg').first().waitFor();
  await shoot(page, `statistics-${theme}`);
  await small('statistics');
  const sections = page.locator('.statistics-sections');
  await sections.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await shoot(page, `statistics-more-${theme}`);
  await person.press('ControlOrMeta+7');
  await shoot(page, `concordance-empty-${theme}`);
  await page.getByRole('combobox', { name: 'What to find' }).selectOption({ label: 'All forms of the words' });
  await page.getByRole('searchbox', { name: 'Words' }).fill('say');
  await page.getByRole('button', { name: /^Tick all/ }).click();
  await shoot(page, `concordance-${theme}`);
  await small('concordance');
  await page.getByRole('button', { name: 'Untick all' }).click();
  await page.getByRole('listbox', { name: 'Places' }).getByRole('option').nth(4).click();
  await page.getByRole('button', { name: '‹ Concordance' }).waitFor();
  await shoot(page, `concordance-opened-${theme}`);
  await page.setViewportSize({ width: 720, height: 450 });
  await shoot(page, `concordance-opened-zoomed-${theme}`);
  await page.getByRole('button', { name: '‹ Concordance' }).click();
  await shoot(page, `concordance-zoomed-${theme}`);
  await page.setViewportSize({ width: 1440, height: 900 });
  await person.press('ControlOrMeta+1');
}

/** Pictures of the same in a project without articles. */
export async function shootNothingFound(page: Page, theme: string, shoot: Shoot): Promise<void> {
  for (const [view, name] of [
    ['Search', 'search'],
    ['Statistics', 'statistics'],
    ['Concordance', 'concordance'],
  ] as const) {
    await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: view, exact: true }).click();
    await shoot(page, `${name}-no-articles-${theme}`);
  }
}
