import type { ImportFormat } from './draft.ts';

/** Each kind of file that articles are read from: what a person calls it, and the endings of its files in lower case. */
export const fileKinds: readonly { readonly format: ImportFormat; readonly title: string; readonly endings: readonly string[] }[] = [
  { format: 'text', title: 'plain text', endings: ['.txt', '.text'] },
  { format: 'html', title: 'web page', endings: ['.html', '.htm', '.xhtml'] },
  { format: 'docx', title: 'Word document', endings: ['.docx'] },
  { format: 'pdf', title: 'PDF document', endings: ['.pdf'] },
  { format: 'eml', title: 'e-mail', endings: ['.eml'] },
  { format: 'csv', title: 'table', endings: ['.csv', '.tsv'] },
  { format: 'jsonl', title: 'JSON lines', endings: ['.jsonl', '.ndjson'] },
  { format: 'zip', title: 'archive', endings: ['.zip'] },
];

/** The kind that the ending of `name` says; null for any other ending and none. */
export function formatOf(name: string): ImportFormat | null {
  const ending = /\.[^.]*$/.exec(name)?.[0].toLowerCase();
  return fileKinds.find(({ endings }) => ending !== undefined && endings.includes(ending))?.format ?? null;
}

/** All endings that can be imported, in words: ".txt, .html … and .zip". */
export function endingsInWords(): string {
  const all = fileKinds.flatMap(({ endings }) => endings);
  return `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** The endings of files that datasets are made of, besides those that articles are read from too. */
export const datasetEndings: readonly string[] = ['.ann', '.json', '.jsonld', '.xmi', '.xml', '.conll', '.conllu', '.iob', '.iob2', '.bio'];
const likely = new Set([...datasetEndings, '.jsonl', '.ndjson', '.csv', '.tsv', '.zip']);

/** Whether files of these names may be a dataset: there is something among them besides what only articles are read from. */
export function mayBeDataset(names: readonly string[]): boolean {
  return names.some((name) => likely.has(/\.[^./]*$/.exec(name)?.[0].toLowerCase() ?? ''));
}
