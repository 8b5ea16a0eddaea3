import type { AnnotationHit } from '../../../core/annotations/hits.ts';
import { layerOf } from '../../../core/model/codebook.ts';
import type { FoundArticle } from '../../../core/search/calls.ts';
import { useWorkspace } from '../../session.tsx';
import { TickBox } from '../../ui/tick-box.tsx';

/** A row of the results: an annotation, or the title of an article above its annotations. `isAlone` if there is no title above it. */
export type ResultRow =
  | { readonly kind: 'article'; readonly id: string; readonly article: string; readonly count: number }
  | { readonly kind: 'annotation'; readonly id: string; readonly hit: AnnotationHit; readonly isAlone: boolean };

// No record id begins with this.
const articleSign = '§';

/** The rows for `hits`, grouped by article if `isGrouped`, and the annotations below each article row. */
export function rowsOf(hits: readonly AnnotationHit[], isGrouped: boolean) {
  const ofArticle = new Map<string, string[]>();
  const rowOf = (hit: AnnotationHit): ResultRow => ({ kind: 'annotation', id: hit.annotation, hit, isAlone: !isGrouped });
  if (!isGrouped) return { rows: hits.map(rowOf), ofArticle };
  const byArticle = Map.groupBy(hits, ({ article }) => article);
  const rows = [...byArticle].flatMap(([article, own]): ResultRow[] => {
    const id = articleSign + article;
    ofArticle.set(
      id,
      own.map(({ annotation }) => annotation),
    );
    return [{ kind: 'article', id, article, count: own.length }, ...own.map(rowOf)];
  });
  return { rows, ofArticle };
}

/** Draws a row. */
export function AnnotationResult({ item }: { readonly item: ResultRow }) {
  return (
    <>
      <TickBox />
      {item.kind === 'article' ? <ArticleLine {...item} /> : <AnnotationLine hit={item.hit} isAlone={item.isAlone} />}
    </>
  );
}

function useTitle(article: string): string {
  return useWorkspace((state) => state.articles.find(({ meta }) => meta.id === article)?.meta.title ?? article);
}

function ArticleLine({ article, count }: { readonly article: string; readonly count: number }) {
  const meta = useWorkspace((state) => state.articles.find((summary) => summary.meta.id === article)?.meta);
  const facts = [meta?.source, meta?.date].filter(Boolean).join(' · ');
  return (
    <span className="search-article">
      <bdi>{meta?.title ?? article}</bdi>
      <span className="muted">
        {' '}
        · {count}
        {facts && ` · ${facts}`}
      </span>
    </span>
  );
}

function AnnotationLine({ hit, isAlone }: { readonly hit: AnnotationHit; readonly isAlone: boolean }) {
  const layer = useWorkspace((state) => state.opened && layerOf(state.opened.codebook.codebook, hit.layer));
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const title = useTitle(hit.article);
  const by = hit.annotator === own ? null : (annotators?.find(({ id }) => id === hit.annotator)?.name ?? hit.annotator);
  const told = [layer?.title ?? hit.layer, hit.who, isAlone ? title : null, by && `by ${by}`, hit.note && `“${hit.note}”`];
  return (
    <>
      <span data-hue={layer?.hue} className="search-swatch">
        {layer && <span className="swatch" data-look={layer.look} aria-hidden="true" />}
      </span>
      <span className="search-words">{hit.text}</span>
      <span className="muted search-told">{told.filter(Boolean).join(' · ')}</span>
    </>
  );
}

/** Draws an article that was found, with the matching place in its text. */
export function ArticleResult({ item: { title, source, date, snippet } }: { readonly item: FoundArticle }) {
  return (
    <>
      <span className="search-article">
        <bdi>{title}</bdi>
        <span className="muted">{[source, date].filter(Boolean).map((fact) => ` · ${fact}`)}</span>
      </span>
      {snippet && (
        <span className="search-words">
          {snippet.before.slice(-70)}
          <mark>{snippet.match}</mark>
          {snippet.after}
        </span>
      )}
    </>
  );
}
