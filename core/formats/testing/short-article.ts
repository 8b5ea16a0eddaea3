import type { AnnotationSet } from '../../model/annotation.ts';
import type { Foreign, ForeignDocument } from '../foreign.ts';
import { inArticle } from './foreign-values.ts';
import type { Memory } from './into-memory.ts';

/** A short text with an emoji. */
export const text = 'Ana Ruiz said “no 💪” to the council. Bo agreed.';

/** The span of `words` in `text`, in code points. */
export function span(words: string) {
  const start = [...text.slice(0, text.indexOf(words))].length;
  return { start, end: start + [...words].length, text: words };
}

/** An annotation of the quote in `text`, by Kim. */
export const quote = { id: 'T1', layer: 'Quote', spans: [span('“no 💪”')], attributes: {}, args: [], annotator: 'kim', status: null };

/** A dataset with only that text and quote. `more` adds to its document. */
export const file = (more: Partial<ForeignDocument> = {}): Foreign => inArticle(text, { annotations: [quote], ...more });

/** My set on the first article. */
export const setOf = (memory: Memory): AnnotationSet | undefined => [...(memory.works.get('me')?.sets.values() ?? [])][0];
