import type { Annotator } from '../model/annotator.ts';
import type { DatasetDocument } from './document.ts';

/**
 * Those who annotated `document` or marked it as done, ascending by id; a rejected suggestion alone does not count. One whom `annotators`
 * lacks goes by the id, so that nobody's work is passed over.
 */
export function peopleOn({ annotations, completions }: DatasetDocument, annotators: readonly Annotator[]): Annotator[] {
  const ids = new Set([...annotations.filter(({ status }) => status !== 'rejected'), ...completions].map(({ annotator }) => annotator));
  return [...ids].sort().map((id) => annotators.find((one) => one.id === id) ?? { id, name: id, role: 'annotator' });
}
