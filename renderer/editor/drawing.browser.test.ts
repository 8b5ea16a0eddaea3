import { expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { blank, type DrawnAnnotation, type Look } from './article-view.ts';
import { drawn, drawnText, mouseAt, open, rangeOf, settles, text, textOf } from './testing/opened-article.ts';

test('E8 what is drawn covers exactly the spans, over fragments, blocks and overlaps', () => {
  const { view, field } = open();
  const across = { start: text.indexOf('start'), end: text.indexOf('flag') };
  view.draw({
    ...blank,
    annotations: [
      drawn('split', ['The minister', 'plan was']),
      drawn('inner', ['minister said the plan'], 'underline'),
      { ...drawn('across', []), spans: [across] },
      drawn('emoji', ['👩‍🚀'], 'box'),
    ],
  });
  expect(drawnText(field)).toEqual({
    split: 'The ministerplan was',
    inner: 'minister said the plan',
    across: text.slice(across.start, across.end).replaceAll('\n', ''),
    emoji: '👩‍🚀',
  });
  expect(textOf(field)).toBe(text);
});

test('E8 three overlapping layers keep all their ids on the piece that they share', () => {
  const { view, field } = open();
  view.draw({
    ...blank,
    annotations: [
      drawn('quote', ['the plan was “ready”']),
      drawn('fact', ['plan was'], 'double'),
      drawn('stance', ['was “ready”'], 'underline'),
    ],
  });
  const shared = [...field.querySelectorAll<HTMLElement>('[data-annotations]')].find((piece) => piece.textContent === 'was');
  expect(shared?.dataset.annotations).toBe('fact stance quote');
});

test('E8 roles cut the marks under them but take nothing away', () => {
  const { view, field } = open();
  const annotations = [drawn('quote', ['the plan was “ready”']), drawn('term', ['plan was'], 'box')];
  view.draw({ ...blank, annotations });
  const before = drawnText(field);
  view.draw({
    ...blank,
    annotations,
    active: 'quote',
    roles: [
      { spans: [rangeOf('was “rea')], title: 'Target', line: 'solid' },
      { spans: [rangeOf('said')], title: 'Cue', line: 'dotted' },
    ],
  });
  expect(drawnText(field)).toEqual(before);
  const roles = [...field.querySelectorAll<HTMLElement>('.role')];
  expect(roles.map((role) => role.textContent).join('')).toBe('saidwas “rea');
  expect(field.querySelectorAll('.role-dotted')).toHaveLength(1);
  // The ring opens and closes once, and so does the box, although the role cuts both in two.
  for (const edge of ['ring-start', 'ring-end', 'box-start', 'box-end']) expect(field.querySelectorAll(`.${edge}`)).toHaveLength(1);
});

test('E9 no mark moves a letter', () => {
  const { view } = open();
  const before = [...text].map((_, offset) => view.boxOf({ start: offset, end: offset + 1 }).left);
  const annotations = [drawn('a', ['said the plan'], 'box'), drawn('b', ['plan was'], 'underline'), drawn('c', ['the plan was “ready”'])];
  view.draw({
    ...blank,
    annotations,
    active: 'a',
    hovered: 'c',
    roles: [{ spans: [rangeOf('minister')], title: 'Speaker', line: 'solid' }],
  });
  const after = [...text].map((_, offset) => view.boxOf({ start: offset, end: offset + 1 }).left);
  for (const [offset, left] of after.entries()) expect(left).toBeCloseTo(before[offset] ?? Number.NaN, 0);
});

test('E9 lines that overlap in more than one lane get more room between the lines of text', () => {
  const { view, field } = open();
  const height = () => Number.parseFloat(getComputedStyle(field.querySelector('.block') as Element).lineHeight);
  const plain = height();
  view.draw({ ...blank, annotations: [drawn('a', ['said the plan'], 'underline')] });
  expect(height()).toBe(plain);
  view.draw({ ...blank, annotations: [drawn('a', ['said the plan'], 'underline'), drawn('b', ['plan was'], 'double')] });
  expect(height()).toBeGreaterThan(plain);
  view.draw(blank);
  expect(height()).toBe(plain);
});

test('E10 drawing the same again leaves the page alone, and a hover touches only what it is about', async () => {
  const { view, field } = open();
  const drawing = () => ({
    annotations: [drawn('a', ['The minister']), drawn('b', ['plan was'])],
    active: 'a',
    hovered: null,
    roles: [{ spans: [rangeOf('said')], title: 'Cue', line: 'dotted' as const }],
  });
  view.draw(drawing());
  const touched: Node[] = [];
  const observer = new MutationObserver((records) => touched.push(...records.map(({ target }) => target)));
  observer.observe(field, { attributes: true, childList: true, characterData: true, subtree: true });
  const flush = () => touched.push(...observer.takeRecords().map(({ target }) => target));
  view.draw(drawing());
  flush();
  expect(touched).toEqual([]);
  view.draw({ ...drawing(), hovered: 'b' });
  flush();
  observer.disconnect();
  expect(new Set(touched.map((node) => node.textContent))).toEqual(new Set(['plan was']));
});

test('E17 a narrow letter that is dragged over is selected and not picked', async () => {
  const { view, field, onPick } = open();
  view.draw({ ...blank, annotations: [drawn('a', ['the plan'])] });
  const offset = text.indexOf('plan') + 1;
  const box = view.boxOf({ start: offset, end: offset + 1 });
  const frame = field.getBoundingClientRect();
  expect(box.width).toBeLessThan(9);
  const at = (x: number) => ({ x: x - frame.left, y: (box.top + box.bottom) / 2 - frame.top });
  await userEvent.dragAndDrop(field, field, { sourcePosition: at(box.left + 0.5), targetPosition: at(box.left + box.width - 0.5) });
  await settles(view, offset, offset + 1);
  expect(onPick).not.toHaveBeenCalled();
});

test('E11 a click tells what lies under it, the shortest first, and hovering tells it once', async () => {
  const { view, field, onPick, onHover } = open();
  view.draw({
    ...blank,
    annotations: [drawn('long', ['the plan was “ready”']), drawn('short', ['plan'], 'box'), drawn('middle', ['plan was'], 'double')],
  });
  const offset = text.indexOf('plan') + 1;
  await userEvent.click(field, { position: mouseAt(field, view, offset) });
  expect(onPick).toHaveBeenCalledOnce();
  const [ids, at] = onPick.mock.lastCall ?? [];
  expect(ids).toEqual(['short', 'middle', 'long']);
  expect([offset, offset + 1]).toContain(at);
  expect(onHover.mock.calls.at(-1)).toEqual([['short', 'middle', 'long']]);
  await userEvent.hover(field, { position: mouseAt(field, view, text.indexOf('the plan')) });
  const count = onHover.mock.calls.length;
  await userEvent.hover(field, { position: mouseAt(field, view, text.indexOf('ready')) });
  expect(onHover.mock.calls.slice(count - 1)).toEqual([[['long']]]);
  await userEvent.click(field, { position: mouseAt(field, view, text.indexOf('Last')) });
  expect(onPick.mock.lastCall?.[0]).toEqual([]);
  expect(onHover.mock.calls.at(-1)).toEqual([[]]);
  // The right half of an annotation's last letter is still the annotation.
  const last = mouseAt(field, view, text.indexOf('”'));
  await userEvent.click(field, { position: { x: last.x + 2, y: last.y } });
  expect(onPick.mock.lastCall?.[0]).toEqual(['long']);
});

test('E12 the selection stays visible while the focus is elsewhere', async () => {
  const { view, field } = open();
  const input = document.createElement('input');
  field.after(input);
  view.focus();
  view.select(rangeOf('the plan'));
  expect(field.querySelector('.kept')).toBeNull();
  input.focus();
  expect(field.querySelector('.kept')?.textContent).toBe('the plan');
  view.focus();
  expect(field.querySelector('.kept')).toBeNull();
  expect(view.selection()).toEqual({ anchor: rangeOf('the plan').start, head: rangeOf('the plan').end });
});

test('E14 an article of 138,000 characters with 2,000 annotations is drawn in full', async () => {
  const paragraph = `${'All the words of a long article, '.repeat(13)}end.`;
  const long = Array.from({ length: 320 }, () => paragraph).join('\n');
  expect(long.length).toBeGreaterThan(138_000);
  const looks: readonly Look[] = ['tint', 'underline', 'double', 'box'];
  const annotations = Array.from({ length: 2000 }, (_, index): DrawnAnnotation => {
    const start = index * 69;
    return { id: `a${index}`, spans: [{ start, end: start + 100 }], look: looks[index % 4] ?? 'tint', hue: 'teal', label: '' };
  });
  const { view, field } = open(long);
  view.draw({ ...blank, annotations });
  const found = drawnText(field);
  expect(Object.keys(found)).toHaveLength(2000);
  for (const { id, spans } of annotations) {
    expect(found[id]).toBe(spans.map(({ start, end }) => long.slice(start, end).replaceAll('\n', '')).join(''));
  }
  view.draw({ ...blank, annotations, active: 'a1000', hovered: 'a3' });
  expect([...field.querySelectorAll('.active')].map((piece) => piece.textContent).join('')).toBe(found['a1000']);
  expect(textOf(field)).toBe(long);
});

test('E16 what a step draws and where it leaves the caret are set together, and the browser is told of the caret once', () => {
  const { view, field, onSelection } = open();
  view.focus();
  view.select(rangeOf('plan was'));
  onSelection.mockClear();
  const told = [vi.spyOn(Selection.prototype, 'collapse'), vi.spyOn(Selection.prototype, 'setBaseAndExtent')];
  const { end } = rangeOf('plan was');
  view.draw({ ...blank, annotations: [drawn('a', ['plan was'])] }, { start: end, end });
  const calls = told.reduce((sum, spy) => sum + spy.mock.calls.length, 0);
  for (const spy of told) spy.mockRestore();
  expect(calls).toBe(1);
  expect(drawnText(field)).toEqual({ a: 'plan was' });
  expect(onSelection.mock.calls).toEqual([[{ anchor: end, head: end }]]);
  expect(document.getSelection()?.isCollapsed).toBe(true);
  // Nothing new to draw: the caret goes all the same.
  view.draw({ ...blank, annotations: [drawn('a', ['plan was'])] }, rangeOf('minister'));
  expect(document.getSelection()?.toString()).toBe('minister');
});
