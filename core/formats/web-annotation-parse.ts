import { AttributeValue } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import { safeParsed } from '../text/misfit.ts';
import { type Arg, mentionLayer } from './document.ts';
import type { ForeignAnnotation } from './foreign.ts';
import { AnnotationMembers } from './foreign-schema.ts';
import { fieldOf, isObject, isOffset, stringOf } from './given-json.ts';
import { authorIri, idOf } from './web-annotation-items.ts';

/** Where a target is: a place in a source, words to be searched for if there is no place, or a whole resource. */
export interface Target {
  readonly source: string;
  readonly place: { readonly start: number; readonly end: number } | null;
  readonly quote: { readonly exact: string; readonly prefix: string; readonly suffix: string } | null;
}

/** An annotation as its node describes it, before its sources and ends are looked up. */
export interface Parsed {
  readonly annotation: Omit<ForeignAnnotation, 'spans'>;
  readonly override: string | null;
  readonly targets: readonly Target[];
  /** The resource to which it links its target; null if it does not link. */
  readonly linked: string | null;
  /** The document ids of both ends, if given. */
  readonly documents: { readonly from: string | null; readonly to: string | null };
}

/** The values under `key`, whether a single one or a list. */
export function valuesOf(node: unknown, key: string): readonly unknown[] {
  const value = fieldOf(node, key);
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}

/** The IRI of a node or of a reference to one, or null. */
export function iriOf(node: unknown): string | null {
  return typeof node === 'string' ? node : (stringOf(node, 'id') ?? stringOf(node, '@id'));
}

/** Whether `node` has the `type`, which is a term of the official context. */
export function isOf(node: unknown, type: string): boolean {
  return [...valuesOf(node, 'type'), ...valuesOf(node, '@type')].some((one) => typeof one === 'string' && termOf(one) === type);
}

/** A term of the official context without its prefix. */
const termOf = (term: string) => term.replace(/^(oa:|http:\/\/www\.w3\.org\/ns\/oa#)/, '');

/** The annotator of Pressmark that a creator stands for, or null. */
export function annotatorOf(node: unknown): Annotator | null {
  const id = idOf('annotator', iriOf(node));
  const [name, role] = [stringOf(node, 'name'), stringOf(node, 'pm:annotatorRole')];
  return id && name && (role === 'annotator' || role === 'adjudicator') ? { id, name, role } : null;
}

/** What the Annotation `node` says, or a sentence that says why it cannot be read. `fallback` is its id if it has none. */
export function parseAnnotation(node: object, fallback: string): Parsed | string {
  const targets: Target[] = [];
  for (const one of valuesOf(node, 'target')) {
    const target = parseTarget(one);
    if (typeof target === 'string') return target;
    targets.push(target);
  }
  if (targets.length === 0) return 'it has no target.';
  const id = iriOf(node);
  const content = parseBodies(node);
  const [first] = valuesOf(node, 'creator');
  const person = iriOf(first);
  const annotator = idOf('annotator', person) ?? stringOf(first, 'name') ?? stringOf(first, 'nickname') ?? person;
  const isLink = content.linked !== null && targets.every(({ place, quote }) => !place && !quote);
  const attributes = content.linked !== null && !isLink ? { ...content.attributes, linking: content.linked } : content.attributes;
  const annotation = {
    id: idOf('annotation', id) ?? idOf('relation', id) ?? id ?? fallback,
    layer: content.layer,
    attributes,
    args: parseRoles(node),
    annotator,
    note: content.note,
    ...parseHistory(node),
  };
  return {
    annotation,
    targets,
    override: stringOf(node, 'pm:override'),
    linked: isLink ? content.linked : null,
    documents: {
      from: idOf('document', iriOf(fieldOf(node, 'pm:fromDocument'))),
      to: idOf('document', iriOf(fieldOf(node, 'pm:toDocument'))),
    },
  };
}

function parseTarget(node: unknown): Target | string {
  const source = isObject(node) ? (iriOf(fieldOf(node, 'source')) ?? iriOf(node)) : iriOf(node);
  if (source === null) return 'a target has no source.';
  const selectors = valuesOf(node, 'selector');
  let place: Target['place'] = null;
  let quote: Target['quote'] = null;
  for (const selector of selectors) {
    if (fieldOf(selector, 'refinedBy') !== undefined) return 'a selector is refined by another, which cannot be read.';
    const characters = isOf(selector, 'FragmentSelector') ? /^char=(\d+),(\d+)/.exec(stringOf(selector, 'value') ?? '') : null;
    if (characters) place ??= { start: Number(characters[1]), end: Number(characters[2]) };
    else if (isOf(selector, 'TextPositionSelector')) {
      const [start, end] = [fieldOf(selector, 'start'), fieldOf(selector, 'end')];
      if (!isOffset(start) || !isOffset(end)) return 'a position is not a start before an end.';
      place = { start, end };
    } else if (isOf(selector, 'TextQuoteSelector')) {
      const exact = stringOf(selector, 'exact');
      if (!exact) return 'a quoted text is empty.';
      quote = { exact, prefix: stringOf(selector, 'prefix') ?? '', suffix: stringOf(selector, 'suffix') ?? '' };
    }
  }
  if (place && (place.start >= place.end || !isOffset(place.end))) return 'a position is not a start before an end.';
  if (selectors.length > 0 && !place && !quote) return 'a target has neither a TextPositionSelector nor a TextQuoteSelector.';
  return { source, place, quote };
}

interface Bodies {
  layer: string;
  attributes: Record<string, AttributeValue>;
  note: string;
  linked: string | null;
}

function parseBodies(node: object): Bodies {
  const attributes = new Map<string, AttributeValue>();
  const classes: string[] = [];
  const tags: string[] = [];
  const notes: string[] = [];
  const resources: { source: string; purpose: string }[] = [];
  const motivations = valuesOf(node, 'motivation').flatMap((one) => (typeof one === 'string' ? [termOf(one)] : []));
  for (const body of [...valuesOf(node, 'body'), ...valuesOf(node, 'bodyValue').map((value) => ({ value }))]) {
    const value = stringOf(body, 'value');
    const purpose = termOf(stringOf(body, 'purpose') ?? '');
    const attribute = stringOf(body, 'pm:attribute');
    const source = iriOf(fieldOf(body, 'source')) ?? (value === null ? iriOf(body) : null);
    if (value === null) {
      if (source !== null) resources.push({ source, purpose: purpose || (motivations[0] ?? 'resource') });
    } else if (attribute !== null) {
      const typed = safeParsed(AttributeValue, fieldOf(body, 'pm:value'));
      attributes.set(attribute, typed.success ? typed.data : value);
    } else if (purpose === 'classifying') classes.push(value);
    else if (purpose === 'tagging') tags.push(value);
    else if (purpose === '' || notePurposes.includes(purpose)) notes.push(value);
    else attributes.set(purpose, value);
  }
  const layer = classes[0] ?? tags.shift() ?? motivations[0] ?? 'annotation';
  const more = [...classes.slice(1), ...tags];
  if (more.length > 0) attributes.set('tags', more);
  let linked: string | null = null;
  for (const { source, purpose } of resources) {
    const entity = idOf('entity', source);
    if (purpose === 'linking') linked ??= source;
    else if (layer === mentionLayer && entity !== null) attributes.set('entity_id', entity);
    else attributes.set(purpose, source);
  }
  return { layer, attributes: Object.fromEntries(attributes), note: notes.join('\n'), linked };
}

const notePurposes = ['commenting', 'describing', 'editing', 'questioning', 'replying'];

function parseRoles(node: object): Arg[] {
  return Object.keys(node)
    .filter((key) => key.startsWith('role:'))
    .flatMap((key) =>
      valuesOf(node, key).flatMap((filler): Arg[] => {
        const role = key.slice('role:'.length);
        const target = iriOf(filler);
        if (target === null) return [];
        if (target === authorIri) return [{ role, author: true }];
        const entity = idOf('entity', target);
        return [entity === null ? { role, annotation: idOf('annotation', target) ?? target } : { role, entity }];
      }),
    );
}

const { status: Status, origin: Origin, confidence: Confidence } = AnnotationMembers.shape;

function parseHistory(
  node: object,
): Pick<ForeignAnnotation, 'status' | 'created' | 'modified' | 'origin' | 'confidence' | 'rule' | 'imported_from'> {
  const [created, modified] = [stringOf(node, 'created'), stringOf(node, 'modified')];
  const origin = safeParsed(Origin, fieldOf(node, 'pm:origin')).data;
  const confidence = safeParsed(Confidence, fieldOf(node, 'pm:confidence')).data;
  const [rule, from] = [fieldOf(node, 'pm:rule'), fieldOf(node, 'pm:importedFrom')];
  const [ruleId, version] = [stringOf(rule, 'pm:ruleId'), stringOf(rule, 'pm:ruleVersion')];
  const [format, file] = [stringOf(from, 'pm:format'), stringOf(from, 'pm:fileName')];
  return {
    status: safeParsed(Status, fieldOf(node, 'pm:status')).data ?? null,
    ...(created === null ? {} : { created }),
    ...(modified === null ? {} : { modified }),
    ...(origin === undefined ? {} : { origin }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(ruleId !== null && version !== null ? { rule: { id: ruleId, version } } : {}),
    ...(format !== null && file !== null ? { imported_from: { format, file } } : {}),
  };
}
