import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { suggestionFamilies } from '../core/suggestions/choice.ts';
import { injections, sign } from '../core/testing/injections.ts';
import { allTogether, makeInjectedProject } from '../host/testing/injected-project.ts';
import { expect, launchBrowser, test } from './app.ts';
import { root, startHost } from './host-process.ts';

// What only an injected string would bring about: elements and attributes that the page never makes, and what its scripts would set.
function harmIn(page: Page): Promise<string[]> {
  return page.evaluate((sign) => {
    const strange =
      'img, iframe, object, embed, base, video, audio, math, marquee, form[action], a[href], svg script, body script, body link, body meta';
    const attributes = [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes]);
    return [
      ...[...document.querySelectorAll(strange)].map((element) => element.outerHTML.slice(0, 200)),
      ...attributes
        .filter(
          ({ name, value }) =>
            /^on/i.test(name) ||
            (/^\s*(?:javascript|data|https?):/i.test(value) &&
              /^(?:src|href|action|xlink:href)$/i.test(name) &&
              !value.startsWith(`${location.origin}/assets/`)),
        )
        .map(({ name, value }) => `${name}=${value}`),
      ...(sign in window ? ['a script ran'] : []),
      ...(sign in {} ? ['a prototype was changed'] : []),
    ];
  }, sign);
}

test('W60 forty injected strings stay words in every view, dialog and copied chart', async ({ hostKind }, info) => {
  test.skip(hostKind === 'electron', 'the page is the same; what leaves it is counted in the browser');
  test.setTimeout(120_000);
  const [home, project] = [info.outputPath('home'), info.outputPath('project')];
  await makeInjectedProject(project);
  mkdirSync(join(home, 'settings'), { recursive: true });
  const saved = injections.map((injection) => ({ name: injection.slice(0, 100), query: `"${injection}"` }));
  const searches = { 'id-1': { saved, recent: injections.slice(0, 12) } };
  const settings = { person: injections[9], searches, suggestions: { off: suggestionFamilies } };
  writeFileSync(join(home, 'settings', 'settings.json'), JSON.stringify(settings));

  const host = await startHost([join(root, 'cli', 'pressmark.js'), 'serve', project, '--no-open'], {
    ...process.env,
    PRESSMARK_HOME: home,
  });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
    const page = await context.newPage();
    const origin = new URL(host.url).origin;
    const seen: string[] = [];
    page.on('dialog', (dialog) => {
      seen.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('blob:')) seen.push(`request ${request.url()}`);
    });
    page.on('pageerror', (error) => seen.push(`error ${error.message}`));
    page.on('console', (message) => {
      if (message.type() === 'error') seen.push(`console ${message.text()}`);
    });
    context.on('page', (other) => {
      if (other !== page) seen.push(`window ${other.url()}`);
    });
    const expectHarmless = async (where: string) => {
      expect(await harmIn(page), where).toEqual([]);
      expect(seen, where).toEqual([]);
    };
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };

    await page.goto(host.url);
    const articles = page.getByRole('listbox', { name: 'Articles' });
    await expect(articles).toBeVisible();
    await expectHarmless('start');
    const annotation = page.locator('.annotation-row');
    await articles.getByRole('option').first().click();
    await expect(annotation.first()).toBeVisible();
    await annotation.first().click();
    await expectHarmless('an article');
    await page.getByRole('textbox', { name: 'Filter articles' }).fill(allTogether);
    await articles.getByRole('option').first().click();
    await page.getByRole('textbox', { name: 'Filter articles' }).fill('');
    await expect(page.locator('.article')).toContainText('constructor.constructor');
    await annotation.first().click();
    const note = page.getByRole('region', { name: 'Inspector' }).getByRole('textbox', { name: /note/i });
    await expect(note).toHaveValue(injections[0] ?? '');
    // Through all of them; the inspector shows each on the way.
    await page.locator('.article').focus();
    await press(...injections.slice(1).map(() => '.'));
    await expect(note).toHaveValue(injections.at(-1) ?? '');
    await expectHarmless('articles');
    for (const [keys, name] of [
      [['F1'], 'guidelines'],
      [['ControlOrMeta+Shift+h'], 'history'],
      [['ControlOrMeta+d'], 'article details'],
      [['ControlOrMeta+,'], 'settings'],
      [['ControlOrMeta+k'], 'palette'],
    ] as const) {
      await press(...keys);
      await page.waitForTimeout(150);
      await expectHarmless(name);
      await press('Escape', 'Escape');
    }
    await press('ControlOrMeta+k');
    await page.keyboard.insertText('<img src=x');
    await expect(page.getByRole('option').first()).toBeVisible();
    await expectHarmless('what the palette finds');
    await press('Escape');

    for (const [number, name] of [
      [2, 'Dataset'],
      [3, 'Registry'],
      [4, 'Codebook'],
      [5, 'Search'],
      [6, 'Statistics'],
      [7, 'Concordance'],
      [8, 'Agreement'],
      [9, 'Compare'],
    ] as const) {
      await press(`ControlOrMeta+${number}`);
      const tab = page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name, exact: true });
      await expect(tab).toHaveAttribute('aria-current', 'page');
      await page.waitForTimeout(400);
      await expectHarmless(name);
      if (name === 'Registry') {
        await page.getByRole('listbox', { name: 'Entries' }).getByRole('option').first().click();
        await expect(page.getByRole('listbox', { name: 'Mentions' })).toBeVisible();
        await expectHarmless('an entry');
      }
      if (name === 'Search') {
        await page.getByRole('combobox', { name: 'Query' }).fill('layer:quote');
        await expect(page.getByRole('radio', { name: /^Annotations · \d/ })).toBeVisible();
        await expectHarmless('what is found');
      }
      if (name === 'Statistics') {
        const copy = page.getByRole('button', { name: /^Copy .* as SVG$/ });
        await expect(copy.first()).toBeVisible();
        const copied: string[] = [];
        for (const button of (await copy.all()).slice(0, 4)) {
          await button.click();
          copied.push(await page.evaluate(() => navigator.clipboard.readText()));
        }
        expect(copied.some((svg) => svg.includes(sign))).toBe(true);
        await expectHarmless('copied');
        for (const [index, svg] of copied.entries()) {
          expect(svg).toMatch(/^(?:<\?xml[^>]*>\s*)?<svg /);
          const file = info.outputPath(`chart-${index}.svg`);
          writeFileSync(file, svg);
          const picture = await browser.newPage();
          const asked: string[] = [];
          picture.on('request', (request) => asked.push(request.url()));
          await picture.goto(pathToFileURL(file).href);
          expect(
            await picture.evaluate((sign) => [sign in window, document.querySelectorAll('script, foreignObject, image, a').length], sign),
          ).toEqual([false, 0]);
          expect(asked).toEqual([pathToFileURL(file).href]);
          await picture.close();
        }
      }
    }
  } finally {
    await browser.close();
    await host.stop();
  }
});
