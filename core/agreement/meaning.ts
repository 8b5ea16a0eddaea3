import type { Annotation, AnnotationSet, AttributeValue, RoleFiller } from '../model/annotation.ts';
import { entityOfMention, type Registry } from '../model/entity.ts';
import { rangeKey } from '../text/span.ts';

/** What one annotator wrote on an article. */
export interface Reading {
  readonly annotator: string;
  readonly set: AnnotationSet;
}

/** What of an annotation two annotators can give differently: its layer, its words, an attribute or a role by name. */
export type Field =
  | { readonly kind: 'layer' }
  | { readonly kind: 'words' }
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'role'; readonly name: string };

/**
 * The value of a field of an annotation of `reading` in a form that is equal where two annotators mean the same, whatever their records are
 * called. Null where nothing is given; yes-or-no values that are no are not given either. What a list holds may stand in any order. Fillers of a
 * role are who is meant where they are linked, and else the words, letter case aside.
 */
export function meant(reading: Reading, annotation: Annotation, field: Field, registry: Registry): string | null {
  switch (field.kind) {
    case 'layer':
      return annotation.layer;
    case 'words':
      return annotation.spans.map(rangeKey).join(' ');
    case 'attribute':
      return valueMeant(reading.set, annotation.attributes[field.name]);
    case 'role': {
      const fillers = annotation.roles
        .filter(({ role }) => role === field.name)
        .map(({ target }) => fillerMeant(reading.set, annotation.id, target, registry));
      return fillers.length === 0 ? null : fillers.sort().join(' | ');
    }
  }
}

/** Every field that any of these annotations has a value in, but for `unsure`: a doubt is the annotator's own. */
export function fieldsOfAny(annotations: readonly Annotation[]): Field[] {
  const attributes = new Set(annotations.flatMap((annotation) => Object.keys(annotation.attributes)));
  const roles = new Set(annotations.flatMap((annotation) => annotation.roles.map(({ role }) => role)));
  attributes.delete('unsure');
  return [
    { kind: 'layer' },
    { kind: 'words' },
    ...[...attributes].map((name) => ({ kind: 'attribute', name }) as const),
    ...[...roles].map((name) => ({ kind: 'role', name }) as const),
  ];
}

function valueMeant(set: AnnotationSet, value: AttributeValue | undefined): string | null {
  if (value === undefined || value === false || value === '') return null;
  if (!Array.isArray(value)) return String(value);
  if (value.length === 0) return null;
  // A number stands where its words stand, whatever its mention is called.
  const placed = value.map((item) =>
    typeof item === 'object' && 'mention' in item ? { ...item, mention: set.mentions.get(item.mention ?? '')?.span.start ?? null } : item,
  );
  return placed
    .map((item) => JSON.stringify(item))
    .sort()
    .join(' ');
}

function fillerMeant(set: AnnotationSet, annotation: string, target: RoleFiller['target'], registry: Registry): string {
  switch (target.kind) {
    case 'author':
      return 'author';
    case 'entity':
      return `entity ${entityOfMention(registry, { id: annotation, entity: target.id })?.id ?? target.id}`;
    case 'annotation':
      return `annotation ${set.annotations.get(target.id)?.spans.map(rangeKey).join(' ') ?? ''}`;
    case 'mention': {
      const mention = set.mentions.get(target.id);
      const entity = mention && entityOfMention(registry, mention);
      return entity ? `entity ${entity.id}` : `words ${mention?.span.text.toLowerCase() ?? ''}`;
    }
  }
}
