import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addRelation, setRelationNote } from '../annotations/relations.ts';
import { type Annotation, type Relation, setProblems, setToRecord } from '../model/annotation.ts';
import type { ArticleMeta } from '../model/article.ts';
import { resolveArticle } from '../model/article-record.ts';
import { entityOfMention } from '../model/entity.ts';
import { linkMention, registrySceneOf } from '../registry/linking.ts';
import { splitEntity } from '../registry/registry-edits.ts';
import { applyEdits, type Edit, Gesture, inverse } from '../steps/edit.ts';
import { fillRole, setDone } from '../steps/gestures.ts';
import { editsOf, moves } from '../testing/moves.ts';
import { Workbench } from '../testing/workbench.ts';
import { changeArticle } from './article-changes.ts';
import { droppedBy, planSuperseding, supersede } from './superseding.ts';

const metaOf = (id: string, more: Partial<ArticleMeta> = {}): ArticleMeta => ({
  ...{ id, title: id, source: null, date: null, url: null, language: null, originalName: `${id}.txt`, headings: [], words: 9 },
  ...{ textSha256: '0'.repeat(64), originalSha256: '0'.repeat(64), imported: '2026-01-01T00:00:00.000Z' },
  ...more,
});
const oldText = `The council met in Paris on Monday.
“We will not let the river take our homes,” said Mayor Ana Ruiz after the meeting.
The wall will cost nine million euros.
`;
const newText = `CORRECTED
The council met in Paris on Tuesday morning.
“We will not let the river take any of our homes,” said Mayor Ana Ruiz after the meeting.
`;

function replaced(on: Workbench, from: string, to: string, accepted: (id: string) => boolean = () => false) {
  const plan = planSuperseding(on.set(from), on.text(from), to, on.text(to));
  const records = (id: string) => [...on.work.articles.values()].filter((record) => record.id === id);
  const scene = { work: on.work, registry: on.registry, annotator: 'anna', now: on.now(), newId: () => on.newId() };
  const chosen = new Set(plan.carried.flatMap(({ annotation }) => (accepted(annotation.id) ? [annotation.id] : [])));
  const oldMeta = metaOf(from, { source: 'Reuters', date: '2026-01-07', language: 'en' });
  const edits = supersede(
    scene,
    plan,
    chosen,
    resolveArticle(oldMeta, records(from)),
    resolveArticle(metaOf(to, { importedBy: 'anna' }), []),
  );
  return { plan, edits };
}
const meanings = (on: Workbench, article: string) =>
  [...on.set(article).mentions.values()].map((mention) => entityOfMention(on.registry, mention)?.canonical);
const problems = (on: Workbench) =>
  [...on.work.sets.values()].flatMap((set) => setProblems(set, on.text(set.article), (id) => on.registry.has(id)));
const plain = (on: Workbench) => ({
  sets: [...on.work.sets.values()].map(setToRecord).filter(({ annotations }) => annotations.length > 0),
  links: [...on.work.links.values()],
  articles: [...on.work.articles.values()],
});

describe('putting a corrected version in the place of an article', () => {
  const bench = () => {
    const on = new Workbench({ old: oldText, new: newText, other: 'A third article says so too.' });
    const quote = on.tag('old', 'QUOTE', 'We will not let the river take our homes');
    on.step(fillRole(on.scene('old'), quote, 'speaker', on.range('old', 'Mayor Ana Ruiz'), false));
    const sure = on.tag('old', 'FACT', 'The council met in Paris');
    const lost = on.tag('old', 'FACT', 'The wall will cost nine million euros');
    on.step(setDone(on.scene('old'), true));
    return { on, quote, sure, lost };
  };

  test('R36 a mention that a split took to another entity means that one on both sides', () => {
    const { on, quote, lost } = bench();
    on.step(fillRole(on.scene('old'), lost, 'source', on.range('old', 'Mayor Ana Ruiz'), false));
    const [mention = ''] = on.set('old').mentions.keys();
    on.step(linkMention(on.scene('old'), mention, { type: 'PERSON', canonical: 'Ana Ruiz' }, false));
    const [id = ''] = on.registry.keys();
    on.step(splitEntity(registrySceneOf(on.scene('old')), id, [mention], 'Ana Ruiz, mayor').edits);
    on.step(replaced(on, 'old', 'new', (annotation) => annotation === quote).edits);
    expect([on.set('old'), on.set('new')].map((set) => set.mentions.size)).toEqual([1, 1]);
    expect([meanings(on, 'old'), meanings(on, 'new')]).toEqual([['Ana Ruiz, mayor'], ['Ana Ruiz, mayor']]);
    expect(problems(on)).toEqual([]);
  });

  test('R28 what is sure goes along under its old id, what is in doubt only when accepted, what is lost stays', () => {
    const { on, quote, sure, lost } = bench();
    const { plan, edits } = replaced(on, 'old', 'new');
    expect(plan.carried.map(({ annotation, state }) => [annotation.id, state])).toEqual([
      [sure, 'moved'],
      [quote, 'doubt'],
    ]);
    expect(plan.lost.map(({ id }) => id)).toEqual([lost]);
    on.step(edits);
    expect([...on.set('new').annotations.keys()]).toEqual([sure]);
    expect([...on.set('old').annotations.keys()].sort()).toEqual([quote, lost].sort());
    expect(on.set('new').annotations.get(sure)?.spans[0]?.text).toBe('The council met in Paris');
    expect(on.set('old').mentions.size).toBe(1);
    expect(on.set('new').completion).toBeNull();
    expect(problems(on)).toEqual([]);
  });

  test('R28 an accepted one goes to its changed words, with the mentions that fill its roles', () => {
    const { on, quote, lost } = bench();
    on.step(replaced(on, 'old', 'new', (id) => id === quote).edits);
    const moved = on.set('new').annotations.get(quote);
    expect(moved?.spans[0]?.text).toBe('We will not let the river take any of our homes');
    const [mention] = on.set('new').mentions.values();
    expect([mention?.span.text, mention?.article]).toEqual(['Mayor Ana Ruiz', 'new']);
    expect(moved?.roles).toContainEqual({ role: 'speaker', target: { kind: 'mention', id: mention?.id } });
    expect([[...on.set('old').annotations.keys()], on.set('old').mentions.size]).toEqual([[lost], 0]);
    expect(problems(on)).toEqual([]);
  });

  test('R28 words that name someone on both sides stay with the old article and are written anew in the new one, under another id', () => {
    const { on, quote, sure } = bench();
    const range = on.range('old', 'Mayor Ana Ruiz');
    on.step(fillRole(on.scene('old'), sure, 'source', range, false));
    const [mention] = on.set('old').mentions.keys();
    on.step(replaced(on, 'old', 'new').edits);
    const [copy] = on.set('new').mentions.keys();
    expect([[...on.set('old').mentions.keys()], on.set('new').mentions.size]).toEqual([[mention], 1]);
    expect(copy).not.toBe(mention);
    expect(on.set('old').annotations.get(quote)?.roles).toContainEqual({ role: 'speaker', target: { kind: 'mention', id: mention } });
    expect(problems(on)).toEqual([]);
  });

  test('R28 a relation across whose ends meet in the new article is kept with that, and can be changed there', () => {
    const { on, sure } = bench();
    const there = on.tag('new', 'FACT', 'council met in Paris on Tuesday');
    const end = (article: string, id: string) => ({
      annotation: on.set(article).annotations.get(id) as Annotation,
      mentions: on.set(article).mentions,
    });
    const { id, edits } = addRelation(on.scene('old'), 'same_claim', end('old', sure), end('new', there), 'as told twice');
    on.step(edits);
    expect([...on.work.links.keys()]).toEqual([id]);
    on.step(replaced(on, 'old', 'new').edits);
    expect([on.work.links.size, [...on.set('new').relations.keys()]]).toEqual([0, [id]]);
    on.step(setRelationNote(on.scene('new'), id, 'the same words'));
    expect(on.set('new').relations.get(id)?.note).toBe('the same words');
    expect(problems(on)).toEqual([]);
  });

  test('R28 a link of an older Pressmark whose ends are in one article goes along as a relation', () => {
    const { on, sure, lost } = bench();
    const annotation = (id: string) => ({ annotation: on.set('old').annotations.get(id) as Annotation, mentions: on.set('old').mentions });
    const { edits } = addRelation(on.scene('old'), 'same_claim', annotation(sure), annotation(lost), '');
    const [made] = edits.flatMap((edit) => (edit.record === 'relation' && edit.after ? [edit.after] : []));
    if (!made) throw new Error('no relation was made');
    const link: Relation = { ...made, id: 'l1', to: made.from };
    on.step([{ record: 'link', id: 'l1', before: null, after: link }]);
    on.step(replaced(on, 'old', 'new').edits);
    expect([on.work.links.size, [...on.set('new').relations.keys()]]).toEqual([0, ['l1']]);
    expect(problems(on)).toEqual([]);
  });

  test('R28 a role that an annotation on the other side fills is let go, on either side', () => {
    const { on, sure, lost } = bench();
    const pointing = (id: string, target: string): Edit[] => {
      const before = on.set('old').annotations.get(id) as Annotation;
      const after: Annotation = { ...before, roles: [{ role: 'evidence', target: { kind: 'annotation', id: target } }] };
      return [{ record: 'annotation', article: 'old', id, before, after }];
    };
    on.step(pointing(sure, lost));
    on.step(pointing(lost, sure));
    on.step(replaced(on, 'old', 'new').edits);
    expect([on.set('new').annotations.get(sure)?.roles, on.set('old').annotations.get(lost)?.roles]).toEqual([[], []]);
    expect(problems(on)).toEqual([]);
  });

  test('R34 a role is told whose words are not in the new text, or whose filler is on the other side; and only those are let go', () => {
    const on = new Workbench({ old: oldText, new: newText.replace('Mayor Ana Ruiz', 'the mayor') });
    const quote = on.tag('old', 'QUOTE', 'We will not let the river take our homes');
    const sure = on.tag('old', 'FACT', 'The council met in Paris');
    const lost = on.tag('old', 'FACT', 'The wall will cost nine million euros');
    for (const id of [quote, sure])
      on.step(fillRole(on.scene('old'), id, id === quote ? 'speaker' : 'source', on.range('old', 'Ana Ruiz'), false));
    const before = on.set('old').annotations.get(lost) as Annotation;
    const roles = [...before.roles, { role: 'evidence', target: { kind: 'annotation' as const, id: sure } }];
    on.step([{ record: 'annotation', article: 'old', id: lost, before, after: { ...before, roles } }]);
    for (const accepted of [false, true]) {
      const { plan, edits } = replaced(on, 'old', 'new', () => accepted);
      const dropped = droppedBy(plan, new Set(accepted ? plan.carried.map(({ annotation }) => annotation.id) : []));
      const told = dropped.map(({ annotation, field, kind, words }) => [annotation.id, field, kind, words]);
      expect(told).toEqual([
        [sure, 'source', 'role', 'Ana Ruiz'],
        ...(accepted ? [[quote, 'speaker', 'role', 'Ana Ruiz']] : []),
        [lost, 'evidence', 'role', 'The council met in Paris'],
      ]);
      const count = (sets: typeof on.work.sets) =>
        [...sets.values()].flatMap((set) => [...set.annotations.values()]).reduce((sum, { roles: filled }) => sum + filled.length, 0);
      expect(count(on.work.sets) - count(applyEdits(on.work, edits).sets)).toBe(told.length);
    }
  });

  test('R34 a quantity is told whose words are not in the new text', () => {
    const on = new Workbench({ old: oldText, new: `The wall will cost nine million euros.\n` });
    const fact = on.tag('old', 'FACT', 'The wall will cost nine million euros');
    const before = on.set('old').annotations.get(fact) as Annotation;
    const span = { ...on.range('old', 'Paris'), text: 'Paris' };
    const quantity = [{ value: 1, value_max: null, modifier: 'exact' as const, unit: '', counts: '', mention: 'm1' }];
    on.step([
      {
        record: 'mention',
        article: 'old',
        id: 'm1',
        before: null,
        after: { id: 'm1', article: 'old', annotator: 'anna', span, entity: null },
      },
      { record: 'annotation', article: 'old', id: fact, before, after: { ...before, attributes: { ...before.attributes, quantity } } },
    ]);
    const { plan } = replaced(on, 'old', 'new');
    expect(droppedBy(plan, new Set()).map(({ field, kind, words }) => [field, kind, words])).toEqual([['quantity', 'quantity', 'Paris']]);
  });

  test('R29 the old version leaves the list, the new one is listed and takes over what it does not know of its origin', () => {
    const { on } = bench();
    on.step([changeArticle({ work: on.work, annotator: 'anna', now: on.now() }, 'old', { url: 'https://example.org/1' })]);
    on.step(replaced(on, 'old', 'new').edits);
    const records = [...on.work.articles.values()];
    const of = (id: string) => records.filter((record) => record.id === id);
    expect(resolveArticle(metaOf('old'), of('old'))).toMatchObject({ listed: false, supersededBy: 'new' });
    const fresh = resolveArticle(metaOf('new', { importedBy: 'anna' }), of('new'));
    expect(fresh).toMatchObject({ listed: true, supersededBy: null });
    expect(fresh.meta).toMatchObject({ title: 'new', source: 'Reuters', date: '2026-01-07', url: 'https://example.org/1', language: 'en' });
  });

  test('R30 whatever was done on an article, replacing it leaves everything sound, and one undo gives back what was', () => {
    fc.assert(
      fc.property(moves, fc.boolean(), (list, acceptAll) => {
        const on = new Workbench({ a: oldText, b: 'Nobody knows why the mayor left so soon.', c: newText });
        for (const move of list) {
          const edits = editsOf(on, move);
          if (edits) on.step(edits);
        }
        const before = plain(on);
        const work = on.work;
        const { edits } = replaced(on, 'a', 'c', () => acceptAll);
        on.step(edits);
        expect(problems(on)).toEqual([]);
        for (const { from, to } of on.work.links.values()) {
          for (const end of [from, to]) expect(on.set(end.article).annotations.has(end.annotation)).toBe(true);
        }
        expect(Gesture.safeParse(on.journal.at(-1)).success).toBe(true);
        const count = (sets: typeof work.sets) => [...sets.values()].reduce((sum, set) => sum + set.annotations.size, 0);
        expect(count(on.work.sets)).toBe(count(work.sets));
        expect(setToRecord(applyEdits(on.work, inverse(edits)).sets.get('a') ?? on.set('a'))).toEqual(
          setToRecord(work.sets.get('a') ?? on.set('a')),
        );
        on.undo();
        expect(plain(on)).toEqual(before);
        on.redo();
        expect(problems(on)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
