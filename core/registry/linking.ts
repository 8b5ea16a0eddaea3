import type { AnnotationSet, Mention } from '../model/annotation.ts';
import { emptySet, mentionsOf } from '../model/annotation.ts';
import { type Entity, entityOf, entityOfMention, foldedName } from '../model/entity.ts';
import { type Edit, mentionEdit } from '../steps/edit.ts';
import { fillRoleWith, holdEntity, Refusal, type Scene } from '../steps/gestures.ts';
import { isPronoun } from '../text/pronouns.ts';
import { withoutTitle } from './entity-names.ts';
import { mentionUses } from './mention-uses.ts';
import { createEntity, inTurn, type RegistryScene, returnMention, setAlias } from './registry-edits.ts';

/** The entity to link to: an id in the registry, or a new entity. */
export type LinkTarget = string | { readonly type: string; readonly canonical: string };

/**
 * Links a mention to an entity, known or new. With `learn`, the words of the mention become an alias, if they are a name that the entity does not
 * have yet. Returns no edits if nothing would change. @throws Refusal for an empty name
 */
export function linkMention(scene: Scene, mention: string, target: LinkTarget, learn: boolean): Edit[] {
  return linkMentions(scene, [mentionNamed(scene, mention)], target, learn);
}

/** Links all unlinked mentions in the article with the same words to the entity of `mention`. */
export function linkAlike(scene: Scene, mention: string): Edit[] {
  const model = mentionNamed(scene, mention);
  const entity = entityOfMention(scene.registry, model);
  if (!entity) throw new Refusal('Link this one first');
  return linkMentions(scene, alikeUnlinked(setOf(scene), model), entity.id, false);
}

/** The other unlinked mentions in the set with the same words. None for a pronoun, because each one may refer to someone else. */
export function alikeUnlinked(set: AnnotationSet, { id, span }: Mention): Mention[] {
  const words = foldedName(span.text);
  if (isPronoun(words)) return [];
  return [...set.mentions.values()].filter((other) => other.id !== id && other.entity === null && foldedName(other.span.text) === words);
}

/** Unlinks a mention, or deletes it if nothing else uses it. Returns no edits if it has no link. */
export function unlinkMention(scene: Scene, id: string): Edit[] {
  const mention = mentionNamed(scene, id);
  if (mention.entity === null) return [];
  const isNeeded = [...setOf(scene).annotations.values()].some((annotation) => mentionsOf(annotation).includes(id));
  return [mentionEdit(mention, isNeeded ? { ...mention, entity: null } : null)];
}

/**
 * Fills a role with an entity, known or new, without words in the text. If it replaces a filler that came from words, those words are linked to
 * the entity too, because they referred to what the role means. @throws Refusal if the role is full or does not take the entity
 */
export function fillWithEntity(scene: Scene, annotation: string, role: string, target: LinkTarget, further: boolean): Edit[] {
  const words = further ? null : wordsOfRole(scene, annotation, role);
  const relinked = (id: string) => (words && words.entity !== id ? [mentionEdit(words, { ...words, entity: id })] : []);
  if (typeof target === 'string') {
    return [...fillRoleWith(scene, annotation, role, { kind: 'entity', id: target }, further), ...relinked(target)];
  }
  const { id, edits } = createEntity(registrySceneOf(scene), target.type, target.canonical);
  // The role checks the entity's type, and this entity is only created in the same step.
  const made: Entity = {
    ...{ id, type: target.type, canonical: target.canonical, aliases: [], members: [], wikidata: null, date: null, roles: [], notes: '' },
    ...{ mergedInto: null, redirect: null, moved: {}, removed: false },
  };
  const registry = new Map([...scene.registry, [id, made]]);
  const entities = new Map(scene.work.entities);
  for (const edit of edits) if (edit.record === 'entity' && edit.after) entities.set(edit.id, edit.after);
  const filled = fillRoleWith(
    { ...scene, registry, work: { ...scene.work, entities } },
    annotation,
    role,
    { kind: 'entity', id: made.id },
    further,
  );
  return [...edits, ...filled, ...relinked(id)];
}

// The mention that holds the words of the entity in a role, if nothing else uses it.
function wordsOfRole(scene: Scene, annotation: string, role: string): Mention | null {
  const set = setOf(scene);
  const inRole = mentionUses(set, scene.codebook).find(
    ({ kind, id, uses }) => kind === 'role' && id === annotation && uses.some((use) => use.role === role),
  );
  const words = inRole?.words ? set.mentions.get(inRole.words) : undefined;
  const isNeeded = words && [...set.annotations.values()].some((each) => mentionsOf(each).includes(words.id));
  return words && !isNeeded ? words : null;
}

/**
 * The alias that `entity` would learn from a mention's words, without a possessive s. Null for a name it already has, for a pronoun, and for words
 * that have no capital after an article (“the council”). Letters without case count as capitals.
 */
export function aliasFrom(words: string, entity: Pick<Entity, 'canonical' | 'aliases'>): string | null {
  const alias = words
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(?:['’]s|(?<=s)['’])$/u, '');
  const bare = alias.replace(/^(the|an?)\s+/i, '');
  const isKnown = [entity.canonical, ...entity.aliases].some((name) => foldedName(name) === foldedName(alias));
  return isKnown || isPronoun(bare) || !/[\p{Lu}\p{Lt}\p{Lo}]/u.test(bare) ? null : alias;
}

/** The longest of the given words that is a name, without titles and possessive s. Null if none is. */
export function longestName(words: readonly string[]): string | null {
  const names = words.flatMap((each) => aliasFrom(withoutTitle(each), { canonical: '', aliases: [] }) ?? []);
  return names.reduce<string | null>((longest, name) => (longest === null || name.length > longest.length ? name : longest), null);
}

/** What the builders of registry edits need, taken from the scene of gestures. */
export function registrySceneOf({ work, registry, annotator, now, newId }: Scene): RegistryScene {
  return { records: work.entities, registry, annotator, now, newId };
}

function linkMentions(scene: Scene, mentions: readonly Mention[], target: LinkTarget, learn: boolean): Edit[] {
  const registryScene = registrySceneOf(scene);
  if (typeof target !== 'string') {
    const { id, edits } = createEntity(registryScene, target.type, target.canonical);
    const aliases = learn ? mentions.flatMap(({ span }) => aliasFrom(span.text, { canonical: target.canonical, aliases: [] }) ?? []) : [];
    return [
      ...edits.map((edit) => withAliases(edit, aliases, scene.now)),
      ...mentions.map((mention) => mentionEdit(mention, { ...mention, entity: id })),
    ];
  }
  const entity = entityOf(scene.registry, target);
  if (!entity) throw new RangeError(`no entity ${target} in the registry`);
  const changed = mentions.filter((mention) => entityOfMention(scene.registry, mention) !== entity);
  return inTurn(
    registryScene,
    () => (changed.length > 0 ? holdEntity(scene, entity.id) : []),
    ...changed.map(
      ({ id }) =>
        (on: RegistryScene) =>
          returnMention(on, id, entity.id),
    ),
    ...(learn ? mentions : []).map(({ span }) => (on: RegistryScene) => {
      const alias = aliasFrom(span.text, entity);
      return alias === null ? [] : setAlias(on, entity.id, alias, true);
    }),
    () =>
      changed.filter((mention) => mention.entity !== entity.id).map((mention) => mentionEdit(mention, { ...mention, entity: entity.id })),
  );
}

function withAliases(edit: Edit, aliases: readonly string[], time: string): Edit {
  if (edit.record !== 'entity' || !edit.after) return edit;
  return { ...edit, after: { ...edit.after, aliases: Object.fromEntries(aliases.map((alias) => [alias, { value: true, time }])) } };
}

const setOf = (scene: Scene): AnnotationSet => scene.work.sets.get(scene.article) ?? emptySet(scene.article);

function mentionNamed(scene: Scene, id: string): Mention {
  const mention = setOf(scene).mentions.get(id);
  if (!mention) throw new RangeError(`no mention ${id} in ${scene.article}`);
  return mention;
}
