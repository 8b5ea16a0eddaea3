import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { AppError } from '../core/failure.ts';
import { FormatName } from '../core/formats/export-request.ts';
import {
  type ArticleDraft,
  draftText,
  ImportFormat,
  type ImportProblem,
  problemInWords,
  proposedOut,
  type ReadingOptions,
} from '../core/import/draft.ts';
import { formatOf } from '../core/import/file-kinds.ts';
import { importText } from '../host/import/article-import.ts';
import { readableFormats } from '../host/import/datasets.ts';
import { expectImportableSize } from '../host/import/decode.ts';
import { createReader, type Reader, sizeLimit } from '../host/import/reader.ts';
import { importableInside, Staging } from '../host/import/staging.ts';
import { openProject, type Project } from '../host/storage/project.ts';
import { sha256 } from '../host/storage/strict-json.ts';
import { findDatasets, readMapFile, takeDataset } from './import-datasets.ts';
import { filesAt, unreadableFile } from './import-paths.ts';
import { interruptible } from './interruption.ts';
import { projectFolder } from './places.ts';
import { count, explain, shown, shownName, startProgress, tellNotices } from './terminal.ts';

interface ImportOptions {
  readonly format?: ImportFormat | FormatName;
  readonly map?: string;
  readonly printMap?: true;
  readonly keepAnnotators?: true;
  readonly dryRun?: true;
  readonly keepBoilerplate?: true;
  readonly encoding?: string;
  readonly textColumn?: string;
  readonly titleColumn?: string;
  readonly sourceColumn?: string;
  readonly dateColumn?: string;
  readonly urlColumn?: string;
  readonly languageColumn?: string;
}

/** Adds `pressmark import`. */
export function addImport(program: Command): void {
  program
    .command('import')
    .summary('import articles and datasets')
    .description(
      'Imports articles from files, folders and archives, each file whole or not at all: plain text to the letter, and web pages (.html), Word (.docx), PDF, e-mail (.eml), tables (.csv, .tsv), JSON lines (.jsonl) and archives (.zip). A text that the project has already is not imported twice. Datasets are imported with their annotations, as one step of yours that can be undone; the formats are those that pressmark formats lists with import.',
    )
    .argument('<project>', 'the folder of a project, or its project.pressmark')
    .argument('<path...>', 'files, folders and archives')
    .addOption(
      new Option('--format <name>', 'what the files are, whatever their names say').choices([
        ...new Set<string>([...ImportFormat.options, ...readableFormats]),
      ]),
    )
    .option('--dry-run', 'say what would be imported, with each line that would be left out, and import nothing')
    .option('--map <file>', 'what the labels of a dataset become: a file as --print-map prints it; what it does not say is proposed')
    .option(
      '--keep-annotators',
      'add the annotators that a dataset names to the project, one step each, instead of importing all as your own work',
    )
    .option('--print-map', 'print what the labels of a dataset would become as JSON, and import nothing')
    .addOption(
      new Option('--drop-boilerplate', 'leave out lines that read like the page around an article (the default)').conflicts(
        'keepBoilerplate',
      ),
    )
    .option('--keep-boilerplate', 'leave nothing out')
    .option(
      '--encoding <name>',
      'the encoding of texts, pages and tables that are not in UTF-8, such as windows-1252; those that are in UTF-8 are still read as UTF-8',
    )
    .option('--text-column <name>', 'the column of tables and JSON lines that holds the text')
    .option('--title-column <name>', 'the column that holds the title')
    .option('--source-column <name>', 'the column that holds the source')
    .option('--date-column <name>', 'the column that holds the date')
    .option('--url-column <name>', 'the column that holds the web address')
    .option('--language-column <name>', 'the column that holds the language')
    .addHelpText(
      'after',
      '\nExamples:\n  $ pressmark import ~/summit articles/*.txt\n  $ pressmark import ~/summit saved-pages/ --dry-run\n  $ pressmark import ~/summit brat-corpus/ --map labels.json\n',
    )
    .action(async (folder: string, paths: string[], options: ImportOptions) => {
      const project = await openProject(projectFolder(folder));
      const reader = createReader();
      const staging = new Staging(project, reader);
      try {
        tellNotices(project);
        await interruptible(async (signal) => {
          signal.addEventListener('abort', () => console.error('Stopping after this file or dataset. Press Ctrl-C again to stop at once.'));
          const work = { project, staging, options, signal };
          const { rest, isStopped } = await importDatasets(work, reader, paths);
          if (rest.length > 0) await importAll(work, rest);
          else if (isStopped) stopped();
        });
      } finally {
        await staging.close();
        await project.close();
      }
    });
}

/** Imports the datasets among `paths`. Returns the paths that articles are read from, and whether it stopped before the last dataset. */
async function importDatasets(
  { project, options, signal }: Work,
  reader: Reader,
  paths: readonly string[],
): Promise<{ rest: readonly string[]; isStopped: boolean }> {
  const { format } = options;
  const known = FormatName.safeParse(format);
  const isArticle = ImportFormat.safeParse(format).success;
  // Two formats are both of articles and of datasets (tables and lines). For those, the files show which they are.
  if (isArticle && !known.success) return { rest: paths, isStopped: false };
  const map = options.map === undefined ? null : await readMapFile(options.map);
  const { datasets, rest } = await findDatasets(paths, known.success && !isArticle ? known.data : null, reader);
  const mode = options.printMap ? 'print-map' : options.dryRun ? 'dry-run' : 'import';
  if (mode === 'import' && datasets.length > 0) project.expectWritable();
  if (mode === 'print-map' && datasets.length === 0) {
    console.error(`There is no dataset in ${paths.join(', ')}, so there are no labels to map.`);
    process.exitCode = 1;
  }
  let taken = 0;
  for (const found of datasets) {
    if (signal.aborted) break;
    taken++;
    try {
      await takeDataset(
        project,
        reader,
        found,
        { map, mode, keepsAnnotators: options.keepAnnotators ?? false },
        (line) => console.log(mode === 'print-map' ? line : shown(line)),
        (problem) => {
          process.exitCode = 1;
          explain(new AppError('unsupported', problemInWords(problem), problem.next), problem.file);
        },
      );
    } catch (error) {
      process.exitCode = 1;
      explain(error, found.name);
    }
  }
  return { rest: mode === 'print-map' ? [] : rest, isStopped: taken < datasets.length };
}

interface Work {
  readonly project: Project;
  readonly staging: Staging;
  readonly options: ImportOptions;
  /** Aborted when the person wants the import to stop. */
  readonly signal: AbortSignal;
}

// What is done stays: texts that the project already has are skipped next time.
function stopped(): void {
  console.error('Stopped before everything was imported. Run the same command again to go on from here.');
  process.exitCode = 1;
}

async function importAll(work: Work, paths: readonly string[]): Promise<void> {
  if (!work.options.dryRun) work.project.expectWritable();
  const progress = startProgress();
  const others: string[] = [];
  let failed = 0;
  let number = 0;
  let isStopped = false;
  for await (const found of filesAt(paths, (file) => others.push(file))) {
    isStopped = work.signal.aborted;
    if (isStopped) break;
    number++;
    progress.show(`Importing file ${number}: ${basename(found.file)}`);
    const say = (line: string) => {
      progress.end();
      console.log(shown(line));
    };
    const fail = (error: unknown, file: string) => {
      failed++;
      progress.end();
      explain(error, file);
    };
    if ('error' in found) fail(found.error, found.file);
    else {
      try {
        await importOne(work, found.file, found.size, say, fail);
      } catch (error) {
        fail(error, found.file);
        // Whatever prevents one file from being saved will prevent the next one too.
        isStopped = error instanceof AppError && error.failure.code === 'not-saved';
        if (isStopped) break;
      }
    }
  }
  progress.end();
  if (others.length > 0) {
    const first = others.slice(0, 5).map(shownName).join(', ');
    console.error(
      `${count(others.length, 'file or project was', 'files or projects were')} skipped in folders: ${first}${others.length > 5 ? ' …' : ''}`,
    );
  }
  if (number === 0 && !isStopped) {
    console.error(`There is nothing to import in ${paths.map(shownName).join(', ')}.`);
    process.exitCode = 1;
  }
  if (failed > 0) {
    console.error(`${count(failed, 'file was', 'files were')} not imported, of ${number}.`);
    process.exitCode = 1;
  }
  if (isStopped) stopped();
}

type Say = (line: string) => void;
type Fail = (error: unknown, file: string) => void;

async function importOne({ project, staging, options }: Work, file: string, size: number, say: Say, fail: Fail): Promise<void> {
  const format = ImportFormat.safeParse(options.format).data ?? formatOf(file);
  const refusal = format === null ? importableInside(file) : null;
  if (refusal) throw new AppError('unsupported', `${basename(file)} was not imported: ${refusal.reason}.`, refusal.next);
  expectImportableSize(basename(file), size, format === null ? undefined : sizeLimit(format));
  const bytes = await readFile(resolve(file)).catch(unreadableFile);
  if (format === 'text' && formatOf(file) === 'text' && !options.dryRun) {
    const { meta, known, changed } = await importText(project, basename(file), bytes, undefined, options.encoding);
    return say(outcomeLine(file, meta.id, known, changed));
  }
  const { files, problems } = await staging.stage('cli', basename(file), bytes, format ?? undefined);
  for (const problem of problems) fail(failureOf(problem, inFile(file, problem.file)), inFile(file, problem.file));
  for (const { id, name } of files) {
    const { drafts, problem } = await staging.preview('cli', id, readingOptions(options));
    const about = inFile(file, name);
    if (problem) {
      fail(failureOf(problem, about), about);
      continue;
    }
    const choices = drafts.map((draft, index) => ({ index, leftOut: options.keepBoilerplate ? [] : proposedOut(draft) }));
    const named = (index: number) => (drafts.length > 1 ? `${about}, ${index + 1} of ${drafts.length}` : about);
    if (options.dryRun) {
      for (const { index, leftOut } of choices) sayDraft(project, named(index), drafts[index] as ArticleDraft, leftOut, say);
      continue;
    }
    for (const { index, meta, known } of await staging.import('cli', id, choices)) {
      const draft = drafts[index] as ArticleDraft;
      say(outcomeLine(named(index), meta.id, known, [...draft.remarks, ...leftOutNote(draft, choices[index]?.leftOut ?? [])]));
    }
  }
  staging.discard('cli');
}

// The path as it was typed, followed by the path inside an archive.
const inFile = (file: string, name: string) => file + name.slice(basename(file).length);

const failureOf = ({ file, message, next }: ImportProblem, about: string) =>
  new AppError('unsupported', about + message.slice(file.length), next);

function outcomeLine(file: string, id: string, known: boolean, notes: readonly string[]): string {
  const note = notes.length > 0 ? ` (${notes.join(' ')})` : '';
  return known ? `${shownName(file)}: already there as ${id}` : `${shownName(file)}: imported as ${id}${note}`;
}

/** A sentence on how many lines were left out, and why; empty if none were. */
function leftOutNote({ blocks }: ArticleDraft, leftOut: readonly number[]): string[] {
  if (leftOut.length === 0) return [];
  const reasons = new Map<string, number>();
  for (const index of leftOut) {
    const reason = blocks[index]?.leaveOut ?? '';
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }
  const counts = [...reasons].map(([reason, number]) => `${number} ${reason}`);
  return [`${count(leftOut.length, 'line was', 'lines were')} left out: ${counts.join(', ')}.`];
}

function sayDraft(project: Project, file: string, draft: ArticleDraft, leftOut: readonly number[], say: Say): void {
  const hash = sha256(Buffer.from(draftText(draft, leftOut).text));
  const there = project.importedArticles().find(({ textSha256 }) => textSha256 === hash);
  if (there) return say(outcomeLine(file, there.id, true, []));
  const facts = [draft.source, draft.date, draft.url, draft.language, `${draft.words} words`].filter(Boolean);
  say(`${shownName(file)}: would be imported as “${draft.title}” (${facts.join(', ')})`);
  for (const remark of draft.remarks) say(`  ${remark}`);
  for (const index of leftOut) say(`  left out, ${draft.blocks[index]?.leaveOut}: ${draft.blocks[index]?.text}`);
}

function readingOptions(options: ImportOptions): ReadingOptions {
  const { encoding, textColumn, titleColumn, sourceColumn, dateColumn, urlColumn, languageColumn } = options;
  return {
    ...(encoding === undefined ? {} : { encoding }),
    columns: { text: textColumn, title: titleColumn, source: sourceColumn, date: dateColumn, url: urlColumn, language: languageColumn },
  };
}
