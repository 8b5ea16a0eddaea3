import {
  type Annotation,
  type AttributeValue,
  emptySet,
  type Mention,
  mentionsOf,
  type RoleFiller,
  withoutTrail,
} from '../model/annotation.ts';
import { layerOf } from '../model/codebook.ts';
import { applyEdits, type Edit } from '../steps/edit.ts';
import { holdEntity, mentionAt, Refusal, removeAnnotations, type Scene } from '../steps/gestures.ts';
import { sharedPart } from './corresponding.ts';
import type { Reading } from './meaning.ts';

/** An annotation of somebody else that is taken over, and the own one that it stands for from then on, if there is one. */
export interface Taken {
  readonly reading: Reading;
  readonly annotation: string;
  readonly replaces: string | null;
}

/**
 * Takes over what others annotated, as own annotations made by hand: words, attributes, roles with their mentions and links, and the note. The
 * others’ records stay as they are. What fills a role as an annotation is the own one on the same words in the same layer, and is left out where
 * there is none; relations stay with their annotator.
 * @throws Refusal where the codebook no longer has the layer
 */
export function takeOver(scene: Scene, list: readonly Taken[]): { ids: string[]; edits: Edit[] } {
  const edits: Edit[] = [];
  const ids: string[] = [];
  let work = scene.work;
  const add = (more: readonly Edit[]) => {
    edits.push(...more);
    work = applyEdits(work, more);
  };
  for (const { reading, annotation, replaces } of list) {
    if (replaces !== null) add(removeAnnotations({ ...scene, work }, [replaces]));
    const made = copied({ ...scene, work }, reading, annotation);
    ids.push(made.id);
    add(made.edits);
  }
  return { ids, edits };
}

function copied(scene: Scene, { set }: Reading, id: string): { id: string; edits: Edit[] } {
  const theirs = set.annotations.get(id);
  if (!theirs) throw new RangeError(`no annotation ${id} in ${scene.article}`);
  const layer = layerOf(scene.codebook, theirs.layer);
  if (!layer || layer.retired) throw new Refusal(`${layer?.title ?? theirs.layer} is retired: it can no longer be given`);
  const own = scene.work.sets.get(scene.article) ?? emptySet(scene.article);
  const fresh = withoutTrail(theirs);
  const entities = new Set<string>();
  const edits: Edit[] = [];
  const mentions = new Map<string, string>();
  for (const each of new Set(mentionsOf(fresh))) {
    const mention = set.mentions.get(each);
    if (!mention) continue;
    const known = mentionAt(own, mention.span);
    // A link that a person gave the own mention stands.
    const after: Mention = known
      ? { ...known, entity: known.entity ?? mention.entity }
      : { ...mention, id: scene.newId(), annotator: scene.annotator };
    mentions.set(each, after.id);
    if (after.entity !== null) entities.add(after.entity);
    if (known?.entity !== after.entity || !known) {
      edits.push({ record: 'mention', article: scene.article, id: after.id, before: known ?? null, after });
    }
  }
  const roles = fresh.roles.flatMap((filler): RoleFiller[] => {
    const { target } = filler;
    if (target.kind === 'entity') entities.add(target.id);
    if (target.kind === 'mention') return [{ ...filler, target: { kind: 'mention', id: mentions.get(target.id) ?? target.id } }];
    if (target.kind !== 'annotation') return [filler];
    const counterpart = sameIn(own.annotations.values(), set.annotations.get(target.id));
    return counterpart ? [{ ...filler, target: { kind: 'annotation', id: counterpart } }] : [];
  });
  const after: Annotation = {
    ...fresh,
    ...{ id: scene.newId(), annotator: scene.annotator, roles, origin: { kind: 'person' } as const },
    attributes: Object.fromEntries(Object.entries(fresh.attributes).map(([name, value]) => [name, withMentions(value, mentions)])),
    ...{ codebook: scene.codebookVersion, created: scene.now, modified: scene.now },
  };
  return {
    id: after.id,
    edits: [
      ...[...entities].flatMap((entity) => holdEntity(scene, entity)),
      ...edits,
      { record: 'annotation', article: scene.article, id: after.id, before: null, after },
    ],
  };
}

function sameIn(own: Iterable<Annotation>, theirs: Annotation | undefined): string | null {
  for (const each of own) if (theirs && each.layer === theirs.layer && sharedPart(each.spans, theirs.spans) === 1) return each.id;
  return null;
}

// Numbers are held by mentions, which are the annotator's own.
function withMentions(value: AttributeValue, mentions: ReadonlyMap<string, string>): AttributeValue {
  if (!Array.isArray(value)) return value;
  return value.map((item) =>
    typeof item === 'object' && 'mention' in item && item.mention !== null
      ? { ...item, mention: mentions.get(item.mention) ?? item.mention }
      : item,
  ) as AttributeValue;
}
