import type { ArticleDraft, ImportFormat, ImportProblem, ReadingOptions } from '../../core/import/draft.ts';
import { lineLimit } from '../../core/model/article.ts';
import type { ArchivedFile } from './archive.ts';
import { notAsNamed } from './decode.ts';
import { FileRefusal, problemOf, tooLong } from './file-refusal.ts';
import { plainLine } from './plain-line.ts';

/** A file to read. `name` is the last part of its path. */
export interface ReadingTask {
  readonly name: string;
  readonly format: ImportFormat;
  readonly bytes: Uint8Array;
  readonly options: ReadingOptions;
}

/** What a file contains, or the problem because of which nothing of it is imported. `original` is null if it is the whole file. */
export interface Reading {
  readonly articles: readonly { readonly draft: ArticleDraft; readonly original: Uint8Array | null }[];
  /** The files of an archive, each of which is read separately. */
  readonly files: readonly ArchivedFile[];
  readonly problem: ImportProblem | null;
}

/** Reads a file of any kind. Never throws because of its content. It may run long and need much memory, so it belongs in a worker; see reader.ts. */
export async function readFile({ name, format, bytes, options }: ReadingTask): Promise<Reading> {
  try {
    if (format === 'zip') return { articles: [], files: await (await import('./archive.ts')).readArchive(bytes), problem: null };
    const aside = inEncodings.has(format) ? notAsNamed(bytes, options.encoding ?? null) : null;
    const found = await articlesIn(name, format, bytes, aside === null ? options : { ...options, encoding: 'utf-8' });
    for (const { draft } of found) expectLayable(draft);
    const articles = found.map(({ draft, original }) => ({ draft: withPlainNames(remarked(draft, aside)), original }));
    return { articles, files: [], problem: null };
  } catch (error) {
    if (error instanceof FileRefusal) return { articles: [], files: [], problem: problemOf(name, error) };
    // A stack overflow, or one of the many faults in a format that its reader does not know.
    const refusal = new FileRefusal('damaged', 'it could not be read to the end', 'Copy the text of the article and paste it instead.');
    return { articles: [], files: [], problem: problemOf(name, refusal) };
  }
}

// The kinds of file that can be read in an encoding named by a person.
const inEncodings: ReadonlySet<ImportFormat> = new Set(['text', 'html', 'csv', 'jsonl']);

const remarked = (draft: ArticleDraft, remark: string | null): ArticleDraft =>
  remark === null ? draft : { ...draft, remarks: [remark, ...draft.remarks] };

// Each reader is loaded when the first file of its kind is read.
async function articlesIn(
  name: string,
  format: Exclude<ImportFormat, 'zip'>,
  bytes: Uint8Array,
  options: ReadingOptions,
): Promise<Reading['articles']> {
  const whole = (draft: ArticleDraft) => [{ draft, original: null }];
  switch (format) {
    case 'text':
      return whole((await import('./text.ts')).readText(name, bytes, options));
    case 'html':
      return whole((await import('./html.ts')).readHtml(name, bytes, options));
    case 'docx':
      return whole(await (await import('./docx.ts')).readDocx(name, bytes));
    case 'pdf':
      return whole(await (await import('./pdf.ts')).readPdf(name, bytes));
    case 'eml':
      return whole(await (await import('./eml.ts')).readEml(name, bytes));
    case 'csv':
      return (await import('./csv.ts')).readCsv(name, bytes, options);
    case 'jsonl':
      return (await import('./jsonl.ts')).readJsonl(name, bytes, options);
  }
}

function expectLayable({ blocks }: ArticleDraft): void {
  const long = blocks.findIndex(({ text }) => text.length > lineLimit);
  if (long >= 0) throw tooLong(long + 1);
}

function withPlainNames(draft: ArticleDraft): ArticleDraft {
  return { ...draft, title: plainLine(draft.title, 300) || draft.name, source: (draft.source && plainLine(draft.source, 200)) || null };
}
