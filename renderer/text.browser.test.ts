import { expect, test } from 'vitest';
import { cdp, page, userEvent } from 'vitest/browser';
import text from '../seeds/000_2c23301dd0a18933.txt?raw';
import { expectFocus, expectSaved, expectSelected, inspector, press, rows, says } from './testing/hands.ts';
import { openApp } from './testing/opened-app.tsx';

const quote = () => inspector().getByRole('blockquote');
const told = () => page.getByRole('status', { name: 'Active annotation' });
const handles = () => document.querySelectorAll('.boundary-handle').length;

test('B3 boundary mode moves both ends by keyboard, as one undo step, and Escape puts them back', async () => {
  const { field, select } = await openApp(text, { width: 1440, height: 900 });
  await select('declaration of intent');
  await press('f', 'b');
  await expect.poll(handles).toBe(2);
  await expect.element(page.getByText('move the start', { exact: false })).toBeVisible();
  await press('ArrowRight', 'ArrowRight');
  await says(told()).toBe('Covers “declaration of intent to deploy”');
  // Nothing is written before the mode ends.
  await says(quote()).toBe('declaration of intent');
  await press('Shift+ArrowLeft', 'ControlOrMeta+ArrowLeft');
  const drawn = () => [...field.querySelectorAll('[data-annotations]')].map((piece) => piece.textContent).join('');
  await expect.poll(drawn).toContain('a declaration of intent to deplo');
  await press('Enter');
  await expect.poll(handles).toBe(0);
  await says(quote()).toBe('a declaration of intent to deplo');
  await expectFocus(field);
  await press('b', 'ArrowLeft', 'ArrowLeft', 'Escape');
  await says(quote()).toBe('a declaration of intent to deplo');
  await press('ControlOrMeta+z');
  await says(quote()).toBe('declaration of intent');
  await expectSaved();
});

test('F90 in a text from right to left, the left arrow moves an end on', async () => {
  const { select } = await openApp('Norhydro\nقالت المعلمة بيترا هولم إن السد انهار.');
  await select('المعلمة بيترا');
  await press('f', 'b', 'ArrowLeft');
  await says(told()).toBe('Covers “المعلمة بيترا هولم”');
  await press('ArrowRight', 'Shift+ArrowRight');
  await says(told()).toBe('Covers “قالت المعلمة بيترا”');
});

test('B4 what else is done in boundary mode ends it first, and what was moved stands', async () => {
  const { select } = await openApp(text);
  await select('declaration of intent');
  await press('f', 'b', 'ArrowLeft', 'i');
  await says(quote()).toBe('declaration of');
  await expect.element(inspector().getByRole('checkbox', { name: 'Unsure' })).toBeChecked();
  await press('b', 'ArrowLeft', 'F6');
  await says(quote()).toBe('declaration');
  await expectSaved();
});

test('B5 words are found by keyboard, and Escape leaves the match selected for the next key', async () => {
  const { field } = await openApp(text);
  field.focus();
  await press('ControlOrMeta+Home', 'ControlOrMeta+f');
  const bar = () => document.querySelector('search[aria-label="Find in the article"]');
  const words = page.getByRole('textbox', { name: 'Find', exact: true });
  await expect.element(words).toHaveFocus();
  await userEvent.keyboard('SECURITY');
  const count = () => bar()?.querySelector('[role="status"], output')?.textContent;
  await expect.poll(count).toMatch(/^1 of \d+$/);
  const all = Number(count()?.split(' ').at(-1));
  expect(CSS.highlights.get('find')?.size).toBe(all - 1);
  await press('Enter');
  await expect.poll(count).toBe(`2 of ${all}`);
  await press('Shift+Enter', 'F3', 'Shift+F3', 'Shift+F3');
  await expect.poll(count).toBe(`${all} of ${all}`);
  await page.getByRole('button', { name: 'Match capitals' }).click();
  await expect.poll(count).toBe('none');
  await page.getByRole('button', { name: 'Match capitals' }).click();
  await words.fill('unambiguous');
  await expect.poll(count).toBe('1 of 1');
  await press('Escape');
  await expect.poll(bar).toBeNull();
  await expectFocus(field);
  await expectSelected('unambiguous');
  await press('q');
  await says(quote()).toBe('unambiguous');
});

test('B7 lines in the margin tie fragments and roles, and there are none where there is nothing to tie', async () => {
  const { place, field, select } = await openApp(text, { width: 1440, height: 900 });
  await select('declaration of intent');
  await press('f');
  const margin = () => place.querySelector('svg.margin');
  const isSeen = () => Boolean(margin()?.checkVisibility());
  await expect.poll(() => rows().length).toBe(1);
  expect(isSeen()).toBe(false);
  await select('Sir Keir');
  await press('p');
  await expect.poll(isSeen).toBe(true);
  const mentions = () => [...(margin()?.querySelectorAll('.tied-mention') ?? [])];
  await expect.poll(() => mentions().length).toBe(1);
  await expect.poll(() => margin()?.querySelector('text')?.textContent).toBe('source');
  const top = () => mentions()[0]?.getBoundingClientRect().y ?? 0;
  const before = top();
  field.closest('main')?.scrollBy(0, 60);
  await expect.poll(() => before - top()).toBe(60);
  field.focus();
  await press('Escape');
  await expect.poll(isSeen).toBe(false);
});

test('B8 a screen reader hears which annotation is active, and the focus stays in the text after a deletion', async () => {
  const { field, select } = await openApp(text);
  await select('unambiguous answer');
  await press('s');
  await says(told()).toMatch(/^Stance: “unambiguous answer”, \d to complete$/);
  await press('Delete');
  await says(told()).toBe('');
  await expectFocus(field);
  await press('Escape');
  await select('unambiguous');
  await press('q');
  await inspector().getByRole('button', { name: 'Delete annotation' }).click();
  await expectFocus(field);
  await expect.poll(() => rows().length).toBe(0);
});

test('W5 all layers on the same words stay visible, and a click that is repeated reaches each', async () => {
  const { place, field } = await openApp(text, { width: 1440, height: 900 });
  const nested = [
    ['signed a declaration of intent to deploy troops to Ukraine', 'f'],
    ['a declaration of intent to deploy troops', 's'],
    ['declaration of intent', 'q'],
    ['intent', 't'],
  ] as const;
  for (const [words, key] of nested) {
    // Drawn in pieces by now, so each from its own piece's end to end.
    await selectAcross(field, words, nested[0][0]);
    await press(key);
  }
  await expect.poll(() => rows().length).toBe(4);
  const shared = () => [...place.querySelectorAll('[data-annotations]')].find((piece) => piece.textContent === 'intent') as HTMLElement;
  await expect.poll(() => shared().getAttribute('data-annotations')?.split(' ').length).toBe(4);
  // At alternating places, since two quick clicks at one place are a double click.
  for (const [turn, title] of ['Quoted term', 'Quote', 'Stance', 'Fact'].entries()) {
    await userEvent.click(shared(), { position: { x: turn % 2 === 0 ? 40 : 6, y: 10 } });
    await expect.poll(() => inspector().getByRole('heading').elements()[0]?.textContent).toBe(` ${title}`);
  }
});

/** Selects `words` within `around` in the drawn article, over as many pieces as they stand in. */
async function selectAcross(field: HTMLElement, words: string, around: string): Promise<void> {
  field.focus();
  const pieces: { node: Text; start: number }[] = [];
  const walker = document.createTreeWalker(field, NodeFilter.SHOW_TEXT);
  let all = '';
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    pieces.push({ node, start: all.length });
    all += node.data;
  }
  const from = all.indexOf(around) + around.indexOf(words);
  const to = from + words.length;
  const first = pieces.findLast(({ start }) => start <= from);
  const last = pieces.findLast(({ start }) => start < to);
  if (!first || !last) throw new RangeError(`the article does not hold ${words}`);
  document.getSelection()?.setBaseAndExtent(first.node, from - first.start, last.node, to - last.start);
  await expectSelected(words);
}

test('W7 the text cannot be changed by typing, deleting, cutting or pasting', async () => {
  const { field, select } = await openApp(text);
  const before = field.textContent;
  await select('unambiguous');
  await press('x', 'Backspace', 'Enter', 'ControlOrMeta+x', 'ControlOrMeta+v', ' ');
  await cdp().send('Input.insertText', { text: 'ä' });
  expect(field.textContent).toBe(before);
});

test('W8 an event role filled from a selection makes the event and remembers its name', async () => {
  const { select } = await openApp(text);
  const event = () => inspector().getByRole('button', { name: 'a high-stakes summit in Paris', exact: true });
  await select('comprising 30 nations');
  await press('f');
  await select('a high-stakes summit in Paris');
  await press('e');
  await expect.element(event()).toBeVisible();
  await press('ControlOrMeta+z');
  await expect.poll(() => event().elements().length).toBe(0);
  await expectSaved();
});

test('F15 with letters off none of them acts, and no hint shows one; what a tag takes by default can be exactly what is selected', async () => {
  const { place, field, select } = await openApp(text, { width: 1440, height: 900 });
  const settings = page.getByRole('dialog', { name: 'Settings' });
  field.focus();
  await press('ControlOrMeta+,');
  await settings.getByText('One-letter keys act', { exact: false }).click();
  await settings.getByRole('radio', { name: 'exactly as selected' }).click({ force: true });
  await press('Escape');
  await select('egally bind');
  await press('q');
  expect(rows()).toHaveLength(0);
  expect([...place.querySelectorAll('.hints kbd')].filter((hint) => /^.$/.test(hint.textContent ?? ''))).toEqual([]);
  await page.getByRole('toolbar', { name: 'Tag the selection' }).getByRole('button', { name: 'Quote', exact: true }).click();
  await expect.poll(() => rows().map((row) => row.textContent)).toEqual([expect.stringContaining('egally bind')]);
  await expect.poll(() => place.querySelector('.inspector .covered')?.textContent).toBe('egally bind');
});

test('F17 the help sheet finds commands by name and key and shows the keys that act', async () => {
  const { field } = await openApp(text);
  field.focus();
  await press('?');
  const sheet = page.getByRole('dialog', { name: 'All keys' });
  const filter = sheet.getByRole('textbox', { name: 'Filter commands' });
  await filter.fill('undo');
  await expect
    .poll(() => [...document.querySelectorAll('.key-row')].map((row) => row.textContent))
    .toEqual([expect.stringMatching(/^Undo/)]);
  await filter.fill('no such thing');
  await says(sheet).toContain('No command has “no such thing”');
});

test('F43 a note is gone on with at its end, and the marks of a quote are not told twice', async () => {
  const { select } = await openApp(text);
  await select('“military hubs”');
  await press('q');
  await says(told()).toContain('Quote: “military hubs”');
  expect(told().element().textContent).not.toContain('““');
  await press('n');
  await userEvent.keyboard('Who is in it?');
  await press('Escape', 'Escape', '.', 'n');
  const note = inspector().getByRole('textbox', { name: 'Note' });
  await expect.element(note).toHaveFocus();
  await userEvent.keyboard(' And who not?');
  await expect.element(note).toHaveValue('Who is in it? And who not?');
});

test('F75 who scrolled on in the text comes back by F6 to what is on screen, with the caret where it was', async () => {
  const { field, select } = await openApp(text, { height: 700 });
  await select('declaration of intent');
  const pane = document.querySelector<HTMLElement>('.article-pane') as HTMLElement;
  pane.scrollTop = 2_000;
  await new Promise((resolve) => requestAnimationFrame(resolve));
  const { scrollTop } = pane;
  expect(scrollTop).toBeGreaterThan(1_000);
  for (const key of ['F6', 'Shift+F6']) {
    await press(key);
    expect(field.contains(document.activeElement)).toBe(key !== 'F6');
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(pane.scrollTop).toBe(scrollTop);
  expect(document.getSelection()?.toString()).toBe('declaration of intent');
});
