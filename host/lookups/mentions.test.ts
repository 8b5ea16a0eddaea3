import { expect, test } from 'vitest';
import type { Input, Output } from '../../core/contract.ts';
import { blankRecord, newEntity, resolveRegistry } from '../../core/model/entity.ts';
import { mergeWith, splitWith, unmergeWith } from '../../core/registry/entity-merge.ts';
import type { RegistryScene } from '../../core/registry/registry-edits.ts';
import type { Edit } from '../../core/steps/edit.ts';
import { fillRole, tag } from '../../core/steps/gestures.ts';
import type { Project } from '../storage/project.ts';
import { countMentions, listMentions } from './mentions.ts';
import { newId, projectOf, sceneOf, step, time } from './testing/project-of.ts';

/** Quotes the whole of an article and makes `words` in it the speaker, linked to `entity`. Answers the mention's id. */
async function quote(project: Project, article: string, words: string, entity: string | null): Promise<string> {
  const scene = await sceneOf(project, article);
  const made = tag(scene, 'QUOTE', [{ start: 0, end: scene.text.indexOf('.') + 1 }]);
  await step(project, made.edits);
  const start = scene.text.indexOf(words);
  await step(project, fillRole(await sceneOf(project, article), made.id, 'speaker', { start, end: start + words.length }, false));
  const mention = [...(await project.set(article)).mentions.values()].find(({ span }) => span.start === start);
  if (!mention) throw new Error('no mention');
  if (entity) {
    await step(project, [{ record: 'mention', article, id: mention.id, before: mention, after: { ...mention, entity } }]);
  }
  return mention.id;
}

const create = (project: Project, id: string) =>
  step(project, [{ record: 'entity', id, before: null, after: newEntity(id, project.annotator.id, 'PERSON', `Name ${id}`, time) }]);

const all = async (project: Project, of: Input<'listMentions'>['of']) => (await listMentions(project, { of, after: null })).hits;
const of = (entity: string) => ({ kind: 'entity', entity }) as const;

test('Y1 every place that speaks of an entity is told, whoever tagged it, with article, words and roles', async () => {
  const project = await projectOf(['First.\n“We go,” said Ana Ruiz.', 'Ana Ruiz left.']);
  const [one, two] = project.articles().map(({ id }) => id) as [string, string];
  await create(project, 'e1');
  await quote(project, one, 'Ana Ruiz', 'e1');
  await project.switchAnnotator((await project.addAnnotator('Ben')).id);
  await quote(project, one, 'Ana Ruiz', 'e1');
  await quote(project, two, 'Ana Ruiz', 'e1');
  const hits = await all(project, of('e1'));
  expect(hits.map(({ article, annotator, before, text, after }) => [article, annotator, before, text, after])).toEqual([
    [one, 'anna', '“We go,” said ', 'Ana Ruiz', '.'],
    [one, project.annotator.id, '“We go,” said ', 'Ana Ruiz', '.'],
    [two, project.annotator.id, '', 'Ana Ruiz', ' left.'],
  ]);
  expect(hits[0]?.uses).toMatchObject([{ layer: 'QUOTE', role: 'speaker' }]);
  expect((await countMentions(project, { after: null })).counts).toEqual({ e1: 3 });
});

test('Y1 merges and splits are followed', async () => {
  const project = await projectOf(['Ana left. Ruiz left.']);
  const [article] = project.articles().map(({ id }) => id) as [string];
  for (const id of ['e1', 'e2', 'e3']) await create(project, id);
  const moved = await quote(project, article, 'Ana', 'e1');
  await quote(project, article, 'Ruiz', 'e1');
  const record = (await project.entities()).find(({ id }) => id === 'e1');
  if (!record) throw new Error('no record');
  const after = { ...record, fields: { ...record.fields, mergedInto: { value: 'e2', time } }, moved: { [moved]: { value: 'e3', time } } };
  await step(project, [{ record: 'entity', id: 'e1', before: record, after }]);
  expect((await countMentions(project, { after: null })).counts).toEqual({ e2: 1, e3: 1 });
  expect((await all(project, of('e2'))).map(({ text }) => text)).toEqual(['Ruiz']);
  expect((await all(project, of('e3'))).map(({ text }) => text)).toEqual(['Ana']);
  expect(await all(project, of('e1'))).toEqual([]);
});

test('Y5 one annotator splits and merges what another made and linked, in the own folder alone', async () => {
  const project = await projectOf(['Ana left. Ruiz left.']);
  const [article] = project.articles().map(({ id }) => id) as [string];
  for (const id of ['e1', 'e2']) await create(project, id);
  const moved = await quote(project, article, 'Ana', 'e1');
  await quote(project, article, 'Ruiz', 'e1');
  const { id: ben } = await project.addAnnotator('Ben');
  await project.switchAnnotator(ben);
  const registryScene = async (): Promise<RegistryScene> => {
    const all = await project.entities();
    const records = new Map(all.filter(({ annotator }) => annotator === ben).map((record) => [record.id, record]));
    return { records, registry: resolveRegistry(all), annotator: ben, now: new Date().toISOString(), newId };
  };
  const split = splitWith(await registryScene(), 'e1', [moved], 'Another Ana', []);
  await step(project, split.edits);
  expect((await countMentions(project, { after: null })).counts).toEqual({ e1: 1, [split.id]: 1 });
  await step(project, mergeWith(await registryScene(), ['e1'], 'e2', { aliases: true, values: {} }));
  expect((await countMentions(project, { after: null })).counts).toEqual({ e2: 1, [split.id]: 1 });
  await step(project, unmergeWith(await registryScene(), 'e1'));
  expect((await countMentions(project, { after: null })).counts).toEqual({ e1: 1, [split.id]: 1 });
  expect(resolveRegistry(await project.entities()).get('e2')?.aliases).toEqual([]);
});

test('Y2 the own mentions without a link are counted by their words; those of others are theirs to link', async () => {
  const project = await projectOf(['Ana left. ANA came. Bo ran.']);
  const [article] = project.articles().map(({ id }) => id) as [string];
  for (const words of ['Ana', 'ANA', 'Bo']) await quote(project, article, words, null);
  expect((await countMentions(project, { after: null })).unlinked).toEqual([
    { words: 'Ana', count: 2 },
    { words: 'Bo', count: 1 },
  ]);
  expect((await all(project, { kind: 'unlinked', words: 'ana' })).map(({ text }) => text)).toEqual(['Ana', 'ANA']);
  await project.switchAnnotator((await project.addAnnotator('Ben')).id);
  expect((await countMentions(project, { after: null })).unlinked).toEqual([]);
  expect(await all(project, { kind: 'unlinked', words: 'ana' })).toEqual([]);
});

test('Y1 an answer ends after whole articles, and the parts together tell each place once', async () => {
  const names = Array.from({ length: 1200 }, (_, index) => `Ana${index}`);
  const project = await projectOf([0, 1, 2].map((article) => `${article} ${names.join(' ')}`));
  await step(project, [{ record: 'entity', id: 'e1', before: null, after: blankRecord('e1', 'anna') }]);
  for (const { id: article } of project.articles()) {
    const { text } = await project.readArticle(article);
    await step(
      project,
      names.map((name): Edit => {
        const start = text.indexOf(name);
        const id = newId();
        const span = { start, end: start + name.length, text: name };
        return {
          record: 'mention',
          article,
          id,
          before: null,
          after: { id, article, annotator: 'anna', span, entity: 'e1' },
        };
      }),
    );
  }
  const seen = new Set<string>();
  const parts: number[] = [];
  for (let after: string | null = null, isFirst = true; isFirst || after; isFirst = false) {
    const part: Output<'listMentions'> = await listMentions(project, { of: of('e1'), after });
    for (const { id } of part.hits) seen.add(id);
    parts.push(part.searched);
    after = part.next;
  }
  expect(seen.size).toBe(3600);
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.reduce((sum, searched) => sum + searched, 0)).toBe(3);
});
