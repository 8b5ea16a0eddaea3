import type { AttributeValue } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import type { Codebook } from '../model/codebook.ts';
import type { Span } from '../text/span.ts';
import { type DatasetAnnotation, type DatasetDocument, type DatasetRelation, mentionLayer } from './document.ts';
import {
  annotatorTag,
  attributeControl,
  doneTag,
  entityControl,
  fillerControl,
  labelTag,
  nextFragment,
  textTag,
} from './label-studio-config.ts';

/** The values of regions and the relations of one annotator's work on one task. */
export type Result = Readonly<Record<string, unknown>>;

/** What the results are made from. `nameOf` returns the name of an entity by its id. */
export interface ResultGround {
  readonly codebook: Codebook;
  readonly nameOf: (entity: string) => string;
}

/** An entity in a form that people can read and an import can find again: its name, then its id in brackets. */
const entityWords = (name: string, id: string) => `${name} [${id}]`;

/** The id in such words, or null. */
export function entityIn(words: string): string | null {
  return /\[([A-Za-z0-9][A-Za-z0-9_-]{0,99})\]\s*$/.exec(words)?.[1] ?? null;
}

/**
 * The id of a fragment's region: that of its annotation, followed from the second fragment on by a full stop and its number. Ids contain no full
 * stop.
 */
const regionId = (annotation: string, fragment: number) => (fragment === 0 ? annotation : `${annotation}.${fragment + 1}`);

/** One annotator's work on a document as the `result` of an annotation. `relations` are those between the annotator's own annotations. */
export function resultOf(
  annotator: Annotator,
  document: DatasetDocument,
  relations: readonly DatasetRelation[],
  ground: ResultGround,
): Result[] {
  const own = document.annotations.filter((one) => one.annotator === annotator.id && one.status !== 'rejected');
  const completion = document.completions.find((one) => one.annotator === annotator.id);
  const from = new Map<string, DatasetRelation[]>();
  for (const relation of relations) from.set(relation.from, [...(from.get(relation.from) ?? []), relation]);
  return [
    ofTask(annotatorTag, 'textarea', { text: [entityWords(annotator.name, annotator.id)] }),
    ...(completion ? [{ ...ofTask(doneTag, 'choices', { choices: [doneTag] }), meta: { pressmark: { marked: completion.marked } } }] : []),
    ...own.flatMap((annotation) => regionsOf(annotation, from.get(annotation.id) ?? [], ground)),
    ...tiesOf(own, relations),
  ];
}

const ofTask = (name: string, type: string, value: object): Result => ({
  ...{ id: `task.${name}`, from_name: name, to_name: textTag, type, origin: 'manual', value },
});

function regionsOf(annotation: DatasetAnnotation, relations: readonly DatasetRelation[], ground: ResultGround): Result[] {
  const { id, layer, spans, origin, confidence } = annotation;
  const common = { to_name: textTag, origin: origin === 'model' ? 'prediction' : 'manual' };
  const score = typeof confidence === 'number' ? { score: confidence } : {};
  const [head] = spans as readonly [Span, ...Span[]];
  const meta = metaOf(annotation, relations);
  const labels = spans.map((span, fragment) => ({
    ...{ id: regionId(id, fragment), from_name: labelTag, ...common, ...score, type: 'labels' },
    value: { ...span, labels: [layer] },
    ...(fragment === 0 && meta ? { meta } : {}),
  }));
  const controls = [...attributesOf(annotation, ground), ...fillersOf(annotation, ground)].map(({ name, type, value }) => ({
    ...{ id, from_name: name, ...common, type },
    value: { ...head, ...value },
  }));
  return [...labels, ...controls];
}

// What Label Studio cannot represent but stores with a region, in its `meta`. The text in there is shown as the region's note.
function metaOf(annotation: DatasetAnnotation, relations: readonly DatasetRelation[]): object | null {
  if (annotation.layer === mentionLayer) return null;
  const { status, origin, confidence, rule, imported_from, created, modified, note, args } = annotation;
  const ties = relations.map(({ from: _, annotator: __, ...relation }) => relation);
  return {
    ...(note ? { text: [note] } : {}),
    pressmark: {
      ...{ status, origin, confidence, rule, imported_from, created, modified },
      ...(args.length > 0 ? { args } : {}),
      ...(ties.length > 0 ? { relations: ties } : {}),
    },
  };
}

interface Control {
  readonly name: string;
  readonly type: 'choices' | 'number' | 'textarea';
  readonly value: object;
}

function attributesOf({ layer, attributes }: DatasetAnnotation, { codebook, nameOf }: ResultGround): Control[] {
  if (layer === mentionLayer) {
    const entity = attributes.entity_id;
    return typeof entity === 'string'
      ? [{ name: entityControl, type: 'textarea', value: { text: [entityWords(nameOf(entity), entity)] } }]
      : [];
  }
  const known = codebook.layers.find(({ id }) => id === layer)?.attributes ?? [];
  return known.flatMap((attribute): Control[] => {
    if (!Object.hasOwn(attributes, attribute.name)) return [];
    const value = attributes[attribute.name] as AttributeValue;
    const name = attributeControl(layer, attribute);
    switch (attribute.type) {
      case 'enum':
      case 'boolean':
        return [{ name, type: 'choices', value: { choices: [String(value)] } }];
      case 'number':
        return [{ name, type: 'number', value: { number: value } }];
      default: {
        const list: readonly unknown[] = Array.isArray(value) ? value : [value];
        return [{ name, type: 'textarea', value: { text: list.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))) } }];
      }
    }
  });
}

// Fillers of a role without a region: entities of the registry, and the article's author.
function fillersOf({ layer, args }: DatasetAnnotation, { nameOf }: ResultGround): Control[] {
  const byRole = new Map<string, string[]>();
  for (const arg of args) {
    if ('annotation' in arg) continue;
    const words = 'entity' in arg ? entityWords(nameOf(arg.entity), arg.entity) : 'author';
    byRole.set(arg.role, [...(byRole.get(arg.role) ?? []), words]);
  }
  return [...byRole].map(([role, text]) => ({ name: fillerControl(layer, role), type: 'textarea', value: { text } }));
}

// Label Studio stores one relation between two regions, with all its labels. A second one crashes its editor.
function tiesOf(annotations: readonly DatasetAnnotation[], relations: readonly DatasetRelation[]): Result[] {
  const labels = new Map<string, { from: string; to: string; labels: Set<string> }>();
  const tie = (from: string, to: string, label: string) => {
    const key = `${from} ${to}`;
    const known = labels.get(key) ?? { from, to, labels: new Set() };
    labels.set(key, known);
    known.labels.add(label);
  };
  for (const { id, spans, args } of annotations) {
    for (const fragment of spans.keys()) if (fragment > 0) tie(regionId(id, fragment - 1), regionId(id, fragment), nextFragment);
    for (const arg of args) if ('annotation' in arg) tie(id, arg.annotation, arg.role);
  }
  for (const { from, to, type } of relations) tie(from, to, type);
  return [...labels.values()].map((one) => ({
    ...{ from_id: one.from, to_id: one.to, type: 'relation', direction: 'right', labels: [...one.labels] },
  }));
}
