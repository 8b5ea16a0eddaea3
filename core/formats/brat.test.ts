import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { AttributeValue } from '../model/annotation.ts';
import { brat } from './brat.ts';
import { lineEnd } from './brat-document.ts';
import type { Foreign } from './foreign.ts';
import { namedEntities } from './named-entities.ts';
import { type CaseInput, CaseInput as CaseSchema, exported, hashOf, sourceOf } from './testing/case.ts';
import { someDamage } from './testing/damage.ts';
import { annotation, project, sourceFrom as sourceWith } from './testing/project.ts';
import { type Lose, roundTrip } from './testing/round-trip.ts';

const newHash = () => hashOf(createHash('sha256'));
const sourceFrom = (input: CaseInput & { text: string }) => sourceWith(input, newHash);
const read = (files: Record<string, string>) =>
  brat.read?.(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }))) as Foreign;
const root = new URL('../../', import.meta.url);

roundTrip(brat, {
  rule: 'X85',
  carried(all, lose) {
    const worked = ({ annotations, relations, completions }: Foreign['documents'][number]) =>
      [...annotations, ...relations, ...completions].map(({ annotator }) => annotator);
    const idle = (id: string) => !all.documents.some((document) => worked(document).includes(id));
    const documents = all.documents.filter((document) => worked(document).length > 0);
    lose('articles that nobody has worked on', all.documents.length - documents.length);
    lose('annotators who have no work in the articles', all.annotators.filter(({ id }) => idle(id)).length);
    lose('relations across articles', all.links.length);
    const named = new Set(
      namedEntities(
        all.entities,
        documents.flatMap(({ annotations }) => annotations),
      ).map(({ id }) => id),
    );
    const entities = all.entities.filter(({ id }) => named.has(id));
    lose('entities that nothing in an article is linked to', all.entities.length - entities.length);
    return {
      ...{ documents: documents.map((document) => withPlainLineEnds(document, lose)), links: [], entities, problems: [] },
      annotators: all.annotators.filter(({ id }) => !idle(id)),
    };
  },
});

const textual = new Set(['words', 'day', 'justification']);

function withPlainLineEnds(document: Foreign['documents'][number], lose: Lose): Foreign['documents'][number] {
  const plain = (text: string) => {
    const parts = text.split(lineEnd).join('\n');
    if (parts !== text) lose('line ends of other kinds in notes and texts, which brat cannot keep apart (written as plain ones)');
    return parts;
  };
  const inAnn = document.annotations.filter(
    ({ status, spans }) => status !== 'rejected' && spans.some(({ text }) => /[^\s\u0085]/.test(text ?? '')),
  );
  const ids = new Set(inAnn.map(({ id }) => id));
  const owner = new Map(inAnn.map(({ id, annotator }) => [id, annotator]));
  const attribute = ([name, value]: [string, AttributeValue]): [string, AttributeValue] => [
    name,
    textual.has(name) && typeof value === 'string' ? plain(value) : value,
  ];
  return {
    ...document,
    annotations: document.annotations.map((one) =>
      ids.has(one.id)
        ? {
            ...one,
            note: plain(one.note ?? ''),
            attributes: Object.fromEntries(Object.entries(one.attributes).map(attribute)),
          }
        : one,
    ),
    relations: document.relations.map((one) => {
      const isOwn = owner.get(one.from) === one.annotator && owner.get(one.to) === one.annotator;
      return isOwn ? { ...one, note: plain(one.note ?? '') } : one;
    }),
  };
}

async function sample() {
  const input = CaseSchema.parse(JSON.parse(readFileSync(new URL('core/formats/baselines/sample/input.json', root), 'utf8')));
  return exported(
    brat,
    sourceOf(input, (file) => readFileSync(new URL(file, root), 'utf8'), newHash),
  );
}

it('X86 the shared sample is written with its published offsets, roles as relations, values as attributes, entities as references', async () => {
  const { files } = await sample();
  const lines = (files.get('anna/sample-55f67f1b.ann') ?? '').split('\n');
  expect(lines.slice(0, 2)).toEqual([
    'T1\tQUOTE 1 26;57 74\tWe will fight this tax 💪, until it is gone.',
    'T2\tSTANCE 9 25\tfight this tax 💪',
  ]);
  for (const line of [
    'R1\tspeaker Arg1:T1 Arg2:T4',
    'A1\ttype T1 direct',
    'A3\tpolarity T2 against',
    'N1\tReference T3 Registry:tax\tcity tax',
  ]) {
    expect(lines).toContain(line);
  }
  expect(files.get('anna/sample-55f67f1b.txt')).toBe(readFileSync(new URL('core/formats/baselines/sample/sample.txt', root), 'utf8'));
});

it('X86 what a codebook calls alike in two layers has two names, and a role one of its own where a relation has it', async () => {
  const text = 'One two.';
  const given = project(text, {}, {});
  const common = { title: '', required: false, help: '' };
  const layer = (id: string, values: string[]) => ({
    ...{ id, title: `<${id}> | #`, key: 'x', look: 'box' as const, hue: 'red' as const, hueBy: null, help: '' },
    attributes: [{ ...common, name: 'kind', type: 'enum' as const, values, default: null }],
    roles: [{ name: 'same', title: '', key: 'y', targets: ['mention', 'annotation'], min: 0, max: 1, help: '' }],
  });
  const relation = { title: '', scope: 'any' as const, from: ['A'], to: ['B'], symmetric: true, key: null, attributes: [], help: '' };
  const codebook = {
    ...{ name: 'odd', language: 'en', layers: [layer('A', ['one']), layer('B', ['two'])] },
    ...{ relations: [{ ...relation, id: 'same' }], entityTypes: [{ id: 'A', title: 'A' }] },
  };
  const more = { attributes: { kind: 'one' }, roles: [{ role: 'same', target: { kind: 'annotation' as const, id: 'b' } }], layer: 'A' };
  const annotations = [
    annotation('a', text, [{ start: 0, end: 3 }], more),
    annotation('b', text, [{ start: 4, end: 7 }], { attributes: {}, layer: 'B' }),
  ];
  const set = { ...given.sets[0]?.set, annotations } as CaseInput['sets'][number]['set'];
  const { files } = await exported(brat, sourceFrom({ ...given, codebook, sets: [{ annotator: 'anna', set }] }));
  const conf = files.get('annotation.conf') ?? '';
  expect(conf).toContain('[entities]\nA\nB\nmention\n\n');
  expect(conf).toContain('role_same\tArg1:A, Arg2:mention|A|B\n');
  expect(conf).toContain('same\tArg1:A, Arg2:B, <REL-TYPE>:symmetric\n');
  expect(conf).toContain('A_kind\tArg:A, Value:one\nB_kind\tArg:B, Value:two\n');
  expect(files.get('visual.conf')).toContain('A | A\n');
  const ann = files.get('anna/doc.ann') ?? '';
  expect(ann).toContain('R1\trole_same Arg1:T1 Arg2:T2\nA1\tA_kind T1 one\n');
  const back = read({ 'doc.txt': text, 'doc.ann': ann, 'doc.json': files.get('anna/doc.json') ?? '' });
  expect(back.documents[0]?.annotations[0]).toMatchObject({
    id: 'a',
    attributes: { kind: 'one' },
    args: [{ role: 'same', annotation: 'b' }],
  });
});

it('X87 what was changed in brat is read as changed, and the rest is as it was', async () => {
  const { files } = await sample();
  const [txt, ann, json] = ['txt', 'ann', 'json'].map((ending) => files.get(`anna/sample-55f67f1b.${ending}`) ?? '') as [
    string,
    string,
    string,
  ];
  const changed = `${ann
    .replace('QUOTE 1 26;57 74\tWe will fight this tax 💪, until it is gone.', 'QUOTE 1 26\tWe will fight this tax 💪,')
    .replace('polarity T2 against', 'polarity T2 favor')
    .replace(
      /R1\t.*\n/,
      '',
    )}T99\tFACT 77 88\tThe council\nA99\tunsure T99\n#99\tAnnotatorNotes T99\tfirst\n#98\tAnnotatorNotes T99\tsecond\n`;
  const { documents, problems } = read({ 'x/a.txt': txt, 'x/a.ann': changed, 'x/a.json': json });
  expect(problems).toEqual([]);
  const byId = new Map(documents[0]?.annotations.map((one) => [one.id, one]));
  expect(byId.get('q1')).toMatchObject({ spans: [{ start: 1, end: 26 }], attributes: { type: 'direct' }, annotator: 'anna' });
  expect(byId.get('q1')?.args.map(({ role }) => role)).toEqual(['cue']);
  expect(byId.get('s1')?.attributes).toMatchObject({ polarity: 'favor' });
  expect(byId.get('T99')).toMatchObject({
    layer: 'FACT',
    attributes: { unsure: true },
    note: 'first\nsecond',
    status: null,
    annotator: 'anna',
  });
  expect(byId.get('m1')).toMatchObject({ layer: 'mention', attributes: { entity_id: 'ruiz' } });
});

it('X88 standoff of other programs is read: events, halves, equivalences, references, old signs, line ends of every kind', () => {
  const text = 'Ana Ruiz 💪 denied it\r\nin Rome, she said. Ana left.';
  const a1 = ['T1\tPerson 0 8\tAna Ruiz', 'T2\tPlace 25 29\tRome', 'T3\tPerson 42 45\tAna', 'T7\tQuote 18 29\tit in Rome'].join('\r\n');
  const a2 = [
    'T4\tSaying 11 17\tdenied',
    'E1\tSaying:T4 Who:T1 Who2:T3 Where:T2',
    'M1\tNegation E1',
    'A2\tCertainty E1 very sure',
    'R1\tNear Arg1:T1 Arg2:T2',
    '*\tSame T1 T3',
    'N1\tReference T1 Wikidata:Q1\tRuiz, Ana',
    '#1\tAnnotatorNotes T1\tmayor',
    '#2\tNormalization T2\tcity',
  ].join('\n');
  const { documents, entities, problems } = read({
    'd/a.txt': text,
    'd/a.a1': a1,
    'd/a.a2': a2,
    'd/annotation.conf': '[entities]',
    'd/b.json': '{}',
  });
  expect(problems).toEqual([]);
  expect(documents).toHaveLength(1);
  expect(documents[0]).toMatchObject({ text, unit: null, doc_id: null, name: 'a' });
  const byId = new Map(documents[0]?.annotations.map((one) => [one.id, one]));
  expect([...byId.keys()]).toEqual(['T1', 'T2', 'T3', 'T7', 'E1']);
  expect(byId.get('E1')).toMatchObject({
    layer: 'Saying',
    spans: [{ start: 11, end: 17, text: 'denied' }],
    attributes: { Negation: true, Certainty: 'very sure' },
    args: [
      { role: 'Who', annotation: 'T1' },
      { role: 'Who', annotation: 'T3' },
      { role: 'Where', annotation: 'T2' },
    ],
  });
  expect(byId.get('T1')).toMatchObject({ layer: 'Person', note: 'mayor', attributes: { entity_id: 'Wikidata:Q1' } });
  expect(byId.get('T2')?.attributes).toEqual({ Normalization: 'city' });
  expect(byId.get('T7')?.spans).toEqual([{ start: 18, end: 29, text: 'it in Rome' }]);
  expect(documents[0]?.relations.map(({ type, from, to }) => [type, from, to])).toEqual([
    ['Near', 'T1', 'T2'],
    ['Same', 'T1', 'T3'],
  ]);
  expect(entities).toMatchObject([{ id: 'Wikidata:Q1', canonical: 'Ruiz, Ana', wikidata: 'Q1', type: 'Person' }]);
});

it('X88 the texts of fragments are told by whatever their offsets count, and none is told anew from the offsets', () => {
  const text = '💪 one two three';
  const spans = (line: string) => read({ 'a.txt': text, 'a.ann': `T1\tX ${line}\n` }).documents[0]?.annotations[0]?.spans;
  expect(spans('2 5;10 15\tone three')).toEqual([
    { start: 2, end: 5, text: 'one' },
    { start: 10, end: 15, text: 'three' },
  ]);
  expect(spans('0 2;3 6\t💪 one')).toEqual([
    { start: 0, end: 2, text: '💪' },
    { start: 3, end: 6, text: 'one' },
  ]);
  expect(spans('2 5;10 15\tonethree')?.map((span) => span.text)).toEqual(['one', 'three']);
  expect(spans('2 5;10 15\tquite other words')?.map((span) => span.text)).toEqual(['quite other words', null]);
  expect(spans('2 5')).toEqual([{ start: 2, end: 5, text: null }]);
});

it('X89 a fault of a file is a problem with its line, and nothing of that document is taken', async () => {
  const good = { 'good.txt': 'Good.', 'good.ann': 'T1\tX 0 4\tGood\n' };
  const faults: [string, string, number][] = [
    ['no tab', 'T1 X 0 3 One', 1],
    ['the same id twice', 'T1\tX 0 3\tOne\nT1\tX 0 3\tOne', 2],
    ['no offsets', 'T1\tX\tOne', 1],
    ['offsets that are none', 'T1\tX 0 1e3\tOne', 1],
    ['huge offsets', 'T1\tX 0 99999999999999999999\tOne', 1],
    ['a negative offset', 'T1\tX -1 3\tOne', 1],
    ['an empty span', 'T1\tX 3 3\t', 1],
    ['fragments that overlap', 'T1\tX 0 3;2 4\tOne e', 1],
    ['a relation of one', 'T1\tX 0 3\tOne\nR1\tY Arg1:T1', 2],
    ['a relation of two alike', 'T1\tX 0 3\tOne\nR1\tY Arg1:T1 Arg1:T1', 2],
    ['a relation to nothing', 'T1\tX 0 3\tOne\nR1\tY Arg1:T1 Arg2:T2', 2],
    ['an attribute of nothing', 'A1\tX T1', 1],
    ['an attribute without a target', 'A1\tX', 1],
    ['an event without a trigger', 'T1\tX 0 3\tOne\nE1\tX', 2],
    ['an event triggered by an event', 'T1\tX 0 3\tOne\nE1\tX:T1\nE2\tX:E1', 3],
    ['a normalisation without an entry', 'T1\tX 0 3\tOne\nN1\tReference T1 Wikidata\tOne', 2],
    ['a comment without a target', 'T1\tX 0 3\tOne\n#1\tAnnotatorNotes\tOne', 2],
    ['an unknown kind', 'Q1\tX 0 3\tOne', 1],
  ];
  for (const [name, ann, line] of faults) {
    const { documents, problems } = read({ ...good, 'bad.txt': 'One two.', 'bad.ann': ann });
    expect(problems, name).toMatchObject([{ file: 'bad.ann', line }]);
    expect(
      documents.map(({ file }) => file),
      name,
    ).toEqual(['good.ann']);
  }
  expect(read({ ...good, 'bad.ann': 'T1\tX 0 3\tOne' }).problems).toMatchObject([{ file: 'bad.ann', line: null }]);
  const { files } = await sample();
  const [txt, ann, json] = ['txt', 'ann', 'json'].map((ending) => files.get(`anna/sample-55f67f1b.${ending}`) ?? '') as [
    string,
    string,
    string,
  ];
  for (const spoiled of [
    '{',
    json.replace('"T1":{"id":"q1"', '"T1":{"id":7'),
    json.replace('"roles":{', '"roles":{"__proto__":{"x":1},"y":2,'),
  ]) {
    const { documents, problems } = read({ ...good, 'bad.txt': txt, 'bad.ann': ann, 'bad.json': spoiled });
    expect(problems).toHaveLength(1);
    expect(documents.map(({ file }) => file)).toEqual(['good.ann']);
  }
});

it('X89 whatever is in the files, they are documents or problems', async () => {
  const { files } = await sample();
  const endings = ['txt', 'ann', 'json'];
  fc.assert(
    fc.property(fc.constantFrom(...endings), someDamage, (ending, damage) => {
      const given = endings.map((one) => [`a.${one}`, files.get(`anna/sample-55f67f1b.${one}`) ?? ''] as const);
      const { documents, problems } = read(
        Object.fromEntries(given.map(([path, text]) => [path, path.endsWith(ending) ? damage(text) : text])),
      );
      expect(documents.length + problems.length).toBe(1);
      expect(problems.every(({ message }) => message.length < 320)).toBe(true);
    }),
    { numRuns: 80 },
  );
});
