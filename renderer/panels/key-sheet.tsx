import './key-sheet.css';
import type { Command, MenuPlace } from '../../core/commands.ts';
import { useSession, useView } from '../session.tsx';
import { Dialog } from '../ui/dialog.tsx';
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

/** Every command with its keys, from the command table. */
export function KeySheet() {
  const { actions, view } = useSession();
  const isOpen = useView((state) => state.keySheet);
  const commands = isOpen ? actions.commands() : [];
  return (
    <Dialog title="All keys" isOpen={isOpen} onClose={() => view.set({ keySheet: false })}>
      <p className="key-sheet-note">Keys of one letter act while the article has the focus.</p>
      <div className="key-sheet">
        {groups.map(({ place, title }) => (
          <section key={title}>
            <h3 className="heading">{title}</h3>
            <dl>{rowsOf(commands.filter(({ menu }) => menu === place)).map(keyRow)}</dl>
          </section>
        ))}
      </div>
    </Dialog>
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

const keyRow = ({ title, keys }: Row) => (
  <div key={title} className="key-row">
    <dt>{title}</dt>
    <dd>
      {keys.map((key) => (
        <kbd key={key}>{keyName(key)}</kbd>
      ))}
    </dd>
  </div>
);
