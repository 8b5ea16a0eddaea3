import './inspector.css';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { recordProposals } from '../../../core/facts/record-proposals.ts';
import type { Annotation } from '../../../core/model/annotation.ts';
import type { Article } from '../../../core/model/article.ts';
import { type Attribute, defaultsOf, fillersOf, hueOf, type Layer, layerOf } from '../../../core/model/codebook.ts';
import type { Span } from '../../../core/text/span.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { othersOf } from '../../state/others.ts';
import { openSuggestion, openSuggestionsOf } from '../../state/suggestions.ts';
import { currentSet } from '../../state/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { counted } from '../../ui/count.ts';
import { CommittedText } from '../../ui/fields.tsx';
import { useCommandKeys } from '../frame/command-keys.ts';
import { SuggestionFields } from '../suggestions/suggestion-fields.tsx';
import { AttributeField } from './attribute-field.tsx';
import { RoleField } from './filler.tsx';
import { Guidelines, GuidelinesToggle } from './guidelines.tsx';
import { OthersAnnotation, Provenance } from './others.tsx';
import { paragraphNumber } from './paragraph-number.ts';
import { Relations } from './relations.tsx';
import { ReviewSection, reviewAttributes } from './review-section.tsx';

/** The active annotation: its words, roles, attributes and note. */
export function Inspector() {
  const active = useView((state) => state.active);
  const annotation = useWorkspace((state) => currentSet(state).annotations.get(active ?? ''));
  const article = useWorkspace((state) => state.article);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const layer = annotation && codebook && layerOf(codebook, annotation.layer);
  const pane = useRef<HTMLElement>(null);
  const isScrolled = useRef(false);
  // Start each annotation at its top, wherever the previous one was scrolled to.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each annotation anew
  useLayoutEffect(() => {
    // Check our own flag: reading the scroll position would cost another layout.
    if (isScrolled.current) pane.current?.scrollTo(0, 0);
    isScrolled.current = false;
  }, [active]);
  return (
    <section
      className="inspector scrolls"
      data-pane="inspector"
      aria-label="Inspector"
      ref={pane}
      onScroll={() => {
        isScrolled.current = true;
      }}
    >
      {annotation && article && layer ? (
        <Fields key={annotation.id} annotation={annotation} article={article} layer={layer} />
      ) : (
        <NothingOwn />
      )}
    </section>
  );
}

// Shows the active suggestion, another annotator's annotation, or nothing.
function NothingOwn() {
  const active = useView((state) => state.active);
  const listed = useView((state) => state.listed);
  const suggestion = useWorkspace((state) => openSuggestion(state, active));
  const isOthers = useWorkspace((state) => othersOf(state).some(({ set }) => set.annotations.has(active ?? '')));
  if (suggestion && listed !== 'annotations') return <SuggestionFields suggestion={suggestion} />;
  return isOthers ? <OthersAnnotation /> : <NothingActive />;
}

// Retired attributes are shown where they were used.
const isShown = ({ name, retired }: Attribute, { attributes }: Annotation) => !retired || attributes[name] !== undefined;

function NothingActive() {
  const keyOf = useCommandKeys();
  const next = keyOf('annotation.next');
  const previous = keyOf('annotation.previous');
  const [accept, reject] = [keyOf('annotation.inspect'), keyOf('suggestion.reject')];
  const listed = useView((state) => state.listed);
  const suggestions = useWorkspace((state) => (listed === 'annotations' || !state.writable ? 0 : openSuggestionsOf(state).length));
  const hasArticle = useWorkspace((state) => state.article !== null);
  if (!hasArticle) return <p className="empty">What you tag in an article is seen and edited here.</p>;
  return (
    <p className="empty">
      Click an annotation to see and edit it here
      {next && previous && (
        <>
          , or walk: <kbd>{next}</kbd> next, <kbd>{previous}</kbd> previous
        </>
      )}
      .
      {suggestions > 0 && (
        <span className="suggested-hint">
          {counted(suggestions, 'suggestion')} to review here
          {accept && reject && (
            <>
              : <kbd>{accept}</kbd> accepts, <kbd>{reject}</kbd> rejects
            </>
          )}
          .
        </span>
      )}
    </p>
  );
}

function Fields({ annotation, article, layer }: { annotation: Annotation; article: Article; layer: Layer }) {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const takeKey = useCommandKeys()('record.propose');
  const length = annotation.spans.reduce((sum, { text }) => sum + text.length, 0);
  const mentions = useWorkspace((state) => currentSet(state).mentions);
  const proposals = useMemo(() => recordProposals(annotation, layer, mentions, article.text), [annotation, layer, mentions, article.text]);
  const reviewed = reviewAttributes(layer);
  // Quantities come with the required attributes, because they are what a claim is about.
  const [first, optional] = partition(
    layer.attributes.filter((attribute) => !reviewed.includes(attribute) && isShown(attribute, annotation)),
    ({ required, type }) => required || type === 'quantity',
  );
  const defaults = defaultsOf(layer);
  const isChanged = ({ name }: Attribute) => annotation.attributes[name] !== undefined && annotation.attributes[name] !== defaults[name];
  return (
    <fieldset
      className="fields"
      aria-label={layer.title}
      data-hue={hueOf(layer, annotation)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') actions.returnToText();
      }}
    >
      <div className="inspector-head">
        <h2>
          <span className="swatch" data-look={layer.look} aria-hidden="true" /> {layer.title}
        </h2>
        <span className="muted">
          ¶{paragraphNumber(article, (annotation.spans[0] as Span).start)} · {counted(length, 'character')}
        </span>
        <GuidelinesToggle layer={layer} />
        <Button kind="quiet" label="Delete annotation" onPress={() => actions.annotate.remove(annotation.id)} isDisabled={!writable}>
          Delete
        </Button>
      </div>
      <Guidelines layer={layer} />
      <blockquote className="covered">
        {annotation.spans.map((span) => (
          <p key={span.start}>{span.text}</p>
        ))}
      </blockquote>
      {layer.roles
        .filter((role) => !role.retired || fillersOf(annotation, role.name).length > 0)
        .map((role) => (
          <RoleField key={role.name} annotation={annotation} article={article} role={role} />
        ))}
      {proposals.length > 1 && (
        <span className="proposals">
          <Button kind="quiet" isDisabled={!writable} onPress={() => actions.complete.take(annotation.id, proposals)}>
            Take all {proposals.length} proposals {takeKey && <kbd>{takeKey}</kbd>}
          </Button>
        </span>
      )}
      {first.map((attribute) => (
        <AttributeField key={attribute.name} annotation={annotation} article={article} attribute={attribute} proposals={proposals} />
      ))}
      <Relations annotation={annotation} isOwn />
      <div className="field">
        <span className="field-name">Note</span>
        <CommittedText
          label="Note"
          field="note"
          placeholder="Add a note…"
          multiline
          value={annotation.note}
          isDisabled={!writable}
          onCommit={(note) => actions.annotate.setNote(annotation.id, note)}
        />
      </div>
      {optional.length > 0 && (
        <details className="more" open={optional.some(isChanged)}>
          <summary>More attributes</summary>
          {optional.map((attribute) => (
            <AttributeField key={attribute.name} annotation={annotation} article={article} attribute={attribute} proposals={proposals} />
          ))}
        </details>
      )}
      <ReviewSection annotation={annotation} article={article} layer={layer} />
      <Provenance annotation={annotation} />
    </fieldset>
  );
}

function partition<T>(items: readonly T[], isFirst: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}
