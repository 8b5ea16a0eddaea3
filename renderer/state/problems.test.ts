import { expect, test } from 'vitest';
import { emptySet } from '../../core/model/annotation.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { emptyWork } from '../../core/steps/edit.ts';
import { problemsIn } from './problems.ts';
import { unopened, type Workspace } from './workspace.ts';

test('V6 an article that is opened leaves what was found in the others as it is', () => {
  const opened = { codebook: { version: 1, codebook: defaultCodebook } } as Workspace['opened'];
  const sets = new Map([['a', emptySet('a')]]);
  const before: Workspace = { ...unopened, opened, work: { ...emptyWork, sets } };
  const found = problemsIn(before, 'a');
  const after = { ...before, others: new Map([['b', []]]), work: { ...before.work, sets: new Map(sets).set('b', emptySet('b')) } };
  expect(problemsIn(after, 'a')).toBe(found);
  expect(problemsIn({ ...before, registry: new Map() }, 'a')).not.toBe(found);
});
