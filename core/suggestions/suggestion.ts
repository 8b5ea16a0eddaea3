import type { Annotation } from '../model/annotation.ts';
import type { Span } from '../text/span.ts';

/** Version of the rules, kept with every annotation that came of them. It changes when a rule does. */
export const rulesVersion = '4';

/** Who or what a suggested role stands for: an entity of the registry by `id`, or a name read from the article (`id` null). */
export interface SuggestedEntity {
  readonly id: string | null;
  readonly canonical: string;
  /** The id of its type as the default codebook has it, such as PERSON; null where that cannot be told. */
  readonly type: string | null;
}

/** A role that a suggestion would fill: by a mention at `span`, which `entity` says more of. */
export interface SuggestedRole {
  readonly role: string;
  readonly span: Span;
  readonly entity: SuggestedEntity | null;
  /** 0 to 1: how often such a role is right. */
  readonly confidence: number;
}

/** A relation of the codebook that a suggestion would have to another annotation: `place` says which end it would be. */
export interface SuggestedRelation {
  readonly type: 'continues' | 'evidence_for';
  readonly place: 'from' | 'to';
  /** Where the other end lies, and its layer: an annotation there, or a suggestion that is accepted too. */
  readonly other: { readonly layer: string; readonly span: Span };
}

/** What a rule proposes to annotate. Offsets are UTF-16 offsets of the article's text; spans ascend and stand apart as those of an annotation do. */
export interface Suggestion {
  readonly layer: string;
  readonly spans: readonly Span[];
  /** The attributes that the rule knows; the codebook's defaults hold for the others. */
  readonly attributes: Annotation['attributes'];
  /** Where the numbers of the attribute of type `quantity` stand, one place for each, in its order. */
  readonly quantityPlaces?: readonly Span[];
  readonly roles: readonly SuggestedRole[];
  readonly relations?: readonly SuggestedRelation[];
  /** The rule's name: `<layer>.<rule>`. */
  readonly rule: string;
  readonly version: string;
  /** Why, in words for a person. */
  readonly why: string;
  /** 0 to 1: how often such a suggestion is right, its roles aside. */
  readonly confidence: number;
}
