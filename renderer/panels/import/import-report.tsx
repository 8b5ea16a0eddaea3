import './import-report.css';
import { useEffect, useState } from 'react';
import { useSession, useView } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

const signs = { waiting: '…', imported: '✓', known: '=', refused: '✕', stopped: '–', left: '–' } as const;
const names = {
  waiting: 'waiting',
  imported: 'imported',
  known: 'already in the project',
  refused: 'not imported',
  stopped: 'left out, because you stopped',
  left: 'left out, as you chose',
} as const;

/** The progress of each file of an import, once it takes longer than a second. Stays open while there is something to read. */
export function ImportReport() {
  const { view, actions } = useSession();
  const imports = useView((state) => state.imports);
  // Previews come first; the report waits until they are done.
  const isLooking = useView((state) => state.importPreview !== null);
  const rows = imports ?? [];
  const count = (state: keyof typeof names) => rows.filter((row) => row.state === state).length;
  const waiting = count('waiting');
  const isUnderway = waiting > 0;
  const isLong = useLonger(isUnderway);
  const [isStopping, setStopping] = useState(false);
  useEffect(() => {
    if (!isUnderway) setStopping(false);
  }, [isUnderway]);
  const stop = () => {
    setStopping(true);
    actions.imports.stopImport();
  };
  const sums = (['imported', 'known', 'refused', 'stopped', 'left', 'waiting'] as const).flatMap((state) =>
    count(state) > 0 ? [`${count(state)} ${names[state]}`] : [],
  );
  return (
    <Dialog
      title="Import"
      isOpen={imports !== null && !isLooking && (isLong || !isUnderway)}
      onClose={() => (isUnderway ? stop() : view.set({ imports: null }))}
    >
      {isUnderway && (
        <div className="import-progress">
          <progress max={rows.length} value={rows.length - waiting} aria-label="Files imported" />
          <Button onPress={stop} isDisabled={isStopping}>
            {isStopping ? 'Stopping…' : 'Stop'}
          </Button>
        </div>
      )}
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

// Whether `isOn` has been on for a second.
function useLonger(isOn: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isOn) return setLong(false);
    const timer = setTimeout(() => setLong(true), 1000);
    return () => clearTimeout(timer);
  }, [isOn]);
  return isLong;
}
