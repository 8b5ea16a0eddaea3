import './annotation-list.css';
import { memo, useMemo } from 'react';
import { whoOf } from '../../../core/annotations/annotation-search.ts';
import { relationCount } from '../../../core/annotations/relations.ts';
import type { Annotation, AnnotationSet } from '../../../core/model/annotation.ts';
import { type Codebook, hueOf, layerOf, openFields } from '../../../core/model/codebook.ts';
import { useLiveView, useSession, useView, useWorkspace } from '../../session.tsx';
import { type AnnotationFilter, type AnnotationSort, isFiltering, isIncomplete, noFilter } from '../../state/annotation-rows.ts';
import type { OpenSuggestion } from '../../state/article-suggestions.ts';
import { lastOf } from '../../state/last-of.ts';
import { isSuggestion, type ListedRow, listedRows } from '../../state/listed-rows.ts';
import { openSuggestionsOf } from '../../state/suggestions.ts';
import { currentSet, type Workspace } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { counted, number } from '../../ui/count.ts';
import { LiveText, Pick, Toggle } from '../../ui/fields.tsx';
import { LongList } from '../../ui/long-list.tsx';
import { PaneIcon } from '../../ui/pane-icon.tsx';
import { useCommandKeys } from '../frame/command-keys.ts';
import { ListedChoice, NothingSuggested, SuggestionRow } from '../suggestions/suggestion-rows.tsx';
import { Others } from './others.tsx';

const sortNames: Readonly<Record<AnnotationSort, string>> = {
  reading: 'In reading order',
  layer: 'By layer',
  who: 'By speaker or holder',
  newest: 'Newest first',
};

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
        <Filters codebook={codebook} set={set} suggestions={listed === 'annotations' ? none : suggestions} filter={filter} sort={sort} />
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
          className="annotations scrolls"
          rowClassName="annotation-row"
          label="Annotations of this article"
          items={rows}
          idOf={idOf}
          rowHeight={57}
          selected={active}
          onWalk={(id) => actions.activate(id, { scroll: true })}
          onChoose={(id) => {
            actions.activate(id, { scroll: true });
            // The keys go on in the text, as the hints say; the arrows are for those who walk the list.
            actions.returnToText();
          }}
          onMenu={(id, place) => {
            actions.activate(id, { scroll: true });
            view.set({ contextMenu: { ...place, about: 'annotation' } });
          }}
          row={Row}
          empty={listed === 'suggestions' ? <NothingSuggested /> : <NothingTagged codebook={codebook} />}
        />
      )}
    </section>
  );
}

// A part of its own, so that another article does not draw it anew.
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

function NothingTagged({ codebook }: { codebook: Codebook }) {
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

interface FiltersProps {
  readonly codebook: Codebook;
  readonly set: AnnotationSet;
  readonly suggestions: readonly OpenSuggestion[];
  readonly filter: AnnotationFilter;
  readonly sort: AnnotationSort;
}

function Filters({ codebook, set, suggestions, filter, sort }: FiltersProps) {
  const { view } = useSession();
  const change = (part: Partial<AnnotationFilter>) => view.set({ annotationFilter: { ...filter, ...part } });
  const counts = useMemo(() => {
    const all = [...set.annotations.values()];
    return {
      layers: codebook.layers.map((layer) => ({
        layer,
        count: [...all, ...suggestions].filter((each) => each.layer === layer.id).length,
      })),
      incomplete: all.filter((annotation) => isIncomplete(annotation, codebook)).length,
      unsure: all.filter(({ attributes }) => attributes['unsure'] === true).length,
      noted: all.filter(({ note }) => note !== '').length,
    };
  }, [set.annotations, suggestions, codebook]);
  return (
    <fieldset className="annotation-filters" aria-label="Filter and sort">
      <div className="filter-line">
        <LiveText label="Filter annotations" placeholder="Words or speaker" value={filter.text} onChange={(text) => change({ text })} />
        <Pick label="Sort annotations" values={sortNames} value={sort} onChange={(annotationSort) => view.set({ annotationSort })} />
      </div>
      <div className="filter-line chips">
        {counts.layers
          .filter(({ layer, count }) => count > 0 || filter.layers.includes(layer.id))
          .map(({ layer, count }) => {
            const isOn = filter.layers.includes(layer.id);
            const layers = isOn ? filter.layers.filter((id) => id !== layer.id) : [...filter.layers, layer.id];
            return (
              <span key={layer.id} data-hue={layer.hue}>
                <Toggle label={`${layer.title}, ${count}`} value={isOn} onChange={() => change({ layers })}>
                  <span className="swatch" data-look={layer.look} aria-hidden="true" /> {count}
                </Toggle>
              </span>
            );
          })}
        {(counts.incomplete > 0 || filter.incomplete) && (
          <Toggle label={`to complete ${counts.incomplete}`} value={filter.incomplete} onChange={(incomplete) => change({ incomplete })} />
        )}
        {(counts.unsure > 0 || filter.unsure) && (
          <Toggle label={`unsure ${counts.unsure}`} value={filter.unsure} onChange={(unsure) => change({ unsure })} />
        )}
        {(counts.noted > 0 || filter.noted) && (
          <Toggle label={`with note ${counts.noted}`} value={filter.noted} onChange={(noted) => change({ noted })} />
        )}
      </div>
    </fieldset>
  );
}

const idOf = ({ id }: ListedRow) => id;
const none: readonly OpenSuggestion[] = [];

/** What one row of the list shows. */
export function Row({ item }: { readonly item: ListedRow }) {
  return isSuggestion(item) ? <SuggestionRow suggestion={item} /> : <AnnotationRow item={item} />;
}

// What rows read; the same for all of them, so that each asks the state once.
const ground = lastOf(
  (set: AnnotationSet, registry: Workspace['registry'], codebook: Codebook | undefined, links: Workspace['work']['links']) => ({
    ...{ set, registry, codebook, links },
  }),
);
const toldFrom = (state: Workspace) => ground(currentSet(state), state.registry, state.opened?.codebook.codebook, state.work.links);

// What it tells of mentions and entities it reads for itself: as an input of the list, each change of them would make every row anew.
function AnnotationRow({ item: annotation }: { readonly item: Annotation }) {
  const { set, registry, codebook, links } = useWorkspace(toldFrom);
  const relations = relationCount(set.relations, links, annotation.id);
  const layer = codebook && layerOf(codebook, annotation.layer);
  if (!layer) return <span className="annotation-text">{annotation.layer}</span>;
  const open = openFields(layer, annotation);
  const lacking = [...open.attributes, ...open.roles].map(({ title }) => title.toLowerCase());
  const { hueBy } = layer;
  const value = hueBy && annotation.attributes[hueBy.attribute];
  const who = whoOf(annotation, { set, registry });
  const told = typeof value === 'string' ? value.replaceAll('_', ' ') : null;
  const isUnsure = annotation.attributes['unsure'] === true;
  // First in their line, so that a long name never cuts them off.
  const signs = (isUnsure || annotation.note !== '' || relations > 0) && (
    <>
      {isUnsure && (
        <span title="Marked unsure">
          <span aria-hidden="true">?</span>
          <span className="visually-hidden">unsure</span>{' '}
        </span>
      )}
      {annotation.note && (
        <span title={annotation.note}>
          <span aria-hidden="true">✎</span>
          <span className="visually-hidden">with note</span>{' '}
        </span>
      )}
      {relations > 0 && (
        <span title={counted(relations, 'relation')}>
          <span aria-hidden="true">⇄{relations > 1 ? relations : ''}</span>
          <span className="visually-hidden">{counted(relations, 'relation')}</span>{' '}
        </span>
      )}
    </>
  );
  const isLacking = lacking.length > 0;
  const all = [who, told].filter(Boolean).join(' · ');
  return (
    <>
      <span data-hue={hueOf(layer, annotation)} className="annotation-swatch">
        <span className="swatch" data-look={layer.look} aria-hidden="true" />
        <span className="visually-hidden">{layer.title}:</span>
      </span>
      <span className="annotation-text">{annotation.spans.map(({ text }) => text).join(' … ')}</span>
      <span className="annotation-told">
        {!isLacking && who && (
          <span className="told-line" title={who}>
            {who}
          </span>
        )}
        {(signs || (isLacking ? all : told)) && (
          <span className="told-line" title={all}>
            {signs}
            {isLacking ? all : told}
          </span>
        )}
        {isLacking && (
          <span className="lacking" data-lines={all || signs ? 1 : 2} title={`needs ${lacking.join(', ')}`}>
            needs {lacking.join(', ')}
          </span>
        )}
      </span>
    </>
  );
}
