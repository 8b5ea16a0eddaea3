import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { realCommand } from './testing/real-command.ts';

const { run, sample } = realCommand();

test('C7 check ends with 0 and one line on a whole project, and with 1 and a line for each thing that is wrong on a damaged one', async () => {
  const place = await sample('checked');
  const whole = await run('check', place);
  expect(whole).toMatchObject({ code: 0, stderr: '' });
  expect(whole.stdout.trimEnd().split('\n')).toHaveLength(1);
  const [first = '', second = ''] = await readdir(join(place, 'articles'));
  await writeFile(join(place, 'articles', first, 'text.txt'), 'another text');
  await rm(join(place, 'articles', second, 'text.txt'));
  const damaged = await run('check', place);
  expect(damaged.code).toBe(1);
  const lines = damaged.stdout.trimEnd().split('\n');
  expect(lines.some((line) => line.includes(first))).toBe(true);
  expect(lines.some((line) => line.includes(second))).toBe(true);
  expect(damaged.stderr).toContain(`${lines.length} problems found`);
});
