import type { AnnotationSet, Origin } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import type { Codebook } from '../model/codebook.ts';
import { type Range, type Span, unite } from '../text/span.ts';
import type { ForeignAnnotation, ForeignDocument } from './foreign.ts';
import type { ImportedEntities } from './import-entities.ts';
import type { ImportIds } from './import-ids.ts';
import type { SharedWork } from './import-shared.ts';
import type { Offsets } from './offset-unit.ts';

/** Everybody's sets on one article. */
export type OwnedSets = readonly { readonly annotator: string; readonly set: AnnotationSet }[];

/** What the annotations of the file have become, by id in the file. `layer` is null for a mention or a rejected suggestion. */
export type Ends = ReadonlyMap<string, { readonly article: string; readonly id: string; readonly layer: string | null }>;

/** What is needed to make the records of an import. `count` counts one record of a kind, `lose` one thing that is left out. */
export interface ImportScene {
  readonly ground: { readonly annotator: string; readonly codebook: Codebook; readonly codebookVersion: number; readonly now: string };
  readonly ids: ImportIds;
  readonly entities: ImportedEntities;
  readonly format: string;
  readonly annotators: readonly Annotator[];
  readonly shared: SharedWork;
  /** Whether records that the file gives to this annotator are made. The others are only planned, for what refers to them. */
  readonly isTheirs: (annotator: string | null) => boolean;
  readonly lose: (kind: string) => null;
  readonly count: (name: string, isKnown: boolean) => void;
}

/** The origin of a record in the file: the format, the file, and its author according to the file. */
export function importOrigin({ format, annotators }: ImportScene, document: ForeignDocument | null, annotator: string | null): Origin {
  const name = annotators.find(({ id }) => id === annotator)?.name ?? annotator;
  const file = document?.file ?? '';
  return { kind: 'import', format, file: name === null ? file : `${file}, by ${name}` };
}

/** When a record was created and modified according to the file; `now` if it does not say. */
export function timesOf({ created, modified }: { readonly created?: string; readonly modified?: string }, now: string) {
  const isTime = (time: string | undefined): time is string =>
    time !== undefined && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(time) && !Number.isNaN(Date.parse(time));
  const first = isTime(created) ? created : now;
  return { created: first, modified: isTime(modified) ? modified : first };
}

/** The spans of a record in the article. Spans that touch are joined. */
export function placesIn(spans: ForeignAnnotation['spans'], { text, toText }: Offsets): Span[] {
  const ranges = spans.map(({ start, end }): Range => ({ start: toText(start) as number, end: toText(end) as number }));
  const [first, ...rest] = ranges;
  return first ? unite(text, rest, first) : [];
}

/**
 * The id of a record in the file, or null if it has no meaning outside the document: formats that know nothing about the project number their
 * records.
 */
export function wantedId({ doc_id }: ForeignDocument, id: string): string | null {
  return doc_id !== null || id.length >= 16 ? id : null;
}
