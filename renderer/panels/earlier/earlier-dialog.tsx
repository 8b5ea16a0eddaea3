import './earlier-dialog.css';
import { useEffect, useState } from 'react';
import type { KeptState } from '../../../core/contract/copies.ts';
import type { Output } from '../../../core/contract.ts';
import { AppError, type Failure } from '../../../core/failure.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { EarlierDifferences } from './earlier-differences.tsx';
import { stateTime } from './earlier-words.ts';

/** The earlier states of the project: when they were kept, how they differ from now, and how to restore them. */
export function EarlierDialog() {
  const { view } = useSession();
  const isOpen = useView((state) => state.earlier);
  return (
    <Dialog title="Earlier states" isOpen={isOpen} onClose={() => view.set({ earlier: false })} isWide>
      {isOpen && <States />}
    </Dialog>
  );
}

function States() {
  const { actions } = useSession();
  const here = useWorkspace((all) => all.opened?.project.place);
  const [kept, setKept] = useState<Output<'listEarlier'> | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  // How often something was restored. Earlier comparisons are then outdated.
  const [times, setTimes] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the steps since a state are others once something was restored
  useEffect(() => {
    actions.outside.earlier.list().then(
      (all) => {
        setKept(all);
        setChosen((before) => before ?? (all.states.find(({ place }) => place === here) ?? all.states[0])?.id ?? null);
      },
      (error: unknown) => setFailure(error instanceof AppError ? error.failure : null),
    );
  }, [actions, times]);
  if (failure) {
    return (
      <p role="alert">
        {failure.message} {failure.next}
      </p>
    );
  }
  if (!kept) return <p aria-busy="true">Looking…</p>;
  const state = kept.states.find(({ id }) => id === chosen);
  const hasOthers = kept.states.some(({ place }) => place !== here);
  const damaged =
    kept.damaged > 0 && `${counted(kept.damaged, 'state')} can no longer be read and ${kept.damaged === 1 ? 'is' : 'are'} not listed.`;
  if (kept.states.length === 0) {
    return (
      <p className="muted">
        None is kept yet. While you work, Pressmark keeps the state of the project every five minutes, for seven days, outside its folder.{' '}
        {damaged}
      </p>
    );
  }
  return (
    <div className="earlier">
      <p className="muted earlier-note">
        The state of the project every five minutes while you worked, kept for seven days outside the project’s folder.{' '}
        {hasOthers && 'States that name a folder come from the project in that folder: a copy, or this project before it was moved.'}{' '}
        {damaged}
      </p>
      <LongList
        className="earlier-states"
        rowClassName="earlier-state"
        label="Earlier states, newest first"
        items={kept.states}
        idOf={idOf}
        rowHeight={hasOthers ? 62 : 44}
        selected={chosen}
        autoFocus
        onChoose={setChosen}
        onWalk={setChosen}
        row={State}
      />
      {state && <EarlierDifferences key={`${state.id} ${times}`} state={state} onRestored={() => setTimes(times + 1)} />}
    </div>
  );
}

const idOf = ({ id }: KeptState) => id;

function State({ item: { time, steps, place } }: { readonly item: KeptState }) {
  const here = useWorkspace((all) => all.opened?.project.place);
  return (
    <>
      <span className="earlier-time">{stateTime(time)}</span>
      <span className="muted">
        {steps === null ? 'another history' : steps === 0 ? 'nothing done since' : `${counted(steps, 'step')} since`}
      </span>
      {place !== here && (
        <span className="earlier-place" title={place}>
          in {place.slice(Math.max(place.lastIndexOf('/'), place.lastIndexOf('\\')) + 1)}
        </span>
      )}
    </>
  );
}
