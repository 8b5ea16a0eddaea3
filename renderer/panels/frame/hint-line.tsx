import { layerOf } from '../../../core/model/codebook.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { openSuggestion } from '../../state/suggestions.ts';
import { currentSet } from '../../state/workspace.ts';
import { useCommandKeys } from './command-keys.ts';
import { compareHints, type KeyHint, keyHints } from './key-hints.ts';
import { useTypingFocus } from './typing-focus.ts';

/** The keys and what they do now. Empty if no article is on screen, or while typing in a field. */
export function HintLine() {
  const { actions } = useSession();
  const keyOf = useCommandKeys();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const writable = useWorkspace((state) => state.writable);
  const hasArticle = useWorkspace((state) => state.article !== null);
  const isAnnotating = useView((state) => state.view === 'annotate');
  const isComparing = useView((state) => state.view === 'compare');
  const comparing = useView((state) => state.compare.focus);
  const sayable = useView((state) => state.compare.sayable);
  const isSelecting = useView((state) => state.selectionBox !== null);
  const armed = useView((state) => state.armed);
  const armedRelation = useView((state) => state.armedRelation);
  const boundary = useView((state) => state.boundary);
  const active = useView((state) => state.active);
  const suggestedLayer = useWorkspace((state) => openSuggestion(state, active)?.layer);
  const annotatedLayer = useWorkspace(currentSet).annotations.get(active ?? '')?.layer;
  const isTyping = useTypingFocus();
  if (codebook && isComparing && !isTyping) return <Hints hints={compareHints(comparing, writable ? sayable : [], writable, keyOf)} />;
  if (!codebook || !isAnnotating || !hasArticle || isTyping) return null;
  const layer = layerOf(codebook, annotatedLayer ?? suggestedLayer ?? '');
  const hints = keyHints(
    {
      ...{ codebook, writable, boundary, isSelecting, layer },
      isRelating: armedRelation !== null,
      armedRole: armed?.title ?? null,
      isSuggestion: suggestedLayer !== undefined,
      digits: layer ? actions.annotate.digitAttribute() : null,
    },
    keyOf,
  );
  return <Hints hints={hints} />;
}

function Hints({ hints }: { readonly hints: readonly KeyHint[] }) {
  return (
    <span className="hints">
      {hints.map(({ keys, title }) => (
        <span key={`${keys} ${title}`}>
          <kbd>{keys}</kbd> {title}
        </span>
      ))}
    </span>
  );
}
