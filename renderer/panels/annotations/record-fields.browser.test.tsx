import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AttributeValue } from '../../../core/model/annotation.ts';
import { EvidenceField, QuantityField } from './record-fields.tsx';

function open(Field: typeof QuantityField, title: string): (AttributeValue | null)[] {
  const told: (AttributeValue | null)[] = [];
  function Held() {
    const [value, setValue] = useState<AttributeValue | undefined>(undefined);
    const take = (now: AttributeValue | null) => {
      told.push(now);
      setValue(now ?? undefined);
    };
    return <Field title={title} value={value} isDisabled={false} onChange={take} />;
  }
  document.body.innerHTML = '<div></div>';
  createRoot(document.body.firstElementChild as HTMLElement).render(<Held />);
  return told;
}

test('F30 records are added, changed one by one and removed, each at its place; the last one takes the list with it', async () => {
  const told = open(QuantityField, 'Quantity');
  const quantity = { value: 0, value_max: null, modifier: 'exact', unit: '', counts: '', mention: null };
  await page.getByRole('button', { name: '+ quantity' }).click();
  await page.getByRole('button', { name: '+ quantity' }).click();
  expect(told.at(-1)).toEqual([quantity, quantity]);
  const second = page.getByRole('group', { name: 'Quantity 2' });
  await second.getByLabelText('Value').fill('twelve');
  await userEvent.keyboard('{Enter}');
  expect(told.at(-1)).toEqual([quantity, quantity]);
  await second.getByLabelText('Value').fill('12');
  await userEvent.keyboard('{Enter}');
  await second.getByLabelText('Unit').fill('people');
  await userEvent.keyboard('{Enter}');
  expect(told.at(-1)).toEqual([quantity, { ...quantity, value: 12, unit: 'people' }]);
  await page.getByRole('button', { name: 'Remove Quantity 1' }).click();
  expect(told.at(-1)).toEqual([{ ...quantity, value: 12, unit: 'people' }]);
  await page.getByRole('button', { name: 'Remove Quantity 1' }).click();
  expect(told.at(-1)).toBeNull();
});

test('F30 a piece of evidence has an address, a day, a word and what it says', async () => {
  const told = open(EvidenceField, 'Evidence');
  await page.getByRole('button', { name: '+ evidence' }).click();
  for (const [label, words] of [
    ['Address', 'https://example.org'],
    ['Read on', '2026-01-31'],
    ['Note', 'page 3'],
  ]) {
    await page.getByLabelText(label as string).fill(words as string);
    await userEvent.keyboard('{Enter}');
  }
  expect(told.at(-1)).toEqual([{ url: 'https://example.org', accessed: '2026-01-31', says: 'supports', note: 'page 3' }]);
});

test('F40 a record that is added has the focus in its first field, and Tab goes on from there', async () => {
  const told = open(QuantityField, 'Quantity');
  for (const [at, value] of ['12', '7'].entries()) {
    await page.getByRole('button', { name: '+ quantity' }).click();
    const group = page.getByRole('group', { name: `Quantity ${at + 1}` });
    await expect.element(group.getByLabelText('Value')).toHaveFocus();
    await userEvent.keyboard(`${value}{Tab}`);
    await expect.element(group.getByLabelText('Up to')).toHaveFocus();
  }
  expect(told.at(-1)).toMatchObject([{ value: 12 }, { value: 7 }]);
});
