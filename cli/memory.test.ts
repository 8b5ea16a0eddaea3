import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const command = join(import.meta.dirname, 'pressmark.js');
const told = 'data:text/javascript,console.error(process.execArgv.filter((one) => one.startsWith("--max")).join())';
const start = (...options: string[]) => {
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', told, ...options, command, '--version'], {
    encoding: 'utf8',
  });
  return { said: stdout.trim(), starts: stderr.split('\n').slice(0, -1), status };
};

test.skipIf(process.platform === 'win32')(
  'C20 the command starts with a limit to the memory for what is new, unless it is given one',
  () => {
    const usual = start();
    expect(usual).toEqual({ said: expect.stringMatching(/^\d+\.\d+\.\d+$/), starts: ['', '--max-semi-space-size=8'], status: 0 });
    expect(start('--max-semi-space-size=16')).toEqual({ ...usual, starts: ['--max-semi-space-size=16'] });
  },
);
