import { z } from 'zod';
import type { ImportProblem } from '../import/draft.ts';
import type { Annotator } from '../model/annotator.ts';
import { DatedRole } from '../model/entity.ts';
import { safeParsed } from '../text/misfit.ts';
import { type OffsetMap, offsetMap } from '../text/offsets.ts';
import { withoutAbout } from './about-files.ts';
import type { DatasetEntity, DatasetLink } from './document.ts';
import type { Foreign, ForeignAnnotation, ForeignDocument, ForeignRelation, ForeignSpan, GivenFile } from './foreign.ts';
import { fieldOf, givenJson, isObject, isOffset, listOf, problemIn, stringOf } from './given-json.ts';
import { givenText } from './given-text.ts';
import { idOf } from './web-annotation-items.ts';
import { annotatorOf, iriOf, isOf, type Parsed, parseAnnotation, type Target, valuesOf } from './web-annotation-parse.ts';

const advice = 'Write the annotations again with TextPositionSelectors on the plain text, and give that text as a .txt file beside them.';

/**
 * Reads Web Annotations: single ones, lists, pages, and collections with embedded pages, compacted with the official context. The text of a source
 * is the .txt file with its name in `files`; without one, positions must fit the article in the project.
 */
export function readWebAnnotation(files: readonly GivenFile[]): Foreign {
  const reading = new Reading(files);
  for (const file of withoutAbout(files)) {
    if (/\.(jsonld|json)$/.test(file.path) && !/(^|\/)manifest\.json$/.test(file.path)) reading.file(file);
  }
  return reading.result();
}

interface Item {
  readonly parsed: Parsed;
  readonly file: string;
}

interface Source {
  readonly iri: string;
  readonly file: string;
  /** Its description in a page that Pressmark wrote. */
  readonly node: object | null;
  completions: ForeignDocument['completions'];
  /** Each with its file, because a file with a problem contributes nothing. */
  readonly annotations: { readonly from: string; readonly one: ForeignAnnotation }[];
  readonly relations: { readonly from: string; readonly one: ForeignRelation }[];
}

class Reading {
  readonly #files: readonly GivenFile[];
  readonly #problems: ImportProblem[] = [];
  readonly #items: Item[] = [];
  readonly #sources = new Map<string, Source>();
  readonly #entities: DatasetEntity[] = [];
  readonly #annotators = new Map<string, Annotator>();
  readonly #links: DatasetLink[] = [];
  // The texts read so far; null for a source without a given file.
  readonly #texts = new Map<string, string | null>();
  readonly #offsets = new Map<string, OffsetMap>();

  constructor(files: readonly GivenFile[]) {
    this.#files = files;
  }

  /** Reads the contents of the file, or adds its problem. */
  file(file: GivenFile): void {
    const given = givenJson(file);
    if (given.problem) {
      this.#problems.push(given.problem);
      return;
    }
    const items: Item[] = [];
    const nodes = [...nodesIn(given.value)];
    const documents = nodes.filter((node) => isObject(fieldOf(node, 'pm:document')));
    let isKnown = documents.length > 0;
    for (const node of nodes) {
      if (isOf(node, 'Annotation')) {
        const parsed = parseAnnotation(node, `annotation ${this.#items.length + items.length + 1}`);
        if (typeof parsed === 'string') {
          this.#fault(file.path, iriOf(node), parsed);
          return;
        }
        items.push({ parsed, file: file.path });
      } else if (isOf(node, 'skos:Concept')) this.#entity(node);
      isKnown ||= ['Annotation', 'AnnotationPage', 'AnnotationCollection', 'skos:Concept'].some((type) => isOf(node, type));
      for (const one of valuesOf(node, 'creator')) {
        const annotator = annotatorOf(one);
        if (annotator) this.#annotators.set(annotator.id, annotator);
      }
    }
    // The registry of a project without entities is empty.
    if (!isKnown && !Array.isArray(fieldOf(given.value, '@graph'))) {
      const message = 'The file holds no Web Annotation that is written with the terms of the official context.';
      this.#problems.push(
        problemIn(file.path, 'unsupported', message, 'Compact it with http://www.w3.org/ns/anno.jsonld and import it again.'),
      );
      return;
    }
    for (const page of documents) this.#page(file.path, page);
    this.#items.push(...items);
  }

  result(): Foreign {
    const links = this.#items.filter(({ parsed }) => parsed.linked !== null);
    for (const item of this.#items) if (item.parsed.linked === null) this.#annotation(item);
    const places = new Map(
      [...this.#sources.values()].flatMap((source) => source.annotations.map(({ one }): [string, Source] => [one.id, source])),
    );
    for (const item of links) this.#link(item, places);
    const bad = new Set(this.#problems.map(({ file }) => file));
    return {
      documents: [...this.#sources.values()].filter(({ file }) => !bad.has(file)).map((source) => this.#document(source, bad)),
      entities: this.#entities,
      links: this.#links,
      annotators: [...this.#annotators.values()],
      problems: this.#problems,
    };
  }

  #fault(file: string, id: string | null, message: string): void {
    if (this.#problems.some((problem) => problem.file === file)) return;
    this.#problems.push(problemIn(file, 'damaged', `${(id ?? 'An annotation').slice(0, 100)}: ${message}`, advice));
  }

  #page(file: string, page: object): void {
    const node = fieldOf(page, 'pm:document') as object;
    const iri = iriOf(node);
    if (iri === null) return;
    const completions = valuesOf(page, 'pm:completion').flatMap((one) => {
      const [annotator, marked] = [idOf('annotator', iriOf(fieldOf(one, 'creator'))), stringOf(one, 'pm:marked')];
      return annotator !== null && marked !== null ? [{ annotator, marked }] : [];
    });
    this.#sources.set(iri, { iri, file, node, completions, annotations: [], relations: [] });
  }

  #source(iri: string, file: string): Source {
    const source = this.#sources.get(iri) ?? { iri, file, node: null, completions: [], annotations: [], relations: [] };
    this.#sources.set(iri, source);
    return source;
  }

  #annotation({ parsed: { annotation, targets }, file }: Item): void {
    const [first] = targets as readonly [Target, ...Target[]];
    if (targets.some(({ source }) => source !== first.source))
      return this.#fault(file, annotation.id, 'its targets are in several sources.');
    const source = this.#source(first.source, file);
    const spans: ForeignSpan[] = [];
    for (const target of targets) {
      const span = this.#span(target, source);
      if (typeof span === 'string') return this.#fault(file, annotation.id, span);
      spans.push(span);
    }
    source.annotations.push({ from: file, one: { ...annotation, spans: spans.sort((a, b) => a.start - b.start) } });
  }

  #span({ place, quote }: Target, source: Source): ForeignSpan | string {
    if (place) return { ...place, text: quote?.exact ?? null };
    if (!quote) return 'it is about a whole resource, not about words in it.';
    const text = this.#text(source);
    if (text === null) return 'it says its words and not their position, and the text was not given.';
    const { exact, prefix, suffix } = quote;
    const [first, second] =
      [placesOf(text, exact, prefix, suffix), placesOf(text, exact, '', '')].find((places) => places.length > 0) ?? [];
    if (first === undefined) return 'its words are not in the text.';
    if (second !== undefined) return 'its words are in several places, and nothing says which is meant.';
    const offsets = this.#offsets.get(source.iri) ?? offsetMap(text);
    this.#offsets.set(source.iri, offsets);
    return { start: offsets.toCodePoint(first), end: offsets.toCodePoint(first + exact.length), text: exact };
  }

  #link({ parsed, file }: Item, places: ReadonlyMap<string, Source>): void {
    const { annotation, targets, linked, documents, override } = parsed;
    const { id, layer, attributes, annotator, args: _, status: __, ...history } = annotation;
    const from = targets[0]?.source as string;
    const ends = [from, linked as string].map((end) => idOf('annotation', end) ?? end) as [string, string];
    const [start, end] = ends.map((one) => places.get(one));
    const core = { ...history, id, type: layer, attributes, ...(override === null ? {} : { override }) };
    if (start && start === end) {
      start.relations.push({ from: file, one: { ...core, from: ends[0], to: ends[1], annotator } });
      return;
    }
    const docs = [documents.from ?? documentId(start), documents.to ?? documentId(end)];
    if (docs[0] == null || docs[1] == null) return this.#fault(file, id, 'it links annotations, one of which is missing.');
    const { origin = 'imported', confidence = null, created = '', modified = created, note = '', ...rest } = core;
    this.#links.push({
      ...{ ...rest, origin, confidence, created, modified, note, annotator: annotator ?? '' },
      from: { doc_id: docs[0], annotation: ends[0] },
      to: { doc_id: docs[1], annotation: ends[1] },
    });
  }

  #document(source: Source, bad: ReadonlySet<string>): ForeignDocument {
    const taken = <T>(list: readonly { readonly from: string; readonly one: T }[]) =>
      list.flatMap(({ from, one }) => (bad.has(from) ? [] : [one]));
    const { iri, file, node, completions, annotations, relations } = source;
    const known = (name: string) => stringOf(node, name);
    return {
      ...{ file, line: null, doc_id: idOf('document', iri), text: this.#text(source), text_sha256: known('pm:sha256') },
      // Against the model's rule, other programs count UTF-16 code units. The quoted text shows which.
      unit: node ? 'unicode_code_point' : null,
      name: known('pm:originalName') ?? iri,
      language: known('language'),
      title: known('dc:title'),
      source: known('dc:publisher'),
      url: known('schema:url') ?? (/^https?:/.test(iri) ? iri : null),
      published: known('dc:date'),
      headings: listOf(node, 'pm:headings').filter(isOffset),
      ...{ annotations: taken(annotations), relations: taken(relations), completions },
    };
  }

  #text({ iri, node }: Source): string | null {
    const before = this.#texts.get(iri);
    if (before !== undefined) return before;
    const path = stringOf(node, 'pm:file');
    const name = path ?? `${iri.slice(Math.max(iri.lastIndexOf('/'), iri.lastIndexOf(':')) + 1).replace(/\.txt$/, '')}.txt`;
    const file = this.#files.find((one) => one.path === name || one.path.endsWith(`/${name}`));
    const text = file ? givenText(file) : null;
    if (text !== null && typeof text !== 'string') this.#problems.push(text);
    this.#texts.set(iri, typeof text === 'string' ? text : null);
    return typeof text === 'string' ? text : null;
  }

  #entity(node: object): void {
    const [id, type, canonical] = [idOf('entity', iriOf(node)), stringOf(node, 'pm:entityType'), stringOf(node, 'skos:prefLabel')];
    if (id === null || type === null || canonical === null) return;
    const strings = (key: string) => valuesOf(node, key).filter((one) => typeof one === 'string');
    this.#entities.push({
      ...{ id, type, canonical, aliases: strings('skos:altLabel'), notes: stringOf(node, 'skos:note') ?? '' },
      members: valuesOf(node, 'pm:member').flatMap((one) => idOf('entity', iriOf(one)) ?? []),
      wikidata: stringOf(node, 'pm:wikidata'),
      date: stringOf(node, 'dc:date'),
      roles: safeParsed(z.array(DatedRole), fieldOf(node, 'pm:roles')).data ?? [],
      merged_into: idOf('entity', iriOf(fieldOf(node, 'dcterms:isReplacedBy'))),
      removed: fieldOf(node, 'pm:removed') === true,
    });
  }
}

const documentId = (source: Source | undefined) => (source ? (idOf('document', source.iri) ?? source.iri) : null);

/** The objects in a file: itself, the elements of lists, of `@graph`, `items`, and of pages embedded in a collection. */
function* nodesIn(root: unknown): Generator<object> {
  const open: unknown[] = [root];
  for (let at = 0; at < open.length; at++) {
    const node = open[at];
    if (Array.isArray(node)) for (const one of node as readonly unknown[]) open.push(one);
    else if (isObject(node)) {
      yield node;
      for (const key of ['@graph', 'first', 'items']) for (const one of valuesOf(node, key)) open.push(one);
    }
  }
}

/** The first two UTF-16 offsets at which `exact` occurs in `text` between `prefix` and `suffix`. */
function placesOf(text: string, exact: string, prefix: string, suffix: string): number[] {
  const wanted = prefix + exact + suffix;
  const first = text.indexOf(wanted);
  if (first < 0) return [];
  const second = text.indexOf(wanted, first + 1);
  return [first, second].filter((at) => at >= 0).map((at) => at + prefix.length);
}
