import './annotators.css';
import { useEffect, useState } from 'react';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Check } from '../../ui/fields.tsx';
import { Menu } from '../../ui/menu.tsx';
import { NameForm } from './name-form.tsx';

/** The annotator of this window, with a menu to switch, add and rename. */
export function AnnotatorMenu() {
  const { actions, view } = useSession();
  const annotator = useWorkspace((state) => state.opened?.annotator);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const writable = useWorkspace((state) => state.writable);
  if (!annotator || !annotators) return null;
  const choose = (id: string) => {
    if (id === '+add') view.set({ annotatorDialog: 'add' });
    else if (id === '+rename') view.set({ annotatorDialog: 'rename' });
    else if (id !== annotator.id) actions.outside.switchAnnotator(id);
  };
  return (
    <Menu
      label={`Annotator: ${annotator.name}`}
      groups={[
        {
          title: 'Annotate as',
          entries: annotators.map(({ id, name, role }) => ({
            id,
            title: role === 'adjudicator' ? `${name} (adjudicates)` : name,
            isCurrent: id === annotator.id,
            isDisabled: !writable,
          })),
        },
        {
          title: 'Annotators',
          entries: [
            { id: '+add', title: 'Add an annotator…', isDisabled: !writable },
            { id: '+rename', title: `Rename ${annotator.name}…`, isDisabled: !writable },
          ],
        },
      ]}
      onChoose={choose}
    >
      Annotator: {annotator.name}
    </Menu>
  );
}

/** Asks for the name of a new annotator, or for a new name of the current one. */
export function AnnotatorDialog() {
  const { actions, view } = useSession();
  const part = useView((state) => state.annotatorDialog);
  const name = useWorkspace((state) => state.opened?.annotator.name ?? '');
  const [decides, setDecides] = useState(false);
  useEffect(() => setDecides(part === 'adjudicator'), [part]);
  const close = () => view.set({ annotatorDialog: null });
  return (
    <Dialog title={part === 'rename' ? 'Rename the annotator' : 'Add an annotator'} isOpen={part !== null} onClose={close}>
      <p>
        {part === 'rename'
          ? 'Everything that you have annotated keeps its author under the new name.'
          : 'Each annotator’s work is in a folder of its own; nobody changes anyone else’s.'}
      </p>
      {part !== 'rename' && (
        <Check
          label="Adjudicates: decides between the others, and is not compared with them"
          value={decides}
          isDisabled={false}
          onChange={setDecides}
        />
      )}
      <NameForm
        label="Name"
        initial={part === 'rename' ? name : ''}
        action={part === 'rename' ? 'Rename' : 'Add and annotate as them'}
        onAccept={async (said) => {
          await (part === 'rename'
            ? actions.outside.renameAnnotator(said)
            : actions.outside.addAnnotator(said, decides ? 'adjudicator' : 'annotator'));
          close();
        }}
      />
    </Dialog>
  );
}

/** Asks at the first start who annotates. Without an answer, the name of the system account is used. */
export function WhoAnnotates() {
  const { actions } = useSession();
  const person = useWorkspace((state) => state.settings.person);
  const account = useWorkspace((state) => state.opened?.account ?? '');
  return (
    <Dialog title="Who annotates?" isOpen={person === null} onClose={() => actions.outside.introduce(account)}>
      <p>Your name appears beside everything that you annotate, so that others see who wrote what.</p>
      <NameForm label="Your name" initial={account} action="Start" onAccept={async (name) => actions.outside.introduce(name)} />
    </Dialog>
  );
}
