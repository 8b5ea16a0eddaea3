import type { Annotation, AnnotationSet, Mention } from '../../core/model/annotation.ts';
import { type Codebook, entityTypesOf, fillersOf, type Layer, layerOf, type Role } from '../../core/model/codebook.ts';
import { entityOfMention } from '../../core/model/entity.ts';
import { type EntityProposal, firstProposal, proposalsFor } from '../../core/registry/entity-proposals.ts';
import { currentSet, type Workspace } from './workspace.ts';

/** A mention in a role of an annotation that can be linked to an entity, with the entity types that the role takes. */
export interface LinkField {
  readonly role: Role;
  readonly mention: Mention;
  readonly types: readonly string[];
}

/** The mentions of an annotation that can be linked, in the order of its layer's roles. Cues are not included, because their role takes no entity. */
export function linkFieldsOf(annotation: Annotation, layer: Layer, codebook: Codebook, set: AnnotationSet): LinkField[] {
  return layer.roles.flatMap((role) => {
    const types = entityTypesOf(role, codebook);
    if (types.length === 0) return [];
    return fillersOf(annotation, role.name).flatMap(({ target }): LinkField[] => {
      const mention = target.kind === 'mention' ? set.mentions.get(target.id) : undefined;
      return mention ? [{ role, mention, types }] : [];
    });
  });
}

/** The fields of an annotation in the article on screen whose mentions have no link. */
export function openLinksOf(state: Workspace, annotation: Annotation): LinkField[] {
  const codebook = state.opened?.codebook.codebook;
  const layer = codebook && layerOf(codebook, annotation.layer);
  if (!layer) return [];
  return linkFieldsOf(annotation, layer, codebook, currentSet(state)).filter(({ mention }) => !entityOfMention(state.registry, mention));
}

/** The first of them that a single key can link, with the entity. Null if there is no unambiguous proposal. */
export function nextProposal(state: Workspace, annotation: Annotation): { field: LinkField; proposal: EntityProposal } | null {
  for (const field of openLinksOf(state, annotation)) {
    const proposal = firstProposal(proposalsOf(state, field));
    if (proposal) return { field, proposal };
  }
  return null;
}

/** What the mention may be linked to in the article on screen. Cached until something that it depends on changes. */
export function proposalsOf(state: Workspace, { mention, types }: Pick<LinkField, 'mention' | 'types'>): readonly EntityProposal[] {
  if (!state.article) return [];
  const set = currentSet(state);
  const { registry } = state;
  const known = kept.get(mention);
  if (known && known.set === set && known.registry === registry && known.types.join() === types.join()) return known.proposals;
  const proposals = proposalsFor({ text: state.article.text, set, registry, types }, mention);
  kept.set(mention, { set, registry, types, proposals });
  return proposals;
}

const kept = new WeakMap<
  Mention,
  {
    readonly set: AnnotationSet;
    readonly registry: Workspace['registry'];
    readonly types: readonly string[];
    readonly proposals: readonly EntityProposal[];
  }
>();
