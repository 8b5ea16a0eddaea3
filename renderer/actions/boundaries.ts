import type { Placed } from '../../core/model/annotation.ts';
import { layerOf } from '../../core/model/codebook.ts';
import * as gestures from '../../core/steps/gestures.ts';
import { type Move, moveBoundary, nearestFragment, setBoundary } from '../../core/text/boundaries.ts';
import { isRightToLeft } from '../../core/text/direction.ts';
import type { Range } from '../../core/text/span.ts';
import { onlyShows } from '../state/only-shows.ts';
import { openSuggestion } from '../state/suggestions.ts';
import { currentSet } from '../state/workspace.ts';
import type { Desk } from './desk.ts';

/**
 * Boundary mode: the ends of a fragment of the active annotation are moved on screen only, until the mode ends and everything becomes one undo
 * step. Anything else the user does ends the mode first, so that no change is lost.
 */
export function boundaryActions(desk: Desk) {
  const { view } = desk;

  const show = ({ id, spans: own }: Placed): void => {
    const spans = own.map(({ start, end }) => ({ start, end }));
    const fragment = nearestFragment(spans, desk.shown().selection.head);
    view.set({ armed: null, boundary: { annotation: id, spans, fragment, edge: 'end' } });
    desk.editor?.focus();
    desk.editor?.scrollTo(spans[fragment]?.end ?? 0);
  };

  const begin = (): void => {
    const suggestion = desk.suggestion();
    if (!suggestion) return desk.withActive(({ annotation }) => show(annotation));
    if (desk.state().writable) show(suggestion);
    else view.say(onlyShows(desk.state()));
  };

  const finish = (): void => {
    const { boundary } = desk.shown();
    if (!boundary) return;
    view.set({ boundary: null });
    const annotation = currentSet(desk.state()).annotations.get(boundary.annotation) ?? openSuggestion(desk.state(), boundary.annotation);
    const isSame = annotation?.spans.every(({ start, end }, at) => start === boundary.spans[at]?.start && end === boundary.spans[at]?.end);
    if (!annotation || isSame) return;
    const codebook = desk.codebook();
    const title = (codebook && layerOf(codebook, annotation.layer))?.title.toLowerCase() ?? 'annotation';
    desk.change(annotation.id, 'annotation.boundary', `Move the boundaries of ${title}`, (scene, id) =>
      gestures.setSpans(scene, id, boundary.spans),
    );
  };

  const cancel = (): void => view.set({ boundary: null });

  const put = (edge: Move['edge'], spans: readonly Range[] | null): void => {
    const { boundary } = desk.shown();
    if (!boundary) return;
    if (!spans) {
      view.set({ boundary: { ...boundary, edge } });
      return view.say(edge === 'end' ? 'The end cannot go further that way.' : 'The start cannot go further that way.');
    }
    view.set({ boundary: { ...boundary, edge, spans } });
    desk.editor?.scrollTo(spans[boundary.fragment]?.[edge] ?? 0);
  };

  // If another annotation or article becomes active, keep the changes so far.
  view.store.subscribe(({ boundary, active }) => {
    if (boundary && boundary.annotation !== active) finish();
  });

  return {
    begin,
    finish,
    /** Handles a key of the mode. `step` follows the screen: 1 is to the right. */
    move({ edge, step, unit }: Move): void {
      const { boundary } = desk.shown();
      if (!boundary) return;
      const text = desk.state().article?.text ?? '';
      const isTurned = isRightToLeft(lineAt(text, boundary.spans[boundary.fragment]?.[edge] ?? 0));
      put(edge, moveBoundary(text, boundary.spans, boundary.fragment, { edge, step: isTurned ? (step === 1 ? -1 : 1) : step, unit }));
    },
    /** The pointer drags an end to `offset`. */
    drag(edge: Move['edge'], offset: number): void {
      const { boundary } = desk.shown();
      const spans = boundary && setBoundary(desk.state().article?.text ?? '', boundary.spans, boundary.fragment, edge, offset);
      if (boundary && spans) view.set({ boundary: { ...boundary, edge, spans } });
    },
    /** Goes to the next or previous fragment. */
    walkFragment(step: 1 | -1): void {
      const { boundary } = desk.shown();
      const fragment = (boundary?.fragment ?? 0) + step;
      if (boundary?.spans[fragment]) {
        view.set({ boundary: { ...boundary, fragment } });
        desk.editor?.scrollTo(boundary.spans[fragment].start);
      }
    },
    /** Gives the mode a chance to handle a command first. Returns whether it did: Enter and `b` end the mode, Escape restores the old boundaries. */
    takes(command: string): boolean {
      if (!desk.shown().boundary) return false;
      if (command === 'annotation.release') cancel();
      else finish();
      return ['annotation.release', 'annotation.inspect', 'annotation.boundary'].includes(command);
    },
  };
}

// The line of `text` that contains `offset`, or ends at it.
function lineAt(text: string, offset: number): string {
  const end = text.indexOf('\n', offset);
  return text.slice(text.lastIndexOf('\n', offset - 1) + 1, end < 0 ? text.length : end);
}
