import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { byId } from '../../core/model/annotation.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { understand } from '../../core/search/conditions.ts';
import { fieldsOf } from '../../core/search/fields.ts';
import { emptyWork } from '../../core/steps/edit.ts';
import { fillRole, type Scene, setAttribute, setNote, tag } from '../../core/steps/gestures.ts';
import { annotationDeedOf, annotationKinds, stanceCodebook } from '../../core/testing/annotation-model.ts';
import { Clock, deedKinds, deedOf, picks, RegistryAnnotator } from '../../core/testing/registry-annotator.ts';
import { createProject, openProject, type Project } from '../storage/project.ts';
import { emptyDisk } from '../storage/testing/fault-runs.ts';
import { annotator as ann, first, folder, testOptions } from '../storage/testing/scenario.ts';
import { doneGesture, makeProject, temporaryFolder } from '../testing/sample-host.ts';
import { ProjectIndex } from './project-index.ts';
import { findAnnotations, findArticles, findKeys, tally } from './search.ts';

const everything = { skip: 0, limit: 1000 };

/** All that an index says, without its own numbers. */
function dump(database: DatabaseSync): unknown {
  const rows = (sql: string) =>
    database
      .prepare(sql)
      .all()
      .map((row) => JSON.stringify(Object.values(row)))
      .sort();
  const of = 'join annotations a on a.no = x.annotation_no';
  return {
    articles: rows('select id, title, source, date, url, language, words, named, folded_title, folded_source, stamp from articles'),
    texts: rows('select r.id, t.title, t.text from texts t join articles r on r.no = t.rowid'),
    annotations: rows(
      'select r.id, a.id, a.annotator, layer, start, length, fragments, text, who, note, folded_note, origin, rule, draft from annotations a join articles r on r.no = a.article_no',
    ),
    attributes: rows(`select a.id, x.name, x.value, x.folded, x.number from attributes x ${of}`),
    roles: rows(`select a.id, x.role, x.entity, x.named, x.value, x.folded from roles x ${of}`),
    mentions: rows('select r.id, m.annotator, start, finish, m.entity, m.named from mentions m join articles r on r.no = m.article_no'),
    relations: rows('select type, one, other from relations'),
    completions: rows('select r.id, c.annotator from completions c join articles r on r.no = c.article_no'),
    entities: rows('select * from entities'),
    words: rows("select count(*) from annotation_words where annotation_words match 'a*'"),
  };
}

const happenings = fc.array(
  fc.record({
    kind: fc.constantFrom(...([...deedKinds, ...annotationKinds, ...annotationKinds, 'undo', 'undo', 'redo', 'look'] as const)),
    pick: picks,
    yes: fc.boolean(),
  }),
  { minLength: 4, maxLength: 24, size: 'max' },
);

test('L30 whatever is done and undone, the index that followed it says what one made anew says', async () => {
  const base = emptyDisk();
  await createProject(folder, { name: 'Test', annotator: { id: ann, name: 'Ann' }, codebook: stanceCodebook }, testOptions(base));
  const made = await openProject(folder, testOptions(base));
  await made.addArticle(first);
  await made.close();
  await fc.assert(
    fc.asyncProperty(happenings, async (list) => {
      const project = await openProject(folder, testOptions(base.copy()));
      const person = new RegistryAnnotator(ann, new Clock(), { id: first.id, text: first.text });
      person.adopt(project.codebook, { ...emptyWork, sets: new Map([[first.id, await project.set(first.id)]]), entities: byId([]) }, []);
      const index = ProjectIndex.open(null, project);
      for (const { kind, pick, yes } of list) {
        if (kind === 'look') await index.sync();
        else if (kind === 'undo' || kind === 'redo') {
          const gesture = kind === 'undo' ? person.undo() : person.redo();
          if (gesture) await project.apply(gesture);
        } else {
          const isAnnotating = annotationKinds.some((each) => each === kind);
          const deed = isAnnotating
            ? annotationDeedOf(person, kind as (typeof annotationKinds)[number], pick)
            : deedOf(person, kind as (typeof deedKinds)[number], pick, yes);
          const gesture = deed && person.step(deed.list);
          if (gesture) await project.apply(gesture);
        }
      }
      await index.sync();
      const fresh = ProjectIndex.open(null, project);
      await fresh.sync();
      expect(dump(index.database)).toEqual(dump(fresh.database));
      await index.close();
      await fresh.close();
      await project.close();
    }),
    { numRuns: 40 },
  );
}, 60_000);

let place: { path: string; remove(): Promise<void> };
let project: Project;
let time = 0;

beforeEach(async () => {
  place = await temporaryFolder();
  await makeProject(join(place.path, 'project'));
  project = await openProject(join(place.path, 'project'), { now: () => '2026-11-20T11:00:00.000Z' });
  time = 0;
});

afterEach(async () => {
  await project.close();
  await place.remove();
});

/** Does what `edits` gives for the article, as Anna. */
async function act(article: string, edits: (scene: Scene) => ReturnType<typeof setNote>): Promise<void> {
  const { text } = await project.readArticle(article);
  const scene: Scene = {
    ...{
      article,
      text,
      annotator: 'anna',
      now: `2026-11-20T12:00:0${time++}.000Z`,
      newId: () => `x${time}-${Math.random().toString(36).slice(2)}`,
    },
    work: { ...emptyWork, sets: new Map([[article, await project.set(article)]]) },
    registry: resolveRegistry(await project.entities()),
    codebook: project.codebook.codebook,
    codebookVersion: project.codebook.version,
  };
  const list = edits(scene);
  await project.apply({
    id: `g${time}`,
    annotator: 'anna',
    time: scene.now,
    command: 'test',
    title: 'Test',
    edits: list,
    undoes: null,
    redoes: null,
  });
}

/** Tags `words` in the article and says the id. */
async function tagged(article: string, layer: string, words: string): Promise<string> {
  const { text } = await project.readArticle(article);
  const start = text.indexOf(words);
  expect(start, words).toBeGreaterThanOrEqual(0);
  let id = '';
  await act(article, (scene) => {
    const made = tag(scene, layer, [{ start, end: start + words.length }]);
    id = made.id;
    return made.edits;
  });
  return id;
}

async function sampleIndex(): Promise<{
  index: ProjectIndex;
  find: (query: string) => string[];
  titles: (query: string) => string[];
  ids: Record<string, string>;
}> {
  const [one = '', two = ''] = project.articles().map(({ id }) => id);
  const { text } = await project.readArticle(one);
  const ids: Record<string, string> = {};
  ids['quote'] = await tagged(one, 'QUOTE', '“90% ready.”');
  ids['stance'] = await tagged(one, 'STANCE', 'did not sign the pledge');
  ids['fact'] = await tagged(two, 'FACT', (await project.readArticle(two)).text.slice(0, 20));
  await act(one, (scene) => setAttribute(scene, ids['stance'] ?? '', 'polarity', 'against'));
  await act(one, (scene) => setNote(scene, ids['stance'] ?? '', 'Naïve? Ask Zoë'));
  const start = text.indexOf('Mr Zelensky');
  await act(one, (scene) => fillRole(scene, ids['quote'] ?? '', 'speaker', { start, end: start + 'Mr Zelensky'.length }, false));
  await project.apply(doneGesture('done', two));
  const index = ProjectIndex.open(null, project);
  await index.sync();
  const fields = fieldsOf(project.codebook.codebook);
  const conditionsOf = (query: string) => {
    const { conditions, problems } = understand(query, fields);
    expect(problems).toEqual([]);
    return conditions;
  };
  const name = (id: string) => Object.entries(ids).find(([, known]) => known === id)?.[0] ?? id;
  return {
    ...{ index, ids },
    find: (query) =>
      findAnnotations(index.database, conditionsOf(query), 'anna', everything)
        .found.map(({ annotation }) => name(annotation))
        .sort(),
    titles: (query) =>
      findArticles(index.database, conditionsOf(query), 'anna', everything)
        .found.map(({ article }) => article.slice(0, 3))
        .sort(),
  };
}

test('L31 annotations are found by layer, attribute, role, note, state, article and words, and by what they are not', async () => {
  const { find, index } = await sampleIndex();
  expect(find('layer:stance')).toEqual(['stance']);
  expect(find('polarity:against has:note')).toEqual(['stance']);
  expect(find('polarity:favor')).toEqual([]);
  expect(find('speaker:zelensky')).toEqual(['quote']);
  expect(find('speaker:"Mr Zelensky"')).toEqual(['quote']);
  expect(find('speaker:"zelensky"')).toEqual([]);
  expect(find('note:naive')).toEqual(['stance']);
  expect(find('note:zoe,nobody')).toEqual(['stance']);
  expect(find('-layer:stance,fact')).toEqual(['quote']);
  expect(find('-done')).toEqual(['quote', 'stance']);
  expect(find('status:done')).toEqual(['fact']);
  expect(find('article:001')).toEqual(['fact']);
  expect(find('pledge')).toEqual(['stance']);
  expect(find('"sign the pledge"')).toEqual(['stance']);
  expect(find('"the sign pledge"')).toEqual([]);
  expect(find('pled')).toEqual(['stance']);
  expect(find('is:mine')).toHaveLength(3);
  expect(find('annotator:anna has:speaker')).toEqual(['quote']);
  expect(find('"?!"')).toEqual([]);
  await index.close();
});

test('L32 articles are found by their words, and by what is annotated in them', async () => {
  const { titles, index } = await sampleIndex();
  expect(titles('polarity:against')).toEqual(['000']);
  expect(titles('layer:fact')).toEqual(['001']);
  expect(titles('-layer:fact')).toEqual(['000']);
  expect(titles('"high-stakes summit"')).toEqual(['000']);
  expect(titles('status:done')).toEqual(['001']);
  expect(titles('')).toEqual(['000', '001']);
  const { conditions } = understand('"high-stakes summit"', fieldsOf(project.codebook.codebook));
  const [hit] = findArticles(index.database, conditions, 'anna', everything).found;
  expect(hit?.snippet?.match).toBe('high-stakes summit');
  await index.close();
});

test('L33 counts by one or two dimensions add up, what has none under none', async () => {
  const { index } = await sampleIndex();
  const rows = (by: Parameters<typeof tally>[3]) => tally(index.database, [], 'anna', by).map(({ keys, count }) => [...keys, count]);
  expect(rows(['layer']).sort()).toEqual([
    ['FACT', 1],
    ['QUOTE', 1],
    ['STANCE', 1],
  ]);
  expect(rows(['attribute:polarity'])).toEqual([
    [null, 2],
    ['against', 1],
  ]);
  expect(rows(['role:speaker', 'layer'])).toContainEqual(['Mr Zelensky', 'QUOTE', 1]);
  expect(rows(['status'])).toEqual([
    ['in-progress', 2],
    ['done', 1],
  ]);
  expect(findKeys(index.database, [], 'anna', 2)).toHaveLength(2);
  await index.close();
});

test('L34 an index in a file is gone on with after a restart; one that is damaged or of another codebook is made anew', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pressmark-index-'));
  const path = join(folder, 'index.sqlite');
  const { index } = await sampleIndex();
  const wanted = dump(index.database);
  await index.close();
  for (const damage of [
    async () => undefined,
    async () => undefined,
    () => writeFile(path, 'not a database at all, but long enough to be read as one'),
  ]) {
    await damage();
    const again = ProjectIndex.open(path, project);
    await again.sync();
    expect(dump(again.database)).toEqual(wanted);
    await again.close();
  }
  const other = Object.create(project, { codebook: { value: { version: 2, codebook: defaultCodebook } } }) as Project;
  const renewed = ProjectIndex.open(path, other);
  expect(renewed.database.prepare('select count(*) n from articles').get()?.['n']).toBe(0);
  await renewed.close();
  expect((await readFile(path)).length).toBeGreaterThan(0);
  await rm(folder, { recursive: true });
});

test('L46 annotations are put in order by article, date, layer or who speaks, and in reading order within it', async () => {
  const { index, ids } = await sampleIndex();
  const name = new Map(Object.entries(ids).map(([known, id]) => [id, known]));
  const inOrder = (order: 'article' | 'date' | 'layer' | 'who') =>
    findAnnotations(index.database, [], 'anna', everything, order).found.map(({ annotation }) => name.get(annotation));
  const byArticle = inOrder('article');
  expect(byArticle.at(-1)).toBe('fact');
  expect(inOrder('date')).toEqual(byArticle);
  expect(inOrder('layer')).toEqual(['fact', 'quote', 'stance']);
  expect(inOrder('who')).toEqual(['quote', ...byArticle.filter((each) => each !== 'quote')]);
  await index.close();
});
