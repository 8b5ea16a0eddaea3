import { expect, test, vi } from 'vitest';
import { addRelation } from '../../core/annotations/relations.ts';
import type { Output } from '../../core/contract.ts';
import { byId } from '../../core/model/annotation.ts';
import { newEntity } from '../../core/model/entity.ts';
import { fillRoleWith, tag } from '../../core/steps/gestures.ts';
import type { Project } from '../storage/project.ts';
import { compareArticles, listComparable } from './comparison.ts';
import { projectOf, sceneOf, step, time } from './testing/project-of.ts';

async function tagIn(project: Project, article: string, layer: string, words: string): Promise<string> {
  const scene = await sceneOf(project, article);
  const start = scene.text.indexOf(words);
  const { id, edits } = tag(scene, layer, [{ start, end: start + words.length }]);
  await step(project, edits);
  return id;
}
// Makes an entity and fills a role with it.
async function fill(project: Project, article: string, annotation: string, role: string, id: string, type: string): Promise<void> {
  await step(project, [{ record: 'entity', id, before: null, after: newEntity(id, 'anna', type, id, time) }]);
  const scene = await sceneOf(project, article);
  const work = { ...scene.work, entities: byId(project.ownEntities()) };
  await step(project, fillRoleWith({ ...scene, work }, annotation, role, { kind: 'entity', id }, false));
}
async function relate(project: Project, type: string, [a, one]: readonly [string, string], [b, other]: readonly [string, string]) {
  const ends = await Promise.all(
    [
      [a, one],
      [b, other],
    ].map(async ([article = '', id = '']) => {
      const set = (await project.setsOf(article)).find((each) => each.set.annotations.has(id))?.set;
      const annotation = set?.annotations.get(id);
      if (!set || !annotation) throw new RangeError(id);
      return { annotation, mentions: set.mentions };
    }),
  );
  await step(project, addRelation(await sceneOf(project, a), type, ends[0] as (typeof ends)[0], ends[1] as (typeof ends)[0]).edits);
}
const idsOf = (project: Project) => project.importedArticles().map(({ id }) => id) as [string, string, string];
const wordsOf = ({ pieces }: Output<'compareArticles'>) => pieces.map(({ text }) => text).sort();

test('H96 the articles with something to compare are listed with the events that they name, in parts', async () => {
  const project = await projectOf(['Ten came to the fair.', 'Nothing here.', 'Twelve came to the fair.']);
  const [first, second, third] = idsOf(project);
  await tagIn(project, first, 'FACT', 'Ten came');
  await tagIn(project, second, 'QUOTED_TERM', 'Nothing');
  const fact = await tagIn(project, third, 'FACT', 'Twelve came');
  await fill(project, third, fact, 'event', 'fair', 'EVENT');
  const [one, other] = [
    { article: first, events: [], count: 1 },
    { article: third, events: ['fair'], count: 1 },
  ];
  expect(await listComparable(project, { after: null })).toEqual({ articles: [one, other], next: null, searched: 3 });
  expect(await listComparable(project, { after: first })).toEqual({ articles: [other], next: null, searched: 2 });
  // An answer ends when its time is over.
  let now = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 100));
  try {
    const part = await listComparable(project, { after: null });
    expect(part).toEqual({ articles: [one], next: second, searched: 2 });
    expect(await listComparable(project, { after: part.next })).toEqual({ articles: [other], next: null, searched: 1 });
  } finally {
    vi.restoreAllMocks();
  }
});

test('H97 own annotations of the wanted articles are compared, and those of others that own relations lead to', async () => {
  const project = await projectOf(['“We stay,” she said.', 'Then “We stay,” she said.', '“We stay,” she said, and Ben left.']);
  const [first, second, third] = idsOf(project);
  const { id: ben } = await project.addAnnotator('Ben');
  const mine = await tagIn(project, first, 'QUOTE', '“We stay,”');
  await project.switchAnnotator(ben);
  const theirs = await tagIn(project, second, 'QUOTE', 'We stay');
  await tagIn(project, third, 'QUOTE', 'Ben left');
  await project.switchAnnotator('anna');
  const own = await tagIn(project, third, 'QUOTE', '“We stay,”');
  expect(wordsOf(await compareArticles(project, { articles: null }))).toEqual(['“We stay,”', '“We stay,”']);
  await relate(project, 'same_quote', [first, mine], [second, theirs]);
  const all = await compareArticles(project, { articles: null });
  expect(wordsOf(all)).toEqual(['We stay', '“We stay,”', '“We stay,”']);
  expect(all.pieces.find(({ article }) => article === second)?.annotator).toBe(ben);
  expect(all.candidates.map(({ one, other }) => [one, other].sort())).toEqual([[mine, own].sort()]);
  expect(all).toMatchObject({ open: 1, left: 0 });
  const some = await compareArticles(project, { articles: [first, second, 'gone'] });
  expect([wordsOf(some), some.candidates]).toEqual([['We stay', '“We stay,”'], []]);
});

test('H97 H98 of more annotations than one answer holds, those that nothing is like are left out first, and other calls are answered in between', async () => {
  const words = Array.from({ length: 3001 }, (_, index) => `w${index.toString(36)}x`);
  const project = await projectOf([`${words.join('. ')}. “We must stay,”`, '“We must stay,” she said.', 'Other.']);
  const [first, second] = idsOf(project);
  const scene = await sceneOf(project, first);
  const edits = words.flatMap((word) => {
    const start = scene.text.indexOf(`${word}.`);
    return tag(scene, 'FACT', [{ start, end: start + word.length }]).edits;
  });
  await step(project, edits);
  const [one, other] = [await tagIn(project, first, 'QUOTE', '“We must stay,”'), await tagIn(project, second, 'QUOTE', '“We must stay,”')];
  // Other calls are answered while candidates are looked for.
  let [turns, isDone] = [0, false];
  const turn = () => {
    turns++;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  const { pieces, left, candidates } = await compareArticles(project, { articles: null });
  isDone = true;
  expect(turns).toBeGreaterThan(10);
  expect([pieces.length, left, candidates.length]).toEqual([3000, 3, 1]);
  expect(
    pieces
      .slice(0, 2)
      .map(({ annotation }) => annotation)
      .sort(),
  ).toEqual([one, other].sort());
});

test('H98 candidates are looked for again only when what is compared has changed, and what is judged is not among them', async () => {
  const project = await projectOf(['“We must stay,” she said.', '“We must stay,” he said.', '“We must stay here,” she said. Ten came.']);
  const [first, second, third] = idsOf(project);
  const [one, other, last] = [
    await tagIn(project, first, 'QUOTE', '“We must stay,”'),
    await tagIn(project, second, 'QUOTE', '“We must stay,”'),
    await tagIn(project, third, 'QUOTE', '“We must stay here,”'),
  ];
  const pairs = async () =>
    (await compareArticles(project, { articles: null })).candidates.map((each) => [each.one, each.other].sort().join());
  const key = (...ids: string[]) => ids.sort().join();
  const earlier = await compareArticles(project, { articles: null });
  expect((await compareArticles(project, { articles: null })).candidates[0]).toBe(earlier.candidates[0]);
  expect((await pairs()).sort()).toEqual([key(one, other), key(one, last), key(other, last)].sort());
  await relate(project, 'same_quote', [first, one], [second, other]);
  await relate(project, 'not_same', [second, other], [third, last]);
  // Both are refused now, since the two are the same.
  const after = await compareArticles(project, { articles: null });
  expect(after.candidates).toEqual([]);
  expect(after.open).toBe(0);
  expect(after.pieces.map((piece) => earlier.pieces.includes(piece))).toEqual([true, true, true]);
  const fact = await tagIn(project, third, 'FACT', 'Ten came');
  expect((await compareArticles(project, { articles: null })).pieces.map(({ annotation }) => annotation)).toContain(fact);
  await fill(project, first, one, 'speaker', 'Ruiz', 'PERSON');
  const named = async () => (await compareArticles(project, { articles: null })).pieces.find(({ annotation }) => annotation === one)?.who;
  expect(await named()).toEqual([{ name: 'Ruiz', entity: 'Ruiz' }]);
  const [before] = project.ownEntities();
  if (!before) throw new RangeError('no entity');
  const fields = { ...before.fields, canonical: { value: 'Ana Ruiz', time } };
  await step(project, [{ record: 'entity', id: before.id, before, after: { ...before, fields } }]);
  expect(await named()).toEqual([{ name: 'Ana Ruiz', entity: 'Ruiz' }]);
});
