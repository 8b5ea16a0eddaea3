import { readFileSync, writeFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strToU8 } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Input, Method, Output } from '../../core/contract.ts';
import { type ImportProblem, messageLimit, type ReadingOptions } from '../../core/import/draft.ts';
import type { Host } from '../host.ts';
import { hostOn, makeProject, temporaryFolder } from '../testing/sample-host.ts';
import { createReader } from './reader.ts';
import { hostileDatasets } from './testing/hostile-datasets.ts';
import { hostileFiles } from './testing/hostile-files.ts';

// What each hostile file is answered with, word for word. After a wanted change of words: UPDATE_HOSTILE=1, then read the difference.
const goldenPath = join(import.meta.dirname, 'testing', 'hostile-answers.json');
const golden = JSON.parse(readFileSync(goldenPath, 'utf8')) as Record<string, unknown>;
const isUpdate = Boolean(process.env['UPDATE_HOSTILE']);

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let host: Host;
let before: Map<string, string>;

beforeAll(async () => {
  folder = await temporaryFolder();
  const place = join(folder.path, 'project');
  await makeProject(place);
  ({ host } = await hostOn(place, { lock: false }));
  await call('openWorkspace', { page: 'p1' });
  before = await contents();
});

afterAll(async () => {
  await host.close();
  await folder.remove();
  if (isUpdate) writeFileSync(goldenPath, `${JSON.stringify(golden, null, 2)}\n`);
});

async function contents(): Promise<Map<string, string>> {
  const root = join(folder.path, 'project');
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(paths.map(async (path) => [path, await readFile(path, 'latin1')] as const)));
}

async function call<M extends Method>(method: M, input: Input<M>, bytes?: Uint8Array): Promise<Output<M>> {
  const reply = await host.call(method, input, bytes);
  if (!reply.ok) throw Object.assign(new Error(reply.error.message), reply.error);
  return reply.value as Output<M>;
}

/** Expects exactly these words, and nothing of the file in the project. */
async function expectRefused(what: string, problems: readonly ImportProblem[]): Promise<void> {
  for (const { file, message, next } of problems) {
    expect([file, message, next].every((words) => words.isWellFormed() && words.length <= messageLimit)).toBe(true);
    expect(`${file}${message}${next}`).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    expect(next).toMatch(/\.$/);
  }
  if (isUpdate) golden[what] = problems;
  expect(problems).toEqual(golden[what]);
  expect(await contents()).toEqual(before);
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined();
}

// As the window does it: plain text at once, anything else staged and looked at.
async function problemsOf(name: string, bytes: Uint8Array, options: ReadingOptions): Promise<ImportProblem[]> {
  if (name.endsWith('.text')) {
    const reply = await host.call('importArticle', { page: 'p1', name }, bytes);
    if (reply.ok) return [];
    const { code, message, next } = reply.error;
    return [{ file: name, line: null, column: null, code: code as ImportProblem['code'], message, next }];
  }
  const { files, problems } = await call('stageFile', { page: 'p1', name }, bytes);
  const found = [...problems];
  for (const { id } of files) {
    const { drafts, problem } = await call('previewStaged', { page: 'p1', file: id, options });
    expect(drafts).toEqual([]);
    if (problem) found.push(problem);
  }
  await call('discardStaged', { page: 'p1' });
  return found;
}

const files = hostileFiles();

test.each(files.map((file) => [file[0], file] as const))(
  'I25 %s is refused with its reason, and nothing of it is in the project',
  async (what, [, format, bytes, code, options = {}]) => {
    const problems = await problemsOf(`a.${format}`, bytes, options);
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    await expectRefused(what, problems);
  },
);

test('I25 after all of these the same host still reads a good file', async () => {
  const { files } = await call('stageFile', { page: 'p1', name: 'a.html' }, strToU8('<p>Words of a page.</p>'));
  const { drafts, problem } = await call('previewStaged', { page: 'p1', file: files[0]?.id ?? '', options: {} });
  expect(problem).toBeNull();
  expect(drafts[0]?.blocks).toEqual([{ kind: 'paragraph', text: 'Words of a page.', leaveOut: null }]);
  await call('discardStaged', { page: 'p1' });
});

const datasets = hostileDatasets();

test.each(datasets.map((dataset) => [dataset.what, dataset] as const))(
  'I64 %s: refused whole with its reason, and nothing of it is in the project',
  async (what, { files, codes }) => {
    await call('discardStaged', { page: 'p1' });
    const problems: ImportProblem[] = [];
    for (const { path, bytes } of files) problems.push(...(await call('stageFile', { page: 'p1', name: path }, bytes)).problems);
    const look = await call('lookAtDataset', { page: 'p1', map: null });
    problems.push(...(look.dataset?.problems ?? []));
    expect(problems.map((problem) => problem.code)).toEqual(codes);
    // Whoever imports it all the same gets nothing either.
    expect((await call('importDataset', { page: 'p1', map: null, gesture: 'g1', keepsAnnotators: false })).articles).toEqual([]);
    await call('discardStaged', { page: 'p1' });
    await expectRefused(what, problems);
  },
);

test('I64 every answer that is kept belongs to a file that is tried', () => {
  const names = [...files.map(([what]) => what), ...datasets.map(({ what }) => what)];
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(golden).sort()).toEqual([...names].sort());
  expect(names.length).toBeGreaterThanOrEqual(100);
});

test('I26 a file that takes too long, or too much memory, is refused, and the next one is read by a new thread', async () => {
  const heavy = { name: 'a.html', format: 'html', bytes: strToU8('<p>a'.repeat(150_000)), options: {} } as const;
  const hasty = createReader({ timeMs: 100, memoryMb: 512 });
  expect((await hasty.read(heavy)).problem).toMatchObject({
    code: 'too-slow',
    message: expect.stringContaining('longer than 0.1 seconds'),
  });
  await hasty.close();
  const small = createReader({ timeMs: 20_000, memoryMb: 32 });
  expect((await small.read(heavy)).problem).toMatchObject({ code: 'too-large', message: expect.stringContaining('memory') });
  expect((await small.read({ ...heavy, bytes: strToU8('<p>a') })).problem).toBeNull();
  await small.close();
});
