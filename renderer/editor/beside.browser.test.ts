import { expect, test, vi } from 'vitest';
import { blank } from './article-view.ts';
import { Matches } from './matches.ts';
import { drawn, open, rangeOf } from './testing/opened-article.ts';

const shownMargin = (place: HTMLElement) =>
  expect.poll(() => place.querySelector<SVGElement>('svg.margin')?.style.display, { interval: 5 });

test('B7 the margin ties fragments and mentions at their lines, and shows nothing where there is nothing to tie', async () => {
  const { view, place } = open();
  const annotations = [drawn('quote', ['The minister']), drawn('split', ['plan was', 'Last'])];
  const role = { spans: [rangeOf('Last words')], title: 'Speaker', line: 'solid' as const };
  view.draw({ ...blank, annotations, active: 'quote', roles: [role, { ...role, spans: [rangeOf('flag')], isLoose: true }] });
  await shownMargin(place).toBe('block');
  const arrows = [...place.querySelectorAll<SVGPathElement>('.tied-mention')];
  expect(arrows).toHaveLength(1);
  const { top, bottom } = view.boxOf(rangeOf('Last words'));
  const at = Number(/^M10 (\d+)/.exec(arrows[0]?.getAttribute('d') ?? '')?.[1]) + place.getBoundingClientRect().top - place.scrollTop;
  expect(at).toBeGreaterThan(top);
  expect(at).toBeLessThan(bottom);
  view.draw({ ...blank, annotations, active: 'quote' });
  await shownMargin(place).toBe('none');
  view.draw({ ...blank, annotations, hovered: 'split' });
  await shownMargin(place).toBe('block');
  expect(place.querySelectorAll('.tied-fragment')).toHaveLength(2);
  view.draw({ ...blank, annotations });
  await shownMargin(place).toBe('none');
});

test('B3 the ends that can be moved have handles at their letters, which the pointer drags', () => {
  const onDragEnd = vi.fn();
  const { view, place } = open(undefined, { onDragEnd });
  const range = rangeOf('plan was');
  view.draw({ ...blank, annotations: [drawn('a', ['plan was'])], active: 'a', ends: { range, edge: 'end' } });
  const handles = [...place.querySelectorAll<HTMLElement>('.boundary-handle')];
  expect(handles.map(({ dataset }) => `${dataset['edge']} ${dataset['moved']}`)).toEqual(['start false', 'end true']);
  const box = view.boxOf(range);
  const left = (handle: HTMLElement | undefined) => (handle?.getBoundingClientRect().left ?? 0) + 6;
  expect(left(handles[0])).toBeCloseTo(box.left, 0);
  expect(left(handles[1])).toBeCloseTo(box.left + box.width, 0);
  const end = handles[1];
  if (!end) throw new Error('no handle');
  vi.spyOn(end, 'setPointerCapture').mockReturnValue();
  vi.spyOn(end, 'hasPointerCapture').mockReturnValue(true);
  const target = view.boxOf(rangeOf('“'));
  end.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, cancelable: true }));
  end.dispatchEvent(
    new PointerEvent('pointermove', { clientX: target.left + 1, clientY: (target.top + target.bottom) / 2, bubbles: true }),
  );
  expect(onDragEnd).toHaveBeenLastCalledWith('end', rangeOf('“').start);
  view.draw({ ...blank, annotations: [drawn('a', ['plan was'])] });
  expect(place.querySelectorAll('.boundary-handle')).toHaveLength(0);
});

const highlighted = (name: string) =>
  [...(CSS.highlights.get(name)?.values() ?? [])].map((range) => {
    // An element that was taken out of the page still has its text, but nothing is painted there.
    if (!range.startContainer.isConnected || !range.endContainer.isConnected) return 'gone';
    const live = document.createRange();
    live.setStart(range.startContainer, range.startOffset);
    live.setEnd(range.endContainer, range.endOffset);
    return live.toString();
  });

test('B5 matches are painted over the text, also after it is drawn anew, and go with the view', async () => {
  const { view } = open();
  view.showMatches([rangeOf('minister'), rangeOf('plan'), rangeOf('Last')], 1);
  await expect.poll(() => highlighted('find'), { interval: 5 }).toEqual(['minister', 'Last']);
  expect(highlighted('find-current')).toEqual(['plan']);
  view.draw({ ...blank, annotations: [drawn('a', ['minister said']), drawn('b', ['the pl'])] });
  await expect.poll(() => highlighted('find-current'), { interval: 5 }).toEqual(['plan']);
  expect(highlighted('find')).toEqual(['minister', 'Last']);
  view.showMatches([], -1);
  await expect.poll(() => CSS.highlights.has('find'), { interval: 5 }).toBe(false);
});

test('B5 where the browser has no highlights of its own, matches are washed', () => {
  vi.spyOn(Matches, 'isSupported', 'get').mockReturnValue(false);
  const { view, field } = open();
  view.showMatches([rangeOf('minister'), rangeOf('plan')], 0);
  expect([...field.querySelectorAll('.match')].map(({ textContent }) => textContent)).toEqual(['minister', 'plan']);
  view.showMatches([], -1);
  expect(field.querySelectorAll('.match')).toHaveLength(0);
  vi.restoreAllMocks();
});
