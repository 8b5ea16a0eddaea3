import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { seed, soak, tell } from '../core/testing/soak.ts';
import { randomFrom } from '../host/testing/random.ts';
import { type App, expect, test } from './app.ts';
import { Person } from './person.ts';

// What the page sent, what was acknowledged, and what was on the screen when it last read "Saved".
interface Watched {
  readonly sent: string[];
  readonly acknowledged: string[];
  /** The gestures that had been sent when the page last read "Saved", and which article with how many annotations it has shown from then on. */
  shown: { sent: string[]; counts: string[] };
}

/** Has every page loaded from now on keep a `Watched` of itself as `window.watched`. */
async function watch(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const watched: Watched = { sent: [], acknowledged: [], shown: { sent: [], counts: [] } };
    Object.assign(window, { watched });
    const fetchBefore = window.fetch;
    window.fetch = async (input, init) => {
      const isEdit = String(input).endsWith('/api/apply');
      const id = isEdit ? (JSON.parse(String(init?.body)).gesture.id as string) : '';
      if (isEdit) watched.sent.push(id);
      const response = await fetchBefore(input, init);
      if (isEdit && response.ok) watched.acknowledged.push(id);
      return response;
    };
    const look = () => {
      const rows = document.querySelectorAll('.annotation-row');
      const article = document.querySelector('[role=textbox][aria-readonly=true]')?.getAttribute('aria-label');
      const count = `${article}: ${rows[0]?.getAttribute('aria-setsize') ?? 0}`;
      const isSaved = [...document.querySelectorAll('[role=status]')].some((status) => /Saved$/.test(status.textContent));
      if (isSaved) watched.shown = { sent: [...watched.sent], counts: [count] };
      else if (watched.shown.counts.at(-1) !== count) watched.shown.counts.push(count);
    };
    document.addEventListener('DOMContentLoaded', () => {
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    });
  });
}

const watchedIn = (page: Page) => page.evaluate(() => (window as unknown as { watched: Watched }).watched);

/** The ids of all gestures that the project's journals hold. */
function onDisk({ project }: App): Set<string> {
  const folder = join(project, 'annotators');
  const ids = new Set<string>();
  for (const annotator of readdirSync(folder)) {
    const journal = readFileSync(join(folder, annotator, 'journal.jsonl'), { encoding: 'utf8', flag: 'a+' });
    for (const [, id] of journal.matchAll(/"gesture":\{"id":"([^"]+)"/g)) ids.add(id as string);
  }
  return ids;
}

/** One edit by keyboard, drawn by lot: words are tagged most of the time, or what was done is changed, taken back or done again. */
async function edit(person: Person, below: (limit: number) => number): Promise<void> {
  const others = ['1', '2', 'i', 'm', 'Delete', 'ControlOrMeta+z', 'ControlOrMeta+z', 'ControlOrMeta+y'];
  const keys = [
    'ArrowRight',
    ...Array(1 + below(5)).fill('ControlOrMeta+ArrowRight'),
    ...Array(1 + below(3)).fill('ControlOrMeta+Shift+ArrowRight'),
  ];
  if (below(10) < 6) await person.press(...keys, 'qfst'[below(4)] as string);
  else await person.press(others[below(others.length)] as string);
}

test('J45 what the page showed as saved is there after the host was killed while somebody annotated', async ({ app, hostKind }) => {
  test.skip(hostKind === 'electron', 'the desktop window goes with its host');
  const kills = soak(4, 200);
  test.setTimeout(0);
  const person = new Person(app.page);
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const lost: string[] = [];
  const acknowledged = new Set<string>();
  let unsaved = 0;
  const open = async (number: number) => {
    const option = app.page.getByRole('listbox', { name: 'Articles' }).getByRole('option').nth(number);
    await option.click();
    await expect(option).toHaveAttribute('aria-selected', 'true');
    await expect(person.text).toBeVisible();
    await expect.poll(async () => (await option.textContent())?.includes((await person.text.getAttribute('aria-label')) ?? '?')).toBe(true);
  };
  const report = (done: number) =>
    tell('J45 kills of the host while a person annotates', {
      ...{ kills: done, acknowledged: acknowledged.size, 'sent and not kept': unsaved, lost: lost.length },
    });
  await watch(app.page);
  await app.crashAndRestart();
  for (let kill = 0; kill < kills; kill++) {
    // Another article now and then, so that the lists stay short.
    const article = Math.floor(kill / 8) % 5;
    await open(article);
    await person.goToText();
    let isKilled = false;
    const working = (async () => {
      while (!isKilled) await edit(person, below);
    })();
    const enough = 1 + below(4);
    await app.page.waitForFunction((count) => (window as unknown as { watched: Watched }).watched.acknowledged.length >= count, enough, {
      polling: 5,
    });
    await sleep(below(40));
    await app.stopHost();
    isKilled = true;
    await working;
    const { shown, sent, acknowledged: told } = await watchedIn(app.page);
    // An undo may have led to another one.
    const shownArticle = (await person.text.getAttribute('aria-label')) ?? '';
    const kept = onDisk(app);
    for (const id of told) acknowledged.add(id);
    for (const id of new Set([...shown.sent, ...acknowledged])) if (!kept.has(id)) lost.push(`kill ${kill}: ${id}`);
    unsaved += sent.filter((id) => !kept.has(id)).length;
    await app.crashAndRestart();
    const titles = await app.page.getByRole('listbox', { name: 'Articles' }).getByRole('option').allTextContents();
    await open(titles.findIndex((title) => title.includes(shownArticle)));
    await person.expectSaved();
    const count = async () => {
      const row = person.annotations.first();
      return `${shownArticle}: ${(await row.count()) === 0 ? 0 : await row.getAttribute('aria-setsize')}`;
    };
    await expect.poll(async () => shown.counts.includes(await count()), `kill ${kill}: one of ${shown.counts} annotations`).toBe(true);
    if ((kill + 1) % 20 === 0 || kill + 1 === kills) report(kill + 1);
  }
  expect(lost).toEqual([]);
  expect(acknowledged.size).toBeGreaterThan(kills);
});
