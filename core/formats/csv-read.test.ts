import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from './csv.ts';
import { isCsv, readCsv } from './csv-read.ts';
import { delimitedRecords } from './delimited-text.ts';
import type { Foreign, GivenFile } from './foreign.ts';
import { character } from './testing/project.ts';
import { type Lose, roundTrip } from './testing/round-trip.ts';

const golden = join(dirname(fileURLToPath(import.meta.url)), 'baselines/sample/csv');
const sample = readdirSync(golden).map((path): GivenFile => ({ path, bytes: readFileSync(join(golden, path)) }));
const given = (...names: readonly string[]) => sample.filter(({ path }) => names.includes(path));
const file = (path: string, content: string): GivenFile => ({ path, bytes: new TextEncoder().encode(content) });
const textOf = (path: string) => new TextDecoder().decode(sample.find((one) => one.path === path)?.bytes);

const empty = 'empty texts of attributes, which CSV cannot tell from missing ones';
function withoutEmptyTexts<R extends { readonly attributes: object }>(record: R, lose: Lose): R {
  const kept = Object.entries(record.attributes).filter(([, value]) => value !== '');
  lose(empty, Object.keys(record.attributes).length - kept.length);
  return { ...record, attributes: Object.fromEntries(kept) };
}
const carried = (all: Foreign, lose: Lose): Foreign => ({
  ...all,
  documents: all.documents.map((document) => ({
    ...document,
    annotations: document.annotations.map((one) => withoutEmptyTexts(one, lose)),
    relations: document.relations.map((one) => withoutEmptyTexts(one, lose)),
  })),
  links: all.links.map((link) => withoutEmptyTexts(link, lose)),
});

roundTrip(csv, { rule: 'X182', carried });

describe('reading the CSV tables', () => {
  it('X182 the variants for spreadsheets, as a spreadsheet saves them, give the same', () => {
    const { documents } = readCsv(sample);
    const saved = sample
      .filter(({ path }) => path.endsWith('.excel.csv') || path.endsWith('.json'))
      .map(({ path, bytes }) => {
        if (path.endsWith('.json')) return { path, bytes };
        const { records } = delimitedRecords(new TextDecoder('utf-8').decode(bytes), ',');
        return file(path, records.map(({ cells }) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(';')).join('\n'));
      });
    const again = readCsv(saved);
    expect(again.problems).toEqual([]);
    const plain = (list: Foreign['documents']) =>
      list.map(({ file: _, line: __, ...document }) => ({
        ...document,
        annotations: document.annotations.map(({ line: ___, ...one }) => one),
      }));
    expect(plain(again.documents)).toEqual(plain(documents));
    expect(again.entities).toEqual(readCsv(sample).entities);
  });

  it('X182 without datapackage.json the columns that no table has by itself are attributes, and without texts documents go by their ids', () => {
    const { documents, problems } = readCsv(given('annotations.csv', 'mentions.csv', 'roles.csv'));
    expect(problems).toEqual([]);
    expect(documents).toMatchObject([{ text: null, unit: null }]);
    expect(readCsv(given('annotations.csv', 'datapackage.json')).documents).toMatchObject([{ unit: 'unicode_code_point' }]);
    const fact = documents[0]?.annotations.find(({ layer }) => layer === 'FACT');
    expect(fact?.attributes).toMatchObject({ claim_type: 'numerical' });
    expect(documents[0]?.annotations.find(({ spans }) => spans.length === 2)?.args.length).toBe(2);
  });

  it('X182 such tables are known by their names or their head, and other tables are not', () => {
    expect(
      isCsv(
        sample.map(({ path }) => path),
        '# Title',
      ),
    ).toBe(true);
    expect(isCsv(['x.csv'], textOf('annotations.csv'))).toBe(true);
    const made = 'doc_id;"annotation_id";start;end;layer;polarity\nd;a;0;5;STANCE;favor\nd;a;7;9;STANCE;favor\n';
    expect(isCsv(['stances.csv'], made)).toBe(true);
    expect(readCsv([file('stances.csv', made)]).documents[0]?.annotations).toMatchObject([
      {
        id: 'a',
        layer: 'STANCE',
        attributes: { polarity: 'favor' },
        spans: [{ start: 0, end: 5, text: null }, { start: 7 }],
        annotator: null,
      },
    ]);
    expect(isCsv(['articles.csv'], 'title,text,date\r\n')).toBe(false);
  });

  const head = 'annotation_id,fragment,doc_id,layer,start,end,text,annotator';
  const faults: readonly (readonly [string, readonly GivenFile[], object])[] = [
    [
      'a cell that is no number',
      [file('annotations.csv', `${head}\r\na,0,d,QUOTE,"0\n",5,x,anna\r\n`)],
      { line: 2, message: expect.stringContaining('start: “0 ”') },
    ],
    ['a turned span', [file('annotations.csv', `${head}\na,0,d,QUOTE,5,2,x,anna\n`)], { message: expect.stringContaining('ends at 2') }],
    [
      'an empty cell',
      [file('annotations.csv', `${head}\n"a","0","d","","0","5","two\nlines",\nb,0,,QUOTE,0,5,x,`)],
      { line: 2, message: 'The column layer is empty here.' },
    ],
    [
      'a row too long',
      [file('annotations.csv', `${head}\n\na,0,d,QUOTE,0,5,x,anna,more\n`)],
      { line: 3, message: expect.stringContaining('9 cells') },
    ],
    [
      'an open quote',
      [file('annotations.csv', `${head}\na,0,d,QUOTE,0,5,"x,anna\n`)],
      { line: 2, message: expect.stringContaining('not closed') },
    ],
    [
      'a stray quote',
      [file('annotations.csv', `${head}\na,0,d,QUOTE,0,5,"x"y,anna\n`)],
      { line: 2, message: expect.stringContaining('follows the closing quote') },
    ],
    ['two columns of a name', [file('entities.csv', 'entity_id,type,type\n')], { line: 1, message: expect.stringContaining('“type”') }],
    [
      'an unknown status',
      [file('mentions.csv', 'mention_id,doc_id,start,end,status\nm,d,0,1,odd\n')],
      { message: expect.stringContaining('“odd” is not one of draft') },
    ],
    [
      'a list that is none',
      [file('entities.csv', 'entity_id,type,canonical,aliases\ne,PERSON,E,Ana; Ruiz\n')],
      { message: expect.stringContaining('not a list in JSON') },
    ],
    [
      'a role of nothing',
      given('roles.csv', 'mentions.csv'),
      { file: 'roles.csv', line: 2, message: expect.stringContaining('There is no annotation') },
    ],
    ['an empty file', [file('annotations.csv', '')], { code: 'empty' }],
    ['another encoding', [{ path: 'annotations.csv', bytes: Uint8Array.of(0x61, 0xe9) }], { code: 'encoding' }],
  ];
  it.each(faults)('X183 %s is told with its line and place, and nothing is taken', (_, files, problem) => {
    const found = readCsv(files);
    expect(found.problems[0]).toMatchObject({ next: expect.stringMatching(/\.$/), ...problem });
    expect([...found.documents, ...found.entities]).toEqual([]);
  });

  it('X183 whatever the cells hold, reading answers and never throws', () => {
    const cell = fc.oneof(
      fc.string({ unit: character, maxLength: 5 }),
      fc.constantFrom('0', '1', 'd', 'a', '"', '[]', '[{}]', '{"a":', '__proto__', '\r\n', '1e400'),
    );
    const columns = [
      'annotation_id',
      'mention_id',
      'fragment',
      'doc_id',
      'start',
      'end',
      'layer',
      'role',
      'target_kind',
      '__proto__',
      'aliases',
      'origin',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom('annotations', 'roles', 'mentions', 'entities', 'documents'),
        fc.array(cell, { maxLength: 24 }),
        (name, cells) => {
          const rows = [0, 12].map((from) => cells.slice(from, from + 12).join(','));
          const { problems } = readCsv([file(`${name}.csv`, [columns.join(','), ...rows].join('\n'))]);
          for (const { message, next } of problems) expect(message && next).toBeTruthy();
        },
      ),
      { numRuns: 100 },
    );
  });
});
