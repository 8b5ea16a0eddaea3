import { expect, it } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument } from './foreign.ts';
import { labelsOf } from './labels.ts';
import { proposeMap } from './map-proposal.ts';
import { applyMap, type LabelMap, mapProblems } from './mapping.ts';
import { readLabelMap } from './mapping-file.ts';
import { foreignOf, sourceOfWhole, wholeDataset } from './testing/round-trip.ts';
import { wholeProject, wideCodebook } from './testing/whole-project.ts';

const one = (id: string, layer: string, more: Partial<ForeignAnnotation> = {}): ForeignAnnotation => ({
  ...{ id, layer, spans: [{ start: 0, end: 1, text: 'A' }], attributes: {}, args: [], annotator: null, status: null },
  ...more,
});
const document = (annotations: readonly ForeignAnnotation[], relations: ForeignDocument['relations'] = []): ForeignDocument => ({
  ...{ file: 'a.ann', line: null, doc_id: null, text: 'A text.', text_sha256: null, unit: null, name: 'a', language: null, title: null },
  ...{ source: null, url: null, published: null, annotations, relations, completions: [] },
});
const foreign = (documents: readonly ForeignDocument[], more: Partial<Foreign> = {}): Foreign => ({
  ...{ documents, entities: [], links: [], annotators: [], problems: [] },
  ...more,
});
const entity = (id: string, type: string) => ({
  ...{
    id,
    type,
    canonical: id,
    aliases: [],
    members: [],
    wikidata: null,
    date: null,
    roles: [],
    notes: '',
    merged_into: null,
    removed: false,
  },
});
const mapOf = (given: Foreign, chosen: LabelMap | null = null) => proposeMap(labelsOf(given), defaultCodebook, chosen);

it('X133 labels are proposed by their names: the same, of another case, alike, customary, or none', () => {
  const given = foreign(
    [
      document([
        one('1', 'Quotation', {
          attributes: { quote_type: 'Direct', Unsure: true, mood: 'bad' },
          args: [{ role: 'Speaker', entity: 'e' }],
        }),
        ...['fact', 'QUOTE', 'Speaker', 'PER', 'ORG', 'Banana', 'Opinion', 'mention', 'quoted-term'].map((layer) => one(layer, layer)),
      ]),
    ],
    { entities: ['Person', 'GPE', 'organization', 'vegetable'].map((type) => entity(type, type)) },
  );
  const map = mapOf(given);
  expect(Object.fromEntries(Object.entries(map.layers).map(([name, { to }]) => [name, to]))).toEqual({
    ...{ Quotation: 'QUOTE', fact: 'FACT', QUOTE: 'QUOTE', Speaker: 'mention', PER: 'mention:PERSON', ORG: 'mention:ORGANISATION' },
    ...{ Banana: null, Opinion: null, mention: 'mention', 'quoted-term': 'QUOTED_TERM' },
  });
  expect(map.layers['Quotation']).toEqual({
    to: 'QUOTE',
    attributes: { quote_type: { to: 'type', values: { Direct: 'direct' } }, Unsure: { to: 'unsure' }, mood: { to: null } },
    roles: { Speaker: 'speaker' },
  });
  expect(map.entityTypes).toEqual({ Person: 'PERSON', GPE: 'PLACE', organization: 'ORGANISATION', vegetable: null });
  expect(mapProblems(map, defaultCodebook)).toEqual([]);
});

it('X133 of values only the same are proposed, as one that is alike may mean the opposite', () => {
  const map = mapOf(
    foreign([document([one('1', 'FACT', { attributes: { verdict: 'not true' } }), one('2', 'FACT', { attributes: { verdict: 'TRUE' } })])]),
  );
  expect(map.layers['FACT']?.attributes['verdict']?.values).toMatchObject({ 'not true': null });
});

it('X134 what a person chose comes before what is proposed, and what they did not choose is proposed', () => {
  const given = foreign([document([one('1', 'Rant', { attributes: { type: 'loud' } }), one('2', 'QUOTE')])]);
  const chosen: LabelMap = {
    ...{ format: 'pressmark-labels', version: 1, relations: {}, entityTypes: {} },
    layers: { Rant: { to: 'QUOTE', attributes: { type: { to: 'type', values: { loud: 'direct' } } }, roles: {} } },
  };
  const map = mapOf(given, chosen);
  expect(map.layers['QUOTE']?.to).toBe('QUOTE');
  const { foreign: mapped, losses } = applyMap(given, map, defaultCodebook);
  expect(mapped.documents[0]?.annotations.map(({ layer, attributes }) => [layer, attributes])).toEqual([
    ['QUOTE', { type: 'direct' }],
    ['QUOTE', {}],
  ]);
  expect(losses).toEqual([]);
});

it.each([
  ['{\n  "format": "pressmark-labels",\n}', /^line 3 is not JSON; a comma/],
  ['[]', 'line 1: a map is an object in braces.'],
  ['{\n  "format": "other",\n  "version": 1\n}', 'line 2: “format” has to be "pressmark-labels".'],
  ['{\n  "format": "pressmark-labels"\n}', 'line 1: “version” has to be 1.'],
  [{ layers: [] }, 'line 4: “layers” has to list what becomes of each layer by its name, in braces.'],
  [{ layers: { Rant: 'QUOTE' } }, 'line 5, layer “Rant”: it has to say what becomes of it, as in { "to": null }.'],
  [{ layers: { to: { to: 3 } } }, 'line 6, layer “to”: “to” has to be a name of the codebook in quotation marks, or null to leave it out.'],
  [{ layers: { Rant: {} } }, /^line 5, layer “Rant”: “to” has to be a name/],
  [{ layers: { Rant: { to: null, role: {} } } }, 'line 7, layer “Rant”: there is no “role” here, but to, attributes, roles.'],
  [{ layers: { Rant: { to: 'QUOTE', roles: { by: true } } } }, /^line 8, layer “Rant”, role “by”: it has to be a name of the codebook/],
  [
    { relations: { says: { to: null, attributes: { a: { to: 'b', values: { yes: 1 } } } } } },
    /^line 11, relation “says”, attribute “a”, value “yes”: it has to be a name of the codebook/,
  ],
  [{ entityTypes: { PER: {} } }, /^line 5, entity type “PER”: it has to be a name of the codebook/],
  [{ label: {} }, 'line 4: there is no “label” here, but format, version, layers, relations, entityTypes.'],
])('X210 a map with the form %j is refused by line and label, with what has to stand there', (given, words) => {
  const content = typeof given === 'string' ? given : JSON.stringify({ format: 'pressmark-labels', version: 1, ...given }, null, 2);
  const read = readLabelMap(content);
  if (typeof words === 'string') expect(read).toBe(words);
  else expect(read).toMatch(words);
});

it('X210 a map that lies deep in itself is refused at once', () => {
  expect(readLabelMap(`{"layers":\n${'['.repeat(100_000)}`)).toBe('line 2: the JSON is nested more than 64 levels deep.');
});

it('X211 suggestions that were turned down are no annotations of their label, and are left out under their own name', () => {
  const given = foreign([
    document([
      one('1', 'Rant'),
      one('2', 'Rant', { status: 'rejected', attributes: { loud: true } }),
      one('3', 'No', { status: 'rejected' }),
    ]),
  ]);
  const { layers } = labelsOf(given);
  expect([...layers].map(([name, { count, rejected, attributes }]) => [name, count, rejected, attributes.size])).toEqual([
    ['Rant', 1, 1, 0],
    ['No', 0, 1, 0],
  ]);
  expect(applyMap(given, mapOf(given), defaultCodebook).losses).toEqual([
    { kind: 'annotations of “Rant” (left out)', count: 1 },
    { kind: 'rejected suggestions of “No” (left out)', count: 1 },
    { kind: 'rejected suggestions of “Rant” (left out)', count: 1 },
  ]);
});

it('X134 a file of a map is refused with each name that the codebook does not have', () => {
  const map = readLabelMap(
    JSON.stringify({
      ...{ format: 'pressmark-labels', version: 1 },
      layers: {
        Rant: { to: 'SHOUT' },
        Q: { to: 'QUOTE', attributes: { a: { to: 'b' }, t: { to: 'type', values: { x: 'y' } } }, roles: { r: 'q' } },
        P: { to: 'mention:FISH' },
      },
      relations: { r: { to: 'rhymes' }, s: { to: 'role:chorus' } },
      entityTypes: { T: 'FISH' },
    }),
  ) as LabelMap;
  expect(mapProblems(map, defaultCodebook)).toEqual([
    'Layer “Rant”: the codebook has no layer SHOUT.',
    'Layer “Q”, attribute “a”: there is no attribute b.',
    'Layer “Q”, attribute “t”: type has no value y.',
    'Layer “Q”, role “r”: QUOTE has no role q.',
    'Layer “P”: there is no entity type FISH.',
    'Relation “r”: the codebook has no relation rhymes.',
    'Relation “s”: no layer has a role chorus.',
    'Entity type “T”: there is no entity type FISH.',
  ]);
});

it('X135 what is left out is counted by kind', () => {
  const given = foreign(
    [
      document(
        [
          one('1', 'QUOTE', {
            attributes: { type: 'shouted', mood: 'bad', unsure: 'maybe' },
            args: [
              { role: 'chorus', author: true },
              { role: 'speaker', annotation: '2' },
            ],
          }),
          one('2', 'Speaker', { attributes: { gender: 'f' }, args: [{ role: 'x', author: true }] }),
          one('3', 'Banana'),
        ],
        [{ id: 'r', type: 'rhymes', from: '1', to: '2', attributes: {}, annotator: null }],
      ),
    ],
    { entities: [entity('v', 'vegetable')] },
  );
  const { losses } = applyMap(given, mapOf(given), defaultCodebook);
  expect(losses).toEqual([
    { kind: 'annotations of “Banana” (left out)', count: 1 },
    { kind: 'entities of type “vegetable” (left out)', count: 1 },
    { kind: 'relations of type “rhymes” (left out)', count: 1 },
    { kind: 'roles QUOTE.chorus (left out)', count: 1 },
    { kind: 'roles Speaker.x (mentions have none)', count: 1 },
    { kind: 'values of QUOTE.mood (left out)', count: 1 },
    { kind: 'values of QUOTE.type that type does not take', count: 1 },
    { kind: 'values of QUOTE.unsure that unsure does not take', count: 1 },
    { kind: 'values of Speaker.gender (mentions have none)', count: 1 },
  ]);
});

it('X135 a relation may fill a role, whichever of its ends has it', () => {
  const relations = [
    { id: 'r', type: 'spokenBy', from: '1', to: '2', attributes: {}, annotator: null },
    { id: 's', type: 'spokenBy', from: '2', to: '3', attributes: {}, annotator: null },
    { id: 't', type: 'spokenBy', from: '2', to: '2', attributes: {}, annotator: null },
  ];
  const given = foreign([document([one('1', 'Quote'), one('2', 'Speaker'), one('3', 'Quote')], relations)]);
  const chosen = mapOf(given);
  expect(chosen.relations).toEqual({ spokenBy: { to: 'role:speaker', attributes: {} } });
  const { foreign: mapped, losses } = applyMap(given, chosen, defaultCodebook);
  expect(mapped.documents[0]?.annotations.map(({ args }) => args)).toEqual([
    [{ role: 'speaker', annotation: '2' }],
    [],
    [{ role: 'speaker', annotation: '2' }],
  ]);
  expect(losses).toEqual([{ kind: 'relations of type “spokenBy” between what has no role speaker', count: 1 }]);
});

it('X135 labels that are called as what every object has are labels like others', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
  const given = foreign([
    document(
      names.map((name) => one(name, name, { attributes: Object.fromEntries([[name, name]]), args: [{ role: name, author: true }] })),
      names.map((name) => ({ id: name, type: name, from: 'toString', to: 'constructor', attributes: {}, annotator: null })),
    ),
  ]);
  const { foreign: mapped, losses } = applyMap(given, mapOf(given), defaultCodebook);
  expect(mapped.documents[0]).toMatchObject({ annotations: [], relations: [] });
  expect(losses.reduce((sum, { count }) => sum + count, 0)).toBe(8);
});

it('X133 a file in the labels of the codebook is mapped to itself, whatever is in it', async () => {
  let next = 1;
  const project = wholeProject(['Some “words” 💪 here.', 'More words.'], (below) => {
    next = (next * 48271) % 0x7fffffff;
    return next % below;
  });
  const all = foreignOf(await wholeDataset(sourceOfWhole(project)));
  const { foreign: mapped, losses } = applyMap(all, proposeMap(labelsOf(all), wideCodebook), wideCodebook);
  expect(mapped).toEqual(all);
  expect(losses).toEqual([]);
  expect(all.documents[0]?.annotations.length).toBeGreaterThan(3);
});
