import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { codebookPath } from './about-files.ts';
import type { DatasetDocument } from './document.ts';
import { formats } from './index.ts';
import { jsonl } from './jsonl.ts';
import { CaseInput, exported, hashOf, sourceOf } from './testing/case.ts';

const here = join(dirname(fileURLToPath(import.meta.url)), 'baselines');
const root = join(here, '../../..');
const cases = readdirSync(here, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
const update = process.env['UPDATE_BASELINES'] === '1';

const newHash = () => hashOf(createHash('sha256'));

const source = (name: string) =>
  sourceOf(
    CaseInput.parse(JSON.parse(readFileSync(join(here, name, 'input.json'), 'utf8'))),
    (file) => readFileSync(join(root, file), 'utf8'),
    newHash,
  );

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries.flatMap((entry) =>
    entry.isFile()
      ? [
          join(entry.parentPath, entry.name)
            .slice(folder.length + 1)
            .replaceAll('\\', '/'),
        ]
      : [],
  );
}

// Every dataset of both projects comes with the same codebook, which stands here once.
const goldenOf = (folder: string, path: string) => (path === codebookPath ? join(here, path) : join(folder, path));

describe.each(cases)('the case %s', (name) => {
  it.each(formats.map((format) => format.name))('X1 is exported to the bytes of its golden folder as %s', async (formatName) => {
    const format = formats.find((candidate) => candidate.name === formatName);
    if (!format) throw new RangeError(formatName);
    const folder = join(here, name, formatName);
    const { bytes } = await exported(format, source(name));
    if (update) {
      rmSync(folder, { recursive: true, force: true });
      for (const [path, content] of bytes) {
        mkdirSync(dirname(goldenOf(folder, path)), { recursive: true });
        writeFileSync(goldenOf(folder, path), content);
      }
    }
    expect(filesUnder(folder).sort()).toEqual([...bytes.keys()].filter((path) => path !== codebookPath).sort());
    for (const [path, content] of bytes) {
      const golden = readFileSync(goldenOf(folder, path));
      // Of a difference in text the report says where.
      if (!golden.equals(content)) expect(Buffer.from(content).toString('utf8'), path).toBe(golden.toString('utf8'));
    }
  });
});

it('X2 the shared sample has its published code-point offsets', async () => {
  const { spans } = JSON.parse(readFileSync(join(here, 'sample/sample.json'), 'utf8')) as {
    spans: { id: string; text: string; code_points: [number, number] }[];
  };
  const { files } = await exported(jsonl, source('sample'));
  const document = JSON.parse(files.get('documents.jsonl') ?? '') as DatasetDocument;
  const found = Object.fromEntries(document.annotations.map(({ id, spans }) => [id, spans]));
  const expected = (...ids: string[]) =>
    ids.map((id) => {
      const span = spans.find((candidate) => candidate.id === id);
      return { start: span?.code_points[0], end: span?.code_points[1], text: span?.text };
    });
  expect(document.length).toBe(141);
  expect(found).toEqual({
    q1: expected('q1a', 'q1b'),
    q2: expected('q2'),
    s1: expected('stance'),
    f1: expected('fact'),
    m1: expected('speaker'),
    m2: expected('cue'),
    m3: expected('speaker2'),
    m4: expected('target'),
    m5: expected('cue2'),
    d1: expected('council'),
  });
  expect(found['q1']?.map(({ start, end }) => [start, end])).toEqual([
    [1, 26],
    [57, 74],
  ]);
});

const python = ['python3', 'python'].find((name) => {
  try {
    return execFileSync(name, ['-c', 'import sys; print(sys.version_info[0])'], { encoding: 'utf8' }).trim() === '3';
  } catch {
    return false;
  }
});

const check = `
import csv, hashlib, json, os, sys
folder = sys.argv[1]
manifest = json.load(open(os.path.join(folder, 'jsonl/manifest.json'), encoding='utf-8'))
for entry in manifest['files']:
    place = '..' if entry['path'] == 'codebook.json' else 'jsonl'
    data = open(os.path.join(folder, place, entry['path']), 'rb').read()
    assert hashlib.sha256(data).hexdigest() == entry['sha256'] and len(data) == entry['bytes'], entry['path']
lines = open(os.path.join(folder, 'jsonl/documents.jsonl'), 'rb').read().decode('utf-8').splitlines()
texts, checked = {}, 0
for line in lines:
    document = json.loads(line)
    text = texts[document['doc_id']] = document['text']
    assert len(text) == document['length']
    assert hashlib.sha256(text.encode('utf-8')).hexdigest() == document['text_sha256']
    for annotation in document['annotations']:
        for span in annotation['spans']:
            assert text[span['start']:span['end']] == span['text'], (annotation['id'], span)
            checked += 1
for table in ('annotations', 'mentions'):
    with open(os.path.join(folder, 'csv', table + '.csv'), encoding='utf-8', newline='') as file:
        for row in csv.DictReader(file, strict=True):
            assert texts[row['doc_id']][int(row['start']):int(row['end'])] == row['text'], row
            checked += 1
print(len(lines), checked)
`;

it.skipIf(!python)('X3 Python slices every text to the covered text, and finds the digests of the manifest (needs python3)', async () => {
  const counts = cases.map((name) => {
    const answer = execFileSync(python ?? '', ['-c', check, join(here, name)], { encoding: 'utf8' });
    return [name, answer.trim()];
  });
  expect(Object.fromEntries(counts)).toEqual({ sample: '1 22', seeds: '5 416' });
});

it.skipIf(!python)('X4 Python splits documents.jsonl into as many lines as there are documents (needs python3)', async () => {
  const given = source('sample');
  const folder = mkdtempSync(join(tmpdir(), 'pressmark-lines-'));
  const text = 'One\u2028two\u2029three\u0085four 💪';
  const { files } = await exported(jsonl, {
    ...given,
    async *articles() {
      for await (const { article } of given.articles()) yield { article: { ...article, text }, sets: [] };
    },
  });
  writeFileSync(join(folder, 'documents.jsonl'), files.get('documents.jsonl') ?? '');
  const script =
    "import json,sys; lines = open(sys.argv[1], 'rb').read().decode().splitlines(); print(len(lines), json.loads(lines[0])['length'])";
  expect(execFileSync(python ?? '', ['-c', script, join(folder, 'documents.jsonl')], { encoding: 'utf8' }).trim()).toBe('1 20');
  rmSync(folder, { recursive: true });
});
