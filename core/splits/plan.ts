import { type NewHash, pointOf, splitAt } from './assign.ts';
import { mainEvents, type SplitDocument } from './document.ts';
import { joinByKeys, Union } from './groups.ts';
import { leakageReport, type PlannedDocument, wordCount } from './leakage.ts';
import { type AlikePair, alikePairs } from './near-duplicates.ts';
import { type Assignment, SplitName, type SplitOptions } from './options.ts';
import type { PublishedSplits } from './published.ts';
import type { SplitReport } from './report.ts';
import { shinglesOf } from './shingles.ts';
import { stratified } from './stratify.ts';

/** The group and split of every document, with the options that decided them. Maps are in ascending order of id. */
export interface SplitPlan {
  readonly options: SplitOptions;
  readonly assignments: ReadonlyMap<string, Assignment>;
  /** The documents of each group, in ascending order. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly report: SplitReport;
}

/** What planning needs from its caller. */
export interface SplitGround {
  readonly newHash: NewHash;
  /** Splits that are already published. Their documents stay where they are, and their options apply. */
  readonly published?: PublishedSplits | null;
  /** Called and awaited from time to time, so that other work can run. May throw to stop planning. */
  readonly pause?: () => Promise<void>;
  /** Stop after this many pairs of similar documents. The default is a million. */
  readonly mostPairs?: number;
}

const longQuote = 8;

/**
 * Plans the splits of a dataset. Documents may come in any order, and only the shingles of each text are kept. Documents that belong together (by
 * `options.group`) go to the same split. The split depends only on the id of the group or, if stratified, on the labels of all.
 *
 * With `published` splits, their documents keep their group and split. A later document goes to the split of its group; if the group has published
 * documents in several splits, to the one with the most of them. A group with only new documents goes by its hash.
 * @throws RangeError if two documents have the same id
 */
export async function planSplits(
  documents: AsyncIterable<SplitDocument>,
  options: SplitOptions,
  { newHash, published = null, pause = async () => {}, mostPairs = 1_000_000 }: SplitGround,
): Promise<SplitPlan> {
  const { group, fractions, stratify } = published?.options ?? options;
  const taken = await takeIn(documents, published);
  const planned = taken.map(({ document }) => document);
  const union = new Union(taken.length);
  const { pairs, isCutShort } = await alikeIn(
    taken.map(({ shingles }) => shingles),
    pause,
    mostPairs,
  );
  const keys: Readonly<Record<string, (document: PlannedDocument) => readonly string[]>> = {
    event: ({ main }) => main,
    quote: ({ quotes }) => quotes.filter((quote) => wordCount(quote) >= longQuote),
    speaker: ({ speakers }) => speakers,
  };
  for (const by of group) {
    const keysOf = keys[by];
    if (keysOf) joinByKeys(union, planned.length, (index) => keysOf(planned[index] as PlannedDocument));
    else for (const { a, b, same } of pairs) if (same) union.join(a, b);
  }
  const together = union.groups();
  const decided: Assignment[] = [];
  const open: { readonly id: string; readonly indexes: readonly number[] }[] = [];
  for (const [first, indexes] of together) {
    const heir = heirOf(indexes.flatMap((index) => taken[index]?.frozen ?? []));
    if (!heir) open.push({ id: (planned[first] as PlannedDocument).id, indexes });
    else for (const index of indexes) decided[index] = taken[index]?.frozen ?? heir;
  }
  const balanced = stratify && !published ? balance(open, planned, fractions, newHash) : null;
  for (const { id, indexes } of open) {
    const split = balanced?.get(id) ?? splitAt(pointOf(id, newHash), fractions);
    for (const index of indexes) decided[index] = { group: id, split };
  }
  const groups = decided.map((assignment) => assignment.group);
  const members = new Map(groups.map((name): [string, string[]] => [name, []]));
  for (const [index, { id }] of planned.entries()) members.get(groups[index] as string)?.push(id);
  return {
    options: { group, fractions, stratify },
    assignments: new Map(planned.map(({ id }, index) => [id, decided[index] as Assignment])),
    groups: members,
    report: leakageReport({ documents: planned, pairs, groups, splits: decided.map(({ split }) => split), together, isCutShort }),
  };
}

/** What is kept of a document while reading the others. `frozen` is the place that the published splits give it or its earlier version. */
interface Taken {
  readonly document: PlannedDocument;
  readonly shingles: Uint32Array;
  readonly frozen: Assignment | null;
}

async function takeIn(documents: AsyncIterable<SplitDocument>, published: PublishedSplits | null): Promise<Taken[]> {
  const frozen = new Map(published?.assignments.map(({ doc_id, group, split }) => [doc_id, { group, split }]));
  const taken: Taken[] = [];
  for await (const document of documents) {
    const { doc_id: id, text, events, quotes, speakers, entities, labels, replaces } = document;
    const before = [id, ...replaces].find((known) => frozen.has(known));
    taken.push({
      document: { id, events: [...events.keys()], main: mainEvents(document), quotes, speakers, entities, labels },
      shingles: shinglesOf(text),
      frozen: (before !== undefined && frozen.get(before)) || null,
    });
  }
  // Sort by id, so that a group is always named after its smallest id, whatever the order of the documents.
  taken.sort((a, b) => (a.document.id < b.document.id ? -1 : 1));
  for (const [index, { document }] of taken.entries()) {
    if (document.id === taken[index + 1]?.document.id) throw new RangeError(`two documents have the id ${document.id}`);
  }
  return taken;
}

async function alikeIn(
  shingles: readonly Uint32Array[],
  pause: () => Promise<void>,
  mostPairs: number,
): Promise<{ pairs: AlikePair[]; isCutShort: boolean }> {
  const pairs: AlikePair[] = [];
  for (const pair of alikePairs(shingles)) {
    if (!pair) await pause();
    else if (pairs.push(pair) === mostPairs) return { pairs, isCutShort: true };
  }
  return { pairs, isCutShort: false };
}

// Where later documents of a group go: the split that contains most of its published documents.
function heirOf(frozen: readonly Assignment[]): Assignment | null {
  const counts = SplitName.options.map((name) => frozen.filter(({ split }) => split === name));
  const most = counts.reduce((best, list) => (list.length > best.length ? list : best), []);
  return [...most].sort((a, b) => (a.group < b.group ? -1 : 1))[0] ?? null;
}

function balance(
  groups: readonly { readonly id: string; readonly indexes: readonly number[] }[],
  documents: readonly PlannedDocument[],
  fractions: SplitOptions['fractions'],
  newHash: NewHash,
): Map<string, SplitName> {
  const labelled = groups.map(({ id, indexes }) => {
    // Documents count as a label too. Its empty name cannot clash, because layer names are never empty.
    const labels: Record<string, number> = { '': indexes.length };
    for (const index of indexes) {
      for (const [label, count] of Object.entries((documents[index] as PlannedDocument).labels))
        labels[label] = (labels[label] ?? 0) + count;
    }
    return { id, labels, point: pointOf(id, newHash) };
  });
  return stratified(labelled, fractions);
}
