import { hitOf } from '../../core/annotations/annotation-search.ts';
import type { AnnotationHit } from '../../core/annotations/hits.ts';
import { type RelationEnd, relationsOf } from '../../core/annotations/relations.ts';
import type { Relation } from '../../core/model/annotation.ts';
import type { Codebook } from '../../core/model/codebook.ts';
import type { Workspace } from './workspace.ts';

/** Identifies an annotation by its article and id. */
export interface Place {
  readonly article: string;
  readonly annotation: string;
}

/** An annotation of a loaded article, by any annotator. Undefined if it is not loaded or no longer exists. */
export function endIn(state: Workspace, { article, annotation }: Place): RelationEnd | undefined {
  const others = (state.others.get(article) ?? []).map(({ set }) => set);
  for (const set of [state.work.sets.get(article), ...others]) {
    const found = set?.annotations.get(annotation);
    if (set && found) return { annotation: found, mentions: set.mentions };
  }
  return undefined;
}

/** The same annotation as a list shows it. */
export function hitIn(state: Workspace, place: Place): AnnotationHit | undefined {
  const end = endIn(state, place);
  return end && hitOf(end.annotation, { set: end, registry: state.registry });
}

/** The relations that begin or end at an annotation of a loaded article: the annotator's own first, then those of each other annotator. */
export function relationsAt({ work, others }: Pick<Workspace, 'work' | 'others'>, place: Place, codebook: Codebook): Relation[] {
  const theirs = (others.get(place.article) ?? []).map(({ set, links }) => ({ sets: new Map([[place.article, set]]), links }));
  return [work, ...theirs].flatMap((each) => relationsOf(each, place.article, place.annotation, codebook));
}
