import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './app.ts';
import { root, startHost } from './host-process.ts';

test('A48 without a project the home is shown: the sample, a reload, the way back, and a new project from a folder of articles', async ({
  hostKind,
  browserOfWorker,
}, info) => {
  test.skip(hostKind === 'electron', 'the desktop window has its own start');
  const home = info.outputPath('home');
  mkdirSync(join(home, 'settings'), { recursive: true });
  writeFileSync(join(home, 'settings', 'settings.json'), JSON.stringify({ person: 'Anna', tourDone: true }));
  const articles = info.outputPath('Budget vote');
  mkdirSync(articles);
  writeFileSync(join(articles, 'vote.txt'), 'Parliament passed the budget.\n“It was close,” said Ana Ruiz.\n');
  writeFileSync(
    join(articles, 'page.html'),
    '<title>A page</title><h1>A page</h1><p>Parliament passed the budget on Monday, officials said.</p>',
  );
  const host = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', '--no-open'], { ...process.env, PRESSMARK_HOME: home });
  const page = await (await browserOfWorker()).newPage();
  await page.goto(host.url);
  await page.getByRole('button', { name: /^The sample project/ }).click();
  const listed = page.getByRole('listbox', { name: 'Articles' }).getByRole('option');
  await expect(listed).toHaveCount(5);
  await page.reload();
  await expect(listed).toHaveCount(5);
  await page.getByRole('button', { name: /^Project Sample/ }).click();
  await page.getByRole('menuitem', { name: /^Project home/ }).click();
  await expect(page.getByRole('region', { name: 'Opened last' })).toContainText('5 articles imported');
  await page.getByRole('button', { name: 'New project…' }).click();
  await page.getByLabel('Choose a folder of articles', { exact: true }).setInputFiles(articles);
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue('Budget vote');
  await page.getByRole('textbox', { name: 'Name' }).press('Enter');
  await page.getByRole('dialog').getByText('1 article found.').waitFor();
  await expect(page.getByRole('button', { name: 'Project Budget vote' })).toBeAttached();
  await page.getByRole('button', { name: /^Import 1/ }).click();
  await expect(listed).toHaveCount(2);
  await page.context().close();
  expect(await host.stop()).toBe(0);
});
