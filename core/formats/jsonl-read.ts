import { z } from 'zod';
import type { ImportProblem } from '../import/draft.ts';
import { AttributeValue } from '../model/annotation.ts';
import { Annotator } from '../model/annotator.ts';
import { DatedRole } from '../model/entity.ts';
import { misfitIn, safeParsed } from '../text/misfit.ts';
import type { DatasetEntity, DatasetLink } from './document.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument, ForeignRelation, GivenFile } from './foreign.ts';
import { givenJsonLines, isObject, problemIn, stringOf } from './given-json.ts';

const text = z.string();
const textOrNull = z.string().nullable().default(null);
const name = z.string().min(1);
const offset = z.int().min(0);
const attributes = z.record(z.string(), AttributeValue);
const status = z.enum(['draft', 'final', 'adjudicated', 'rejected']);
const provenance = {
  origin: z.enum(['manual', 'imported', 'model']).optional(),
  confidence: z.number().min(0).max(1).nullable().optional(),
  rule: z.object({ id: text, version: text }).optional(),
  imported_from: z.object({ format: text, file: text }).optional(),
};
const times = { created: text.optional(), modified: text.optional(), note: text.optional() };
const Span = z
  .object({ start: offset, end: offset, text: textOrNull })
  .refine(({ start, end }) => start < end, { message: 'it ends before it begins' });
const Arg = z.union([
  z.object({ role: name, annotation: name }),
  z.object({ role: name, entity: name }),
  z.object({ role: name, author: z.literal(true) }),
]);
const AnnotationLine = z.object({
  ...{ id: name, layer: name, spans: z.array(Span).min(1), attributes, args: z.array(Arg).default([]) },
  ...{ annotator: name.nullable().default(null), status: status.nullable().default(null) },
  ...provenance,
  ...times,
});
const relation = { id: name, type: name, attributes: attributes.default({}), ...provenance, ...times, override: name.optional() };
const DocumentLine = z.object({
  doc_id: name,
  split: textOrNull,
  language: textOrNull,
  text: textOrNull,
  text_sha256: textOrNull,
  metadata: z
    .object({
      ...{ title: textOrNull, source: textOrNull, url: textOrNull, published: textOrNull, original_name: textOrNull },
      headings: z.array(offset).optional(),
    })
    .default({ title: null, source: null, url: null, published: null, original_name: null }),
  completions: z.array(z.object({ annotator: name, marked: text })).default([]),
  annotations: z.array(AnnotationLine),
  relations: z.array(z.object({ ...relation, from: name, to: name, annotator: name.nullable().default(null) })).default([]),
});
const end = z.object({ doc_id: name, annotation: name });
const LinkLine = z.object({
  ...{ ...relation, from: end, to: end, annotator: name },
  origin: provenance.origin.default('manual'),
  confidence: provenance.confidence.default(null),
  ...{ created: text.default(''), modified: text.default(''), note: text.default('') },
});
const EntityLine = z.object({
  ...{ id: name, type: name, canonical: name, aliases: z.array(text).default([]), members: z.array(text).default([]) },
  ...{ wikidata: textOrNull, date: textOrNull, roles: z.array(DatedRole).default([]), notes: text.default('') },
  ...{ merged_into: textOrNull, removed: z.boolean().default(false) },
});

const again = 'Use the files as Pressmark wrote them, or correct this line by the schema that came with them.';
const mostProblems = 20;

/** The names of the files in a dataset that contain its records. */
const recordFiles = ['documents.jsonl', 'entities.jsonl', 'relations.jsonl', 'annotators.jsonl'] as const;
type RecordFile = (typeof recordFiles)[number];

/**
 * Reads datasets in canonical JSONL, complete or in part. Files are recognised by name; a file with another name is read as documents if its lines
 * look like it. Fields added by a later minor version are ignored; another major version is refused.
 */
export function readJsonl(files: readonly GivenFile[]): Foreign {
  const documents: ForeignDocument[] = [];
  const entities: DatasetEntity[] = [];
  const links: DatasetLink[] = [];
  const annotators: Annotator[] = [];
  const problems: ImportProblem[] = [];
  for (const file of files) {
    if (!file.path.toLowerCase().endsWith('.jsonl')) continue;
    const given = givenJsonLines(file);
    if (given.problem) {
      problems.push(given.problem);
      continue;
    }
    const taken = <T>(read: (value: unknown, line: number) => T | string | { readonly unsupported: string }, into: T[]) => {
      const { records, faults } = recordsOf(file.path, given.value, read);
      problems.push(...faults);
      if (faults.length === 0) into.push(...records);
    };
    switch (kindOf(file.path)) {
      case 'entities.jsonl':
        taken<DatasetEntity>((value) => parsed(EntityLine, value), entities);
        break;
      case 'relations.jsonl':
        taken<DatasetLink>((value) => parsed(LinkLine, value) as DatasetLink | string, links);
        break;
      case 'annotators.jsonl':
        taken<Annotator>((value) => parsed(Annotator, value), annotators);
        break;
      case 'documents.jsonl':
        taken<ForeignDocument>((value, line) => documentFrom(value, file.path, line), documents);
    }
  }
  const doubles = twice(documents);
  const faulty = new Set(doubles.map(({ file }) => file));
  return {
    ...{ entities, links, annotators, problems: [...problems, ...doubles] },
    documents: documents.filter(({ file }) => !faulty.has(file)),
  };
}

/** Whether files with these names, and this beginning of the first, are such a dataset. */
export function isJsonl(paths: readonly string[], beginning: string): boolean {
  if (/^\ufeff?\s*\{"schema":\s*"qds\//.test(beginning)) return true;
  const names = paths.map(baseName);
  return names.includes('documents.jsonl') && names.some((one) => one === 'document-1.0.schema.json');
}

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);
const kindOf = (path: string): RecordFile => recordFiles.find((known) => known === baseName(path)) ?? 'documents.jsonl';

function recordsOf<T>(
  path: string,
  values: readonly { readonly line: number; readonly value: unknown }[],
  read: (value: unknown, line: number) => T | string | { readonly unsupported: string },
): { records: T[]; faults: ImportProblem[] } {
  const records: T[] = [];
  const faults: ImportProblem[] = [];
  for (const { line, value } of values) {
    const record = read(value, line);
    if (typeof record === 'string') faults.push(problemIn(path, 'damaged', record, again, line));
    else if (isObject(record) && 'unsupported' in record)
      faults.push(problemIn(path, 'unsupported', String(record.unsupported), 'Open it with a version of Pressmark that knows it.', line));
    else records.push(record as T);
    if (faults.length >= mostProblems) break;
  }
  return { records, faults };
}

/** `value` parsed with `schema`, or a sentence that says what is wrong with it. */
function parsed<T>(schema: z.ZodType<T>, value: unknown): T | string {
  const { success, data, error } = safeParsed(schema, value);
  if (success) return data;
  return `The line does not hold what it should: ${misfitIn(value, error)}.`;
}

function documentFrom(value: unknown, file: string, line: number): ForeignDocument | string | { readonly unsupported: string } {
  const schema = stringOf(value, 'schema');
  if (schema === null || !/^qds\/\d+\.\d+$/.test(schema)) return 'The line does not say that it is of the schema qds/1.0.';
  if (!schema.startsWith('qds/1.')) return { unsupported: `The line is of the schema ${schema}; this version reads qds/1.` };
  const unit = stringOf(value, 'offset_unit');
  if (unit !== 'unicode_code_point') return `offset_unit: it is ${unit ?? 'missing'} and must be unicode_code_point.`;
  const document = parsed(DocumentLine, value);
  if (typeof document === 'string') return document;
  const { doc_id, split, text, text_sha256, language, metadata, completions, annotations, relations } = document;
  const fault = dangling(annotations, relations);
  if (fault) return fault;
  const { original_name, headings, ...described } = metadata;
  return {
    ...{ file, line, doc_id, text, text_sha256, unit, language, completions, ...described },
    name: original_name ?? `${doc_id}.txt`,
    ...(headings ? { headings } : {}),
    ...(split === null ? {} : { split }),
    annotations: annotations.map((annotation) => ({ ...annotation, line })) as ForeignAnnotation[],
    relations: relations as ForeignRelation[],
  };
}

function dangling(annotations: z.infer<typeof DocumentLine>['annotations'], relations: z.infer<typeof DocumentLine>['relations']) {
  const ids = new Set<string>();
  for (const { id } of annotations) {
    if (ids.has(id)) return `Two annotations have the id ${id}.`;
    ids.add(id);
  }
  for (const { id, args } of annotations)
    for (const arg of args)
      if ('annotation' in arg && !ids.has(arg.annotation))
        return `The ${arg.role} of ${id} is ${arg.annotation}, which is not in the document.`;
  for (const { id, from, to } of relations)
    for (const one of [from, to]) if (!ids.has(one)) return `The relation ${id} ends at ${one}, which is not in the document.`;
  return null;
}

function twice(documents: readonly ForeignDocument[]): ImportProblem[] {
  const known = new Set<string>();
  return documents.flatMap(({ doc_id, file, line }) => {
    const isKnown = known.has(doc_id as string);
    known.add(doc_id as string);
    if (!isKnown) return [];
    return [problemIn(file, 'damaged', `A second document has the id ${doc_id}.`, 'Import the datasets one after the other.', line)];
  });
}
