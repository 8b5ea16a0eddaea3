import type { Annotation, AnnotationSetRecord, Relation } from '../../model/annotation.ts';
import { type EntityRecord, newEntity } from '../../model/entity.ts';
import { spanAt } from '../../text/span.ts';
import type { Format } from '../format.ts';
import type { Loss } from '../ledger.ts';
import type { CaseInput } from './case.ts';
import { exported } from './case.ts';
import { annotation, project, time } from './project.ts';
import { sourceOfWhole } from './round-trip.ts';
import { wideCodebook } from './whole-project.ts';

const text = 'Ana Ruiz said “no 💪” to the council in Lima.\nBo Li agreed with her on Monday, and left.';
const span = (words: string) => spanAt(text, { start: text.indexOf(words), end: text.indexOf(words) + words.length });
const stamp = <T>(value: T) => ({ value, time });

/** The parts of the project that the changes below modify. */
interface Parts {
  readonly input: CaseInput;
  readonly thing: Annotation;
  readonly relation: Relation;
  readonly link: Relation;
  readonly set: AnnotationSetRecord;
  readonly entity: EntityRecord;
  readonly article: CaseInput['articles'][number]['meta'];
}

function partsOf(): Parts {
  const thing = annotation('thing-1', text, [], {
    ...{ layer: 'THING', spans: [span('“no 💪”'), span('agreed')], note: 'first note' },
    attributes: {
      ...{ choice: 'one', flag: true, amount: 12, words: 'first words', day: '2026-11-20', tags: ['first tag', 'second tag'] },
      counted: [{ value: 3, value_max: null, modifier: 'exact', unit: 'first unit', counts: 'people', mention: null }],
      proof: [{ url: 'https://example.org/first', accessed: '2026-11-20', says: 'supports', note: 'first proof' }],
    },
    roles: [
      { role: 'part', target: { kind: 'mention', id: 'mention-1' } },
      { role: 'part', target: { kind: 'annotation', id: 'quote-1' } },
      { role: 'part', target: { kind: 'entity', id: 'lima' } },
      { role: 'part', target: { kind: 'author' } },
    ],
  });
  const tie = (id: string, article: string, to: string): Relation => ({
    ...{ id, type: 'tie', annotator: 'anna', from: { article: 'doc', annotation: 'thing-1' }, to: { article, annotation: to } },
    ...{ attributes: { choice: 'one', words: 'tied words', tags: ['tied tag'] }, note: 'tied note', override: 'tied reason' },
    ...{ origin: { kind: 'person' }, codebook: 1, created: time, modified: time },
  });
  const relation = tie('tie-1', 'doc', 'quote-1');
  const link = tie('link-1', 'doc-2', 'quote-2');
  const set: AnnotationSetRecord = {
    article: 'doc',
    annotations: [
      thing,
      annotation('quote-1', text, [], { spans: [span('Ana Ruiz said “no 💪”')] }),
      annotation('quote-3', text, [], { spans: [span('said “no')] }),
    ],
    mentions: [
      { id: 'mention-1', article: 'doc', annotator: 'anna', span: span('Ana Ruiz'), entity: 'ana' },
      { id: 'mention-2', article: 'doc', annotator: 'anna', span: span('Bo Li'), entity: 'bo' },
    ],
    relations: [relation],
    decisions: [
      {
        ...{ id: 'rejected-1', article: 'doc', annotator: 'anna', verdict: 'rejected', layer: 'QUOTE', spans: [span('with her')] },
        ...{ rule: 'quote.direct', version: '3', decided: time },
      },
    ],
    completion: { article: 'doc', annotator: 'anna', done: true, marked: time },
  };
  const other: AnnotationSetRecord = {
    ...{ article: 'doc-2', mentions: [], relations: [], decisions: [], completion: null },
    annotations: [{ ...annotation('quote-2', text, [], { spans: [span('agreed with her')] }), article: 'doc-2' }],
  };
  const ana = newEntity('ana', 'anna', 'PERSON', 'Ana Ruiz', time);
  const entity: EntityRecord = {
    ...ana,
    fields: {
      ...ana.fields,
      ...{ wikidata: stamp('Q11'), date: stamp('1970'), notes: stamp('known note') },
      roles: stamp([{ title: 'mayor', organisation: 'city', from: '2020', to: null }]),
    },
    aliases: { 'known alias': stamp(true) },
  };
  const base = project(text, {}, { codebook: wideCodebook });
  const meta = base.articles[0]?.meta as Parts['article'];
  const article = {
    ...meta,
    source: 'first source',
    date: '2026-11-20',
    url: 'https://example.org/doc',
    language: 'en',
    title: 'First title',
  };
  const { text: _, ...whole } = base;
  const input: CaseInput = {
    ...whole,
    articles: [
      { meta: article, textFile: 'doc' },
      { meta: { ...article, id: 'doc-2', title: 'Second title' }, textFile: 'doc' },
    ],
    sets: [
      { annotator: 'anna', set },
      { annotator: 'anna', set: other },
    ],
    entities: [entity, newEntity('bo', 'anna', 'PERSON', 'Bo Li', time), newEntity('lima', 'anna', 'PLACE', 'Lima', time)],
    links: [link],
  };
  return { input, thing, relation, link, set, entity, article };
}

type Change = (parts: Parts) => void;
const writable = <T extends object>(value: T) => value as { -readonly [K in keyof T]: T[K] };
const drop = (list: readonly unknown[], index: number) => (list as unknown[]).splice(index, 1);
const attribute = (name: string, value: unknown): [string, Change, Change] => [
  `the attribute ${name}`,
  ({ thing }) => delete (thing.attributes as Record<string, unknown>)[name],
  ({ thing }) => Object.assign(thing.attributes, { [name]: value }),
];
const field = (name: string, value: unknown): [string, Change, Change] => [
  `an entity's ${name}`,
  ({ entity }) => delete (entity.fields as Record<string, unknown>)[name],
  ({ entity }) => Object.assign(entity.fields, { [name]: stamp(value) }),
];
const fact = (name: string, value: unknown): [string, Change, Change] => [
  `an article's ${name}`,
  ({ article }) => Object.assign(article, { [name]: null }),
  ({ article }) => Object.assign(article, { [name]: value }),
];
const filler = (index: number, kind: string): [string, Change] => [`a role that ${kind} fills`, ({ thing }) => drop(thing.roles, index)];

const ofPeople = 'the name of an annotator';

/** Each kind of thing in a project, with a change that removes one, and a change that gives it another value. */
const kinds: readonly (readonly [name: string, without: Change, otherwise?: Change])[] = [
  attribute('choice', 'two'),
  attribute('flag', false),
  attribute('amount', 13),
  attribute('words', 'other words'),
  attribute('day', '2026-11-21'),
  attribute('tags', ['first tag', 'other tag']),
  attribute('counted', [{ value: 3, value_max: null, modifier: 'exact', unit: 'other unit', counts: 'people', mention: null }]),
  attribute('proof', [{ url: 'https://example.org/first', accessed: '2026-11-20', says: 'supports', note: 'other proof' }]),
  [
    'a further fragment',
    ({ thing }) => drop(thing.spans, 1),
    ({ thing }) => Object.assign(thing, { spans: [thing.spans[0], span('left')] }),
  ],
  ['an annotation that overlaps another', ({ set }) => drop(set.annotations, 2)],
  ['a note', ({ thing }) => Object.assign(thing, { note: '' }), ({ thing }) => Object.assign(thing, { note: 'other note' })],
  ['when an annotation was changed', ({ thing }) => Object.assign(thing, { modified: '2026-11-21T10:00:00.000Z' })],
  [
    'the origin of an annotation',
    ({ thing }) => Object.assign(thing, { origin: { kind: 'suggestion', rule: 'r', version: '1', confidence: 0.5 } }),
  ],
  ['whose version was taken over', ({ thing }) => Object.assign(thing, { origin: { kind: 'adoption', annotator: 'anna', of: 'x' } })],
  filler(0, 'a mention'),
  filler(1, 'an annotation'),
  filler(2, 'an entity'),
  filler(3, 'the author'),
  [
    'the entity of a mention',
    ({ set }) => Object.assign(set.mentions[0] as object, { entity: null }),
    ({ set }) => Object.assign(set.mentions[0] as object, { entity: 'bo' }),
  ],
  ['a mention that no role holds', ({ set }) => drop(set.mentions, 1)],
  ['a relation', ({ set }) => drop(set.relations, 0)],
  [
    'the attribute of a relation',
    ({ relation }) => Object.assign(relation, { attributes: {} }),
    ({ relation }) => Object.assign(relation.attributes, { words: 'other words' }),
  ],
  [
    'the note of a relation',
    ({ relation }) => Object.assign(relation, { note: '' }),
    ({ relation }) => Object.assign(relation, { note: 'other note' }),
  ],
  [
    'the reason of a relation',
    ({ relation }) => delete writable(relation).override,
    ({ relation }) => Object.assign(relation, { override: 'other reason' }),
  ],
  ['a relation across articles', ({ input }) => drop(input.links, 0)],
  [
    'the note of a relation across articles',
    ({ link }) => Object.assign(link, { note: '' }),
    ({ link }) => Object.assign(link, { note: 'other note' }),
  ],
  ['a rejected suggestion', ({ set }) => drop(set.decisions, 0)],
  ['that an article is done', ({ set }) => Object.assign(set, { completion: null })],
  field('wikidata', 'Q12'),
  field('date', '1971'),
  field('notes', 'other note'),
  field('roles', [{ title: 'judge', organisation: 'city', from: '2020', to: null }]),
  [
    "an entity's alias",
    ({ entity }) => Object.assign(entity, { aliases: {} }),
    ({ entity }) => Object.assign(entity, { aliases: { 'other alias': stamp(true) } }),
  ],
  [
    'an entity that nothing is linked to',
    ({ input, thing }) => {
      drop(input.entities, 2);
      drop(thing.roles, 2);
    },
  ],
  fact('source', 'other source'),
  fact('date', '2026-11-21'),
  fact('url', 'https://example.org/other'),
  fact('language', 'es'),
  ["an article's title", ({ article }) => Object.assign(article, { title: 'Other title' })],
  [ofPeople, ({ input }) => Object.assign(input.annotators[0] as object, { name: 'Zoe' })],
];

// Kinds of things that are lost together with something larger, or that are only reported together: the name of the kind, and that of the loss.
const wholes: readonly (readonly [kind: RegExp, loss: RegExp])[] = [
  [/^the attribute |^a further fragment|^a note$|^when |^the origin|^a role /, /^annotations of the layer THING/],
  [/^when |^the origin/, /^origins, times and states of annotations/],
  [/^the reason of a relation$/, /^origins, times and reasons of relations/],
  [/ of a relation across articles$/, /^relations across articles/],
  [/ of a relation$/, /^relations$/],
  [/^the entity of a mention$/, /^mentions$/],
  [/^an entity's /, /^entities /],
  [/^an article's /, /^texts (and details )?of articles/],
];

interface Written {
  readonly data: string;
  /** Including the card, which names the annotators. */
  readonly all: string;
  readonly losses: readonly Loss[];
}

// Files that state the size of a dataset, or describe it, are not part of its data.
const isAbout = (path: string) => ['manifest.json', 'README.md', 'codebook.json', 'datapackage.json'].includes(path);

async function written(format: Format, change: Change = () => undefined): Promise<Written> {
  const parts = partsOf();
  change(parts);
  const texts = new Map([['doc', text]]);
  const { bytes, outcome } = await exported(format, sourceOfWhole({ input: { ...parts.input, codebook: wideCodebook }, texts }));
  const joined = (files: readonly (readonly [string, Uint8Array])[]) =>
    files.map(([path, content]) => `${path} ${Buffer.from(content).toString('base64')}`).join('\n');
  const files = [...bytes];
  return { data: joined(files.filter(([path]) => !isAbout(path))), all: joined(files), losses: outcome.losses };
}

/**
 * The kinds of things that `format` neither preserves nor reports as lost: changing one does not change the files, and removing it does not change
 * the losses.
 */
export async function silentlyLost(format: Format): Promise<string[]> {
  const one = await written(format);
  const silent: string[] = [];
  for (const [name, without, otherwise] of kinds) {
    const other = await written(format, otherwise ?? without);
    const isKept = name === ofPeople ? other.all !== one.all : other.data !== one.data;
    const isNamedWhole = wholes.some(([kind, loss]) => kind.test(name) && one.losses.some((told) => loss.test(told.kind)));
    if (isKept || isNamedWhole) continue;
    const none = otherwise ? await written(format, without) : other;
    if (JSON.stringify(none.losses) === JSON.stringify(one.losses)) silent.push(name);
  }
  return silent;
}
