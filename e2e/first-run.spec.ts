import { join } from 'node:path';
import { expect, launchBrowser, test } from './app.ts';
import { root, startHost } from './host-process.ts';

test('W1 the first run with an empty home and no display: one sentence, an address, the sample with its five articles', async ({
  hostKind,
}, info) => {
  test.skip(hostKind === 'electron', 'the desktop window has its own start');
  const { DISPLAY: _, WAYLAND_DISPLAY: __, ...env } = process.env;
  const host = await startHost([join(root, 'cli', 'pressmark.js'), 'open', '--sample'], {
    ...env,
    PRESSMARK_HOME: info.outputPath('home'),
    CI: '',
  });
  expect(host.output()).toMatch(/opening in the browser instead\.\n/);
  const browser = await launchBrowser();
  const page = await browser.newPage();
  await page.goto(host.url);
  await expect(page.getByRole('dialog', { name: 'Who annotates?' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listbox', { name: 'Articles' }).getByRole('option')).toHaveCount(5);
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/$/);
  await browser.close();
  expect(await host.stop()).toBe(0);
});
