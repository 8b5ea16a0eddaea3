import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openOrCreateSample } from '../host/sample.ts';
import { addExport } from './export.ts';
import { addSplits } from './splits.ts';

const home = join(import.meta.dirname, '..');
let folder: string;
let project: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-splits-'));
  vi.stubEnv('PRESSMARK_HOME', join(folder, 'home'));
  project = join(folder, 'sample');
  await (await openOrCreateSample(project, join(home, 'seeds'), 'Ann')).close();
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

/** Runs a command in this process, as main.ts does: what it prints, and what it fails with. */
async function run(...args: string[]): Promise<{ stdout: string; failure: unknown }> {
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  const write = { writeOut: (text: string) => void printed.push(text.trimEnd()), writeErr: () => undefined };
  const program = new Command('pressmark').exitOverride().configureOutput(write);
  for (const add of [addExport, addSplits]) add(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return { stdout: `${printed.join('\n')}\n`, failure: null };
  } catch (failure) {
    return { stdout: `${printed.join('\n')}\n`, failure };
  } finally {
    log.mockRestore();
  }
}

test.each([
  [['--split', '0.8,0.2'], 'three parts'],
  [['--split', '0.8,0.1,0.2'], 'add up to 1'],
  [['--split', '0.8,,0.2'], 'three parts'],
  [['--group', 'topic'], 'event, near-duplicate, quote, speaker'],
])('C2 splits %j is wrong usage', async (flags, reason) => {
  expect(await run('splits', project, ...flags)).toMatchObject({
    failure: { code: 'commander.invalidArgument', message: expect.stringContaining(reason) },
  });
});

test('X57 splits are shown in words or as data, published, carried by the dataset, kept from other ones, replaced and taken back', async () => {
  const shown = await run('splits', project, '--stratify', '--split', '0.6,0.2,0.2');
  expect(shown.failure).toBe(null);
  expect(shown.stdout).toContain(
    'Asked for: train 60 %, validation 20 %, test 20 %. Layers balanced. Kept together: nearly the same text.',
  );
  expect(shown.stdout).toContain('Not published');
  expect(shown.stdout).toMatch(/\n {12}articles {2}groups\ntrain {14}3 {7}3\nvalidation {9}1 {7}1\ntest {15}1 {7}1\n/);
  expect(shown.stdout).toContain('No leak between the splits was found.');

  const data = async (...flags: string[]) => {
    const { stdout, failure } = await run('splits', project, '--json', ...flags);
    expect(failure).toBe(null);
    return JSON.parse(stdout);
  };
  const planned = await data('--group', 'event');
  expect(planned).toMatchObject({
    options: { group: ['event', 'near-duplicate'], stratify: false },
    published: null,
    report: { documents: 5 },
  });
  const published = await data('--group', 'event', '--publish');
  expect(published.assignments).toEqual(planned.assignments);
  expect(published.published).toMatchObject({ by: expect.any(String), codebook: 1 });

  const out = join(folder, 'dataset');
  expect(await run('export', project, '--format', 'jsonl', '--out', out)).toMatchObject({ failure: null });
  const lines = (await readFile(join(out, 'documents.jsonl'), 'utf8')).trim().split('\n');
  const carried = lines.map((line) => JSON.parse(line)).map(({ doc_id, group_id, split }) => [doc_id, { group: group_id, split }]);
  expect(Object.fromEntries(carried)).toEqual(planned.assignments);

  const refused = await run('export', project, '--format', 'jsonl', '--out', join(folder, 'other'), '--split', '0.5,0.25,0.25');
  expect(refused).toMatchObject({ failure: { message: expect.stringContaining('The published splits of this project') } });
  expect(await run('splits', project, '--stratify', '--publish')).toMatchObject({ failure: { failure: { code: 'conflict' } } });
  expect((await run('splits', project)).stdout).toMatch(/Published on \d{4}-\d\d-\d\d by Ann: 5 articles; 0 came later\./);
  expect(await data('--stratify', '--replace')).toMatchObject({ options: { group: ['near-duplicate'], stratify: true } });
  expect((await run('splits', project, '--withdraw')).stdout).toContain('Took back the splits of 5 articles.');
  expect(await run('splits', project, '--withdraw')).toMatchObject({ failure: { failure: { code: 'not-found' } } });
});
