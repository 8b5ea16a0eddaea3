import type { Entity } from '../../../core/model/entity.ts';
import { namesOf } from '../../../core/registry/entity-names.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import type { RegistryDialog } from './registry-choice.ts';

// More than anybody compares.
const mostSimilar = 3;

interface SimilarProps {
  readonly entity: Entity;
  readonly isDisabled: boolean;
  readonly onDialog: (dialog: RegistryDialog) => void;
}

/** Other entries that may be the same entity under another spelling, to look at or to merge. */
export function SimilarEntries({ entity, isDisabled, onDialog }: SimilarProps) {
  const { actions } = useSession();
  const registry = useWorkspace((state) => state.registry);
  const similar = namesOf(registry).similar(entity).slice(0, mostSimilar);
  if (similar.length === 0) return null;
  return (
    <p className="entity-similar" role="status">
      Could this be the same?
      {similar.map(({ id, canonical }) => (
        <span key={id}>
          {canonical}
          <Button kind="quiet" label={`Open ${canonical}`} onPress={() => actions.registry.choose(id)}>
            Open
          </Button>
          <Button
            kind="quiet"
            label={`Merge with ${canonical}…`}
            isDisabled={isDisabled}
            onPress={() => onDialog({ kind: 'merge', ids: [id, entity.id], into: null })}
          >
            Merge…
          </Button>
        </span>
      ))}
    </p>
  );
}
