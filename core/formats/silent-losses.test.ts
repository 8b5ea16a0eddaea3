import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Annotation, AnnotationSetRecord, Mention, Relation } from '../model/annotation.ts';
import type { ArticleMeta } from '../model/article.ts';
import { type EntityRecord, newEntity } from '../model/entity.ts';
import { formats } from './index.ts';
import { type CaseInput, exported, hashOf, sourceOf } from './testing/case.ts';
import { annotation, project, time } from './testing/project.ts';
import { wideCodebook } from './testing/whole-project.ts';

const newHash = () => hashOf(createHash('sha256'));
const text = 'A heading\nAna Ruiz said: “We will stay in town.” The plan of 30 towns is good.\nBo left.\n';
const at = (words: string) => ({ start: text.indexOf(words), end: text.indexOf(words) + words.length });
const mention = (id: string, words: string, entity: string | null): Mention => ({
  ...{ id, article: 'doc', annotator: 'anna', entity },
  span: { ...at(words), text: words },
});
const stamp = <T>(value: T) => ({ value, time });
const entity = (id: string, more: Partial<EntityRecord> = {}): EntityRecord => ({
  ...newEntity(id, 'anna', 'PERSON', `The ${id}`, time),
  ...more,
});

// A project with one of everything, so that whatever is changed in it is the only one of its sort.
const thing = annotation('thing', text, [at('The plan'), at('is good')], {
  layer: 'THING',
  attributes: {
    ...{ choice: 'two', flag: true, amount: 2.5, words: 'said so', day: '2026-11-20', tags: ['one'] },
    counted: [{ value: 30, value_max: null, modifier: 'exact', unit: '', counts: 'towns', mention: null }],
    proof: [{ url: 'https://example.org', accessed: '2026-11-20', says: 'supports', note: 'seen' }],
  },
  roles: [
    { role: 'part', target: { kind: 'mention', id: 'm1' } },
    { role: 'part', target: { kind: 'entity', id: 'mayor' } },
    { role: 'part', target: { kind: 'annotation', id: 'quote' } },
    { role: 'part', target: { kind: 'author' } },
  ],
  note: 'a note',
  origin: { kind: 'suggestion', rule: 'fact.number', version: '2', confidence: 0.5 },
});
const quote = annotation('quote', text, [at('“We will stay in town.”')], { origin: { kind: 'import', format: 'brat', file: 'a.ann' } });
const relation: Relation = {
  ...{
    id: 'r1',
    type: 'tie',
    annotator: 'anna',
    from: { article: 'doc', annotation: 'quote' },
    to: { article: 'doc', annotation: 'thing' },
  },
  ...{ attributes: {}, note: 'tied', override: 'because', origin: { kind: 'person' }, codebook: 1, created: time, modified: time },
};
const base = project(text);
const [article] = base.articles;
if (!article) throw new RangeError('the project has no article');
const meta: ArticleMeta = {
  ...article.meta,
  source: 'AFP',
  url: 'https://example.org/1',
  date: '2026-11-20',
  language: 'en',
  headings: [0],
};
const other = { ...article, meta: { ...article.meta, id: 'second', title: 'Second', textSha256: '1'.repeat(64) } };
const elsewhere = annotation('elsewhere', text, [at('Bo left.')], { article: 'second' });
const link: Relation = { ...relation, id: 'l1', to: { article: 'second', annotation: 'elsewhere' } };
const rejected = {
  id: 'd1',
  article: 'doc',
  annotator: 'anna',
  verdict: 'rejected' as const,
  layer: 'QUOTE',
  rule: 'quote.label',
  version: '2',
  decided: time,
};
const set = {
  ...{ article: 'doc', annotations: [quote, thing], mentions: [mention('m1', 'Ana Ruiz', 'mayor'), mention('m2', 'Bo', 'friend')] },
  ...{ relations: [relation], decisions: [{ ...rejected, spans: [{ ...at('30 towns'), text: '30 towns' }] }] },
  completion: { article: 'doc', annotator: 'anna', done: true as const, marked: time },
};
const mayor = entity('mayor', { aliases: { 'Ms Ruiz': stamp(true) }, members: { friend: stamp(true) } });
// Few layers: a format may have columns for each.
const codebook = {
  ...wideCodebook,
  layers: wideCodebook.layers.filter(({ id }) => id === 'QUOTE' || id === 'THING'),
  relations: wideCodebook.relations.filter(({ id }) => id === 'tie'),
};
const whole: CaseInput = {
  ...{ project: base.project, changed: time, codebook, codebookVersion: 1, annotators: base.annotators },
  articles: [{ ...article, meta }, other],
  sets: [
    { annotator: 'anna', set },
    {
      annotator: 'anna',
      set: { article: 'second', annotations: [elsewhere], mentions: [], relations: [], decisions: [], completion: null },
    },
  ],
  entities: [
    {
      ...mayor,
      fields: {
        ...mayor.fields,
        wikidata: stamp('Q1'),
        notes: stamp('known'),
        roles: stamp([{ title: 'Mayor', organisation: 'Town', from: '2020', to: null }]),
      },
    },
    entity('friend'),
    entity('nobody'),
  ],
  links: [link],
};

const withMeta = (part: Partial<ArticleMeta>): CaseInput => ({ ...whole, articles: [{ ...article, meta: { ...meta, ...part } }, other] });
const withSet = (part: Partial<AnnotationSetRecord>): CaseInput => ({
  ...whole,
  sets: [{ annotator: 'anna', set: { ...set, ...part } }, ...whole.sets.slice(1)],
});
const withThing = (part: Partial<Annotation>) => withSet({ annotations: [quote, { ...thing, ...part }] });
const withRelation = (part: Partial<Relation>) => withSet({ relations: [{ ...relation, ...part }] });
const withMayor = (part: Partial<EntityRecord['fields']>) => {
  const [first, ...others] = whole.entities;
  if (!first) throw new RangeError('the project has no entities');
  return { ...whole, entities: [{ ...first, fields: { ...first.fields, ...part } }, ...others] };
};
const without = (name: string) =>
  withThing({ attributes: Object.fromEntries(Object.entries(thing.attributes).filter(([key]) => key !== name)) });
const { override: _, ...plainRelation } = relation;

const changes: Readonly<Record<string, CaseInput>> = {
  'the title': withMeta({ title: 'Another' }),
  'the source': withMeta({ source: null }),
  'the address': withMeta({ url: null }),
  'the day': withMeta({ date: null }),
  'the language': withMeta({ language: null }),
  ...Object.fromEntries(Object.keys(thing.attributes).map((name) => [`the attribute ${name}`, without(name)])),
  ...Object.fromEntries(
    thing.roles.map(({ target }, index) => [`a role filled by ${target.kind}`, withThing({ roles: thing.roles.toSpliced(index, 1) })]),
  ),
  'a fragment': withThing({ spans: thing.spans.slice(0, 1) }),
  'a note': withThing({ note: '' }),
  'a rule': withThing({ origin: { kind: 'person' } }),
  'an origin': withSet({ annotations: [{ ...quote, origin: { kind: 'person' } }, thing] }),
  'an annotation': withSet({ annotations: [{ ...quote, spans: [{ ...at('Bo left.'), text: 'Bo left.' }] }, thing] }),
  'a mention': withSet({ mentions: set.mentions.slice(0, 1) }),
  'a link to an entity': withSet({ mentions: [mention('m1', 'Ana Ruiz', null), mention('m2', 'Bo', 'friend')] }),
  'a relation': withSet({ relations: [] }),
  'the note of a relation': withRelation({ note: '' }),
  'why a relation is': withSet({ relations: [plainRelation] }),
  'a rejection': withSet({ decisions: [] }),
  'a mark as done': withSet({ completion: null }),
  'a link across articles': { ...whole, links: [] },
  'an entity': { ...whole, entities: whole.entities.slice(0, 2) },
  'an alias': { ...whole, entities: [{ ...(whole.entities[0] as EntityRecord), aliases: {} }, ...whole.entities.slice(1)] },
  'a member': { ...whole, entities: [{ ...(whole.entities[0] as EntityRecord), members: {} }, ...whole.entities.slice(1)] },
  'a Wikidata id': withMayor({ wikidata: stamp(null) }),
  'the notes of an entity': withMayor({ notes: stamp('') }),
  'the roles of an entity': withMayor({ roles: stamp([]) }),
};

// What is lost whole is lost with all its parts: it need not be counted for each of them.
const covered: readonly (readonly [loss: RegExp, changes: RegExp])[] = [
  [/^annotations of the layer THING/, /^(the attribute|a role filled|a fragment|a note|a rule)/],
  [/^annotations of the layer QUOTE/, /^(an annotation|an origin)$/],
  [/^entities (of the registry|with more than)/, /^(an alias|a member|a Wikidata id|the (notes|roles) of an entity)$/],
  [/^mentions$/, /^a link to an entity$/],
  [/^relations$/, /^(the note of a relation|why a relation is)$/],
  [/^origins, times and states of annotations$/, /^(a rule|an origin)$/],
  [/^origins, times and reasons of relations$/, /^why a relation is$/],
  [/^texts (and details )?of articles/, /^the (title|source|address|day|language)$/],
];

test.each(formats.map((format) => [format.name, format] as const))(
  'L101 whatever of a project %s does not write it says',
  async (_, format) => {
    const exportOf = async (input: CaseInput) => {
      const { bytes, outcome } = await exported(
        format,
        sourceOf(input, () => text, newHash),
      );
      const hash = createHash('sha256').update(JSON.stringify(outcome.losses));
      // manifest.json and README.md count what the project has, whatever the format makes of it.
      for (const [path, content] of bytes) if (path !== 'manifest.json' && path !== 'README.md') hash.update(path).update(content);
      return { hash: hash.digest('hex'), losses: outcome.losses.map(({ kind }) => kind) };
    };
    const { hash, losses } = await exportOf(whole);
    const silent: string[] = [];
    for (const [change, input] of Object.entries(changes)) {
      const isCovered = covered.some(([loss, parts]) => parts.test(change) && losses.some((kind) => loss.test(kind)));
      if (!isCovered && (await exportOf(input)).hash === hash) silent.push(change);
    }
    expect(silent).toEqual([]);
  },
);
