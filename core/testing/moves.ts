import fc from 'fast-check';
import { addRelation, otherLayers, relationOptions } from '../annotations/relations.ts';
import type { Annotation, AttributeValue, Decision, RoleTarget } from '../model/annotation.ts';
import { type Attribute, layerOf } from '../model/codebook.ts';
import { defaultCodebook } from '../model/default-codebook.ts';
import { newEntity } from '../model/entity.ts';
import type { Edit } from '../steps/edit.ts';
import * as gestures from '../steps/gestures.ts';
import { spanAt } from '../text/span.ts';
import { rangeFrom } from './arbitrary.ts';
import type { Workbench } from './workbench.ts';

/** An action on a workbench: its kind, and numbers that choose among what exists when it is done. */
export interface Move {
  readonly kind: (typeof kinds)[number];
  readonly article: 'a' | 'b';
  readonly pick: readonly [number, number, number, number];
  readonly further: boolean;
}

const kinds = [
  ...([
    'tag',
    'tag',
    'tag',
    'tag',
    'unite',
    'fill',
    'fill',
    'fill',
    'fill',
    'fill with',
    'fill with',
    'clear',
    'clear',
    'attribute',
  ] as const),
  ...([
    'attribute',
    'note',
    'spans',
    'relabel',
    'relabel',
    'remove',
    'done',
    'relate',
    'relate',
    'link',
    'link',
    'reject',
    'rename entity',
  ] as const),
];

/** Sequences of moves, long enough that later moves can change what earlier ones made. Removals are rarer than what they remove. */
export const moves: fc.Arbitrary<Move[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    article: fc.constantFrom('a', 'b'),
    pick: fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999), fc.nat(999)),
    further: fc.boolean(),
  }),
  { minLength: 20, maxLength: 50, size: 'max' },
);

/** The edits of `move` on the workbench in its current state. Null if there is nothing to act on, or a gesture was refused. */
export function editsOf(on: Workbench, move: Move): Edit[] | null {
  try {
    const edits = build(on, move);
    return edits.length > 0 ? edits : null;
  } catch (error) {
    if (error instanceof gestures.Refusal) return null;
    throw error;
  }
}

function build(on: Workbench, { kind, article, pick, further }: Move): Edit[] {
  const [a, b, c, d] = pick;
  const scene = on.scene(article);
  const annotations = [...on.set(article).annotations.values()];
  const annotation = annotations[a % Math.max(1, annotations.length)];
  const range = rangeFrom(scene.text, b, c % 8);
  const layer = defaultCodebook.layers[d % defaultCodebook.layers.length];
  if (kind === 'done') return gestures.setDone(scene, further);
  if (kind === 'tag' && layer) return gestures.tag(scene, layer.id, [range, rangeFrom(scene.text, c, b % 8)]).edits;
  if (kind === 'reject') return [rejection(on, article, range.start, range.end)];
  if (kind === 'rename entity') return renaming(on, a);
  const own = annotation && layerOf(defaultCodebook, annotation.layer);
  if (!annotation || !own) return [];
  const role = own.roles[d % own.roles.length]?.name ?? '';
  switch (kind) {
    case 'unite':
      return gestures.addFragment(scene, annotation.id, range);
    case 'fill':
      return gestures.fillRole(scene, annotation.id, role, range, further);
    case 'fill with': {
      const targets: RoleTarget[] = [
        { kind: 'author' },
        ...[...on.registry.keys()].map((id): RoleTarget => ({ kind: 'entity', id })),
        ...[...on.set(article).mentions.keys()].map((id): RoleTarget => ({ kind: 'mention', id })),
      ];
      return gestures.fillRoleWith(scene, annotation.id, role, targets[b % targets.length] ?? { kind: 'author' }, further);
    }
    case 'clear': {
      const filler = annotation.roles[b % Math.max(1, annotation.roles.length)];
      return filler ? gestures.clearRole(scene, annotation.id, filler) : [];
    }
    case 'attribute': {
      const attribute = own.attributes[b % own.attributes.length];
      const mention = [...on.set(article).mentions.keys()][c % Math.max(1, on.set(article).mentions.size)] ?? null;
      return attribute ? gestures.setAttribute(scene, annotation.id, attribute.name, further ? valueFor(attribute, c, mention) : null) : [];
    }
    case 'note':
      return gestures.setNote(scene, annotation.id, `note ${b}`);
    case 'spans':
      return gestures.setSpans(scene, annotation.id, [range, rangeFrom(scene.text, d, 1)]);
    case 'relabel':
      return layer ? gestures.relabel(scene, annotation.id, layer.id) : [];
    case 'remove':
      return gestures.removeAnnotations(scene, [annotation.id, ...(further && annotations[0] ? [annotations[0].id] : [])]);
    case 'relate':
    case 'link': {
      const others = [...on.set(kind === 'link' ? (article === 'a' ? 'b' : 'a') : article).annotations.values()];
      const other = others[b % Math.max(1, others.length)];
      return other && other !== annotation ? tie(on, annotation, other, c) : [];
    }
    default:
      return [];
  }
}

function valueFor(attribute: Attribute, number: number, mention: string | null): AttributeValue {
  switch (attribute.type) {
    case 'enum':
      return attribute.values[number % attribute.values.length] ?? '';
    case 'boolean':
      return number % 2 === 0;
    case 'number':
      return number;
    case 'text':
    case 'date':
      return `text ${number}`;
    case 'list':
      return ['one', 'two'];
    case 'quantity':
      return [{ value: number, value_max: null, modifier: 'approx', unit: '%', counts: '', mention }];
    case 'evidence':
      return [{ url: 'https://example.org', accessed: '2026', says: 'supports', note: '' }];
  }
}

function tie(on: Workbench, from: Annotation, to: Annotation, number: number): Edit[] {
  const end = (annotation: Annotation) => ({ annotation, mentions: on.set(annotation.article).mentions });
  const isSameArticle = from.article === to.article;
  const options = relationOptions(defaultCodebook, from.layer).filter(
    (option) => otherLayers(option, from.layer).includes(to.layer) && (isSameArticle || option.type.scope === 'any'),
  );
  const option = options[number % Math.max(1, options.length)];
  if (!option) return [];
  const [one, other] = option.place === 'to' ? [to, from] : [from, to];
  return addRelation(on.scene(from.article), option.type.id, end(one), end(other), 'for the test').edits;
}

function rejection(on: Workbench, article: string, start: number, end: number): Edit {
  const decision: Decision = {
    ...{ id: on.newId(), article, annotator: 'anna', verdict: 'rejected', layer: 'QUOTE', rule: 'marks', version: '1', decided: on.now() },
    spans: [spanAt(on.text(article), { start, end })],
  };
  return { record: 'decision', article, id: decision.id, before: null, after: decision };
}

function renaming(on: Workbench, number: number): Edit[] {
  const entities = [...on.work.entities.values()];
  const before = entities[number % Math.max(1, entities.length)];
  const made = newEntity(on.newId(), 'anna', 'PERSON', `Person ${number}`, on.now());
  if (!before) return [{ record: 'entity', id: made.id, before: null, after: made }];
  return [{ record: 'entity', id: before.id, before, after: { ...before, fields: { ...before.fields, ...made.fields } } }];
}
