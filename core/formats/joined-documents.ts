import type { ForeignDocument } from './foreign.ts';

/**
 * `documents` with those made one that are the same article, by id and text: formats with a file for each annotator's work on an article give
 * it once for each. Documents without an id stay apart.
 */
export function joinedDocuments(documents: readonly ForeignDocument[]): ForeignDocument[] {
  const together = new Map<string, ForeignDocument>();
  for (const document of documents) {
    const key = document.doc_id === null ? `${together.size}` : JSON.stringify([document.doc_id, document.text]);
    const known = together.get(key);
    together.set(key, known ? joined(known, document) : document);
  }
  return [...together.values()];
}

function joined(one: ForeignDocument, other: ForeignDocument): ForeignDocument {
  return {
    ...one,
    annotations: [...one.annotations, ...other.annotations],
    relations: [...one.relations, ...other.relations],
    completions: [...one.completions, ...other.completions],
  };
}
