import { afterEach, expect, vi } from 'vitest';
import { ArticleView, type ArticleViewOptions, type DrawnAnnotation, type Look } from '../article-view.ts';

/** The article that editor tests open by default. */
export const text = [
  'The minister said the plan was “ready”. He did not say when it would start.',
  '',
  'A 👩‍🚀 flag 🇺🇦 and 𝒳 end here.',
  'Last words',
].join('\n');

const opened: { view: ArticleView; place: HTMLElement }[] = [];
afterEach(() => {
  for (const { view, place } of opened.splice(0)) {
    view.destroy();
    place.remove();
  }
});

/** A view of `content` in its own scrolling element, with what it reported. Both are removed after the test. */
export function open(content = text, options: Partial<ArticleViewOptions> = {}) {
  const place = document.createElement('div');
  place.style.cssText = 'width: 760px; height: 480px; overflow: auto';
  document.body.append(place);
  const heard = {
    onSelection: vi.fn<ArticleViewOptions['onSelection']>(),
    onPick: vi.fn<ArticleViewOptions['onPick']>(),
    onHover: vi.fn<ArticleViewOptions['onHover']>(),
  };
  const view = new ArticleView(place, { text: content, headings: [] }, { label: 'Article', ...heard, keys: () => ({}), ...options });
  opened.push({ view, place });
  const field = place.querySelector<HTMLElement>('.article');
  if (!field) throw new Error('no article was drawn');
  return { view, place, field, ...heard };
}

/** The text as displayed, one line for each block. */
export const textOf = (field: HTMLElement) => [...field.querySelectorAll('.block')].map((block) => block.textContent).join('\n');

/** Puts the caret of a focused view at `offset`. */
export const caret = (view: ArticleView, offset: number) => {
  view.focus();
  view.select({ start: offset, end: offset });
};

/** The first occurrence of `words`. */
export const rangeOf = (words: string, within = text) => {
  const start = within.indexOf(words);
  if (start < 0) throw new Error(`${words} is not in the text`);
  return { start, end: start + words.length };
};

/** An annotation with these words, each as a fragment. */
export const drawn = (id: string, words: readonly string[], look: Look = 'tint'): DrawnAnnotation => ({
  id,
  spans: words.map((each) => rangeOf(each)),
  look,
  hue: 'yellow',
  label: id,
});

/** Waits until the browser has told the editor about this selection. */
export const settles = (view: ArticleView, anchor: number, head = anchor) =>
  expect.poll(() => view.selection(), { interval: 5 }).toEqual({ anchor, head });

/** The centre of the letter at `offset`, as a position for pointer actions on `field`. */
export const mouseAt = (field: HTMLElement, view: ArticleView, offset: number) => {
  const box = view.boxOf({ start: offset, end: offset + 1 });
  const frame = field.getBoundingClientRect();
  return { x: box.left + box.width / 2 - frame.left, y: (box.top + box.bottom) / 2 - frame.top };
};

/** The text drawn for each annotation, read back from the page, in order and with `|` between blocks. */
export function drawnText(field: HTMLElement): Record<string, string> {
  const found: Record<string, string> = {};
  for (const piece of field.querySelectorAll<HTMLElement>('[data-annotations]')) {
    for (const id of piece.dataset.annotations?.split(' ') ?? []) found[id] = (found[id] ?? '') + piece.textContent;
  }
  return found;
}
