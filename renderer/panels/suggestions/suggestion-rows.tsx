import './suggestion-rows.css';
import { memo } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import { hueOf, layerOf } from '../../../core/model/codebook.ts';
import { familyNames, familyOf } from '../../../core/suggestions/choice.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import type { OpenSuggestion } from '../../state/article-suggestions.ts';
import { suggestedWho } from '../../state/listed-rows.ts';
import { openSuggestionsOf } from '../../state/suggestions.ts';
import type { Listed } from '../../state/view-store.ts';
import { currentSet } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { number } from '../../ui/count.ts';
import { sureness } from './suggestion-fields.tsx';

const listings: readonly Listed[] = ['both', 'annotations', 'suggestions'];

/** What the list shows and the keys walk through: annotations, suggestions or both, with counts. */
export const ListedChoice = memo(() => {
  const { actions } = useSession();
  const listed = useView((state) => state.listed);
  return (
    <ToggleButtonGroup
      className="choice listed-choice"
      aria-label="What is listed"
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[listed]}
      onSelectionChange={(keys) => {
        const chosen = listings.find((each) => keys.has(each));
        if (chosen) actions.suggest.list(chosen);
      }}
    >
      {listings.map((each) => (
        <ToggleButton key={each} id={each} className="option">
          <ListedWords listed={each} />
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
});

// These words change with each article and edit; the buttons around them do not.
function ListedWords({ listed }: { readonly listed: Listed }) {
  const annotations = useWorkspace((workspace) => currentSet(workspace).annotations.size);
  const state = useWorkspace((workspace) => workspace.suggestions.state);
  const suggestions = useWorkspace((workspace) => openSuggestionsOf(workspace).length);
  const hasArticle = useWorkspace((workspace) => workspace.article !== null);
  if (listed === 'both') return 'Both';
  if (listed === 'annotations') return `Annotations ${number(annotations)}`;
  // Without an article there is nothing to suggest, which does not mean that suggestions are off.
  return `Suggestions ${state === 'ready' || !hasArticle ? number(suggestions) : state === 'off' ? 'off' : '…'}`;
}

/** A suggestion in the list: its words, the suggested speaker, and how sure it is. */
export function SuggestionRow({ suggestion }: { readonly suggestion: OpenSuggestion }) {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const layer = codebook && layerOf(codebook, suggestion.layer);
  const who = suggestedWho(suggestion);
  return (
    <>
      <span data-hue={layer && hueOf(layer, suggestion)} className="annotation-swatch">
        <span className="swatch" data-look="suggested" aria-hidden="true" />
        <span className="visually-hidden">Suggested {familyNames[familyOf(suggestion)][0]}:</span>
      </span>
      <span className="annotation-text suggested-text">{suggestion.spans.map(({ text }) => text).join(' … ')}</span>
      <span className="annotation-told">
        {who && (
          <span className="told-line" title={who}>
            {who}
          </span>
        )}
        <span className="told-line">
          {familyNames[familyOf(suggestion)][0]}? {sureness(suggestion.confidence)}
        </span>
      </span>
    </>
  );
}

/** Shown instead of suggestions if there are none. */
export function NothingSuggested() {
  const { view } = useSession();
  const state = useWorkspace((workspace) => workspace.suggestions.state);
  if (state === 'reading')
    return (
      <p className="empty" role="status">
        Reading the article for suggestions…
      </p>
    );
  const words = {
    off: 'Suggestions are switched off.',
    failed: 'No suggestions could be worked out for this article.',
    ready: 'No suggestions are left here.',
  };
  return (
    <div className="empty">
      <p role="status">{words[state]}</p>
      {state !== 'failed' && <Button onPress={() => view.set({ settingsSheet: true })}>What is suggested…</Button>}
    </div>
  );
}
