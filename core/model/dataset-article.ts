import type { AnnotationSet } from './annotation.ts';
import type { Article } from './article.ts';

/** One article with every annotator's set on it, ascending by annotator. */
export interface DatasetArticle {
  readonly article: Article;
  readonly sets: readonly { readonly annotator: string; readonly set: AnnotationSet }[];
}
