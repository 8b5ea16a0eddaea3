import { mayJoin } from '../annotations/relations.ts';
import {
  type Annotation,
  type AnnotationSet,
  type AttributeValue,
  emptySet,
  type Mention,
  mentionsOf,
  type Relation,
  type RoleFiller,
  withoutTrail,
} from '../model/annotation.ts';
import { current, layerOf } from '../model/codebook.ts';
import { applyEdits, type Edit, relationEdit } from '../steps/edit.ts';
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
 * Takes over what others annotated, as own annotations: words, attributes, roles with their mentions and links, and the note. The others’ records
 * stay as they are. What fills a role as an annotation is the own one that was taken over from it or is on the same words in the same layer, and is
 * left out where there is none. Their relations within the article are taken over once both ends are; those across articles stay with them.
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
  for (const reading of new Set(list.map((taken) => taken.reading))) add(relationsTaken({ ...scene, work }, reading, new Set(ids)));
  return { ids, edits };
}

// The relations of `reading` between what is own by now, of which one end at least is among `fresh`.
function relationsTaken(scene: Scene, reading: Reading, fresh: ReadonlySet<string>): Edit[] {
  const { annotations, relations } = setOn(scene);
  const edits: Edit[] = [];
  const made = [...relations.values()];
  for (const theirs of reading.set.relations.values()) {
    const type = current(scene.codebook.relations).find(({ id }) => id === theirs.type);
    const [from, to] = [theirs.from, theirs.to].map((end) => ownOf(annotations, reading, end.annotation));
    if (!type || !from || !to || from.id === to.id || !(fresh.has(from.id) || fresh.has(to.id))) continue;
    if (!mayJoin(type, from.layer, to.layer)) continue;
    const [one, other] = type.symmetric && from.id > to.id ? [to.id, from.id] : [from.id, to.id];
    if (made.some((own) => own.type === type.id && own.from.annotation === one && own.to.annotation === other)) continue;
    const { was: _, ...given } = theirs;
    const relation: Relation = {
      ...given,
      ...{ id: scene.newId(), annotator: scene.annotator, origin: { kind: 'adoption', annotator: reading.annotator, of: theirs.id } },
      from: { article: scene.article, annotation: one },
      to: { article: scene.article, annotation: other },
      ...{ codebook: scene.codebookVersion, created: scene.now, modified: scene.now },
    };
    made.push(relation);
    edits.push(relationEdit(null, relation));
  }
  return edits;
}

/** The own annotation that stands for the annotation `id` of `reading`: itself, or what was taken over from it. */
export function ownOf(own: AnnotationSet['annotations'], { annotator, set }: Reading, id: string): Annotation | undefined {
  const isTheirs = set.annotations.has(id);
  const takenOver = [...own.values()].find(
    ({ origin }) => origin.kind === 'adoption' && origin.of === id && (!isTheirs || origin.annotator === annotator),
  );
  return takenOver ?? (isTheirs ? undefined : own.get(id));
}

const setOn = (scene: Scene) => scene.work.sets.get(scene.article) ?? emptySet(scene.article);

function copied(scene: Scene, reading: Reading, id: string): { id: string; edits: Edit[] } {
  const { annotator, set } = reading;
  const theirs = set.annotations.get(id);
  if (!theirs) throw new RangeError(`no annotation ${id} in ${scene.article}`);
  const layer = layerOf(scene.codebook, theirs.layer);
  if (!layer || layer.retired) throw new Refusal(`${layer?.title ?? theirs.layer} is retired: it can no longer be given`);
  const own = setOn(scene);
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
    const counterpart = ownOf(own.annotations, reading, target.id)?.id ?? sameIn(own.annotations.values(), set.annotations.get(target.id));
    return counterpart ? [{ ...filler, target: { kind: 'annotation', id: counterpart } }] : [];
  });
  const after: Annotation = {
    ...fresh,
    ...{ id: scene.newId(), annotator: scene.annotator, roles, origin: { kind: 'adoption', annotator, of: id } as const },
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
