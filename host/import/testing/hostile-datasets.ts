import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import type { FormatName } from '../../../core/formats/export-request.ts';
import type { GivenFile } from '../../../core/formats/foreign.ts';
import type { ImportProblem } from '../../../core/import/draft.ts';

/** Files of a dataset that must be refused, in `format`, with the expected code of each problem in order. */
export interface HostileDataset {
  readonly what: string;
  readonly format: FormatName;
  readonly files: readonly GivenFile[];
  readonly codes: readonly ImportProblem['code'][];
}

const golden = resolve(import.meta.dirname, '../../../core/formats/baselines/sample');
const file = (path: string, content: string | Uint8Array): GivenFile => ({
  path,
  bytes: typeof content === 'string' ? strToU8(content) : content,
});
const text = (format: string, path: string) => readFileSync(join(golden, format, path), 'utf8');
const latin = (content: string) => Uint8Array.from(Buffer.from(content, 'latin1'));
const swapped = (content: string, from: string, to: string): string => {
  if (!content.includes(from)) throw new RangeError(`the sample lacks ${from}`);
  return content.replace(from, () => to);
};

const lines = text('jsonl', 'documents.jsonl');
const proto = '"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},';
const deep = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;

const table = (name: string) => text('csv', `${name}.csv`);

// All tables, because they are accepted or refused together.
const tables = (name: string, change: string | Uint8Array) =>
  ['documents', 'annotations', 'roles', 'mentions', 'entities', 'annotators'].map((one) =>
    file(`${one}.csv`, one === name ? change : table(one)),
  );

const rich = text('conll', 'rich/anna/sample-55f67f1b.tsv');
const bio = text('conll', 'layers/anna/QUOTE/all.conll');
const ann = text('brat', 'anna/sample-55f67f1b.ann');
const words = text('brat', 'anna/sample-55f67f1b.txt');
const brat = (annotations: string | Uint8Array) => [file('a.txt', words), file('a.ann', annotations)];
const xmi = text('cas', 'sample-55f67f1b/anna.xmi');
const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const tasks = text('label-studio', 'tasks.json');
const lists = text('doccano', 'annotators/anna.jsonl');
const page = text('web-annotation', 'pages/sample-55f67f1b.jsonld');

const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY l${n + 1} "${`&l${n};`.repeat(10)}">`).join('');

/** Datasets made to do harm or to confuse: at least one for every format that is read, and for every place where a file can be wrong. */
export const hostileDatasets = (): readonly HostileDataset[] => [
  ...(
    [
      ['lines in windows-1252', latin('{"schema":"qds/1.0","text":"M\xfcnchen"}\n'), 'encoding'],
      ['lines that are cut off', lines.slice(0, 400), 'damaged'],
      ['lines nested 65 deep', swapped(lines, '"attributes":{', `"attributes":{"x":${deep(65)},`), 'unsafe'],
      ['lines nested a million deep', swapped(lines, '"attributes":{', `"attributes":{"x":${deep(1_000_000)},`), 'unsafe'],
      ['lines with keys that objects share', swapped(lines, '"layer":"QUOTE"', `${proto}"layer":"QUOTE"`), 'unsafe'],
      ['lines of a future schema', swapped(lines, 'qds/1.0', 'qds/9.0'), 'unsupported'],
      ['lines with a span beyond the text', swapped(lines, '"start":1,"end":26', '"start":1,"end":9007199254740993'), 'damaged'],
      ['lines with a span before the text', swapped(lines, '"start":1,', '"start":-1,'), 'damaged'],
      ['lines with a span of other words', swapped(lines, '"start":1,"end":26', '"start":2,"end":27'), 'offsets'],
      ['lines with an id twice', swapped(lines, '"id":"q2"', '"id":"q1"'), 'damaged'],
      [
        'lines with a role of an annotation that is not there',
        swapped(lines, '"role":"speaker","annotation":"', '"role":"speaker","annotation":"\\u202e<img src=x>'),
        'damaged',
      ],
      [
        'lines with a name of 100,000 letters',
        swapped(lines, '"role":"speaker","annotation":"', `"role":"speaker","annotation":"${'x'.repeat(100_000)}`),
        'damaged',
      ],
    ] as const
  ).map(
    ([what, documents, code]): HostileDataset => ({ what, format: 'jsonl', files: [file('documents.jsonl', documents)], codes: [code] }),
  ),
  ...(
    [
      ['annotations with an open quotation mark', 'annotations', `${table('annotations')}"q9,`, 'damaged'],
      ['mentions with a cell too many', 'mentions', `${table('mentions').trimEnd()},x\r\n`, 'damaged'],
      ['entities in windows-1252', 'entities', latin(`${table('entities')}M\xfcnchen`), 'encoding'],
      ['annotators with a column twice', 'annotators', swapped(table('annotators'), 'name', 'id'), 'damaged'],
      ['roles without their columns', 'roles', 'a,b\r\n1,2\r\n', 'damaged'],
    ] as const
  ).map(([what, name, change, code]): HostileDataset => ({ what, format: 'csv', files: tables(name, change), codes: [code] })),
  { what: 'columns in windows-1252', format: 'conll', files: [file('a.conll', latin('M\xfcnchen B-LOC\n'))], codes: ['encoding'] },
  {
    what: 'columns with a tag of no kind',
    format: 'conll',
    files: [file('a.conll', swapped(bio, 'B-QUOTE', 'QUOTE-'))],
    codes: ['damaged'],
  },
  {
    what: 'rich columns with a place that is none',
    format: 'conll',
    files: [file('a.tsv', swapped(rich, '\tWe\t1\t3', '\tWe\t3\t1'))],
    codes: ['damaged'],
  },
  {
    what: 'rich columns with words elsewhere',
    format: 'conll',
    files: [file('a.tsv', swapped(rich, '\tMonday\t', '\tTuesday\t'))],
    codes: ['damaged'],
  },
  { what: 'standoff without its text', format: 'brat', files: [file('a.ann', ann)], codes: ['damaged'] },
  { what: 'standoff beyond its text', format: 'brat', files: brat('T1\tQUOTE 1 99999\twill\n'), codes: ['offsets'] },
  { what: 'standoff turned round', format: 'brat', files: brat('T1\tQUOTE 9 3\twill\n'), codes: ['damaged'] },
  {
    what: 'standoff that points nowhere',
    format: 'brat',
    files: brat('T1\tQUOTE 1 8\tWe will\nR1\tby Arg1:T1 Arg2:T9\n'),
    codes: ['damaged'],
  },
  { what: 'standoff of an unknown sign', format: 'brat', files: brat('T1\tQUOTE 1 8\tWe will\n%9\t\n'), codes: ['damaged'] },
  { what: 'standoff of an endless line', format: 'brat', files: brat(`T1\tQUOTE ${'1 2;'.repeat(300_000)}\twill\n`), codes: ['damaged'] },
  ...(
    [
      ['a CAS that laughs a billion times', 'a.xmi', `${head}<!DOCTYPE x [<!ENTITY l0 "ha">${laughs}]><x>&l9;</x>`, 'unsafe'],
      [
        'a CAS with one entity used often',
        'a.xmi',
        `${head}<!DOCTYPE x [<!ENTITY a "${'a'.repeat(50_000)}">]><x>${'&a;'.repeat(50_000)}</x>`,
        'unsafe',
      ],
      ['a CAS that names a file', 'a.xmi', `${head}<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>`, 'unsafe'],
      ['a CAS that names an address', 'a.xmi', `${head}<!DOCTYPE x SYSTEM "http://127.0.0.1:1/x.dtd"><x/>`, 'unsafe'],
      ['a CAS of a million references', 'a.xmi', swapped(xmi, 'sofaString="', `sofaString="${'&#65;'.repeat(1_100_000)}`), 'too-large'],
      ['a CAS nested 200,000 deep', 'a.xmi', `${head}${'<a>'.repeat(200_000)}`, 'unsafe'],
      [
        'a CAS with 200,000 attributes',
        'a.xmi',
        `${head}<a ${Array.from({ length: 200_000 }, (_, n) => `a${n}="1"`).join(' ')}/>`,
        'unsafe',
      ],
      ['a CAS of broken XML', 'a.xmi', xmi.slice(0, 900), 'damaged'],
      ['a CAS in JSON nested a million deep', 'a.json', `{"%FEATURE_STRUCTURES":${deep(1_000_000)}}`, 'unsafe'],
    ] as const
  ).map(([what, path, content, code]): HostileDataset => ({ what, format: 'cas', files: [file(path, content)], codes: [code] })),
  { what: 'tasks that are cut off', format: 'label-studio', files: [file('tasks.json', tasks.slice(0, 700))], codes: ['damaged'] },
  {
    what: 'tasks nested 100 deep',
    format: 'label-studio',
    files: [file('tasks.json', `[{"data":{"text":"a"},"annotations":${deep(100)}}]`)],
    codes: ['unsafe'],
  },
  {
    what: 'tasks with a region of other words',
    format: 'label-studio',
    files: [file('tasks.json', swapped(tasks, '"text":"“We will', '"text":"“Who will'))],
    codes: ['offsets'],
  },
  { what: 'lists that are no JSON', format: 'doccano', files: [file('a.jsonl', `${lists}{`)], codes: ['damaged'] },
  {
    what: 'lists with a label beyond the text',
    format: 'doccano',
    files: [file('a.jsonl', '{"id":1,"text":"Words.","label":[[0,5,"QUOTE"],[3,99,"QUOTE"]]}\n')],
    codes: ['offsets'],
  },
  { what: 'a page that is no JSON', format: 'web-annotation', files: [file('a.jsonld', page.slice(0, 500))], codes: ['damaged'] },
  {
    what: 'a page nested 100 deep',
    format: 'web-annotation',
    files: [file('a.jsonld', `{"@context":"http://www.w3.org/ns/anno.jsonld","items":${deep(100)}}`)],
    codes: ['unsafe'],
  },
  {
    what: 'a packed dataset with a way out',
    format: 'jsonl',
    files: [file('a.zip', zipSync({ '../../documents.jsonl': strToU8(lines) }))],
    codes: ['unsafe'],
  },
  {
    what: 'a packed dataset that is a bomb',
    format: 'jsonl',
    files: [file('a.zip', zipSync({ 'documents.jsonl': new Uint8Array(3_000_000).fill(0x20) }))],
    codes: ['unsafe'],
  },
];
