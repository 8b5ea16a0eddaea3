import { whoOf } from '../../../core/annotations/annotation-search.ts';
import { relationCount } from '../../../core/annotations/relations.ts';
import type { Annotation, AnnotationSet } from '../../../core/model/annotation.ts';
import { type Codebook, hueOf, type Layer, layerOf, openFields } from '../../../core/model/codebook.ts';
import { useWorkspace } from '../../session.tsx';
import { lastOf } from '../../state/last-of.ts';
import { isSuggestion, type ListedRow as Listed } from '../../state/listed-rows.ts';
import { currentSet, type Workspace } from '../../state/workspace.ts';
import { counted } from '../../ui/count.ts';
import { SuggestionRow } from '../suggestions/suggestion-rows.tsx';

/** What one row of the list of an article shows. */
export function ListedRow({ item }: { readonly item: Listed }) {
  return isSuggestion(item) ? <SuggestionRow suggestion={item} /> : <AnnotationRow annotation={item} />;
}

// What all rows read from the workspace, computed once for all of them.
const shared = lastOf(
  (set: AnnotationSet, registry: Workspace['registry'], codebook: Codebook | undefined, links: Workspace['work']['links']) => ({
    ...{ set, registry, codebook, links },
  }),
);
const sharedOf = (state: Workspace) => shared(currentSet(state), state.registry, state.opened?.codebook.codebook, state.work.links);

// The row reads mentions and entities by itself. As props from the list, every change of them would render all rows again.
function AnnotationRow({ annotation }: { readonly annotation: Annotation }) {
  const { set, registry, codebook, links } = useWorkspace(sharedOf);
  const layer = codebook && layerOf(codebook, annotation.layer);
  if (!layer) return <span className="annotation-text">{annotation.layer}</span>;
  const open = openFields(layer, annotation);
  return (
    <>
      <span data-hue={hueOf(layer, annotation)} className="annotation-swatch">
        <span className="swatch" data-look={layer.look} aria-hidden="true" />
        <span className="visually-hidden">{layer.title}:</span>
      </span>
      <span className="annotation-text">{annotation.spans.map(({ text }) => text).join(' … ')}</span>
      <TwoLines
        who={whoOf(annotation, { set, registry })}
        value={colouringValue(layer, annotation)}
        lacking={[...open.attributes, ...open.roles].map(({ title }) => title.toLowerCase()).join(', ')}
        signs={signsOf(annotation, relationCount(set.relations, links, annotation.id))}
      />
    </>
  );
}

// The title of the value that determines the annotation's colour.
function colouringValue({ hueBy }: Layer, { attributes }: Annotation): string | null {
  const value = hueBy && attributes[hueBy.attribute];
  return typeof value === 'string' ? value.replaceAll('_', ' ') : null;
}

interface TwoLinesProps {
  readonly who: string | null;
  readonly value: string | null;
  /** What is required and still missing; '' if nothing is. */
  readonly lacking: string;
  readonly signs: readonly Sign[];
}

// There is room for two lines below the words: who, and the value. If something is missing, both share one line and the other says what is missing,
// or uses both lines if there is nothing else.
function TwoLines({ who, value, lacking, signs }: TwoLinesProps) {
  const both = [who, value].filter(Boolean).join(' · ');
  const line = lacking ? both : value;
  return (
    <span className="annotation-told">
      {!lacking && who && (
        <span className="told-line" title={who}>
          {who}
        </span>
      )}
      {(signs.length > 0 || line) && (
        <span className="told-line" title={both}>
          {/* First in their line, so that a long name never cuts them off. */}
          {signs.map(({ sign, words, title }) => (
            <span key={words} title={title}>
              <span aria-hidden="true">{sign}</span>
              <span className="visually-hidden">{words}</span>{' '}
            </span>
          ))}
          {line}
        </span>
      )}
      {lacking && (
        <span className="lacking" data-lines={both || signs.length > 0 ? 1 : 2} title={`needs ${lacking}`}>
          needs {lacking}
        </span>
      )}
    </span>
  );
}

interface Sign {
  readonly sign: string;
  /** What a screen reader says instead. */
  readonly words: string;
  readonly title: string;
}

function signsOf({ attributes, note }: Annotation, relations: number): Sign[] {
  const related = counted(relations, 'relation');
  return [
    ...(attributes['unsure'] === true ? [{ sign: '?', words: 'unsure', title: 'Marked unsure' }] : []),
    ...(note ? [{ sign: '✎', words: 'with note', title: note }] : []),
    ...(relations > 0 ? [{ sign: relations > 1 ? `⇄${relations}` : '⇄', words: related, title: related }] : []),
  ];
}
