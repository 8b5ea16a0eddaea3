import './key-sheet.css';
import { useState } from 'react';
import type { Command, MenuPlace } from '../../../core/commands.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LiveText } from '../../ui/fields.tsx';
import { keyName } from './key-name.ts';

const groups: readonly { readonly place: MenuPlace | null; readonly title: string }[] = [
  { place: 'annotate', title: 'Annotate' },
  { place: null, title: 'While annotating' },
  { place: 'go', title: 'Go' },
  { place: 'edit', title: 'Edit' },
  { place: 'file', title: 'File' },
  { place: 'view', title: 'Views' },
  { place: 'help', title: 'Help' },
];

/** Every command with the keys that act for this user. The filter searches titles and keys. */
export function KeySheet() {
  const { view } = useSession();
  const isOpen = useView((state) => state.keySheet);
  return (
    <Dialog title="All keys" isOpen={isOpen} onClose={() => view.set({ keySheet: false })}>
      <Keys />
    </Dialog>
  );
}

function Keys() {
  const { actions, view } = useSession();
  const letterKeys = useWorkspace((state) => state.settings.letterKeys);
  const [filter, setFilter] = useState('');
  const commands = actions.commands();
  const shown = groups.flatMap(({ place, title }) => {
    const rows = rowsOf(commands.filter(({ menu }) => menu === place)).filter((row) => passes(row, filter));
    return rows.length > 0 ? [{ title, rows }] : [];
  });
  const instead = (open: () => void) => () => {
    view.set({ keySheet: false });
    open();
  };
  return (
    <>
      <div className="key-sheet-head">
        <LiveText label="Filter commands" placeholder="Filter by command or key" value={filter} onChange={setFilter} />
        <Button onPress={instead(() => actions.run('settings.open'))}>Change keys…</Button>
        <Button kind="quiet" onPress={instead(() => actions.run('help.tour'))}>
          Show the tour
        </Button>
      </div>
      <p className="key-sheet-note">
        {letterKeys ? 'One-letter keys act while the article has the focus.' : 'One-letter keys are off. Switch them on in the settings.'}
      </p>
      {shown.length === 0 && (
        <p className="key-sheet-note" role="status">
          No command has “{filter}” in its name or key.
        </p>
      )}
      <div className="key-sheet">
        {shown.map(({ title, rows }) => (
          <section key={title}>
            <h3 className="heading">{title}</h3>
            <dl>{rows.map(keyRow)}</dl>
          </section>
        ))}
      </div>
    </>
  );
}

interface Row {
  readonly title: string;
  readonly keys: readonly string[];
}

// Commands that differ only in their key (the digits) share a row.
function rowsOf(commands: readonly Command[]): Row[] {
  const rows = new Map<string, readonly string[]>();
  for (const { title, keys } of commands) rows.set(title, [...(rows.get(title) ?? []), ...keys]);
  return [...rows].map(([title, keys]) => ({ title, keys: keys.length > 3 ? [`${keys[0]} – ${keys.at(-1)}`] : keys }));
}

function passes({ title, keys }: Row, filter: string): boolean {
  const text = `${title} ${keys.map(keyName).join(' ')}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const keyRow = ({ title, keys }: Row) => (
  <div key={title} className="key-row">
    <dt>{title}</dt>
    <dd>{keys.length === 0 ? <span className="muted">no key</span> : keys.map((key) => <kbd key={key}>{keyName(key)}</kbd>)}</dd>
  </div>
);
