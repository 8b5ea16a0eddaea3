import type { ImportProblem } from '../import/draft.ts';
import type { Annotator } from '../model/annotator.ts';
import type { Arg, DatasetAnnotation, DatasetEntity, DatasetLink, DatasetRelation, Status } from './document.ts';
import type { Loss } from './ledger.ts';

/** One file that a person gave: its path relative to what was given, with `/`, and its bytes. */
export interface GivenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What the offsets of a file count; null where the file does not say and it has to be found out by the covered texts. */
export type OffsetUnit = 'unicode_code_point' | 'utf16_code_unit' | 'utf8_byte' | null;

/** A span as a file has it: half-open, in the unit of its document; `text` is the covered text where the file says it. */
export interface ForeignSpan {
  readonly start: number;
  readonly end: number;
  readonly text: string | null;
}

/**
 * An annotation or mention (layer `mention`, its entity as attribute `entity_id`) of a file, in the labels of that file. What the
 * format cannot say is null, so that it is not taken for said.
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
  /** Line in the file, from 1, for messages. */
  readonly line?: number;
}

/** An article of a file, with what was annotated in it. */
export interface ForeignDocument {
  /** Path of the file that it is in, and the line there, from 1. */
  readonly file: string;
  readonly line: number | null;
  /** The article's id in the project that it was exported from; null where the file does not say. */
  readonly doc_id: string | null;
  /** The whole text; null in a dataset without texts, which has to be matched by `text_sha256` or `doc_id`. */
  readonly text: string | null;
  readonly text_sha256: string | null;
  readonly unit: OffsetUnit;
  readonly name: string;
  readonly language: string | null;
  readonly title: string | null;
  readonly source: string | null;
  readonly url: string | null;
  readonly published: string | null;
  /** Indexes of the lines that are headings, where the file says it. */
  readonly headings?: readonly number[];
  /** The split that it is in, where the file says it. */
  readonly split?: string;
  readonly annotations: readonly ForeignAnnotation[];
  readonly relations: readonly ForeignRelation[];
  readonly completions: readonly { readonly annotator: string; readonly marked: string }[];
}

/** A relation within one document, as a file has it. */
export type ForeignRelation = Partial<Omit<DatasetRelation, 'annotator'>> &
  Pick<DatasetRelation, 'id' | 'type' | 'from' | 'to' | 'attributes'> & { readonly annotator: string | null };

/** All that was read from the files of one import. A file with a problem gives nothing else: it is taken whole or not at all. */
export interface Foreign {
  readonly documents: readonly ForeignDocument[];
  readonly entities: readonly DatasetEntity[];
  readonly links: readonly DatasetLink[];
  readonly annotators: readonly Annotator[];
  readonly problems: readonly ImportProblem[];
  /** What the files hold that no record is made of, counted by kind. */
  readonly losses?: readonly Loss[];
}

/** What one file gives: documents and annotators, or problems and nothing else. */
export type ReadFile = Omit<Foreign, 'links'>;
