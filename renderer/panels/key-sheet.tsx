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
            <dl>{commands.filter(({ menu }) => menu === place).map(keyRow)}</dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

const keyRow = ({ id, title, keys }: Command) => (
  <div key={id} className="key-row">
    <dt>{title}</dt>
    <dd>
      {keys.map((key) => (
        <kbd key={key}>{keyName(key)}</kbd>
      ))}
    </dd>
  </div>
);
