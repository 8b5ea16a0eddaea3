import type { AnnotationSet, Relation } from '../annotation.ts';
import type { Article } from '../article.ts';
import type { Codebook } from '../codebook.ts';
import type { Annotator, FormatName } from '../contract.ts';
import type { Registry } from '../entity.ts';

/** Everything a dataset is made of. Articles come one at a time, ascending by id, so that memory is bounded by one article. */
export interface DatasetSource {
  readonly project: { readonly id: string; readonly name: string };
  readonly codebook: Codebook;
  readonly codebookVersion: number;
  readonly annotators: readonly Annotator[];
  readonly registry: Registry;
  /** Relations across articles, of all annotators. */
  readonly links: readonly Relation[];
  /** When the project last changed (ISO 8601): exports carry no other time, so that the same state gives the same bytes. */
  readonly changed: string;
  readonly generator: { readonly name: string; readonly version: string; readonly icu: string };
  articles(): AsyncIterable<DatasetArticle>;
  /** A new running sha256. Core has no crypto of its own. */
  newHash(): Hash;
}

/** One article with every annotator's set on it, ascending by annotator. */
export interface DatasetArticle {
  readonly article: Article;
  readonly sets: readonly { readonly annotator: string; readonly set: AnnotationSet }[];
}

export interface Hash {
  /** Adds the UTF-8 bytes of `text`. */
  update(text: string): void;
  /** How many bytes were added. */
  readonly bytes: number;
  /** The digest in hex. Ends the hash. */
  hex(): string;
}

/** A piece of one file of an export. Pieces of a file come in order; a file may begin before another has ended. `rows` counts its records. */
export interface Chunk {
  readonly path: string;
  readonly text: string;
  readonly rows: number;
}

/** One thing that a format cannot carry, by kind. */
export interface Loss {
  readonly kind: string;
  readonly count: number;
}

/** What an export came to: what it holds, by sort of record, and what it could not carry. */
export interface Outcome {
  readonly counts: Readonly<Record<string, number>>;
  readonly losses: readonly Loss[];
}

/** A dataset format. One file a format holds its export and, where it has one, its import. */
export interface Format {
  readonly name: FormatName;
  readonly title: string;
  /** One sentence for the Dataset view and `pressmark export --help`. */
  readonly about: string;
  readonly offsetUnit: 'unicode_code_point' | 'utf16_code_unit';
  /** Writes the dataset as text chunks; what it holds and what could not be carried is the generator's return value. */
  export(source: DatasetSource): AsyncGenerator<Chunk, Outcome>;
}
