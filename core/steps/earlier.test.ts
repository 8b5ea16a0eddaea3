import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addRelation, type RelationEnd, setRelationAttribute, setRelationNote } from '../annotations/relations.ts';
import { type Annotation, type Mention, setProblems, setToRecord, sortedById } from '../model/annotation.ts';
import { newEntity } from '../model/entity.ts';
import { editsOf, type Move, moves } from '../testing/moves.ts';
import { soak } from '../testing/soak.ts';
import { Workbench } from '../testing/workbench.ts';
import { differencesOn, editKey, restoringEdits, summaryOf } from './earlier.ts';
import { applyEdits, type Work } from './edit.ts';
import { fillRole, fillRoleWith, setAttribute, setDone, setNote } from './gestures.ts';
import { editsBetween } from './merge.ts';

const texts = { a: '“We will fight,” said Mayor Ana Ruiz. She left.', b: 'Ana Ruiz resigned on Monday, officials said.' };
const all = () => true;

function act(bench: Workbench, list: readonly Move[]): void {
  for (const move of list) {
    const edits = editsOf(bench, move);
    if (edits) bench.step(edits);
  }
}

/** What is wrong with some work: in its sets, and links whose ends are gone. */
function problemsIn(work: Work): string[] {
  const found = [...work.sets.values()].flatMap((set) => setProblems(set, texts[set.article as 'a' | 'b'], (id) => work.entities.has(id)));
  for (const link of work.links.values())
    for (const end of [link.from, link.to])
      if (!work.sets.get(end.article)?.annotations.has(end.annotation)) found.push(`link ${link.id}: its end is gone`);
  return found;
}

const plain = (work: Work, entities: ReadonlyMap<string, unknown>) => ({
  sets: [...work.sets.values()].map(setToRecord).sort((a, b) => (a.article < b.article ? -1 : 1)),
  links: sortedById(work.links),
  articles: sortedById(work.articles),
  entities: sortedById(work.entities).filter(({ id }) => entities.has(id)),
});

test('J86 restoring all of a state makes everything as it was, but for entities that are new, and taking it back makes it as it is', () => {
  fc.assert(
    fc.property(moves, moves, (before, after) => {
      const bench = new Workbench(texts);
      act(bench, before);
      const was = bench.work;
      act(bench, after);
      const now = bench.work;
      const edits = restoringEdits(editsBetween(now, was), all, now);
      const restored = applyEdits(now, edits);
      expect(plain(restored, was.entities)).toEqual(plain(was, was.entities));
      expect([...restored.entities.keys()].sort()).toEqual([...new Set([...was.entities.keys(), ...now.entities.keys()])].sort());
      if (edits.length === 0) return;
      bench.step(edits);
      bench.undo();
      expect(plain(bench.work, now.entities)).toEqual(plain(now, now.entities));
    }),
    { numRuns: soak(60, 5000) },
  );
});

test('J87 restoring some records takes along what they need and what must not stay, and leaves everything sound and the rest as it is', () => {
  fc.assert(
    fc.property(moves, moves, fc.infiniteStream(fc.boolean()), (before, after, coin) => {
      const bench = new Workbench(texts);
      act(bench, before);
      const was = bench.work;
      act(bench, after);
      const now = bench.work;
      const back = editsBetween(now, was);
      const chosen = new Set(back.filter(() => coin.next().value).map(editKey));
      const edits = restoringEdits(back, (edit) => chosen.has(editKey(edit)), now);
      const restored = applyEdits(now, edits);
      expect(problemsIn(restored)).toEqual([]);
      for (const edit of back) {
        if (edit.record !== 'annotation' || !chosen.has(editKey(edit))) continue;
        expect(restored.sets.get(edit.article)?.annotations.get(edit.id) ?? null).toEqual(edit.after);
      }
      const touched = new Set(edits.map(editKey));
      expect(editsBetween(now, restored).every((edit) => touched.has(editKey(edit)))).toBe(true);
      if (chosen.size === 0) expect(edits).toEqual([]);
    }),
    { numRuns: soak(100, 10_000) },
  );
});

test('J87 an annotation that is restored has the speaker that it had, whose mention had gone with it', () => {
  const bench = new Workbench(texts);
  const quote = bench.tag('a', 'QUOTE', '“We will fight,”');
  bench.step(fillRole(bench.scene('a'), quote, 'speaker', bench.range('a', 'Mayor Ana Ruiz'), false));
  const was = bench.work;
  const set = bench.set('a');
  bench.step([
    { record: 'annotation', article: 'a', id: quote, before: set.annotations.get(quote) ?? null, after: null },
    ...[...set.mentions.values()].map((mention) => ({
      record: 'mention' as const,
      article: 'a',
      id: mention.id,
      before: mention,
      after: null,
    })),
  ]);
  const other = bench.tag('a', 'FACT', 'She left');
  const back = editsBetween(bench.work, was);
  const edits = restoringEdits(back, (edit) => editKey(edit) === `annotation:${quote}`, bench.work);
  const restored = applyEdits(bench.work, edits);
  expect(problemsIn(restored)).toEqual([]);
  expect([...(restored.sets.get('a')?.annotations.keys() ?? [])].sort()).toEqual([quote, other].sort());
  expect(summaryOf(back).articles).toEqual([
    { article: 'a', layers: { QUOTE: { added: 0, changed: 0, removed: 1 }, FACT: { added: 1, changed: 0, removed: 0 } }, others: 0 },
  ]);
});

test('J85 differences are told in the order of the text, each with its words and the fields that changed', () => {
  const bench = new Workbench(texts);
  const quote = bench.tag('a', 'QUOTE', '“We will fight,”');
  const gone = bench.tag('a', 'FACT', 'She left');
  const was = bench.work;
  bench.step(setNote(bench.scene('a'), quote, 'check this'));
  bench.step(fillRole(bench.scene('a'), quote, 'speaker', bench.range('a', 'Mayor Ana Ruiz'), false));
  bench.step([{ record: 'annotation', article: 'a', id: gone, before: bench.set('a').annotations.get(gone) ?? null, after: null }]);
  const added = bench.tag('a', 'STANCE', 'fight');
  const back = editsBetween(bench.work, was);
  expect(differencesOn('a', back, { now: bench.work, was }, (id) => id)).toEqual([
    {
      ...{ key: `annotation:${quote}`, record: 'annotation', layer: 'QUOTE', what: 'changed', words: '“We will fight,”' },
      fields: [
        { field: 'note', was: '', now: 'check this' },
        { field: 'role:speaker', was: '', now: 'Mayor Ana Ruiz' },
      ],
    },
    { key: `annotation:${added}`, record: 'annotation', layer: 'STANCE', what: 'added', words: 'fight', fields: [] },
    { key: `annotation:${gone}`, record: 'annotation', layer: 'FACT', what: 'removed', words: 'She left', fields: [] },
  ]);
  expect(differencesOn('b', back, { now: bench.work, was }, (id) => id)).toEqual([]);
});

test('J85 what differs of mentions, relations, entities and roles of every kind is told in words', () => {
  const bench = new Workbench(texts);
  const entity = (id: string, name: string) => newEntity(id, 'anna', 'PERSON', name, '2026-01-01T00:00:00.000Z');
  for (const id of ['e1', 'e2']) bench.step([{ record: 'entity', id, before: null, after: entity(id, id) }]);
  const [quote, stance] = [bench.tag('a', 'QUOTE', 'We will'), bench.tag('a', 'STANCE', 'She left')];
  const far = bench.tag('b', 'QUOTE', 'officials');
  bench.step(fillRole(bench.scene('a'), quote, 'speaker', bench.range('a', 'Ana Ruiz'), false));
  const end = (article: 'a' | 'b', id: string): RelationEnd => ({
    annotation: bench.set(article).annotations.get(id) as Annotation,
    mentions: bench.set(article).mentions,
  });
  const within = addRelation(bench.scene('a'), 'evidence_for', end('a', quote), end('a', stance));
  bench.step(within.edits);
  const across = addRelation(bench.scene('a'), 'same_quote', end('a', quote), end('b', far));
  bench.step(across.edits);
  const was = bench.work;

  const [mention] = [...bench.set('a').mentions.values()] as [Mention];
  bench.step([{ record: 'mention', article: 'a', id: mention.id, before: mention, after: { ...mention, entity: 'e1' } }]);
  bench.step(setRelationNote(bench.scene('a'), within.id, 'why'));
  bench.step(setRelationAttribute(bench.scene('a'), across.id, 'match', 'paraphrase'));
  bench.step([{ record: 'entity', id: 'e1', before: entity('e1', 'e1'), after: { ...entity('e1', 'Ana'), aliases: {} } }]);
  bench.step([{ record: 'entity', id: 'e3', before: null, after: entity('e3', 'New') }]);
  for (const target of [{ kind: 'author' }, { kind: 'entity', id: 'e2' }] as const)
    bench.step(fillRoleWith(bench.scene('a'), stance, 'holder', target, target.kind === 'entity'));
  bench.step(setAttribute(bench.scene('a'), stance, 'polarity', 'favor'));
  bench.step(setAttribute(bench.scene('a'), stance, 'unsure', true));
  bench.step(setDone(bench.scene('a'), true));

  const back = editsBetween(bench.work, was);
  const told = (article: string | null) => differencesOn(article, back, { now: bench.work, was }, (id) => `name of ${id}`);
  const common = { what: 'changed', layer: null };
  expect(told('a')).toEqual([
    {
      ...{ ...common, key: `mention:${mention.id}`, record: 'mention', words: 'Ana Ruiz (name of e1)' },
      fields: [{ field: 'entity', was: '', now: 'name of e1' }],
    },
    {
      ...{ ...common, key: `annotation:${stance}`, record: 'annotation', layer: 'STANCE', words: 'She left' },
      fields: [
        { field: 'attribute:unsure', was: 'no', now: 'yes' },
        { field: 'attribute:polarity', was: '', now: 'favor' },
        { field: 'role:holder', was: '', now: 'the author, name of e2' },
      ],
    },
    { key: 'completion:a', record: 'completion', layer: null, what: 'added', words: '', fields: [] },
    {
      ...{ ...common, key: `relation:${within.id}`, record: 'relation', layer: 'evidence_for', words: 'We will – She left' },
      fields: [{ field: 'note', was: '', now: 'why' }],
    },
  ]);
  expect(told(null)).toEqual([
    {
      ...{ ...common, key: 'entity:e1', record: 'entity', words: 'name of e1' },
      fields: [{ field: 'canonical', was: 'e1', now: 'Ana' }],
    },
    { key: 'entity:e3', record: 'entity', layer: null, what: 'added', words: 'name of e3', fields: [] },
    {
      ...{ ...common, key: `link:${across.id}`, record: 'link', layer: 'same_quote', words: 'We will – officials' },
      fields: [{ field: 'attribute:match', was: '', now: 'paraphrase' }],
    },
  ]);
  expect(summaryOf(back)).toEqual({
    articles: [{ article: 'a', layers: { STANCE: { added: 0, changed: 1, removed: 0 } }, others: 3 }],
    entities: { added: 1, changed: 1, removed: 0 },
    links: { added: 0, changed: 1, removed: 0 },
  });
});
