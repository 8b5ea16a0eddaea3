import type { AnnotationSet } from '../model/annotation.ts';
import { type Codebook, entityTypesOf } from '../model/codebook.ts';
import type { Span } from '../text/span.ts';

/** A role of an annotation that a place in the text fills. */
export interface RoleUse {
  readonly annotation: string;
  readonly layer: string;
  readonly role: string;
}

/**
 * A place in the text that refers to someone or something: a mention, or an annotation with a role filled directly by an entity. `id` is that of
 * the mention or the annotation. `entity` is what it was linked to, before merges and splits; null without a link. For kind `role`, `words` is the
 * mention that holds the words of the role; null if there is none, and for mentions.
 */
export interface MentionUse {
  readonly kind: 'mention' | 'role';
  readonly id: string;
  readonly entity: string | null;
  readonly span: Span;
  readonly words: string | null;
  readonly uses: readonly RoleUse[];
}

/** Everything in `set` that refers to entities, in text order. Unlinked mentions are included if they fill a role that an entity may fill. */
export function mentionUses(set: AnnotationSet, codebook: Codebook): MentionUse[] {
  const ofMention = new Map<string, RoleUse[]>();
  const direct = new Map<string, Direct>();
  for (const { id, layer, spans, roles } of set.annotations.values()) {
    for (const { role, target } of roles) {
      const use = { annotation: id, layer, role };
      if (target.kind === 'mention') ofMention.set(target.id, [...(ofMention.get(target.id) ?? []), use]);
      if (target.kind !== 'entity') continue;
      const key = `${id} ${target.id}`;
      const known = direct.get(key);
      if (known) known.uses.push(use);
      else direct.set(key, { kind: 'role', id, entity: target.id, span: spans[0] as Span, words: null, uses: [use] });
    }
  }
  const named = namingRoles(codebook);
  const mentions = [...set.mentions.values()].flatMap(({ id, entity, span }): MentionUse[] => {
    const uses = ofMention.get(id) ?? [];
    const speaksOfOne = entity !== null || uses.some(({ layer, role }) => named.has(`${layer} ${role}`));
    return speaksOfOne ? [{ kind: 'mention', id, entity, span, words: null, uses }] : [];
  });
  giveWords([...direct.values()], mentions);
  return [...mentions, ...direct.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.id < b.id ? -1 : 1));
}

/**
 * A place in the text that refers to someone, listed once: what it refers to today, and the ids of the annotations whose roles have their words
 * there.
 */
export interface MentionPlace {
  readonly use: MentionUse;
  readonly entity: string | undefined;
  readonly also: readonly string[];
}

/**
 * The places of `uses`. A role and the mention that holds its words are one place while both refer to the same entity. `meant` gives the entity
 * that a use refers to.
 */
export function mentionPlaces(uses: readonly MentionUse[], meant: (use: MentionUse) => string | undefined): MentionPlace[] {
  const entities = new Map(uses.map((use) => [use.id, use.kind === 'mention' ? meant(use) : undefined]));
  const inWords = new Map<string, MentionUse[]>();
  const places = uses.flatMap((use) => {
    const entity = use.kind === 'mention' ? entities.get(use.id) : meant(use);
    if (use.words === null || entity === undefined || entities.get(use.words) !== entity) return [{ use, entity }];
    inWords.set(use.words, [...(inWords.get(use.words) ?? []), use]);
    return [];
  });
  return places.map(({ use, entity }) => {
    const roles = use.kind === 'mention' ? (inWords.get(use.id) ?? []) : [];
    return {
      use: roles.length > 0 ? { ...use, uses: [...use.uses, ...roles.flatMap((role) => role.uses)] } : use,
      entity,
      also: roles.map(({ id }) => id),
    };
  });
}

interface Direct {
  readonly kind: 'role';
  readonly id: string;
  readonly entity: string;
  readonly span: Span;
  words: string | null;
  readonly uses: RoleUse[];
}

// A role that only an entity can fill does not record the mention it was filled from. That mention either fills another role of the same annotation,
// or fills none and then belongs to the nearest annotation.
function giveWords(direct: readonly Direct[], mentions: readonly MentionUse[]): void {
  const roles = Map.groupBy(direct, ({ entity }) => entity);
  for (const { id, entity, span, uses } of mentions) {
    const open = entity === null ? [] : (roles.get(entity) ?? []).filter(({ words }) => words === null);
    const own = open.filter((role) => uses.some(({ annotation }) => annotation === role.id));
    const distance = (role: Direct) => Math.max(role.span.start - span.end, span.start - role.span.end, 0);
    const next = uses.length > 0 ? [] : open.toSorted((a, b) => distance(a) - distance(b)).slice(0, 1);
    for (const role of [...own, ...next]) role.words = id;
  }
}

// The roles that an entity may fill, as layer and role.
function namingRoles(codebook: Codebook): ReadonlySet<string> {
  return new Set(
    codebook.layers.flatMap(({ id, roles }) =>
      roles.filter((role) => entityTypesOf(role, codebook).length > 0).map(({ name }) => `${id} ${name}`),
    ),
  );
}
