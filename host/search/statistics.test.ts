import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { resolveRegistry } from '../../core/model/entity.ts';
import { barsOf, narrowed, termOf } from '../../core/search/bars.ts';
import type { Dimension } from '../../core/search/calls.ts';
import type { ConcordanceOf } from '../../core/search/concordance.ts';
import { understand } from '../../core/search/conditions.ts';
import { fieldsOf } from '../../core/search/fields.ts';
import { emptyWork } from '../../core/steps/edit.ts';
import { fillRole, type Scene, setAttribute, tag } from '../../core/steps/gestures.ts';
import { openProject, type Project } from '../storage/project.ts';
import { doneGesture, makeProject, temporaryFolder } from '../testing/sample-host.ts';
import { Searches } from './searches.ts';

let place: { path: string; remove(): Promise<void> };
let project: Project;
let searches: Searches;
let time = 0;
let made = 0;

// Quotes of 12, 49, 50 and 700 characters in the first article and a fact in the second, which is done.
beforeAll(async () => {
  place = await temporaryFolder();
  await makeProject(join(place.path, 'project'));
  project = await openProject(join(place.path, 'project'), { now: () => '2026-11-20T11:00:00.000Z' });
  searches = new Searches(project);
  const [one = '', two = ''] = project.articles().map(({ id }) => id);
  const quotes: string[] = [];
  for (const [start, end] of [
    [0, 12],
    [20, 69],
    [100, 150],
    [200, 900],
  ] as const) {
    quotes.push(await tagged(one, 'QUOTE', start, end));
  }
  const [first = '', second = '', third = ''] = quotes;
  await act(one, (scene) => setAttribute(scene, first, 'type', 'indirect'));
  await act(one, (scene) => fillRole(scene, first, 'speaker', placed(scene, 'Mr Zelensky'), false));
  await act(one, (scene) => fillRole(scene, second, 'speaker', placed(scene, 'Mr Zelensky', 1), false));
  await act(one, (scene) => fillRole(scene, third, 'speaker', placed(scene, 'Sir Keir'), false));
  const fact = await tagged(two, 'FACT', 0, 20);
  await act(two, (scene) => fillRole(scene, fact, 'source', { start: 0, end: 8 }, false));
  await project.apply(doneGesture('done', two));
});

afterAll(async () => {
  await searches.close();
  await project.close();
  await place.remove();
});

function placed({ text }: Scene, words: string, nth = 0) {
  let start = text.indexOf(words);
  for (let index = 0; index < nth; index++) start = text.indexOf(words, start + 1);
  expect(start, words).toBeGreaterThanOrEqual(0);
  return { start, end: start + words.length };
}

async function act(article: string, edits: (scene: Scene) => ReturnType<typeof setAttribute>): Promise<void> {
  const now = `2026-11-20T12:00:${String(time++).padStart(2, '0')}.000Z`;
  const scene: Scene = {
    ...{ article, text: (await project.readArticle(article)).text, annotator: 'anna', now, newId: () => `x${++made}` },
    work: { ...emptyWork, sets: new Map([[article, await project.set(article)]]) },
    registry: resolveRegistry(await project.entities()),
    codebook: project.codebook.codebook,
    codebookVersion: project.codebook.version,
  };
  const gesture = {
    id: `g${time}`,
    annotator: 'anna',
    time: now,
    command: 'test',
    title: 'Test',
    edits: edits(scene),
    undoes: null,
    redoes: null,
  };
  await project.apply(gesture);
}

async function tagged(article: string, layer: string, start: number, end: number): Promise<string> {
  let id = '';
  await act(article, (scene) => {
    const done = tag(scene, layer, [{ start, end }]);
    id = done.id;
    return done.edits;
  });
  return id;
}

const fields = () => fieldsOf(project.codebook.codebook);
const counts = async (query: string, by: Dimension) =>
  barsOf((await searches.tally(query, [by])).rows).map(({ value, count }) => [value, count]);
const total = async (query: string) => {
  expect(understand(query, fields()).problems, query).toEqual([]);
  return (await searches.search({ query, what: ['annotations'], skip: 0, limit: 1 })).totals.annotations;
};

test('L70 what a bar counts is what its query finds, under a query too', async () => {
  const dimensions = [
    'layer',
    'length',
    'source',
    'month',
    'article',
    'status',
    'annotator',
    'origin',
    'role:speaker',
    'role:source',
  ] as const;
  let bars = 0;
  for (const query of ['', 'layer:quote', '-has:speaker']) {
    for (const by of [...dimensions, 'attribute:type', 'attribute:unsure'] as const) {
      for (const { value, count } of barsOf((await searches.tally(query, [by])).rows)) {
        const term = termOf(by, value, fields());
        expect(term, `${by} ${value}`).not.toBeNull();
        expect(await total(narrowed(query, term ?? '')), `${query} ${by} ${value}`).toBe(count);
        bars++;
      }
    }
  }
  expect(bars).toBeGreaterThan(40);
});

test('L71 counts by layer, value and who fills a role are as they were made by hand', async () => {
  expect(await counts('', 'layer')).toEqual([
    ['QUOTE', 4],
    ['FACT', 1],
  ]);
  expect(await counts('layer:quote', 'role:speaker')).toEqual([
    ['Mr Zelensky', 2],
    [null, 1],
    ['Sir Keir', 1],
  ]);
  expect((await counts('layer:quote', 'attribute:type')).find(([value]) => value === 'indirect')).toEqual(['indirect', 1]);
});

test('L72 lengths count in bins of 50 characters, the last without an end', async () => {
  expect((await counts('layer:quote', 'length')).sort(([a], [b]) => Number(a) - Number(b))).toEqual([
    ['0', 2],
    ['50', 1],
    ['500', 1],
  ]);
  expect(await total('length:12')).toBe(1);
  expect(await total('length:>500')).toBe(1);
});

test('L81 words stand where they do in all articles, however written, whole or by their beginning, and paged by article', async () => {
  const all = async (of: ConcordanceOf) => {
    const lines = [];
    for (let after: string | null = null, isFirst = true; isFirst || after !== null; isFirst = false) {
      const part: Awaited<ReturnType<Searches['concordance']>> = await searches.concordance(of, after);
      lines.push(...part.lines);
      after = part.next;
    }
    return lines;
  };
  let [whole, begun] = [0, 0];
  for (const { id } of project.articles()) {
    const { text } = await project.readArticle(id);
    whole += [...text.matchAll(/(?<![\p{L}\p{N}_])all(?![\p{L}\p{N}_])/giu)].length;
    begun += [...text.matchAll(/(?<![\p{L}\p{N}_])all/giu)].length;
  }
  const lines = await all({ kind: 'words', words: 'All' });
  expect(whole).toBeGreaterThan(0);
  expect(begun).toBeGreaterThan(whole);
  expect(lines).toHaveLength(whole);
  expect(await all({ kind: 'beginning', words: 'all' })).toHaveLength(begun);
  expect((await all({ kind: 'beginning', words: 'zelen' })).every(({ text }) => /^Zelensky$/.test(text))).toBe(true);
  for (const { article, start, end, text, before, after } of lines) {
    const source = (await project.readArticle(article)).text;
    expect(source.slice(start, end)).toBe(text);
    expect(source.slice(start - before.length, end + after.length)).toBe(before + text + after);
  }
  const [first] = lines;
  expect(
    (await searches.concordance({ kind: 'words', words: 'all' }, first?.article ?? '')).lines.some(
      ({ article }) => article === first?.article,
    ),
  ).toBe(false);
  expect(await all({ kind: 'words', words: 'llies' })).toEqual([]);
  expect((await all({ kind: 'words', words: '“' })).length).toBeGreaterThan(0);
});

test('L84 words are found in all their forms, one after the other where several are sought', async () => {
  const texts = await Promise.all(project.articles().map(async ({ id }) => (await project.readArticle(id)).text));
  const count = (pattern: RegExp) => texts.reduce((sum, text) => sum + [...text.matchAll(pattern)].length, 0);
  const said = count(/(?<![\p{L}\p{N}_])(say|says|said|saying)(?![\p{L}\p{N}_])/giu);
  const lines = async (words: string) => (await searches.concordance({ kind: 'lemma', words }, null)).lines;
  expect(said).toBeGreaterThan(count(/\bsaid\b/gi));
  expect(await lines('say')).toHaveLength(said);
  expect(await lines('Said')).toHaveLength(said);
  const allies = await lines('western ally');
  expect(allies.length).toBeGreaterThan(0);
  expect(allies.every(({ text }) => /^western (ally|allies|allied)$/i.test(text))).toBe(true);
  expect(await lines('“”')).toEqual([]);
});

test('L85 a query finds articles and annotations by a word in all its forms, and what has none of them', async () => {
  const articles = async (query: string) => (await searches.search({ query, what: ['articles'], skip: 0, limit: 9 })).articles;
  const ids = async (query: string) => (await articles(query)).map(({ article }) => article).sort();
  expect(await ids('lemma:signed')).toEqual(
    [...new Set((await Promise.all(['sign', 'signs', 'signed', 'signing'].map((word) => ids(`"${word}"`)))).flat())].sort(),
  );
  expect((await ids('-lemma:sign')).length + (await ids('lemma:sign')).length).toBe(project.articles().length);
  expect((await articles('lemma:sign')).every(({ snippet }) => /^sign(s|ed|ing)?$/i.test(snippet?.match ?? ''))).toBe(true);
  expect(await ids('lemma:sign,qwertz')).toEqual(await ids('lemma:sign'));
  expect(await total('lemma:zzz')).toBe(0);
  const quoted = await total('lemma:ally');
  expect(quoted).toBe(await total('allies'));
  expect(quoted + (await total('-lemma:ally'))).toBe(5);
});

test('L73 it is counted how many articles each annotator has done and begun, and each share can be asked for', async () => {
  const articles = project.articles().length;
  const answer = await searches.progress('');
  expect([answer.articles, answer.rows]).toEqual([articles, [{ annotator: 'anna', done: 1, begun: 1 }]]);
  expect((await searches.progress('layer:fact')).rows).toEqual([{ annotator: 'anna', done: 1, begun: 0 }]);
  const found = async (query: string) => (await searches.search({ query, what: ['articles'], skip: 0, limit: 1 })).totals.articles;
  expect(await found('done:"anna"')).toBe(1);
  expect(await found('begun:"anna" -done:"anna"')).toBe(1);
  expect(await found('-begun:"anna" -done:"anna"')).toBe(articles - 2);
  expect((await searches.progress('speeker:x')).problems).toHaveLength(1);
});

test('L91 of each article it is counted how many annotations each annotator has, how many are to complete, and whether it is done', async () => {
  const [one = '', two = ''] = project.articles().map(({ id }) => id);
  await tagged(one, 'STANCE', 0, 20);
  const all = await searches.progressByArticle('');
  expect(all).toMatchObject({ articles: [one, two], annotators: ['anna'], indexing: null });
  expect(await total('is:draft')).toBe(1);
  expect(all.cells).toEqual([
    [0, 0, 5, 1, false],
    [1, 0, 1, 0, true],
  ]);
  const facts = await searches.progressByArticle('layer:fact');
  expect([facts.articles, facts.cells]).toEqual([[two], [[0, 0, 1, 0, true]]]);
  expect((await searches.progressByArticle('speeker:x')).problems).toHaveLength(1);
});
