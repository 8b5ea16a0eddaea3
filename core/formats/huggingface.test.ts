import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { parquetMetadata, parquetReadObjects } from 'hyparquet/src/index.js';
import { describe, expect, it } from 'vitest';
import type { Codebook } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { labelOf, listOf, number, recordOf, text, whole, yesNo } from './columns.ts';
import type { Arg, DatasetAnnotation, DatasetDocument } from './document.ts';
import { huggingface } from './huggingface.ts';
import { datasetColumns } from './huggingface-columns.ts';
import type { Chunk } from './ledger.ts';
import { Ledger } from './ledger.ts';
import { ParquetTable } from './parquet.ts';
import { CaseInput, exported, hashOf, sourceOf } from './testing/case.ts';
import { annotation, project, sourceFrom as sourceWith } from './testing/project.ts';
import { sourceOfWhole, wholeDataset } from './testing/round-trip.ts';
import { someProject } from './testing/whole-project.ts';
import { yamlText } from './yaml-text.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const newHash = () => hashOf(createHash('sha256'));
const seeds = () =>
  sourceOf(
    CaseInput.parse(JSON.parse(readFileSync(join(root, 'core/formats/baselines/seeds/input.json'), 'utf8'))),
    (file) => readFileSync(join(root, file), 'utf8'),
    newHash,
  );

interface LabelFeature {
  readonly names?: readonly string[];
  readonly feature?: Feature;
}
type Feature = LabelFeature | { readonly [name: string]: Feature };
type Row = Record<string, unknown>;

/** The rows of Parquet files as `datasets` would give them with labels turned into their names, by the features in the file. */
async function rowsOf(bytes: ReadonlyMap<string, Uint8Array>, folder: string): Promise<Row[]> {
  const paths = [...bytes.keys()].filter((path) => path.startsWith(`${folder}/`)).sort();
  const parts = paths.map(async (path) => {
    const file = Uint8Array.from(bytes.get(path) as Uint8Array).buffer;
    const kept = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === 'huggingface')?.value ?? '';
    const { features } = (JSON.parse(kept) as { info: { features: Feature } }).info;
    return (await parquetReadObjects({ file })).map((row) => named(row, features) as Row);
  });
  return (await Promise.all(parts)).flat();
}

function named(value: unknown, feature: Feature): unknown {
  if (value === null || value === undefined) return null;
  const { names, feature: of } = feature as LabelFeature;
  if (Array.isArray(names)) return names[Number(value)];
  if (Array.isArray(value)) return value.map((item) => named(item, of as Feature));
  if (typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, named(item, (feature as Record<string, Feature>)[key] as Feature)]),
  );
}

/** `record` without what is missing, as the other side has it. */
const said = (record: unknown): unknown => {
  if (Array.isArray(record)) return record.map(said);
  if (typeof record !== 'object' || record === null) return record;
  return Object.fromEntries(
    Object.entries(record)
      .filter(([, value]) => value !== null && value !== undefined)
      .map(([name, value]) => [name, said(value)]),
  );
};

// What a row says, as the document that it was made of.
function documentFrom(row: Row, codebook: Codebook): unknown {
  const provenance = (one: Row) => ({
    ...(one['rule'] ? { rule: { id: one['rule'], version: one['rule_version'] } } : {}),
    ...(one['import_format'] ? { imported_from: { format: one['import_format'], file: one['import_file'] } } : {}),
  });
  const flat = ['rule', 'rule_version', 'import_format', 'import_file'];
  const without = (one: Row, ...names: string[]) =>
    Object.fromEntries(Object.entries(one).filter(([name]) => ![...flat, ...names].includes(name)));
  const { layers } = datasetColumns(codebook);
  const tagged = codebook.layers.flatMap(({ id, roles }) =>
    (row[layers.get(id)?.column ?? ''] as Row[]).map((one) => ({
      ...without(one, 'roles'),
      ...provenance(one),
      layer: id,
      attributes: one['attributes'] ?? {},
      args: roles.flatMap(({ name }): Arg[] =>
        ((one['roles'] as Record<string, Row[]>)[name] as Row[]).map(({ kind, id: target, entity_id }) => {
          if (kind === 'author') return { role: name, author: true };
          return kind === 'entity' ? { role: name, entity: String(entity_id) } : { role: name, annotation: String(target) };
        }),
      ),
    })),
  );
  const mentions = (row['mentions'] as Row[]).map(({ id, annotator, status, start, end, text, entity_id }) => ({
    ...{ id, annotator, status, layer: 'mention', spans: [{ start, end, text }], args: [] },
    attributes: entity_id ? { entity_id } : {},
  }));
  const rejected = (row['rejected'] as Row[]).map(({ decided, ...one }) => ({
    ...without(one),
    ...provenance(one),
    ...{ status: 'rejected', attributes: {}, args: [], origin: 'model', created: decided, modified: decided, note: '' },
  }));
  const relations = (row['relations'] as Row[]).map((one) => ({
    ...without(one),
    ...provenance(one),
    attributes: one['attributes'] ?? {},
  }));
  return said({ annotations: byId([...tagged, ...mentions, ...rejected] as Row[]), relations: byId(relations as Row[]) });
}

const byId = <T extends { readonly id?: unknown }>(list: readonly T[]) => [...list].sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
const inRoleOrder =
  ({ layers }: Codebook) =>
  (one: DatasetAnnotation): DatasetAnnotation => ({
    ...one,
    args: (layers.find(({ id }) => id === one.layer)?.roles ?? []).flatMap(({ name }) => one.args.filter(({ role }) => role === name)),
  });

describe('Hugging Face', () => {
  it('X64 every annotation, mention, relation, rejection and entity stands in the Parquet files with all its values, labels by name', async () => {
    await fc.assert(
      fc.asyncProperty(someProject, async (whole) => {
        const source = sourceOfWhole(whole);
        const { bytes, outcome } = await exported(huggingface, source);
        const dataset = await wholeDataset(source);
        expect(outcome.losses).toEqual([]);
        const rows = await rowsOf(bytes, 'data');
        expect(rows.map(({ doc_id }) => doc_id)).toEqual(dataset.documents.map(({ doc_id }) => doc_id));
        for (const [index, { annotations, relations, metadata, ...document }] of dataset.documents.entries()) {
          const row = rows[index] as Row;
          const expected = { annotations: byId(annotations.map(inRoleOrder(source.codebook))), relations: byId(relations) };
          expect(documentFrom(row, source.codebook)).toEqual(said(expected));
          const { schema: _, offset_unit: __, ...facts } = { ...document, ...metadata };
          expect(said(row)).toMatchObject(said({ ...facts, split: undefined }) as DatasetDocument);
        }
        expect(said(await rowsOf(bytes, 'entities'))).toEqual(said(dataset.entities));
        expect(await rowsOf(bytes, 'annotators')).toEqual(dataset.annotators);
        const links = await rowsOf(bytes, 'relations');
        expect(links.map(({ id, from_annotation, to_doc }) => [id, from_annotation, to_doc])).toEqual(
          dataset.links.map(({ id, from, to }) => [id, from.annotation, to.doc_id]),
        );
      }),
      { numRuns: 15 },
    );
  });

  it('X64 a role names the words, the entity and its canonical name beside the ids', async () => {
    const { bytes } = await exported(huggingface, seeds());
    const [row] = (await rowsOf(bytes, 'data')) as [Row];
    const quote = (row['QUOTE'] as Row[]).find(({ spans }) => (spans as Row[]).length === 2);
    expect(quote).toMatchObject({
      status: 'final',
      attributes: { type: 'direct', speaker_form: 'pronoun' },
      roles: { speaker: [{ kind: 'mention', text: 'he', entity: 'Volodymyr Zelensky' }], cue: [{ text: 'said' }], addressee: [] },
    });
  });

  it('X65 each split has its files, and a document in none stands apart; without splits all is in train', async () => {
    const source = seeds();
    const ids: string[] = [];
    for await (const { article } of source.articles()) ids.push(article.meta.id);
    const assignments = new Map(
      ids.slice(1).map((id, index) => [id, { group: `g${index}`, split: index === 0 ? ('test' as const) : ('train' as const) }]),
    );
    const { bytes, files } = await exported(huggingface, { ...source, splits: { method: {}, assignments } });
    expect([...bytes.keys()].filter((path) => path.startsWith('data/')).sort()).toEqual([
      'data/test-00000.parquet',
      'data/train-00000.parquet',
      'data/unassigned-00000.parquet',
    ]);
    const apart = async (split: string) =>
      (await rowsOf(new Map([['x/0', bytes.get(`data/${split}-00000.parquet`) as Uint8Array]]), 'x')).map(({ doc_id, group_id }) => [
        doc_id,
        group_id,
      ]);
    expect([await apart('unassigned'), await apart('test'), (await apart('train')).length]).toEqual([
      [[ids[0], null]],
      [[ids[1], 'g0']],
      3,
    ]);
    expect(files.get('README.md')).toContain(
      '  - split: train\n    path: "data/train-*.parquet"\n  - split: test\n    path: "data/test-*.parquet"\n  - split: unassigned\n',
    );
    expect((await exported(huggingface, seeds())).bytes.has('data/train-00000.parquet')).toBe(true);
  });

  it('X66 rows are written in groups, groups in files, so that neither grows with the dataset', async () => {
    const columns = recordOf({ id: whole, words: listOf(text), kind: labelOf(['a', 'true']) });
    const table = new ParquetTable(
      columns,
      new Ledger(newHash),
      (index) => `t/${index}`,
      { huggingface: '{}' },
      { weight: 10, rows: 3, groups: 2 },
    );
    const chunks: Chunk[] = [];
    for (let id = 0; id < 17; id++)
      chunks.push(...table.add({ id, words: [`💪${id}`], kind: id % 2 === 0 ? 'a' : 'true' }, id === 4 ? 100 : 1));
    chunks.push(...table.end());
    const parts = Map.groupBy(chunks, ({ path }) => path);
    const read = [...parts].map(async ([, pieces]) => {
      const file = Uint8Array.from(Buffer.concat(pieces.map(({ content }) => content as Uint8Array))).buffer;
      const groups = parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows));
      return { groups, rows: await parquetReadObjects({ file }) };
    });
    const found = await Promise.all(read);
    expect([...parts.keys()]).toEqual(['t/0', 't/1', 't/2']);
    expect(found.map(({ groups }) => groups)).toEqual([
      [3, 2],
      [3, 3],
      [3, 3],
    ]);
    expect(found.flatMap(({ rows }) => rows).map(({ id, words, kind }) => [id, words, kind])).toEqual(
      Array.from({ length: 17 }, (_, id) => [id, [`💪${id}`], BigInt(id % 2)]),
    );
    expect(chunks.map(({ rows }) => rows).reduce((sum, rows) => sum + rows, 0)).toBe(17);
    expect([...parts.values()].every((pieces) => pieces.at(-1)?.ends)).toBe(true);
  });

  it('C37 columns without a value, which are alike or differ in type, depth or where lists are empty, are read as they were given', async () => {
    const inner = { text, whole, number, yesNo, label: labelOf(['a']), list: listOf(text), others: listOf(whole), of: recordOf({ yesNo }) };
    const columns = recordOf({
      id: whole,
      ...inner,
      record: recordOf(inner),
      records: listOf(recordOf(inner)),
      lists: listOf(listOf(text)),
      gone: recordOf({ of: recordOf({ text }) }),
      never: listOf(text),
    });
    const nothing = {
      ...{ text: null, whole: null, number: null, yesNo: null, label: null },
      list: null,
      others: null,
      of: { yesNo: null },
    };
    const some = { ...nothing, list: [], of: null };
    const rows = Array.from({ length: 40 }, (_, index) => ({
      id: index % 30,
      ...nothing,
      list: index % 3 === 0 ? [] : null,
      record: index % 4 === 0 ? some : null,
      records: index % 5 === 0 ? [some, nothing] : [],
      lists: index % 7 === 0 ? [[], []] : [[]],
      never: null,
      gone: null,
    }));
    const table = new ParquetTable(columns, new Ledger(newHash), () => 't', {});
    const chunks = [...rows.flatMap((row) => [...table.add(row, 1)]), ...table.end()];
    const file = Uint8Array.from(Buffer.concat(chunks.map(({ content }) => content))).buffer;
    // The reader says undefined of some of what is missing.
    const read = JSON.stringify(await parquetReadObjects({ file }), (_, value: unknown) => value ?? null);
    expect(JSON.parse(read)).toEqual(rows);
    const { schema, row_groups } = parquetMetadata(file);
    expect(row_groups[0]?.columns.map(({ meta_data }) => meta_data?.type)).toEqual(schema.flatMap(({ type }) => type ?? []));
  });

  it('X67 the head of the card is YAML in which no name is taken for a yes, a number, a date or a comment', () => {
    const odd = ['no', 'Yes', 'null', '1', '2026-01-01', 'a: b', '# x', '', 'é', '\u0085\u2028\ufeff\u007f', '💪"\\\n', '-', 'a-b'];
    expect(
      yamlText(
        { name: 'plain', odd, on: { '0': 'off', ok: true, none: [], deep: [{ a: 'x', b: ['y'] }] }, rows: [{ a: ['no', { b: 1 }] }] },
        'rows',
      ),
    ).toBe(
      [
        'name: plain',
        'odd:',
        '- "no"',
        '- "Yes"',
        '- "null"',
        '- "1"',
        '- "2026-01-01"',
        '- "a: b"',
        '- "# x"',
        '- ""',
        '- "é"',
        '- "\\u0085\\u2028\\ufeff\\u007f"',
        '- "💪\\"\\\\\\n"',
        '- "-"',
        '- a-b',
        '"on":',
        '  "0": "off"',
        '  ok: true',
        '  none: []',
        '  deep:',
        '  - a: x',
        '    b:',
        '    - "y"',
        'rows:',
        '- {a: ["no", {b: 1}]}',
        '',
      ].join('\n'),
    );
  });

  it('X68 text that is left out is missing, not empty, and what has no record has no configuration', async () => {
    const given = project('Words.', { annotations: [annotation('a', 'Words.', [{ start: 0, end: 5 }], { note: '' })] });
    const { bytes, files } = await exported(huggingface, { ...sourceWith(given, newHash), withText: false });
    const [row] = await rowsOf(bytes, 'data');
    expect(row).toMatchObject({ text: null, length: 6, QUOTE: [{ spans: [{ start: 0, end: 5, text: null }], note: '' }] });
    expect((files.get('README.md') ?? '').match(/config_name: \w+/g)?.slice(0, 2)).toEqual([
      'config_name: documents',
      'config_name: annotators',
    ]);
    expect([...bytes.keys()].filter((path) => path.endsWith('.parquet'))).toEqual([
      'data/train-00000.parquet',
      'annotators/train-00000.parquet',
    ]);
  });

  it('X69 layers and attributes keep their names, but where another has it, letter case aside', async () => {
    const codebook: Codebook = structuredClone(defaultCodebook);
    const [layer] = codebook.layers as [Codebook['layers'][number]];
    const more = (name: string) => ({ name, title: name, type: 'text' as const, required: false, default: null, help: '' });
    layer.attributes.push(more('Type'), more('constructor'));
    codebook.layers.push({ ...layer, id: 'Text', attributes: [], roles: [] }, { ...layer, id: 'quote', attributes: [] });
    const annotations = [
      annotation('a', 'Words.', [{ start: 0, end: 5 }], { attributes: { type: 'direct', Type: 'T', constructor: 'C' } }),
      annotation('b', 'Words.', [{ start: 0, end: 5 }], { layer: 'Text', attributes: {} }),
      annotation('c', 'Words.', [{ start: 0, end: 5 }], { layer: 'quote', attributes: {} }),
    ];
    const { bytes, outcome } = await exported(huggingface, sourceWith(project('Words.', { annotations }, { codebook }), newHash));
    const [row] = await rowsOf(bytes, 'data');
    expect(outcome.losses).toEqual([]);
    expect(row).toMatchObject({
      text: 'Words.',
      QUOTE: [{ id: 'a', attributes: { type: 'direct', Type_2: 'T', constructor: 'C' } }],
      Text_2: [{ id: 'b' }],
      quote_2: [{ id: 'c' }],
    });
  });
});
