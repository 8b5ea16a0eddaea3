import { z } from 'zod';
import { Annotator } from '../model/annotator.ts';
import { misfitIn, safeParsed } from '../text/misfit.ts';
import { offsetMap } from '../text/offsets.ts';
import { lastColumn, richComments, unescapeSpace } from './conll-rich.ts';
import { isTag, runsOfTags } from './conll-runs.ts';
import type { DatasetEntity } from './document.ts';
import type { ForeignAnnotation, ForeignDocument, ForeignRelation, ForeignSpan, ReadFile } from './foreign.ts';
import { AnnotationMembers, DocumentFacts, EntityMembers, RelationMembers } from './foreign-schema.ts';
import { damaged, FileFault } from './given-text.ts';

const RichAnnotation = AnnotationMembers.extend({ spans: z.array(z.tuple([z.int().min(0), z.int().min(0)])).exactOptional() });

/** What is read about one document before its text is known. Owned by the reader of its file. */
class Part {
  readonly line: number;
  readonly columns: readonly string[];
  id: string | null = null;
  facts: DocumentFacts | null = null;
  annotator: string | null = null;
  completed: string | null = null;
  before = '';
  readonly annotations: { line: number; value: z.infer<typeof RichAnnotation> }[] = [];
  readonly relations: z.infer<typeof RelationMembers>[] = [];
  /** The rows of each sentence, as cells by column. */
  readonly sentences: { line: number; cells: readonly string[] }[][] = [];

  constructor(line: number, columns: readonly string[]) {
    this.line = line;
    this.columns = columns;
  }
}

/** What a file contains besides its documents. The reader adds to it. */
interface Shared {
  readonly annotators: Annotator[];
  readonly entities: DatasetEntity[];
}

/**
 * Reads tables that begin with `# global.columns = …`; FORM is required. Columns with a matching `.id` column, and others whose cells are tags,
 * give annotations. What Pressmark wrote in comments is restored. Without MISC and START, words are joined with single spaces.
 */
export function readRichFile(path: string, content: string): ReadFile {
  const documents: ForeignDocument[] = [];
  const annotators: Annotator[] = [];
  const entities: DatasetEntity[] = [];
  try {
    for (const part of partsOf(content, { annotators, entities })) documents.push(documentOf(path, part));
    return { documents, annotators, entities, problems: [] };
  } catch (error) {
    if (error instanceof FileFault)
      return { documents: [], annotators: [], entities: [], problems: [damaged(path, error.line, error.message)] };
    throw error;
  }
}

const knownColumns = new Set(['ID', 'FORM', 'START', 'END', 'LEMMA', 'UPOS', 'XPOS', 'FEATS', 'HEAD', 'DEPREL', 'DEPS', lastColumn]);

function partsOf(content: string, shared: Shared): Part[] {
  const parts: Part[] = [];
  let columns: string[] = [];
  let part: Part | null = null;
  let isInSentence = false;
  const begin = (line: number) => {
    part = new Part(line, columns);
    parts.push(part);
    isInSentence = false;
    return part;
  };
  for (const [index, raw] of content.split('\n').entries()) {
    const line = raw.replace(/\r$/, '');
    const number = index + 1;
    if (line === '') isInSentence = false;
    else if (line.startsWith('# global.columns')) {
      columns = line
        .replace(/^# global\.columns\s*=/, '')
        .trim()
        .split(/\s+/)
        .map((name) => (knownColumns.has(name.toUpperCase()) ? name.toUpperCase() : name));
      if (!columns.includes('FORM')) throw new FileFault(number, 'No column is called FORM, which is to hold the words.');
      part = null;
    } else if (line.startsWith('# newdoc')) begin(number).id = /^# newdoc id\s*=\s*(.*)$/.exec(line)?.[1] ?? null;
    else if (line.startsWith('#') && !line.includes('\t')) takeComment(part ?? begin(number), line, number, shared);
    else {
      const cells = line.split('\t');
      if (cells.length !== columns.length) {
        throw new FileFault(number, `The line has ${cells.length} columns where the head of the table has ${columns.length}.`);
      }
      // A word with several parts, or an empty word. In CoNLL-U its parts follow.
      if (columns[0] === 'ID' && /^\d+[-.]\d+$/.test(cells[0] as string)) continue;
      const { sentences } = part ?? begin(number);
      if (!isInSentence) sentences.push([]);
      isInSentence = true;
      sentences.at(-1)?.push({ line: number, cells });
    }
  }
  return parts;
}

function takeComment(part: Part, line: string, number: number, { annotators, entities }: Shared): void {
  const [, key, value] = /^# (\w+) = (.*)$/.exec(line) ?? [];
  if (key === undefined || value === undefined) return;
  const parsed = <T>(schema: z.ZodType<T>): T => {
    const given = jsonOf(value);
    const result = safeParsed(schema, given);
    if (result.success) return result.data;
    const misfit = given === undefined ? 'it is not JSON' : misfitIn(given, result.error);
    throw new FileFault(number, `The comment “${key}” does not hold what it should: ${misfit}.`);
  };
  // Other programs write comments too, and these keywords are common.
  const isOurs = part.facts !== null;
  if (key === richComments.document && value.startsWith('{')) part.facts = parsed(DocumentFacts);
  else if (key === 'spaces_before') {
    const space = unescapeSpace(value);
    if (space === null) throw new FileFault(number, 'The comment “spaces_before” holds more than white space.');
    part.before = space;
  } else if (!isOurs) return;
  else if (key === richComments.annotator) {
    const { id } = parsed(z.looseObject({ id: z.string().min(1) }));
    part.annotator = id;
    const whole = safeParsed(Annotator, jsonOf(value));
    if (whole.success) annotators.push(whole.data);
  } else if (key === richComments.completed) part.completed = parsed(z.string());
  else if (key === richComments.annotation) part.annotations.push({ line: number, value: parsed(RichAnnotation) });
  else if (key === richComments.entity) entities.push(parsed(EntityMembers));
  else if (key === richComments.relation) part.relations.push(parsed(RelationMembers));
}

function jsonOf(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function documentOf(path: string, part: Part): ForeignDocument {
  const { text, places } = textOf(part);
  const found = annotationsInColumns(part);
  const offsets = offsetMap(text);
  const slice = (start: number, end: number) => text.slice(offsets.fromCodePoint(start), offsets.fromCodePoint(end));
  const spanOf = ({ start, end }: { start: number; end: number }): ForeignSpan => {
    const range = { start: (places[start] as Place).start, end: (places[end - 1] as Place).end };
    return { ...range, text: slice(range.start, range.end) };
  };
  const { annotator } = part;
  const annotations: ForeignAnnotation[] = [];
  const ids = new Set<string>();
  for (const { line, value } of part.annotations) {
    const { spans: told, ...members } = value;
    const inColumns = found.get(value.id);
    if (ids.has(value.id)) throw new FileFault(line, `There are two annotations with the id ${value.id}.`);
    if (!told && !inColumns) throw new FileFault(line, `No token is tagged as the annotation ${value.id}, and it does not give its spans.`);
    const outside = told?.find(([start, end]) => start >= end || end > offsets.codePoints);
    if (outside) throw new FileFault(line, `The span ${outside.join('–')} of the annotation ${value.id} is not in the text.`);
    const spans = told?.map(([start, end]) => ({ start, end, text: slice(start, end) })) ?? inColumns?.runs.map(spanOf) ?? [];
    ids.add(value.id);
    annotations.push({ ...members, spans, annotator, line });
    found.delete(value.id);
  }
  for (const [id, { layer, line, runs }] of found) {
    annotations.push({ id, layer, spans: runs.map(spanOf), attributes: {}, args: [], annotator, status: null, line });
  }
  const { doc_id, language, text_sha256, name, title, source, url, published, headings } = part.facts ?? noFacts(path, part.id);
  return {
    ...{ file: path, line: part.line, doc_id, text, text_sha256, unit: 'unicode_code_point', name, language },
    ...{ title, source, url, published, annotations },
    ...(headings ? { headings } : {}),
    relations: part.relations.map((relation): ForeignRelation => ({ ...relation, annotator })),
    completions: part.completed === null || annotator === null ? [] : [{ annotator, marked: part.completed }],
  };
}

const noFacts = (path: string, id: string | null): DocumentFacts => ({
  ...{ doc_id: null, language: null, text_sha256: null, title: null, source: null, url: null, published: null },
  name: id ?? (path.split('/').at(-1) ?? path).replace(/\.\w+$/, ''),
});

interface Place {
  readonly start: number;
  readonly end: number;
}

// The text, and where each token is in it, in code points.
function textOf({ columns, sentences, before, facts }: Part): { text: string; places: Place[] } {
  const [form, start, misc] = ['FORM', 'START', lastColumn].map((name) => columns.indexOf(name)) as [number, number, number];
  const end = columns.indexOf('END');
  const pieces: string[] = [before];
  const places: Place[] = [];
  let length = [...before].length;
  const add = (piece: string) => {
    pieces.push(piece);
    length += [...piece].length;
  };
  for (const [index, rows] of sentences.entries()) {
    for (const [at, { line, cells }] of rows.entries()) {
      const told = start < 0 ? length : Number(cells[start]);
      if (misc < 0 && start >= 0 && told >= length && told - length <= 1000) add(gap(told - length, at === 0 && index > 0));
      const from = length;
      add(cells[form] as string);
      if (told !== from || (end >= 0 && Number(cells[end]) !== length)) {
        throw new FileFault(
          line,
          `The token “${cells[form]}” is at ${from} to ${length} by the words before it, which is not what the line says.`,
        );
      }
      places.push({ start: from, end: length });
      const isLast = at === rows.length - 1;
      if (misc >= 0) {
        const space = spaceBehind(cells[misc] as string);
        if (space === null) throw new FileFault(line, `The column ${lastColumn} does not give the white space after the token.`);
        // Files of other programs do not contain what is between sentences.
        const between = index < sentences.length - 1 ? '\n' : '';
        add(isLast && !facts ? between : space);
      } else if (start < 0 && !(isLast && index === sentences.length - 1)) add(isLast ? '\n' : ' ');
    }
  }
  return { text: pieces.join(''), places };
}

const gap = (length: number, isBetweenSentences: boolean) =>
  length === 0 ? '' : `${isBetweenSentences ? '\n' : ' '}${' '.repeat(length - 1)}`;

function spaceBehind(misc: string): string | null {
  const parts = misc.split('|');
  if (parts.includes('SpaceAfter=No')) return '';
  const told = parts.find((one) => one.startsWith('SpacesAfter='));
  return told === undefined ? ' ' : unescapeSpace(told.slice('SpacesAfter='.length));
}

interface InColumns {
  readonly layer: string;
  readonly line: number;
  readonly runs: { start: number; end: number }[];
}

// Every annotation in the tags, by id. Those without an id get one.
function annotationsInColumns({ columns, sentences }: Part): Map<string, InColumns> {
  const found = new Map<string, InColumns>();
  for (const [column, name] of columns.entries()) {
    if (knownColumns.has(name) || name.endsWith('.id')) continue;
    const idColumn = columns.indexOf(`${name}.id`);
    const wrong = sentences.flat().find(({ cells }) => !isTag(cells[column] as string));
    if (wrong && idColumn >= 0)
      throw new FileFault(wrong.line, `“${wrong.cells[column]}” in the column ${name} is not a tag: O, B-… or I-…`);
    // A column of something else, such as lemmas.
    if (wrong) continue;
    let first = 0;
    for (const rows of sentences) {
      const ids = rows.map(({ cells }) => (idColumn < 0 || cells[idColumn] === '_' ? null : (cells[idColumn] as string)));
      for (const { start, end, label, id } of runsOfTags(
        rows.map(({ cells }) => cells[column] as string),
        ids,
        first,
      )) {
        const key = id ?? `${name}-${found.size + 1}`;
        const one = found.get(key) ?? {
          layer: label === '' ? name : label,
          line: (rows[start - first] as { line: number }).line,
          runs: [],
        };
        one.runs.push({ start, end });
        found.set(key, one);
      }
      first += rows.length;
    }
  }
  return found;
}
