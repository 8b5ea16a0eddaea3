import { otherEnd, placeIn, relationsOf, titleAt } from '../../core/annotations/relations.ts';
import type { Annotation, AnnotationSet } from '../../core/model/annotation.ts';
import { type Codebook, hueOf, layerOf } from '../../core/model/codebook.ts';
import { entityOfMention, type Registry } from '../../core/model/entity.ts';
import type { Span } from '../../core/text/span.ts';
import type { OpenSuggestion } from '../state/article-suggestions.ts';
import { lastOf } from '../state/last-of.ts';
import { othersOf } from '../state/others.ts';
import { openSuggestionsOf } from '../state/suggestions.ts';
import type { ViewState } from '../state/view-store.ts';
import { currentSet, type Workspace } from '../state/workspace.ts';
import { blank, type Drawing, type DrawnAnnotation, type DrawnRole } from './article-view.ts';

/**
 * Returns a function that computes what to draw over the article on screen from the page's state. Each such function caches its last results, so
 * that calling it after a change costs only what changed.
 */
export function drawings(): (workspace: Workspace, view: ViewState) => Drawing {
  const storedOf = lastOf(annotationsOf);
  const suggestedOf = lastOf(suggestionsOf);
  const together = lastOf((stored: readonly DrawnAnnotation[], suggested: readonly DrawnAnnotation[]) =>
    suggested.length > 0 ? [...stored, ...suggested] : stored,
  );
  const onlyOf = lastOf(only);
  const bounded = lastOf(withBoundary);
  const tied = lastOf(tiesOf);
  const assembled = lastOf(drawingOf);
  return (workspace, view) => {
    const codebook = workspace.opened?.codebook.codebook;
    if (!workspace.article || !codebook) return blank;
    const set = currentSet(workspace);
    const { active } = view;
    // Hovering does not change how the active annotation looks. This way a new tag under the pointer is drawn only once.
    const hovered = view.hovered === active ? null : view.hovered;
    // Even while own annotations are hidden, the active one is shown: the user must see what they have just tagged or chosen.
    const own = view.ownHidden ? onlyOf(set.annotations, active) : set.annotations;
    const stored = storedOf(own, codebook, othersOf(workspace), view.shownOthers, workspace.opened?.annotators ?? []);
    const open = view.listed === 'annotations' ? none : openSuggestionsOf(workspace);
    const all = together(stored, suggestedOf(open, codebook));
    const ties = tied(set, othersOf(workspace), codebook, active, hovered, view.armedRelation);
    const told = open.find(({ id }) => id === active) ?? open.find(({ id }) => id === hovered) ?? null;
    return assembled(bounded(all, view.boundary), ties, set, codebook, workspace.registry, told, active, hovered, view.boundary);
  };
}

function only(all: AnnotationSet['annotations'], id: string | null): AnnotationSet['annotations'] {
  const found = id === null ? undefined : all.get(id);
  return new Map(found ? [[found.id, found]] : []);
}

const none: readonly OpenSuggestion[] = [];

function suggestionsOf(open: readonly OpenSuggestion[], codebook: Codebook): readonly DrawnAnnotation[] {
  return open.flatMap((suggestion) => {
    const before = drawnSuggestions.get(suggestion);
    if (before?.codebook === codebook) return before.drawn;
    const layer = layerOf(codebook, suggestion.layer);
    if (!layer) return [];
    const hue = hueOf(layer, suggestion);
    const label = `${layer.title}, suggested`;
    const fresh: DrawnAnnotation = { id: suggestion.id, spans: suggestion.spans, look: 'suggested', becomes: layer.look, hue, label };
    drawnSuggestions.set(suggestion, { codebook, drawn: fresh });
    return fresh;
  });
}
const drawnSuggestions = new WeakMap<OpenSuggestion, { readonly codebook: Codebook; readonly drawn: DrawnAnnotation }>();

type Others = ReturnType<typeof othersOf>;
type Annotators = NonNullable<Workspace['opened']>['annotators'];

function annotationsOf(
  own: AnnotationSet['annotations'],
  codebook: Codebook,
  others: Others,
  shownOthers: readonly string[],
  annotators: Annotators,
): readonly DrawnAnnotation[] {
  const all: DrawnAnnotation[] = [];
  for (const annotation of own.values()) {
    const shown = drawn(annotation, codebook);
    if (shown) all.push(shown);
  }
  for (const { annotator, set } of others) {
    if (!shownOthers.includes(annotator)) continue;
    const name = annotators.find(({ id }) => id === annotator)?.name ?? annotator;
    for (const annotation of set.annotations.values()) {
      const shown = drawn(annotation, codebook);
      // Work of others is only outlined, so that the annotator's own stands out.
      if (shown) all.push({ ...shown, look: 'dashed', label: `${shown.label} · ${name}` });
    }
  }
  return all;
}

function withBoundary(stored: readonly DrawnAnnotation[], boundary: ViewState['boundary']): readonly DrawnAnnotation[] {
  return boundary ? stored.map((each) => (each.id === boundary.annotation ? { ...each, spans: boundary.spans } : each)) : stored;
}

function drawingOf(
  annotations: readonly DrawnAnnotation[],
  ties: readonly DrawnRole[],
  set: AnnotationSet,
  codebook: Codebook,
  registry: Registry,
  suggestion: OpenSuggestion | null,
  active: string | null,
  hovered: string | null,
  boundary: ViewState['boundary'],
): Drawing {
  const told = set.annotations.get(active ?? '') ?? (suggestion?.id === active ? undefined : set.annotations.get(hovered ?? ''));
  const range = boundary?.spans[boundary.fragment];
  return {
    annotations,
    active,
    hovered,
    roles: told ? [...rolesOf(told, set, codebook, registry), ...ties] : suggestion ? suggestedRoles(suggestion, codebook) : [],
    ends: boundary && range ? { range, edge: boundary.edge } : undefined,
  };
}

// In this article, the other ends of the relations of the active (or else hovered) annotation, and the current candidate of a waiting relation.
function tiesOf(
  set: AnnotationSet,
  others: Others,
  codebook: Codebook,
  active: string | null,
  hovered: string | null,
  armed: ViewState['armedRelation'],
): readonly DrawnRole[] {
  const told = [active, hovered].find((id) => id !== null && set.annotations.has(id));
  if (!told) return [];
  const tie = (id: string, title: string): DrawnRole[] => {
    const found = [set, ...others.map((work) => work.set)].find(({ annotations }) => annotations.has(id))?.annotations.get(id);
    return found ? [{ spans: found.spans, title, line: 'tied' }] : [];
  };
  const relations = relationsOf({ sets: new Map([[set.article, set]]), links: noLinks }, set.article, told, codebook);
  const made = relations.flatMap((relation) => {
    const type = codebook.relations.find(({ id }) => id === relation.type);
    const title = type ? titleAt(type, placeIn(relation, codebook, told)) : relation.type;
    return tie(otherEnd(relation, told).annotation, title);
  });
  const asked = armed?.candidate && armed.annotation === active ? tie(armed.candidate, `${armed.title}?`) : [];
  return [...made, ...asked];
}
const noLinks = new Map();

// Cached by record, so that unchanged annotations give identical objects and need no comparison.
const known = new WeakMap<Annotation, { readonly codebook: Codebook; readonly drawn: DrawnAnnotation | null }>();

function drawn(annotation: Annotation, codebook: Codebook): DrawnAnnotation | null {
  const before = known.get(annotation);
  if (before?.codebook === codebook) return before.drawn;
  const layer = layerOf(codebook, annotation.layer);
  const { id, spans } = annotation;
  const fresh = layer ? { id, spans, look: layer.look, hue: hueOf(layer, annotation), label: layer.title } : null;
  known.set(annotation, { codebook, drawn: fresh });
  return fresh;
}

function suggestedRoles({ layer: id, roles }: OpenSuggestion, codebook: Codebook): DrawnRole[] {
  const layer = layerOf(codebook, id);
  return roles.map(({ role, span }) => ({
    spans: [span],
    title: layer?.roles.find(({ name }) => name === role)?.title ?? role,
    line: role === 'cue' ? 'dotted' : 'solid',
  }));
}

// The mentions that fill the roles of an annotation. If an entity fills a role, the mentions linked to it.
function rolesOf(annotation: Annotation, set: AnnotationSet, codebook: Codebook, registry: Registry): DrawnRole[] {
  const layer = layerOf(codebook, annotation.layer);
  return annotation.roles.flatMap(({ role, target }): DrawnRole[] => {
    const title = layer?.roles.find(({ name }) => name === role)?.title ?? role;
    const spans: Span[] =
      target.kind === 'mention'
        ? [set.mentions.get(target.id)?.span].filter((span) => span !== undefined)
        : target.kind === 'entity'
          ? spansOfEntity(entityOfMention(registry, { id: annotation.id, entity: target.id })?.id, set, registry)
          : [];
    const place = annotation.spans[0]?.start ?? 0;
    const nearest = Math.min(...spans.map(({ start }) => Math.abs(start - place)));
    return spans.map((span) => ({
      spans: [span],
      title,
      line: role === 'cue' ? 'dotted' : 'solid',
      // Of all mentions of an entity, only the nearest gets a line. The others may be far away in a long article.
      ...(Math.abs(span.start - place) > nearest ? { isLoose: true } : {}),
    }));
  });
}

function spansOfEntity(id: string | undefined, set: AnnotationSet, registry: Registry): Span[] {
  if (id === undefined) return [];
  return [...set.mentions.values()].filter((mention) => entityOfMention(registry, mention)?.id === id).map(({ span }) => span);
}
