import { type Layer, takes } from '../model/codebook.ts';
import { entityOf } from '../model/entity.ts';
import { type DatasetAnnotation, mentionLayer } from './document.ts';
import type { DatasetSource } from './format.ts';

/** One aspect of the annotations that programs learn separately: a layer, the mentions that fill a role of a layer, or all mentions. */
export interface View {
  /** `QUOTE`, `QUOTE.speaker` or `mention`; unique. */
  readonly name: string;
  readonly layer: string;
  readonly role: string | null;
}

/** An annotation in a view, with its label there. */
export interface Seen {
  readonly annotation: DatasetAnnotation;
  readonly label: string;
}

/** The layers of the codebook that the dataset includes. */
export function layersOf({ codebook, selection }: Pick<DatasetSource, 'codebook' | 'selection'>): Layer[] {
  return codebook.layers.filter(({ id }) => selection.layers?.includes(id) ?? true);
}

/** Every layer, each followed by its roles that are filled in the text, and then mentions. */
export function viewsOf(source: Pick<DatasetSource, 'codebook' | 'selection'>): View[] {
  const isInText = (role: Layer['roles'][number]) => takes(role, { kind: 'mention', id: '' }, source.codebook, () => undefined);
  return [
    ...layersOf(source).flatMap(({ id, roles }) => [
      { name: id, layer: id, role: null },
      ...roles.filter(isInText).map(({ name }) => ({ name: `${id}.${name}`, layer: id, role: name })),
    ]),
    { name: mentionLayer, layer: mentionLayer, role: null },
  ];
}

/** One annotator's annotations in `view`, in their order, without rejected ones. A mention that fills a role twice is listed once. */
export function seenIn(
  { layer, role }: View,
  annotations: readonly DatasetAnnotation[],
  source: Pick<DatasetSource, 'codebook' | 'registry'>,
): Seen[] {
  const standing = annotations.filter(({ status }) => status !== 'rejected');
  const ofLayer = standing.filter((annotation) => annotation.layer === layer);
  if (role === null) return ofLayer.map((annotation) => ({ annotation, label: labelOf(annotation, source) }));
  const filling = new Set(
    ofLayer.flatMap(({ args }) => args.flatMap((arg) => (arg.role === role && 'annotation' in arg ? [arg.annotation] : []))),
  );
  return standing.filter(({ id, layer }) => layer === mentionLayer && filling.has(id)).map((annotation) => ({ annotation, label: role }));
}

/**
 * The label of `annotation`: its layer, followed by a colon and the value of the enumeration by which the codebook distinguishes kinds of the
 * layer; for a mention, with the type of its entity. It contains no hyphen, because seqeval takes the last one as the end of the prefix.
 */
export function labelOf(annotation: DatasetAnnotation, { codebook, registry }: Pick<DatasetSource, 'codebook' | 'registry'>): string {
  const { layer, attributes } = annotation;
  if (layer === mentionLayer) {
    const { entity_id } = attributes;
    const type = typeof entity_id === 'string' ? entityOf(registry, entity_id)?.type : undefined;
    return type?.replace(/[^\p{L}\p{M}\p{N}_]/gu, '_') || mentionLayer;
  }
  const kind = codebook.layers.find(({ id }) => id === layer)?.hueBy?.attribute;
  const value = kind !== undefined && Object.hasOwn(attributes, kind) ? attributes[kind] : undefined;
  return typeof value === 'string' ? `${layer}:${value}` : layer;
}
