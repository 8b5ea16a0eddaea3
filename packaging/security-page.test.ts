import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');

test('D65 every id in the tables of docs/security.md is a rule, and a test that begins with it is there', () => {
  const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| '));
  const ids = new Set(rows.flatMap((row) => row.match(/(?<![\w-])[A-Z]\d{1,3}(?![\w.])/g) ?? []));
  expect(ids.size).toBeGreaterThan(50);
  const rules = readFileSync(join(root, 'SPEC.md'), 'utf8');
  expect([...ids].filter((id) => !rules.includes(`- **${id}** `))).toEqual([]);
  const tests = globSync('{core,host,electron,cli,renderer,e2e}/**/*.{test,spec}.{ts,tsx}', { cwd: root })
    .concat(globSync(['packaging/*.test.ts', 'core/formats/testing/*.ts'], { cwd: root }))
    .map((path) => readFileSync(join(root, path), 'utf8'))
    .join('\n');
  expect([...ids].filter((id) => !new RegExp(`['"\`]${id} `).test(tests))).toEqual([]);
});
