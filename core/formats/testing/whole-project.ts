import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { mayJoin } from '../../annotations/relations.ts';
import type { Annotation, AnnotationSetRecord, AttributeValue, Mention, Origin, Relation, RoleFiller } from '../../model/annotation.ts';
import type { Annotator } from '../../model/annotator.ts';
import { type Attribute, type Codebook, current, entityTypesOf, type Layer, type Role } from '../../model/codebook.ts';
import { defaultCodebook } from '../../model/default-codebook.ts';
import { blankRecord, type EntityRecord, newEntity } from '../../model/entity.ts';
import { type Range, type Span, spanAt, unite } from '../../text/span.ts';
import type { CaseInput } from './case.ts';
import { project, someText, time } from './project.ts';

/** A whole project in memory, with the texts of its articles by `textFile`. */
export interface WholeProject {
  readonly input: CaseInput & { readonly codebook: Codebook };
  readonly texts: ReadonlyMap<string, string>;
}

const common = { required: false, help: '' };
const values = ['one', 'two', 'direct'];
// By type, so that the compiler demands one of each.
const attributes: { readonly [Type in Attribute['type']]: Extract<Attribute, { type: Type }> } = {
  enum: { ...common, name: 'choice', title: 'Choice', type: 'enum', values, default: null },
  boolean: { ...common, name: 'flag', title: 'Flag', type: 'boolean', default: null },
  number: { ...common, name: 'amount', title: 'Amount', type: 'number', default: null },
  text: { ...common, name: 'words', title: 'Words', type: 'text', default: null },
  date: { ...common, name: 'day', title: 'Day', type: 'date', default: null },
  list: { ...common, name: 'tags', title: 'Tags', type: 'list', default: null },
  quantity: { ...common, name: 'counted', title: 'Counted', type: 'quantity', default: null },
  evidence: { ...common, name: 'proof', title: 'Proof', type: 'evidence', default: null },
};

/**
 * The default codebook with one more layer, `THING`, that has an attribute of every type and a role for every kind of filler, and a relation type
 * with attributes.
 */
export const wideCodebook: Codebook = {
  ...defaultCodebook,
  layers: [
    ...defaultCodebook.layers,
    {
      ...{ id: 'THING', title: 'Thing, "odd"; =1', key: 'ö', look: 'box', hue: 'grey', hueBy: null, help: 'Line one\nline two' },
      attributes: Object.values(attributes),
      roles: [{ name: 'part', title: 'Part', key: 'ä', targets: ['mention', 'annotation', 'AUTHOR', 'ENTITY'], min: 0, max: 9, help: '' }],
    },
  ],
  relations: [
    ...defaultCodebook.relations,
    {
      ...{ id: 'tie', title: 'Tie', scope: 'any', from: ['QUOTE', 'THING'], to: ['QUOTE', 'THING'], symmetric: false, key: null, help: '' },
      attributes: [
        { ...common, name: 'choice', title: 'Choice', type: 'enum', values, default: null },
        { ...common, name: 'words', title: 'Words', type: 'text', default: null },
        { ...common, name: 'tags', title: 'Tags', type: 'list', default: null },
      ],
    },
  ],
};

// Words that some format could mistake for something else.
const oddities = [
  'plain',
  '=1+1',
  'a;b, c|d',
  'say "x"',
  "it's",
  'two\nlines',
  'tab\there',
  'שלום',
  'مرحبا \u202e',
  '💪👩‍👩‍👧',
  'a\u0323\u0307 é',
  'U+\u2028\u2029\u0085',
  ' outer ',
  '-1',
  '@x',
  'null',
  'true',
  '12',
  'NaN',
  '\\n \\',
  '<b a="1">&amp;]]>',
  '#T1\tQUOTE 0 3',
  'B-QUOTE',
  '_',
  '{}',
  '[]',
];

type Pick = (below: number) => number;

/**
 * Projects with several articles and annotators (one may adjudicate). Annotations nest, cross and have several fragments, with attributes of every
 * type, roles with every kind of filler, relations within and across articles, entities with merges and removals, rejections, notes, completions
 * and every origin. Texts contain emoji, combining marks and right-to-left script, and labels are odd in every way. The projects satisfy all
 * invariants of a real one.
 */
export const someProject: fc.Arbitrary<WholeProject> = fc
  .record({
    // An article contains something to read.
    texts: fc.array(
      someText.map((text) => (/\S/.test(text) ? text : `x${text}`)),
      { minLength: 1, maxLength: 3 },
    ),
    picks: fc.array(fc.nat(0xffff), { maxLength: 400, size: 'max' }),
  })
  .map(({ texts, picks }) => {
    let next = 0;
    // After the last pick, everything is as plain as possible, so that fewer picks give a simpler project.
    return wholeProject(texts, (below) => (picks[next++] ?? 0) % below);
  });

/** The project that `pick` chooses for `texts`. `pick` returns a number from 0 up to, but not including, `below`. */
export function wholeProject(texts: readonly string[], pick: Pick): WholeProject {
  const odd = () => oddities[pick(oddities.length)] as string;
  const annotators: Annotator[] = Array.from({ length: 1 + pick(3) }, (_, index) => ({
    id: ['anna', 'bo-2', 'Cy_3'][index] as string,
    name: index === 0 ? 'Anna' : `${index} ${odd()}`,
    role: index > 0 && pick(3) === 0 ? 'adjudicator' : 'annotator',
  }));
  const entities = someEntities(pick, odd, annotators);
  const known = entities.flatMap(({ id, fields }) => (fields.type ? [{ id, type: fields.type.value }] : []));
  const contents = new Map<string, string>();
  const articles: CaseInput['articles'] = [];
  const sets: { annotator: string; set: AnnotationSetRecord }[] = [];
  for (const [index, words] of texts.entries()) {
    // A text belongs to only one article, which is recognised by its hash.
    const text = index === 0 ? words : `${words} ${index}`;
    const textSha256 = createHash('sha256').update(text).digest('hex');
    const id = `doc-${index}-${textSha256.slice(0, 8)}`;
    const plain = project(text).articles[0] as CaseInput['articles'][number];
    const or = <T>(value: T) => (pick(2) === 0 ? null : value);
    const meta = {
      ...{
        ...plain.meta,
        id,
        textSha256,
        originalSha256: textSha256,
        originalName: `doc ${index}.txt`,
        title: index === 0 ? 'Title' : odd(),
      },
      ...{ source: or(odd()), url: or(`https://example.org/${index}?a=1&b="2"`), date: or('2026-11-20'), language: or('en-GB') },
    };
    articles.push({ meta, textFile: id });
    contents.set(id, text);
    for (const { id: annotator } of annotators)
      sets.push({ annotator, set: someSet({ pick, odd, text, article: id, annotator, entities: known }) });
  }
  const input = { ...project('x'), codebook: wideCodebook, annotators, articles, sets, entities, links: [] as Relation[] };
  const { text: _, ...whole } = input;
  return { input: { ...whole, links: someLinks(pick, odd, sets) }, texts: contents };
}

function someEntities(pick: Pick, odd: () => string, annotators: readonly Annotator[]): EntityRecord[] {
  const types = defaultCodebook.entityTypes.map(({ id }) => id);
  const stamp = <T>(value: T) => ({ value, time });
  const records: EntityRecord[] = [];
  const count = pick(6);
  for (let index = 0; index < count; index++) {
    const annotator = (annotators[pick(annotators.length)] as Annotator).id;
    const made = newEntity(`entity-${index}`, annotator, types[pick(types.length)] as string, `${odd()} ${index}`, time);
    const fields: EntityRecord['fields'] = { ...made.fields };
    if (pick(3) === 0) fields.wikidata = stamp(`Q${index + 1}`);
    if (pick(3) === 0) fields.date = stamp('2026-11');
    if (pick(3) === 0) fields.notes = stamp(odd());
    if (pick(3) === 0) fields.roles = stamp([{ title: odd(), organisation: odd(), from: '2020', to: null }]);
    const other = index > 0 && pick(3) === 0 ? records[pick(records.length)] : undefined;
    if (other?.fields.type && other.fields.type.value === fields.type?.value) fields.mergedInto = stamp(other.id);
    if (pick(6) === 0) fields.removed = stamp(true);
    const aliases = pick(2) === 0 ? {} : { [`${odd()} alias`]: stamp(true), second: stamp(true) };
    const members = index > 0 && pick(4) === 0 ? { [`entity-${pick(index)}`]: stamp(true) } : {};
    records.push({ ...made, fields, aliases, members });
    if (annotators.length > 1 && pick(4) === 0) {
      const other = annotators.find(({ id }) => id !== annotator) as Annotator;
      records.push({ ...blankRecord(made.id, other.id), aliases: { 'by another': stamp(true) } });
    }
  }
  return records;
}

interface Place {
  readonly pick: Pick;
  readonly odd: () => string;
  readonly text: string;
  readonly article: string;
  readonly annotator: string;
  readonly entities: readonly { readonly id: string; readonly type: string }[];
}

function someSet(place: Place): AnnotationSetRecord {
  const { pick, odd, article, annotator } = place;
  const mentions: Mention[] = [];
  const taken = new Set<string>();
  const places = pick(5);
  for (let index = 0; index < places; index++) {
    const span = someSpan(place);
    // Each annotator has at most one mention at a place.
    if (taken.has(`${span.start}-${span.end}`)) continue;
    taken.add(`${span.start}-${span.end}`);
    mentions.push({
      id: `m${index}-${annotator}-${article}`,
      article,
      annotator,
      span,
      entity: place.entities[pick(place.entities.length + 1)]?.id ?? null,
    });
  }
  const { layers } = wideCodebook;
  const annotations: Annotation[] = [];
  const count = pick(7);
  for (let index = 0; index < count; index++) {
    // The last layer has an attribute of every type, so it is chosen most often.
    const layer = layers[layers.length - 1 - Math.max(0, pick(2 * layers.length) - layers.length)] as Layer;
    let spans: Span[] = [someSpan(place)];
    for (let more = pick(3); more > 0; more--) spans = unite(place.text, spans, someSpan(place));
    const roles = layer.roles.flatMap((role) => someFillers(place, role, mentions, annotations));
    annotations.push({
      ...{ id: `a${index}-${annotator}-${article}`, article, annotator, layer: layer.id, spans, roles },
      attributes: someAttributes(place, current(layer.attributes), mentions),
      ...{ note: pick(3) === 0 ? odd() : '', origin: someOrigin(place), codebook: 1, created: time, modified: time },
    });
  }
  // Unused mentions without an entity would not exist in a real project.
  const pointed = new Set(
    annotations.flatMap(({ roles }) => roles.flatMap(({ target }) => (target.kind === 'mention' ? [target.id] : []))),
  );
  const kept = mentions.filter(({ id, entity }) => entity !== null || pointed.has(id));
  const relations: Relation[] = [];
  const ties = annotations.length > 0 ? pick(3) : 0;
  for (let index = 0; index < ties; index++) {
    const [from, to] = [annotations[pick(annotations.length)], annotations[pick(annotations.length)]] as [Annotation, Annotation];
    if (from !== to) relations.push(...someRelation(place, `r${index}-${annotator}-${article}`, from, to));
  }
  const decisions = Array.from({ length: pick(2) }, (_, index) => ({
    ...{
      id: `d${index}-${annotator}-${article}`,
      article,
      annotator,
      verdict: 'rejected' as const,
      layer: (layers[pick(layers.length)] as Layer).id,
    },
    ...{ spans: [someSpan(place)], rule: 'quote.direct', version: '3', decided: time },
  }));
  const completion = pick(3) === 0 ? { article, annotator, done: true as const, marked: time } : null;
  return { article, annotations, mentions: kept, relations, decisions, completion };
}

function someFillers(
  { pick, entities }: Place,
  role: Role,
  mentions: readonly Mention[],
  annotations: readonly Annotation[],
): RoleFiller[] {
  const { name, targets, max } = role;
  const fillers: RoleFiller[] = [];
  const mention = mentions[pick(mentions.length + 1)];
  if (mention && targets.includes('mention')) fillers.push({ role: name, target: { kind: 'mention', id: mention.id } });
  const types = entityTypesOf(role, wideCodebook);
  const entity = entities[pick(entities.length + 1)];
  if (entity && types.includes(entity.type)) fillers.push({ role: name, target: { kind: 'entity', id: entity.id } });
  const other = annotations[pick(annotations.length + 1)];
  if (other && targets.includes('annotation')) fillers.push({ role: name, target: { kind: 'annotation', id: other.id } });
  if (targets.includes('AUTHOR') && pick(3) === 0) fillers.push({ role: name, target: { kind: 'author' } });
  return fillers.slice(0, max);
}

function someLinks(pick: Pick, odd: () => string, sets: readonly { annotator: string; set: AnnotationSetRecord }[]): Relation[] {
  const all = sets.flatMap(({ set }) => set.annotations);
  const links: Relation[] = [];
  const ties = all.length > 0 ? pick(5) : 0;
  for (let index = 0; index < ties; index++) {
    const [from, to] = [all[pick(all.length)], all[pick(all.length)]] as [Annotation, Annotation];
    const place = { pick, odd, text: '', article: '', annotator: from.annotator, entities: [] };
    if (from.article !== to.article) links.push(...someRelation(place, `l${index}`, from, to));
  }
  return links;
}

// Empty if no relation type may join the two.
function someRelation(place: Place, id: string, one: Annotation, other: Annotation): Relation[] {
  const { pick, odd, annotator } = place;
  const fitting = wideCodebook.relations.filter(
    (candidate) => mayJoin(candidate, one.layer, other.layer) && (candidate.scope === 'any' || one.article === other.article),
  );
  const type = fitting[fitting.length - 1 - pick(Math.max(1, fitting.length))];
  if (!type) return [];
  const [from, to] = type.symmetric && one.id > other.id ? [other, one] : [one, other];
  const end = ({ article, id: annotation }: Annotation) => ({ article, annotation });
  return [
    {
      ...{ id, type: type.id, annotator, from: end(from), to: end(to), attributes: someAttributes(place, type.attributes, []) },
      ...{ note: pick(3) === 0 ? odd() : '', ...(pick(4) === 0 ? { override: `because ${odd()}` } : {}) },
      ...{ origin: someOrigin(place), codebook: 1, created: time, modified: time },
    },
  ];
}

function someOrigin({ pick, odd }: Place): Origin {
  const kind = pick(4);
  if (kind === 1) return { kind: 'suggestion', rule: 'quote.direct', version: '3', confidence: pick(101) / 100 };
  return kind === 2 ? { kind: 'import', format: 'brat', file: `${odd()}.ann` } : { kind: 'person' };
}

function someAttributes(place: Place, attributes: readonly Attribute[], mentions: readonly Mention[]): Record<string, AttributeValue> {
  const { pick } = place;
  return Object.fromEntries(
    attributes
      .filter(() => pick(2) === 1)
      .map((attribute): [string, AttributeValue] => [attribute.name, someValue(place, attribute, mentions)]),
  );
}

function someValue({ pick, odd }: Place, attribute: Attribute, mentions: readonly Mention[]): AttributeValue {
  switch (attribute.type) {
    case 'enum':
      return attribute.values[pick(attribute.values.length)] as string;
    case 'boolean':
      return pick(2) === 1;
    case 'number':
      return [0, -1, 2.5, 1e21, 12][pick(5)] as number;
    case 'text':
      return odd();
    case 'date':
      return ['2026-11-20', '2026', '2026-11?'][pick(3)] as string;
    case 'list':
      return Array.from({ length: 1 + pick(3) }, odd);
    case 'quantity': {
      // The mention may also fill a role, or be kept by the quantity alone.
      const mention = mentions[pick(mentions.length + 1)];
      return [
        {
          value: pick(100) / 4,
          value_max: null,
          modifier: 'exact',
          unit: odd(),
          counts: odd(),
          mention: mention?.entity ? mention.id : null,
        },
      ];
    }
    case 'evidence':
      return [{ url: 'https://example.org/a?b=1', accessed: '2026-11-20', says: 'supports', note: odd() }];
  }
}

const splitsPair = (text: string, at: number) => /[\ud800-\udbff]/.test(text.charAt(at - 1)) && /[\udc00-\udfff]/.test(text.charAt(at));

function someSpan({ pick, text }: Place): Span {
  const cuts = Array.from({ length: text.length + 1 }, (_, at) => at).filter((at) => !splitsPair(text, at));
  const [a, b] = [pick(cuts.length - 1), pick(cuts.length - 1)];
  const range: Range = { start: cuts[Math.min(a, b)] as number, end: cuts[Math.max(a, b) + 1] as number };
  return spanAt(text, range);
}
