import './annotation-list.css';
import { useMemo } from 'react';
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components';
import { type Annotation, type AnnotationSet, byReadingOrder } from '../../core/annotation.ts';
import { type Codebook, hueOf, layerOf, openFields } from '../../core/codebook.ts';
import { entityOf, type Registry } from '../../core/entity.ts';
import { useSession, useView, useWorkspace } from '../session.tsx';
import { currentSet } from '../state/workspace.ts';
import { Button } from '../ui/button.tsx';

/** Every annotation of the article in reading order; choosing one shows it in the text. */
export function AnnotationList() {
  const { actions, view } = useSession();
  const set = useWorkspace(currentSet);
  const registry = useWorkspace((state) => state.registry);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const active = useView((state) => state.active);
  const layer = useView((state) => state.layerFilter);
  const rows = useMemo(
    () => [...set.annotations.values()].filter((annotation) => !layer || annotation.layer === layer).sort(byReadingOrder),
    [set.annotations, layer],
  );
  if (!codebook) return null;
  const present = codebook.layers.filter(({ id }) => [...set.annotations.values()].some((annotation) => annotation.layer === id));
  return (
    <section className="annotation-list" data-pane="annotations" aria-label="Annotations of this article">
      <div className="list-head">
        <h2 className="heading">In this article · {rows.length}</h2>
        {(present.length > 1 || layer) && (
          <span className="layer-filter">
            {present.map(({ id, title, look, hue }) => (
              <Button
                key={id}
                kind="icon"
                label={layer === id ? 'Show all layers' : `Show only ${title.toLowerCase()}s`}
                onPress={() => view.set({ layerFilter: layer === id ? null : id })}
              >
                <span data-hue={hue} data-off={layer !== null && layer !== id}>
                  <span className="swatch" data-look={look} />
                </span>
              </Button>
            ))}
          </span>
        )}
      </div>
      <Virtualizer layout={ListLayout} layoutOptions={{ estimatedRowHeight: 50 }}>
        <ListBox
          className="annotations"
          aria-label="Annotations of this article"
          items={rows}
          dependencies={[codebook, set, registry]}
          selectionMode="single"
          selectionBehavior="replace"
          selectedKeys={active ? [active] : []}
          onSelectionChange={(keys) => {
            const [id] = keys === 'all' ? [] : [...keys];
            if (id !== undefined) actions.activate(String(id), { scroll: true });
          }}
          onAction={(id) => actions.activate(String(id), { scroll: true })}
          renderEmptyState={() => (
            <p className="empty">
              Nothing is tagged yet. Select words in the article, then press{' '}
              {codebook.layers.map(({ key, title }, index) => (
                <span key={key}>
                  {index > 0 && ', '}
                  <kbd>{key}</kbd> {title.toLowerCase()}
                </span>
              ))}
              .
            </p>
          )}
        >
          {(annotation) => (
            <ListBoxItem id={annotation.id} textValue={annotation.spans[0]?.text ?? ''} className="annotation-row">
              <AnnotationRow annotation={annotation} set={set} codebook={codebook} registry={registry} />
            </ListBoxItem>
          )}
        </ListBox>
      </Virtualizer>
    </section>
  );
}

interface RowProps {
  readonly annotation: Annotation;
  readonly set: AnnotationSet;
  readonly codebook: Codebook;
  readonly registry: Registry;
}

function AnnotationRow({ annotation, set, codebook, registry }: RowProps) {
  const layer = layerOf(codebook, annotation.layer);
  if (!layer) return <span className="annotation-text">{annotation.layer}</span>;
  const open = openFields(layer, annotation);
  const lacking = [...open.attributes, ...open.roles].map(({ title }) => title.toLowerCase());
  const { hueBy } = layer;
  const told = [whoOf(annotation, set, registry), hueBy && annotation.attributes[hueBy.attribute]].filter(Boolean);
  return (
    <>
      <span data-hue={hueOf(layer, annotation)} className="annotation-swatch">
        <span className="swatch" data-look={layer.look} aria-hidden="true" />
        <span className="visually-hidden">{layer.title}:</span>
      </span>
      <span className="annotation-text">{annotation.spans.map(({ text }) => text).join(' … ')}</span>
      <span className="annotation-told">
        {told.join(' · ')}
        {annotation.attributes['unsure'] === true && <span title="Marked unsure"> ?</span>}
        {annotation.note && <span title={annotation.note}> ✎</span>}
        {lacking.length > 0 && <span className="lacking">needs {lacking.join(', ')}</span>}
      </span>
    </>
  );
}

// The first filler of the layer's first role: who speaks, holds or vouches.
function whoOf(annotation: Annotation, set: AnnotationSet, registry: Registry): string | null {
  const target = annotation.roles.find(({ role }) => role === 'speaker' || role === 'holder' || role === 'source')?.target;
  if (!target) return null;
  if (target.kind === 'author') return 'the author';
  if (target.kind === 'entity') return entityOf(registry, target.id)?.canonical ?? null;
  const mention = target.kind === 'mention' ? set.mentions.get(target.id) : undefined;
  return (mention?.entity && entityOf(registry, mention.entity)?.canonical) || mention?.span.text || null;
}
