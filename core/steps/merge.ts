import { dequal } from 'dequal';
import { type Annotation, type AnnotationSet, emptySet, type Mention, mentionsOf } from '../model/annotation.ts';
import { applyEdits, type Edit, type Gesture, GroundChanged, type Work } from './edit.ts';

/** How two versions of one annotator's work compare, in numbers of records: those on one side only, and those on both sides that differ. */
export interface Differences {
  readonly onlyHere: number;
  readonly onlyThere: number;
  readonly different: number;
}

/** The result of a merge: the new `work`, and the edits that lead to it from ours. */
export interface Merged extends Differences {
  readonly work: Work;
  readonly edits: readonly Edit[];
}

/** What a merge needs to know about the origin of the other version. */
export interface MergeSource {
  /** The name of the copy, for the notes of the versions that are kept as well. */
  readonly name: string;
  /** Whether the codebook lets an annotation of this layer be marked unsure. */
  readonly hasUnsure: (layer: string) => boolean;
}

/**
 * Merges our work with a copy that was edited separately, by id. If a record differs, the one with the later `modified` keeps the id. The other is
 * kept as a separate record, marked unsure, with a note about where it came from. Entities and changes to articles have a time for each field and
 * are merged field by field; the later wins. Nothing is removed, so what was deleted in one version but exists in the other comes back. The result
 * is the same from either side, and merging again changes nothing.
 */
export function mergeWorks(ours: Work, theirs: Work, source: MergeSource): Merged {
  const count = { onlyHere: 0, onlyThere: 0, different: 0 };
  const sets = new Map(ours.sets);
  for (const id of new Set([...ours.sets.keys(), ...theirs.sets.keys()])) {
    sets.set(id, mergeSets(ours.sets.get(id) ?? emptySet(id), theirs.sets.get(id) ?? emptySet(id), source, count));
  }
  const work: Work = {
    ...ours,
    sets,
    entities: united(ours.entities, theirs.entities, mergeStamps, count),
    links: united(ours.links, theirs.links, newer(source), count),
    articles: united(ours.articles, theirs.articles, mergeStamps, count),
  };
  return { ...count, work, edits: editsBetween(ours, work) };
}

/** The edits that lead from one state of an annotator's work to another. Removals come last. */
export function editsBetween(before: Work, after: Work): Edit[] {
  const edits: Edit[] = [];
  const changes = <R>(was: ReadonlyMap<string, R>, is: ReadonlyMap<string, R>, edit: (id: string, a: R | null, b: R | null) => Edit) => {
    for (const id of [...new Set([...is.keys(), ...was.keys()])].sort()) {
      const [a, b] = [was.get(id) ?? null, is.get(id) ?? null];
      if (!dequal(a, b)) edits.push(edit(id, a, b));
    }
  };
  changes(before.entities, after.entities, (id, a, b) => ({ record: 'entity', id, before: a, after: b }));
  changes(before.articles, after.articles, (id, a, b) => ({ record: 'article', id, before: a, after: b }));
  for (const article of [...new Set([...before.sets.keys(), ...after.sets.keys()])].sort()) {
    const [was, is] = [before.sets.get(article) ?? emptySet(article), after.sets.get(article) ?? emptySet(article)];
    changes(was.mentions, is.mentions, (id, a, b) => ({ record: 'mention', article, id, before: a, after: b }));
    changes(was.annotations, is.annotations, (id, a, b) => ({ record: 'annotation', article, id, before: a, after: b }));
    changes(was.relations, is.relations, (id, a, b) => ({ record: 'relation', article, id, before: a, after: b }));
    changes(was.decisions, is.decisions, (id, a, b) => ({ record: 'decision', article, id, before: a, after: b }));
    if (!dequal(was.completion, is.completion)) {
      edits.push({ record: 'completion', article, id: article, before: was.completion, after: is.completion });
    }
  }
  changes(before.links, after.links, (id, a, b) => ({ record: 'link', id, before: a, after: b }));
  return [...edits.filter(({ after: kept }) => kept), ...edits.filter(({ after: kept }) => !kept)];
}

/** A step of the other journal that does not fit ours, and why, in words. */
export interface LeftOver {
  readonly gesture: Gesture;
  readonly reason: string;
}

/**
 * Applies the steps of `theirs` that our journal lacks to `work`, each once, in order of time; steps of the same time keep their order. `known`
 * holds the ids of our steps. Steps that no longer fit are returned in `left`.
 */
export function replayMissing(work: Work, known: ReadonlySet<string>, theirs: readonly Gesture[]): { work: Work; left: LeftOver[] } {
  const missing = new Map<string, Gesture>();
  for (const gesture of theirs) if (!known.has(gesture.id)) missing.set(gesture.id, gesture);
  const left: LeftOver[] = [];
  let now = work;
  for (const gesture of [...missing.values()].sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))) {
    try {
      now = applyEdits(now, gesture.edits);
    } catch (error) {
      if (!(error instanceof GroundChanged)) throw error;
      left.push({ gesture, reason: error.message });
    }
  }
  return { work: now, left };
}

/** The two sides of a text with git conflict markers. Null if there are none or they are out of order. */
export function sidesOf(text: string): { ours: string; theirs: string } | null {
  const ours: string[] = [];
  const theirs: string[] = [];
  let side: 'both' | 'ours' | 'base' | 'theirs' = 'both';
  let found = false;
  for (const line of text.split('\n')) {
    const bare = line.replace(/\r$/, '');
    if (/^<{7}( |$)/.test(bare)) {
      if (side !== 'both') return null;
      [side, found] = ['ours', true];
    } else if (side === 'ours' && /^\|{7}( |$)/.test(bare)) side = 'base';
    else if ((side === 'ours' || side === 'base') && bare === '=======') side = 'theirs';
    else if (side === 'theirs' && /^>{7}( |$)/.test(bare)) side = 'both';
    else {
      if (side === 'both' || side === 'ours') ours.push(line);
      if (side === 'both' || side === 'theirs') theirs.push(line);
    }
  }
  return found && side === 'both' ? { ours: ours.join('\n'), theirs: theirs.join('\n') } : null;
}

type Count = { -readonly [K in keyof Differences]: number };
type Pair<R> = { readonly kept: R; readonly beside: R | null };

function mergeSets(ours: AnnotationSet, theirs: AnnotationSet, source: MergeSource, count: Count): AnnotationSet {
  const annotations = united(ours.annotations, theirs.annotations, newerAnnotation(source), count);
  const pointed = new Set([...annotations.values()].flatMap(mentionsOf));
  const mentions = united(ours.mentions, theirs.mentions, mergeMentions, null);
  return {
    article: ours.article,
    annotations,
    // Drop mentions that are neither linked nor used.
    mentions: new Map([...mentions].filter(([id, { entity }]) => entity !== null || pointed.has(id))),
    relations: united(ours.relations, theirs.relations, newer(source), count),
    decisions: united(
      ours.decisions,
      theirs.decisions,
      (a, b) => later(a, b, a.decided, b.decided, stampedId(older(a, b, 'decided'))),
      count,
    ),
    completion:
      ours.completion && theirs.completion
        ? later(ours.completion, theirs.completion, ours.completion.marked, theirs.completion.marked, null).kept
        : (ours.completion ?? theirs.completion),
  };
}

function united<R extends { readonly id: string }>(
  ours: ReadonlyMap<string, R>,
  theirs: ReadonlyMap<string, R>,
  settle: (a: R, b: R) => Pair<R>,
  count: Count | null,
): Map<string, R> {
  const records = new Map([...theirs, ...ours]);
  for (const [id, our] of ours) {
    const their = theirs.get(id);
    if (!their) {
      if (count) count.onlyHere++;
      continue;
    }
    if (dequal(our, their)) continue;
    const { kept, beside } = settle(our, their);
    records.set(id, kept);
    const isNew = beside !== null && !records.has(beside.id);
    if (isNew) records.set(beside.id, beside);
    if (count && (isNew || !dequal(kept, our))) count.different++;
  }
  if (count) for (const id of theirs.keys()) if (!ours.has(id)) count.onlyThere++;
  return records;
}

// If two differ but have the same time, either may win, but it must always be the same one.
const isAfter = (a: object, b: object, timeA: string, timeB: string) =>
  timeA === timeB ? JSON.stringify(sorted(a)) > JSON.stringify(sorted(b)) : timeA > timeB;

function later<R extends object>(a: R, b: R, timeA: string, timeB: string, besideId: string | null): Pair<R> {
  const [kept, lost] = isAfter(a, b, timeA, timeB) ? [a, b] : [b, a];
  return { kept, beside: besideId === null ? null : { ...lost, id: besideId } };
}

function older<K extends string, R extends { readonly [key in K]: string } & { readonly id: string }>(
  a: R,
  b: R,
  time: K,
): [string, string] {
  const lost = isAfter(a, b, a[time], b[time]) ? b : a;
  return [lost.id, lost[time]];
}

// The id is derived from the record and its time, so that repeating the merge finds the record it made before.
const stampedId = ([id, time]: readonly [string, string]) => `${id.slice(0, 70)}-at-${time.replace(/\D/g, '').slice(0, 20)}`;

const newer =
  ({ name }: MergeSource) =>
  <R extends { readonly id: string; readonly modified: string; readonly note: string }>(a: R, b: R): Pair<R> => {
    const { kept, beside } = later(a, b, a.modified, b.modified, stampedId(older(a, b, 'modified')));
    const told = `The older of two versions, kept when “${name}” was merged.`;
    return { kept, beside: beside && { ...beside, note: beside.note ? `${beside.note}\n${told}` : told } };
  };

const newerAnnotation = (source: MergeSource) => {
  const settle = newer(source);
  return (a: Annotation, b: Annotation): Pair<Annotation> => {
    const { kept, beside } = settle(a, b);
    if (!beside || !source.hasUnsure(beside.layer)) return { kept, beside };
    return { kept, beside: { ...beside, attributes: { ...beside.attributes, unsure: true } } };
  };
};

// A mention never moves; only its link can change. A linked mention wins over an unlinked one. If both are linked, the second link is kept on a
// separate mention.
function mergeMentions(a: Mention, b: Mention): Pair<Mention> {
  const isA = (a.entity !== null) === (b.entity !== null) ? isAfter(a, b, '', '') : a.entity !== null;
  const [kept, lost] = isA ? [a, b] : [b, a];
  return { kept, beside: lost.entity === null ? null : { ...lost, id: `${lost.id.slice(0, 49)}-as-${lost.entity.slice(0, 45)}` } };
}

interface Stamps {
  readonly [key: string]: unknown;
}

// Merges fields that have a time each, in one or more groups of the record. Everything else in the record is the same on both sides.
function mergeStamps<R extends { readonly id: string }>(a: R, b: R): Pair<R> {
  const merged: Record<string, unknown> = { ...a };
  for (const [group, stamps] of Object.entries(b)) {
    const known: unknown = merged[group];
    if (!isStamps(known) || !isStamps(stamps)) continue;
    const fields: Record<string, unknown> = { ...known };
    for (const [field, theirs] of Object.entries(stamps)) {
      const ours = fields[field];
      if (!isStamped(ours) || (isStamped(theirs) && isAfter(theirs, ours, theirs.time, ours.time))) fields[field] = theirs;
    }
    merged[group] = fields;
  }
  return { kept: { ...a, ...merged }, beside: null };
}

const isStamps = (value: unknown): value is Stamps => typeof value === 'object' && value !== null && !Array.isArray(value);
const isStamped = (value: unknown): value is { time: string } => isStamps(value) && typeof value['time'] === 'string';

// Equal records must give equal text, whatever the order in which their fields were set.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isStamps(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
