import type { AttributeValue } from '../model/annotation.ts';
import type { Annotator } from '../model/annotator.ts';
import type { Codebook, Layer } from '../model/codebook.ts';
import {
  type DatasetAnnotation,
  type DatasetDocument,
  type DatasetEntity,
  type DatasetLink,
  mentionLayer,
  type RelationCore,
} from './document.ts';
import type { Ledger } from './ledger.ts';
import { codesXml, type RefiCodes } from './refi-codes.ts';
import { Lines } from './refi-lines.ts';
import { provenanceInWords, relationInWords, valuesInWords } from './refi-words.ts';
import { element, fitsXml, opening, xmlText } from './xml-text.ts';

/** What is needed to make a REFI-QDA project. */
export interface RefiContext {
  readonly codebook: Codebook;
  readonly codes: RefiCodes;
  readonly annotators: readonly Annotator[];
  readonly ledger: Ledger;
  readonly guidOf: (...what: string[]) => string;
}

const variables = {
  doc_id: 'Id',
  source: 'Source',
  url: 'Address',
  published: 'Published',
  language: 'Language',
  original_name: 'Original name',
  imported: 'Imported',
  done: 'Done',
  split: 'Split',
  group_id: 'Group',
} as const;
const caseVariables = { type: 'Type', wikidata: 'Wikidata', date: 'Date' } as const;

/**
 * The XML of a REFI-QDA project (REFI-QDA 1.5), collected document by document. Selections come before links in the file, so everything is kept in
 * memory until the end, except the texts.
 */
export class RefiProject {
  readonly #context: RefiContext;
  readonly #sources = new Lines();
  readonly #notes = new Lines();
  readonly #links = new Lines();
  #noteCount = 0;
  /** The selections of the mentions of each entity. */
  readonly #mentioned = new Map<string, string[]>();
  /** The entities that the project refers to. */
  readonly #named = new Set<string>();

  constructor(context: RefiContext) {
    this.#context = context;
  }

  /** The id of an article. Its file in `sources` is named after it. */
  sourceGuid(document: Pick<DatasetDocument, 'doc_id'>): string {
    return this.#context.guidOf('source', document.doc_id);
  }

  add(document: DatasetDocument): void {
    const { ledger } = this.#context;
    const rejected = document.annotations.filter(({ status }) => status === 'rejected');
    ledger.lose('suggestions that were rejected', rejected.length);
    const annotations = document.annotations.filter(({ status }) => status !== 'rejected');
    const fillers = rolesFilled(annotations);
    const selections = annotations.flatMap((annotation) => this.#selections(annotation, fillers.get(annotation.id) ?? []));
    for (const relation of document.relations) this.#relate(relation, relation.from, relation.to);
    const { metadata } = document;
    const values: Readonly<Record<keyof typeof variables, string | null>> = {
      ...{ doc_id: document.doc_id, source: metadata.source, url: metadata.url, published: metadata.published },
      ...{ language: document.language, original_name: metadata.original_name, imported: metadata.imported },
      done: document.completions.map(({ annotator, marked }) => `${this.#nameOf(annotator)}, ${marked}`).join('; ') || null,
      ...{ split: document.split, group_id: document.group_id },
    };
    const guid = this.sourceGuid(document);
    const attributes = { guid, name: this.#clean(metadata.title || document.doc_id), plainTextPath: `internal://${guid}.txt` };
    const content = [...selections, ...this.#values('variable', values)].map((line) => `\n   ${line}`).join('');
    this.#sources.add(element('TextSource', attributes, `${content}\n  `));
  }

  link({ from, to, ...relation }: DatasetLink): void {
    this.#relate(relation, from.annotation, to.annotation);
  }

  /** The complete project.qde, piece by piece. */
  *xml(project: { readonly name: string; readonly changed: string }, entities: readonly DatasetEntity[]): Generator<string | Uint8Array> {
    const { annotators, codes, guidOf, ledger } = this.#context;
    const standing = entities.filter(({ id, merged_into, removed }) => merged_into === null && (!removed || this.#named.has(id)));
    ledger.lose('entities that were merged into others or removed', entities.length - standing.length);
    const names = new Map(entities.map(({ id, canonical }) => [id, canonical]));
    const users = annotators.map(({ id, name }) => element('User', { guid: guidOf('user', id), name: this.#clean(name), id }));
    const declared = [
      ...Object.entries(variables).map(([key, name]) => ['variable', key, name]),
      ...Object.entries(caseVariables).map(([key, name]) => ['case variable', key, name]),
    ] as [string, string, string][];
    const types = declared.map(([kind, key, name]) => element('Variable', { guid: guidOf(kind, key), name, typeOfVariable: 'Text' }));
    const before = [
      group('Users', users),
      element('CodeBook', {}, `\n  ${codesXml(codes.tree, '  ')}\n `),
      group('Variables', types),
      group(
        'Cases',
        standing.map((entity) => this.#case(entity, names)),
      ),
    ].filter((part) => part !== '');
    const attributes = {
      xmlns: 'urn:QDA-XML:project:1.0',
      'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
      'xsi:schemaLocation': 'urn:QDA-XML:project:1.0 http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd',
      name: this.#clean(project.name),
      origin: 'Pressmark',
      ...this.#time('modifiedDateTime', project.changed),
    };
    yield `<?xml version="1.0" encoding="UTF-8"?>\n${opening('Project', attributes)}>\n ${before.join('\n ')}`;
    for (const [name, lines] of [
      ['Sources', this.#sources],
      ['Notes', this.#notes],
      ['Links', this.#links],
    ] as const) {
      if (lines.isEmpty) continue;
      yield `\n <${name}>`;
      yield* lines.parts();
      yield `\n </${name}>`;
    }
    yield '\n</Project>\n';
  }

  #selections(annotation: DatasetAnnotation, filled: readonly { layer: string; role: string }[]): string[] {
    const { codes, guidOf } = this.#context;
    const { id, layer, annotator, spans, attributes, args, created, modified, note } = annotation;
    const definition = this.#context.codebook.layers.find((one) => one.id === layer);
    const guids = spans.map((_, index) => selectionGuid(guidOf, id, index));
    const codeGuids = new Set([
      codes.layer(layer),
      ...Object.entries(attributes).flatMap(([name, value]) => this.#codesOf(layer, name, value)),
      ...filled.map(({ layer: of, role }) => codes.role(of, role)),
    ]);
    const user = { creatingUser: guidOf('user', annotator), ...this.#time('creationDateTime', created) };
    const noteRef = note ? this.#note('Note', note, annotator, created) : '';
    const description = xmlText(this.#described(annotation, definition).join('\n'));
    if (layer === mentionLayer) this.#mention(attributes['entity_id'], guids);
    guids.slice(1).forEach((guid, index) => {
      this.#linkXml(id, `part ${index}`, 'Continues', 'OneWay', guids[index] as string, guid);
    });
    args.forEach((arg, index) => {
      const end = this.#endOf(arg);
      const title = definition?.roles.find(({ name }) => name === arg.role)?.title || arg.role;
      if (end) this.#linkXml(id, `role ${index}`, title, 'OneWay', guids[0] as string, end);
    });
    for (const [name, value] of Object.entries(attributes)) {
      for (const [index, mention] of mentionsIn(value).entries()) {
        const title = definition?.attributes.find((one) => one.name === name)?.title || name;
        this.#linkXml(id, `${name} ${index}`, title, 'OneWay', guids[0] as string, selectionGuid(guidOf, mention, 0));
      }
    }
    return spans.map(({ start, end, text }, index) => {
      const guid = guids[index] as string;
      const codings = [...codeGuids].map((code) =>
        element('Coding', { guid: guidOf('coding', guid, code), ...user }, element('CodeRef', { targetGUID: code })),
      );
      const about = index === 0 && description !== '' ? element('Description', {}, description) : '';
      const place = { guid, name: excerpt(text), startPosition: start, endPosition: end };
      const content = about + codings.join('') + (index === 0 ? noteRef : '');
      return element('PlainTextSelection', { ...place, ...user, ...this.#time('modifiedDateTime', modified) }, content);
    });
  }

  // Attributes without a code are described in words.
  #described({ layer, attributes, args, status, ...annotation }: DatasetAnnotation, definition: Layer | undefined): string[] {
    const authors = args.flatMap((arg) =>
      'author' in arg ? [`${definition?.roles.find(({ name }) => name === arg.role)?.title || arg.role}: the author of the article`] : [],
    );
    const told = layer === mentionLayer ? [] : valuesInWords(attributes, definition?.attributes ?? []);
    const unusual = status === 'final' ? [] : [`Status: ${status}`];
    return [...told, ...authors, ...unusual, ...provenanceInWords(annotation)].map((line) => this.#clean(line));
  }

  #codesOf(layer: string, name: string, value: AttributeValue): string[] {
    if (layer === mentionLayer) return [];
    if (value === false) {
      this.#context.ledger.lose('attributes that are false, which no code says');
      return [];
    }
    const code = typeof value === 'string' || value === true ? this.#context.codes.value(layer, name, value) : null;
    return code === null ? [] : [code];
  }

  #endOf(arg: DatasetAnnotation['args'][number]): string | null {
    const { guidOf } = this.#context;
    if ('annotation' in arg) return selectionGuid(guidOf, arg.annotation, 0);
    if (!('entity' in arg)) return null;
    this.#named.add(arg.entity);
    return guidOf('case', arg.entity);
  }

  #mention(entity: AttributeValue | undefined, guids: readonly string[]): void {
    if (typeof entity !== 'string') return;
    this.#named.add(entity);
    const mentioned = this.#mentioned.get(entity);
    if (mentioned) mentioned.push(...guids);
    else this.#mentioned.set(entity, [...guids]);
  }

  #relate(relation: RelationCore, from: string, to: string): void {
    const { guidOf, codebook } = this.#context;
    const type = codebook.relations.find(({ id }) => id === relation.type);
    const note = this.#note('Relation', relationInWords(relation, type).join('\n'), relation.annotator, relation.created);
    const direction = type?.symmetric ? 'Associative' : 'OneWay';
    const ends = [from, to].map((end) => selectionGuid(guidOf, end, 0)) as [string, string];
    this.#linkXml(relation.id, 'relation', type?.title || relation.type, direction, ...ends, note);
  }

  #linkXml(of: string, what: string, name: string, direction: string, originGUID: string, targetGUID: string, content = ''): void {
    const guid = this.#context.guidOf('link', of, what);
    this.#links.add(element('Link', { guid, name: this.#clean(name), direction, originGUID, targetGUID }, content));
  }

  #note(name: string, text: string, annotator: string, created: string | undefined): string {
    const guid = this.#context.guidOf('note', String(this.#noteCount++));
    const attributes = { guid, name, creatingUser: this.#context.guidOf('user', annotator), ...this.#time('creationDateTime', created) };
    this.#notes.add(element('Note', attributes, element('PlainTextContent', {}, xmlText(this.#clean(text)))));
    return element('NoteRef', { targetGUID: guid });
  }

  #case(entity: DatasetEntity, names: ReadonlyMap<string, string>): string {
    const { id, type, canonical, aliases, members, wikidata, date, roles, notes } = entity;
    const { guidOf, codebook } = this.#context;
    const about = [
      aliases.length > 0 ? `Also: ${aliases.join('; ')}` : '',
      members.length > 0 ? `Members: ${members.map((member) => names.get(member) ?? member).join('; ')}` : '',
      ...roles.map(
        ({ title, organisation, from, to }) => `${[title, organisation].filter(Boolean).join(', ')} (${from ?? '…'} to ${to ?? '…'})`,
      ),
      notes,
    ].filter((line) => line !== '');
    const title = codebook.entityTypes.find((one) => one.id === type)?.title || type;
    const content = [
      about.length > 0 ? element('Description', {}, xmlText(this.#clean(about.join('\n')))) : '',
      ...this.#values('case variable', { type: title, wikidata, date }),
      ...(this.#mentioned.get(id) ?? []).map((targetGUID) => element('SelectionRef', { targetGUID })),
    ];
    return element('Case', { guid: guidOf('case', id), name: this.#clean(canonical) }, content.join(''));
  }

  #values(kind: string, values: Readonly<Record<string, string | null>>): string[] {
    return Object.entries(values).flatMap(([key, value]) => {
      if (value === null) return [];
      const variable = element('VariableRef', { targetGUID: this.#context.guidOf(kind, key) });
      return [element('VariableValue', {}, variable + element('TextValue', {}, xmlText(this.#clean(value))))];
    });
  }

  #nameOf(annotator: string): string {
    return this.#context.annotators.find(({ id }) => id === annotator)?.name ?? annotator;
  }

  #time(name: string, time: string | undefined): Record<string, string> {
    if (time === undefined) return {};
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.test(time)) return { [name]: time };
    this.#context.ledger.lose('times that are not a day and a time of day');
    return {};
  }

  #clean(text: string): string {
    if (!fitsXml(text)) this.#context.ledger.lose('texts with characters that XML cannot hold (replaced by U+FFFD)');
    return this.#context.ledger.wellFormed(text);
  }
}

const selectionGuid = (guidOf: RefiContext['guidOf'], annotation: string, index: number) => guidOf('selection', annotation, String(index));

function group(name: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : element(name, {}, `${lines.map((line) => `\n  ${line}`).join('')}\n `);
}

// What a program shows for a selection in its lists.
function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= 80 ? line : `${line.slice(0, 79).toWellFormed()}…`;
}

// By annotation, the roles of others that it fills.
function rolesFilled(annotations: readonly DatasetAnnotation[]): Map<string, { layer: string; role: string }[]> {
  const filled = new Map<string, { layer: string; role: string }[]>();
  for (const { layer, args } of annotations) {
    for (const arg of args) {
      if ('annotation' in arg) filled.set(arg.annotation, [...(filled.get(arg.annotation) ?? []), { layer, role: arg.role }]);
    }
  }
  return filled;
}

const mentionsIn = (value: AttributeValue): string[] =>
  Array.isArray(value)
    ? value.flatMap((item) => (typeof item === 'object' && 'mention' in item && item.mention !== null ? [item.mention] : []))
    : [];
