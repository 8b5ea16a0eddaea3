import type { PlannedSplits } from '../../../core/contract/dataset.ts';
import { type Finding, findingsOf, splitNames } from '../../../core/splits/report-words.ts';
import { useWorkspace } from '../../session.tsx';
import { counted } from '../../ui/count.ts';

const marks: Readonly<Record<Finding['severity'], string>> = { leak: 'Leak', note: 'Note', fine: 'Fine' };

/** What each split contains, and what leaks between them. */
export function SplitsReport({ plan: { report, options, published } }: { plan: PlannedSplits }) {
  const articles = useWorkspace((state) => state.articles);
  const registry = useWorkspace((state) => state.registry);
  const layers = useWorkspace((state) => state.opened?.codebook.codebook.layers);
  const shown = [...new Set(report.splits.flatMap(({ labels }) => Object.keys(labels)))];
  const order = layers?.map(({ id }) => id).filter((id) => shown.includes(id)) ?? [];
  const columns = [...order, ...shown.filter((id) => !order.includes(id))];
  const names = splitNames(
    articles.map(({ meta }) => meta),
    registry,
  );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section className="split-scroll" tabIndex={0} aria-label="What each split holds">
        <table className="split-table">
          <thead>
            <tr>
              {['Split', 'Articles', 'Groups', ...columns.map((id) => layers?.find((layer) => layer.id === id)?.title ?? id)].map(
                (title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {report.splits.map(({ split, documents, groups, labels }) => (
              <tr key={split}>
                <th scope="row">{split}</th>
                <td>
                  {documents.toLocaleString('en')}{' '}
                  <span className="muted">{report.documents > 0 && `${Math.round((documents / report.documents) * 100)} %`}</span>
                </td>
                <td>{groups.toLocaleString('en')}</td>
                {columns.map((id) => (
                  <td key={id}>{(labels[id] ?? 0).toLocaleString('en')}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <ul className="split-findings" aria-label="What the splits share">
        {findingsOf(report, options, names, published !== null).map((finding) => (
          <li key={finding.text} data-severity={finding.severity}>
            <strong>{marks[finding.severity]}</strong>{' '}
            <span>
              {finding.text} {finding.advice}
              {finding.examples.length > 0 && (
                <details>
                  <summary>{counted(finding.examples.length, 'case')}</summary>
                  <ul>
                    {finding.examples.map((example) => (
                      <li key={example}>{example}</li>
                    ))}
                  </ul>
                </details>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
