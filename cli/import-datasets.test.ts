import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { AppError } from '../core/failure.ts';
import { LabelMap } from '../core/formats/mapping.ts';
import type { ImportProblem } from '../core/import/draft.ts';
import { createReader } from '../host/import/reader.ts';
import { createProject, openProject, type Project } from '../host/storage/project.ts';
import { type DatasetOptions, findDatasets, readMapFile, takeDataset } from './import-datasets.ts';

const seeds = join(import.meta.dirname, '../core/formats/baselines/seeds');
const reader = createReader();
let folder = '';
let project: Project;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pressmark-datasets-'));
  await createProject(join(folder, 'p'), { name: 'P', annotator: { id: 'anna', name: 'Anna' } });
  project = await openProject(join(folder, 'p'));
});
afterAll(async () => {
  await project.close();
  await reader.close();
  await rm(folder, { recursive: true });
});

const take = async (paths: string[], mode: DatasetOptions['mode'], map: LabelMap | null = null) => {
  const { datasets, rest } = await findDatasets(paths, null, reader);
  const lines: string[] = [];
  const problems: ImportProblem[] = [];
  const told: string[] = [];
  const spy = vi.spyOn(console, 'error').mockImplementation((line) => void told.push(line));
  for (const found of datasets) {
    await takeDataset(
      project,
      reader,
      found,
      { map, mode },
      (line) => lines.push(line),
      (problem) => problems.push(problem),
    );
  }
  spy.mockRestore();
  return { lines, problems, told, rest, names: datasets.map(({ format, name }) => `${format} ${name.split('/').at(-1)}`) };
};

const tsv = (words: string) => ['One word here.', '', words].join('\n');

test('C30 folders that are datasets are told from folders and files of articles, by their manifest or by what is in them', async () => {
  const article = join(folder, 'article.txt');
  const table = join(folder, 'articles.csv');
  await writeFile(article, tsv('Two words.'));
  await writeFile(table, 'title,text\nOne,Some words.\n');
  const found = await findDatasets([join(seeds, 'jsonl'), article, table, join(folder, 'nothing'), join(seeds, 'conll')], null, reader);
  expect(found.datasets.map(({ format }) => format)).toEqual(['jsonl', 'conll']);
  expect(found.rest.sort()).toEqual([article, table, join(folder, 'nothing')].sort());
  const files = await findDatasets([join(seeds, 'csv/annotations.csv'), join(seeds, 'csv/documents.csv'), article], null, reader);
  expect(files.datasets.map(({ format, files: given }) => [format, given.map(({ path }) => path.split('/').at(-1))])).toEqual([
    ['csv', ['annotations.csv', 'documents.csv']],
  ]);
  expect(files.rest).toEqual([article]);
  const other = await findDatasets([table], 'label-studio', reader);
  const none = takeDataset(
    project,
    reader,
    other.datasets[0] as never,
    { map: null, mode: 'import' },
    () => {},
    () => {},
  );
  await expect(none).rejects.toThrow('There is nothing in the format label-studio in it.');
  await expect(findDatasets([join(seeds, 'spacy')], null, reader)).rejects.toThrow('which Pressmark writes but does not read');
});

test('C31 a dry run says what would be new, what each label becomes and what is lost, and writes nothing', async () => {
  const before = project.gestures().length;
  const { lines, problems } = await take([join(seeds, 'jsonl')], 'dry-run');
  expect(problems).toEqual([]);
  expect(lines[0]).toMatch(/jsonl: JSONL \(complete\), would be imported$/);
  expect(lines).toEqual(
    expect.arrayContaining([
      '  articles: 5 new',
      expect.stringMatching(/^ {2}QUOTE: \d+ new$/),
      expect.stringMatching(/^ {2}attribute QUOTE.type → type \(\d+\)$/),
      expect.stringMatching(/^ {2}entity type PERSON → PERSON \(\d+\)$/),
    ]),
  );
  expect([project.gestures().length, project.importedArticles().length]).toEqual([before, 0]);
});

test('C32 a printed map is read again, and what it maps comes before what is proposed; one that does not fit is refused with why', async () => {
  const { lines } = await take([join(seeds, 'jsonl')], 'print-map');
  const map = LabelMap.parse(JSON.parse(lines.join('\n')));
  expect(map.layers['QUOTE']?.to).toBe('QUOTE');
  const file = join(folder, 'map.json');
  await writeFile(file, JSON.stringify({ format: 'pressmark-labels', version: 1, layers: { STANCE: { to: null } } }));
  const dry = await take([join(seeds, 'jsonl')], 'dry-run', await readMapFile(file));
  expect(dry.lines).toContainEqual(expect.stringMatching(/^ {2}layer STANCE → left out \(\d+\)$/));
  expect(dry.told).toContainEqual(expect.stringMatching(/^Not imported: \d+ × annotations of “STANCE” \(left out\)$/));
  await writeFile(file, '{"format":"pressmark-labels","version":2}');
  await expect(readMapFile(file)).rejects.toThrow(/map\.json is not a map of labels: line 1: “version” has to be 1\./);
  await expect(readMapFile('none.json')).rejects.toThrow('none.json: There is no such file.');
  const wrong = { ...map, layers: { QUOTE: { to: 'SHOUT', attributes: {}, roles: {} } } };
  await expect(take([join(seeds, 'jsonl')], 'dry-run', wrong)).rejects.toThrow(
    'The map does not fit the codebook: Layer “QUOTE”: the codebook has no layer SHOUT.',
  );
});

test('C33 an import is one step; the same dataset again adds nothing, in another format too', async () => {
  const first = await take([join(seeds, 'jsonl')], 'import');
  expect(first.lines).toContainEqual(expect.stringMatching(/^ {2}QUOTE: \d+ new$/));
  expect(project.gestures().map(({ command, title }) => [command, title])).toEqual([
    ['article.import', expect.stringMatching(/^Import \d+ annotations$/)],
  ]);
  expect(project.articles().length).toBe(5);
  for (const format of ['jsonl', 'csv']) {
    const again = await take([join(seeds, format)], 'import');
    expect(again.lines.at(-1)).toBe('  There is nothing new in it.');
  }
  expect(project.gestures().length).toBe(1);
});

test('C34 a dataset that does not fit its texts is refused with file and line, and nothing of it is taken', async () => {
  const documents = (await readFile(join(seeds, 'jsonl/documents.jsonl'), 'utf8')).replaceAll('“', '💪💪').split('\n');
  await writeFile(join(folder, 'documents.jsonl'), documents.join('\n'));
  const { problems, lines } = await take([join(folder, 'documents.jsonl')], 'import');
  expect(problems[0]).toMatchObject({ file: 'documents.jsonl', line: expect.any(Number) });
  expect(lines).toContain('  None of it can be imported.');
  expect(project.gestures().length).toBe(1);
});

test('C36 W90 --keep-annotators brings in whom a dataset names, each with their own work; what is new by one who is there already is refused', async () => {
  await createProject(join(folder, 'several'), { name: 'P', annotator: { id: 'anna', name: 'Anna' } });
  const several = await openProject(join(folder, 'several'));
  const importAgain = async (format: string) => {
    const { datasets } = await findDatasets([join(seeds, format)], null, reader);
    const lines: string[] = [];
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    const options = { map: null, mode: 'import', keepsAnnotators: true } as const;
    const say = (line: string) => void lines.push(line);
    await takeDataset(several, reader, datasets[0] as never, options, say, () => {}).finally(() => spy.mockRestore());
    return lines;
  };
  const lines = await importAgain('jsonl');
  expect(lines.filter((line) => line.startsWith('  as '))).toEqual([
    '  as Anna:',
    expect.stringMatching(/, who is new:$/),
    expect.stringMatching(/, who is new:$/),
  ]);
  expect([several.annotator.id, several.annotators.length]).toEqual(['anna', 3]);
  const [first] = several.articles();
  const wrote = (await several.setsOf(first?.id ?? '')).filter(({ set }) => set.annotations.size > 0);
  expect(wrote.length).toBe(3);
  for (const { annotator, set } of wrote) for (const one of set.annotations.values()) expect(one.annotator).toBe(annotator);
  // Who decided there decides here.
  expect(several.annotators.filter(({ role }) => role === 'adjudicator')).toHaveLength(1);
  // Nothing new, so nobody is written for.
  expect((await importAgain('jsonl')).filter((line) => line.startsWith('  as '))).toEqual(['  as Anna:']);
  const [name] = several.annotators.filter(({ id }) => id !== 'anna').map((one) => one.name);
  await writeFile(
    join(folder, 'documents.jsonl'),
    `${JSON.stringify({
      ...{ schema: 'qds/1.0', doc_id: 'new', offset_unit: 'unicode_code_point', text: 'New words.' },
      annotations: [{ id: 'new-annotation', layer: 'FACT', spans: [{ start: 0, end: 3, text: 'New' }], attributes: {}, annotator: name }],
    })}\n`,
  );
  const { datasets } = await findDatasets([join(folder, 'documents.jsonl')], null, reader);
  const refused = takeDataset(
    several,
    reader,
    datasets[0] as never,
    { map: null, mode: 'import', keepsAnnotators: true },
    () => {},
    () => {},
  );
  await expect(refused).rejects.toThrow(`${name} is already an annotator of this project, and only they can work as ${name}.`);
  await several.close();
});

test('X253 what several people have alike is told in the dry run and by the import, and not where each keeps their own', async () => {
  await createProject(join(folder, 'alike'), { name: 'P', annotator: { id: 'anna', name: 'Anna' } });
  const alike = await openProject(join(folder, 'alike'));
  const { datasets } = await findDatasets([join(seeds, 'jsonl')], null, reader);
  const linesOf = async (options: DatasetOptions) => {
    const lines: string[] = [];
    const spy = vi.spyOn(console, 'error').mockImplementation(() => {});
    const say = (line: string) => void lines.push(line);
    await takeDataset(alike, reader, datasets[0] as never, options, say, () => {}).finally(() => spy.mockRestore());
    return lines;
  };
  const isTold = expect.stringMatching(
    /^ {2}The work of Anna, .* becomes your own: \d+ mentions .* kept once each; \d+ annotations .* --keep-annotators/,
  );
  expect(await linesOf({ map: null, mode: 'dry-run' })).toContainEqual(isTold);
  const kept = await linesOf({ map: null, mode: 'dry-run', keepsAnnotators: true });
  expect(kept).not.toContainEqual(isTold);
  expect(kept).toContain('  Counted as if all of it became your own work; the annotators it names would be added to the project instead.');
  expect(await linesOf({ map: null, mode: 'import' })).toContainEqual(isTold);
  await alike.close();
});

test('X233 with --keep-annotators what is told of the files as a whole is told once', async () => {
  await createProject(join(folder, 'once'), { name: 'P', annotator: { id: 'anna', name: 'Anna' } });
  const once = await openProject(join(folder, 'once'));
  const region = { id: 'a', from_name: 'l', to_name: 't', type: 'labels', value: { start: 0, end: 3, text: 'Ann', labels: ['Fact'] } };
  const by = (user: string) => ({ completed_by: user, result: [region] });
  const tasks = [{ data: { text: 'Ann said yes.' }, annotations: [by('x@y'), by('z@y')], predictions: [{ result: [] }] }];
  await mkdir(join(folder, 'ls'));
  await writeFile(join(folder, 'ls/tasks.json'), JSON.stringify(tasks));
  await writeFile(join(folder, 'ls/broken.json'), '[{"data":');
  const { datasets } = await findDatasets([join(folder, 'ls')], null, reader);
  const [problems, told]: [ImportProblem[], string[]] = [[], []];
  const spy = vi.spyOn(console, 'error').mockImplementation((line) => void told.push(line));
  const options = { map: null, mode: 'import', keepsAnnotators: true } as const;
  await takeDataset(
    once,
    reader,
    datasets[0] as never,
    options,
    () => {},
    (problem) => problems.push(problem),
  ).finally(() => spy.mockRestore());
  expect([problems.map(({ file }) => file), told]).toEqual([['broken.json'], ['Not imported: 1 × predictions beside annotations']]);
  expect(once.annotators).toHaveLength(3);
  await once.close();
});

test('C34 a project that cannot be written says so before anything is read', async () => {
  const reading = await openProject(join(folder, 'p'), { readOnly: true });
  const { datasets } = await findDatasets([join(seeds, 'jsonl')], null, reader);
  const importing = takeDataset(
    reading,
    reader,
    datasets[0] as never,
    { map: null, mode: 'import' },
    () => {},
    () => {},
  );
  await expect(importing).rejects.toThrow(AppError);
  await reading.close();
});
