import { dequal } from 'dequal';
import type { Arg } from './document.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument } from './foreign.ts';

/** One field of a record that differs: `attributes.type`, `spans`, `roles.speaker`. Null means absent. */
export interface FieldChange {
  readonly field: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** A record in one or both of the datasets: its id, its document, and the words by which people recognise it. */
export interface DiffedRecord {
  readonly id: string;
  readonly doc_id: string | null;
  readonly words: string;
}

/** The differences between two datasets in one kind of record. Each list is ascending by id. */
export interface SortDiff {
  readonly added: readonly DiffedRecord[];
  readonly removed: readonly DiffedRecord[];
  readonly changed: readonly (DiffedRecord & { readonly changes: readonly FieldChange[] })[];
}

/**
 * The differences between two releases of a dataset. `layers` includes every layer that either one has, and mentions. Rejected suggestions of a
 * layer are listed under its name with `, rejected`, because they are not annotations.
 */
export interface DatasetDiff {
  readonly documents: SortDiff;
  readonly layers: Readonly<Record<string, SortDiff>>;
  readonly relations: SortDiff;
  readonly links: SortDiff;
  readonly entities: SortDiff;
  readonly annotators: SortDiff;
}

/**
 * What was added, removed and changed from the dataset `before` to the dataset `after`. Records are matched by id. An annotation that moved to
 * another layer counts as a change in its new layer. Times are not compared.
 */
export function diffDatasets(before: Foreign, after: Foreign): DatasetDiff {
  const [one, other] = [annotationsOf(before), annotationsOf(after)];
  const layers = [...new Set([...one.values(), ...other.values()].map(({ record }) => sortOf(record)))].sort();
  const all = diffed(one, other, annotationFields, ({ record, document }) => ({
    id: record.id,
    doc_id: document.doc_id,
    words: wordsOf(record),
  }));
  const layerOf = (id: string) => {
    const found = other.get(id) ?? one.get(id);
    return found && sortOf(found.record);
  };
  const inLayer = (layer: string): SortDiff => ({
    added: all.added.filter(({ id }) => layerOf(id) === layer),
    removed: all.removed.filter(({ id }) => layerOf(id) === layer),
    changed: all.changed.filter(({ id }) => layerOf(id) === layer),
  });
  const texts = new Map([...one, ...other].map(([id, { record }]) => [id, wordsOf(record)]));
  const ends = (from: string, to: string) => [from, to].map((id) => texts.get(id) ?? id).join(' – ');
  return {
    documents: diffed(documentsOf(before), documentsOf(after), documentFields, (document) => ({
      ...{ id: document.doc_id ?? document.name, doc_id: document.doc_id, words: document.title ?? document.name },
    })),
    layers: Object.fromEntries(layers.map((layer) => [layer, inLayer(layer)])),
    relations: diffed(relationsOf(before), relationsOf(after), relationFields, ({ doc_id, id, type, from, to }) => ({
      ...{ id, doc_id, words: `${type}: ${ends(String(from), String(to))}` },
    })),
    links: diffed(byId(before.links), byId(after.links), relationFields, ({ id, type, from, to }) => ({
      ...{ id, doc_id: null, words: `${type}: ${ends(from.annotation, to.annotation)}` },
    })),
    entities: diffed(byId(before.entities), byId(after.entities), fieldsOf, ({ id, canonical }) => ({
      id,
      doc_id: null,
      words: canonical,
    })),
    annotators: diffed(byId(before.annotators), byId(after.annotators), fieldsOf, ({ id, name }) => ({ id, doc_id: null, words: name })),
  };
}

const sortOf = ({ layer, status }: ForeignAnnotation) => (status === 'rejected' ? `${layer}, rejected` : layer);

const provenance = new Set(['annotator', 'origin', 'confidence', 'rule', 'imported_from']);

/** `diff` without annotators and provenance, which differ everywhere if one dataset was imported before the other was made. */
export function withoutProvenance({ layers, annotators: _, ...sorts }: DatasetDiff): DatasetDiff {
  const isOther = ({ field, before, after }: FieldChange) => {
    // Whether an article is done still counts, and an adjudicator's annotation counts as final.
    if (field === 'done by') return before === null || after === null;
    if (field === 'status') return ![before, after].every((status) => status === 'final' || status === 'adjudicated');
    return !provenance.has(field);
  };
  const bare = ({ added, removed, changed }: SortDiff): SortDiff => {
    const rest = changed.map(({ changes, ...record }) => ({ ...record, changes: changes.filter(isOther) }));
    return { added, removed, changed: rest.filter(({ changes }) => changes.length > 0) };
  };
  const { documents, relations, links, entities } = sorts;
  return {
    ...{ documents: bare(documents), relations: bare(relations), links: bare(links), entities: bare(entities) },
    layers: Object.fromEntries(Object.entries(layers).map(([layer, sort]) => [layer, bare(sort)])),
    annotators: { added: [], removed: [], changed: [] },
  };
}

/** Whether nothing differs. */
export function isSame({ layers, ...sorts }: DatasetDiff): boolean {
  return [...Object.values(sorts), ...Object.values(layers)].every(
    ({ added, removed, changed }) => added.length + removed.length + changed.length === 0,
  );
}

// The fields of a record as comparable values. Fields without a value are absent.
type Fields = ReadonlyMap<string, unknown>;

function diffed<R>(
  before: ReadonlyMap<string, R>,
  after: ReadonlyMap<string, R>,
  fields: (record: R) => Fields,
  named: (record: R) => DiffedRecord,
): SortDiff {
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort();
  const added: DiffedRecord[] = [];
  const removed: DiffedRecord[] = [];
  const changed: (DiffedRecord & { changes: FieldChange[] })[] = [];
  for (const id of ids) {
    const [was, is] = [before.get(id), after.get(id)];
    if (is === undefined) removed.push(named(was as R));
    else if (was === undefined) added.push(named(is));
    else {
      const changes = changesOf(fields(was), fields(is));
      if (changes.length > 0) changed.push({ ...named(is), changes });
    }
  }
  return { added, removed, changed };
}

function changesOf(before: Fields, after: Fields): FieldChange[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((field): FieldChange[] => {
    const [was, is] = [before.get(field) ?? null, after.get(field) ?? null];
    return dequal(was, is) ? [] : [{ field, before: was, after: is }];
  });
}

const byId = <R extends { readonly id: string }>(records: readonly R[]) => new Map(records.map((record) => [record.id, record]));

const documentsOf = ({ documents }: Foreign) => new Map(documents.map((document) => [document.doc_id ?? document.name, document]));

function annotationsOf({ documents }: Foreign) {
  return new Map(documents.flatMap((document) => document.annotations.map((record) => [record.id, { record, document }] as const)));
}

function relationsOf({ documents }: Foreign) {
  return new Map(
    documents.flatMap(({ doc_id, relations }) => relations.map((relation) => [relation.id, { ...relation, doc_id }] as const)),
  );
}

function documentFields({ text, text_sha256, title, source, url, published, language, split, completions }: ForeignDocument): Fields {
  const done = completions.map(({ annotator }) => annotator).sort();
  return new Map<string, unknown>([
    // The text would fill pages; the hash shows that it differs.
    ['text', text_sha256 ?? text],
    ...Object.entries({ title, source, url, published, language, split }),
    ['done by', done.length > 0 ? done : null],
  ]);
}

function annotationFields({ record, document }: { readonly record: ForeignAnnotation; readonly document: ForeignDocument }): Fields {
  const { layer, spans, attributes, args, annotator, status, confidence, origin, rule, note } = record;
  return new Map<string, unknown>([
    ['document', document.doc_id],
    ['layer', layer],
    ['spans', spans.map(({ start, end }) => [start, end])],
    ...Object.entries(attributes).map(([name, value]) => [`attributes.${name}`, value] as const),
    ...[...Map.groupBy(args, ({ role }) => role)].map(([role, fillers]) => [`roles.${role}`, fillers.map(fillerOf).sort()] as const),
    ['status', status],
    ['annotator', annotator],
    ['origin', origin],
    ['confidence', confidence],
    ['rule', rule ? `${rule.id} ${rule.version}` : null],
    ['note', note || null],
  ]);
}

const fillerOf = (arg: Arg): string =>
  'annotation' in arg ? arg.annotation : 'entity' in arg ? `entity ${arg.entity}` : 'the author of the article';

function relationFields(relation: object): Fields {
  const { attributes, created: _, modified: __, id: ___, imported_from: ____, ...rest } = relation as Record<string, unknown>;
  const values = Object.entries((attributes ?? {}) as Record<string, unknown>).map(
    ([name, value]) => [`attributes.${name}`, value] as const,
  );
  return new Map([...Object.entries(rest).filter(([, value]) => value !== ''), ...values]);
}

const fieldsOf = (record: object): Fields => new Map(Object.entries(record));

function wordsOf({ spans, layer }: ForeignAnnotation): string {
  const words = spans.flatMap(({ text }) => text || []).join(' … ');
  return words === '' ? layer : words;
}
