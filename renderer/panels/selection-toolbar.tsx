import './selection-toolbar.css';
import { layerOf } from '../../core/codebook.ts';
import { useSession, useView, useWorkspace } from '../session.tsx';
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
  if (!box || armed || !codebook || !writable) return null;
  const layer = layerId ? layerOf(codebook, layerId) : undefined;
  const above = box.top > 150;
  return (
    <div
      className="selection-toolbar"
      role="toolbar"
      aria-label="Tag the selection"
      style={{ left: Math.max(12, box.left + box.width / 2), top: above ? box.top - 8 : box.bottom + 8 }}
      data-above={above}
      // Pressing a button must not take the selection out of the text.
      onMouseDown={(event) => event.preventDefault()}
    >
      <div className="toolbar-row">
        {codebook.layers.map(({ id, title, look, hue }) => (
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

const Key = ({ name }: { name: string | null }) => name && <kbd>{name}</kbd>;
