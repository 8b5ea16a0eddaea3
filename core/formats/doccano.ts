import type { Annotator } from '../model/annotator.ts';
import { type LabelKey, labelKey, labelOf, labelTypes, nextFragment, roleLabel } from './doccano-labels.ts';
import { readDoccano, recognisesDoccano } from './doccano-read.ts';
import { type DatasetAnnotation, type DatasetDocument, type DatasetRelation, mentionLayer } from './document.ts';
import type { ExportRun, Format } from './format.ts';
import { jsonLine, prettyJson } from './json-text.ts';
import type { Chunk, Ledger } from './ledger.ts';
import { peopleOn } from './people.ts';

/**
 * doccano's JSONL with relations (reference formats, section 8): a file for each annotator, because one import into doccano is one person's work,
 * and one for the articles that nobody has worked on. Everything is ASCII, because doccano guesses encodings, and guesses wrong. Its labels are
 * layers with the value of one attribute. It cannot represent the other fields of annotations.
 */
export const doccano: Format = {
  name: 'doccano',
  title: 'doccano',
  about: 'Labelled spans and their relations, a file for each annotator, for a doccano project that allows overlapping and relations.',
  offsetUnit: 'unicode_code_point',
  canLeaveTextOut: false,
  tokeniser: null,
  example,
  write,
  read: readDoccano,
  recognises: recognisesDoccano,
};

const idlePath = 'unannotated.jsonl';

async function* write(run: ExportRun): AsyncGenerator<Chunk, undefined> {
  const { source, ledger } = run;
  const key = labelKey(source.codebook);
  const worked = new Set<string>();
  for await (const document of run.documents()) {
    const lost = new Losses(ledger);
    const people = peopleOn(document, run.annotators);
    // The same in everybody's file, and most of each line.
    const text = asciiLine({ text: document.text }, ledger);
    for (const annotator of people) {
      worked.add(annotator.id);
      const own = joined(columns(document, annotator, key), text, workOf(document, annotator, key, lost), ledger);
      yield ledger.chunk(`annotators/${annotator.id}.jsonl`, own, 1);
    }
    if (people.length === 0) yield ledger.chunk(idlePath, joined(columns(document, null, key), text, idle, ledger), 1);
    lost.ofDocument(document);
  }
  ledger.lose('relations across articles', run.links().length);
  ledger.lose('entities of the registry', run.entities().length);
  if (worked.size > 0 || ledger.paths().includes(idlePath)) {
    ledger.lose('annotators who have no work in the articles', run.annotators.filter(({ id }) => !worked.has(id)).length);
  }
  const { spans, relations } = labelTypes(source.codebook, key);
  yield ledger.whole('span_labels.json', prettyJson(spans, ledger), spans.length);
  yield ledger.whole('relation_labels.json', prettyJson(relations, ledger), relations.length);
  return undefined;
}

const idle = { entities: [], relations: [] };

// One object with the members of all three, none of which is empty. The one in the middle is a line already.
function joined(first: object, line: string, last: object, ledger: Ledger): string {
  return `${asciiLine(first, ledger).slice(0, -2)},${line.slice(1, -2)},${asciiLine(last, ledger).slice(1)}`;
}

interface Entity {
  readonly id: number;
  readonly start_offset: number;
  readonly end_offset: number;
  readonly label: string;
}

/** One annotator's spans and relations on a document, numbered from 0. */
function workOf({ annotations, relations }: DatasetDocument, { id: annotator }: Annotator, key: LabelKey, lost: Losses): object {
  const own = annotations.filter((one) => one.annotator === annotator && one.status !== 'rejected');
  const entities: Entity[] = [];
  const heads = new Map<string, number>();
  const ties: { id: number; from_id: number; to_id: number; type: string }[] = [];
  const tie = (from_id: number, to_id: number, type: string) => ties.push({ id: ties.length, from_id, to_id, type });
  for (const annotation of own) {
    heads.set(annotation.id, entities.length);
    const { label } = labelOf(annotation, key);
    for (const [fragment, { start, end }] of annotation.spans.entries()) {
      entities.push({ id: entities.length, start_offset: start, end_offset: end, label });
      if (fragment > 0) tie(entities.length - 2, entities.length - 1, nextFragment);
    }
  }
  for (const annotation of own) {
    lost.ofAnnotation(annotation, key);
    for (const arg of annotation.args) {
      if (!('annotation' in arg)) continue;
      tie(heads.get(annotation.id) as number, heads.get(arg.annotation) as number, roleLabel(arg.role, key));
    }
  }
  for (const relation of relations) {
    const [from, to] = [heads.get(relation.from), heads.get(relation.to)];
    if (relation.annotator !== annotator || from === undefined || to === undefined) continue;
    lost.ofRelation(relation);
    tie(from, to, relation.type);
  }
  return { entities, relations: ties };
}

// Every line has every column, and only text may be null: doccano reads lines as a table, which turns whole numbers in a column with nulls into
// fractions.
function columns(document: DatasetDocument, annotator: Annotator | null, key: LabelKey): object {
  const { doc_id, metadata, language, group_id, split, text_sha256, completions } = document;
  return {
    label_key: key,
    ...{ doc_id, ...metadata, language, group_id, split, text_sha256 },
    annotator: annotator?.id ?? null,
    annotator_name: annotator?.name ?? null,
    annotator_role: annotator?.role ?? null,
    done: completions.find((one) => one.annotator === annotator?.id)?.marked ?? null,
  };
}

/** What doccano cannot represent. */
class Losses {
  readonly #ledger: Ledger;
  readonly #carried = new Set<string>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  ofAnnotation(annotation: DatasetAnnotation, key: LabelKey): void {
    const { layer, attributes, args, note } = annotation;
    if (layer === mentionLayer) {
      this.#ledger.lose('links of mentions to entities', attributes.entity_id === undefined ? 0 : 1);
      return;
    }
    const inLabel = labelOf(annotation, key).hasValue ? 1 : 0;
    this.#ledger.lose('values of attributes (but for those in labels)', Object.keys(attributes).length - inLabel);
    this.#ledger.lose('roles that no words of the text fill', args.filter((arg) => !('annotation' in arg)).length);
    this.#ledger.lose('notes', note ? 1 : 0);
    this.#ledger.lose('origins, times and states of annotations');
  }

  ofRelation({ id, attributes, note }: DatasetRelation): void {
    this.#carried.add(id);
    this.#ledger.lose('values of attributes (but for those in labels)', Object.keys(attributes).length);
    this.#ledger.lose('notes', note ? 1 : 0);
    this.#ledger.lose('origins, times and reasons of relations');
  }

  ofDocument({ annotations, relations }: DatasetDocument): void {
    this.#ledger.lose('rejected suggestions', annotations.filter(({ status }) => status === 'rejected').length);
    this.#ledger.lose('relations between annotations of two annotators', relations.filter(({ id }) => !this.#carried.has(id)).length);
  }
}

function asciiLine(value: object, ledger: Ledger): string {
  return jsonLine(value, ledger).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function example(): string {
  return [
    '# In doccano: make a sequence labelling project that allows overlapping spans and uses relations, import span_labels.json',
    '# and relation_labels.json under Labels, then the file of one annotator as JSONL with the columns text, entities, relations.',
    'import json',
    'from glob import glob',
    'for path in glob("annotators/*.jsonl"):',
    '    for line in open(path, encoding="ascii"):',
    '        document = json.loads(line)',
    '        for entity in document["entities"]:',
    '            print(entity["label"], document["text"][entity["start_offset"]:entity["end_offset"]])',
  ].join('\n');
}
