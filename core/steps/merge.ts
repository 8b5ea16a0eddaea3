import { dequal } from 'dequal';
import { type Annotation, type AnnotationSet, emptySet, type Mention, mentionsOf } from '../model/annotation.ts';
import { applyEdits, type Edit, type Gesture, GroundChanged, type Work } from './edit.ts';

/** How two versions of one person's work compare, in records: those of one side only, and those that both have and that differ. */
export interface Differences {
  readonly onlyHere: number;
  readonly onlyThere: number;
  readonly different: number;
}

/** Two versions as one: `work` and the edits that lead to it from ours. */
export interface Merged extends Differences {
  readonly work: Work;
  readonly edits: readonly Edit[];
}

/** What a merge needs to know of the place that the other version came from. */
export interface MergeSource {
  /** The name of the copy, for the notes of what is kept beside. */
  readonly name: string;
  /** Whether the codebook lets an annotation of this layer be marked unsure. */
  readonly hasUnsure: (layer: string) => boolean;
}

/**
 * Our work and a copy of it that went its own way, as one: the union by id. Where both have a record and it differs, the later
 * `modified` keeps the id, and the other stays beside it as a record of its own, marked unsure, with a note that says where it came
 * from. Fields with times of their own (entities, changes to articles) are taken field by field, the later winning. Nothing is
 * removed, so what was deleted in one version and is there in the other comes back. The same whichever of the two is called ours, and
 * doing it again changes nothing.
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

/** The edits that lead from one state of an annotator's work to another: removals last. */
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

/** A step of another version of a journal that does not fit ours, and why in words. */
export interface LeftOver {
  readonly gesture: Gesture;
  readonly reason: string;
}

/**
 * `work` with those steps of `theirs` that our journal (`known`: ids of its steps) lacks, each once, in the order of their times; steps
 * of one time stay in the order given. Those that no longer fit are left and told.
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

/** The two sides of a text in which git left conflict markers; null where there are none, or not in their order. */
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
    // One that nothing needs any more must not stay.
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

// Of two that differ at the same moment either may win, but always the same one.
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

// The id of what is kept beside follows from the record and its time, so that the same merge done again finds it there.
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

// A mention never moves once it is there; only its link changes. A link counts more than none, and a second link stays on a mention of its own.
function mergeMentions(a: Mention, b: Mention): Pair<Mention> {
  const isA = (a.entity !== null) === (b.entity !== null) ? isAfter(a, b, '', '') : a.entity !== null;
  const [kept, lost] = isA ? [a, b] : [b, a];
  return { kept, beside: lost.entity === null ? null : { ...lost, id: `${lost.id.slice(0, 49)}-as-${lost.entity.slice(0, 45)}` } };
}

interface Stamps {
  readonly [key: string]: unknown;
}

// Fields with a time each, under one or more groups of the record; whatever else the record has is the same on both sides.
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

// Equal records must be equal text, whatever the order in which their fields were set.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isStamps(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
