import type { AlikePair } from './near-duplicates.ts';
import { type GroupBy, SplitName } from './options.ts';
import type { CrossingKey, SplitReport, Tie } from './report.ts';

/** A document without its text, as used for planning. `main` are its main events. */
export interface PlannedDocument {
  readonly id: string;
  readonly events: readonly string[];
  readonly main: readonly string[];
  readonly quotes: readonly string[];
  readonly speakers: readonly string[];
  readonly entities: readonly string[];
  readonly labels: Readonly<Record<string, number>>;
}

/** The decisions, by the index of each document. `together` lists the documents that belong together under the smallest index among them. */
export interface Decided {
  readonly documents: readonly PlannedDocument[];
  readonly pairs: readonly AlikePair[];
  readonly groups: readonly string[];
  readonly splits: readonly SplitName[];
  readonly together: ReadonlyMap<number, readonly number[]>;
  readonly isCutShort: boolean;
}

const mostExamples = 20;
const mostDocuments = 5;
const fewestWords = 4;

/** Reports on splits that have been decided, including splits that are already published and cannot change. */
export function leakageReport({ documents, pairs, groups, splits, together, isCutShort }: Decided): SplitReport {
  const crossing = pairs.filter(({ a, b }) => splits[a] !== splits[b]);
  const pairsOf = (isSame: boolean): SplitReport['alike'] => {
    const found = crossing.filter(({ same }) => same === isSame);
    const examples = [...found].sort((x, y) => y.jaccard - x.jaccard || x.a - y.a || x.b - y.b).slice(0, mostExamples);
    return {
      count: found.length,
      examples: examples.map(({ a, b, jaccard, containment }) => ({ documents: [idAt(a), idAt(b)], jaccard, containment })),
    };
  };
  const idAt = (index: number) => (documents[index] as PlannedDocument).id;
  const shared = (keysOf: (document: PlannedDocument) => readonly string[]): SplitReport['events'] => {
    const holders = [...byKey(documents, keysOf)].filter(([, held]) => new Set(held.map((index) => splits[index])).size > 1);
    const found = holders.map(([key, held]): CrossingKey => {
      // Put one document of each split first, so that the examples show the crossing.
      const firsts = SplitName.options.flatMap((name) => held.find((index) => splits[index] === name) ?? []);
      const shown = [...new Set([...firsts, ...held])].slice(0, mostDocuments);
      return { key, documents: shown.map(idAt), count: held.length };
    });
    found.sort((x, y) => y.count - x.count || (x.key < y.key ? -1 : 1));
    return { count: found.length, examples: found.slice(0, mostExamples) };
  };
  return {
    documents: documents.length,
    groups: new Set(groups).size,
    splits: SplitName.options.map((split) => {
      const held = [...documents.keys()].filter((index) => splits[index] === split);
      const labels: Record<string, number> = {};
      for (const index of held) {
        for (const [label, count] of Object.entries((documents[index] as PlannedDocument).labels))
          labels[label] = (labels[label] ?? 0) + count;
      }
      return { split, documents: held.length, groups: new Set(held.map((index) => groups[index])).size, labels };
    }),
    nearDuplicates: pairsOf(true),
    alike: pairsOf(false),
    quotes: shared(({ quotes }) => quotes.filter((quote) => wordCount(quote) >= fewestWords)),
    events: shared(({ events }) => events),
    entities: entityOverlap(documents, splits),
    largeGroups: largeGroups(documents, groups, pairs),
    divided: [...together.values()].flatMap((indexes) => {
      const held = SplitName.options.filter((name) => indexes.some((index) => splits[index] === name));
      return held.length > 1 ? [{ documents: indexes.slice(0, mostDocuments).map(idAt), count: indexes.length, splits: held }] : [];
    }),
    isCutShort,
  };
}

/** The number of words in a quote in its compared form. */
export function wordCount(quote: string): number {
  return quote === '' ? 0 : quote.split(' ').length;
}

function byKey(
  documents: readonly PlannedDocument[],
  keysOf: (document: PlannedDocument, index: number) => readonly string[],
): Map<string, number[]> {
  const held = new Map<string, number[]>();
  for (const [index, document] of documents.entries()) {
    for (const key of keysOf(document, index)) {
      const list = held.get(key);
      if (list) list.push(index);
      else held.set(key, [index]);
    }
  }
  return held;
}

function entityOverlap(documents: readonly PlannedDocument[], splits: readonly SplitName[]): SplitReport['entities'] {
  const namedIn = (name: SplitName) => new Set(documents.flatMap(({ entities }, index) => (splits[index] === name ? entities : [])));
  const train = namedIn('train');
  return (['validation', 'test'] as const).map((split) => {
    const named = [...namedIn(split)];
    return { split, entities: named.length, inTrain: named.filter((id) => train.has(id)).length };
  });
}

function largeGroups(
  documents: readonly PlannedDocument[],
  groups: readonly string[],
  pairs: readonly AlikePair[],
): SplitReport['largeGroups'] {
  return [...byKey(documents, (_, index) => [groups[index] as string])]
    .filter(([, held]) => held.length > 1 && held.length > documents.length / 5)
    .sort(([, x], [, y]) => y.length - x.length)
    .map(([group, held]) => {
      const own = held.map((index) => documents[index] as PlannedDocument);
      const ties = (by: GroupBy, keysOf: (document: PlannedDocument) => readonly string[]): Tie[] =>
        [...byKey(own, keysOf)].map(([key, list]) => ({ by, key, documents: list.length }));
      const inside = new Set(held);
      const near = new Set(pairs.flatMap(({ a, b, same }) => (same && inside.has(a) && inside.has(b) ? [a, b] : []))).size;
      const all = [
        { by: 'near-duplicate' as const, key: '', documents: near },
        ...ties('event', ({ main }) => main),
        ...ties('quote', ({ quotes }) => quotes),
        ...ties('speaker', ({ speakers }) => speakers),
      ];
      const found = all.filter((tie) => tie.documents > 1).sort((x, y) => y.documents - x.documents || (x.key < y.key ? -1 : 1));
      return { group, documents: held.length, ties: found.slice(0, 3) };
    });
}
