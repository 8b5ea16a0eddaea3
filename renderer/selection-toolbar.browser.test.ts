import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { expectFocus, press } from './testing/hands.ts';
import { openApp } from './testing/opened-app.tsx';

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
