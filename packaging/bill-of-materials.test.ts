import { expect, test } from 'vitest';
import { reproducible } from './bill-of-materials.ts';

test('D61 the bill of materials hangs on the lockfile alone, not on when it was made', () => {
  const bill = (timestamp: string, serialNumber: string) => ({
    serialNumber,
    metadata: { timestamp },
    components: [{ name: 'a', version: '1' }],
  });
  const one = reproducible(bill('2026-01-01', 'urn:uuid:1'), 'lock');
  expect(one).toEqual(reproducible(bill('2026-02-02', 'urn:uuid:2'), 'lock'));
  expect(one.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(one.serialNumber).not.toBe(reproducible(bill('2026-01-01', 'urn:uuid:1'), 'other').serialNumber);
  expect(one.components).toEqual([{ name: 'a', version: '1' }]);
});
