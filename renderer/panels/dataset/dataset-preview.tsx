import './dataset-preview.css';
import { type DatasetLook, freshAnnotations } from '../../../core/formats/dataset-look.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { leaveOut, type MapRow, mapRows, type DatasetPreview as Preview } from '../../state/dataset-preview.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Check, Pick } from '../../ui/fields.tsx';
import { PreviewProblems } from '../import/preview-problems.tsx';

/** A dataset before it is imported: what its labels become in the codebook, what is new, and what is left out. */
export function DatasetPreview() {
  const { actions } = useSession();
  const preview = useView((state) => state.datasetPreview);
  return (
    <Dialog
      title="Look before you import this dataset"
      isOpen={preview !== null}
      onClose={() => actions.imports.closeDataset()}
      isWide
      closeLabel="Cancel"
    >
      {preview && <Looking preview={preview} />}
    </Dialog>
  );
}

function Looking({ preview: { look, busy, keepsAnnotators } }: { readonly preview: Preview }) {
  const { actions } = useSession();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const rows = codebook ? mapRows(look, codebook) : [];
  const fresh = freshAnnotations(look.layers);
  const leftOut = rows.filter(({ chosen }) => chosen === leaveOut).length;
  return (
    <div className="dataset-preview">
      <p role="status">{statusOf(look, busy, leftOut)}</p>
      {look.problems.length > 0 && <PreviewProblems problems={look.problems.map((problem) => ({ file: null, problem }))} />}
      {look.shared !== null && !keepsAnnotators && <p className="muted">{look.shared}</p>}
      {look.remarks.map((remark) => (
        <p key={remark} className="muted">
          {remark}
        </p>
      ))}
      <div className="dataset-preview-columns">
        <section className="dataset-map scrolls" aria-label="What the labels become">
          <table>
            <thead>
              <tr>
                <th scope="col">In the files</th>
                <th scope="col" className="number">
                  Times
                </th>
                <th scope="col">In the codebook</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <MapLine key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </section>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
        <section className="dataset-counts scrolls" aria-label="What comes in" aria-busy={busy === 'looking'} tabIndex={0}>
          <Counts look={look} />
          {look.losses.length > 0 && (
            <>
              <h3>Not imported</h3>
              <ul>
                {look.losses.map(({ kind, count }) => (
                  <li key={kind}>
                    {count.toLocaleString('en')} × {kind}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
      </div>
      {look.annotators.length > 0 && (
        <Check
          label={`Keep the annotators that it names: ${look.annotators.join(', ')}`}
          value={keepsAnnotators}
          isDisabled={busy === 'importing'}
          onChange={actions.imports.keepAnnotators}
        />
      )}
      <div className="dialog-actions">
        <span className="muted">
          {look.edits === 0 && busy === null
            ? look.problems.length > 0
              ? 'None of it can be imported.'
              : 'There is nothing new in it.'
            : keepsAnnotators
              ? 'Each of them becomes an annotator of this project with their own work, one step each.'
              : 'All of it becomes your own work, as one step that can be undone.'}
        </span>
        <Button kind="primary" isDisabled={busy !== null || look.edits === 0} onPress={() => actions.imports.importDataset()}>
          {fresh > 0 ? `Import ${counted(fresh, 'annotation')}` : 'Import'}
        </Button>
      </div>
    </div>
  );
}

function statusOf(look: DatasetLook, busy: Preview['busy'], leftOut: number): string {
  if (busy === 'importing') return 'Importing…';
  const { fresh, known } = look.articles;
  const articles = [
    ...(known > 0 ? [`${counted(known, 'article')} here already`] : []),
    ...(fresh > 0 ? [`${counted(fresh, 'new article')}`] : []),
  ];
  const problems = look.problems.length > 0 ? `, ${counted(look.problems.length, 'problem')}` : '';
  const labels = leftOut > 0 ? ` ${counted(leftOut, 'label')} ${leftOut === 1 ? 'is' : 'are'} left out.` : '';
  return `${look.title}: ${articles.length > 0 ? articles.join(', ') : 'no article'}${problems}.${labels}`;
}

function MapLine({ row }: { readonly row: MapRow }) {
  const { actions } = useSession();
  const { what, name, level, count, rejected = 0, chosen, options, mapWith } = row;
  return (
    <tr data-level={level} data-out={chosen === leaveOut || undefined}>
      <th scope="row">
        <span className="map-what">{what}</span> {name}
      </th>
      <td className="number">
        {count.toLocaleString('en')}
        {rejected > 0 && <span className="muted"> + {rejected.toLocaleString('en')} rejected</span>}
      </td>
      <td>
        <Pick
          label={`${what} ${name} becomes`}
          values={options}
          value={chosen}
          onChange={(next) => actions.imports.chooseMap(mapWith(next))}
        />
      </td>
    </tr>
  );
}

const others = {
  relations: 'Relations',
  links: 'Relations across articles',
  entities: 'Entities',
  rejections: 'Rejected suggestions',
  completions: 'Articles marked as done',
} as const;

function Counts({ look: { layers, others: more } }: { readonly look: DatasetLook }) {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const titleOf = (id: string) => codebook?.layers.find((layer) => layer.id === id)?.title ?? 'Mention';
  const rows = [
    ...Object.entries(layers).map(([id, count]) => ({ title: titleOf(id), count })),
    ...Object.entries(others).flatMap(([name, title]) => (more[name] ? [{ title, count: more[name] }] : [])),
  ].filter(({ count }) => count.fresh + count.known > 0);
  if (rows.length === 0) return <p className="muted">None of it fits the codebook with this mapping.</p>;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">What comes in</th>
          <th scope="col" className="number">
            New
          </th>
          <th scope="col" className="number">
            Here already
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ title, count }) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            <td className="number">{count.fresh.toLocaleString('en')}</td>
            <td className="number">{count.known.toLocaleString('en')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
