import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { cut, figure, plain, tableOf } from './card-markdown.ts';
import { jsonl } from './jsonl.ts';
import { selected } from './selection.ts';
import { CaseInput, exported, hashOf, sourceOf } from './testing/case.ts';
import { annotation, character, project, sourceFrom as sourceWith } from './testing/project.ts';
import { webAnnotation } from './web-annotation.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const newHash = () => hashOf(createHash('sha256'));
const seeds = CaseInput.parse(JSON.parse(readFileSync(join(root, 'core/formats/baselines/seeds/input.json'), 'utf8')));
const source = () => sourceOf(seeds, (file) => readFileSync(join(root, file), 'utf8'), newHash);
const cardOf = async (given: Parameters<typeof exported>[1]) => (await exported(jsonl, given)).files.get('README.md') ?? '';
const sectionOf = (card: string, title: string) => card.split(/^## /m).find((section) => section.startsWith(`${title}\n`)) ?? '';

it('X61 the card tells what is in the dataset, by layer, annotator and split, and how each was defined', async () => {
  const ids = seeds.articles.map(({ meta }) => meta.id);
  const assignments = new Map(ids.map((id, index) => [id, { group: id, split: index === 0 ? ('test' as const) : ('train' as const) }]));
  const card = await cardOf({ ...source(), splits: { method: { method: 'hash', by: 'event' }, assignments } });
  expect(sectionOf(card, 'Contents')).toContain('| Articles | 5 |');
  expect(sectionOf(card, 'Contents')).toContain('| Entities | 23, and 2 merged or removed |');
  expect(sectionOf(card, 'How to read it')).toContain(jsonl.guide);
  expect(sectionOf(card, 'Contents')).toContain('| Published | 2025-09-04 to 2026-01-07 |');
  for (const { id, help, attributes, roles } of defaultCodebook.layers) {
    expect(card).toContain(`: \`${id}\`\n\n${plain(help)}\n`);
    for (const { name, help: definition } of [...attributes, ...roles])
      expect(card).toMatch(new RegExp(`\\| \`${name}\`.*\\| ${plain(definition).replace(/[.*+?^${}()|[\]\\]/g, '\\$&') || ' '} +\\|`));
  }
  for (const { id } of defaultCodebook.relations) expect(card).toContain(`| \`${id}\` |`);
  expect(sectionOf(card, 'Who annotated it')).toContain('| `cleo` | Cleo | adjudicator | 1 | 1 | 2 | 0 | 1 | 0 |');
  const quotes = (article: string | undefined) =>
    seeds.sets.flatMap(({ set }) => (set.article === article ? set.annotations.filter(({ layer }) => layer === 'QUOTE') : [])).length;
  expect(sectionOf(card, 'Splits')).toContain(`| test | 1 | ${quotes(ids[0])} |`);
  expect(sectionOf(card, 'Splits')).toContain('- method: hash\n- by: event');
  expect(card).toContain('- that Western allies have yet to provide legally binding guarantees');
  expect(card).toContain('`speaker`: Ukrainian President Volodymyr Zelensky');
});

it('X61 the card names the limits: losses, drafts, one annotator only, a part of the project, articles not done, no licence', async () => {
  const text = 'One two three.';
  const given = project(text, {
    annotations: [annotation('a', text, [{ start: 0, end: 3 }], { attributes: { type: 'direct', mood: 'bad' } })],
  });
  const card = await cardOf(selected(sourceWith(given, newHash), { layers: ['QUOTE'], statuses: ['in-progress'] }));
  const limits = sectionOf(card, 'Known limits');
  expect(limits).toContain('It is a part of the project: the layers `QUOTE`; articles that are in-progress.');
  expect(limits).toContain('No article was annotated by more than one person');
  expect(limits).toContain('1 of 1 annotation (100 %), status `draft`');
  expect(limits).toContain('0 articles of 1 were marked as done');
  expect(limits).toContain('Not carried: 1 × values of QUOTE.mood, which the codebook does not have.');
  expect(sectionOf(card, 'Licence')).toContain('Not stated in the project.');
  expect(sectionOf(card, 'Where it comes from')).toContain('| Written by | Pressmark 0.0.0, format `jsonl` |');
});

it('X62 no name or word in the card is taken for markup', async () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: character, maxLength: 12 }), fc.stringMatching(/^[-+=#>*_`|<[\]()!&\\ 0-9.\n]{0,12}$/)),
      (text) => {
        const shown = plain(text);
        expect(shown).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
        expect(shown.replace(/\\./g, 'x')).not.toMatch(/[\\`*_{}[\]<>|~#$&!]|^[-+=]|^\d+[.)](\s|$)/);
      },
    ),
    { numRuns: 100 },
  );
  const name = '| # <b>*x*</b>\n\n---\n[y](http://z) `q`';
  const text = '| cell | <script>\n# head';
  const given = project(
    text,
    { annotations: [annotation('a', text, [{ start: 0, end: text.length }])] },
    { project: { id: 'p', name }, annotators: [{ id: 'anna', name, role: 'annotator' }] },
  );
  const card = await cardOf(sourceWith(given, newHash));
  const headings = card.match(/^#.*$/gm) ?? [];
  expect(headings[0]).toBe(`# ${plain(name)}`);
  expect(headings.length).toBe((await cardOf(sourceWith(project(text), newHash))).match(/^#.*$/gm)?.length);
  for (const block of card.split('\n\n').filter((part) => part.startsWith('|'))) {
    const cells = block
      .trim()
      .split('\n')
      .map((line) => line.replace(/\\./g, '').split('|').length);
    expect(new Set(cells).size, block).toBe(1);
  }
  expect([figure(12345678), cut('💪💪💪', 2), tableOf(['a'], [])]).toEqual(['12,345,678', '💪…', []]);
});

it('X62 in a card without text there is no word of the articles and no example', async () => {
  const card = await cardOf({ ...source(), withText: false });
  expect(card).toContain('The texts are left out');
  expect(card).not.toContain('Examples from the articles');
  expect(card).not.toContain('unambiguous');
});

const python = ['python3', 'python'].find((name) => {
  try {
    return execFileSync(name, ['-c', 'import sys; print(sys.version_info[0])'], { encoding: 'utf8' }).trim() === '3';
  } catch {
    return false;
  }
});

it.skipIf(!python)('X63 the lines of Python in the card take the covered texts (needs python3)', async () => {
  const { files } = await exported(jsonl, source());
  const [, code] = /```python\n([^`]*)\n```/.exec(files.get('README.md') ?? '') ?? [];
  const folder = mkdtempSync(join(tmpdir(), 'pressmark-card-'));
  writeFileSync(join(folder, 'documents.jsonl'), files.get('documents.jsonl') ?? '');
  const told = execFileSync(python ?? '', ['-X', 'utf8', '-c', code ?? ''], { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  expect(told).toContain("QUOTE ['“As long as we don’t have such security guarantees");
  expect(told).toContain("', '“Even if they do, you still have to rely primarily on your own strength.”']");
});

it.skipIf(!python)(
  'X63 the lines of Python in the card of Web Annotations go on past links between annotations (needs python3)',
  async () => {
    const { files } = await exported(webAnnotation, source());
    const [, code] = /```python\n([^`]*)\n```/.exec(files.get('README.md') ?? '') ?? [];
    const folder = mkdtempSync(join(tmpdir(), 'pressmark-card-'));
    for (const [path, text] of files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const told = execFileSync(python ?? '', ['-X', 'utf8', '-c', code ?? ''], { cwd: folder, encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect([...files].some(([path, text]) => path.startsWith('pages/') && text.includes('"linking"'))).toBe(true);
    expect(told).toContain('QUOTE “As long as we don’t have such security guarantees');
  },
);
