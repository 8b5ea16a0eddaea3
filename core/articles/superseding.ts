import {
  type Annotation,
  type AnnotationSet,
  byReadingOrder,
  type Mention,
  mentionsOf,
  type Quantity,
  type Relation,
  withoutTrail,
} from '../model/annotation.ts';
import type { ResolvedArticle } from '../model/article-record.ts';
import { entityOfMention, type Registry } from '../model/entity.ts';
import { annotationEdit, type Edit, mentionEdit, relationEdit, type Work } from '../steps/edit.ts';
import { holdEntity } from '../steps/gestures.ts';
import { anchorer, type Candidate } from '../text/anchor.ts';
import { type Range, type Span, spanAt, spanProblem } from '../text/span.ts';
import { type ChangeScene, changeArticle, changedDetails } from './article-changes.ts';

/** What became of an annotation in the corrected version: `ranges` are its fragments there, ascending; in doubt those that look most alike. */
export interface Carried {
  readonly annotation: Annotation;
  readonly state: 'same' | 'moved' | 'doubt';
  readonly ranges: readonly Range[];
  /** From 0 to 1: how sure the least sure of its fragments is. */
  readonly score: number;
}

/** What would become of a set if another text took the place of its own. Nothing is changed by it. */
export interface SupersedingPlan {
  readonly oldArticle: string;
  readonly newArticle: string;
  readonly oldText: string;
  readonly newText: string;
  /** In reading order. */
  readonly carried: readonly Carried[];
  readonly lost: readonly Annotation[];
  /** Where each mention that was found again stands, by its id; `isSure` where no person needs to look. */
  readonly mentions: ReadonlyMap<string, Range & { readonly isSure: boolean }>;
  /** The mentions that were not found again, by id. */
  readonly missing: ReadonlyMap<string, Mention>;
}

/** What an annotation loses when its article is replaced: a role's filler or a quantity's place in the text, and the words that it had. */
export interface Dropped {
  readonly annotation: Annotation;
  /** The name of the role or, for a quantity, of the attribute. */
  readonly field: string;
  readonly kind: 'role' | 'quantity';
  readonly words: string;
}

/** What the edits of a superseding need to know; `now` stamps them and `newId` gives a fresh id at each call. */
export interface SupersedingScene extends ChangeScene {
  readonly work: Work;
  readonly registry: Registry;
  readonly newId: () => string;
}

/** Finds everything of `set` (on `oldText`) again in `newText`. A mention in doubt goes to its best place only where an annotation takes it along. */
export function planSuperseding(set: AnnotationSet, oldText: string, newArticle: string, newText: string): SupersedingPlan {
  const anchor = anchorer(oldText, newText);
  const carried: Carried[] = [];
  const lost: Annotation[] = [];
  for (const annotation of [...set.annotations.values()].sort(byReadingOrder)) {
    const found = carry(annotation, anchor, newText);
    if (found) carried.push(found);
    else lost.push(annotation);
  }
  const mentions = new Map<string, Range & { isSure: boolean }>();
  const missing = new Map<string, Mention>();
  for (const mention of set.mentions.values()) {
    const found = anchor(mention.span);
    const place = found.state === 'lost' ? undefined : found.state === 'doubt' ? found.candidates[0] : found.place;
    if (place) mentions.set(mention.id, { start: place.start, end: place.end, isSure: found.state !== 'doubt' });
    else missing.set(mention.id, mention);
  }
  return { oldArticle: set.article, newArticle, oldText, newText, carried, lost, mentions, missing };
}

/**
 * What annotations lose when `plan` is put into effect with those in doubt that are `accepted`: a filler whose words are not found in the
 * new text, and one that is an annotation on the other side. In reading order of what goes along, then of what stays.
 */
export function droppedBy(plan: SupersedingPlan, accepted: ReadonlySet<string>): Dropped[] {
  const goes = goingOf(plan, accepted);
  const going = goes.map(({ annotation }) => annotation);
  const ids = new Set(going.map(({ id }) => id));
  const all = [...plan.carried.map(({ annotation }) => annotation), ...plan.lost];
  const byId = new Map(all.map((annotation) => [annotation.id, annotation]));
  const wordsOf = (id: string) =>
    byId
      .get(id)
      ?.spans.map(({ text }) => text)
      .join(' … ') ?? '';
  const apart = (annotation: Annotation, isGoing: boolean): Dropped[] =>
    annotation.roles.flatMap(({ role, target }) =>
      target.kind === 'annotation' && ids.has(target.id) !== isGoing
        ? [{ annotation, field: role, kind: 'role', words: wordsOf(target.id) }]
        : [],
    );
  const unfound = (annotation: Annotation): Dropped[] => [
    ...annotation.roles.flatMap(({ role, target }): Dropped[] => {
      const mention = target.kind === 'mention' ? plan.missing.get(target.id) : undefined;
      return mention ? [{ annotation, field: role, kind: 'role', words: mention.span.text }] : [];
    }),
    ...Object.entries(annotation.attributes).flatMap(([name, value]) =>
      quantitiesOf(value).flatMap((quantity): Dropped[] => {
        const mention = plan.missing.get(quantity.mention ?? '');
        return mention ? [{ annotation, field: name, kind: 'quantity', words: mention.span.text }] : [];
      }),
    ),
  ];
  return [
    ...going.flatMap((annotation) => [...unfound(annotation), ...apart(annotation, true)]),
    ...all.filter(({ id }) => !ids.has(id)).flatMap((annotation) => apart(annotation, false)),
  ];
}

const goingOf = (plan: SupersedingPlan, accepted: ReadonlySet<string>): Carried[] =>
  plan.carried.filter(({ state, annotation }) => state !== 'doubt' || accepted.has(annotation.id));

function carry(annotation: Annotation, anchor: ReturnType<typeof anchorer>, newText: string): Carried | null {
  const places: Candidate[] = [];
  let state: Carried['state'] = 'same';
  for (const span of annotation.spans) {
    const found = anchor(span);
    if (found.state === 'lost') return null;
    const place = found.state === 'doubt' ? found.candidates[0] : found.place;
    if (!place) return null;
    if (found.state === 'doubt') state = 'doubt';
    else if (found.state === 'moved' && state === 'same') state = 'moved';
    places.push(place);
  }
  const ranges = places.map(({ start, end }) => ({ start, end }));
  // Fragments that have changed their order or meet are no longer the fragments of one annotation.
  if (
    spanProblem(
      newText,
      ranges.map((range) => spanAt(newText, range)),
    )
  )
    return null;
  return { annotation, state, ranges, score: Math.min(...places.map(({ score }) => score)) };
}

/**
 * The edits of one step that put `plan` into effect: what was found goes to the new article under its old ids, with its mentions, relations and
 * links; those in doubt only if `accepted` has their id; the rest stays with the old article, which leaves the list. What the new
 * article does not know of its origin (source, date, address, language) it takes over.
 */
export function supersede(
  scene: SupersedingScene,
  plan: SupersedingPlan,
  accepted: ReadonlySet<string>,
  oldArticle: ResolvedArticle,
  newArticle: ResolvedArticle,
): Edit[] {
  const { oldArticle: from, newArticle: to, newText } = plan;
  const old = scene.work.sets.get(from);
  if (!old) throw new RangeError(`the set on ${from} is not loaded`);
  const going = goingOf(plan, accepted);
  const goes = new Set(going.map(({ annotation }) => annotation.id));
  const staying = [...old.annotations.values()].filter(({ id }) => !goes.has(id));
  const fresh = scene.work.sets.get(to);

  // A mention goes when what goes points at it, or when only its entity holds it. One that is needed on both sides is written anew.
  const neededHere = new Set(staying.flatMap(mentionsOf));
  const neededThere = new Set(going.flatMap(({ annotation }) => mentionsOf(withoutTrail(annotation))));
  const newIds = new Map<string, string>();
  const held = new Set<string>();
  const edits: Edit[] = [];
  const spanThere = (range: Range): Span => spanAt(newText, range);
  for (const mention of old.mentions.values()) {
    const place = plan.mentions.get(mention.id);
    const isHeld = mention.entity !== null && !neededHere.has(mention.id) && place?.isSure === true;
    const stays = neededHere.has(mention.id) || !place || (mention.entity !== null && !place.isSure);
    if (!stays && (neededThere.has(mention.id) || isHeld || mention.entity === null)) edits.push(mentionEdit(mention, null));
    if (!place || !(neededThere.has(mention.id) || isHeld)) continue;
    const known = [...(fresh?.mentions.values() ?? [])].find(({ span }) => span.start === place.start && span.end === place.end);
    const id = known?.id ?? (stays ? scene.newId() : mention.id);
    newIds.set(mention.id, id);
    if (known) continue;
    // A split names mentions by their ids: one that gets another is linked to what it means today.
    const entity = id === mention.id ? mention.entity : (entityOfMention(scene.registry, mention)?.id ?? mention.entity);
    if (entity !== null && entity !== mention.entity) held.add(entity);
    edits.push(mentionEdit(null, { ...mention, id, entity, article: to, span: spanThere(place) }));
  }
  for (const entity of held) edits.push(...holdEntity(scene, entity));
  // What pointed only from annotations that go, and was not found again, has nothing left that needs it.
  for (const mention of old.mentions.values()) {
    const isNeeded = neededHere.has(mention.id) || mention.entity !== null;
    if (!plan.mentions.has(mention.id) && !isNeeded) edits.push(mentionEdit(mention, null));
  }

  for (const { annotation, ranges } of going) {
    const moved: Annotation = {
      ...withoutTrail(annotation),
      article: to,
      spans: ranges.map(spanThere),
      attributes: Object.fromEntries(Object.entries(annotation.attributes).map(([name, value]) => [name, withMentions(value, newIds)])),
      roles: annotation.roles.flatMap((filler) => {
        const { target } = filler;
        if (target.kind === 'annotation') return goes.has(target.id) ? [filler] : [];
        if (target.kind !== 'mention') return [filler];
        const id = newIds.get(target.id);
        return id ? [{ ...filler, target: { kind: 'mention' as const, id } }] : [];
      }),
      modified: scene.now,
    };
    edits.push(annotationEdit(annotation, null), annotationEdit(null, moved));
  }
  for (const annotation of staying) {
    const roles = annotation.roles.filter(({ target }) => target.kind !== 'annotation' || !goes.has(target.id));
    if (roles.length < annotation.roles.length) edits.push(annotationEdit(annotation, { ...annotation, roles, modified: scene.now }));
  }
  edits.push(...tieEdits(scene, old, goes, from, to));
  const inherited = changedDetails(newArticle.meta, {
    source: newArticle.meta.source ?? oldArticle.meta.source,
    date: newArticle.meta.date ?? oldArticle.meta.date,
    url: newArticle.meta.url ?? oldArticle.meta.url,
    language: newArticle.meta.language ?? oldArticle.meta.language,
  });
  const relisted = { removed: false, ...(newArticle.supersededBy === null ? {} : { supersededBy: null }) };
  edits.push(changeArticle(scene, to, { ...inherited, ...(newArticle.listed ? {} : relisted) }));
  edits.push(changeArticle(scene, from, { supersededBy: to }));
  return edits.filter(({ before, after }) => before !== null || after !== null);
}

// Relations inside the article and links across: an end that goes names the new article. A relation torn in two becomes a link.
// A link whose ends meet in the new article becomes a relation of it.
function tieEdits({ work, now }: SupersedingScene, old: AnnotationSet, goes: ReadonlySet<string>, from: string, to: string): Edit[] {
  const moved = (relation: Relation): Relation => {
    const end = (side: Relation['from']) => (side.article === from && goes.has(side.annotation) ? { ...side, article: to } : side);
    return { ...relation, from: end(relation.from), to: end(relation.to), modified: now };
  };
  const edits: Edit[] = [];
  for (const relation of old.relations.values()) {
    const after = moved(relation);
    if (after.from.article === from && after.to.article === from) continue;
    edits.push(relationEdit(relation, null), relationEdit(null, after));
  }
  for (const link of work.links.values()) {
    const after = moved(link);
    if (after.from.article === link.from.article && after.to.article === link.to.article) continue;
    const meets = after.from.article === after.to.article;
    // As a link, not as its ends say: Pressmark once left links whose ends had met among the links.
    edits.push({ record: 'link', id: link.id, before: link, after: meets ? null : after }, ...(meets ? [relationEdit(null, after)] : []));
  }
  return edits;
}

function withMentions(value: Annotation['attributes'][string], newIds: ReadonlyMap<string, string>): Annotation['attributes'][string] {
  const quantities = quantitiesOf(value);
  if (quantities.length === 0) return value;
  return quantities.map((item) => ({ ...item, mention: item.mention === null ? null : (newIds.get(item.mention) ?? null) }));
}

function quantitiesOf(value: Annotation['attributes'][string]): Quantity[] {
  const isQuantity = (item: unknown): item is Quantity => typeof item === 'object' && item !== null && 'mention' in item;
  return Array.isArray(value) ? (value as unknown[]).filter(isQuantity) : [];
}
