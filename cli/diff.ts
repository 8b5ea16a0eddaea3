import { basename } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../core/failure.ts';
import { type DatasetDiff, type DiffedRecord, diffDatasets, isSame, type SortDiff, withoutProvenance } from '../core/formats/diff.ts';
import type { Foreign } from '../core/formats/foreign.ts';
import { problemInWords } from '../core/import/draft.ts';
import { readDatasetFiles } from '../host/import/datasets.ts';
import { createReader, type Reader } from '../host/import/reader.ts';
import { findDatasets } from './import-datasets.ts';
import { count, shown } from './terminal.ts';

// How many lines of each list are printed in words; --json prints all.
const mostLines = 20;

/** Adds `pressmark diff`. */
export function addDiff(program: Command): void {
  program
    .command('diff')
    .summary('compare two releases of a dataset')
    .description(
      'Says what was added, removed and changed from one dataset to another, by layer. Both are exports in jsonl, folders or archives. The exit code is 0 whether they differ or not.',
    )
    .argument('<old>', 'the folder or .zip of the earlier dataset')
    .argument('<new>', 'the folder or .zip of the later one')
    .option('--ignore-provenance', 'leave out who made each record and where it came from, which an import changes everywhere')
    .option('--json', 'print everything as one JSON object')
    .addHelpText('after', '\nExample:\n  $ pressmark diff summit-1.0 summit-1.1.zip\n')
    .action(async (before: string, after: string, { json, ignoreProvenance = false }: { json?: boolean; ignoreProvenance?: boolean }) => {
      const reader = createReader();
      try {
        const all = diffDatasets(await datasetAt(before, reader), await datasetAt(after, reader));
        const diff = ignoreProvenance ? withoutProvenance(all) : all;
        if (json) console.log(JSON.stringify(diff, null, 2));
        else for (const line of diffInWords(diff)) console.log(shown(line));
      } finally {
        await reader.close();
      }
    });
}

async function datasetAt(path: string, reader: Reader): Promise<Foreign> {
  const { datasets } = await findDatasets([path], null, reader);
  const [found] = datasets;
  if (found?.format !== 'jsonl') {
    const what = found ? `a dataset in ${found.format}` : 'not a dataset';
    throw new AppError(
      'unsupported',
      `${path} is ${what}; only jsonl keeps everything that is compared.`,
      'Export it with --format jsonl, and compare that.',
    );
  }
  const { foreign } = await readDatasetFiles(reader, found.files, found.format);
  const [problem] = foreign.problems;
  if (problem) throw new AppError('corrupt', `${basename(path)}: ${problemInWords(problem)}`, problem.next);
  return foreign;
}

/** The differences, in lines for a person. */
export function diffInWords(diff: DatasetDiff): string[] {
  if (isSame(diff)) return ['The datasets are the same.'];
  const { documents, layers, relations, links, entities, annotators } = diff;
  const sorts: [string, SortDiff][] = [
    ['documents', documents],
    ...Object.entries(layers),
    ['relations', relations],
    ['relations across documents', links],
    ['entities', entities],
    ['annotators', annotators],
  ];
  return sorts.flatMap(([name, sort]) => sortInWords(name, sort));
}

function sortInWords(name: string, { added, removed, changed }: SortDiff): string[] {
  if (added.length + removed.length + changed.length === 0) return [];
  const fields = new Map<string, number>();
  for (const { changes } of changed) for (const { field } of changes) fields.set(field, (fields.get(field) ?? 0) + 1);
  const which = [...fields].map(([field, times]) => `${field} ${times}`).join(', ');
  return [
    `${name}: ${added.length} added, ${removed.length} removed, ${changed.length} changed${which ? ` (${which})` : ''}`,
    ...listed(added, (record) => `  + ${inWords(record)}`),
    ...listed(removed, (record) => `  - ${inWords(record)}`),
    ...listed(changed, ({ changes, ...record }) => {
      const each = changes.map(({ field, before, after }) => `${field} ${value(before)} → ${value(after)}`);
      return `  ~ ${inWords(record)}: ${each.join('; ')}`;
    }),
  ];
}

function listed<T>(records: readonly T[], line: (record: T) => string): string[] {
  const lines = records.slice(0, mostLines).map(line);
  return records.length > mostLines
    ? [...lines, `    … and ${count(records.length - mostLines, 'more', 'more')}; --json lists all`]
    : lines;
}

const inWords = ({ id, doc_id, words }: DiffedRecord) =>
  `${id}${doc_id === null || doc_id === id ? '' : ` in ${doc_id}`} “${short(words)}”`;
const value = (given: unknown) => (given === null ? 'none' : short(typeof given === 'string' ? given : JSON.stringify(given)));
const short = (text: string) => {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59).toWellFormed()}…` : line;
};
