import { useMemo } from 'react';
import type { AnnotationSet } from '../../../core/model/annotation.ts';
import type { Codebook } from '../../../core/model/codebook.ts';
import { useSession } from '../../session.tsx';
import { type AnnotationFilter, type AnnotationSort, isIncomplete } from '../../state/annotation-rows.ts';
import type { OpenSuggestion } from '../../state/article-suggestions.ts';
import { LiveText, Pick, Toggle } from '../../ui/fields.tsx';

const sortNames: Readonly<Record<AnnotationSort, string>> = {
  reading: 'In reading order',
  layer: 'By layer',
  who: 'By speaker or holder',
  newest: 'Newest first',
};

const flags = [
  { flag: 'incomplete', title: 'to complete' },
  { flag: 'unsure', title: 'unsure' },
  { flag: 'noted', title: 'with note' },
] as const;

interface FiltersProps {
  readonly codebook: Codebook;
  readonly set: AnnotationSet;
  readonly suggestions: readonly OpenSuggestion[];
  readonly filter: AnnotationFilter;
  readonly sort: AnnotationSort;
}

/** What the list is filtered and sorted by. Each kind shows its count; a kind with none is left out. */
export function AnnotationFilters({ codebook, set, suggestions, filter, sort }: FiltersProps) {
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
        <LiveText
          leadsToList
          label="Filter annotations"
          placeholder="Words or speaker"
          value={filter.text}
          onChange={(text) => change({ text })}
        />
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
        {flags.map(
          ({ flag, title }) =>
            (counts[flag] > 0 || filter[flag]) && (
              <Toggle key={flag} label={`${title} ${counts[flag]}`} value={filter[flag]} onChange={(isOn) => change({ [flag]: isOn })} />
            ),
        )}
      </div>
    </fieldset>
  );
}
