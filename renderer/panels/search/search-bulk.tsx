import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { BulkDeed } from '../../../core/annotations/bulk.ts';
import type { AnnotationHit } from '../../../core/annotations/hits.ts';
import { layerOf } from '../../../core/model/codebook.ts';
import type { BulkGround } from '../../actions/searching.ts';
import { useSession, useWorkspace } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { BulkForm } from './search-bulk-form.tsx';
import { BulkPreview } from './search-bulk-preview.tsx';
import type { Ticked } from './search-ticks.ts';

interface BulkDialogProps {
  readonly kind: BulkDeed['kind'];
  /** The query that was used, for changing everything that matches it. */
  readonly query: string;
  readonly ticked: Ticked;
  readonly hits: readonly AnnotationHit[];
  readonly onClose: (isDone: boolean) => void;
}

const titles: Readonly<Record<BulkDeed['kind'], string>> = {
  attribute: 'Set an attribute',
  relabel: 'Change the layer',
  link: 'Link a role to an entity',
  note: 'Add a note',
  remove: 'Delete annotations',
};

/** A change to many annotations at once: what exactly, what it would do and what prevents it, then as one step. */
export function BulkDialog(props: BulkDialogProps) {
  const { kind, onClose } = props;
  return (
    <Dialog title={titles[kind]} isOpen onClose={() => onClose(false)} closeLabel="Cancel">
      <Bulk {...props} />
    </Dialog>
  );
}

function Bulk({ kind, query, ticked, hits, onClose }: BulkDialogProps) {
  const { actions } = useSession();
  const { ground, progress } = useGround(query, ticked, hits, () => onClose(false));
  const [deed, setDeed] = useState<BulkDeed | null>(kind === 'remove' ? { kind } : null);
  // Typing a note does not plan again at each letter.
  const considered = useDeferredValue(deed);
  const work = useWorkspace((state) => state.work);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what another program did meanwhile changes the plan
  const plan = useMemo(
    () => (ground && considered ? actions.search.plan(ground.own, considered) : null),
    [ground, considered, actions, work],
  );
  const titleOf = useTitleOf();
  if (!ground) {
    return (
      <div className="bulk">
        <p role="status">
          {progress.of === 0 ? 'Looking for them…' : `Reading ${progress.read.toLocaleString('en')} of ${counted(progress.of, 'article')}…`}
        </p>
        {progress.of > 0 && <progress value={progress.read} max={progress.of} aria-label="Articles read" />}
      </div>
    );
  }
  const count = plan?.changed.length ?? 0;
  const apply = () => {
    if (plan && deed && actions.search.apply(plan, titleOf(deed, count))) onClose(true);
  };
  return (
    <div className="bulk">
      <p>
        {ground.own.length === 0
          ? 'None of your annotations is ticked.'
          : `${counted(ground.own.length, 'annotation')} of yours in ${counted(ground.articles, 'article')}.`}
        {ground.isCut && <span className="bulk-others"> More fit the query: only the first 20,000 are changed at once.</span>}
        {ground.others > 0 && (
          <span className="bulk-others">
            {' '}
            {counted(ground.others, 'annotation')} of others {ground.others === 1 ? 'stays' : 'stay'} as{' '}
            {ground.others === 1 ? 'it is' : 'they are'}.
          </span>
        )}
      </p>
      {ground.own.length > 0 && <BulkForm kind={kind} own={ground.own} deed={deed} onDeed={setDeed} />}
      {plan && <BulkPreview plan={plan} deed={considered} />}
      <div className="dialog-actions">
        <Button kind="primary" isDisabled={count === 0 || considered !== deed} onPress={apply}>
          {deed && count > 0 ? titleOf(deed, count) : titles[kind]}
        </Button>
      </div>
    </div>
  );
}

// The label of the button, also used as the title in the history.
function useTitleOf(): (deed: BulkDeed, count: number) => string {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const registry = useWorkspace((state) => state.registry);
  return (deed, count) => {
    const many = counted(count, 'annotation');
    switch (deed.kind) {
      case 'attribute': {
        const title = codebook?.layers.flatMap(({ attributes }) => attributes).find(({ name }) => name === deed.name)?.title ?? deed.name;
        return `${deed.value === null ? 'Clear' : 'Set'} ${title.toLowerCase()} of ${many}`;
      }
      case 'relabel':
        return `Change ${many} to ${((codebook && layerOf(codebook, deed.layer)?.title) ?? deed.layer).toLowerCase()}`;
      case 'remove':
        return `Delete ${many}`;
      case 'link': {
        const { target } = deed;
        return `Link ${many} to ${typeof target === 'string' ? (registry.get(target)?.canonical ?? target) : target.canonical}`;
      }
      case 'note':
        return `Add a note to ${many}`;
    }
  };
}

// Reads the ticked annotations. Closing the dialog stops it.
function useGround(query: string, ticked: Ticked, hits: readonly AnnotationHit[], onFailed: () => void) {
  const { actions } = useSession();
  const [ground, setGround] = useState<BulkGround | null>(null);
  const [progress, setProgress] = useState({ read: 0, of: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is ticked when the dialog opens is what it is about
  useEffect(() => {
    let isCurrent = true;
    const chosen = ticked.isAll
      ? { query, isLeftOut: (id: string) => ticked.ids.has(id) }
      : hits.filter(({ annotation }) => ticked.ids.has(annotation));
    const heard = (read: number, of: number) => {
      if (isCurrent) setProgress({ read, of });
      return isCurrent;
    };
    actions.search.ground(chosen, heard).then(
      (found) => {
        if (isCurrent) setGround(found);
      },
      (error: unknown) => {
        actions.tell(error);
        if (isCurrent) onFailed();
      },
    );
    return () => {
      isCurrent = false;
    };
  }, []);
  return { ground, progress };
}
