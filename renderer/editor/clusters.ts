import { dequal } from 'dequal';
import type { Block } from '../../core/model/article.ts';
import type { Range } from '../../core/text/span.ts';
import { type DrawnAnnotation, type Piece, piecesOf } from './pieces.ts';

/**
 * Annotations that overlap, directly or through others, from the start of the first to the end of the last (half-open, UTF-16). Nothing outside a
 * cluster shares a lane, a piece or the height of a line with it. Immutable, so that unchanged clusters can be recognised by identity.
 */
export interface Cluster extends Range {
  readonly annotations: readonly DrawnAnnotation[];
  readonly pieces: readonly Piece[];
}

/** What is drawn, both as given and by cluster. Clusters are ascending and apart. Together, their pieces equal `piecesOf` all annotations. */
export interface Clustered {
  readonly given: readonly DrawnAnnotation[];
  readonly clusters: readonly Cluster[];
}

/** A step from one clustering to the next: which clusters were removed and which were created. */
export interface Step {
  readonly next: Clustered;
  readonly gone: readonly Cluster[];
  readonly made: readonly Cluster[];
}

/** An empty clustering. */
export const noClusters: Clustered = { given: [], clusters: [] };

/**
 * Updates `before` to `annotations`. Only clusters in which something changed are divided again. Equal annotations may be different objects.
 * @throws RangeError if a span is outside the text
 */
export function clustered(before: Clustered, annotations: readonly DrawnAnnotation[], blocks: readonly Block[]): Step {
  const { lost, added } = differenceOf(before.given, annotations);
  const touched = new Set([...lost, ...added].flatMap((annotation) => clustersOver(before.clusters, extentOf(annotation))));
  const gone = Map.groupBy(lost, ({ id }) => id);
  const stays = (annotation: DrawnAnnotation) => !gone.get(annotation.id)?.some((each) => dequal(each, annotation));
  const moving = [...[...touched].flatMap((cluster) => cluster.annotations.filter(stays)), ...added];
  const made = clustersOf(moving, blocks);
  return { next: { given: annotations, clusters: merge(before.clusters, touched, made) }, gone: [...touched], made };
}

/** Those of `clusters` that overlap `range`, by binary search. */
export function clustersOver(clusters: readonly Cluster[], { start, end }: Range): Cluster[] {
  let low = 0;
  let high = clusters.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((clusters[middle] as Cluster).end <= start) low = middle + 1;
    else high = middle;
  }
  const found: Cluster[] = [];
  for (let cluster = clusters[low]; cluster && cluster.start < end; cluster = clusters[++low]) found.push(cluster);
  return found;
}

/** The range from the start of the first fragment to the end of the last. */
export function extentOf({ spans }: Pick<DrawnAnnotation, 'spans'>): Range {
  return { start: spans[0]?.start ?? 0, end: spans.at(-1)?.end ?? 0 };
}

function clustersOf(annotations: readonly DrawnAnnotation[], blocks: readonly Block[]): Cluster[] {
  const ordered = annotations.map((annotation) => ({ annotation, ...extentOf(annotation) })).sort((a, b) => a.start - b.start);
  const groups: { start: number; end: number; annotations: DrawnAnnotation[] }[] = [];
  for (const { annotation, start, end } of ordered) {
    const group = groups.at(-1);
    if (group && start < group.end) {
      group.annotations.push(annotation);
      group.end = Math.max(group.end, end);
    } else groups.push({ start, end, annotations: [annotation] });
  }
  return groups.map((group) => ({ ...group, pieces: piecesOf(group.annotations, blocks) }));
}

// What differs between the two lists, leaving out the beginning and end where both hold the same objects. An edit changes only one of thousands of
// annotations. Equal annotations in between are left out too.
function differenceOf(before: readonly DrawnAnnotation[], after: readonly DrawnAnnotation[]) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const old = Map.groupBy(before.slice(start, before.length - end), ({ id }) => id);
  const added: DrawnAnnotation[] = [];
  for (const annotation of after.slice(start, after.length - end)) {
    const same = old.get(annotation.id);
    const at = same?.findIndex((each) => each === annotation || dequal(each, annotation)) ?? -1;
    if (at >= 0) same?.splice(at, 1);
    else added.push(annotation);
  }
  return { lost: [...old.values()].flat(), added };
}

function merge(before: readonly Cluster[], gone: ReadonlySet<Cluster>, made: readonly Cluster[]): readonly Cluster[] {
  if (gone.size === 0 && made.length === 0) return before;
  const merged: Cluster[] = [];
  let at = 0;
  for (const cluster of before) {
    if (gone.has(cluster)) continue;
    for (let next = made[at]; next && next.start < cluster.start; next = made[++at]) merged.push(next);
    merged.push(cluster);
  }
  return merged.concat(made.slice(at));
}
