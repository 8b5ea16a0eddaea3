import type { AttributeValue } from '../model/annotation.ts';
import type { Entity } from '../model/entity.ts';
import type { Span } from '../text/span.ts';

/** The layer under which mentions are exported. No codebook may have a layer with this id. */
export const mentionLayer = 'mention';

/** Where a record came from: `model` is an accepted or rejected suggestion of `rule`, `imported` came from a file. */
export interface Provenance {
  readonly origin: 'manual' | 'imported' | 'model';
  readonly confidence: number | null;
  readonly rule?: { readonly id: string; readonly version: string };
  readonly imported_from?: { readonly format: string; readonly file: string };
}

/** The filler of a role. `annotation` is a mention or annotation of the same document; `author` is the writer of the article. */
export type Arg =
  | { readonly role: string; readonly annotation: string }
  | { readonly role: string; readonly entity: string }
  | { readonly role: string; readonly author: true };

/**
 * `draft` lacks something that the codebook requires, `final` lacks nothing, `adjudicated` lacks nothing and is by an adjudicator, and `rejected`
 * is a suggestion that an annotator rejected.
 */
export type Status = 'draft' | 'final' | 'adjudicated' | 'rejected';

/** An annotation, mention or rejected suggestion in a dataset. A mention has no provenance, times or note. */
export interface DatasetAnnotation extends Partial<Provenance> {
  readonly id: string;
  readonly layer: string;
  /** Half-open, in code points, ascending and apart. */
  readonly spans: readonly Span[];
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly args: readonly Arg[];
  readonly annotator: string;
  readonly status: Status;
  readonly created?: string;
  readonly modified?: string;
  readonly note?: string;
}

/** The fields of a relation except its ends. */
export interface RelationCore extends Provenance {
  readonly id: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly annotator: string;
  readonly created: string;
  readonly modified: string;
  readonly note: string;
  /** Why the two are related although they are about different things. Present only when an annotator gave a reason. */
  readonly override?: string;
}

/** A relation within one document, between annotation ids. */
export interface DatasetRelation extends RelationCore {
  readonly from: string;
  readonly to: string;
}

/** A relation across documents. */
export interface DatasetLink extends RelationCore {
  readonly from: { readonly doc_id: string; readonly annotation: string };
  readonly to: { readonly doc_id: string; readonly annotation: string };
}

/** An article with everybody's annotations, in code points: one line of `documents.jsonl` (reference format qds/1.0, section 1). */
export interface DatasetDocument {
  readonly schema: 'qds/1.0';
  readonly doc_id: string;
  /** Documents of one group are in the same split. Null if the dataset has no splits. */
  readonly group_id: string | null;
  readonly split: 'train' | 'validation' | 'test' | null;
  readonly language: string | null;
  readonly offset_unit: 'unicode_code_point';
  /** The length of the text in code points. */
  readonly length: number;
  readonly text_sha256: string;
  /** Empty, like the texts of spans, in a dataset without text. */
  readonly text: string;
  readonly metadata: {
    readonly title: string;
    readonly source: string | null;
    readonly url: string | null;
    readonly published: string | null;
    readonly original_name: string;
    readonly original_sha256: string;
    readonly imported: string;
    readonly words: number;
    readonly headings: readonly number[];
  };
  readonly completions: readonly { readonly annotator: string; readonly marked: string }[];
  readonly annotations: readonly DatasetAnnotation[];
  readonly relations: readonly DatasetRelation[];
}

/** An entity of the registry. `merged_into` is the one it was merged into; roles and mentions already refer to that one. */
export interface DatasetEntity {
  readonly id: string;
  readonly type: string;
  readonly canonical: string;
  readonly aliases: readonly string[];
  readonly members: readonly string[];
  readonly wikidata: string | null;
  readonly date: string | null;
  readonly roles: Entity['roles'];
  readonly notes: string;
  readonly merged_into: string | null;
  readonly removed: boolean;
}

/** `document` without the members that contain words of the article, which are empty in a dataset without text. */
export function withoutText({ text: _, annotations, ...document }: DatasetDocument): unknown {
  const bare = annotations.map(({ spans, ...rest }) => ({ ...rest, spans: spans.map(({ start, end }) => ({ start, end })) }));
  return { ...document, annotations: bare };
}
