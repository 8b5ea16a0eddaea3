import './annotation-list.css';
import { memo, useMemo } from 'react';
import { useLiveView, useSession, useView, useWorkspace } from '../../session.tsx';
import { isFiltering, noFilter } from '../../state/annotation-rows.ts';
import type { OpenSuggestion } from '../../state/article-suggestions.ts';
import { type ListedRow as Listed, listedRows } from '../../state/listed-rows.ts';
import { openSuggestionsOf } from '../../state/suggestions.ts';
import { currentSet } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { number } from '../../ui/count.ts';
import { Toggle } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { PaneIcon } from '../../ui/pane-icon.tsx';
import { ListedChoice, NothingSuggested } from '../suggestions/suggestion-rows.tsx';
import { AnnotationFilters } from './annotation-filters.tsx';
import { ListedRow } from './listed-row.tsx';
import { NothingTagged } from './nothing-tagged.tsx';
import { Others } from './others.tsx';

const idOf = ({ id }: Listed) => id;
const none: readonly OpenSuggestion[] = [];

/** Every annotation of the article, filtered and sorted; choosing one shows it in the text. */
export function AnnotationList() {
  const { actions, view } = useSession();
  const set = useWorkspace(currentSet);
  const registry = useWorkspace((state) => state.registry);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const active = useView((state) => state.active);
  const filter = useLiveView((state) => state.annotationFilter);
  const sort = useView((state) => state.annotationSort);
  const isOpen = useView((state) => state.filtersOpen);
  const suggestions = useWorkspace(openSuggestionsOf);
  const listed = useView((state) => state.listed);
  const rows = useMemo(
    () => (codebook ? listedRows({ set, codebook, registry }, suggestions, listed, filter, sort) : []),
    [set, codebook, registry, suggestions, listed, filter, sort],
  );
  if (!codebook) return null;
  const filtering = isFiltering(filter);
  const hasNone = listed === 'annotations' || suggestions.length === 0;
  const noun = listed === 'suggestions' ? 'suggestion' : hasNone ? 'annotation' : 'annotations and suggestion';
  const total = (listed === 'suggestions' ? 0 : set.annotations.size) + (listed === 'annotations' ? 0 : suggestions.length);
  return (
    <section className="annotation-list" data-pane="annotations" aria-label="Annotations of this article">
      <div className="list-head">
        <h2 className="heading" aria-live="polite">
          In this article · {filtering ? `${number(rows.length)} of ${number(total)}` : number(total)}
        </h2>
        <HeadButtons isOpen={isOpen} isFiltering={filtering} />
      </div>
      <Others />
      <ListedChoice />
      {isOpen && (
        <AnnotationFilters
          codebook={codebook}
          set={set}
          suggestions={listed === 'annotations' ? none : suggestions}
          filter={filter}
          sort={sort}
        />
      )}
      {rows.length === 0 && total > 0 ? (
        <div className="empty">
          <p role="status">
            {total === 1 ? `The only ${noun} does not pass the filter.` : `None of the ${total} ${noun}s passes the filter.`}
          </p>
          <Button onPress={() => view.set({ annotationFilter: noFilter })}>Clear the filter</Button>
        </div>
      ) : (
        <LongList
          className="annotations"
          fades
          rowClassName="annotation-row"
          label="Annotations of this article"
          items={rows}
          idOf={idOf}
          rowHeight={57}
          selected={active}
          onWalk={(id) => actions.activate(id, { scroll: true })}
          onChoose={(id) => {
            actions.activate(id, { scroll: true });
            // Keys continue in the text, as the hints say. The arrows are for those who walk through the list.
            actions.returnToText();
          }}
          onMenu={(id, place) => {
            actions.activate(id, { scroll: true });
            view.set({ contextMenu: { ...place, about: 'annotation' } });
          }}
          row={ListedRow}
          empty={listed === 'suggestions' ? <NothingSuggested /> : <NothingTagged codebook={codebook} />}
        />
      )}
    </section>
  );
}

// A separate component, so that opening another article does not render it again.
const HeadButtons = memo(({ isOpen, isFiltering }: { readonly isOpen: boolean; readonly isFiltering: boolean }) => {
  const { actions, view } = useSession();
  return (
    <span className="head-buttons">
      <Toggle label="Filter and sort" value={isOpen} onChange={(filtersOpen) => view.set({ filtersOpen })}>
        {isFiltering ? 'Filter ●' : 'Filter'}
      </Toggle>
      <Button kind="icon" label="Hide inspector and annotations" onPress={() => actions.run('side.toggle')}>
        <PaneIcon side="right" />
      </Button>
    </span>
  );
});
