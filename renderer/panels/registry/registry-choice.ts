import type { EntityMention } from '../../../core/annotations/hits.ts';

/** What the registry's dialogs are about. */
export type RegistryDialog =
  | { readonly kind: 'create' }
  | { readonly kind: 'merge-into'; readonly id: string }
  | { readonly kind: 'merge'; readonly ids: readonly string[]; readonly into: string | null }
  | { readonly kind: 'split'; readonly id: string; readonly moved: readonly EntityMention[]; readonly left: readonly EntityMention[] }
  | { readonly kind: 'link'; readonly mentions: readonly EntityMention[] };

/** The ids of rows that are groups of words without a link begin with this; no record's id does. */
export const unlinkedSign = '?';
