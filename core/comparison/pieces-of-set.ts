import { quantitiesIn } from '../facts/quantities.ts';
import type { Annotation, AnnotationSet, Quantity, RoleTarget } from '../model/annotation.ts';
import { type Codebook, layerOf } from '../model/codebook.ts';
import { type Entity, entityOfMention, type Registry } from '../model/entity.ts';
import type { Span } from '../text/span.ts';
import { thingsCounted } from './counted-things.ts';
import { comparable } from './meanings.ts';
import type { Piece, PieceNumber } from './piece.ts';

/** What the records of a set refer to. */
export interface Ground {
  readonly codebook: Codebook;
  readonly registry: Registry;
}

/** The type of the entities that articles report on. */
const eventType = 'EVENT';
const between = ' … ';
// The most UTF-16 code units that are compared of an annotation.
const longest = 1200;

/** The annotations of a set that are compared with those of other articles, or those of `only`, in no particular order. */
export function piecesOf(set: AnnotationSet, ground: Ground, only?: ReadonlySet<string>): Piece[] {
  const { quotes, claims } = comparable(ground.codebook);
  return [...set.annotations.values()]
    .filter(({ id, layer }) => (quotes.includes(layer) || claims.includes(layer)) && (!only || only.has(id)))
    .map((annotation) => pieceOf(annotation, set, ground));
}

/** The events of the registry that a set speaks of, in roles or mentions, ascending by id. */
export function eventsOf(set: AnnotationSet, { registry }: Pick<Ground, 'registry'>): string[] {
  const named = [
    ...[...set.mentions.values()].map((mention) => entityOfMention(registry, mention)),
    ...[...set.annotations.values()].flatMap((annotation) =>
      annotation.roles.map(({ target }) => entityIn(target, annotation, set, registry)),
    ),
  ];
  return [...new Set(named.flatMap((entity) => (entity?.type === eventType ? [entity.id] : [])))].sort();
}

function pieceOf(annotation: Annotation, set: AnnotationSet, { codebook, registry }: Ground): Piece {
  const { id, article, annotator, layer, spans, roles, attributes } = annotation;
  const whole = spans.map(({ text }) => text).join(between);
  const text = whole.length > longest ? `${whole.slice(0, longest).toWellFormed()}…` : whole;
  const entities = roles.flatMap(({ target }) => entityIn(target, annotation, set, registry) ?? []);
  const recorded = (layerOf(codebook, layer)?.attributes ?? [])
    .filter(({ type }) => type === 'quantity')
    .flatMap(({ name }) => (attributes[name] ?? []) as readonly Quantity[]);
  return {
    ...{ article, annotation: id, annotator, layer, start: spans[0]?.start ?? 0, text },
    who: roles
      .filter(({ role }) => role === 'speaker' || role === 'holder' || role === 'source')
      .map(({ target }) => whoIs(target, annotation, set, registry)),
    events: [...new Set(entities.flatMap((entity) => (entity.type === eventType ? [entity.id] : [])))].sort(),
    numbers: numbersOf(text, spans, recorded, set),
    isIndirect: attributes['type'] === 'indirect',
  };
}

function entityIn(target: RoleTarget, annotation: Annotation, set: AnnotationSet, registry: Registry): Entity | undefined {
  if (target.kind === 'entity') return entityOfMention(registry, { id: annotation.id, entity: target.id });
  const mention = target.kind === 'mention' ? set.mentions.get(target.id) : undefined;
  return mention && entityOfMention(registry, mention);
}

function whoIs(target: RoleTarget, annotation: Annotation, set: AnnotationSet, registry: Registry): Piece['who'][number] {
  if (target.kind === 'author') return { name: 'the author', entity: null };
  const entity = entityIn(target, annotation, set, registry);
  const words = target.kind === 'mention' ? set.mentions.get(target.id)?.span.text : undefined;
  return { name: entity?.canonical ?? words ?? '?', entity: entity?.id ?? null };
}

function numbersOf(text: string, spans: readonly Span[], recorded: readonly Quantity[], set: AnnotationSet): PieceNumber[] {
  const read = quantitiesIn(text).map(({ quantity: { mention: _, ...rest }, range }) => ({ ...rest, place: range }));
  if (recorded.length === 0) return read.map((number) => ({ ...number, things: thingsCounted([number], text) }));
  return recorded.map(({ mention, ...rest }) => {
    const span = set.mentions.get(mention ?? '')?.span;
    const same = read.find(({ value }) => value === rest.value);
    const place = (span && placeIn(spans, span, text.length)) ?? same?.place ?? null;
    // What was recorded is what is meant; what stands there is how other articles may say it.
    return { ...rest, place, things: thingsCounted([{ ...rest, place }, ...(same ? [same] : [])], text) };
  });
}

// Where words of the article are in the joined text of an annotation's fragments; null if they are not within one.
function placeIn(fragments: readonly Span[], { start, end }: Span, most: number): { start: number; end: number } | null {
  let begin = 0;
  for (const fragment of fragments) {
    if (fragment.start <= start && end <= fragment.end) {
      const place = { start: begin + start - fragment.start, end: begin + end - fragment.start };
      return place.end <= most ? place : null;
    }
    begin += fragment.end - fragment.start + between.length;
  }
  return null;
}
