import type { Codebook } from '../../../core/model/codebook.ts';
import { useWorkspace } from '../../session.tsx';
import { useCommandKeys } from '../frame/command-keys.ts';

/** Shown for an article without annotations: how to begin, or why nothing can be tagged here. */
export function NothingTagged({ codebook }: { codebook: Codebook }) {
  const keyOf = useCommandKeys();
  const writable = useWorkspace((state) => state.writable);
  const locked = useWorkspace((state) => state.opened?.locked);
  const hasArticle = useWorkspace((state) => state.article !== null);
  if (locked) return <p className="empty">Nothing is tagged yet, and nothing can be tagged here: the project is read-only.</p>;
  if (!writable)
    return <p className="empty">Nothing is tagged yet. This window only shows the project; “Take over” at the top lets you tag here.</p>;
  if (!hasArticle) return <p className="empty">Nothing is tagged yet.</p>;
  const keyed = codebook.layers.filter(({ id }) => keyOf(`tag.${id}`) !== null);
  return (
    <p className="empty">
      Nothing is tagged yet. Select words in the article, then{' '}
      {keyed.length === 0
        ? 'choose a tag beside them.'
        : keyed.map(({ id, title }, index) => (
            <span key={id}>
              {index > 0 ? ', ' : 'press '}
              <kbd>{keyOf(`tag.${id}`)}</kbd> {title.toLowerCase()}
            </span>
          ))}
      {keyed.length > 0 && '.'}
    </p>
  );
}
