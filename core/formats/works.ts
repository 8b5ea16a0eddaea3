import type { DatasetAnnotation, DatasetDocument, DatasetEntity, DatasetRelation } from './document.ts';
import type { ExportRun } from './format.ts';
import { namedEntities } from './named-entities.ts';

/** Everything that one annotator made on one document. */
export interface Work {
  readonly annotator: string;
  readonly annotations: readonly DatasetAnnotation[];
  readonly relations: readonly DatasetRelation[];
  /** When the document was marked as done; null if it was not. */
  readonly completed: string | null;
}

/** The work of everybody who made anything on `document`, ascending by annotator; empty if nobody did. */
export function worksOn({ annotations, relations, completions }: DatasetDocument): Work[] {
  const annotators = new Set([...annotations, ...relations, ...completions].map(({ annotator }) => annotator));
  return [...annotators].sort().map((annotator) => ({
    annotator,
    annotations: annotations.filter((annotation) => annotation.annotator === annotator),
    relations: relations.filter((relation) => relation.annotator === annotator),
    completed: completions.find((completion) => completion.annotator === annotator)?.marked ?? null,
  }));
}

/** The facts about `document`, without its text and annotations. */
export function factsOf({ doc_id, group_id, split, language, length, text_sha256, metadata }: DatasetDocument) {
  const { original_name: name, title, source, url, published, headings } = metadata;
  return { doc_id, group_id, split, language, length, text_sha256, name, title, source, url, published, headings };
}

/** What an export has come across: how many documents, how many of them without anybody's work, and who worked on any. */
export interface Met {
  documents: number;
  idle: number;
  readonly annotators: Set<string>;
  /** The entities that were written. */
  readonly entities: Set<string>;
}

/** The initial state of `Met`. */
export function nothingMet(): Met {
  return { documents: 0, idle: 0, annotators: new Set(), entities: new Set() };
}

/** The entities to which `work` refers. They are entered in `met` as written. */
export function entitiesOf(work: Work, run: ExportRun, met: Met): DatasetEntity[] {
  const entities = namedEntities(run.entities(), work.annotations);
  for (const { id } of entities) met.entities.add(id);
  return entities;
}

/** Enters as lost everything that a format cannot write if it only has a place for each annotator's work on each article. */
export function loseAllButWork(run: ExportRun, met: Met): void {
  const count = (kind: string, lost: number) => {
    if (lost > 0) run.ledger.lose(kind, lost);
  };
  count('articles that nobody has worked on', met.idle);
  // In a dataset without articles, no annotator is lost.
  if (met.documents > 0) {
    count('annotators who have no work in the articles', run.annotators.filter(({ id }) => !met.annotators.has(id)).length);
  }
  count('relations across articles', run.links().length);
  count('entities that nothing in an article is linked to', run.entities().filter(({ id }) => !met.entities.has(id)).length);
}
