import { z } from 'zod';
import { type AttributeValue, Evidence, Quantity } from '../model/annotation.ts';
import { Annotator } from '../model/annotator.ts';
import { CasFault, type CasGraph, type GraphObject } from './cas-graph.ts';
import { attributeOf, dkpro, metadataType, own, uima } from './cas-types.ts';
import { type Arg, type DatasetEntity, mentionLayer, type Provenance, type Status } from './document.ts';
import type { ForeignAnnotation, ForeignDocument, ForeignRelation, ForeignSpan } from './foreign.ts';

/** The work on one article that a CAS holds. */
export interface CasPiece {
  readonly document: ForeignDocument;
  /** Whose work it is, where Pressmark wrote the file. */
  readonly annotator: Annotator | null;
  /** Whom or what it is linked to, as far as the file tells it. */
  readonly entities: readonly DatasetEntity[];
}

/**
 * What a CAS says in the terms of datasets. Types that Pressmark wrote become what they were made of. Of others, what lies in the text is an
 * annotation with the type's full name as layer, its plain features as attributes and its references as roles; what has a Governor and a
 * Dependent is a relation. Tokens, sentences and what hangs on them are not taken. What covers no text has no spans.
 * `annotator` is who worked on a file that does not say it; with `isCopy`, on any: another person went on from work that is in another file
 * too, so that its ids are made anew.
 * @throws CasFault for references to nothing, and values that Pressmark cannot have written
 */
export function pieceOf(graph: CasGraph, annotator: string | null, isCopy = false): CasPiece {
  return new Reader(graph, annotator, isCopy).piece();
}

/** The annotator and the article whose work Pressmark wrote to this file; null for a file of another program, or an article without work. */
export function ownerOf({ objects }: CasGraph): string | null {
  const article = [...objects.values()].find(({ type, isMember }) => isMember && type === own.article);
  const [doc, annotator] = article ? [text(article, 'doc_id'), text(article, 'annotator')] : [null, null];
  return annotator === null ? null : JSON.stringify([doc, annotator]);
}

// Linguistic layers of DKPro Core: not what a person tagged for this.
const passedOver = new RegExp(`^(uima\\.|${dkpro.replaceAll('.', '\\.')}\\.(segmentation|metadata|lexmorph|syntax)\\.)`);
const Items = z.union([z.array(Quantity), z.array(Evidence)]);
const Origin = z.enum(['manual', 'imported', 'model']);
const Known = z.enum(['draft', 'final', 'adjudicated', 'rejected']);

class Reader {
  readonly #graph: CasGraph;
  readonly #ids = new Map<number, string>();
  /** The ids that stand for those of the file. */
  readonly #renamed = new Map<string, string>();
  readonly #article: GraphObject | undefined;
  readonly #annotator: Annotator | null;
  readonly #who: string | null;

  constructor(graph: CasGraph, annotator: string | null, isCopy: boolean) {
    this.#graph = graph;
    this.#article = this.#members().find(({ type }) => type === own.article);
    this.#annotator = this.#article && !isCopy ? annotatorOf(this.#article) : null;
    this.#who = this.#article && !isCopy ? (this.#annotator?.id ?? null) : annotator;
    const stem = graph.path.replace(/\.\w+$/, '');
    const used = new Set<string>();
    for (const object of this.#members()) {
      const told = object.type.startsWith('pressmark.') ? text(object, 'id') : null;
      const id = told === null || isCopy || used.has(told) ? `${stem}#${object.id}` : told;
      used.add(id);
      this.#ids.set(object.id, id);
      if (told !== null && !this.#renamed.has(told)) this.#renamed.set(told, id);
    }
  }

  piece(): CasPiece {
    const { path, text: words } = this.#graph;
    const metadata = this.#members().find(({ type }) => type === metadataType || type === uima.documentAnnotation);
    const about = (name: string) => (this.#article ? text(this.#article, name) : null);
    const title = metadata ? text(metadata, 'documentTitle') : null;
    const language = metadata ? text(metadata, 'language') : null;
    const completed = about('completed');
    const facts = this.#article
      ? { language: about('language'), title: about('title'), name: about('original_name'), url: about('url') }
      : {
          language: language === 'x-unspecified' ? null : language,
          title,
          name: title,
          url: metadata ? text(metadata, 'documentUri') : null,
        };
    const document: ForeignDocument = {
      ...facts,
      ...{ file: path, line: null, doc_id: about('doc_id'), text: words, text_sha256: about('text_sha256'), unit: 'utf16_code_unit' },
      name: facts.name ?? path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''),
      ...{ source: about('source'), published: about('published'), ...(this.#article ? { headings: this.#headings() } : {}) },
      annotations: this.#members().flatMap((object) => this.#annotation(object) ?? []),
      relations: this.#members().flatMap((object) => this.#relation(object) ?? []),
      completions: completed !== null && this.#who !== null ? [{ annotator: this.#who, marked: completed }] : [],
    };
    const entities = this.#members().flatMap((object) => entityFrom(object) ?? []);
    return { document, annotator: this.#annotator, entities };
  }

  #attributes({ type, id, features }: GraphObject): Record<string, AttributeValue> {
    const attributes = [...features].flatMap(([name, value]): [string, AttributeValue][] => {
      const attribute = attributeOf(name);
      if (!attribute || value.kind === 'references' || !isGiven({ features }, name)) return [];
      return [[attribute.name, attribute.isJson ? this.#items(itemsOf(type, id, value.value)) : (value.value as AttributeValue)]];
    });
    return Object.fromEntries(attributes);
  }

  #items(items: (Quantity | Evidence)[]): AttributeValue {
    return items.map((item) =>
      'mention' in item && item.mention !== null ? { ...item, mention: this.#renamed.get(item.mention) ?? item.mention } : item,
    ) as AttributeValue;
  }

  #headings(): number[] {
    const value = this.#article?.features.get('headings');
    if (value?.kind !== 'strings') return [];
    return value.value.map(Number).filter((line) => Number.isSafeInteger(line) && line >= 0);
  }

  #members(): GraphObject[] {
    return [...this.#graph.objects.values()].filter(({ isMember }) => isMember);
  }

  #annotation(object: GraphObject): ForeignAnnotation | null {
    const { type, id } = object;
    if (passedOver.test(type) || isRelation(object)) return null;
    if (!type.startsWith('pressmark.')) return this.#foreign(object);
    const base = { id: this.#ids.get(id) as string, annotator: this.#who };
    const status = Known.safeParse(text(object, 'status')).data ?? null;
    if (type === own.mention) {
      const entity = text(object, 'entity_id');
      const attributes: Record<string, AttributeValue> = entity === null ? {} : { entity_id: entity };
      return { ...base, layer: mentionLayer, spans: this.#spans(object), attributes, args: [], status };
    }
    if (type !== own.rejected && !type.startsWith(own.layer)) return null;
    const spans = [object, ...this.#linked(object, 'parts').map(({ target }) => target)].flatMap((part) => this.#spans(part));
    if (type === own.rejected) {
      const decided = text(object, 'decided');
      const rule = { id: text(object, 'rule') ?? '', version: text(object, 'rule_version') ?? '' };
      const times = decided === null ? {} : { created: decided, modified: decided };
      const rejection = { origin: 'model' as const, confidence: null, rule, ...times, note: '', status: 'rejected' as Status };
      return { ...base, layer: text(object, 'layer') ?? '', spans, attributes: {}, args: [], ...rejection };
    }
    const args = this.#linked(object, 'roles').map(({ role, target }) => this.#filler(role, target));
    const attributes = this.#attributes(object);
    return { ...base, layer: type.slice(own.layer.length), spans, attributes, args, status, ...provenanceOf(object) };
  }

  #filler(role: string, target: GraphObject): Arg {
    if (target.type !== own.entity) return { role, annotation: this.#idOf(target) };
    const entity = text(target, 'entity_id');
    if (entity !== null) return { role, entity };
    return { role, author: true };
  }

  #foreign(object: GraphObject): ForeignAnnotation {
    const { type, id, features } = object;
    const args = [...features].flatMap(([name, value]): Arg[] => {
      if (value.kind !== 'references') return [];
      return value.to.flatMap((to): Arg[] => {
        const target = this.#at(object, to);
        if (target.place || target.isMember) return this.#taken(target) ? [{ role: name, annotation: this.#idOf(target) }] : [];
        const [end] = this.#references(target, 'target');
        return end && this.#taken(end) ? [{ role: text(target, 'role') ?? name, annotation: this.#idOf(end) }] : [];
      });
    });
    const attributes = Object.fromEntries(
      [...features].flatMap(([name, value]) => (value.kind === 'references' ? [] : [[name, value.value as AttributeValue]])),
    );
    return {
      id: this.#ids.get(id) as string,
      layer: type,
      spans: this.#spans(object),
      attributes,
      args,
      annotator: this.#who,
      status: null,
    };
  }

  #relation(object: GraphObject): ForeignRelation | null {
    if (!isRelation(object)) return null;
    const [from, to] = ['Governor', 'Dependent'].map((name) => this.#references(object, name)[0]);
    if (!from || !to || !this.#taken(from) || !this.#taken(to)) return null;
    const ends = { id: this.#ids.get(object.id) as string, from: this.#idOf(from), to: this.#idOf(to), annotator: this.#who };
    if (object.type.startsWith(own.relation)) {
      const override = text(object, 'override');
      const why = override === null ? {} : { override };
      return {
        ...ends,
        type: object.type.slice(own.relation.length),
        attributes: this.#attributes(object),
        ...provenanceOf(object),
        ...why,
      };
    }
    const plain = [...object.features].flatMap(([name, value]) =>
      value.kind === 'references' ? [] : [[name, value.value as AttributeValue] as const],
    );
    return { ...ends, type: object.type, attributes: Object.fromEntries(plain) };
  }

  #taken({ type, isMember }: GraphObject): boolean {
    return isMember && !passedOver.test(type);
  }

  #idOf(object: GraphObject): string {
    const id = this.#ids.get(object.id);
    if (id === undefined) throw new CasFault('damaged', `The ${object.type} ${object.id} fills a role, but its view does not list it.`);
    return id;
  }

  #linked(object: GraphObject, feature: string): { role: string; target: GraphObject }[] {
    return this.#references(object, feature).flatMap((link) => {
      const [target] = this.#references(link, 'target');
      return target ? [{ role: text(link, 'role') ?? '', target }] : [];
    });
  }

  #references(object: GraphObject, feature: string): GraphObject[] {
    const value = object.features.get(feature);
    return value?.kind === 'references' ? value.to.map((id) => this.#at(object, id)) : [];
  }

  #at(object: GraphObject, id: number): GraphObject {
    const found = this.#graph.objects.get(id);
    if (!found) throw new CasFault('damaged', `The ${object.type} ${object.id} refers to the object ${id}, which is not there.`);
    return found;
  }

  // None where an annotation lies between two characters, or nowhere.
  #spans({ place }: GraphObject): ForeignSpan[] {
    return place && place.start < place.end ? [{ ...place, text: this.#graph.text.slice(place.start, place.end) }] : [];
  }
}

function entityFrom(object: GraphObject): DatasetEntity | null {
  if (object.type !== own.mention && object.type !== own.entity) return null;
  const [id, canonical, type] = ['entity_id', 'entity_name', 'entity_type'].map((name) => text(object, name));
  if (!id || !canonical || !type) return null;
  const wikidata = text(object, 'entity_wikidata');
  return { id, type, canonical, wikidata, aliases: [], members: [], date: null, roles: [], notes: '', merged_into: null, removed: false };
}

const isRelation = ({ features }: GraphObject) => ['Governor', 'Dependent'].every((name) => features.get(name)?.kind === 'references');

function text({ features }: GraphObject, name: string): string | null {
  const value = features.get(name);
  return value?.kind === 'plain' ? String(value.value) : null;
}

function annotatorOf(article: GraphObject): Annotator | null {
  const id = text(article, 'annotator');
  if (id === null) return null;
  const annotator = Annotator.safeParse({ id, name: text(article, 'annotator_name') ?? id, role: text(article, 'annotator_role') });
  return annotator.data ?? null;
}

// UIMA has no empty number or truth, so that 0 and false stand for what was never set too; see `given` in cas-types.ts.
function isGiven({ features }: Pick<GraphObject, 'features'>, name: string): boolean {
  const value = features.get(name);
  if (value?.kind !== 'plain' || (value.value !== 0 && value.value !== false)) return true;
  const given = features.get('given');
  return given?.kind === 'strings' && given.value.includes(name);
}

function itemsOf(type: string, id: number, texts: unknown): (Quantity | Evidence)[] {
  try {
    const items = Items.safeParse(Array.isArray(texts) ? texts.map((item) => JSON.parse(item as string)) : texts);
    if (items.data) return items.data;
  } catch {
    // Told below.
  }
  throw new CasFault('damaged', `The quantities or the evidence of the ${type} ${id} are not as Pressmark writes them.`);
}

function provenanceOf(object: GraphObject): Partial<Provenance> & { created?: string; modified?: string; note: string } {
  const origin = Origin.safeParse(text(object, 'origin')).data;
  const confidence = isGiven(object, 'confidence') ? Number(text(object, 'confidence') ?? Number.NaN) : Number.NaN;
  const [rule, format] = [text(object, 'rule'), text(object, 'imported_format')];
  const [created, modified] = [text(object, 'created'), text(object, 'modified')];
  return {
    ...(origin ? { origin, confidence: confidence >= 0 && confidence <= 1 ? confidence : null } : {}),
    ...(rule === null ? {} : { rule: { id: rule, version: text(object, 'rule_version') ?? '' } }),
    ...(format === null ? {} : { imported_from: { format, file: text(object, 'imported_file') ?? '' } }),
    ...(created === null ? {} : { created }),
    ...(modified === null ? {} : { modified }),
    note: text(object, 'note') ?? '',
  };
}
