import type { AttributeValue } from '../model/annotation.ts';
import type { Attribute } from '../model/codebook.ts';
import { entityOf } from '../model/entity.ts';
import { offsetMap } from '../text/offsets.ts';
import { type BratNames, bratForm } from './brat-names.ts';
import { type DatasetAnnotation, type DatasetDocument, type DatasetEntity, type DatasetRelation, mentionLayer } from './document.ts';
import type { DatasetSource } from './format.ts';
import { jsonLine } from './json-text.ts';
import type { Ledger } from './ledger.ts';
import { factsOf, type Work } from './works.ts';

/** Matches what ends a line for brat, which reads lines like Python's `splitlines`. No note or text may contain one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are such characters
export const lineEnd = /\r\n|[\n\u000b\f\r\u001c-\u001e\u0085\u2028\u2029]/g;
// No fragment may contain one of these, or a tab, at which programs divide a line into columns.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are such characters
const fragmentEnd = /[\t\n\u000b\f\r\u001c-\u001e\u0085\u2028\u2029]/;
const allEnds = new RegExp(`^${fragmentEnd.source}*$`);

/** A piece of a span without line ends and tabs, half-open in code points. */
export interface Fragment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** What belongs to a document but has no place in its .ann file: the content of the .json file next to it. */
export interface BratRest {
  readonly document: ReturnType<typeof factsOf>;
  readonly annotator: object;
  readonly completed: string | null;
  /** Which types are mentions, which relations stand for roles (by layer), and what the comments named after an attribute contain (by layer). */
  readonly mentions: readonly string[];
  readonly roles: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly comments: Readonly<Record<string, Readonly<Record<string, 'text' | 'json'>>>>;
  /** Entity ids by the reference under which the file names them. */
  readonly references: Readonly<Record<string, string>>;
  /** The entities that annotations refer to. */
  readonly entities: readonly DatasetEntity[];
  /** By id in the .ann file. */
  readonly records: Readonly<Record<string, object>>;
  /** What the .ann file does not contain at all: rejected suggestions, and annotations that cover only white space. */
  readonly annotations: readonly DatasetAnnotation[];
  /** Relations to those, or to another annotator's annotations. */
  readonly relations: readonly DatasetRelation[];
}

const unlike = 'line ends of other kinds in notes and texts, which brat cannot keep apart (written as plain ones)';

/** One annotator's work on `document` as the lines of an .ann file, and what does not fit into them. */
export function bratDocument(
  document: DatasetDocument,
  work: Work,
  named: readonly DatasetEntity[],
  names: BratNames,
  { annotators, registry, codebook }: DatasetSource,
  ledger: Ledger,
  sliceOf = slicerOf(document.text),
): { ann: string; rest: BratRest; rows: number } {
  const shown = work.annotations.filter((one) => one.status !== 'rejected' && one.spans.some(({ text }) => /[^\s\u0085]/.test(text)));
  const ids = new Map(shown.map(({ id }, index) => [id, `T${index + 1}`]));
  const lines = { T: [] as string[], R: [] as string[], A: [] as string[], N: [] as string[], '#': [] as string[] };
  const records: Record<string, object> = {};
  const references = new Map<string, string>();
  const add = (kind: keyof typeof lines, content: string) => {
    const id = `${kind}${lines[kind].length + 1}`;
    lines[kind].push(`${id}\t${content}\n`);
    return id;
  };
  const comment = (type: string, target: string, text: string) => {
    const parts = text.split(lineEnd);
    if (parts.join('\n') !== text) ledger.lose(unlike);
    for (const part of parts) add('#', `${type} ${target}\t${part}`);
  };
  for (const annotation of shown) {
    const { id, layer, spans, attributes, note, annotator: _, args: __, ...record } = annotation;
    const fragments = spans.flatMap((span) => fragmentsOf(sliceOf(span.start, span.end), span.start));
    const offsets = fragments.map(({ start, end }) => `${start} ${end}`).join(';');
    const type = layer === mentionLayer ? mentionType(annotation, registry, names) : layer;
    const target = add('T', `${type} ${offsets}\t${fragments.map(({ text }) => text).join(' ')}`);
    const isTold = sameSpans(rejoined(sliceOf, fragments), spans);
    records[target] = { id, ...record, ...(isTold ? {} : { offsets, spans: spans.map(({ start, end }) => [start, end]) }) };
    if (note) comment('AnnotatorNotes', target, note);
    if (layer === mentionLayer) {
      const { entity_id } = attributes;
      if (typeof entity_id === 'string') add('N', normalisation(target, entity_id, registry, references));
      continue;
    }
    const unflagged: string[] = [];
    for (const attribute of codebook.layers.find((one) => one.id === layer)?.attributes ?? []) {
      const value = Object.hasOwn(attributes, attribute.name) ? attributes[attribute.name] : undefined;
      const name = names.attribute(layer, attribute.name);
      if (value === undefined) continue;
      if (bratForm(attribute) === 'enum') add('A', `${name} ${target} ${value}`);
      else if (value === true) add('A', `${name} ${target}`);
      else if (value === false) unflagged.push(attribute.name);
      else comment(name, target, isPlainText(attribute, value) ? value : jsonLine(value, ledger).slice(0, -1));
    }
    if (unflagged.length > 0) Object.assign(records[target], { no: unflagged });
  }
  for (const { id, layer, args } of shown) {
    const kept = args.map((arg) => {
      const filler = 'annotation' in arg ? ids.get(arg.annotation) : undefined;
      return filler ? add('R', `${names.role(arg.role)} Arg1:${ids.get(id)} Arg2:${filler}`) : arg;
    });
    if (layer !== mentionLayer && kept.length > 0) Object.assign(records[ids.get(id) as string] as object, { args: kept });
  }
  const elsewhere: DatasetRelation[] = [];
  for (const relation of work.relations) {
    const { type, from, to, note, annotator: _, ...record } = relation;
    const [first, second] = [ids.get(from), ids.get(to)];
    if (!first || !second) elsewhere.push(relation);
    else {
      const target = add('R', `${type} Arg1:${first} Arg2:${second}`);
      records[target] = record;
      if (note) comment('AnnotatorNotes', target, note);
    }
  }
  const rest: BratRest = {
    document: factsOf(document),
    annotator: annotators.find(({ id }) => id === work.annotator) ?? { id: work.annotator },
    completed: work.completed,
    mentions: names.mentionTypes,
    ...meaningsOf(names),
    references: Object.fromEntries(references),
    entities: named,
    records,
    annotations: work.annotations.filter(({ id }) => !ids.has(id)),
    relations: elsewhere,
  };
  const ann = Object.values(lines).flat();
  return { ann: ann.join(''), rest, rows: ann.length };
}

// Cached, because all documents of an export share them.
const meanings = new WeakMap<BratNames, Pick<BratRest, 'roles' | 'comments'>>();

function meaningsOf(names: BratNames): Pick<BratRest, 'roles' | 'comments'> {
  const known = meanings.get(names) ?? {
    roles: byLayer(names, ({ id, roles }) => roles.map(({ name }) => [names.role(name), name, id])),
    comments: byLayer(names, ({ id, attributes }) =>
      attributes
        .filter((attribute) => bratForm(attribute) === 'comment')
        .map(({ name, type }) => [names.attribute(id, name), type === 'text' || type === 'date' ? 'text' : 'json']),
    ),
  };
  meanings.set(names, known);
  return known;
}

function byLayer<Value extends string>(
  { layers }: BratNames,
  entries: (layer: BratNames['layers'][number]) => readonly (readonly [string, Value, ...unknown[]])[],
): Record<string, Record<string, Value>> {
  return Object.fromEntries(
    layers.flatMap((layer) => {
      const some = entries(layer);
      return some.length === 0 ? [] : [[layer.id, Object.fromEntries(some.map(([name, value]) => [name, value]))]];
    }),
  );
}

function isPlainText({ type }: Attribute, value: AttributeValue): value is string {
  return typeof value === 'string' && (type === 'text' || type === 'date');
}

function mentionType({ attributes }: DatasetAnnotation, registry: DatasetSource['registry'], { mentionTypes }: BratNames): string {
  const { entity_id } = attributes;
  const type = typeof entity_id === 'string' ? entityOf(registry, entity_id)?.type : undefined;
  return type !== undefined && mentionTypes.includes(type) ? type : mentionLayer;
}

// If two entities claim the same Wikidata entry, the second is referred to by its own id, in letters that every reader accepts.
function normalisation(target: string, entity: string, registry: DatasetSource['registry'], references: Map<string, string>): string {
  const known = entityOf(registry, entity);
  const own = `Registry:${entity.replace(/[^A-Za-z0-9]/g, '_')}`;
  const names = [...(/^Q\d+$/.test(known?.wikidata ?? '') ? [`Wikidata:${known?.wikidata}`] : []), own];
  const isFree = (name: string) => (references.get(name) ?? entity) === entity;
  let reference = names.find(isFree);
  for (let number = 2; !reference; number++) if (isFree(`${own}_${number}`)) reference = `${own}_${number}`;
  references.set(reference, entity);
  return `Reference ${target} ${reference}\t${(known?.canonical || entity).replace(lineEnd, ' ')}`;
}

/** Returns a function that gives the part of `text` at half-open `[start, end)` in code points. */
export function slicerOf(text: string): (start: number, end: number) => string {
  const offsets = offsetMap(text);
  return (start, end) => text.slice(offsets.fromCodePoint(start), offsets.fromCodePoint(end));
}

/** Divides `text`, which begins at `start`, at line ends and tabs, and leaves those out. All offsets are in code points. */
function fragmentsOf(text: string, start: number): Fragment[] {
  const fragments: Fragment[] = [];
  let from = start;
  for (const piece of text.split(fragmentEnd)) {
    const end = from + lengthOf(piece);
    if (from < end) fragments.push({ start: from, end, text: piece });
    from = end + 1;
  }
  return fragments;
}

/** Joins fragments of one annotation that are separated only by line ends or tabs, because brat divides everything at line ends. */
export function rejoined(
  sliceOf: (start: number, end: number) => string,
  fragments: readonly { readonly start: number; readonly end: number }[],
) {
  const spans: { start: number; end: number }[] = [];
  for (const { start, end } of fragments) {
    const last = spans.at(-1);
    if (last && last.end < start && allEnds.test(sliceOf(last.end, start))) last.end = end;
    else spans.push({ start, end });
  }
  return spans;
}

function lengthOf(text: string): number {
  return text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);
}

function sameSpans(some: readonly { start: number; end: number }[], others: readonly { start: number; end: number }[]): boolean {
  return (
    some.length === others.length && some.every(({ start, end }, index) => others[index]?.start === start && others[index].end === end)
  );
}
