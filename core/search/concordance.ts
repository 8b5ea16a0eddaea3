import { z } from 'zod';
import { Id } from '../model/annotation.ts';

/** What a concordance is of: words as they stand, words in all their forms, words that begin so, or an entity with all that is linked to it. */
export const ConcordanceOf = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['words', 'lemma', 'beginning']), words: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('entity'), entity: Id }),
]);
export type ConcordanceOf = z.infer<typeof ConcordanceOf>;

/** One place with what stands on its left and right in the same line of the text. Offsets are UTF-16 code units, half-open. */
export const ConcordanceLine = z.strictObject({
  article: Id,
  start: z.int(),
  end: z.int(),
  text: z.string(),
  before: z.string(),
  after: z.string(),
});
export type ConcordanceLine = z.infer<typeof ConcordanceLine>;

/** How lines are put in order: by article, by the words on the left from the last to the first, by those on the right, by source or date of the article. */
export type ConcordanceOrder = 'article' | 'left' | 'right' | 'source' | 'date';

/** The lines in `order`; equal ones stay as they are. `metaOf` says where and when an article was published; unknown comes last. */
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
