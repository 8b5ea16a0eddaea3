import type { ListedMeta } from '../../../core/model/article.ts';
import { cell } from '../../../core/text/csv-cell.ts';
import { type ComparedRow, claimTitle, marksOf, rowIn } from './row-marks.ts';

/** The table as CSV: a row for each quote and claim, with who speaks or what it is about, and what each article reports with what is said beside it. */
export function compareAsCsv(rows: readonly ComparedRow[], articles: readonly string[], metas: ReadonlyMap<string, ListedMeta>): string {
  const head = ['kind', 'about', 'reported by', ...articles.map((id) => metas.get(id)?.title ?? id)];
  const lines = rows.map((row) => {
    const { pieces, articles: having } = rowIn(row);
    const about = row.kind === 'quote' ? row.quote.speakers.join(', ') : claimTitle(row.claim.leading);
    const cells = articles.map((article) =>
      pieces
        .filter((piece) => piece.article === article)
        .map((piece) => [piece.text, ...marksOf(row, piece).map(({ words }) => `[${words}]`)].join(' '))
        .join('\n'),
    );
    return [row.kind, about, String(having.length), ...cells];
  });
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
