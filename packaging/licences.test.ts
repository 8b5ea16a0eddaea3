import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { dependenciesOf, isAllowed, type Lockfile, licenceList } from './licences.ts';

const root = resolve(import.meta.dirname, '..');
const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lockfile;

test('D60 the list of licences is that of the lockfile, and every licence in it is allowed', () => {
  const dependencies = dependenciesOf(lockfile);
  expect(dependencies.length).toBeGreaterThan(100);
  expect(dependencies.filter(({ licence }) => !isAllowed(licence))).toEqual([]);
  // npm run licences
  expect(readFileSync(join(root, 'docs', 'licences.md'), 'utf8')).toBe(licenceList(dependencies));
});

test('D60 what is for development alone is not in the list; what stands in another’s place has its own name; one of two licences suffices, and both of two are needed', () => {
  const packages = { '': {}, 'node_modules/a': { version: '1', license: 'ISC' }, 'node_modules/b': { version: '1', dev: true } };
  expect(dependenciesOf({ packages })).toEqual([{ name: 'a', version: '1', licence: 'ISC', folder: 'node_modules/a' }]);
  const stood = { 'node_modules/a': { name: 'c', version: '1', license: 'ISC' } };
  expect(dependenciesOf({ packages: stood })).toEqual([{ name: 'c', version: '1', licence: 'ISC', folder: 'node_modules/a' }]);
  const judged = ['MIT', '(MIT OR GPL-3.0-or-later)', '(MIT AND Zlib)', '(MIT AND GPL-3.0-only)', 'GPL-3.0-only', 'UNLICENSED', ''];
  expect(judged.map(isAllowed)).toEqual([true, true, true, false, false, false, false]);
});
