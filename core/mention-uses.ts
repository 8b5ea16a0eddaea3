import type { AnnotationSet } from './annotation.ts';
import { type Codebook, entityTypesOf } from './codebook.ts';
import type { Span } from './span.ts';

/** The role of an annotation that a place in the text fills. */
export interface RoleUse {
  readonly annotation: string;
  readonly layer: string;
  readonly role: string;
}

/**
 * A place in the text that speaks of someone or something: a mention, or an annotation with a role that points at an entity itself.
 * `id` is the mention's or the annotation's, `entity` what it was linked to, merges and splits aside; null where it has no link.
 */
export interface MentionUse {
  readonly kind: 'mention' | 'role';
  readonly id: string;
  readonly entity: string | null;
  readonly span: Span;
  readonly uses: readonly RoleUse[];
}

/** Everything in `set` that speaks of entities, ascending by place. Mentions without a link are there if they fill a role that an entity may fill. */
export function mentionUses(set: AnnotationSet, codebook: Codebook): MentionUse[] {
  const ofMention = new Map<string, RoleUse[]>();
  const direct = new Map<string, { kind: 'role'; id: string; entity: string; span: Span; uses: RoleUse[] }>();
  for (const { id, layer, spans, roles } of set.annotations.values()) {
    for (const { role, target } of roles) {
      const use = { annotation: id, layer, role };
      if (target.kind === 'mention') ofMention.set(target.id, [...(ofMention.get(target.id) ?? []), use]);
      if (target.kind !== 'entity') continue;
      const key = `${id} ${target.id}`;
      const known = direct.get(key);
      if (known) known.uses.push(use);
      else direct.set(key, { kind: 'role', id, entity: target.id, span: spans[0] as Span, uses: [use] });
    }
  }
  const named = namingRoles(codebook);
  const mentions = [...set.mentions.values()].flatMap(({ id, entity, span }): MentionUse[] => {
    const uses = ofMention.get(id) ?? [];
    const speaksOfOne = entity !== null || uses.some(({ layer, role }) => named.has(`${layer} ${role}`));
    return speaksOfOne ? [{ kind: 'mention', id, entity, span, uses }] : [];
  });
  return [...mentions, ...direct.values()].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end || (a.id < b.id ? -1 : 1));
}

// Layer and role, for the roles that an entity may fill.
function namingRoles(codebook: Codebook): ReadonlySet<string> {
  return new Set(
    codebook.layers.flatMap(({ id, roles }) =>
      roles.filter((role) => entityTypesOf(role, codebook).length > 0).map(({ name }) => `${id} ${name}`),
    ),
  );
}
