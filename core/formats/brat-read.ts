import type { z } from 'zod';
import type { ImportProblem } from '../import/draft.ts';
import { AttributeValue } from '../model/annotation.ts';
import { Annotator } from '../model/annotator.ts';
import { misfitIn, safeParsed } from '../text/misfit.ts';
import { type BratLines, bratLines, type Said, type TextBound, type Tie } from './brat-lines.ts';
import { attributeOf } from './brat-names.ts';
import { BratRecord, BratRelationRecord, type Rest, readRest } from './brat-rest.ts';
import { spansOf } from './brat-spans.ts';
import { type Arg, type DatasetEntity, mentionLayer } from './document.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument, ForeignRelation, ForeignSpan, GivenFile, ReadFile } from './foreign.ts';
import type { DocumentFacts } from './foreign-schema.ts';
import { damaged, FileFault, givenText, problemOf } from './given-text.ts';
import { joinedFiles } from './joined-files.ts';

/** The files of one document by extension. .a1 and .a2 are the halves of an .ann file. */
interface Files {
  readonly stem: string;
  text: GivenFile | null;
  readonly standoff: GivenFile[];
  rest: GivenFile | null;
}

/**
 * Reads brat standoff: each .txt file with the .ann file (or .a1 and .a2 files) of the same name. If Pressmark wrote a .json file next to them, it
 * restores what they cannot hold. Without it, types become layers, events become annotations with roles, and comments become notes.
 */
export function readBrat(files: readonly GivenFile[]): Foreign {
  return joinedFiles(groups(files).map(readGroup));
}

/** Whether files are in brat's format, judged by their names or the beginning of the first. */
export function recognisesBrat(paths: readonly string[], beginning: string): boolean {
  return paths.some((path) => /\.(ann|a1|a2)$/i.test(path)) || /^T\d+\t\S+ \d+ \d+[\t;]/.test(beginning);
}

function groups(files: readonly GivenFile[]): Files[] {
  const found = new Map<string, Files>();
  for (const file of files) {
    const [, stem = '', ending = ''] = /^(.*)\.(txt|ann|a1|a2|json)$/is.exec(file.path) ?? [];
    if (ending === '') continue;
    const group = found.get(stem) ?? { stem, text: null, standoff: [], rest: null };
    found.set(stem, group);
    if (/txt/i.test(ending)) group.text = file;
    else if (/json/i.test(ending)) group.rest = file;
    else group.standoff.push(file);
  }
  return [...found.values()].filter(({ text, standoff }) => text || standoff.length > 0);
}

const refused = (problem: ImportProblem): ReadFile => ({ documents: [], entities: [], annotators: [], problems: [problem] });

function readGroup({ stem, text, standoff, rest }: Files): ReadFile {
  const path = standoff[0]?.path ?? text?.path ?? stem;
  if (!text) {
    return refused(problemOf(path, null, 'damaged', 'The text that it is about is not there.', `Import it with ${stem}.txt.`));
  }
  const content = givenText(text);
  if (typeof content !== 'string') return refused(content);
  const parts: string[] = [];
  for (const file of [...standoff].sort((a, b) => (a.path < b.path ? -1 : 1))) {
    const part = givenText(file);
    if (typeof part !== 'string') return refused(part);
    parts.push(part.endsWith('\n') || part === '' ? part : `${part}\n`);
  }
  const own = rest && readRest(rest);
  if (own && 'problem' in own) return refused(own.problem);
  try {
    return new DocumentReader(path, stem, content, bratLines(parts.join('')), own?.rest ?? null).read();
  } catch (error) {
    if (error instanceof FileFault) return refused(damaged(path, error.line, error.message));
    throw error;
  }
}

const noFacts: DocumentFacts = {
  ...{ doc_id: null, language: null, text_sha256: null, name: '', title: null, source: null, url: null, published: null },
};

class DocumentReader {
  readonly #path: string;
  readonly #stem: string;
  readonly #text: string;
  readonly #points: readonly string[];
  readonly #lines: BratLines;
  readonly #rest: Rest | null;
  readonly #records: ReadonlyMap<string, unknown>;
  readonly #triggers: ReadonlyMap<string, string>;
  readonly #entities = new Map<string, DatasetEntity>();
  // By target, because a large file has many of each.
  readonly #attributes: ReadonlyMap<string, readonly Said[]>;
  readonly #comments: ReadonlyMap<string, readonly Said[]>;
  readonly #normalisations: ReadonlyMap<string, readonly Said[]>;
  readonly #roles: ReadonlyMap<string, readonly Tie[]>;

  constructor(path: string, stem: string, text: string, lines: BratLines, rest: Rest | null) {
    this.#path = path;
    this.#stem = stem;
    this.#text = text;
    this.#points = [...text];
    this.#lines = lines;
    this.#rest = rest;
    this.#records = new Map(Object.entries(rest?.records ?? {}));
    this.#attributes = grouped(lines.attributes, ({ target }) => target);
    this.#comments = grouped(lines.comments, ({ target }) => target);
    this.#normalisations = grouped(lines.normalisations, ({ target }) => target);
    const roles = lines.relations.filter((relation) => this.#roleOf(relation) !== undefined);
    this.#roles = grouped(roles, ({ args }) => args[0]?.target ?? '');
    for (const entity of rest?.entities ?? []) this.#entities.set(entity.id, entity);
    this.#triggers = new Map([...lines.events.values()].map(({ id, args }) => [args[0]?.target ?? '', id]));
  }

  read(): ReadFile {
    const { textBounds, events } = this.#lines;
    const annotations = [...textBounds.values()]
      .filter(({ id }) => !this.#triggers.has(id))
      .map((one) => this.#annotation(one, one.type, one.id));
    for (const event of events.values()) {
      const trigger = textBounds.get(event.args[0]?.target ?? '');
      if (!trigger) throw new FileFault(event.line, `The trigger of ${event.id} is not a text-bound annotation.`);
      annotations.push({
        ...this.#annotation(trigger, event.type, event.id),
        args: event.args.slice(1).map((arg) => this.#argOf(arg, event)),
      });
    }
    const rest = this.#rest;
    const annotator = rest?.annotator.id ?? null;
    const relations = this.#lines.relations.filter((relation) => this.#roleOf(relation) === undefined).map((one) => this.#relation(one));
    const name = this.#stem.split('/').at(-1) ?? this.#stem;
    const { doc_id, language, text_sha256, title, source, url, published, headings } = rest?.document ?? noFacts;
    const whole = safeParsed(Annotator, rest?.annotator);
    const document: ForeignDocument = {
      ...{ file: this.#path, line: 1, doc_id, text: this.#text, text_sha256, language, title, source, url, published },
      ...(headings ? { headings } : {}),
      unit: rest ? 'unicode_code_point' : null,
      name: rest?.document.name ?? name,
      annotations: [...annotations, ...(rest?.annotations ?? [])],
      relations: [...relations, ...(rest?.relations ?? [])],
      completions: rest && rest.completed !== null && annotator !== null ? [{ annotator, marked: rest.completed }] : [],
    };
    const annotators = whole.success ? [whole.data] : [];
    return { documents: [document], entities: [...this.#entities.values()], annotators, problems: [] };
  }

  #annotation(textBound: TextBound, type: string, id: string): ForeignAnnotation {
    const record = this.#recordOf(BratRecord, id, textBound.line);
    const layer = this.#layerOf(type);
    const common = {
      layer,
      annotator: this.#rest?.annotator.id ?? null,
      line: textBound.line,
      ...this.#saidOf(id, layer, record?.no ?? []),
    };
    const { offsets, spans, no: _, args, ...members } = record ?? { id, status: null };
    const isAsWritten = offsets === textBound.offsets && spans !== undefined;
    return {
      ...common,
      ...members,
      spans: isAsWritten
        ? spans.map(([start, end]) => this.#span(start, end))
        : spansOf((start, end) => this.#textAt(start, end), textBound),
      args: this.#argsOf(id, args ?? []),
    };
  }

  // What separate lines of the file say about `id`.
  #saidOf(id: string, layer: string, unflagged: readonly string[]): Pick<ForeignAnnotation, 'attributes' | 'note'> {
    const attributes = new Map<string, AttributeValue>(unflagged.map((name) => [name, false]));
    const targets = [...new Set([id, this.#triggerOf(id)])];
    const said = (lines: ReadonlyMap<string, readonly Said[]>) => targets.flatMap((target) => lines.get(target) ?? []);
    for (const { type, value } of said(this.#attributes)) attributes.set(attributeOf(layer, type), value ?? true);
    const texts = new Map<string, string[]>();
    for (const { type, value } of said(this.#comments)) {
      const parts = texts.get(type) ?? [];
      parts.push(value ?? '');
      texts.set(type, parts);
    }
    const note = texts.get('AnnotatorNotes')?.join('\n');
    texts.delete('AnnotatorNotes');
    const forms = new Map(Object.entries(new Map(Object.entries(this.#rest?.comments ?? {})).get(layer) ?? {}));
    for (const [type, parts] of texts) {
      const text = parts.join('\n');
      attributes.set(attributeOf(layer, type), forms.get(type) === 'json' ? valueIn(text) : text);
    }
    const [normalisation] = said(this.#normalisations);
    if (normalisation) attributes.set('entity_id', this.#entity(normalisation.value ?? '', normalisation.label, layer));
    return { attributes: Object.fromEntries(attributes), ...(note === undefined ? {} : { note }) };
  }

  #entity(reference: string, label: string | null, type: string): string {
    const own = new Map(Object.entries(this.#rest?.references ?? {})).get(reference);
    if (own !== undefined) return own;
    const wikidata = /^wikidata:(Q\d+)$/i.exec(reference)?.[1] ?? null;
    const nothing = { aliases: [], members: [], date: null, roles: [], notes: '', merged_into: null, removed: false };
    this.#entities.set(reference, { id: reference, type, canonical: label || reference, wikidata, ...nothing });
    return reference;
  }

  #argsOf(id: string, kept: readonly (string | Arg)[]): Arg[] {
    const roles = (this.#roles.get(id) ?? []).map((relation) => ({
      id: relation.id,
      arg: { role: this.#roleOf(relation) ?? '', annotation: this.#idOf(relation.args[1]?.target ?? '') },
    }));
    const byId = new Map(roles.map((role) => [role.id, role.arg]));
    const told = kept.flatMap((one) => (typeof one === 'string' ? (byId.get(one) ?? []) : one));
    const known = new Set(kept);
    return [...told, ...roles.filter((role) => !known.has(role.id)).map(({ arg }) => arg)];
  }

  // If there is a role Theme, its second filler is called Theme2.
  #argOf({ role, target }: Tie['args'][number], { args }: Tie): Arg {
    const bare = role.replace(/\d+$/, '');
    return { role: args.some((other) => other.role === bare) ? bare : role, annotation: this.#idOf(target) };
  }

  // The role that a relation stands for; undefined for a real relation.
  #roleOf({ type, args }: Tie): string | undefined {
    const layer = this.#lines.textBounds.get(args[0]?.target ?? '')?.type ?? '';
    return new Map(Object.entries(new Map(Object.entries(this.#rest?.roles ?? {})).get(layer) ?? {})).get(type);
  }

  #relation({ id, type, args, line }: Tie): ForeignRelation {
    const record = this.#recordOf(BratRelationRecord, id, line);
    const [from, to] = args.map(({ target }) => this.#idOf(target)) as [string, string];
    const { attributes: said, note } = this.#saidOf(id, '', []);
    const annotator = this.#rest?.annotator.id ?? null;
    return {
      id,
      type,
      from,
      to,
      annotator,
      ...(note === undefined ? {} : { note }),
      ...record,
      attributes: { ...record?.attributes, ...said },
    };
  }

  #layerOf(type: string): string {
    return this.#rest?.mentions.includes(type) ? mentionLayer : type;
  }

  // The id under which something is read. A trigger goes by the id of its event.
  #idOf(id: string): string {
    const named = this.#triggers.get(id) ?? id;
    const record = this.#records.get(named);
    return typeof record === 'object' && record !== null && 'id' in record && typeof record.id === 'string' ? record.id : named;
  }

  #triggerOf(id: string): string {
    return this.#lines.events.get(id)?.args[0]?.target ?? id;
  }

  #recordOf<T>(schema: z.ZodType<T>, id: string, line: number): T | null {
    if (!this.#records.has(id)) return null;
    const told = this.#records.get(id);
    const result = safeParsed(schema, told);
    if (result.success) return result.data;
    throw new FileFault(line, `What the .json file beside it says of ${id} is not what it should be: ${misfitIn(told, result.error)}.`);
  }

  #span(start: number, end: number): ForeignSpan {
    return { start, end, text: this.#textAt(start, end) };
  }

  // Does not use an offset map, because offsets in a file may lie outside the text.
  #textAt(start: number, end: number): string {
    return this.#points.slice(start, end).join('');
  }
}

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item)) ?? [];
    group.push(item);
    groups.set(key(item), group);
  }
  return groups;
}

function valueIn(text: string): AttributeValue {
  try {
    const value = safeParsed(AttributeValue, JSON.parse(text));
    return value.success ? value.data : text;
  } catch {
    return text;
  }
}
