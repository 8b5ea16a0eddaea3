import type { Page } from '@playwright/test';
import { expect, expectKept, test } from './app.ts';
import { Person } from './person.ts';

const settingsOf = (page: Page) => page.getByRole('dialog', { name: 'Settings' });
const drawerOf = (page: Page, name: string) => page.getByRole('dialog', { name });

test.describe('in a window of 720 by 450', () => {
  test.use({ viewport: { width: 720, height: 450 } });

  test('F10 below 1,024 pixels the panes are drawers: keys open them, focus goes in and comes back, nothing lies over the text when they are closed', async ({
    app: { page },
    axe,
  }) => {
    const person = new Person(page);
    await person.selectByKeyboard('legally binding guarantees');
    await person.press('q', 'Escape');
    await expect(page.getByRole('listbox')).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+b');
    const articles = drawerOf(page, 'Article list');
    await expect(articles.getByRole('listbox')).toBeFocused();
    expect(await axe(), 'articles drawer').toEqual([]);
    await page.keyboard.press('Escape');
    await expect(articles).toHaveCount(0);
    await expect(person.text).toBeFocused();

    await person.press('F6');
    await expect(person.inspector).toBeVisible();
    await person.press('F6');
    await expect(drawerOf(page, 'Inspector and annotations').locator('.annotation-list :focus')).toHaveCount(1);
    await person.press('F6');
    await expect(articles.locator(':focus')).toHaveCount(1);
    await person.press('F6');
    await expect(person.text).toBeFocused();
    await expect(page.locator('.drawer')).toHaveCount(0);

    await person.press('.', 'Enter');
    await expect(person.inspector.locator(':focus')).toHaveCount(1);
    expect(await axe(), 'inspector drawer').toEqual([]);
    await person.press('Escape');
    await expect(person.text).toBeFocused();
    await person.press('n');
    await page.keyboard.type('Checked.');
    await person.press('Escape');
    await expect(page.locator('.drawer')).toHaveCount(0);
    await person.press('Enter');
    await expect(person.inspector.getByRole('textbox', { name: 'Note' })).toHaveValue('Checked.');
  });

  test('F10 a drawer closes when something in it is chosen, by mouse and by Enter, and the text has the focus', async ({
    app: { page },
  }) => {
    const person = new Person(page);
    await page.getByRole('button', { name: 'Article list', exact: true }).click();
    await drawerOf(page, 'Article list').getByRole('option').nth(1).click();
    await expect(page.locator('.drawer')).toHaveCount(0);
    await expect(page.getByText(/^001/)).toBeVisible();
    await expect(person.text).toBeFocused();
    await page.keyboard.press('ControlOrMeta+b');
    await person.press('ArrowDown', 'Enter');
    await expect(page.locator('.drawer')).toHaveCount(0);
    await expect(page.getByText(/^002/)).toBeVisible();
    await expect(person.text).toBeFocused();
    await page.getByRole('button', { name: 'Inspector and annotations', exact: true }).click();
    await expect(drawerOf(page, 'Inspector and annotations')).toBeVisible();
    await page.getByRole('button', { name: 'Inspector and annotations', exact: true }).click();
    await expect(page.locator('.drawer')).toHaveCount(0);
  });
});

test('F11 panes fold away by key and button, and stay so after a restart; a reset brings them back', async ({ app }) => {
  const { page } = app;
  const person = new Person(page);
  await person.goToText();
  await page.keyboard.press('ControlOrMeta+b');
  await expect(page.getByRole('listbox', { name: 'Articles' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Hide inspector and annotations' }).click();
  await expect(person.inspector).toHaveCount(0);
  await expect(person.text).toBeFocused();
  await expectKept(app, /"side": 1/);
  await app.crashAndRestart();
  await expect(person.text).toBeVisible();
  await expect(page.getByRole('listbox')).toHaveCount(0);
  await person.selectByKeyboard('legally binding guarantees');
  // What asks for a pane brings it back.
  await person.press('q', 'n');
  await expect(person.inspector.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await page.keyboard.press('ControlOrMeta+,');
  await settingsOf(page).getByRole('button', { name: 'Reset their places and sizes' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('listbox', { name: 'Articles' })).toBeVisible();
});

test('F12 the annotation list is filtered and sorted, counts what it shows, and says how to clear a filter that lets nothing through', async ({
  app: { page },
  axe,
}) => {
  const person = new Person(page);
  await person.tagFour();
  await page.getByRole('button', { name: 'Filter and sort' }).click();
  const list = page.getByRole('region', { name: 'Annotations of this article' });
  await list.getByRole('combobox', { name: 'Sort annotations' }).selectOption('By layer');
  await expect(person.annotations.first()).toContainText('unambiguous answer');
  await expect(person.annotations.last()).toContainText('declaration of intent');
  await list.getByRole('combobox', { name: 'Sort annotations' }).selectOption('Newest first');
  await expect(person.annotations.first()).toContainText('military hubs');
  await list.getByRole('button', { name: 'Stance, 1' }).click();
  await expect(person.annotations).toHaveCount(1);
  await expect(list.getByRole('heading')).toHaveText('In this article · 1 of 4');
  await list.getByRole('textbox', { name: 'Filter annotations' }).fill('nothing like it');
  await expect(list).toContainText('None of the 4 annotations passes the filter.');
  expect(await axe(), 'filters').toEqual([]);
  await list.getByRole('button', { name: 'Clear the filter' }).click();
  await expect(person.annotations).toHaveCount(4);
  await list.getByRole('button', { name: 'to complete 2' }).click();
  await expect(person.annotations).toHaveCount(2);
  await expect(person.annotations.filter({ hasText: 'needs polarity' })).toHaveCount(1);
});

test('F13 the history lists the steps; choosing one goes back to it and forth again, by keyboard', async ({ app: { page }, axe }) => {
  const person = new Person(page);
  await person.tagFour();
  await page.keyboard.press('ControlOrMeta+Shift+h');
  const steps = page.getByRole('listbox', { name: 'Steps, newest first' }).getByRole('option');
  await expect(steps).toHaveText([/^●Tag quoted termyou are here.*Zelensky/, /Tag stance/, /Tag fact/, /Tag quote/, /The beginning/]);
  await expect(page.getByRole('listbox', { name: 'Steps, newest first' })).toBeFocused();
  expect(await axe(), 'history').toEqual([]);
  await person.press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
  await expect(steps.nth(3)).toContainText('you are here');
  await expect(steps.first()).toContainText('(undone)');
  await expect(page.locator('.annotation-row')).toHaveCount(1);
  await person.press('Home', 'Enter');
  await expect(steps.first()).toContainText('you are here');
  await expect(page.locator('.annotation-row')).toHaveCount(4);
  await person.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await person.expectSaved();
});

test('F14 a key is changed by pressing another; one that is taken is named and can be swapped; hints, toolbar and list follow; it outlives a restart', async ({
  app,
  axe,
}) => {
  test.slow();
  const { page } = app;
  const person = new Person(page);
  await person.goToText();
  await page.keyboard.press('ControlOrMeta+,');
  const settings = settingsOf(page);
  expect(await axe(), 'settings').toEqual([]);
  const change = settings.getByRole('button', { name: 'Change the key of: Tag as quote', exact: true });
  await change.click();
  await person.press('s');
  await expect(settings).toContainText('s is the key of “Tag as stance”');
  expect(await axe(), 'clash').toEqual([]);
  await person.press('Escape');
  await expect(settings).toBeVisible();
  await expect(change).toBeFocused();
  await person.press('Enter', 'z');
  await expect(settings.getByRole('button', { name: 'Reset the key of: Tag as quote', exact: true })).toBeVisible();
  await settings.getByRole('button', { name: 'Change the key of: Tag as fact', exact: true }).click();
  await person.press('s');
  await settings.getByRole('button', { name: 'Swap' }).click();
  await person.press('Escape');
  await expect(page.locator('.hints')).toContainText(/z quote.*f stance.*s fact/);
  await expectKept(app, /"tag.FACT"/);
  await app.crashAndRestart();
  await person.selectByKeyboard('legally binding guarantees');
  await expect(page.getByRole('toolbar', { name: 'Tag the selection' })).toContainText(/Quote z.*Stance f.*Fact s/);
  await person.press('q');
  await expect(person.annotations).toHaveCount(0);
  await person.press('z');
  await expect(person.annotations).toHaveCount(1);
  await expect(person.inspector.getByRole('heading')).toHaveText('Quote');
});

test('F16 the theme and the size of the text are as chosen, at once and after a restart', async ({ app }) => {
  const { page } = app;
  const paper = () => page.evaluate(() => getComputedStyle(document.querySelector('.article-pane') as Element).backgroundColor);
  const size = () => page.evaluate(() => Number.parseFloat(getComputedStyle(document.querySelector('.article') as Element).fontSize));
  await expect(page.locator('.article')).toBeVisible();
  const before = { paper: await paper(), size: await size() };
  await page.keyboard.press('ControlOrMeta+,');
  await settingsOf(page).getByRole('radio', { name: 'dark' }).click();
  await settingsOf(page).getByRole('radio', { name: 'largest' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(paper).not.toBe(before.paper);
  expect(await size()).toBeGreaterThan(before.size * 1.3);
  await expectKept(app, /"largest"/);
  await app.crashAndRestart();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('data-text-size', 'largest');
});

test.describe('on the sample of the first run', () => {
  test.use({ folder: 'paris-summit-sample' });

  test('F18 the tour shows once, never takes the focus, and is gone for ever once it is skipped or done; Help shows it again', async ({
    app,
    axe,
  }) => {
    const { page } = app;
    const person = new Person(page);
    const tour = page.getByRole('dialog', { name: /^Tour/ });
    await expect(tour).toContainText('Select and tag');
    await expect(tour.locator(':focus')).toHaveCount(0);
    expect(await axe(), 'tour').toEqual([]);
    // Work goes on beneath it.
    await person.selectByMouse('Western allies');
    await person.press('q');
    await expect(person.annotations).toHaveCount(1);
    for (const title of ['Say who it is from', 'The inspector', 'Saved, and undone', 'Take it with you']) {
      await tour.getByRole('button', { name: 'Next' }).click();
      await expect(tour).toContainText(title);
    }
    await tour.getByRole('button', { name: 'Done' }).click();
    await expect(tour).toHaveCount(0);
    await person.expectSaved();
    await expectKept(app, /"tourDone": true/);
    await app.crashAndRestart();
    await expect(person.text).toBeVisible();
    await expect(tour).toHaveCount(0);
    await person.goToText();
    await person.press('?');
    await page.getByRole('dialog', { name: 'All keys' }).getByRole('button', { name: 'Show the tour' }).click();
    await expect(tour).toContainText('Select and tag');
    await person.goToText();
    for (let step = 0; step < 3; step++) await person.press('F6');
    await expect(tour.locator(':focus')).toHaveCount(1);
    await person.press('Escape');
    await expect(tour).toHaveCount(0);
    await expect(person.text).toBeFocused();
  });
});

test('F18 no other project begins with a tour', async ({ app: { page } }) => {
  await expect(new Person(page).text).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test.describe('while the host is slow', () => {
  // The calls of the page can be held back where they are HTTP.
  test.skip(({ hostKind }) => hostKind === 'electron');

  /** Holds back the calls of `method` until the returned function is called. */
  async function hold(page: Page, method: string): Promise<() => void> {
    const gate = Promise.withResolvers<void>();
    await page.route(`**/api/${method}`, async (route) => {
      await gate.promise;
      await route.continue();
    });
    return gate.resolve;
  }

  test('F19 an import of several files that takes long shows how far it is and can be stopped; what came in stays', async ({
    app: { page },
    axe,
  }) => {
    await expect(new Person(page).text).toBeVisible();
    const release = await hold(page, 'importArticle');
    const files = ['one', 'two', 'three'].map((name) => ({
      name: `${name}.txt`,
      mimeType: 'text/plain',
      buffer: Buffer.from(`Report number ${name} of this very long day.\nMore of it.`),
    }));
    await page.locator('input[type="file"]').setInputFiles(files);
    const report = page.getByRole('dialog', { name: 'Import' });
    await expect(report).toContainText('3 waiting');
    expect(await axe(), 'import under way').toEqual([]);
    await report.getByRole('button', { name: 'Stop' }).click();
    release();
    await expect(report).toContainText('1 imported, 2 left out, because you stopped');
    await report.getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('heading', { name: 'Articles · 6' })).toBeVisible();
  });

  test('F20 an article that takes long to open shows lines in its place, and then the text', async ({ app: { page } }) => {
    const person = new Person(page);
    await expect(person.text).toBeVisible();
    const release = await hold(page, 'openArticle');
    await page.getByRole('listbox', { name: 'Articles' }).getByRole('option').nth(2).click();
    const lines = page.getByRole('status', { name: 'Opening the article' });
    await expect(lines).toBeVisible();
    release();
    await expect(lines).toHaveCount(0);
    await expect(page.getByText(/^002/)).toBeVisible();
  });
});

test('F21 the focus stays in the text when the next article is opened by its key', async ({ app: { page } }) => {
  const person = new Person(page);
  await person.goToText();
  await person.press('Shift+J');
  await expect(page.getByText(/^001/)).toBeVisible();
  await expect(person.text).toBeFocused();
});
