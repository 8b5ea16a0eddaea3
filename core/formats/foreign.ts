import type { ImportProblem } from '../import/draft.ts';
import type { Annotator } from '../model/annotator.ts';
import type { Arg, DatasetAnnotation, DatasetEntity, DatasetLink, DatasetRelation, Status } from './document.ts';
import type { Loss } from './ledger.ts';

/** A file that the user gave: its path relative to what was given, with `/`, and its bytes. */
export interface GivenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** The unit of the offsets in a file. Null if the file does not say, so that it must be found out from the covered texts. */
export type OffsetUnit = 'unicode_code_point' | 'utf16_code_unit' | 'utf8_byte' | null;

/** A span in a file: half-open, in the unit of its document. `text` is the covered text, if the file contains it. */
export interface ForeignSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string | null;
}

/**
 * An annotation or mention (layer `mention`, its entity in the attribute `entity_id`) in a file, with the labels of that file. What the format
 * cannot express is null, so that it is not mistaken for a statement.
 */
export interface ForeignAnnotation extends Partial<Omit<DatasetAnnotation, 'spans' | 'annotator' | 'status' | 'args'>> {
  readonly id: string;
  readonly layer: string;
  readonly spans: readonly ForeignSpan[];
  readonly attributes: DatasetAnnotation['attributes'];
  readonly args: readonly Arg[];
  /** The annotator's id or name in the file. */
  readonly annotator: string | null;
  readonly status: Status | null;
  /** The line in the file, counted from 1, for messages. */
  readonly line?: number;
}

/** An article in a file, with its annotations. */
export interface ForeignDocument {
  /** The path of its file, and the line there, counted from 1. */
  readonly file: string;
  readonly line: number | null;
  /** The article's id in the project that it was exported from; null if the file does not say. */
  readonly doc_id: string | null;
  /** The whole text. Null in a dataset without text, which must be matched by `text_sha256` or `doc_id`. */
  readonly text: string | null;
  readonly text_sha256: string | null;
  readonly unit: OffsetUnit;
  readonly name: string;
  readonly language: string | null;
  readonly title: string | null;
  readonly source: string | null;
  readonly url: string | null;
  readonly published: string | null;
  /** Indexes of the heading lines, if the file says so. */
  readonly headings?: readonly number[];
  /** Its split, if the file says so. */
  readonly split?: string;
  readonly annotations: readonly ForeignAnnotation[];
  readonly relations: readonly ForeignRelation[];
  readonly completions: readonly { readonly annotator: string; readonly marked: string }[];
}

/** A relation within one document in a file. */
export type ForeignRelation = Partial<Omit<DatasetRelation, 'annotator'>> &
  Pick<DatasetRelation, 'id' | 'type' | 'from' | 'to' | 'attributes'> & { readonly annotator: string | null };

/** Everything read from the files of one import. A file with a problem contributes nothing else: files are read completely or not at all. */
export interface Foreign {
  readonly documents: readonly ForeignDocument[];
  readonly entities: readonly DatasetEntity[];
  readonly links: readonly DatasetLink[];
  readonly annotators: readonly Annotator[];
  readonly problems: readonly ImportProblem[];
  /** What the files contain for which no record is made, counted by kind. */
  readonly losses?: readonly Loss[];
}

/** The result of reading one file: documents and annotators, or only problems. */
export type ReadFile = Omit<Foreign, 'links'>;
