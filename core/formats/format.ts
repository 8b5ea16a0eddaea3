import type { Relation } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import type { Codebook } from '../model/codebook.ts';
import type { DatasetArticle } from '../model/dataset-article.ts';
import type { Registry } from '../model/entity.ts';
import type { Assignment } from '../splits/options.ts';
import type { DatasetDocument, DatasetEntity, DatasetLink } from './document.ts';
import type { FormatName, Selection } from './export-request.ts';
import type { Foreign, GivenFile } from './foreign.ts';
import type { Chunk, Hash, Ledger, Loss } from './ledger.ts';

/** Everything a dataset is made of. Articles come one at a time, ascending by id, so that memory is bounded by one article. */
export interface DatasetSource {
  /** `licence` is its name or address; absent where none is stated. */
  readonly project: { readonly id: string; readonly name: string; readonly licence?: string };
  readonly codebook: Codebook;
  readonly codebookVersion: number;
  readonly annotators: readonly Annotator[];
  readonly registry: Registry;
  /** Relations across articles, of all annotators. */
  readonly links: readonly Relation[];
  /** When the project last changed (ISO 8601): exports carry no other time, so that the same state gives the same bytes. */
  readonly changed: string;
  readonly generator: { readonly name: string; readonly version: string; readonly icu: string };
  /** What it was narrowed to; empty for the whole project. */
  readonly selection: Selection;
  /** Whether the words of the articles may be written. */
  readonly withText: boolean;
  /** The group and the split of each document, by document id; null where no splits are asked for. */
  readonly splits: Splits | null;
  articles(): AsyncIterable<DatasetArticle>;
  /** A new running sha256. Core has no crypto of its own. */
  newHash(): Hash;
  /** The sha256 of a text, in hex: for very many, of which each hash would be an object. */
  sha256(text: string): string;
}

/** Which documents are to train, to tune and to test on, and how that was decided. */
export interface Splits {
  /** For the manifest: method, fractions, what groups were made by. */
  readonly method: Readonly<Record<string, unknown>>;
  readonly assignments: ReadonlyMap<string, Assignment>;
}

/** What an export came to: what it was made of, by sort of record, and what it could not carry. */
export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
  readonly losses: readonly Loss[];
}

/**
 * One run of an export as a format sees it: the project's records as dataset records, and the books to enter what is written and what is
 * lost in. A format calls `documents` once and to its end, then `links` if it carries them; `entities` at any time.
 */
export interface ExportRun {
  readonly source: DatasetSource;
  readonly ledger: Ledger;
  /** Ascending by id. Offsets count code points. Where text is left out, `text` and the texts of spans are empty. */
  documents(): AsyncIterable<DatasetDocument>;
  /** Relations across documents, ascending by id. */
  links(): readonly DatasetLink[];
  /** The registry, ascending by id. */
  entities(): readonly DatasetEntity[];
  /** Ascending by id. */
  readonly annotators: readonly Annotator[];
}

/** What a format adds to the two files that every dataset has. */
export interface Extras {
  /** Further members of manifest.json. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Lines before the card in README.md: front matter. */
  readonly cardHead?: string;
}

/** A dataset format. One file a format holds its export and, where it has one, its import. */
export interface Format {
  readonly name: FormatName;
  readonly title: string;
  /** One sentence for the Dataset view and `pressmark formats`. */
  readonly about: string;
  readonly offsetUnit: 'unicode_code_point' | 'utf16_code_unit' | 'token' | 'none';
  /** Whether it can do without the words of the articles. */
  readonly canLeaveTextOut: boolean;
  /** What makes its tokens, for the manifest; null for a format without tokens. */
  readonly tokeniser: string | null;
  /** What is in which file, for the card: a paragraph of Markdown. */
  readonly guide?: string;
  /** A few lines of Python that read the dataset and take the covered text by its offsets, for the card. */
  readonly example?: (source: DatasetSource) => string;
  /**
   * Writes the dataset, every chunk through the ledger. manifest.json and README.md are written by the run itself (see export-run.ts).
   * Whatever of a document, relation or entity it does not write is entered with `ledger.lose`.
   */
  write(run: ExportRun): AsyncGenerator<Chunk, Extras | undefined>;
  /** Reads files of this format, if that is possible. @throws never for what is in a file: faults are `problems` of the answer */
  readonly read?: (files: readonly GivenFile[]) => Foreign;
  /** Whether files named so, with this beginning of the first (UTF-8, at most 4,096 characters), are of this format. */
  readonly recognises?: (paths: readonly string[], beginning: string) => boolean;
}
