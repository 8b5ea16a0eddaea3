import type { EntityMention } from '../../../core/annotations/hits.ts';

/** What the dialogs of the registry are about. */
export type RegistryDialog =
  | { readonly kind: 'create' }
  | { readonly kind: 'merge-into'; readonly id: string }
  | { readonly kind: 'merge'; readonly ids: readonly string[]; readonly into: string | null }
  | { readonly kind: 'split'; readonly id: string; readonly moved: readonly EntityMention[]; readonly left: readonly EntityMention[] }
  | { readonly kind: 'link'; readonly mentions: readonly EntityMention[] };

/** The prefix of row ids for groups of unlinked words. No record id begins with it. */
export const unlinkedSign = '?';
