import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const command = join(import.meta.dirname, 'pressmark.js');
const told =
  'data:text/javascript,console.error([...process.execArgv.filter((one) => /^--(max|heap|initial)/.test(one)), ...Object.keys(process.env).filter((one) => one.startsWith(`MALLOC_`)).sort()].join())';
const start = (...options: string[]) => startWith(['--version'], ...options);
const startWith = (words: readonly string[], ...options: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', told, ...options, command, ...words], {
    encoding: 'utf8',
  });
  return { said: stdout.trim(), starts: stderr.split('\n').slice(0, -1), status };
};

test.skipIf(process.platform === 'win32')(
  'C20 the command starts with a limit to the memory for what is new, unless it is given one',
  () => {
    const usual = start();
    expect(usual).toEqual({
      said: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      starts: ['', '--max-semi-space-size=8,--initial-old-space-size=128'],
      status: 0,
    });
    expect(start('--max-semi-space-size=16')).toEqual({ ...usual, starts: ['--max-semi-space-size=16'] });
  },
);

test.skipIf(process.platform === 'win32')('C23 an export starts with a limit to what it leaves behind, too', () => {
  expect(startWith(['export', '--help']).starts).toEqual([
    '',
    '--max-semi-space-size=8,--heap-growing-percent=50,MALLOC_ARENA_MAX,MALLOC_MMAP_THRESHOLD_,MALLOC_TRIM_THRESHOLD_',
  ]);
});
