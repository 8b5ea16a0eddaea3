import type { Annotation, AnnotationSet, Mention } from '../model/annotation.ts';
import type { DatasetArticle } from '../model/dataset-article.ts';
import type { Selection, WorkStatus } from './export-request.ts';
import type { DatasetSource } from './format.ts';

/** `source` narrowed to `selection`. The export reports references to what is not selected as losses, like any reference to something missing. */
export function selected(source: DatasetSource, selection: Selection): DatasetSource {
  const { annotators, layers, statuses } = selection;
  if (!annotators && !layers && !statuses) return source;
  const isTaken = (annotator: string) => annotators?.includes(annotator) ?? true;
  return {
    ...source,
    selection,
    annotators: source.annotators.filter(({ id }) => isTaken(id)),
    links: source.links.filter(({ annotator }) => isTaken(annotator)),
    async *articles() {
      for await (const { article, sets } of source.articles()) {
        const taken = sets.filter(({ annotator }) => isTaken(annotator));
        if (statuses && !statuses.includes(workStatus(taken))) continue;
        yield { article, sets: layers ? taken.map(({ annotator, set }) => ({ annotator, set: ofLayers(set, layers) })) : taken };
      }
    },
  };
}

/** The status of the work on an article, judged by all of `sets`. */
function workStatus(sets: DatasetArticle['sets']): WorkStatus {
  if (sets.some(({ set }) => set.completion)) return 'done';
  return sets.some(({ set }) => set.annotations.size > 0) ? 'in-progress' : 'not-started';
}

// A mention belongs to the annotations whose roles it fills. A mention that fills none was made on its own, and is included.
function ofLayers(set: AnnotationSet, layers: readonly string[]): AnnotationSet {
  const annotations = only(set.annotations, ({ layer }) => layers.includes(layer));
  const [used, kept] = [mentionsOf(set.annotations), mentionsOf(annotations)];
  const mentions = only(set.mentions, ({ id }: Mention) => kept.has(id) || !used.has(id));
  const decisions = only(set.decisions, ({ layer }) => layers.includes(layer));
  const relations = only(set.relations, ({ from, to }) =>
    [from, to].every(({ article, annotation }) => article !== set.article || annotations.has(annotation)),
  );
  return { ...set, annotations, mentions, decisions, relations };
}

function only<Item>(all: ReadonlyMap<string, Item>, isKept: (item: Item) => boolean): ReadonlyMap<string, Item> {
  return new Map([...all].filter(([, item]) => isKept(item)));
}

function mentionsOf(annotations: ReadonlyMap<string, Annotation>): ReadonlySet<string> {
  return new Set(
    [...annotations.values()].flatMap(({ roles }) => roles.flatMap(({ target }) => (target.kind === 'mention' ? [target.id] : []))),
  );
}
