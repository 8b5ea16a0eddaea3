import './import-report.css';
import { useSession, useView } from '../session.tsx';
import { Dialog } from '../ui/dialog.tsx';

const signs = { waiting: '…', imported: '✓', known: '=', refused: '✕' } as const;
const names = { waiting: 'waiting', imported: 'imported', known: 'already in the project', refused: 'not imported' } as const;

/** How each file of an import went; it stays open while something needs reading. */
export function ImportReport() {
  const { view } = useSession();
  const imports = useView((state) => state.imports);
  const rows = imports ?? [];
  const count = (state: keyof typeof names) => rows.filter((row) => row.state === state).length;
  const sums = (['imported', 'known', 'refused', 'waiting'] as const).flatMap((state) =>
    count(state) > 0 ? [`${count(state)} ${names[state]}`] : [],
  );
  return (
    <Dialog title="Import" isOpen={imports !== null} onClose={() => view.set({ imports: null })}>
      <p role="status">{sums.join(', ')}.</p>
      <ul className="import-rows">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two files of one drop may share a name
          <li key={index} data-state={row.state}>
            <span className="import-sign" aria-hidden="true">
              {signs[row.state]}
            </span>
            <span>
              <strong>{row.name}</strong> <span className="muted">{names[row.state]}</span>
              {row.detail && <p>{row.detail}</p>}
            </span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
