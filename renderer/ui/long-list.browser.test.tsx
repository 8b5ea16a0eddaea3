import type {} from '@vitest/browser-playwright';
import { useState } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, expect, test, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { LongList } from './long-list.tsx';

const roots: { root: Root; place: HTMLElement }[] = [];
afterEach(() => {
  for (const { root, place } of roots.splice(0)) {
    root.unmount();
    place.remove();
  }
});

const idOf = (item: { id: string }) => item.id;
const Row = ({ item }: { readonly item: { id: string } }) => <span>Row {item.id}</span>;
const BoxRow = ({ item }: { readonly item: { id: string } }) => <span className="box">{item.id}</span>;

const items = Array.from({ length: 10_000 }, (_, index) => ({ id: String(index) }));

interface Heard {
  readonly chosen: (id: string) => void;
  readonly walked: (id: string) => void;
  readonly asked: (id: string, place: object) => void;
}

function Rows({ heard, walks, isDisabled }: { readonly heard: Heard; readonly walks: boolean; readonly isDisabled: boolean }) {
  const [selected, setSelected] = useState<string | null>('5');
  const taking = (tell: (id: string) => void) => (id: string) => {
    tell(id);
    setSelected(id);
  };
  return (
    <LongList
      label="Rows"
      className="rows"
      rowClassName="row"
      items={items}
      idOf={idOf}
      rowHeight={40}
      selected={selected}
      isDisabled={isDisabled}
      onChoose={taking(heard.chosen)}
      {...(walks ? { onWalk: taking(heard.walked) } : {})}
      onMenu={heard.asked}
      row={Row}
    />
  );
}

function Ticked({ onChoose }: { readonly onChoose: (id: string) => void }) {
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  const onMark = (id: string) =>
    setMarked((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]));
  const shared = { label: 'Rows', className: 'rows', rowClassName: 'row', items, idOf, rowHeight: 40, selected: null, row: BoxRow };
  return <LongList {...shared} marked={marked} onMark={onMark} onChoose={onChoose} />;
}

async function open({ walks = false, isDisabled = false } = {}) {
  const place = document.createElement('div');
  place.innerHTML = '<style>.rows { height: 400px }</style>';
  const frame = place.appendChild(document.createElement('div'));
  document.body.append(place);
  const root = createRoot(frame);
  roots.push({ root, place });
  const heard = { chosen: vi.fn<Heard['chosen']>(), walked: vi.fn<Heard['walked']>(), asked: vi.fn<Heard['asked']>() };
  root.render(<Rows heard={heard} walks={walks} isDisabled={isDisabled} />);
  await expect.poll(() => frame.querySelectorAll('[role="option"]').length).toBeGreaterThan(5);
  const list = frame.querySelector<HTMLElement>('[role="listbox"]') as HTMLElement;
  const current = () => document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.textContent ?? null;
  return { list, current, ...heard };
}

test('F31 of 10,000 rows those on screen are elements, and each tells its place among all', async () => {
  const { list } = await open();
  const rows = list.querySelectorAll('[role="option"]');
  expect(rows.length).toBeLessThan(40);
  expect(rows[0]?.getAttribute('aria-setsize')).toBe('10000');
  expect(rows[2]?.getAttribute('aria-posinset')).toBe('3');
  expect(list.scrollHeight).toBe(400_000);
});

test('F31 arrows, pages, Home and End walk; Enter and Space choose; the focus stays on the list', async () => {
  const { list, chosen, current } = await open();
  list.focus();
  expect(current()).toBe('Row 5');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowUp}');
  expect(current()).toBe('Row 6');
  expect(chosen).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(chosen).toHaveBeenLastCalledWith('6');
  await userEvent.keyboard('{End}');
  await expect.poll(current).toBe('Row 9999');
  expect(list.scrollTop).toBeGreaterThan(399_000);
  await userEvent.keyboard('{PageUp}');
  await expect.poll(current).toBe('Row 9990');
  await userEvent.keyboard(' ');
  expect(chosen).toHaveBeenLastCalledWith('9990');
  await userEvent.keyboard('{Home}{ArrowUp}');
  await expect.poll(current).toBe('Row 0');
  expect(document.activeElement).toBe(list);
});

test('F31 where walking means choosing, each row on the way is told', async () => {
  const { list, chosen, walked } = await open({ walks: true });
  list.focus();
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(walked.mock.calls).toEqual([['6'], ['7']]);
  expect(chosen).not.toHaveBeenCalled();
});

test('F31 a list that only shows can be walked, and chooses nothing', async () => {
  const { list, chosen, current } = await open({ isDisabled: true });
  list.focus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(current()).toBe('Row 6');
  expect(chosen).not.toHaveBeenCalled();
});

test('F31 a menu is asked for on the row under the pointer, or by key on the row in turn', async () => {
  const { list, asked } = await open();
  list
    .querySelector('[data-key="2"]')
    ?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, button: 2, clientX: 30, clientY: 90 }));
  expect(asked).toHaveBeenLastCalledWith('2', { left: 30, top: 90 });
  list.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, button: 0 }));
  expect(asked.mock.lastCall?.[0]).toBe('5');
});

test('Y8 where rows can be ticked, Space, Ctrl with a click and a click on the box tick; Enter and a plain click choose', async () => {
  const place = document.createElement('div');
  place.innerHTML = '<style>.rows { height: 400px }</style>';
  document.body.append(place);
  const root = createRoot(place.appendChild(document.createElement('div')));
  roots.push({ root, place });
  const chosen = vi.fn<(id: string) => void>();
  root.render(<Ticked onChoose={chosen} />);
  const row = (id: string) => place.querySelector<HTMLElement>(`[data-key="${id}"]`);
  await expect.poll(() => row('3')).not.toBeNull();
  const checked = () => [...place.querySelectorAll('[aria-checked="true"]')].map((element) => element.getAttribute('data-key'));
  row('3')?.dispatchEvent(new MouseEvent('click', { bubbles: true, ctrlKey: true }));
  await expect.poll(checked).toEqual(['3']);
  row('1')
    ?.querySelector('.box')
    ?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  await expect.poll(checked).toEqual(['1', '3']);
  place.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  await userEvent.keyboard('{ArrowDown} ');
  await expect.poll(checked).toEqual(['1', '2', '3']);
  await userEvent.keyboard(' ');
  await expect.poll(checked).toEqual(['1', '3']);
  expect(chosen).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(chosen).toHaveBeenLastCalledWith('2');
  row('4')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
  expect(chosen).toHaveBeenLastCalledWith('4');
});

test('F68 the row in turn stands clear of where the list fades out, but for the first and the last', async () => {
  const place = document.createElement('div');
  place.style.cssText = 'height: 400px; display: grid';
  document.body.append(place);
  const root = createRoot(place);
  roots.push({ root, place });
  const shared = { label: 'Rows', rowClassName: 'row', items, idOf, rowHeight: 40, selected: null, row: Row, onChoose: () => undefined };
  root.render(<LongList {...shared} className="rows" fades />);
  await expect.poll(() => place.querySelector('[role="option"]')).not.toBeNull();
  const list = place.querySelector('[role="listbox"]') as HTMLElement;
  list.focus();
  const room = () => {
    const [row, frame] = [place.querySelector('[data-current="true"]'), list].map((each) => each?.getBoundingClientRect());
    return [(row?.top ?? 0) - (frame?.top ?? 0), (frame?.bottom ?? 0) - (row?.bottom ?? 0)];
  };
  await userEvent.keyboard('{ArrowDown}'.repeat(12));
  await expect.poll(() => Math.round(room()[1] ?? 0)).toBe(28);
  await userEvent.keyboard('{ArrowUp}'.repeat(9));
  await expect.poll(() => Math.round(room()[0] ?? 0)).toBe(28);
  await userEvent.keyboard('{Home}');
  await expect.poll(() => Math.round(room()[0] ?? 0)).toBe(0);
});
