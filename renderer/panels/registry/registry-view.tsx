import './registry-view.css';
import { useEffect, useRef, useState } from 'react';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useLostFocus } from '../../ui/lost-focus.ts';
import { EntityPicker } from '../annotations/entity-picker.tsx';
import { type RegistryDialog, unlinkedSign } from './registry-choice.ts';
import { EntityCard, MergedCard } from './registry-view-entity.tsx';
import { RegistryList } from './registry-view-list.tsx';
import { EntityMentions, UnlinkedMentions } from './registry-view-mentions.tsx';
import { MergeDialog } from './registry-view-merge.tsx';
import { useMentionCounts } from './registry-view-reading.ts';
import { SplitDialog } from './registry-view-split.tsx';

/** Everybody and everything that the project refers to: the list, one entry with all its mentions, merging and splitting. */
export function RegistryView() {
  const { actions } = useSession();
  const registry = useWorkspace((state) => state.registry);
  const choice = useView((state) => state.registryChoice);
  const [dialog, setDialog] = useState<RegistryDialog | null>(null);
  const counting = useMentionCounts();
  const entity = choice === null ? undefined : registry.get(choice);
  const isGone = choice !== null && !choice.startsWith(unlinkedSign) && (!entity || entity.removed);
  useEffect(() => {
    if (isGone) actions.registry.choose(null);
  }, [isGone, actions]);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What opened this view is gone; keys continue in the list.
    if (document.activeElement === document.body) place.current?.querySelector<HTMLElement>('[role="listbox"]')?.focus();
  }, []);
  useLostFocus(place, '.registry-rows[role="listbox"]', dialog);
  return (
    <div className="registry" ref={place}>
      <RegistryList counting={counting} onDialog={setDialog} />
      <main className="registry-entry" data-pane="main" aria-label="Entry of the registry">
        {choice?.startsWith(unlinkedSign) && (
          <UnlinkedMentions key={choice} words={choice.slice(unlinkedSign.length)} onDialog={setDialog} />
        )}
        {entity?.mergedInto && <MergedCard entity={entity} />}
        {entity && !entity.mergedInto && !entity.removed && (
          <>
            <EntityCard
              key={entity.id}
              entity={entity}
              places={counting.value ? (counting.value.counts.get(entity.id) ?? 0) : null}
              onDialog={setDialog}
            />
            <EntityMentions key={`${entity.id} mentions`} entity={entity} onDialog={setDialog} />
          </>
        )}
        {choice === null && (
          <p className="empty registry-hint">
            {registry.size === 0
              ? 'Nobody is in the registry yet.'
              : 'Choose an entry to see its names, roles and every place that mentions it. Space ticks entries to merge.'}
          </p>
        )}
      </main>
      <RegistryDialogs dialog={dialog} counts={counting.value?.counts ?? new Map()} onDialog={setDialog} />
    </div>
  );
}

interface DialogsProps {
  readonly dialog: RegistryDialog | null;
  readonly counts: ReadonlyMap<string, number>;
  readonly onDialog: (dialog: RegistryDialog | null) => void;
}

const titles: Readonly<Record<RegistryDialog['kind'], string>> = {
  create: 'New entry',
  'merge-into': 'Merge into another entry',
  merge: 'Merge entries',
  split: 'Split entry',
  link: 'Link mentions',
};

function RegistryDialogs({ dialog, counts, onDialog }: DialogsProps) {
  const { actions } = useSession();
  const registry = useWorkspace((state) => state.registry);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const types = codebook?.entityTypes.map(({ id }) => id) ?? [];
  const close = () => onDialog(null);
  return (
    <Dialog title={dialog ? titles[dialog.kind] : ''} isOpen={dialog !== null} onClose={close}>
      {dialog?.kind === 'create' && (
        <EntityPicker
          label="Name of the new entry"
          types={types}
          text=""
          onPick={(id) => {
            actions.registry.choose(id);
            close();
          }}
          onCreate={(type, canonical) => {
            actions.registry.create(type, canonical);
            close();
          }}
          onCancel={close}
        />
      )}
      {dialog?.kind === 'merge-into' && (
        <EntityPicker
          label={`The entry that ${registry.get(dialog.id)?.canonical ?? ''} is merged into`}
          types={types}
          text=""
          except={dialog.id}
          onPick={(id) => onDialog({ kind: 'merge', ids: [id, dialog.id], into: id })}
          onCancel={close}
        />
      )}
      {dialog?.kind === 'merge' && <MergeDialog ids={dialog.ids} into={dialog.into} counts={counts} onClose={close} />}
      {dialog?.kind === 'split' && <SplitDialog {...dialog} onClose={close} />}
      {dialog?.kind === 'link' && (
        <EntityPicker
          label={`Who or what ${dialog.mentions.length === 1 ? 'it means' : `all ${dialog.mentions.length} mean`}`}
          types={types}
          text={dialog.mentions[0]?.text ?? ''}
          canLearn
          onPick={(id, learn) => {
            actions.registry.linkEach(dialog.mentions, id, learn).catch(actions.tell);
            close();
          }}
          onCreate={(type, canonical, learn) => {
            actions.registry.linkEach(dialog.mentions, { type, canonical }, learn).catch(actions.tell);
            close();
          }}
          onCancel={close}
        />
      )}
    </Dialog>
  );
}
