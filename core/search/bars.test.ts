import { expect, test } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { barsOf, termOf } from './bars.ts';
import { understand } from './conditions.ts';
import { fieldsOf } from './fields.ts';

const fields = fieldsOf(defaultCodebook);

test('L70 a bar says the field that means its own and nothing else', () => {
  expect(fields.get('source')?.meanings).toHaveLength(2);
  expect(termOf('source', 'BBC News', fields)).toBe('article-source:"BBC News"');
  expect(termOf('role:source', 'Kyiv "Post"', fields)).toBe('role-source:"Kyiv \\"Post\\""');
  expect(termOf('role:speaker', null, fields)).toBe('-has:speaker');
  expect(termOf('length', '500', fields)).toBe('length:>=500');
  expect(termOf('month', '2026', fields)).toBe('date:2026 -date:2026-01..2026-12');
  expect(termOf('rule', null, fields)).toBeNull();
  expect(understand('article-source:"BBC News"', fields).conditions).toEqual([
    {
      ...{ kind: 'field', not: false, field: 'article-source', meanings: [{ of: 'article', what: 'source' }] },
      tests: [{ kind: 'is', text: 'bbc news' }],
    },
  ]);
});

test('L70 spellings that a query cannot tell apart are one bar, under the most common one', () => {
  const rows = [
    { keys: ['said'], count: 3 },
    { keys: ['told'], count: 2 },
    { keys: ['Said'], count: 1 },
    { keys: [null], count: 1 },
  ];
  expect(barsOf(rows)).toEqual([
    { key: 'said', value: 'said', count: 4 },
    { key: 'told', value: 'told', count: 2 },
    { key: null, value: null, count: 1 },
  ]);
});
