import './tour.css';
import { type ReactNode, useEffect, useState } from 'react';
import { sampleFolderName } from '../../../core/settings.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { useCommandKeys } from './command-keys.ts';

type KeyOf = ReturnType<typeof useCommandKeys>;

interface Step {
  readonly title: string;
  /** What the callout points to: the first of these that is on screen. */
  readonly targets: readonly string[];
  readonly place: 'within' | 'before' | 'above' | 'below';
  readonly words: (keyOf: KeyOf) => ReactNode;
}

const key = (name: string | null) => (name ? <kbd>{name}</kbd> : null);

const steps: readonly Step[] = [
  {
    title: 'Select and tag',
    targets: ['[data-pane="main"]'],
    place: 'within',
    words: (keyOf) => (
      <>
        Select some words with the mouse, or with Shift and the arrow keys. Then press {key(keyOf('tag.QUOTE'))} for a quote, or choose a
        tag beside them. What is outlined in dashes is suggested: {key(keyOf('annotation.next'))} walks there,{' '}
        {key(keyOf('annotation.inspect'))} accepts it, {key(keyOf('suggestion.reject'))} rejects it.
      </>
    ),
  },
  {
    title: 'Say who it is from',
    targets: ['.role-field', '[data-pane="inspector"]', '[data-drawer-opener="side"]'],
    place: 'before',
    words: (keyOf) => (
      <>
        While an annotation is active, select the speaker’s name and press {key(keyOf('role.p'))}: that fills the role. Without a selection
        the key waits for one.
      </>
    ),
  },
  {
    title: 'The inspector',
    targets: ['[data-pane="inspector"]', '[data-drawer-opener="side"]'],
    place: 'before',
    words: (keyOf) => (
      <>
        Everything about the active annotation is here; what is still needed is marked. {key(keyOf('annotation.inspect'))} goes here from
        the text, and Escape back.
      </>
    ),
  },
  {
    title: 'Saved, and undone',
    targets: ['.status-bar .save'],
    place: 'above',
    words: (keyOf) => (
      <>
        Saved means that it is on your disk. {key(keyOf('history.undo'))} takes back any step, also after a restart; the history{' '}
        {key(keyOf('history.open'))} lists them all.
      </>
    ),
  },
  {
    title: 'Take it with you',
    targets: ['.views [data-view="dataset"]', '.views'],
    place: 'below',
    words: (keyOf) => <>The Dataset view {key(keyOf('view.dataset'))} exports what you tagged as JSON lines or tables.</>,
  },
];

/** Five callouts that point to the real controls, shown on the sample at the first run or on request. They never block anything. */
export function Tour() {
  const { actions } = useSession();
  const at = useView((state) => state.tour);
  const isAnnotating = useView((state) => state.view === 'annotate');
  const isCovered = useView(
    (state) => state.drawer !== null || state.settingsSheet || state.keySheet || state.history !== null || state.imports !== null,
  );
  const isFirstRun = useWorkspace(
    ({ opened, settings, writable, article }) =>
      // The question of who annotates comes first.
      settings.person !== null &&
      writable &&
      article !== null &&
      !settings.tourDone &&
      opened?.project.place.split(/[\\/]/).at(-1) === sampleFolderName,
  );
  useEffect(() => {
    if (isFirstRun) actions.settings.moveTour(0);
  }, [isFirstRun, actions]);
  const step = at === null || !isAnnotating || isCovered ? undefined : steps[at];
  return step && at !== null ? <Callout key={at} step={step} at={at} /> : null;
}

function Callout({ step, at }: { step: Step; at: number }) {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const target = useTarget(step);
  if (!target) return null;
  const isLast = at === steps.length - 1;
  return (
    <>
      {step.place !== 'within' && <div className="tour-ring" style={ringOf(target)} />}
      <section
        className="callout"
        data-pane="tour"
        role="dialog"
        aria-label={`Tour, ${at + 1} of ${steps.length}: ${step.title}`}
        style={placeOf(target, step.place)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          actions.settings.endTour();
          actions.returnToText();
        }}
      >
        <h2 className="callout-title">{step.title}</h2>
        <p aria-live="polite">{step.words(keyOf)}</p>
        <div className="callout-buttons">
          <span className="muted">
            {at + 1} of {steps.length}
          </span>
          {!isLast && (
            <Button kind="quiet" onPress={() => actions.settings.endTour()}>
              Skip the tour
            </Button>
          )}
          {at > 0 && (
            <Button kind="quiet" onPress={() => actions.settings.moveTour(at - 1)}>
              Back
            </Button>
          )}
          <Button kind="primary" onPress={() => (isLast ? actions.settings.endTour() : actions.settings.moveTour(at + 1))}>
            {isLast ? 'Done' : 'Next'}
          </Button>
        </div>
      </section>
    </>
  );
}

// Where the step's control is on screen; follows changes of the window.
function useTarget({ targets }: Step): DOMRect | null {
  const [box, setBox] = useState<DOMRect | null>(null);
  useEffect(() => {
    const measure = () => {
      const found = targets.map((selector) => document.querySelector(selector)).find((element) => element !== null);
      setBox(found?.getBoundingClientRect() ?? null);
    };
    measure();
    const followed = new ResizeObserver(measure);
    for (const element of document.querySelectorAll('.workbench, [data-panel], .inspector .fields')) followed.observe(element);
    const changed = new MutationObserver(measure);
    for (const element of document.querySelectorAll('.views-area, .top-bar')) changed.observe(element, { childList: true, subtree: true });
    return () => {
      followed.disconnect();
      changed.disconnect();
    };
  }, [targets]);
  return box;
}

const width = 300;
const ringOf = ({ left, top, width: wide, height }: DOMRect) => ({ left: left - 2, top: top - 2, width: wide + 4, height: height + 4 });

function placeOf(box: DOMRect, place: Step['place']) {
  const inside = (left: number) => Math.max(12, Math.min(left, window.innerWidth - width - 12));
  const low = (top: number) => Math.max(12, Math.min(top, window.innerHeight - 190));
  // Next to the control if there is room, otherwise below it.
  if (place === 'before' && box.left > width + 24) return { left: box.left - width - 14, top: low(box.top) };
  if (place === 'within') return { left: inside(box.right - width - 28), bottom: window.innerHeight - box.bottom + 20 };
  if (place === 'above') return { left: inside(box.left), bottom: window.innerHeight - box.top + 12 };
  return { left: inside(box.right - width), top: low(box.bottom + 12) };
}
