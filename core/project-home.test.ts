import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folderNameOf, folderNameProblem, namesApart } from './project-home.ts';

test('O39 projects of one name are told apart by the end of their folders, as far as it differs', () => {
  const at = (name: string, folder: string) => ({ name, folder });
  const projects = [
    at('Summit', '/home/ann/Pressmark/summit'),
    at('Summit', '/home/ann/Pressmark/summit 2'),
    at('Summit', '/media/stick/summit'),
    at('Vote', '/home/ann/Pressmark/vote'),
    at('Case', 'C:\\ann\\a\\case'),
    at('Case', 'C:\\ann\\b\\case'),
  ];
  expect([...namesApart(projects).values()]).toEqual([
    ...['Summit (Pressmark/summit)', 'Summit (summit 2)', 'Summit (stick/summit)', 'Vote', 'Case (a/case)', 'Case (b/case)'],
  ]);
  expect([...namesApart([at('Case', '/case'), at('Case', '/case')]).values()]).toEqual(['Case', 'Case']);
});

test.each([
  '',
  ' ',
  '.',
  '..',
  '.hidden',
  'a/b',
  '../up',
  'a\\b',
  'C:',
  'a\0b',
  'a\nb',
  'end.',
  'end ',
  ' start',
  'CON',
  'nul.txt',
  'com1',
  'x'.repeat(81),
  'a\u202eb',
  '\ud800',
])('A34 %j is no name for a folder', (name) => {
  expect(folderNameProblem(name)).not.toBeNull();
});

test.each([
  ['Paris summit', 'Paris summit'],
  ['Élysée & co.', 'Élysée & co'],
  ['a/b: c?', 'a b c'],
  ['../../etc', 'etc'],
  ['CON', 'Project'],
  ['…', '…'],
  ['', 'Project'],
])('A34 the folder of a project %j is called %j', (name, folder) => {
  expect(folderNameOf(name)).toBe(folder);
});

test('A34 whatever a project is called, its folder gets a name that every system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 90 }), (name) => {
      expect(folderNameProblem(folderNameOf(name))).toBeNull();
    }),
    { numRuns: 60 },
  );
});
