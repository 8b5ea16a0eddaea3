import { expect, it } from 'vitest';
import { newEntity } from '../model/entity.ts';
import { emptyMemory, importInto } from './testing/into-memory.ts';
import { time } from './testing/project.ts';
import { file, quote, setOf, span } from './testing/short-article.ts';

it('X146 entities are those of the registry with their id, Wikidata id, or name and type; else new', () => {
  const known = (id: string, type: string, name: string, wikidata: string | null = null) => ({
    ...newEntity(id, 'bo', type, name, time),
    fields: { ...newEntity(id, 'bo', type, name, time).fields, wikidata: { value: wikidata, time } },
  });
  const records = [
    known('e1', 'PERSON', 'Ana Ruiz'),
    known('e2', 'PLACE', 'Paris', 'Q90'),
    known('e3', 'PERSON', 'Bo'),
    known('x', 'EVENT', 'Summit'),
  ];
  const works = new Map([
    ['bo', { sets: new Map(), links: new Map(), articles: new Map(), entities: new Map(records.map((one) => [one.id, one])) }],
  ]);
  const entity = (id: string, type: string, canonical: string, wikidata: string | null = null) => ({
    ...{
      id,
      type,
      canonical,
      wikidata,
      aliases: ['Alias'],
      members: [],
      date: null,
      roles: [],
      notes: '',
      merged_into: null,
      removed: false,
    },
  });
  const entities = [
    entity('e1', 'Person', 'ana ruiz'),
    entity('f2', 'GPE', 'Ville de Paris', 'Q90'),
    entity('f3', 'PER', 'BO'),
    entity('x', 'Person', 'Cy', 'Q5'),
  ];
  const mention = (id: string, words: string, entity_id: string) => ({
    ...quote,
    id,
    layer: 'mention',
    spans: [span(words)],
    attributes: { entity_id },
  });
  const annotations = [
    mention('m1', 'Ana Ruiz', 'e1'),
    mention('m2', 'council', 'f2'),
    mention('m3', 'Bo', 'f3'),
    mention('m4', 'said', 'x'),
  ];
  const { memory, plan } = importInto({ articles: new Map(), works }, { ...file({ annotations }), entities });
  const links = [...(setOf(memory)?.mentions.values() ?? [])].map((one) => [one.span.text, one.entity]);
  const cy = plan.edits.flatMap((edit) => (edit.record === 'entity' && edit.after?.fields.canonical?.value === 'Cy' ? [edit.id] : []))[0];
  expect(Object.fromEntries(links)).toEqual({ 'Ana Ruiz': 'e1', council: 'e2', Bo: 'e3', said: cy });
  expect(cy).not.toBe('x');
  expect(plan.others.entities).toEqual({ fresh: 1, known: 3 });
  // What is only others' is held, so that the links lead somewhere whatever they do.
  expect([...(memory.works.get('me')?.entities.keys() ?? [])].sort()).toEqual(['e1', 'e2', 'e3', cy].sort());
});

it('X146 mentions of a layer that is mapped to a type of entity are linked to the one that is called so, made once', () => {
  const annotations = ['Ana Ruiz', 'Bo', 'council'].map((words, index) => ({
    ...quote,
    id: `T${index}`,
    layer: 'PER',
    spans: [span(words)],
  }));
  const twice = [...annotations, { ...annotations[1], id: 'T8' } as typeof quote];
  const { memory, plan } = importInto(emptyMemory, file({ annotations: twice }));
  const mentions = [...(setOf(memory)?.mentions.values() ?? [])];
  expect(mentions.length).toBe(3);
  expect(new Set(mentions.map(({ entity }) => entity)).size).toBe(3);
  expect(plan.losses).toEqual([]);
});
