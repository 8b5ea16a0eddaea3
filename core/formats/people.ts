import type { Annotator } from '../model/annotator.ts';
import type { DatasetDocument } from './document.ts';

/**
 * Everyone who annotated `document` or marked it as done, ascending by id. Only rejecting a suggestion does not count. An annotator missing from
 * `annotators` is listed with their id as name, so that nobody's work is skipped.
 */
export function peopleOn({ annotations, completions }: DatasetDocument, annotators: readonly Annotator[]): Annotator[] {
  const ids = new Set([...annotations.filter(({ status }) => status !== 'rejected'), ...completions].map(({ annotator }) => annotator));
  return [...ids].sort().map((id) => annotators.find((one) => one.id === id) ?? { id, name: id, role: 'annotator' });
}
