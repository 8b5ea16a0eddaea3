import './history-panel.css';
import { useEffect, useMemo } from 'react';
import { articlesOf, type Gesture } from '../../../core/steps/edit.ts';
import { standing } from '../../../core/steps/history.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { failureOf } from '../../state/notices.ts';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { LongList } from '../../ui/long-list.tsx';

interface Row {
  /** How many steps are in effect after this one. */
  readonly count: number;
  /** Null for the beginning, before the first step. */
  readonly gesture: Gesture | null;
}

/** Every step, newest first. Choosing one undoes or redoes until it is the last one in effect. */
export function HistoryPanel() {
  const { view } = useSession();
  const history = useView((state) => state.history);
  return (
    <Dialog title="History" isOpen={history !== null} onClose={() => view.set({ history: null })}>
      {history?.problem && (
        <p className="history-problem" role="alert">
          {history.problem}
        </p>
      )}
      <Steps />
    </Dialog>
  );
}

function Steps() {
  const { actions, workspace } = useSession();
  const history = useWorkspace((state) => state.history);
  const writable = useWorkspace((state) => state.writable);
  const rows = useMemo((): Row[] => {
    const steps = [...history.past, ...history.future.toReversed()];
    return [{ count: 0, gesture: null }, ...steps.map((gesture, index) => ({ count: history.earlier + index + 1, gesture }))].reverse();
  }, [history]);
  const now = standing(history);
  const unread = history.earlier + history.later;
  const isUnread = unread > 0;
  useEffect(() => {
    let isOpen = true;
    if (isUnread) workspace.readHistory(() => isOpen).catch((error: unknown) => workspace.notify('history', failureOf(error)));
    return () => {
      isOpen = false;
    };
  }, [workspace, isUnread]);
  if (rows.length === 1 && !isUnread)
    return <p className="muted">Nothing has been done in this project yet. Each step you make is listed here.</p>;
  return (
    <>
      <p className="muted history-note">
        {writable
          ? 'Choose a step to go back to just after it. You can redo the later steps until you make a new one.'
          : 'Another window is editing this project, so the steps are only shown.'}
        {isUnread && ` ${counted(unread, 'more step')} ${unread === 1 ? 'is' : 'are'} being read.`}
      </p>
      <LongList
        className="history"
        rowClassName="history-row"
        label="Steps, newest first"
        items={rows}
        idOf={idOf}
        rowHeight={46}
        selected={String(now)}
        autoFocus
        isDisabled={!writable}
        onChoose={(id) => actions.history.goToStep(Number(id))}
        row={Step}
      />
    </>
  );
}

const idOf = ({ count }: Row) => String(count);

function Step({ item: { count, gesture } }: { readonly item: Row }) {
  const now = useWorkspace((state) => standing(state.history));
  const [isUndone, isNow] = [count > now, count === now];
  const articles = useWorkspace((state) => state.articles);
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const [article, ...more] = gesture ? articlesOf(gesture.edits) : [];
  const title = articles.find(({ meta }) => meta.id === article)?.meta.title ?? 'The whole project';
  const place = more.length > 0 ? `${title} and ${more.length} more` : title;
  return (
    <span className="step" data-undone={isUndone}>
      <span className="step-sign" aria-hidden="true">
        {isNow ? '●' : isUndone ? '○' : ''}
      </span>
      <span className="step-title">
        {gesture?.title ?? 'The beginning'}
        {isNow && <span className="step-now">you are here</span>}
        {isUndone && <span className="visually-hidden"> (undone)</span>}
      </span>
      <span className="step-place muted">{gesture ? place : 'Before the first step'}</span>
      {gesture && (
        <span className="step-told muted">
          <span>{timeOf(gesture.time)}</span>
          <span>{annotators?.find(({ id }) => id === gesture.annotator)?.name}</span>
        </span>
      )}
    </span>
  );
}

const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});

function timeOf(time: string): string {
  const date = new Date(time);
  if (Number.isNaN(date.valueOf())) return time;
  return date.toDateString() === new Date().toDateString() ? `today, ${clock.format(date)}` : calendar.format(date);
}
