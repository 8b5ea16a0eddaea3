import { z } from 'zod';
import { Id } from '../model/annotation.ts';

/** What a concordance is for: words as they are, words in all their forms, words with this beginning, or an entity with everything linked to it. */
export const ConcordanceOf = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['words', 'lemma', 'beginning']), words: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('entity'), entity: Id }),
]);
export type ConcordanceOf = z.infer<typeof ConcordanceOf>;

/** One occurrence with the text to its left and right in the same line. Offsets are UTF-16 code units, half-open. */
export const ConcordanceLine = z.strictObject({
  article: Id,
  start: z.int(),
  end: z.int(),
  text: z.string(),
  before: z.string(),
  after: z.string(),
});
export type ConcordanceLine = z.infer<typeof ConcordanceLine>;

/**
 * How to sort the lines: by article, by the words on the left from the last to the first, by the words on the right, or by the article's source or
 * date.
 */
export type ConcordanceOrder = 'article' | 'left' | 'right' | 'source' | 'date';

/** Sorts the lines by `order`; the sort is stable. `metaOf` gives the source and date of an article; unknown ones come last. */
export function inOrder<Line extends ConcordanceLine>(
  lines: readonly Line[],
  order: ConcordanceOrder,
  metaOf: (article: string) => { readonly source: string | null; readonly date: string | null } | undefined,
): Line[] {
  if (order === 'article') return [...lines];
  const compare = new Intl.Collator('en', { sensitivity: 'base', numeric: true }).compare;
  const keyed = lines.map((line) => ({ line, key: keyOf(line, order, metaOf) }));
  return keyed.sort((a, b) => Number(a.key === '') - Number(b.key === '') || compare(a.key, b.key)).map(({ line }) => line);
}

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}\p{M}’'-]+/gu) ?? [];

function keyOf(
  { before, after, article }: ConcordanceLine,
  order: ConcordanceOrder,
  metaOf: (article: string) => { readonly source: string | null; readonly date: string | null } | undefined,
): string {
  if (order === 'left') return wordsOf(before).reverse().slice(0, 6).join(' ');
  if (order === 'right') return wordsOf(after).slice(0, 6).join(' ');
  return metaOf(article)?.[order === 'date' ? 'date' : 'source'] ?? '';
}
