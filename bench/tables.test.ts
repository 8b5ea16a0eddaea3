import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../e2e/host-process.ts';
import { readResults } from './results.ts';
import { filled } from './tables.ts';

test('O50 every figure in the tables of the READMEs is one that the last whole run measured', () => {
  for (const [file, text] of filled(readResults('workbench'))) expect(readFileSync(join(root, file), 'utf8')).toBe(text);
});

test('O50 a tool that did not open a text is told with what became of it, and no ratio', () => {
  const results = readResults('workbench');
  const rows = results.rows.map((row) =>
    row['tool'] === 'poplar' && row['words'] === 1000 ? { ...row, openP50: null, failed: 'open: not done after 120 s' } : row,
  );
  const texts = filled({ ...results, rows });
  expect(texts.get('bench/README.md')).toMatch(/^\| 1,000 \| poplar [\d.]+ \| not done after 120 s \| – \|/m);
  expect(texts.get('README.md')).toMatch(/^\| 1,000, 100 \|.* not done after 120 s \|/m);
});
