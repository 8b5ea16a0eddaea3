import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultCodebook } from '../model/default-codebook.ts';
import { cas } from './cas.ts';
import { attributeOf, featureOf, typeSystem, uima } from './cas-types.ts';
import { exported, hashOf } from './testing/case.ts';
import { annotation, annotationsOf, project, someWork, sourceFrom, time } from './testing/project.ts';
import { wideCodebook } from './testing/whole-project.ts';

const newHash = () => hashOf(createHash('sha256'));

interface Structure {
  readonly '%ID': number;
  readonly '%TYPE': string;
  readonly begin?: number;
  readonly end?: number;
  readonly [feature: string]: unknown;
}
const structuresOf = (json: string | undefined) => JSON.parse(json ?? '')['%FEATURE_STRUCTURES'] as Structure[];

describe('the files of a UIMA export', () => {
  it('X110 each annotation is where its UTF-16 offsets say, its further fragments are parts, in JSON as in XMI', async () => {
    await fc.assert(
      fc.asyncProperty(someWork, async (work) => {
        const annotations = annotationsOf(work);
        const { files } = await exported(cas, sourceFrom(project(work.text, { annotations }), newHash));
        const structures = structuresOf(files.get('doc/anna.json'));
        const xmi = files.get('doc/anna.xmi') ?? '';
        for (const { id, spans } of annotations) {
          const found = structures
            .filter((one) => one['id'] === id || one['annotation_id'] === id)
            .sort((a, b) => Number(a.begin) - Number(b.begin));
          expect(found.map(({ begin, end }) => work.text.slice(begin, end))).toEqual(spans.map(({ text }) => text));
          for (const { '%ID': number, begin, end } of found)
            expect(xmi).toContain(` xmi:id="${number}" sofa="1" begin="${begin}" end="${end}"`);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('X110 the annotators of an article have a file each, with the same tokens and sentences; an article without work has one too', async () => {
    const text = 'One two 💪. Three four.';
    const given = project(text, { annotations: [annotation('a', text, [{ start: 1, end: 3 }])] });
    const others = { ...annotation('b', text, [{ start: 12, end: 17 }]), annotator: 'bo' };
    const set = { article: 'doc', annotations: [others], mentions: [], relations: [], decisions: [], completion: null };
    const two = {
      ...given,
      annotators: [...given.annotators, { id: 'bo', name: 'Bo', role: 'annotator' as const }],
      sets: [...given.sets, { annotator: 'bo', set }],
    };
    const { files } = await exported(cas, sourceFrom(two, newHash));
    const covered = (path: string, type: string) =>
      structuresOf(files.get(path))
        .filter((one) => one['%TYPE'].endsWith(type))
        .map(({ begin, end }) => text.slice(begin, end));
    for (const path of ['doc/anna.json', 'doc/bo.json']) {
      expect(covered(path, '.Token')).toEqual(['O', 'ne', 'two', '💪', '.', 'Three', 'four', '.']);
      expect(covered(path, '.Sentence')).toEqual(['One two 💪.', 'Three four.']);
    }
    expect(covered('doc/bo.json', '.QUOTE')).toEqual(['Three']);
    const bare = await exported(cas, sourceFrom(project(text), newHash));
    expect([...bare.files.keys()]).toContain('doc/INITIAL_CAS.xmi');
  });

  it('X112 the reader of JSON in Java can read it: no header, doubles with a point, ids and types first, every feature declared', async () => {
    const text = 'One two.';
    const numbers = [0, -1, 12, 2.5, 1e21, 1e-9];
    const annotations = numbers.map((amount, index) =>
      annotation(`a${index}`, text, [{ start: 0, end: 3 }], { layer: 'THING', attributes: { amount, tags: ['a'] } }),
    );
    const { files } = await exported(cas, sourceFrom(project(text, { annotations }, { codebook: wideCodebook }), newHash));
    const json = files.get('doc/anna.json') ?? '';
    const document = JSON.parse(json);
    expect(Object.keys(document)).toEqual(['%TYPES', '%FEATURE_STRUCTURES', '%VIEWS']);
    const written = [...json.matchAll(/"amount":([^,}]+)/g)].flatMap(([, value]) => (value?.startsWith('{') ? [] : [value]));
    expect(written).toEqual(['0.0', '-1.0', '12.0', '2.5', '1e+21', '1e-9']);
    const builtIn = ['begin', 'end', 'sofa', 'language', 'sofaNum', 'sofaID', 'mimeType', 'sofaString'];
    for (const one of document['%FEATURE_STRUCTURES'] as Record<string, string>[]) {
      expect(Object.keys(one).slice(0, 2)).toEqual(['%ID', '%TYPE']);
      const declared = Object.keys(document['%TYPES'][one['%TYPE'] as string] ?? {});
      for (const key of Object.keys(one)) if (!key.startsWith('%')) expect([...declared, ...builtIn]).toContain(key.replace('@', ''));
    }
  });

  it('X111 what stays behind is named: links, entities, idle annotators, ties to another’s work, characters that XML has no place for', async () => {
    const text = 'One two \ufffe.';
    const end = (id: string) => ({ article: 'doc', annotation: id });
    const relation = {
      annotator: 'anna',
      attributes: {},
      note: '',
      origin: { kind: 'person' as const },
      codebook: 1,
      created: time,
      modified: time,
    };
    const quote = (id: string, annotator: string) => ({ ...annotation(id, text, [{ start: 0, end: 3 }]), annotator });
    const plain = { article: 'doc', mentions: [], decisions: [], completion: null };
    const given = project(text, {}, { annotators: ['anna', 'bo', 'cy'].map((id) => ({ id, name: id, role: 'annotator' })) });
    const { outcome, files } = await exported(
      cas,
      sourceFrom(
        {
          ...given,
          sets: [
            {
              annotator: 'anna',
              set: {
                ...plain,
                annotations: [{ ...quote('a', 'anna'), note: 'bell \u0007' }],
                relations: [{ ...relation, id: 'r', type: 'continues', from: end('a'), to: end('b') }],
              },
            },
            { annotator: 'bo', set: { ...plain, annotations: [quote('b', 'bo')], relations: [] } },
          ],
        },
        newHash,
      ),
    );
    expect(outcome.losses).toEqual([
      { kind: 'annotators who have no work in the articles', count: 1 },
      { kind: 'relations to an annotation of another annotator', count: 1 },
      { kind: 'texts with characters that XML cannot hold (U+FFFD in their place in XMI files; whole in JSON files)', count: 2 },
    ]);
    expect(files.get('doc/anna.xmi')).toContain('sofaString="One two \ufffd."');
    expect(structuresOf(files.get('doc/anna.json'))[0]?.['sofaString']).toBe(text);
  });
});

describe('the types of a UIMA export', () => {
  it('X112 INCEpTION can make a layer of every type that lies in the text, by its rules', () => {
    for (const codebook of [defaultCodebook, wideCodebook]) {
      const types = typeSystem(codebook);
      expect(new Set(types.map(({ name }) => name)).size).toBe(types.length);
      const links = new Set(types.filter(({ superType }) => superType === uima.top).map(({ name }) => name));
      for (const name of links)
        expect(types.find((type) => type.name === name)?.features.map((one) => one.name)).toEqual(['role', 'target']);
      for (const { name, superType, features } of types) {
        if (superType !== uima.annotation) continue;
        const references = features.filter(({ range, many }) => !range.startsWith('uima.cas.') && !(many && links.has(range)));
        if (name.startsWith('pressmark.relation.')) {
          expect(references.map((one) => one.name)).toEqual(['Governor', 'Dependent']);
          expect(references[0]?.range).toBe(references[1]?.range);
        } else expect(references).toEqual([]);
        for (const feature of features.filter(({ many, range }) => many && range !== uima.string)) expect(links).toContain(feature.range);
      }
    }
  });

  it('X113 every attribute has a feature of its own, whatever its name, and is known by it again', () => {
    const names = [
      'mood',
      'type',
      'Type',
      'begin',
      'class',
      'from',
      'self',
      'status',
      'note',
      'xmlns',
      'json_x',
      'JSON_x',
      'attribute_type',
      'attribute_',
    ];
    const forms = (['text', 'boolean', 'number', 'list', 'quantity', 'evidence'] as const).flatMap((type) =>
      names.map((name) => ({ name, type })),
    );
    for (const form of forms) {
      const isJson = form.type === 'quantity' || form.type === 'evidence';
      expect(attributeOf(featureOf(form).name)).toEqual({ name: form.name, isJson });
    }
    const ofOneType = names.map((name) => featureOf({ name, type: 'text' }).name);
    expect(ofOneType.slice(0, 3)).toEqual(['mood', 'attribute_type', 'attribute_Type']);
    const alike = ['x', 'json_x', 'attribute_x'].flatMap((name) => [
      featureOf({ name, type: 'text' }).name,
      featureOf({ name, type: 'evidence' }).name,
    ]);
    expect(new Set(alike).size).toBe(6);
    for (const own of ['id', 'note', 'roles', 'parts', 'Governor', 'status']) expect(attributeOf(own)).toBeNull();
  });
});
