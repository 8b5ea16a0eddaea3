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

/** The source of a dataset. Articles come one at a time, ascending by id, so that memory use is bounded by one article. */
export interface DatasetSource {
  /** `licence` is its name or address; absent if none is stated. */
  readonly project: { readonly id: string; readonly name: string; readonly licence?: string };
  readonly codebook: Codebook;
  readonly codebookVersion: number;
  readonly annotators: readonly Annotator[];
  readonly registry: Registry;
  /** Relations across articles, by all annotators. */
  readonly links: readonly Relation[];
  /** When the project last changed (ISO 8601). Exports contain no other time, so that the same state gives the same bytes. */
  readonly changed: string;
  readonly generator: { readonly name: string; readonly version: string; readonly icu: string };
  /** What the dataset is narrowed to; empty for the whole project. */
  readonly selection: Selection;
  /** Whether the words of the articles may be written. */
  readonly withText: boolean;
  /** The group and split of each document, by document id. Null if the dataset has no splits. */
  readonly splits: Splits | null;
  articles(): AsyncIterable<DatasetArticle>;
  /** Starts a new SHA-256 hash. Core has no cryptography of its own. */
  newHash(): Hash;
  /** The SHA-256 of a text, in hex. For hashing very many texts without creating an object for each. */
  sha256(text: string): string;
}

/** Which documents are for training, validation and testing, and how that was decided. */
export interface Splits {
  /** For the manifest: the method, the fractions, and what groups are based on. */
  readonly method: Readonly<Record<string, unknown>>;
  readonly assignments: ReadonlyMap<string, Assignment>;
}

/** The outcome of an export: how many records of each kind it contains, and what could not be exported. */
export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
  readonly losses: readonly Loss[];
}

/**
 * One run of an export, as a format sees it: the project's records as dataset records, and the ledger in which to enter what is written and what
 * is lost. A format must call `documents` once and read it to its end, then `links` if it can represent them. `entities` may be called at any
 * time.
 */
export interface ExportRun {
  readonly source: DatasetSource;
  readonly ledger: Ledger;
  /** Ascending by id. Offsets count code points. Without text, `text` and the texts of spans are empty. */
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
  /** More members of manifest.json. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Lines before the card in README.md (front matter). */
  readonly cardHead?: string;
}

/** A dataset format. There is one file for each format, with its export and, if there is one, its import. */
export interface Format {
  readonly name: FormatName;
  readonly title: string;
  /** One sentence for the Dataset view and `pressmark formats`. */
  readonly about: string;
  readonly offsetUnit: 'unicode_code_point' | 'utf16_code_unit' | 'token' | 'none';
  /** Whether it works without the words of the articles. */
  readonly canLeaveTextOut: boolean;
  /** What makes its tokens, for the manifest; null for a format without tokens. */
  readonly tokeniser: string | null;
  /** What each file contains, for the card: a paragraph of Markdown. */
  readonly guide?: string;
  /** A few lines of Python that read the dataset and get the covered text by its offsets, for the card. */
  readonly example?: (source: DatasetSource) => string;
  /**
   * Writes the dataset, passing every chunk through the ledger. manifest.json and README.md are written by the run (see export-run.ts). Anything
   * in a document, relation or entity that is not written must be entered with `ledger.lose`.
   */
  write(run: ExportRun): AsyncGenerator<Chunk, Extras | undefined>;
  /** Reads files of this format, if that is possible. Never throws because of the content of a file; faults are returned as `problems`. */
  readonly read?: (files: readonly GivenFile[]) => Foreign;
  /** Whether files with these names are in this format. `beginning` is that of the first file (UTF-8, at most 4,096 characters). */
  readonly recognises?: (paths: readonly string[], beginning: string) => boolean;
}
