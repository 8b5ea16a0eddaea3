import type { AnnotationSet, Mention } from '../model/annotation.ts';
import { emptySet, mentionsOf } from '../model/annotation.ts';
import { type Entity, entityOf, entityOfMention, foldedName } from '../model/entity.ts';
import { type Edit, mentionEdit } from '../steps/edit.ts';
import { fillRoleWith, holdEntity, Refusal, type Scene } from '../steps/gestures.ts';
import { isPronoun } from '../text/pronouns.ts';
import { withoutTitle } from './entity-names.ts';
import { mentionUses } from './mention-uses.ts';
import { createEntity, inTurn, type RegistryScene, returnMention, setAlias } from './registry-edits.ts';

/** An entity to link to: one of the registry by its id, or a new one. */
export type LinkTarget = string | { readonly type: string; readonly canonical: string };

/**
 * Links a mention to an entity, new or known. With `learn` the mention's words become an alias, where they are a name that the entity does
 * not have yet. None when all of that is so already. @throws Refusal for an empty name
 */
export function linkMention(scene: Scene, mention: string, target: LinkTarget, learn: boolean): Edit[] {
  return linkMentions(scene, [mentionNamed(scene, mention)], target, learn);
}

/** Links every mention of the same words in the article that is linked to nothing yet to what `mention` means. */
export function linkAlike(scene: Scene, mention: string): Edit[] {
  const model = mentionNamed(scene, mention);
  const entity = entityOfMention(scene.registry, model);
  if (!entity) throw new Refusal('Link this one first');
  return linkMentions(scene, alikeUnlinked(setOf(scene), model), entity.id, false);
}

/** The other mentions of the same words in the set that are linked to nothing. None for a pronoun: each has its own meaning. */
export function alikeUnlinked(set: AnnotationSet, { id, span }: Mention): Mention[] {
  const words = foldedName(span.text);
  if (isPronoun(words)) return [];
  return [...set.mentions.values()].filter((other) => other.id !== id && other.entity === null && foldedName(other.span.text) === words);
}

/** Unlinks a mention; one that nothing else needs goes away. None when it is linked to nothing. */
export function unlinkMention(scene: Scene, id: string): Edit[] {
  const mention = mentionNamed(scene, id);
  if (mention.entity === null) return [];
  const isNeeded = [...setOf(scene).annotations.values()].some((annotation) => mentionsOf(annotation).includes(id));
  return [mentionEdit(mention, isNeeded ? { ...mention, entity: null } : null)];
}

/**
 * Fills a role with an entity, new or known, without words in the text. Where it takes the place of one that was filled from words, these
 * words are linked to it too: they meant what the role means. @throws Refusal when the role is full or does not take it
 */
export function fillWithEntity(scene: Scene, annotation: string, role: string, target: LinkTarget, further: boolean): Edit[] {
  const words = further ? null : wordsOfRole(scene, annotation, role);
  const relinked = (id: string) => (words && words.entity !== id ? [mentionEdit(words, { ...words, entity: id })] : []);
  if (typeof target === 'string') {
    return [...fillRoleWith(scene, annotation, role, { kind: 'entity', id: target }, further), ...relinked(target)];
  }
  const { id, edits } = createEntity(registrySceneOf(scene), target.type, target.canonical);
  // The role asks for the type of what the same step makes.
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

// The own mention that holds the words of the entity in a role, and nothing else.
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
 * The alias that `entity` would learn from a mention's words: without a possessive s. Null for a name that it has, a pronoun, and words
 * without a capital after an article (“the council”); letters without case count as capitals.
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

/** The longest of some words of mentions that is a name, without titles and a possessive s; null where none is. */
export function longestName(words: readonly string[]): string | null {
  const names = words.flatMap((each) => aliasFrom(withoutTitle(each), { canonical: '', aliases: [] }) ?? []);
  return names.reduce<string | null>((longest, name) => (longest === null || name.length > longest.length ? name : longest), null);
}

/** What builders of changes to the registry need, from what builders of gestures have. */
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
