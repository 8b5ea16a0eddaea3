import { expect, test, vi } from 'vitest';
import { type EntityRecord, newEntity } from '../../core/model/entity.ts';
import type { Edit } from '../../core/steps/edit.ts';
import { fillRole, setDone, tag } from '../../core/steps/gestures.ts';
import type { Project } from '../storage/project.ts';
import { doneGesture } from '../testing/sample-host.ts';
import { readAgreement } from './agreement.ts';
import { KeptAgreement } from './kept-agreement.ts';
import { projectOf, sceneOf, step, time } from './testing/project-of.ts';

async function tagAs(project: Project, annotator: string, article: string, layer: string, words: string): Promise<void> {
  await project.switchAnnotator(annotator);
  const scene = await sceneOf(project, article);
  const start = scene.text.indexOf(words);
  await step(project, tag(scene, layer, [{ start, end: start + words.length }]).edits);
}

test('W88 agreement is told of the articles that two have worked on, without adjudicators, whose decisions are counted', async () => {
  const project = await projectOf(['One two three.', 'Four five six.', 'Seven eight nine.']);
  const [first, second] = project.importedArticles().map(({ id }) => id) as [string, string];
  const { id: ben } = await project.addAnnotator('Ben');
  const { id: gold, role } = await project.addAnnotator('Gold', 'adjudicator');
  expect(role).toBe('adjudicator');
  await tagAs(project, 'anna', first, 'QUOTE', 'One two');
  await tagAs(project, ben, first, 'QUOTE', 'two');
  await tagAs(project, ben, second, 'QUOTE', 'Four');
  await tagAs(project, gold, second, 'QUOTE', 'Four');
  await tagAs(project, gold, first, 'QUOTE', 'One two');
  for (const own of [gold, 'anna']) {
    await project.switchAnnotator(own);
    const { articles, next, searched } = await readAgreement(project, { after: null });
    expect([next, searched]).toEqual([null, 3]);
    expect(articles).toMatchObject([{ article: first, annotators: ['anna', ben].sort(), cases: 1, agreed: 0, decided: 1 }]);
    expect(articles[0]?.pairs).toMatchObject([{ layer: 'QUOTE', ofOne: 1, ofOther: 1, same: 0, overlapping: 1 }]);
  }
  expect((await readAgreement(project, { after: first })).articles).toEqual([]);
});

// The articles whose sets are read to answer, and that the answer is the one that nothing kept would give.
async function readTo(project: Project): Promise<string[]> {
  const read: string[] = [];
  const spy = vi.spyOn(project, 'setsOf').mockImplementation((id) => {
    read.push(id);
    return Object.getPrototypeOf(project).setsOf.call(project, id);
  });
  const answer = await readAgreement(project, { after: null });
  spy.mockRestore();
  expect(answer).toEqual(await readAgreement(Object.create(project) as Project, { after: null }));
  return read;
}

test('F131 what was computed of an article is kept until somebody works on it, or the codebook or who is compared changes', async () => {
  const project = await projectOf(['One two three.', 'Four five six.', 'Seven eight nine.']);
  const ids = project.importedArticles().map(({ id }) => id);
  const [first, second] = ids as [string, string];
  const { id: ben } = await project.addAnnotator('Ben');
  for (const who of ['anna', ben])
    for (const [at, words] of ['One', 'Four'].entries()) await tagAs(project, who, ids[at] ?? '', 'QUOTE', words);
  expect(await readTo(project)).toEqual(ids);
  expect(await readTo(project)).toEqual([]);
  await tagAs(project, ben, second, 'FACT', 'five');
  expect(await readTo(project)).toEqual([second]);
  await step(project, setDone(await sceneOf(project, first), true));
  expect(await readTo(project)).toEqual([first]);
  await project.addAnnotator('Gold', 'adjudicator');
  expect(await readTo(project)).toEqual(ids);
  await project.switchAnnotator('anna');
  expect(await readTo(project)).toEqual([]);
  const rename = { change: 'edit-layer', layer: 'FACT', set: { title: 'Claim' } } as const;
  await project.changeCodebook({ version: 1, gesture: 'c1', what: { kind: 'change', changes: [rename] } });
  expect(await readTo(project)).toEqual(ids);
});

test('F131 whoever a mention leads to counts: entities that are merged concern the articles that they are linked in, and no others', async () => {
  const project = await projectOf(['One two three.', 'Four five six.', 'Seven eight nine.']);
  const ids = project.importedArticles().map(({ id }) => id);
  const { id: ben } = await project.addAnnotator('Ben');
  const entity = (id: string, who: string) => newEntity(id, who, 'PERSON', id, time);
  const put = (id: string): Edit => ({ record: 'entity', id, before: null, after: entity(id, project.annotator.id) });
  const roleIn = async (who: string, article: string, words: string, linked: string) => {
    await project.switchAnnotator(who);
    const scene = await sceneOf(project, article);
    const [start, end] = [scene.text.indexOf(words), scene.text.indexOf(words) + words.length];
    const { id, edits } = tag(scene, 'QUOTE', [{ start, end }]);
    await step(project, edits);
    const role = await sceneOf(project, article);
    await step(
      project,
      fillRole(role, id, 'speaker', { start, end }, false).map((edit) =>
        edit.record === 'mention' && edit.after ? { ...edit, after: { ...edit.after, entity: linked } } : edit,
      ),
    );
  };
  await project.switchAnnotator('anna');
  for (const id of ['e1', 'e2', 'e3']) await step(project, [put(id)]);
  await roleIn('anna', ids[0] ?? '', 'One', 'e1');
  await roleIn(ben, ids[0] ?? '', 'One', 'e2');
  await roleIn('anna', ids[1] ?? '', 'Four', 'e3');
  await roleIn(ben, ids[1] ?? '', 'Four', 'e3');
  expect(await readTo(project)).toEqual(ids);
  const agreed = async () => (await readAgreement(project, { after: null })).articles.map((one) => one.agreed);
  expect(await agreed()).toEqual([0, 1]);
  await project.switchAnnotator('anna');
  await step(project, [put('e9')]);
  expect(await readTo(project)).toEqual([]);
  const before = project.ownEntities().find(({ id }) => id === 'e2') as EntityRecord;
  const merged = { ...before, fields: { ...before.fields, mergedInto: { value: 'e1', time } } } as EntityRecord;
  await step(project, [{ record: 'entity', id: 'e2', before, after: merged }]);
  expect(await readTo(project)).toEqual([ids[0]]);
  expect(await agreed()).toEqual([1, 1]);
});

test('F131 what somebody works on while it is being computed is not kept', async () => {
  const kept = new KeptAgreement();
  const registry = new Map();
  const done = (count: number) => [{ annotator: 'anna', gestures: Array.from({ length: count }, (_, at) => doneGesture(`g${at}`, 'a')) }];
  kept.follow('', done(1), registry);
  await kept.keep('a', async () => {
    kept.follow('', done(2), registry);
    return { found: null, readings: [] };
  });
  expect(kept.of('a')).toBeUndefined();
  await kept.keep('a', async () => ({ found: null, readings: [] }));
  expect(kept.of('a')).toBeNull();
});
