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

/** Where every document belongs, with the options by which that was decided. Maps ascend by id. */
export interface SplitPlan {
  readonly options: SplitOptions;
  readonly assignments: ReadonlyMap<string, Assignment>;
  /** The documents of each group, ascending. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly report: SplitReport;
}

/** What planning needs from outside. */
export interface SplitGround {
  readonly newHash: NewHash;
  /** Splits that were published: their documents stay where they are. The options are theirs then. */
  readonly published?: PublishedSplits | null;
  /** Waited for every now and then, so that others get their turn; may throw to end the work. */
  readonly pause?: () => Promise<void>;
  /** After how many pairs of documents that are alike the rest is left aside: a million. */
  readonly mostPairs?: number;
}

const longQuote = 8;

/**
 * Plans the splits of a dataset. Documents come in any order; of each text only its shingles are kept. Documents that belong together (by
 * `options.group`) are in one split, which hangs on the group's id alone, or, stratified, on the labels of all.
 *
 * With `published` splits their documents keep group and split. A document that came later goes into the split of its group, that with the most
 * published documents where they are in several; a group that is all new goes by its hash.
 * @throws RangeError for two documents with one id
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

/** What is kept of a document while the others come. `frozen` is where published splits have it, or the version before it. */
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
  // The least id comes first, so that the first of a group names it, in whatever order the documents came.
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

// Where documents that came later go: to the split that most of the published ones of their group are in.
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
    // Documents count as a label of their own: layers have names of plain letters, so none is empty.
    const labels: Record<string, number> = { '': indexes.length };
    for (const index of indexes) {
      for (const [label, count] of Object.entries((documents[index] as PlannedDocument).labels))
        labels[label] = (labels[label] ?? 0) + count;
    }
    return { id, labels, point: pointOf(id, newHash) };
  });
  return stratified(labelled, fractions);
}
