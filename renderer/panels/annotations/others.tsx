import { ownOf } from '../../../core/agreement/adoption.ts';
import type { Reading } from '../../../core/agreement/meaning.ts';
import type { Annotation } from '../../../core/model/annotation.ts';
import { byReadingOrder } from '../../../core/model/annotation.ts';
import { type Codebook, hueOf, layerOf } from '../../../core/model/codebook.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { othersOf } from '../../state/others.ts';
import { currentSet } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Toggle } from '../../ui/fields.tsx';
import { momentWords } from '../../ui/moment.ts';
import { givenFields } from './given-fields.ts';
import { Relations } from './relations.tsx';

function originOf({ origin }: Annotation, nameOf: (annotator: string) => string): string {
  switch (origin.kind) {
    case 'suggestion':
      return `accepted suggestion (${origin.rule})`;
    case 'import':
      return `imported from ${origin.file}`;
    case 'adoption':
      return `taken over from ${nameOf(origin.annotator)}`;
    case 'person':
      return 'by hand';
  }
}

/** Who wrote an annotation, when, and where it came from. */
export function Provenance({ annotation }: { annotation: Annotation }) {
  const annotators = useWorkspace((state) => state.opened?.annotators);
  const nameOf = (annotator: string) => annotators?.find(({ id }) => id === annotator)?.name ?? annotator;
  return (
    <p className="provenance" title={`Made ${momentWords(annotation.created)}`}>
      {nameOf(annotation.annotator)} · <time dateTime={annotation.modified}>{momentWords(annotation.modified)}</time> ·{' '}
      {originOf(annotation, nameOf)}
    </p>
  );
}

/** The other annotators of this article: whose work to show, and what it is. Renders nothing if there are none. */
export function Others() {
  const { actions } = useSession();
  const own = useWorkspace((state) => state.opened?.annotator.id);
  const annotators = useWorkspace((state) => state.opened?.annotators ?? none);
  const works = useWorkspace(othersOf);
  const shown = useView((state) => state.shownOthers);
  const ownHidden = useView((state) => state.ownHidden);
  const ownCount = useWorkspace(currentSet).annotations.size;
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const active = useView((state) => state.active);
  const others = annotators.filter(({ id }) => id !== own);
  if (others.length === 0 || !codebook) return null;
  return (
    <div className="others">
      <fieldset className="others-shown" aria-label="Whose work to show">
        <span className="muted" aria-hidden="true">
          Show
        </span>
        <Toggle label={`Show my own ${ownCount}`} value={!ownHidden} onChange={() => actions.run('annotations.toggle')}>
          My own {ownCount}
        </Toggle>
        {others.map(({ id, name }) => {
          const count = works.find((work) => work.annotator === id)?.set.annotations.size ?? 0;
          return (
            <Toggle
              key={id}
              label={`Show ${name} ${count}`}
              value={shown.includes(id)}
              onChange={(value) => actions.outside.showOthers(id, value)}
            >
              {name} {count}
            </Toggle>
          );
        })}
      </fieldset>
      {others
        .filter(({ id }) => shown.includes(id))
        .map(({ id, name }) => (
          <ul key={id} className="others-rows scrolls" aria-label={`Annotations of ${name}`}>
            {[...(works.find((work) => work.annotator === id)?.set.annotations.values() ?? [])].sort(byReadingOrder).map((annotation) => (
              <li key={annotation.id}>
                <button
                  type="button"
                  className="others-row"
                  aria-current={annotation.id === active ? 'true' : undefined}
                  onClick={() => {
                    actions.activate(annotation.id);
                    actions.scrollTo(annotation.spans[0]?.start ?? 0);
                  }}
                >
                  <LayerSwatch annotation={annotation} codebook={codebook} />
                  <span className="others-text">{annotation.spans.map(({ text }) => text).join(' … ')}</span>
                  <span className="muted">
                    {layerOf(codebook, annotation.layer)?.title ?? annotation.layer} · {name}
                  </span>
                </button>
              </li>
            ))}
            {(works.find((work) => work.annotator === id)?.set.annotations.size ?? 0) === 0 && (
              <li className="muted">{name} has annotated nothing here.</li>
            )}
          </ul>
        ))}
    </div>
  );
}
const none: readonly { readonly id: string; readonly name: string }[] = [];

function LayerSwatch({ annotation, codebook }: { annotation: Annotation; codebook: Codebook }) {
  const layer = layerOf(codebook, annotation.layer);
  return (
    <span data-hue={layer && hueOf(layer, annotation)}>
      {layer && <span className="swatch" data-look={layer.look} aria-hidden="true" />}
    </span>
  );
}

// Once it was taken over, the own one is named instead.
function TakeOver({ reading, annotation }: { readonly reading: Reading; readonly annotation: string }) {
  const { actions } = useSession();
  const own = useWorkspace((state) => ownOf(currentSet(state).annotations, reading, annotation)?.id);
  const isWritable = useWorkspace((state) => state.writable);
  if (own !== undefined)
    return (
      <Button kind="quiet" onPress={() => actions.activate(own)}>
        Show yours
      </Button>
    );
  return (
    isWritable && (
      <Button kind="quiet" onPress={() => actions.adjudicate.adopt(reading, annotation)}>
        Take over
      </Button>
    )
  );
}

/** An annotation of another annotator, read-only; null if the active one is not. */
export function OthersAnnotation() {
  const active = useView((state) => state.active);
  const works = useWorkspace(othersOf);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const registry = useWorkspace((state) => state.registry);
  const found = works.find(({ set }) => set.annotations.has(active ?? ''));
  const annotation = found?.set.annotations.get(active ?? '');
  if (!found || !annotation || !codebook) return null;
  const layer = layerOf(codebook, annotation.layer);
  const given = givenFields(annotation, found.set, layer, registry).map(({ title, text }) => [title, text] as const);
  return (
    <div className="fields others-fields" data-hue={layer && hueOf(layer, annotation)}>
      <div className="inspector-head">
        <h2>{layer?.title ?? annotation.layer}</h2>
        <span className="muted">read-only</span>
        <TakeOver reading={found} annotation={annotation.id} />
      </div>
      <blockquote className="covered">
        {annotation.spans.map((span) => (
          <p key={span.start}>{span.text}</p>
        ))}
      </blockquote>
      <dl className="others-facts">
        {[...given, ...(annotation.note ? [['Note', annotation.note] as const] : [])].map(([title, value]) => (
          <div key={title + value}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Relations annotation={annotation} isOwn={false} />
      <Provenance annotation={annotation} />
    </div>
  );
}
