import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../../core/failure.ts';
import { FormatName } from '../../../core/formats/export-request.ts';
import type { Foreign, GivenFile } from '../../../core/formats/foreign.ts';
import { formats } from '../../../core/formats/index.ts';
import { emptyMemory, importInto } from '../../../core/formats/testing/into-memory.ts';
import { ImportProblem, inShort, messageLimit } from '../../../core/import/draft.ts';
import { recognise } from '../../import/datasets.ts';
import type { Random } from '../random.ts';
import { scraps, spoiltJson, spoiltText } from './mutation.ts';
import type { Parser } from './run.ts';

const baselines = resolve(import.meta.dirname, '../../../core/formats/baselines/sample');

/** The golden export of the sample in `format`, without files that no reader reads. */
function goldenFiles(format: string): GivenFile[] {
  const folder = join(baselines, format);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/README\.md|\.excel\.csv|TypeSystem|datapackage|schema\.json$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(folder.length + 1).replaceAll('\\', '/'), bytes: new Uint8Array(readFileSync(path)) }));
}

/** Expects problems in words. @throws Error for any other */
export function expectWords(problems: readonly ImportProblem[]): void {
  for (const problem of problems) {
    const { message, next, file } = ImportProblem.parse(problem);
    if (!/\p{L}.*[.!?…]$/su.test(message) || !/\p{L}.*\.$/su.test(next) || file === '')
      throw new Error(`no problem in words: ${JSON.stringify(problem)}`);
    if (message.length > messageLimit || !message.isWellFormed()) throw new Error(`too long, or no text: ${JSON.stringify(problem)}`);
  }
}

const spoil = (bytes: Uint8Array, random: Random) => (bytes[0] === 0x7b || bytes[0] === 0x5b ? spoiltJson : spoiltText)(bytes, random);

// A file in which anything is wrong must give nothing.
function expectWhole({ documents, problems }: Foreign): void {
  const bad = new Set(problems.map(({ file }) => file));
  const half = documents.find(({ file }) => bad.has(file));
  if (half) throw new Error(`${half.file} has a problem and was taken all the same`);
}

// Small seeds, so that they are spoilt in many ways rather than read for long.
function seedsOf(format: string): GivenFile[][] {
  const whole = goldenFiles(format).filter(({ path }) => path !== 'manifest.json');
  if (format === 'cas') return whole.map((file) => [file]);
  if (format === 'conll') return [/rich\//, /QUOTE\/|\/STANCE\//].map((kept) => whole.filter(({ path }) => kept.test(path)));
  return [whole];
}

/** The reader of each format that annotations can be imported from, and what follows it: what a project would import of it. */
export const datasetParsers: readonly Parser[] = formats.flatMap(({ name, read }): Parser[] => {
  if (!read) return [];
  const seeds = seedsOf(name);
  let turn = 0;
  return [
    {
      name: `dataset ${name}`,
      seeds,
      spoil,
      read(files) {
        const foreign = read(files);
        expectWords(foreign.problems.map(inShort));
        expectWhole(foreign);
        // The import is planned only for some, because that takes longer than reading.
        if (turn++ % 40 === 0) expectWords(importInto(emptyMemory, foreign).plan.problems.map(inShort));
        return foreign.problems.length === 0;
      },
    },
  ];
});

/** Recognises the format of files given together. */
export const recogniser: Parser = {
  name: 'format of a dataset',
  seeds: formats.flatMap(({ name, read }) => (read ? [goldenFiles(name)] : [])),
  spoil: (bytes, random) => (random() < 0.01 ? new TextEncoder().encode(scraps.join('\n')) : spoil(bytes, random)),
  read(files) {
    try {
      const format = recognise(files);
      return format !== null && FormatName.options.includes(format);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return false;
    }
  },
};
