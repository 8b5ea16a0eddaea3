import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { type Annotation, emptySet, setToRecord } from '../../../core/model/annotation.ts';
import { spanAt } from '../../../core/text/span.ts';
import { expectFocus, press } from '../../testing/hands.ts';
import { openApp } from '../../testing/opened-app.tsx';

const text =
  'The council met.\nIt spoke of the harbour for long, and of the pledge that was made in haste.\nThe mayor left early, as she does on most days of the week.\nNobody followed.';
const toolbar = () => page.getByRole('toolbar', { name: 'Tag the selection' });
const pressOn = (element: Element) => {
  const { left, top } = element.getBoundingClientRect();
  const at = { bubbles: true, cancelable: true, clientX: left + 2, clientY: top + 2, button: 0, pointerId: 1, pointerType: 'mouse' };
  element.dispatchEvent(new PointerEvent('pointerdown', at));
  const isTaken = !element.dispatchEvent(new MouseEvent('mousedown', at));
  // A drag ends elsewhere.
  document.body.dispatchEvent(new PointerEvent('pointerup', { ...at, clientX: 1 }));
  document.body.dispatchEvent(new MouseEvent('mouseup', { ...at, clientX: 1 }));
  return isTaken;
};

test('F41 a press on the toolbar leaves the focus in the text; Escape closes it and the selection stays', async () => {
  const { field, select, view } = await openApp(text);
  await select('mayor left early');
  await press('f');
  await select('the pledge');
  await expect.element(toolbar()).toBeVisible();
  const active = view.store.getState().active;
  expect(
    pressOn(
      toolbar()
        .getByRole('button', { name: /^Quote/ })
        .first()
        .element(),
    ),
  ).toBe(true);
  await expectFocus(field);
  await press('Escape');
  await expect.element(toolbar()).not.toBeInTheDocument();
  expect(view.store.getState().active).toBe(active);
  document.querySelector('[data-pane="main"]')?.dispatchEvent(new Event('scroll'));
  await expect.element(toolbar()).not.toBeInTheDocument();
  await press('t');
  await expect.poll(() => field.querySelectorAll('.annotated').length).toBeGreaterThan(1);
  // With the toolbar away, Escape lets go of the annotation as ever.
  await press('Escape');
  expect(view.store.getState().active).toBeNull();
});

test('F42 the toolbar stands where the pointer did not come from, unless it would cover more of what is annotated there', async () => {
  const { select, view } = await openApp(text);
  const isBelow = () => {
    const bar = toolbar().element().getBoundingClientRect();
    return bar.top > (view.store.getState().selectionBox?.top ?? Number.NaN);
  };
  await select('the pledge');
  await expect.element(toolbar()).toBeVisible();
  await expect.poll(isBelow).toBe(true);
  // The same words selected from their end.
  const selection = document.getSelection() as Selection;
  const [node, from, to] = [selection.anchorNode as Node, selection.anchorOffset, selection.focusOffset];
  selection.setBaseAndExtent(node, to, node, from);
  await expect.poll(isBelow).toBe(false);
  // What stands above them is annotated now, and must not be covered.
  await select('The council met');
  await press('q');
  await select('It spoke of the harbour for long, and of');
  await press('f');
  await select('the pledge');
  const again = document.getSelection() as Selection;
  again.setBaseAndExtent(again.focusNode as Node, again.focusOffset, again.anchorNode as Node, again.anchorOffset);
  await expect.poll(() => view.store.getState().selection.anchor > view.store.getState().selection.head).toBe(true);
  await expect.poll(isBelow).toBe(true);
});

test('F56 in a long article only the paragraphs around the toolbar are asked for their places', async () => {
  const lines = Array.from({ length: 120 }, (_, at) => `Paragraph ${at} speaks of the harbour.`);
  const long = lines.join('\n');
  const time = '2026-01-01T00:00:00.000Z';
  const annotations = lines.map((line, at): Annotation => {
    const start = long.indexOf(line);
    return {
      ...{ id: `a${at}`, article: 'a', annotator: 'anna', layer: 'QUOTE', attributes: {}, roles: [], note: '', codebook: 1 },
      ...{ origin: { kind: 'person' }, created: time, modified: time, spans: [spanAt(long, { start, end: start + 9 })] },
    };
  });
  const set = setToRecord({ ...emptySet('a'), annotations: new Map(annotations.map((each) => [each.id, each])) });
  const { field, select } = await openApp(long, { set });
  await expect.poll(() => field.querySelectorAll('.annotated').length).toBe(120);
  const asked = vi.spyOn(Element.prototype, 'getClientRects');
  await select('3 speaks of');
  await expect.element(toolbar()).toBeVisible();
  const annotated = asked.mock.contexts.filter((element) => element instanceof Element && element.matches('.annotated'));
  asked.mockRestore();
  expect(annotated.length).toBeGreaterThan(0);
  expect(new Set(annotated).size).toBeLessThan(20);
});
