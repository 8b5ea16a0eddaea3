import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Layer } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { conll } from './conll.ts';
import type { Foreign } from './foreign.ts';
import { namedEntities } from './named-entities.ts';
import { type CaseInput, CaseInput as CaseSchema, exported, hashOf, sourceOf } from './testing/case.ts';
import { someDamage } from './testing/damage.ts';
import { annotation, project, sourceFrom as sourceWith } from './testing/project.ts';
import { roundTrip } from './testing/round-trip.ts';

const newHash = () => hashOf(createHash('sha256'));
const sourceFrom = (input: CaseInput & { text: string }) => sourceWith(input, newHash);
const read = (files: Record<string, string>) =>
  conll.read?.(Object.entries(files).map(([path, text]) => ({ path, bytes: Buffer.from(text) }))) as Foreign;
const root = new URL('../../', import.meta.url);

roundTrip(conll, {
  rule: 'X74',
  given: (path) => !path.startsWith('layers/'),
  carried(all, lose) {
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
    return { ...all, documents, annotators: all.annotators.filter(({ id }) => !idle(id)), links: [], entities };
  },
});

function worked({ annotations, relations, completions }: Foreign['documents'][number]): (string | null)[] {
  return [...annotations, ...relations, ...completions].map(({ annotator }) => annotator);
}

it('X74 a folder that conll wrote is read whole, with the files that every dataset has', async () => {
  const text = 'One two.';
  const { files } = await exported(conll, sourceFrom(project(text, { annotations: [annotation('a', text, [{ start: 0, end: 3 }])] })));
  const inFolder = Object.fromEntries([...files].map(([path, content]) => [`given/${path}`, content]));
  expect(Object.keys(inFolder)).toContain('given/layers/anna/QUOTE/all.conll');
  const { documents, problems } = read(inFolder);
  expect(problems).toEqual([]);
  expect(documents.map(({ doc_id, annotations }) => [doc_id, annotations.length])).toEqual([['doc', 1]]);
});

it('X75 the shared sample has its published tags', async () => {
  const input = CaseSchema.parse(JSON.parse(readFileSync(new URL('core/formats/baselines/sample/input.json', root), 'utf8')));
  const { files } = await exported(
    conll,
    sourceOf(input, (file) => readFileSync(new URL(file, root), 'utf8'), newHash),
  );
  const layer = files.get('layers/anna/QUOTE/all.conll') ?? '';
  expect(layer.startsWith('-DOCSTART- -X- O O\n\n“ -X- O O\nWe -X- O B-QUOTE\nwill -X- O I-QUOTE\n')).toBe(true);
  expect(layer).toContain('\n💪 -X- O I-QUOTE\n, -X- O I-QUOTE\n” -X- O O\nMayor -X- O O\n');
  expect(layer).toContain('\n” -X- O O\n\nThe -X- O O\n');
  const rich = files.get('rich/anna/sample-55f67f1b.tsv') ?? '';
  const rows = rich.split('\n').map((line) => line.split('\t'));
  const head = rich.split('\n')[0]?.replace('# global.columns = ', '').split(' ') ?? [];
  const row = (form: string) => Object.fromEntries((rows.find((cells) => cells[1] === form) ?? []).map((cell, at) => [head[at], cell]));
  expect(row('fight')).toMatchObject({
    ID: '4',
    START: '9',
    END: '14',
    QUOTE: 'I-QUOTE',
    'QUOTE.id': 'q1',
    STANCE: 'B-STANCE:against',
    MISC: '_',
  });
  expect(row('this')).toMatchObject({ STANCE: 'I-STANCE:against', mention: 'B-ISSUE', 'mention.id': 'm4' });
  expect(row('💪')).toMatchObject({ ID: '7', START: '24', END: '25', MISC: 'SpaceAfter=No' });
});

it('X76 annotations of a layer that overlap stand in further columns and files, the outer first; none is dropped', async () => {
  const text = 'One two three four. Five.';
  const at = (from: number, to: number) => [{ start: from, end: to }];
  const annotations = [
    annotation('outer', text, at(0, 18)),
    annotation('inner', text, at(4, 7)),
    annotation('innermost', text, at(4, 7)),
    annotation('crossing', text, at(14, 24)),
  ];
  const { files } = await exported(conll, sourceFrom(project(text, { annotations })));
  const tags = (path: string) =>
    files
      .get(path)
      ?.match(/(?<= O )[OBI]\S*/g)
      ?.join(' ')
      .replaceAll('-QUOTE', '');
  expect(tags('layers/anna/QUOTE/all.conll')).toBe('O B I I I O O O');
  expect(tags('layers/anna/QUOTE/all.2.conll')).toBe('O O B O B I B O');
  expect(tags('layers/anna/QUOTE/all.3.conll')).toBe('O O B O O O O O');
  expect(files.get('rich/anna/doc.tsv')).toMatch(/^# global\.columns = ID FORM START END QUOTE QUOTE\.id QUOTE\.2 QUOTE\.2\.id QUOTE\.3 /);
  expect(JSON.parse(files.get('manifest.json') ?? '').layer_files.QUOTE).toEqual({
    ...{ annotations: 4, in_pieces: 1, in_further_files: 3, without_tokens: 0 },
  });
});

it('X77 splits are folders and files that trainers know; who did not work on an article has no file of it', async () => {
  const given = project('One.', { annotations: [annotation('a', 'One.', [{ start: 0, end: 3 }])] });
  const both = { ...given, annotators: [...given.annotators, { id: 'bo', name: 'Bo', role: 'annotator' as const }] };
  const splits = { method: {}, assignments: new Map([['doc', { group: 'g', split: 'validation' as const }]]) };
  const { files, outcome } = await exported(conll, { ...sourceFrom(both), splits });
  expect([...files.keys()]).toContain('rich/anna/dev/doc.tsv');
  expect([...files.keys()]).toContain('layers/anna/QUOTE.speaker/dev.conll');
  expect([...files.keys()].filter((path) => path.includes('/bo/'))).toEqual([]);
  expect(outcome.losses).toEqual([{ kind: 'annotators who have no work in the articles', count: 1 }]);
});

it('X77 layers that differ in the case of letters alone have folders that every system keeps apart', async () => {
  const layer = (id: string) => ({ ...(defaultCodebook.layers[0] as Layer), id, roles: [] });
  const codebook = { ...defaultCodebook, layers: [layer('QUOTE'), layer('Quote')], relations: [] };
  const annotations = [
    annotation('a', 'One.', [{ start: 0, end: 3 }]),
    annotation('b', 'One.', [{ start: 3, end: 4 }], { layer: 'Quote' }),
  ];
  const { files } = await exported(conll, sourceFrom(project('One.', { annotations }, { codebook })));
  expect(files.get('layers/anna/QUOTE/all.conll')).toContain('One -X- O B-QUOTE\n. -X- O O\n');
  expect(files.get('layers/anna/Quote(2)/all.conll')).toContain('One -X- O O\n. -X- O B-Quote\n');
});

it('X78 files of one layer are read by any of the tag schemes, words one space apart', () => {
  const lines = {
    iob2: ['Ana B-PER', 'Ruiz I-PER', 'Bo B-PER', 'met O', '💪 B-ORG', '', 'Rome B-LOC', '. O'],
    iob1: ['Ana I-PER', 'Ruiz I-PER', 'Bo B-PER', 'met O', '💪 I-ORG', '', 'Rome I-LOC', '. O'],
    bilou: ['Ana B-PER', 'Ruiz L-PER', 'Bo U-PER', 'met O', '💪 U-ORG', '', 'Rome U-LOC', '. O'],
    iobes: ['Ana B-PER', 'Ruiz E-PER', 'Bo S-PER', 'met O', '💪 S-ORG', '', 'Rome S-LOC', '. O'],
  };
  for (const [name, rows] of Object.entries(lines)) {
    const plain = rows.join('\n');
    const conll2003 = `-DOCSTART- -X- O O\r\n\r\n${rows.map((row) => row.replace(' ', ' NNP I-NP ')).join('\r\n')}\r\n`;
    for (const content of [plain, conll2003, plain.replaceAll(' ', '\t')]) {
      const { documents, problems } = read({ [`in/${name}.conll`]: content });
      expect(problems).toEqual([]);
      expect(documents[0]).toMatchObject({ text: 'Ana Ruiz Bo met 💪\nRome .', unit: 'unicode_code_point', name, doc_id: null });
      expect(documents[0]?.annotations.map(({ layer, spans }) => [layer, ...spans])).toEqual([
        ['PER', { start: 0, end: 8, text: 'Ana Ruiz' }],
        ['PER', { start: 9, end: 11, text: 'Bo' }],
        ['ORG', { start: 16, end: 17, text: '💪' }],
        ['LOC', { start: 18, end: 22, text: 'Rome' }],
      ]);
    }
  }
});

it('X78 tables of other programs are read by their columns', () => {
  const table = [
    '# global.columns = ID FORM LEMMA NER',
    '# newdoc id = first',
    '# text = Bo met Ana.',
    '1-2\tcannot\t_\t_',
    '1\tBo\tbo\tB-PER',
    '2\tmet\tmeet\tO',
    '',
    '3\tAna\tAna\tB-PER',
    '# newdoc id = second',
    '1\tRome\tRome\tB-LOC',
  ].join('\n');
  const { documents, problems } = read({ 'a.tsv': table });
  expect(problems).toEqual([]);
  expect(
    documents.map(({ name, text, annotations }) => [name, text, annotations.map(({ layer, spans }) => `${layer} ${spans[0]?.text}`)]),
  ).toEqual([
    ['first', 'Bo met\nAna', ['PER Bo', 'PER Ana']],
    ['second', 'Rome', ['LOC Rome']],
  ]);
});

it('X78 counted words with two columns of tags are read, and names of columns in small letters', () => {
  const germeval = '#\thttp://example.org\t[2009]\n1\tBank\tB-ORG\tO\n2\tvon\tI-ORG\tO\n3\tRom\tI-ORG\tB-LOC\n\n1\tEnde\tO\tO\n';
  const plus =
    '# global.columns = id form ner misc\n1\tAna\tB-PER\t_\n2\tgo\tO\tSpaceAfter=No\n3\t.\tO\tSpaceAfter=No\n\n1\tBo\tB-PER\t_\n';
  const { documents, problems } = read({ 'a.tsv': germeval, 'b.conllup': plus });
  expect(problems).toEqual([]);
  expect(documents.map(({ text, annotations }) => [text, annotations.map(({ layer, spans }) => `${layer} ${spans[0]?.text}`)])).toEqual([
    ['Bank von Rom\nEnde', ['ORG Bank von Rom', 'LOC Rom']],
    ['Ana go.\nBo', ['PER Ana', 'PER Bo']],
  ]);
});

it('X79 a fault of a file is a problem with its line, and nothing of that file is taken', async () => {
  const text = 'One two.';
  const { files } = await exported(conll, sourceFrom(project(text, { annotations: [annotation('a', text, [{ start: 0, end: 3 }])] })));
  const rich = files.get('rich/anna/doc.tsv') ?? '';
  const line = (words: string, content = rich) => content.slice(0, content.indexOf(words)).split('\n').length;
  const faults: [string, string, number | null][] = [
    ['no token', '\n\n', null],
    ['no tag', 'One O\nTwo\n', 2],
    ['a wrong tag', 'One O\nTwo X-PER\n', 2],
    ['no FORM', '# global.columns = ID WORD\n', 1],
    ['a missing column', rich.replace('\tSpaceAfter=No', ''), line('\tSpaceAfter=No')],
    ['a wrong offset', rich.replace('\t4\t7\t', '\t5\t8\t'), line('\t4\t7\t')],
    ['a huge offset', rich.replace('\t4\t7\t', '\t1e99\t7\t'), line('\t4\t7\t')],
    ['a wrong space', rich.replace('SpaceAfter=No', 'SpacesAfter=x'), line('SpaceAfter=No')],
    ['a broken comment', rich.replace('"layer":"QUOTE"', '"layer":'), line('"layer"')],
    ['a wrong type', rich.replace('"attributes":{', '"attributes":{"x":{"y":1},'), line('"layer"')],
    ['a member more', rich.replace('"layer":"QUOTE"', '"layer":"QUOTE","__proto__":1,"x":1'), line('"layer"')],
    ['no span', rich.replaceAll('\ta\t', '\tb\t'), line('"layer"')],
    ['a span outside', rich.replace('"layer":"QUOTE"', '"layer":"QUOTE","spans":[[0,99]]'), line('"layer"')],
    ['the same id twice', rich.replace(/(# annotation.*\n)/, '$1$1'), line('"layer"') + 1],
  ];
  for (const [name, content, expected] of faults) {
    const { documents, annotators, problems } = read({ 'good.conll': 'One O\n', 'bad.tsv': content });
    expect(problems, name).toMatchObject([{ file: 'bad.tsv', line: expected }]);
    expect(
      documents.map(({ file }) => file),
      name,
    ).toEqual(['good.conll']);
    expect(annotators, name).toEqual([]);
  }
});

it('X79 CoNLL files are known by their names and by how they begin', () => {
  expect(conll.recognises?.(['a/b.conll'], '')).toBe(true);
  expect(conll.recognises?.(['a/b.txt'], '-DOCSTART- -X- O\n\n')).toBe(true);
  expect(conll.recognises?.(['a/b.tsv'], '# global.columns = ID FORM\n')).toBe(true);
  expect(conll.recognises?.(['a/b.txt', 'a/b.ann'], 'T1\tQuote 0 3\tOne\n')).toBe(false);
});

it('X79 whatever is in a file, it is documents or a problem', async () => {
  const text = 'One two 💪. Three.';
  const annotations = [annotation('a', text, [{ start: 0, end: 3 }]), annotation('b', text, [{ start: 4, end: 13 }])];
  const { files } = await exported(conll, sourceFrom(project(text, { annotations })));
  const given = [files.get('rich/anna/doc.tsv') ?? '', files.get('layers/anna/QUOTE/all.conll') ?? ''];
  fc.assert(
    fc.property(fc.constantFrom(...given), someDamage, (content, damage) => {
      const { documents, problems } = read({ 'a.tsv': damage(content) });
      expect(problems.length).toBeLessThan(2);
      expect(problems.length === 0 || documents.length === 0).toBe(true);
    }),
    { numRuns: 80 },
  );
});
