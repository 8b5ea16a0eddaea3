import './selection-toolbar.css';
import { useLayoutEffect, useRef } from 'react';
import { current, layerOf } from '../../../core/model/codebook.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { openSuggestion } from '../../state/suggestions.ts';
import type { Box } from '../../state/view-store.ts';
import { currentSet } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { useCommandKeys } from '../frame/command-keys.ts';

/**
 * The tags next to a selection, for the mouse, and for an active annotation also its roles. Keys do the same, so the toolbar never takes the
 * focus.
 */
export function SelectionToolbar() {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const box = useView((state) => state.selectionBox);
  const armed = useView((state) => state.armed !== null || state.contextMenu !== null);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const writable = useWorkspace((state) => state.writable);
  const isForward = useView(({ selection }) => selection.anchor <= selection.head);
  const active = useView((state) => state.active);
  const layerId = useWorkspace((state) => (currentSet(state).annotations.get(active ?? '') ?? openSuggestion(state, active))?.layer);
  const toolbar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box && toolbar.current) putBeside(box, toolbar.current, isForward);
  });
  if (!box || armed || !codebook || !writable) return null;
  const layer = layerId ? layerOf(codebook, layerId) : undefined;
  return (
    <div
      ref={toolbar}
      className="selection-toolbar"
      role="toolbar"
      aria-label="Tag the selection"
      // Pressing a button must not clear the selection in the text.
      onMouseDownCapture={(event) => event.preventDefault()}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        actions.annotate.closeToolbar();
        actions.returnToText();
      }}
    >
      <div className="toolbar-row">
        {current(codebook.layers).map(({ id, title, look, hue }) => (
          <Button key={id} kind="quiet" keepsFocus onPress={() => actions.run(`tag.${id}`)}>
            <span className="toolbar-tag" data-hue={hue}>
              <span className="swatch" data-look={look} aria-hidden="true" /> {title} <Key name={keyOf(`tag.${id}`)} />
            </span>
          </Button>
        ))}
      </div>
      {layer && (
        <div className="toolbar-row">
          {layer.roles.map(({ name, title, key }) => (
            <Button key={name} kind="quiet" keepsFocus onPress={() => actions.annotate.arm(name, false)}>
              {title} <Key name={keyOf(`role.${key}`)} />
            </Button>
          ))}
          <Button kind="quiet" keepsFocus onPress={() => actions.run('annotation.unite')}>
            Fragment <Key name={keyOf('annotation.unite')} />
          </Button>
        </div>
      )}
    </div>
  );
}

const gap = 8;

// Places the toolbar below or above the selection, within the article's pane: where it covers fewer annotations, or else on the side that the pointer
// did not come from, if there is room. If the selection fills the pane, at its lower edge.
function putBeside({ left, width, top, bottom }: Box, toolbar: HTMLElement, isForward: boolean): void {
  const pane = document.querySelector<HTMLElement>('[data-pane="main"]:not([data-away] *)');
  if (!pane) return;
  const edges = pane.getBoundingClientRect();
  toolbar.style.maxWidth = `${edges.width - 2 * gap}px`;
  const own = toolbar.getBoundingClientRect();
  const within = (place: number, low: number, high: number) => Math.max(low, Math.min(place, high));
  const place = within(left + (width - own.width) / 2, edges.left + gap, edges.right - gap - own.width);
  const lowest = edges.bottom - gap - own.height;
  const [above, below] = [top - gap - own.height, bottom + gap];
  const [fitsAbove, fitsBelow] = [above >= edges.top + gap && above <= lowest, below <= lowest && below >= edges.top];
  const covered = (at: number) => annotatedIn(pane, { left: place, right: place + own.width, top: at, bottom: at + own.height });
  const more = fitsAbove && fitsBelow ? covered(below) - covered(above) : 0;
  const isBelow = fitsBelow && (!fitsAbove || more < 0 || (more === 0 && isForward));
  toolbar.style.left = `${place}px`;
  toolbar.style.top = `${isBelow ? below : above >= edges.top + gap ? Math.min(above, lowest) : Math.min(below, lowest)}px`;
  toolbar.style.visibility = bottom < edges.top || top > edges.bottom ? 'hidden' : 'visible';
}

type Edges = Pick<DOMRect, 'left' | 'right' | 'top' | 'bottom'>;

// How much annotated text lies there, in square pixels. Only looks at the paragraphs there: asking for positions far from the screen would make the
// browser lay out all of a long article.
function annotatedIn(pane: HTMLElement, { left, right, top, bottom }: Edges): number {
  const isThere = (element: Element) => {
    const box = element.getBoundingClientRect();
    return box.top < bottom && top < box.bottom;
  };
  let covered = 0;
  for (const section of pane.querySelectorAll('.section')) {
    if (!isThere(section)) continue;
    for (const block of section.children) {
      if (!isThere(block)) continue;
      for (const piece of block.querySelectorAll('.annotated')) {
        for (const box of piece.getClientRects()) {
          const [across, down] = [
            Math.min(right, box.right) - Math.max(left, box.left),
            Math.min(bottom, box.bottom) - Math.max(top, box.top),
          ];
          if (across > 0 && down > 0) covered += across * down;
        }
      }
    }
  }
  return covered;
}

const Key = ({ name }: { name: string | null }) => name && <kbd>{name}</kbd>;
