import { AppError } from '../../core/failure.ts';
import type { GivenFile } from '../../core/formats/foreign.ts';
import { type ArticleDraft, draftText, type ImportFormat, type ImportProblem, type ReadingOptions } from '../../core/import/draft.ts';
import { endingsInWords, formatOf } from '../../core/import/file-kinds.ts';
import type { ArticleMeta } from '../../core/model/article.ts';
import type { Project } from '../storage/project.ts';
import { importedName } from './article-import.ts';
import type { ReadDataset } from './datasets.ts';
import { FileRefusal, problemOf } from './file-refusal.ts';
import type { Reading } from './read-file.ts';
import type { Reader } from './reader.ts';

/** A file that waits to be imported. `name` is its path inside an archive or folder, as it is shown. */
export interface StagedFile {
  readonly id: string;
  readonly name: string;
}

/** What a person chose for one article of a file: its index among the file's drafts, and the blocks to leave out. */
export interface DraftChoice {
  readonly index: number;
  readonly leftOut: readonly number[];
}

/** A dataset that waits; `others` are files given with it that articles are read from. */
export interface StagedDataset {
  readonly dataset: ReadDataset;
  readonly others: readonly string[];
}

/** The result for one chosen article. `known` is true if the project already had its text. */
export interface StagedOutcome {
  readonly index: number;
  readonly meta: ArticleMeta;
  readonly known: boolean;
}

/** The most bytes that may wait, so that dropping a whole disk does not fill the memory. */
const stagingLimit = 256_000_000;

interface Waiting {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly format: ImportFormat | null;
  /** The page that the file waits for. */
  readonly owner: string;
  reading: Reading | null;
}

/** Files that were given but not imported yet, because a person first looks at their content. They are neither in the project nor on the disk. */
export class Staging {
  readonly #project: Pick<Project, 'addArticle'>;
  readonly #reader: Reader;
  readonly #waiting = new Map<string, Waiting>();
  // Everything that an owner gave, of whatever kind, in case it is a dataset together.
  readonly #given = new Map<string, GivenFile[]>();
  readonly #datasets = new Map<string, StagedDataset | null>();
  #count = 0;

  constructor(project: Pick<Project, 'addArticle'>, reader: Reader) {
    this.#project = project;
    this.#reader = reader;
  }

  /**
   * Takes a file of `owner`, or the files of an archive. Files of any other owner are discarded, because only one page writes. The name may be a path
   * in a folder. `kind` is the kind of the file if its name does not show it. Never throws because of the file's content.
   */
  async stage(
    owner: string,
    name: string,
    bytes: Uint8Array,
    kind?: ImportFormat,
  ): Promise<{ files: StagedFile[]; problems: ImportProblem[] }> {
    for (const [id, { owner: other }] of this.#waiting) if (other !== owner) this.#waiting.delete(id);
    for (const other of this.#given.keys()) if (other !== owner) this.discard(other);
    const shown = shownPath(name);
    try {
      const format = kind ?? formatOf(name);
      if (format !== 'zip') {
        this.#keep(owner, [{ path: shown, bytes }]);
        return { files: [this.#add(owner, shown, bytes, format)], problems: [] };
      }
      const { files, problem } = await this.#reader.read({ name: importedName(name), format: 'zip', bytes, options: {} });
      if (problem) return { files: [], problems: [problem] };
      const inside = files.filter(({ path }) => !isHidden(path));
      this.#keep(
        owner,
        inside.map(({ path, bytes: content }) => ({ path: shownPath(path), bytes: content })),
      );
      const good = inside.filter(({ path }) => importableInside(path) === null);
      return {
        files: good.map(({ path, bytes: content }) => this.#add(owner, `${shown}/${shownPath(path)}`, content, formatOf(path))),
        problems: inside.flatMap(({ path }) => {
          const refusal = importableInside(path);
          return refusal ? [problemOf(`${shown}/${shownPath(path)}`, refusal)] : [];
        }),
      };
    } catch (error) {
      if (error instanceof FileRefusal) return { files: [], problems: [problemOf(shown, error)] };
      throw error;
    }
  }

  /** Reads a waiting file. @throws AppError `not-found` if it no longer waits */
  async preview(owner: string, id: string, options: ReadingOptions): Promise<{ drafts: ArticleDraft[]; problem: ImportProblem | null }> {
    const file = this.#file(owner, id);
    const { format } = file;
    if (format === null || format === 'zip') {
      const refusal = importableInside(file.name) ?? new FileRefusal('unsupported', 'it is an archive', 'Import it by itself.');
      return { drafts: [], problem: problemOf(file.name, refusal) };
    }
    file.reading = await this.#reader.read({ name: importedName(file.name), format, bytes: file.bytes, options });
    const { articles, problem } = file.reading;
    const drafts = articles.map(({ draft }) => draft);
    if (!problem) return { drafts, problem };
    // Named as it is shown, with its path in the folder or archive.
    return { drafts, problem: { ...problem, file: file.name, message: `${file.name}${problem.message.slice(problem.file.length)}` } };
  }

  /**
   * Imports articles of a previewed file and discards the file. With `importedBy`, they are listed only once a record lists them.
   * @throws AppError `not-found` if it no longer waits; `unsupported` if nothing of an article is left; `not-saved`
   */
  async import(owner: string, id: string, choices: readonly DraftChoice[], importedBy?: string): Promise<StagedOutcome[]> {
    const file = this.#file(owner, id);
    const outcomes: StagedOutcome[] = [];
    const chosen = choices.map(({ index, leftOut }) => {
      const article = file.reading?.articles[index];
      if (!article) throw gone();
      const { text, headings } = draftText(article.draft, leftOut);
      if (!/\S/.test(text)) {
        throw new AppError(
          'unsupported',
          `Nothing of “${article.draft.title}” is left to import.`,
          'Tick the paragraphs that belong to it.',
        );
      }
      return { index, article, text, headings };
    });
    for (const { index, article, text, headings } of chosen) {
      const { name, title, source, date, url, language } = article.draft;
      const by = importedBy === undefined ? {} : { importedBy };
      const facts = { title, source, date, url, language, headings };
      const { meta, known } = await this.#project.addArticle({
        originalName: name,
        text,
        original: article.original ?? file.bytes,
        facts,
        ...by,
      });
      outcomes.push({ index, meta, known });
    }
    this.#waiting.delete(id);
    return outcomes;
  }

  /**
   * The dataset that all files of `owner` form together, read once; null if they are not one.
   * @throws AppError `unsupported` for a dataset in a format that can only be written
   */
  async dataset(owner: string): Promise<StagedDataset | null> {
    const known = this.#datasets.get(owner);
    if (known !== undefined) return known;
    // Loaded on demand, because it brings all the formats.
    const { filesOfDataset, readDatasetFiles, recognise, withoutCommonFolder } = await import('./datasets.ts');
    const given = withoutCommonFolder(this.#given.get(owner) ?? []);
    const format = given.length > 0 ? recognise(given) : null;
    if (format === null) return null;
    const { files, others } = filesOfDataset(given, format);
    const dataset = await readDatasetFiles(this.#reader, files, format);
    const staged = { dataset, others: others.map(({ path }) => path) };
    if (this.#given.has(owner)) this.#datasets.set(owner, staged);
    return staged;
  }

  /** Discards every file of `owner`. */
  discard(owner: string): void {
    this.#given.delete(owner);
    this.#datasets.delete(owner);
    for (const [id, file] of this.#waiting) if (file.owner === owner) this.#waiting.delete(id);
  }

  /** Discards all files and stops reading. */
  async close(): Promise<void> {
    this.#waiting.clear();
    this.#given.clear();
    this.#datasets.clear();
    await this.#reader.close();
  }

  #keep(owner: string, files: readonly GivenFile[]): void {
    this.#given.set(owner, [...(this.#given.get(owner) ?? []), ...files]);
    this.#datasets.delete(owner);
  }

  #add(owner: string, name: string, bytes: Uint8Array, format: ImportFormat | null): StagedFile {
    const held = [...this.#waiting.values()].reduce((sum, file) => sum + file.bytes.byteLength, 0);
    if (held + bytes.byteLength > stagingLimit) {
      throw new FileRefusal(
        'too-large',
        `more than ${stagingLimit / 1_000_000} MB are already waiting to be imported`,
        'Import those first, then this one.',
      );
    }
    this.#count++;
    const id = `file-${this.#count}`;
    this.#waiting.set(id, { name, bytes, format, owner, reading: null });
    return { id, name };
  }

  #file(owner: string, id: string): Waiting {
    const file = this.#waiting.get(id);
    if (!file || file.owner !== owner) throw gone();
    return file;
  }
}

const gone = () => new AppError('not-found', 'This file is no longer in the import preview.', 'Choose or drop it again.');

// The path with a harmless name for each part.
const shownPath = (path: string) =>
  path
    .split(/[/\\]/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
    .map(importedName)
    .join('/') || importedName(path);

// Files that operating systems and their programs add.
const isHidden = (path: string) =>
  path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX' || part === 'Thumbs.db' || part === 'desktop.ini');

/** Why a file of this name in an archive or folder cannot be imported; null if it can. */
export function importableInside(path: string): FileRefusal | null {
  const format = formatOf(path);
  if (format === 'zip')
    return new FileRefusal('unsupported', 'an archive in an archive is not opened', 'Unpack it and import it by itself.');
  if (format !== null) return null;
  const ending = /\.[^./]*$/.exec(path)?.[0].toLowerCase();
  return new FileRefusal(
    'unsupported',
    ending ? `files ending in ${ending} cannot be imported` : 'its name has no ending',
    `Give it the right ending: ${endingsInWords()} can be imported.`,
  );
}
