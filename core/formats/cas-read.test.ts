import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { cas, entitiesIn, hasDetails } from './cas.ts';
import { readCas } from './cas-read.ts';
import type { DatasetDocument } from './document.ts';
import type { Foreign, ForeignDocument, GivenFile } from './foreign.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, project, sourceFrom } from './testing/project.ts';
import { type Lose, roundTrip } from './testing/round-trip.ts';
import { wideCodebook } from './testing/whole-project.ts';
import { fitsXml } from './xml-text.ts';

// What the two forms hold both: all but links, the registry, and annotators without work.
function carried({ documents, annotators, links, entities }: Foreign, lose: Lose): Foreign {
  const worked = new Set(documents.flatMap(({ annotations, completions }) => [...annotations, ...completions].map((one) => one.annotator)));
  const linked = new Set(documents.flatMap((document) => [...entitiesIn(document as Pick<DatasetDocument, 'annotations'>)]));
  const written = entities.filter(({ id }) => linked.has(id));
  lose('relations across articles', links.length);
  lose('entities that nothing in an article is linked to', entities.length - written.length);
  lose('entities with more than a name, a type and a Wikidata id, which alone are kept', written.filter(hasDetails).length);
  lose('annotators who have no work in the articles', annotators.filter(({ id }) => !worked.has(id)).length);
  lose(
    'texts with characters that XML cannot hold (U+FFFD in their place in XMI files; whole in JSON files)',
    documents.filter(({ text }) => !fitsXml(text ?? '')).length,
  );
  const bare = { aliases: [], members: [], date: null, roles: [], notes: '', merged_into: null, removed: false };
  return {
    documents,
    annotators: annotators.filter(({ id }) => worked.has(id)),
    entities: written.map(({ id, type, canonical, wikidata }) => ({ id, type, canonical, wikidata, ...bare })),
    links: [],
    problems: [],
  };
}

const inXml = (text: string | null) => text?.replace(/[\ufffe\uffff]/g, '\ufffd') ?? null;
const asInXml = (document: ForeignDocument): ForeignDocument => ({
  ...document,
  text: inXml(document.text),
  annotations: document.annotations.map((one) => ({ ...one, spans: one.spans.map((span) => ({ ...span, text: inXml(span.text) })) })),
});

roundTrip(cas, { rule: 'X114', carried });
roundTrip(cas, {
  rule: 'X114 (as XMI)',
  given: (path) => !path.endsWith('.json'),
  carried: (all, lose) => {
    const both = carried(all, lose);
    return { ...both, documents: both.documents.map(asInXml) };
  },
});

const file = (path: string, content: string): GivenFile => ({ path, bytes: new TextEncoder().encode(content) });
const text = 'Ruiz 💪 said “no”. The council denied it.';

// As INCEpTION writes it: a layer with a slot, a relation, DKPro's own layers, an object that was deleted but is still referred to by nothing.
const structures = [
  { '%ID': 1, '%TYPE': 'uima.cas.Sofa', sofaNum: 1, sofaID: '_InitialView', mimeType: 'text', sofaString: text },
  { '%ID': 2, '%TYPE': 'webanno.custom.Speaker', '@sofa': 1, begin: 0, end: 4, identifier: 'http://x/ruiz' },
  { '%ID': 3, '%TYPE': 'webanno.custom.QuoteSpeakersLink', role: 'speaker', '@target': 2 },
  { '%ID': 4, '%TYPE': 'uima.cas.FSArray', '%ELEMENTS': [3] },
  { '%ID': 5, '%TYPE': 'uima.cas.StringArray', '%ELEMENTS': ['a', null, 'b c'] },
  {
    '%ID': 6,
    '%TYPE': 'webanno.custom.Quote',
    '@sofa': 1,
    begin: 13,
    end: 17,
    kind: 'direct',
    sure: true,

    '@speakers': 4,
    '@tags': 5,
  },
  { '%ID': 7, '%TYPE': 'webanno.custom.Denial', '@sofa': 1, begin: 31, end: 37, count: 2 },
  { '%ID': 8, '%TYPE': 'webanno.custom.Answers', '@sofa': 1, begin: 13, end: 17, how: 'no', '@Governor': 7, '@Dependent': 6 },
  { '%ID': 9, '%TYPE': 'webanno.custom.Quote', '@sofa': 1, begin: 0, end: 4, kind: 'deleted' },
  { '%ID': 10, '%TYPE': 'de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token', '@sofa': 1, begin: 0, end: 4 },
  { '%ID': 11, '%TYPE': 'de.tudarmstadt.ukp.dkpro.core.api.lexmorph.type.pos.POS', '@sofa': 1, begin: 0, end: 4, PosValue: 'NNP' },
  {
    '%ID': 12,
    '%TYPE': 'de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData',
    '@sofa': 1,
    begin: 0,
    end: text.length,
    language: 'en',
    documentTitle: 'news.txt',
  },
];
const members = [2, 6, 7, 8, 10, 11, 12];
const json = JSON.stringify({
  '%TYPES': {},
  '%FEATURE_STRUCTURES': structures,
  '%VIEWS': { _InitialView: { '%SOFA': 1, '%MEMBERS': members } },
});
const xmi = `<?xml version="1.1" encoding="UTF-8"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///webanno/custom.ecore" xmlns:type="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore" xmlns:type6="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore" xmi:version="2.0"><cas:NULL xmi:id="0"/>
<custom:Speaker xmi:id="2" sofa="1" begin="0" end="4" identifier="http://x/ruiz"/><custom:QuoteSpeakersLink xmi:id="3" role="speaker" target="2"/>
<custom:Quote xmi:id="6" sofa="1" begin="13" end="17" kind="direct" sure="true" speakers="3"><tags>a</tags><tags></tags><tags>b c</tags></custom:Quote>
<custom:Denial xmi:id="7" sofa="1" begin="31" end="37" count="2"/><custom:Answers xmi:id="8" sofa="1" begin="13" end="17" how="no" Governor="7" Dependent="6"/>
<custom:Quote xmi:id="9" sofa="1" begin="0" end="4" kind="deleted"/><type:Token xmi:id="10" sofa="1" begin="0" end="4"/>
<type6:DocumentMetaData xmi:id="12" sofa="1" begin="0" end="${text.length}" language="en" documentTitle="news.txt"/>
<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString="${text}"/><cas:View sofa="1" members="2 6 7 8 10 12"/></xmi:XMI>`;
const feature = (name: string, range: string) =>
  `<featureDescription><name>${name}</name><description/><rangeTypeName>${range}</rangeTypeName></featureDescription>`;
const typeSystemXml = `<?xml version="1.0" encoding="UTF-8"?><typeSystemDescription xmlns="http://uima.apache.org/resourceSpecifier"><types>
<typeDescription><name>webanno.custom.Quote</name><supertypeName>uima.tcas.Annotation</supertypeName><features>
 ${feature('kind', 'uima.cas.String')}${feature('sure', 'uima.cas.Boolean')}${feature('speakers', 'uima.cas.FSArray')}</features></typeDescription>
<typeDescription><name>webanno.custom.Denial</name><supertypeName>webanno.custom.Quote</supertypeName><features>${feature('count', 'uima.cas.Integer')}</features></typeDescription>
</types></typeSystemDescription>`;

it('X115 a CAS of another program gives its layers with attributes, roles and relations, and who made it; tokens and what is deleted are not taken', () => {
  const expected = (count: unknown, sure: unknown, stem: string) => [
    { id: `${stem}#2`, layer: 'webanno.custom.Speaker', attributes: { identifier: 'http://x/ruiz' }, args: [], covered: ['Ruiz'] },
    {
      ...{ id: `${stem}#6`, layer: 'webanno.custom.Quote', attributes: { kind: 'direct', sure, tags: ['a', '', 'b c'] } },
      ...{ args: [{ role: 'speaker', annotation: `${stem}#2` }], covered: ['“no”'] },
    },
    { id: `${stem}#7`, layer: 'webanno.custom.Denial', attributes: { count }, args: [], covered: ['denied'] },
  ];
  const cases = [
    { files: [file('annotation/news.txt/admin.json', json)], count: 2, sure: true },
    {
      files: [file('annotation/news.txt/admin.xmi', xmi), file('annotation/news.txt/TypeSystem.xml', typeSystemXml)],
      count: 2,
      sure: true,
    },
    // Without its type system a number and a truth are words.
    { files: [file('annotation/news.txt/admin.xmi', xmi)], count: '2', sure: 'true' },
  ];
  for (const { files, count, sure } of cases) {
    const { documents, problems } = readCas(files);
    expect(problems).toEqual([]);
    const [document] = documents as [ForeignDocument];
    expect(document).toMatchObject({ name: 'news.txt', language: 'en', unit: 'utf16_code_unit', text, doc_id: null });
    const found = document.annotations.map(({ id, layer, attributes, args, spans }) => ({
      ...{ id, layer, attributes, args },
      covered: spans.map(({ start, end }) => text.slice(start, end)),
    }));
    expect(found).toEqual(expected(count, sure, 'annotation/news.txt/admin'));
    expect(document.annotations.every(({ annotator }) => annotator === 'admin')).toBe(true);
    expect(document.relations).toEqual([
      {
        ...{ id: 'annotation/news.txt/admin#8', type: 'webanno.custom.Answers', attributes: { how: 'no' }, annotator: 'admin' },
        ...{ from: 'annotation/news.txt/admin#7', to: 'annotation/news.txt/admin#6' },
      },
    ]);
  }
});

it('X115 the files of one article are one document, of several annotators; an object by id is read as one of a list', () => {
  const byId = JSON.stringify({
    '%TYPES': {},
    '%FEATURE_STRUCTURES': Object.fromEntries(structures.map(({ '%ID': id, ...rest }) => [id, rest])),
    '%VIEWS': {},
  });
  const { documents, problems } = readCas([file('news/ana.json', byId), file('news/ben.json', json), file('news/INITIAL_CAS.json', json)]);
  expect(problems).toEqual([]);
  expect(documents.length).toBe(1);
  const by = Object.groupBy(documents[0]?.annotations ?? [], ({ annotator }) => annotator ?? 'nobody');
  expect(
    Object.entries(by)
      .map(([annotator, list]) => [annotator, list?.length])
      .sort(),
  ).toEqual([
    ['ana', 4],
    ['ben', 3],
    ['nobody', 3],
  ]);
});

it('X115 what covers no text, or lies nowhere in it, comes without a span, so that it can be named', () => {
  const more = [
    { '%ID': 20, '%TYPE': 'custom.Gap', '@sofa': 1, begin: 4, end: 4 },
    { '%ID': 21, '%TYPE': 'custom.Topic', '@sofa': 1, about: 'tax' },
    { '%ID': 22, '%TYPE': 'custom.Unlisted', '@sofa': 1, about: 'tax' },
  ];
  const listed = { _InitialView: { '%SOFA': 1, '%MEMBERS': [20, 21] } };
  const { documents } = readCas([file('a.json', JSON.stringify({ '%FEATURE_STRUCTURES': [...structures, ...more], '%VIEWS': listed }))]);
  expect(documents[0]?.annotations.map(({ layer, spans }) => [layer, spans])).toEqual([
    ['custom.Gap', []],
    ['custom.Topic', []],
  ]);
});

it('X115 who went on from exported work in another program has a copy of it under a name and ids of its own', async () => {
  const words = 'One two.';
  const mention = { id: 'm', article: 'doc', annotator: 'anna', span: { start: 4, end: 7, text: 'two' }, entity: null };
  const counted = [{ value: 2, value_max: null, modifier: 'exact' as const, unit: '', counts: '', mention: 'm' }];
  const roles = [{ role: 'part', target: { kind: 'mention' as const, id: 'm' } }];
  const things = [annotation('a', words, [{ start: 0, end: 3 }], { layer: 'THING', attributes: { counted }, roles })];
  const given = project(words, { annotations: things, mentions: [mention] }, { codebook: wideCodebook });
  const { files } = await exported(
    cas,
    sourceFrom(given, () => hashOf(createHash('sha256'))),
  );
  const one = files.get('doc/anna.json') ?? '';
  const { documents, problems, annotators } = readCas([file('doc/ben.json', one), file('doc/anna.json', one), file('doc/cy.json', one)]);
  expect(problems).toEqual([]);
  expect(annotators.map(({ id }) => id)).toEqual(['anna']);
  const [document] = documents as [ForeignDocument];
  const ids = document.annotations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(6);
  const copy = document.annotations.find(({ annotator, layer }) => annotator === 'ben' && layer === 'THING');
  const [pointed] = (copy?.args ?? []) as readonly { annotation: string }[];
  expect(pointed?.annotation).toMatch(/^doc\/ben#/);
  expect(copy?.attributes['counted']).toEqual([{ ...counted[0], mention: pointed?.annotation }]);
  expect(document.annotations.find(({ annotator, layer }) => annotator === 'anna' && layer === 'THING')?.id).toBe('a');
});

const withStructures = (change: (all: Record<string, unknown>[]) => unknown) =>
  JSON.stringify({ '%FEATURE_STRUCTURES': change(structuredClone(structures)), '%VIEWS': { v: { '%SOFA': 1, '%MEMBERS': members } } });
const changed = (index: number, more: object) => withStructures((all) => all.map((one, at) => (at === index ? { ...one, ...more } : one)));
const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>';

it.each([
  ['a.json', '{"%FEATURE_STRUCTURES": [', 'damaged', 'JSON'],
  ['a.json', '[]', 'damaged', '%FEATURE_STRUCTURES'],
  ['a.json', '{"__proto__": {"%FEATURE_STRUCTURES": []}}', 'unsafe', '__proto__'],
  ['a.json', withStructures(() => []), 'empty', 'no text'],
  ['a.json', withStructures((all) => [...all, { ...all[0], '%ID': 77 }]), 'unsupported', 'more than one text'],
  ['a.json', withStructures((all) => [...all, all[1]]), 'damaged', 'the id 2'],
  ['a.json', withStructures((all) => [...all, 'x']), 'damaged', 'number 13'],
  ['a.json', withStructures((all) => [...all, { '%ID': 1e300, '%TYPE': 'x' }]), 'damaged', 'number 13'],
  ['a.json', changed(1, { begin: 1e9, end: 1e10 }), 'damaged', 'outside the text'],
  ['a.json', changed(1, { begin: -1 }), 'damaged', 'outside the text'],
  ['a.json', changed(1, { begin: '0' }), 'damaged', 'outside the text'],
  ['a.json', changed(1, { begin: 2.5 }), 'damaged', 'outside the text'],
  ['a.json', changed(2, { '@target': 99 }), 'damaged', 'the object 99'],
  ['a.json', changed(7, { '@Governor': 99 }), 'damaged', 'the object 99'],
  ['a.json', changed(1, { begin: JSON.parse('{"toString":1,"valueOf":null}') }), 'damaged', 'from no number'],
  ['a.json', '['.repeat(200_000), 'unsafe', '64 levels deep'],
  ['a.xmi', '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI">', 'damaged', 'rules of XML'],
  ['a.xmi', xmi.replace('<xmi:XMI', `${bomb}<xmi:XMI`), 'unsafe', 'document type'],
  ['a.xmi', xmi.replace('kind="direct"', 'kind="&mdash;"'), 'damaged', 'rules of XML'],
  ['a.xmi', xmi.replace('begin="13"', 'begin="1e1"'), 'damaged', 'outside the text'],
  ['a.xmi', xmi.replace('target="2"', 'target="99"'), 'damaged', 'the object 99'],
  ['a.xmi', xmi.replace('<tags>a</tags>', '<tags>'.repeat(100)), 'unsafe', 'nested'],
  ['a.xmi', xmi.replace(' xmi:id="2"', ''), 'damaged', 'no xmi:id'],
  ['a.txt', 'words', 'unsupported', 'No file here'],
])('X116 a broken or hostile file is a problem and gives nothing: %s %#', (path, content, code, message) => {
  const { documents, problems } = readCas([file(path, content)]);
  expect(documents).toEqual([]);
  expect(problems).toEqual([expect.objectContaining({ file: path, code, message: expect.stringContaining(message) })]);
  expect(problems[0]?.next).not.toBe('');
});

it('X116 references in a circle end; a fault names its line; a word that every object has is an attribute like another', () => {
  const circle = withStructures((all) => all.map((one) => (one['%ID'] === 2 ? { ...one, '@next': 6, constructor: 'b' } : one)));
  const circular = readCas([file('a.json', circle)]);
  expect(circular.problems).toEqual([]);
  expect(circular.documents[0]?.annotations[0]).toMatchObject({
    args: [{ role: 'next', annotation: 'a#6' }],
    attributes: { constructor: 'b' },
  });
  const own = readCas([file('a.json', withStructures((all) => all).replace('"identifier"', '"constructor"'))]);
  expect(Object.hasOwn(own.documents[0]?.annotations[0]?.attributes ?? {}, 'constructor')).toBe(true);
  const broken = readCas([file('a.xmi', xmi.replace('<custom:Answers', '<custom:Answers <'))]);
  expect(broken.problems).toEqual([expect.objectContaining({ line: 4, code: 'damaged' })]);
  const quantity = JSON.stringify({
    '%FEATURE_STRUCTURES': [
      structures[0],
      { '%ID': 2, '%TYPE': 'uima.cas.StringArray', '%ELEMENTS': ['{"value": "many"}'] },
      { '%ID': 3, '%TYPE': 'pressmark.layer.FACT', '@sofa': 1, begin: 0, end: 4, '@json_quantity': 2 },
    ],
  });
  expect(readCas([file('a.json', quantity)]).problems).toEqual([
    expect.objectContaining({ message: expect.stringContaining('quantities') }),
  ]);
});

it('X117 CAS files are known by what they are called or how they begin', () => {
  expect(cas.recognises?.(['x/a.xmi', 'x/TypeSystem.xml'], '<?xml')).toBe(true);
  expect(cas.recognises?.(['a.json'], json.slice(0, 100))).toBe(true);
  expect(cas.recognises?.(['a.json'], '{"doc_id": 1}')).toBe(false);
});

it('X114 what was never set stays so although UIMA in Java makes 0 and false of it, and what was set to 0 or false stays set', async () => {
  const words = 'One two.';
  const thing = (id: string, attributes: Record<string, boolean | number>) =>
    annotation(id, words, [{ start: 0, end: 3 }], { layer: 'THING', attributes });
  const given = project(words, { annotations: [thing('unset', {}), thing('set', { flag: false, amount: 0 })] }, { codebook: wideCodebook });
  const { bytes, files } = await exported(
    cas,
    sourceFrom(given, () => hashOf(createHash('sha256'))),
  );
  const typeSystem = { path: 'TypeSystem.xml', bytes: bytes.get('TypeSystem.xml') as Uint8Array };
  const java = (files.get('doc/anna.xmi') ?? '').replace(' id="unset"', ' id="unset" flag="false" amount="0.0" confidence="0.0"');
  expect(java).toContain('amount="0.0"');
  const { documents, problems } = readCas([typeSystem, file('doc/anna.xmi', java)]);
  expect(problems).toEqual([]);
  const found = documents[0]?.annotations.map(({ id, attributes, confidence }) => [id, attributes, confidence]);
  expect(found?.sort()).toEqual([
    ['set', { flag: false, amount: 0 }, null],
    ['unset', {}, null],
  ]);
});
