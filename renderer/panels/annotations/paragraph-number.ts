import { type Article, blockIndexAt, blocksOf } from '../../../core/model/article.ts';

/** The number of the paragraph at `offset` (UTF-16). Counts lines with text, as in the margin. Cached by article, because texts are long. */
export function paragraphNumber(article: Article, offset: number): number {
  const numbered = numbers.get(article) ?? numberedBlocks(article);
  numbers.set(article, numbered);
  return numbered.numbers[blockIndexAt(numbered.blocks, offset)] ?? 0;
}
const numbers = new WeakMap<Article, ReturnType<typeof numberedBlocks>>();

function numberedBlocks(article: Article) {
  const blocks = blocksOf(article.text, article.meta.headings);
  let last = 0;
  return { blocks, numbers: blocks.map(({ start, end }) => (article.text.slice(start, end).trim() === '' ? last : ++last)) };
}
