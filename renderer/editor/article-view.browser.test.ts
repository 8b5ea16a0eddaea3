import type {} from '@vitest/browser-playwright';
import { expect, test, vi } from 'vitest';
import { cdp, userEvent } from 'vitest/browser';
import { normalise } from '../../core/model/article.ts';
import { ArticleView, blank } from './article-view.ts';
import { caret, drawn, drawnText, mouseAt, open, rangeOf, settles, text, textOf } from './testing/opened-article.ts';

test('E3 the article is a read-only text field with a name', () => {
  const { field } = open();
  expect(field.getAttribute('role')).toBe('textbox');
  expect(field.getAttribute('aria-readonly')).toBe('true');
  expect(field.getAttribute('aria-multiline')).toBe('true');
  expect(field.getAttribute('aria-label')).toBe('Article');
  expect(field.getAttribute('spellcheck')).toBe('false');
  expect(textOf(field)).toBe(text);
});

test.each([
  'x',
  'ж',
  '{Backspace}',
  '{Delete}',
  '{Enter}',
  '{Shift>}{Enter}{/Shift}',
  '{Control>}{Backspace}{/Control}',
  '{Control>}x{/Control}',
  '{Control>}b{/Control}',
  '{Control>}z{/Control}',
])('E4 %s leaves the text as it is', async (keys) => {
  const { view, field } = open();
  let changes = 0;
  const observer = new MutationObserver(() => changes++);
  observer.observe(field, { childList: true, characterData: true, subtree: true });
  caret(view, 4);
  await userEvent.keyboard(keys);
  view.select({ start: 4, end: 30 });
  await userEvent.keyboard(keys);
  observer.disconnect();
  expect(changes).toBe(0);
  expect(textOf(field)).toBe(text);
});

test('E4 pasting and dropping leave the text as it is', async () => {
  const { view, field } = open();
  caret(view, 4);
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', 'pasted');
  const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
  field.dispatchEvent(paste);
  expect(paste.defaultPrevented).toBe(true);
  const { x, y } = field.getBoundingClientRect();
  const drop = new DragEvent('drop', { dataTransfer: clipboardData, clientX: x + 50, clientY: y + 10, bubbles: true, cancelable: true });
  field.dispatchEvent(drop);
  expect(drop.defaultPrevented).toBe(true);
  expect(textOf(field)).toBe(text);
});

test('E4 an input method composes into nothing, and the keys work on', async () => {
  const run = vi.fn(() => true);
  const { view, field } = open(text, { keys: () => ({ q: run }) });
  caret(view, 4);
  const composed: string[] = [];
  field.addEventListener('input', () => composed.push(textOf(field)));
  for (const letters of ['に', 'にほ', 'にほん']) {
    await cdp().send('Input.imeSetComposition', { text: letters, selectionStart: letters.length, selectionEnd: letters.length });
    await expect.poll(() => textOf(field), { interval: 5 }).toBe(text);
  }
  // The browser did write into the page: it is the second layer that held.
  expect(composed[0]).toContain('に');
  await cdp().send('Input.insertText', { text: '日本' });
  await userEvent.keyboard('q');
  expect(run).toHaveBeenCalledOnce();
  await userEvent.keyboard('{ArrowRight}');
  await settles(view, 5);
  expect(textOf(field)).toBe(text);
});

test('E4 copying and cutting give the plain text of the selection', async () => {
  const { view, field } = open();
  view.focus();
  view.select({ start: 4, end: text.indexOf('flag') });
  await settles(view, 4, text.indexOf('flag'));
  for (const type of ['copy', 'cut']) {
    const event = new ClipboardEvent(type, { clipboardData: new DataTransfer(), bubbles: true, cancelable: true });
    field.dispatchEvent(event);
    expect(event.clipboardData?.getData('text/plain')).toBe(text.slice(4, text.indexOf('flag')));
    const html = new DOMParser().parseFromString(event.clipboardData?.getData('text/html') ?? '', 'text/html');
    expect(html.body.textContent).toBe(text.slice(4, text.indexOf('flag')).replaceAll('\n', ''));
    expect(html.querySelector('[class], [style], [data-number]')).toBeNull();
  }
  expect(textOf(field)).toBe(text);
});

test('E5 arrows move the caret, by letter and by word', async () => {
  const { view, onSelection } = open();
  caret(view, 0);
  await userEvent.keyboard('{ArrowRight}');
  await settles(view, 1);
  await userEvent.keyboard('{Control>}{ArrowRight}{/Control}');
  await expect.poll(() => view.selection().head, { interval: 5 }).toBeGreaterThan(2);
  expect(onSelection).toHaveBeenLastCalledWith(view.selection());
  await userEvent.keyboard('{End}');
  await expect.poll(() => view.selection().head, { interval: 5 }).toBeGreaterThan(40);
});

test('E5 Shift and arrows select, by letter, word and line, and are told', async () => {
  const { view, onSelection } = open();
  caret(view, 4);
  await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
  await settles(view, 4, 6);
  expect(onSelection).toHaveBeenLastCalledWith({ anchor: 4, head: 6 });
  await userEvent.keyboard('{Control>}{Shift>}{ArrowLeft}{/Shift}{/Control}');
  await settles(view, 4);
  await userEvent.keyboard('{Shift>}{ArrowLeft}{/Shift}');
  await settles(view, 4, 3);
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  await expect.poll(() => view.selection().head, { interval: 5 }).toBeGreaterThan(text.indexOf('A 👩‍🚀') - 1);
});

test('E5 Ctrl+A selects all, Ctrl+Home and Ctrl+End go to the edges', async () => {
  const { view } = open();
  caret(view, 9);
  await userEvent.keyboard('{Control>}a{/Control}');
  await settles(view, 0, text.length);
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await settles(view, text.length);
  // Just after it got the focus the editor takes a caret at the very start for the browser's doing; hence the repetition.
  await expect
    .poll(async () => {
      await userEvent.keyboard('{Control>}{Home}{/Control}');
      return view.selection();
    })
    .toEqual({ anchor: 0, head: 0 });
});

test('E5 Ctrl+End reaches the very end of 1,500 paragraphs', async () => {
  const long = Array.from({ length: 1500 }, (_, index) => `Paragraph ${index} of a long article that goes on and on.`).join('\n');
  const { view, place } = open(long);
  caret(view, 0);
  await userEvent.keyboard('{Control>}{End}{/Control}');
  await settles(view, long.length);
  expect(place.scrollTop).toBeGreaterThan(1000);
  await userEvent.keyboard('{Control>}{Shift>}{Home}{/Shift}{/Control}');
  await settles(view, long.length, 0);
});

test('E15 what is walked to in a long article lies well inside the screen, whatever lies between', async () => {
  const lines = Array.from({ length: 1200 }, (_, index) => `Paragraph ${index} ${'goes on and on '.repeat(index % 40)}`);
  const long = lines.join('\n');
  const { view, place } = open(long);
  const frame = place.getBoundingClientRect();
  for (const words of ['Paragraph 900 ', 'Paragraph 80 ', 'Paragraph 1199 ', 'Paragraph 0 ']) {
    const range = rangeOf(words, long);
    view.select(range, { scroll: true });
    await expect
      .poll(() => {
        const { top, bottom } = view.boxOf(range);
        return top >= frame.top && bottom <= frame.bottom;
      })
      .toBe(true);
  }
});

test('E5 the caret never stops inside an emoji', async () => {
  const { view } = open();
  const line = 'A 👩‍🚀 flag 🇺🇦 and 𝒳 end here.';
  const start = text.indexOf(line);
  const bounds = [...new Intl.Segmenter('en').segment(line)].map(({ index }) => start + index);
  caret(view, start);
  for (const bound of bounds.slice(1)) {
    await userEvent.keyboard('{ArrowRight}');
    await settles(view, bound);
  }
  const letter = text.indexOf('𝒳');
  view.select({ start: letter + 1, end: letter + 1 });
  expect(view.selection()).toEqual({ anchor: letter, head: letter });
});

test('E5 arrows walk through overlapping marks letter by letter', async () => {
  const { view } = open();
  const quote = rangeOf('“ready”');
  view.draw({
    ...blank,
    annotations: [drawn('a', ['plan was “rea'], 'box'), drawn('b', ['ready'], 'underline'), drawn('c', ['“ready”. He'])],
  });
  caret(view, quote.start - 3);
  for (let offset = quote.start - 2; offset < quote.end + 3; offset++) {
    await userEvent.keyboard('{ArrowRight}');
    await settles(view, offset);
  }
});

test('E5 dragging selects', async () => {
  const { view, field } = open();
  const { start, end } = rangeOf('plan was');
  const source = mouseAt(field, view, start);
  const target = mouseAt(field, view, end - 1);
  await userEvent.dragAndDrop(field, field, { sourcePosition: source, targetPosition: target });
  await expect.poll(() => text.slice(...Object.values(view.selection())), { interval: 5 }).toMatch(/^p?lan wa?s?$/);
});

test('E5 dragging within a selection selects anew', async () => {
  const { view, field } = open();
  view.focus();
  view.select(rangeOf('plan was'));
  const { start, end } = rangeOf('plan');
  await userEvent.dragAndDrop(field, field, {
    sourcePosition: mouseAt(field, view, start),
    targetPosition: mouseAt(field, view, end - 1),
  });
  await expect.poll(() => text.slice(...Object.values(view.selection())), { interval: 5 }).toMatch(/^p?lan?$/);
});

test.each([
  ['double', 'dblClick', 'start'],
  ['triple', 'tripleClick', 'He did not say when it would start.'],
] as const)('E5 a %s click takes the word or the sentence', async (_name, click, words) => {
  const { view, field } = open();
  await userEvent[click](field, { position: mouseAt(field, view, text.indexOf('start') + 2) });
  const { start, end } = rangeOf(words);
  await settles(view, start, end);
  expect(document.getSelection()?.toString()).toBe(words);
});

test('E6 bindings are called in place of typing and are looked up at each key', async () => {
  const calls: string[] = [];
  const binding = (name: string) => ({
    [name]: () => {
      calls.push(name);
      return true;
    },
  });
  let bindings = { ...binding('q'), ...binding('Enter'), ...binding('Delete'), ...binding('Shift-q'), ...binding('Mod-z') };
  const { view, field } = open(text, { keys: () => bindings });
  caret(view, 4);
  await userEvent.keyboard('q{Enter}{Delete}{Shift>}Q{/Shift}{Control>}z{/Control}');
  bindings = { ...bindings, ...binding('w') };
  await userEvent.keyboard('w');
  expect(calls).toEqual(['q', 'Enter', 'Delete', 'Shift-q', 'Mod-z', 'w']);
  expect(textOf(field)).toBe(text);
  expect(view.selection()).toEqual({ anchor: 4, head: 4 });
});

test('E6 a binding that does not apply leaves the key its meaning, and Tab leaves the article', async () => {
  const { view, field } = open(text, { keys: () => Object.fromEntries([['ArrowRight', () => false]]) });
  const after = document.createElement('button');
  field.after(after);
  caret(view, 4);
  await userEvent.keyboard('{ArrowRight}');
  await settles(view, 5);
  await userEvent.keyboard('{Tab}');
  expect(document.activeElement).toBe(after);
  expect(view.hasFocus()).toBe(false);
});

test('E7 walking goes from paragraph to paragraph, over empty lines, and shows where it is', () => {
  const lines = Array.from({ length: 60 }, (_, index) => (index % 3 === 1 ? '' : `Paragraph number ${index}.`));
  const long = lines.join('\n');
  const { view, place } = open(long);
  const starts: number[] = [];
  while (view.walkParagraph(1)) starts.push(view.selection().head);
  expect(starts.map((start) => long.slice(start).split('\n')[0])).toEqual(lines.filter((line, index) => line && index > 0));
  const frame = place.getBoundingClientRect();
  const { top, bottom } = view.boxOf({ start: starts.at(-1) ?? 0, end: long.length });
  expect(top).toBeGreaterThan(frame.top);
  expect(bottom).toBeLessThan(frame.bottom);
  expect(view.walkParagraph(-1)).toBe(true);
  expect(view.selection().head).toBe(starts.at(-2));
});

test('E13 an article that is taken off leaves nothing in its place, and the next one begins at its start with nothing drawn', () => {
  const { view, field, place, ...heard } = open();
  view.draw({ ...blank, annotations: [drawn('a', ['minister'])] });
  view.select({ start: 4, end: 9 });
  view.destroy();
  expect(field.isConnected).toBe(false);
  expect(place.childElementCount).toBe(0);
  const another = { text: normalise('Another\r\ntext').text, headings: [0], language: 'en' };
  const next = new ArticleView(place, another, { label: 'Another', ...heard, keys: () => ({}) });
  const now = place.querySelector('.article') as HTMLElement;
  expect(textOf(now)).toBe('Another\ntext');
  expect(now.querySelector('h3')?.textContent).toBe('Another');
  expect(now.getAttribute('lang')).toBe('en');
  expect(drawnText(now)).toEqual({});
  expect(next.selection()).toEqual({ anchor: 0, head: 0 });
  next.destroy();
});

test('F61 a press right after the pointer came upon a mark is not told of as leaving it, and no element under it is replaced before it', () => {
  const { view, field, onHover } = open();
  view.draw({ ...blank, annotations: [drawn('a', ['the plan was'])] });
  const mark = field.querySelector('[data-annotations]') as Element;
  const tell = (type: string, buttons: number) => mark.dispatchEvent(new MouseEvent(type, { bubbles: true, buttons }));
  tell('mouseover', 0);
  // As browsers do when the mark was drawn anew under the pointer: first the way there, then the press.
  tell('mouseover', 1);
  expect(onHover.mock.calls).toEqual([[['a']]]);
  tell('mousedown', 1);
  tell('mouseover', 1);
  expect(onHover.mock.lastCall).toEqual([[]]);
  tell('mouseover', 0);
  expect(onHover.mock.lastCall).toEqual([['a']]);
});
