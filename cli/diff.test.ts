import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { diffDatasets } from '../core/formats/diff.ts';
import { inArticle } from '../core/formats/testing/foreign-values.ts';
import { writeExport } from '../host/dataset/export-folder.ts';
import { importWithAnnotators } from '../host/import/annotators.ts';
import { readDatasetFiles } from '../host/import/datasets.ts';
import { createReader } from '../host/import/reader.ts';
import { nodeFileSystem } from '../host/storage/file-system.ts';
import { createProject, openProject } from '../host/storage/project.ts';
import { addDiff, diffInWords } from './diff.ts';
import { findDatasets } from './import-datasets.ts';

const run = async (...args: string[]) => {
  const lines: string[] = [];
  const spy = vi.spyOn(console, 'log').mockImplementation((line) => void lines.push(line));
  const program = new Command();
  addDiff(program);
  await program.parseAsync(['node', 'pressmark', 'diff', ...args]).finally(() => spy.mockRestore());
  return lines;
};
const seeds = join(import.meta.dirname, '../core/formats/baselines/seeds');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-diff-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('C35 diff tells what was added, removed and changed by layer, in words and with --json; other formats are refused by name', async () => {
  const later = join(folder, 'later');
  await cp(join(seeds, 'jsonl'), later, { recursive: true });
  const [first = '', ...rest] = (await readFile(join(later, 'documents.jsonl'), 'utf8')).split('\n');
  const document = JSON.parse(first) as { doc_id: string; annotations: { id: string; layer: string; note?: string }[] };
  const quote = document.annotations.find(({ layer }) => layer === 'QUOTE');
  if (quote) quote.note = 'Looked at again.';
  await writeFile(join(later, 'documents.jsonl'), [JSON.stringify(document), ...rest].join('\n'));
  const lines = await run(join(seeds, 'jsonl'), later);
  expect(lines[0]).toBe('QUOTE: 0 added, 0 removed, 1 changed (note 1)');
  expect(lines[1]).toContain(`  ~ ${quote?.id} in ${document.doc_id} “`);
  const all = JSON.parse((await run(join(seeds, 'jsonl'), later, '--json')).join('\n'));
  expect(all.layers.QUOTE.changed).toMatchObject([{ id: quote?.id, changes: [{ field: 'note', after: 'Looked at again.' }] }]);
  await expect(run(join(seeds, 'jsonl'), join(seeds, 'csv'))).rejects.toThrow('csv is a dataset in csv; only jsonl keeps everything');
});

test('C24 with --ignore-provenance a dataset that was imported elsewhere is the same', async () => {
  const there = join(folder, 'there');
  const project = join(folder, 'project');
  await createProject(project, { name: 'There', annotator: { name: 'Bo' } });
  const opened = await openProject(project);
  const reader = createReader();
  try {
    const { datasets } = await findDatasets([join(seeds, 'jsonl')], null, reader);
    const [found] = datasets;
    if (!found) throw new RangeError('not a dataset');
    await importWithAnnotators(opened, await readDatasetFiles(reader, found.files, found.format), null);
    await writeExport(opened, { format: 'jsonl', selection: {}, text: 'included' }, there, nodeFileSystem);
  } finally {
    await reader.close();
    await opened.close();
  }
  expect((await run(join(seeds, 'jsonl'), there)).length).toBeGreaterThan(40);
  expect(await run(join(seeds, 'jsonl'), there, '--ignore-provenance')).toEqual(['The datasets are the same.']);
});

test('C35 in words a long list is cut, and two datasets that are the same are said to be', () => {
  const annotation = (id: number) => ({
    ...{ id: `a${String(id).padStart(2, '0')}`, layer: 'FACT', spans: [{ start: 0, end: 3, text: 'One\ntwo' }], attributes: {}, args: [] },
    ...{ annotator: null, status: null },
  });
  const of = (length: number) => inArticle('One two.', { doc_id: 'd', annotations: Array.from({ length }, (_, id) => annotation(id)) });
  const lines = diffInWords(diffDatasets(of(1), of(24)));
  expect(lines.length).toBe(22);
  expect([lines[0], lines[1], lines[21]]).toEqual([
    'FACT: 23 added, 0 removed, 0 changed',
    '  + a01 in d “One two”',
    '    … and 3 more; --json lists all',
  ]);
  expect(diffInWords(diffDatasets(of(3), of(3)))).toEqual(['The datasets are the same.']);
});
