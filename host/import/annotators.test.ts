import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createProject, openProject, type Project } from '../storage/project.ts';
import { temporaryFolder } from '../testing/sample-host.ts';
import { importWithAnnotators } from './annotators.ts';
import { type ReadDataset, readDatasetFiles } from './datasets.ts';
import { createReader } from './reader.ts';

const reader = createReader();
const folder = await temporaryFolder();
afterAll(async () => {
  await reader.close();
  await folder.remove();
});

let places = 0;
const emptyProject = async (): Promise<Project> => {
  places++;
  const place = join(folder.path, `p${places}`);
  await createProject(place, { name: 'P', annotator: { id: 'anna', name: 'Anna' } });
  return openProject(place);
};

const text = 'Ana Ruiz said yes. Bo Roth said no.';
const lines = (rows: readonly object[]) => new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
const fact = (annotator: string, words: string) => {
  const start = text.indexOf(words);
  return {
    id: `fact-of-${annotator}`,
    layer: 'FACT',
    annotator,
    attributes: {},
    spans: [{ start, end: start + words.length, text: words }],
  };
};

/** A dataset in which Kim relates her fact to that of Lee, in one article and across two, and has marked both articles as done. */
const dataset = (names: { readonly kim: string; readonly lee: string } = { kim: 'Kim', lee: 'Lee' }): Promise<ReadDataset> => {
  const document = (doc_id: string, more: object) => ({ schema: 'qds/1.0', doc_id, offset_unit: 'unicode_code_point', text, ...more });
  const tie = { type: 'corroborates', annotator: 'kim', attributes: {}, override: 'both said it' };
  const marked = '2026-01-01T00:00:00.000Z';
  const files = {
    'annotators.jsonl': Object.entries(names).map(([id, name]) => ({ id, name, role: 'annotator' })),
    'documents.jsonl': [
      document('one', {
        annotations: [fact('kim', 'Ana Ruiz said yes'), fact('lee', 'Bo Roth said no')],
        relations: [{ ...tie, id: 'tie-of-kim-here', from: 'fact-of-kim', to: 'fact-of-lee' }],
        completions: [{ annotator: 'kim', marked }],
      }),
      document('two', {
        ...{ text: `${text} Again.`, annotations: [{ ...fact('lee', 'Bo Roth said no'), id: 'other-fact-of-lee' }] },
        completions: [{ annotator: 'kim', marked }],
      }),
    ],
    'relations.jsonl': [
      {
        ...{ ...tie, id: 'tie-of-kim-across' },
        ...{ from: { doc_id: 'one', annotation: 'fact-of-kim' }, to: { doc_id: 'two', annotation: 'other-fact-of-lee' } },
      },
    ],
  };
  const given = Object.entries(files).map(([path, rows]) => ({ path, bytes: lines(rows) }));
  return readDatasetFiles(reader, given, 'jsonl');
};

test('X264 where annotators are kept, relations between the annotations of two of them come in, within an article and across', async () => {
  const project = await emptyProject();
  const read = await dataset();
  expect(read.foreign.problems).toEqual([]);
  const parts = await importWithAnnotators(project, read, null);
  expect(parts.flatMap(({ plan }) => [...plan.losses, ...plan.problems])).toEqual([]);
  expect(parts.map(({ annotator, plan }) => [annotator, plan.layers['FACT']?.fresh ?? 0, plan.others.relations.fresh])).toEqual([
    ['Anna', 0, 0],
    ['Kim', 1, 1],
    ['Lee', 2, 0],
  ]);
  const kim = project.annotators.find(({ name }) => name === 'Kim')?.id ?? '';
  const texts = await Promise.all(project.articles().map(async ({ id }) => [id, (await project.readArticle(id)).text] as const));
  const [one = '', two = ''] = [text, `${text} Again.`].map((wanted) => texts.find(([, its]) => its.trim() === wanted)?.[0]);
  const relations = (await project.setsOf(one)).flatMap(({ annotator, set }) =>
    [...set.relations.values()].map((tie) => ({ ...tie, annotator })),
  );
  const kims = { annotator: kim, from: { article: one, annotation: 'fact-of-kim' } };
  expect(relations).toMatchObject([{ ...kims, to: { article: one, annotation: 'fact-of-lee' } }]);
  expect(await project.links()).toMatchObject([{ ...kims, to: { article: two, annotation: 'other-fact-of-lee' } }]);
  await project.close();
});

test('X265 the same dataset again changes nothing where annotators are kept, also with articles that are marked as done', async () => {
  const project = await emptyProject();
  await importWithAnnotators(project, await dataset(), null);
  const again = await importWithAnnotators(project, await dataset(), null);
  expect(again.map(({ annotator, plan }) => [annotator, plan.edits.length])).toEqual([['Anna', 0]]);
  await project.close();
});

test('X266 names of annotators that a project cannot have are told before anything is imported', async () => {
  const project = await emptyProject();
  const refused = async (names: Parameters<typeof dataset>[0], message: RegExp) => {
    await expect(importWithAnnotators(project, await dataset(names), null)).rejects.toThrow(message);
    expect([project.annotators.length, project.articles().length, project.gestures().length]).toEqual([1, 0, 0]);
  };
  await refused({ kim: 'Kim', lee: 'KIM' }, /^The annotator “KIM” of the dataset cannot be added: There is already an annotator Kim\.$/);
  await refused({ kim: 'Kim', lee: 'L'.repeat(81) }, /cannot be added: A name has 1 to 80 characters\.$/);
  // Who is called so here is meant, however it is written.
  const parts = await importWithAnnotators(project, await dataset({ kim: 'ANNA', lee: 'Lee' }), null);
  expect(parts.map(({ annotator }) => annotator)).toEqual(['Anna', 'Lee']);
  await project.close();
});
