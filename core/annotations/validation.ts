import { z } from 'zod';
import {
  type Annotation,
  type AnnotationSet,
  byReadingOrder,
  type Evidence,
  Id,
  type Mention,
  type Quantity,
  type Relation,
} from '../model/annotation.ts';
import { type Attribute, type Codebook, codebookProblems, fillersOf, type Layer, layerOf, openFields } from '../model/codebook.ts';
import { edtfProblem } from '../model/edtf.ts';
import type { Registry } from '../model/entity.ts';
import { isAllInMarks, isBehindDash, isInMarks, marks } from '../text/quotation-marks.ts';

/** Why an annotation needs to be completed or checked. The list is closed, and a code never changes its meaning. */
export const ProblemCode = z.enum([
  'attribute-open',
  'role-open',
  'source-missing', // attributed, and nobody named
  'source-needless', // asserted, and yet somebody named
  'marks-missing', // direct or mixed, without quotation marks
  'marks-around', // indirect, all of it in quotation marks
  'term-too-long', // a quoted term that is a quote
  'link-dangling',
  'relation-dangling',
  'stance-undirected',
  'verdict-unfounded',
  'evidence-unplaced', // without an address
  'quantity-empty',
  'date-unsound', // no EDTF
  'codebook', // breaks it
]);
export type ProblemCode = z.infer<typeof ProblemCode>;

/** The field of the inspector in which to fix a problem. `text` stands for the annotation as a whole: its words and its layer. */
export const ProblemField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('attribute'), name: z.string() }),
  z.strictObject({ kind: z.literal('role'), name: z.string() }),
  z.strictObject({ kind: z.literal('relations') }),
  z.strictObject({ kind: z.literal('text') }),
]);
export type ProblemField = z.infer<typeof ProblemField>;

/** Something to complete: which annotation, what to do in words without a full stop, and in which field. */
export const Problem = z.strictObject({ code: ProblemCode, annotation: Id, words: z.string(), field: ProblemField });
export type Problem = z.infer<typeof Problem>;

/** What is needed to check an annotator's set on one article. `links` are the annotator's relations across articles. */
export interface ValidationGround {
  readonly set: AnnotationSet;
  readonly links: ReadonlyMap<string, Relation>;
  readonly registry: Registry;
  readonly codebook: Codebook;
  /** Whether an annotation of another article or annotator exists; undefined if that is not known here. */
  readonly exists: (article: string, annotation: string) => boolean | undefined;
}

/**
 * The problems of a set by annotation, in reading order; within an annotation, in the order of the codebook. Unchanged annotations are not checked
 * again.
 */
export function problemsOf(ground: ValidationGround): ReadonlyMap<string, readonly Problem[]> {
  const { set, registry, codebook } = ground;
  const torn = tornEnds(ground);
  const found: [Annotation, Problem[]][] = [];
  for (const annotation of set.annotations.values()) {
    const own = ownProblems(annotation, codebook);
    const loose = looseLinks(annotation, set.mentions, registry);
    const ends = torn.get(annotation.id) ?? [];
    if (own.length + loose.length + ends.length > 0) found.push([annotation, [...own, ...loose, ...ends]]);
  }
  found.sort(([a], [b]) => byReadingOrder(a, b));
  return new Map(found.map(([{ id }, problems]) => [id, problems]));
}

function tornEnds({ set, links, codebook, exists }: ValidationGround): Map<string, Problem[]> {
  const torn = new Map<string, Problem[]>();
  for (const relation of [...set.relations.values(), ...(byArticle(links).get(set.article) ?? [])]) {
    for (const [here, there] of [
      [relation.from, relation.to],
      [relation.to, relation.from],
    ] as const) {
      if (here.article !== set.article || !set.annotations.has(here.annotation)) continue;
      const isThere = there.article === set.article && set.annotations.has(there.annotation);
      if (isThere || exists(there.article, there.annotation) !== false) continue;
      const title = codebook.relations.find(({ id }) => id === relation.type)?.title ?? relation.type;
      const words = `${title}: the annotation at the other end is gone`;
      const problem: Problem = { code: 'relation-dangling', annotation: here.annotation, words, field: { kind: 'relations' } };
      torn.set(here.annotation, [...(torn.get(here.annotation) ?? []), problem]);
    }
  }
  return torn;
}

// The links that end in each article. Cached by the map they were sorted from; every change of a link creates a new map.
function byArticle(links: ReadonlyMap<string, Relation>): ReadonlyMap<string, readonly Relation[]> {
  let sorted = sortedLinks.get(links);
  if (!sorted) {
    sorted = new Map();
    for (const link of links.values()) {
      for (const article of new Set([link.from.article, link.to.article])) sorted.set(article, [...(sorted.get(article) ?? []), link]);
    }
    sortedLinks.set(links, sorted);
  }
  return sorted;
}
const sortedLinks = new WeakMap<ReadonlyMap<string, Relation>, Map<string, readonly Relation[]>>();

/** The problems of an annotation that do not depend on others, in the order of the codebook. Cached by annotation and codebook. */
export function ownProblems(annotation: Annotation, codebook: Codebook): readonly Problem[] {
  const known = kept.get(annotation);
  if (known?.codebook === codebook) return known.problems;
  const problems = lookedAt(annotation, codebook);
  kept.set(annotation, { codebook, problems });
  return problems;
}
const kept = new WeakMap<Annotation, { readonly codebook: Codebook; readonly problems: readonly Problem[] }>();

function lookedAt(annotation: Annotation, codebook: Codebook): Problem[] {
  const layer = layerOf(codebook, annotation.layer);
  const say = (code: ProblemCode, words: string, field: ProblemField): Problem => ({ code, annotation: annotation.id, words, field });
  const broken = codebookProblems(annotation, codebook).map((words) => say('codebook', capital(words), { kind: 'text' }));
  if (!layer) return broken;
  return [
    ...openProblems(annotation, layer, say),
    ...wordProblems(annotation, layer, say),
    ...sourceProblems(annotation, layer, say),
    ...valueProblems(annotation, layer, say),
    ...broken,
  ];
}

type Say = (code: ProblemCode, words: string, field: ProblemField) => Problem;

function openProblems(annotation: Annotation, layer: Layer, say: Say): Problem[] {
  const { attributes, roles } = openFields(layer, annotation);
  return [
    ...roles.map(({ name, title, min }) =>
      say('role-open', `${title} is needed${min > 1 ? `, ${min} of them` : ''}`, { kind: 'role', name }),
    ),
    ...attributes.map((attribute) => {
      const { name, title } = attribute;
      // A stance is for or against something (guideline 7 of the scheme).
      return name === 'polarity' && layer.roles.some((role) => role.name === 'target')
        ? say('stance-undirected', `${title} is needed${amongValues(attribute)}`, { kind: 'attribute', name })
        : say('attribute-open', `${title} is needed`, { kind: 'attribute', name });
    }),
  ];
}

// Lists the values of the attribute in the codebook: `: favor, against or neutral`.
function amongValues(attribute: Attribute): string {
  if (attribute.type !== 'enum') return '';
  const values = attribute.values.filter((value) => !attribute.retiredValues?.includes(value)).map((value) => value.replaceAll('_', ' '));
  return values.length < 2 ? '' : `: ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;
}

// Whether the words match what the annotation says about them (guidelines 2 and 4 of the scheme).
function wordProblems(annotation: Annotation, layer: Layer, say: Say): Problem[] {
  const parts = annotation.spans.map(({ text }) => text);
  const type = choiceOf(annotation, layer, 'type');
  const field: ProblemField = { kind: 'attribute', name: 'type' };
  if (type === 'direct' && !isAllInMarks(parts) && !isBehindDash(parts))
    return [say('marks-missing', 'Direct, but not all of its words are in quotation marks', field)];
  if (type === 'mixed' && !parts.some((text) => marks.test(text)))
    return [say('marks-missing', 'Mixed, but nothing in it is in quotation marks', field)];
  if (type === 'indirect' && parts.every(isInMarks)) return [say('marks-around', 'Indirect, but all of it is in quotation marks', field)];
  const kind = choiceOf(annotation, layer, 'kind');
  if (kind === 'attributed_term' || kind === 'scare') {
    const words = parts.join(' ').match(/[\p{L}\p{N}][\p{L}\p{N}’'-]*/gu) ?? [];
    if (words.length >= 3) {
      const place = parts.some((text) => marks.test(text)) ? ' in quotation marks' : '';
      return [say('term-too-long', `${words.length} words${place} are a quote, not a term`, { kind: 'text' })];
    }
    if (
      words.some((word) => verb.test(word)) ||
      (words.length === 2 && /ly$/.test(words[0] as string) && /(?:ed|en)$/.test(words[1] as string))
    ) {
      return [say('term-too-long', 'With a verb in it this is a quote, not a term', { kind: 'text' })];
    }
  }
  return [];
}
const verb = /^(?:am|is|are|was|were|be|been|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should)$/i;

function sourceProblems(annotation: Annotation, layer: Layer, say: Say): Problem[] {
  const attribution = choiceOf(annotation, layer, 'attribution');
  if (!attribution || !layer.roles.some(({ name }) => name === 'source')) return [];
  const hasSource = fillersOf(annotation, 'source').length > 0;
  if (attribution === 'attributed' && !hasSource)
    return [say('source-missing', 'Attributed, but to no source', { kind: 'role', name: 'source' })];
  if (attribution === 'asserted' && hasSource) {
    return [say('source-needless', 'It has a source, but says asserted', { kind: 'attribute', name: 'attribution' })];
  }
  return [];
}

function valueProblems(annotation: Annotation, layer: Layer, say: Say): Problem[] {
  const problems: Problem[] = [];
  for (const { name, title, type } of layer.attributes) {
    const value = annotation.attributes[name];
    const field: ProblemField = { kind: 'attribute', name };
    if (type === 'date' && typeof value === 'string' && edtfProblem(value))
      problems.push(say('date-unsound', `${title} is not a date`, field));
    if (type === 'quantity' && Array.isArray(value)) {
      for (const [index, quantity] of (value as Quantity[]).entries()) {
        if (isEmpty(quantity)) problems.push(say('quantity-empty', `${title} ${index + 1} has no value`, field));
        else if (quantity.value_max !== null && quantity.value_max <= quantity.value) {
          problems.push(say('quantity-empty', `${title} ${index + 1} goes up to less than it begins with`, field));
        }
      }
    }
    if (type === 'evidence' && Array.isArray(value)) {
      for (const [index, { url, accessed }] of (value as Evidence[]).entries()) {
        if (!isAddress(url)) problems.push(say('evidence-unplaced', `${title} ${index + 1} has no address`, field));
        if (accessed !== '' && edtfProblem(accessed))
          problems.push(say('date-unsound', `${title} ${index + 1} has no date on which it was read`, field));
      }
    }
  }
  const verdict = choiceOf(annotation, layer, 'verdict');
  const evidence = layer.attributes.find(({ type }) => type === 'evidence');
  // A verdict of not enough evidence needs no evidence.
  if (verdict && verdict !== 'not_enough_evidence' && evidence && !Array.isArray(annotation.attributes[evidence.name])) {
    problems.push(say('verdict-unfounded', 'A verdict without evidence', { kind: 'attribute', name: evidence.name }));
  }
  return problems;
}

/** Whether a quantity added by hand is still blank. */
export function isEmpty({ value, value_max, unit, counts, mention }: Quantity): boolean {
  return value === 0 && value_max === null && unit === '' && counts === '' && mention === null;
}

/** Whether `url` is the address of a web page. */
export function isAddress(url: string): boolean {
  return /^https?:\/\/[^\s/]+\.[^\s/]+\S*$/i.test(url.trim());
}

function looseLinks(annotation: Annotation, mentions: ReadonlyMap<string, Mention>, registry: Registry): Problem[] {
  return annotation.roles.flatMap(({ role, target }): Problem[] => {
    const field: ProblemField = { kind: 'role', name: role };
    const loose = (words: string): Problem[] => [{ code: 'link-dangling', annotation: annotation.id, words, field }];
    if (target.kind === 'entity' && !registry.has(target.id)) return loose(`What fills ${role} is not in the registry`);
    const mention = target.kind === 'mention' ? mentions.get(target.id) : undefined;
    if (target.kind === 'mention' && !mention) return loose(`What fills ${role} is gone from the text`);
    if (mention?.entity && !registry.has(mention.entity)) return loose(`“${mention.span.text}” is linked to what is not in the registry`);
    return [];
  });
}

// The value of an enumeration of the layer, or null if there is none.
function choiceOf(annotation: Annotation, layer: Layer, name: string): string | null {
  const value = annotation.attributes[name];
  return typeof value === 'string' && layer.attributes.some((attribute) => attribute.name === name && attribute.type === 'enum')
    ? value
    : null;
}

const capital = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
