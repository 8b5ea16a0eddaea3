import './selection-toolbar.css';
import { useLayoutEffect, useRef } from 'react';
import { current, layerOf } from '../../core/codebook.ts';
import { useSession, useView, useWorkspace } from '../session.tsx';
import type { Box } from '../state/view-store.ts';
import { currentSet } from '../state/workspace.ts';
import { Button } from '../ui/button.tsx';
import { useCommandKeys } from './command-keys.ts';

/** The tags beside a selection, for the mouse; with an annotation active its roles too. Keys do the same, so it takes no focus. */
export function SelectionToolbar() {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const box = useView((state) => state.selectionBox);
  const armed = useView((state) => state.armed !== null || state.contextMenu !== null);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const writable = useWorkspace((state) => state.writable);
  const layerId = useWorkspace(currentSet).annotations.get(useView((state) => state.active) ?? '')?.layer;
  const toolbar = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (box && toolbar.current) putBeside(box, toolbar.current);
  });
  if (!box || armed || !codebook || !writable) return null;
  const layer = layerId ? layerOf(codebook, layerId) : undefined;
  return (
    <div
      ref={toolbar}
      className="selection-toolbar"
      role="toolbar"
      aria-label="Tag the selection"
      // Pressing a button must not take the selection out of the text.
      onMouseDown={(event) => event.preventDefault()}
    >
      <div className="toolbar-row">
        {current(codebook.layers).map(({ id, title, look, hue }) => (
          <Button key={id} kind="quiet" onPress={() => actions.run(`tag.${id}`)}>
            <span className="toolbar-tag" data-hue={hue}>
              <span className="swatch" data-look={look} aria-hidden="true" /> {title} <Key name={keyOf(`tag.${id}`)} />
            </span>
          </Button>
        ))}
      </div>
      {layer && (
        <div className="toolbar-row">
          {layer.roles.map(({ name, title, key }) => (
            <Button key={name} kind="quiet" onPress={() => actions.arm(name, false)}>
              {title} <Key name={keyOf(`role.${key}`)} />
            </Button>
          ))}
          <Button kind="quiet" onPress={() => actions.run('annotation.unite')}>
            Fragment <Key name={keyOf('annotation.unite')} />
          </Button>
        </div>
      )}
    </div>
  );
}

const gap = 8;

// Above the selection, or below where there is no room, within the article's pane; by its lower edge where the selection fills the pane.
function putBeside({ left, width, top, bottom }: Box, toolbar: HTMLElement): void {
  const pane = document.querySelector('[data-pane="main"]')?.getBoundingClientRect();
  if (!pane) return;
  toolbar.style.maxWidth = `${pane.width - 2 * gap}px`;
  const own = toolbar.getBoundingClientRect();
  const within = (place: number, low: number, high: number) => Math.max(low, Math.min(place, high));
  const lowest = pane.bottom - gap - own.height;
  const above = top - gap - own.height;
  toolbar.style.left = `${within(left + (width - own.width) / 2, pane.left + gap, pane.right - gap - own.width)}px`;
  toolbar.style.top = `${above >= pane.top + gap ? Math.min(above, lowest) : Math.min(bottom + gap, lowest)}px`;
  toolbar.style.visibility = bottom < pane.top || top > pane.bottom ? 'hidden' : 'visible';
}

const Key = ({ name }: { name: string | null }) => name && <kbd>{name}</kbd>;
