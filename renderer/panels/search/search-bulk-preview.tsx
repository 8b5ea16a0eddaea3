import { useMemo } from 'react';
import type { BulkDeed, BulkLoss, BulkPlan } from '../../../core/annotations/bulk.ts';
import type { Annotation } from '../../../core/model/annotation.ts';
import { layerOf } from '../../../core/model/codebook.ts';
import { useWorkspace } from '../../session.tsx';
import { counted } from '../../ui/count.ts';

const few = 5;
// More than anybody reads. The totals cover the rest.
const mostArticles = 100;

/** What a bulk change would do: counts by article and layer, some examples, what would be lost, and what is left out and why. */
export function BulkPreview({ plan, deed }: { readonly plan: BulkPlan; readonly deed: BulkDeed | null }) {
  const { changed, same, gone, refused, losses } = plan;
  const titles = useTitles();
  const articles = useMemo(() => [...Map.groupBy(changed, ({ article }) => article)], [changed]);
  return (
    <section className="bulk-preview" aria-label="What happens">
      <p role="status">
        <b>
          {changed.length === 0
            ? 'Nothing would change.'
            : `${counted(changed.length, 'annotation')} in ${counted(articles.length, 'article')} would change.`}
        </b>
      </p>
      {losses.length > 0 && (
        <p className="bulk-losses">
          {deed?.kind === 'remove' ? 'Others lose something: ' : 'What does not fit is removed: '}
          {losses.map(lossWords).join(', ')}.
        </p>
      )}
      <ul className="bulk-left">
        {same > 0 && (
          <li>
            {counted(same, 'annotation')} {same === 1 ? 'is' : 'are'} already so.
          </li>
        )}
        {gone > 0 && (
          <li>
            {counted(gone, 'annotation')} {gone === 1 ? 'is' : 'are'} no longer there.
          </li>
        )}
        {[...refused].map(([reason, left]) => (
          <li key={reason}>
            {counted(left.length, 'annotation')} left out: {reason.charAt(0).toLowerCase() + reason.slice(1)}.
          </li>
        ))}
      </ul>
      {changed.length > 0 && (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be scrolled by key */}
          <section className="bulk-articles" aria-label="By article" tabIndex={0}>
            <table>
              <thead>
                <tr>
                  <th scope="col">Article</th>
                  <th scope="col">Annotations</th>
                </tr>
              </thead>
              <tbody>
                {articles.slice(0, mostArticles).map(([article, own]) => (
                  <tr key={article}>
                    <td>{titles.article(article)}</td>
                    <td>{byLayer(own, titles.layer)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {articles.length > mostArticles && <p className="muted">And {counted(articles.length - mostArticles, 'further article')}.</p>}
          <p className="heading">For example</p>
          <ul className="bulk-sample">
            {sampleOf(changed).map(({ id, layer, spans }) => (
              <li key={id}>
                <span className="muted">{titles.layer(layer)}</span>{' '}
                {spans
                  .map(({ text }) => text)
                  .join(' … ')
                  .slice(0, 200)}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function useTitles() {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const articles = useWorkspace((state) => state.articles);
  return useMemo(() => {
    const known = new Map(articles.map(({ meta }) => [meta.id, meta.title]));
    return {
      layer: (id: string) => (codebook && layerOf(codebook, id)?.title) ?? id,
      article: (id: string) => known.get(id) ?? id,
    };
  }, [codebook, articles]);
}

function byLayer(own: readonly Annotation[], titleOf: (layer: string) => string): string {
  return [...Map.groupBy(own, ({ layer }) => layer)]
    .map(([layer, those]) => counted(those.length, titleOf(layer).toLowerCase()))
    .join(', ');
}

const kinds: Readonly<Record<BulkLoss['kind'], string>> = { attribute: '', role: 'role ', relation: 'relation ' };
const lossWords = ({ kind, name, count }: BulkLoss) => `${kinds[kind]}${name} (${count.toLocaleString('en')})`;

// Picks from the whole list, so that the last articles are represented too.
function sampleOf(changed: readonly Annotation[]): readonly Annotation[] {
  const step = Math.max(1, Math.floor(changed.length / few));
  return changed.filter((_, index) => index % step === 0).slice(0, few);
}
