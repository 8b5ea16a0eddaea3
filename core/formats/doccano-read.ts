import type { ImportProblem } from '../import/draft.ts';
import type { AttributeValue } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import { withoutAbout } from './about-files.ts';
import { nextFragment } from './doccano-labels.ts';
import { type Arg, mentionLayer } from './document.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument, ForeignRelation, GivenFile } from './foreign.ts';
import { fieldOf, givenJson, givenJsonLines, isObject, isOffset, listOf, problemIn, stringOf } from './given-json.ts';
import { joinedDocuments } from './joined-files.ts';

const advice = 'Export the project from doccano as JSONL, or JSONL with relations, and import it again.';
const labelFiles = /(^|\/)(span_labels|relation_labels)\.json$/;

/** Whether files with these names, and this beginning of the first, are in doccano's format. */
export function recognisesDoccano(paths: readonly string[], beginning: string): boolean {
  if (!paths.some((path) => /\.jsonl?$/.test(path)) || /"(schema|annotations|data)"\s*:/.test(beginning)) return false;
  if (/"label_key"\s*:/.test(beginning)) return true;
  // For a long article, only its number and the beginning of its text are visible.
  if (/^\s*\[?\s*\{\s*"id"\s*:\s*\d+\s*,\s*"text"\s*:\s*"(?:[^"\\]|\\.)*\\?$/.test(beginning)) return true;
  const spans = /"entities"\s*:\s*\[\s*(\]|\{[^}]*"start_offset")/.test(beginning);
  return /"text"\s*:/.test(beginning) && (spans || /"labels?"\s*:\s*\[\s*(\[\s*\d+\s*,\s*\d+\s*,|\])/.test(beginning));
}

/**
 * Reads doccano's exports, as lines or as one list, with `label` as triples of start, end and label, or with `entities` and `relations`. Also
 * reads what Pressmark wrote for doccano. Lines for one document in several files, one for each annotator, become one document.
 */
export function readDoccano(files: readonly GivenFile[]): Foreign {
  const documents: ForeignDocument[] = [];
  const annotators = new Map<string, Annotator>();
  const problems: ImportProblem[] = [];
  let comments = 0;
  for (const [index, file] of withoutAbout(files).entries()) {
    if (!/\.jsonl?$/.test(file.path) || labelFiles.test(file.path)) continue;
    const rows = rowsOf(file);
    if (!Array.isArray(rows)) {
      problems.push(rows as ImportProblem);
      continue;
    }
    const read: { document: ForeignDocument; annotator: Annotator | null }[] = [];
    let problem: ImportProblem | null = null;
    for (const { line, value } of rows) {
      const one = readRow(file.path, `${index}.${line}`, line, value);
      if (typeof one === 'string') {
        problem = problemIn(file.path, 'damaged', one, advice, line);
        break;
      }
      read.push(one);
    }
    if (problem) {
      problems.push(problem);
      continue;
    }
    comments += rows.reduce((sum, { value }) => sum + listOf(value, 'Comments').length, 0);
    for (const { document, annotator } of read) {
      if (annotator) annotators.set(annotator.id, annotator);
      documents.push(document);
    }
  }
  const losses = comments > 0 ? [{ kind: 'comments on a text', count: comments }] : [];
  return { documents: joinedDocuments(documents), entities: [], links: [], annotators: [...annotators.values()], problems, losses };
}

function rowsOf(file: GivenFile): readonly { line: number; value: unknown }[] | ImportProblem {
  const begin = file.bytes.find((byte) => byte > 0x20 && byte < 0x80);
  if (begin !== 0x5b) {
    const lines = givenJsonLines(file);
    return lines.problem ?? lines.value;
  }
  const list = givenJson(file);
  return list.problem ?? (list.value as readonly unknown[]).map((value, index) => ({ line: index + 1, value }));
}

interface Piece {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

function readRow(
  file: string,
  place: string,
  line: number,
  row: unknown,
): { document: ForeignDocument; annotator: Annotator | null } | string {
  const text = stringOf(row, 'text') ?? stringOf(row, 'data');
  if (text === null) return 'The line has no text.';
  const pieces = piecesOf(row);
  if (typeof pieces === 'string') return pieces;
  const ties = tiesOf(row, new Set(pieces.map(({ id }) => id)));
  if (typeof ties === 'string') return ties;
  const key = fieldOf(row, 'label_key');
  const id = stringOf(row, 'annotator');
  const [name, role] = [stringOf(row, 'annotator_name'), stringOf(row, 'annotator_role')];
  const annotator = id !== null && name !== null && (role === 'annotator' || role === 'adjudicator') ? ({ id, name, role } as const) : null;
  const done = stringOf(row, 'done');
  const document: ForeignDocument = {
    ...{ file, line, doc_id: stringOf(row, 'doc_id'), text, text_sha256: stringOf(row, 'text_sha256'), unit: 'unicode_code_point' },
    name: stringOf(row, 'original_name') ?? `${file} line ${line}`,
    language: stringOf(row, 'language'),
    title: stringOf(row, 'title'),
    source: stringOf(row, 'source'),
    url: stringOf(row, 'url'),
    published: stringOf(row, 'published'),
    headings: listOf(row, 'headings').filter(isOffset),
    ...assembled(pieces, ties, { place, line, annotator: id, isAdjudicator: role === 'adjudicator', key: isObject(key) ? key : null }),
    completions: id !== null && done !== null ? [{ annotator: id, marked: done }] : [],
  };
  return { document, annotator };
}

function piecesOf(row: unknown): Piece[] | string {
  const pieces: Piece[] = [];
  for (const [index, one] of [...listOf(row, 'label'), ...listOf(row, 'labels')].entries()) {
    if (typeof one === 'string') return 'The line has labels for the whole text, not for words in it.';
    const [start, end, label] = Array.isArray(one) ? (one as readonly unknown[]) : [];
    const piece = pieceOf(`${index}`, start, end, label);
    if (typeof piece === 'string') return piece;
    pieces.push(piece);
  }
  for (const one of listOf(row, 'entities')) {
    const id = fieldOf(one, 'id');
    if (typeof id !== 'number' && typeof id !== 'string') return 'A span has no id.';
    const piece = pieceOf(pieceId(id), fieldOf(one, 'start_offset'), fieldOf(one, 'end_offset'), fieldOf(one, 'label'));
    if (typeof piece === 'string') return piece;
    if (pieces.some((other) => other.id === piece.id)) return `Two spans have the id ${String(id).slice(0, 40)}.`;
    pieces.push(piece);
  }
  return pieces;
}

const pieceId = (id: unknown) => (typeof id === 'number' || typeof id === 'string' ? `e${id}` : '');

function pieceOf(id: string, start: unknown, end: unknown, label: unknown): Piece | string {
  if (!isOffset(start) || !isOffset(end) || start >= end) return 'A span does not start before it ends.';
  return typeof label === 'string' && label !== '' ? { id, start, end, label } : 'A span has no label.';
}

interface Tie {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

function tiesOf(row: unknown, known: ReadonlySet<string>): Tie[] | string {
  const ties: Tie[] = [];
  for (const one of listOf(row, 'relations')) {
    const [from, to, type] = [fieldOf(one, 'from_id'), fieldOf(one, 'to_id'), fieldOf(one, 'type')];
    if (!known.has(pieceId(from)) || !known.has(pieceId(to))) return 'A relation joins two spans, one of which is missing.';
    if (typeof type !== 'string' || type === '') return 'A relation has no type.';
    ties.push({ from: pieceId(from), to: pieceId(to), type });
  }
  return ties;
}

interface Ground {
  /** Identifies the line among all files, so that ids can be told apart. */
  readonly place: string;
  readonly line: number;
  readonly annotator: string | null;
  readonly isAdjudicator: boolean;
  /** What the labels mean in a file written by Pressmark; null for other files. */
  readonly key: object | null;
}

function assembled(
  pieces: readonly Piece[],
  ties: readonly Tie[],
  { place, line, annotator, isAdjudicator, key }: Ground,
): { annotations: ForeignAnnotation[]; relations: ForeignRelation[] } {
  const byId = new Map(pieces.map((piece) => [piece.id, piece]));
  const next = new Map(ties.filter(({ type }) => type === nextFragment).map(({ from, to }) => [from, to]));
  const follows = new Set(next.values());
  const headOf = new Map<string, string>();
  const wholes: Piece[][] = [];
  // First the pieces that nothing leads to. What is left are rings, which may begin anywhere.
  for (const piece of [...pieces.filter(({ id }) => !follows.has(id)), ...pieces]) {
    const whole: Piece[] = [];
    for (let at: string | undefined = piece.id; at !== undefined && !headOf.has(at); at = next.get(at)) {
      headOf.set(at, piece.id);
      whole.push(byId.get(at) as Piece);
    }
    if (whole.length > 0) wholes.push(whole);
  }
  const named = (id: string) => `${place}.${headOf.get(id)}`;
  const roles = fieldOf(key, 'roles');
  const roleOf = ({ type }: Tie) => (key === null ? null : stringOf(roles, type));
  const annotations = wholes.map((whole): ForeignAnnotation => {
    const [head] = whole as [Piece, ...Piece[]];
    const { layer, attributes } = meaning(head.label, key);
    const args = ties.flatMap((tie): Arg[] => {
      const role = headOf.get(tie.from) === head.id ? roleOf(tie) : null;
      return role === null ? [] : [{ role, annotation: named(tie.to) }];
    });
    const spans = whole.map(({ start, end }) => ({ start, end, text: null })).sort((a, b) => a.start - b.start);
    const status = key !== null && layer === mentionLayer ? (isAdjudicator ? 'adjudicated' : 'final') : null;
    return { id: named(head.id), layer, spans, attributes, args, annotator, status, line };
  });
  const relations = ties
    .filter((tie) => tie.type !== nextFragment && roleOf(tie) === null)
    .map(
      (tie, index): ForeignRelation => ({
        ...{ id: `${place}.r${index}`, type: tie.type, from: named(tie.from), to: named(tie.to), annotator, attributes: {} },
      }),
    );
  return { annotations, relations };
}

function meaning(label: string, key: object | null): { layer: string; attributes: Record<string, AttributeValue> } {
  const colon = label.indexOf(':');
  const layer = colon < 0 ? label : label.slice(0, colon);
  const attribute = colon < 0 ? null : stringOf(fieldOf(key, 'attributes'), layer);
  return attribute === null
    ? { layer: label, attributes: {} }
    : { layer, attributes: Object.fromEntries([[attribute, label.slice(colon + 1)]]) };
}
