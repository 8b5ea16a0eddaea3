import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../e2e/host-process.ts';
import { filled, lastMeasurements } from './tables.ts';

test('O50 every figure in the tables of the READMEs is one that the last runs measured', () => {
  for (const [file, text] of filled(lastMeasurements())) expect(readFileSync(join(root, file), 'utf8')).toBe(text);
});

test('O50 a tool that did not open a text is listed with what became of it, and has no ratio', () => {
  const { workbench, ...others } = lastMeasurements();
  const rows = workbench.rows.map((row) =>
    row['tool'] === 'poplar' && row['words'] === 1000 ? { ...row, openP50: null, failed: 'open: not done after 120 s' } : row,
  );
  const texts = filled({ ...others, workbench: { ...workbench, rows } });
  expect(texts.get('bench/README.md')).toMatch(/^\| 1,000 \| poplar [\d.]+ \| not done after 120 s \| – \|/m);
  expect(texts.get('README.md')).toMatch(/^\| 1,000, 100 \|.* not done after 120 s \|/m);
});
