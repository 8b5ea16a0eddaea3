import type { Foreign, ForeignDocument, ReadFile } from './foreign.ts';

/** Combines the results of several files, for formats with a file for each article or for each annotator's work on one. */
export function joinedFiles(reads: readonly ReadFile[]): Foreign {
  return {
    documents: joinedDocuments(reads.flatMap(({ documents }) => documents)),
    entities: firstOfEachId(reads.flatMap(({ entities }) => entities)),
    links: [],
    annotators: firstOfEachId(reads.flatMap(({ annotators }) => annotators)),
    problems: reads.flatMap(({ problems }) => problems),
  };
}

/** Combines documents with the same key. By default, that is the same id and text, and documents without an id stay separate. */
export function joinedDocuments(documents: readonly ForeignDocument[], keyOf = byIdAndText): ForeignDocument[] {
  const together = new Map<string, ForeignDocument>();
  for (const document of documents) {
    const key = keyOf(document) ?? `${together.size}`;
    const known = together.get(key);
    together.set(key, known ? joined(known, document) : document);
  }
  return [...together.values()];
}

/** The first item with each id, in the original order. */
export function firstOfEachId<T extends { readonly id: string }>(all: readonly T[]): T[] {
  const found = new Map<string, T>();
  for (const one of all) if (!found.has(one.id)) found.set(one.id, one);
  return [...found.values()];
}

const byIdAndText = ({ doc_id, text }: ForeignDocument): string | null => (doc_id === null ? null : JSON.stringify([doc_id, text]));

function joined(one: ForeignDocument, other: ForeignDocument): ForeignDocument {
  return {
    ...one,
    annotations: [...one.annotations, ...other.annotations],
    relations: [...one.relations, ...other.relations],
    completions: [...one.completions, ...other.completions],
  };
}
