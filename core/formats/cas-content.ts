import type { Annotator } from '../model/annotator.ts';
import { isRelation, isTaken, membersOf, textOf } from './cas-features.ts';
import { foreignAnnotation, foreignRelation } from './cas-foreign-types.ts';
import type { CasGraph, GraphObject } from './cas-graph.ts';
import { annotatorOf, entityIn, ownAnnotation, ownRelation } from './cas-own-types.ts';
import { RecordIds } from './cas-record-ids.ts';
import { metadataType, own, uima } from './cas-types.ts';
import type { DatasetEntity } from './document.ts';
import type { ForeignDocument } from './foreign.ts';

/** What one CAS contains, as dataset records: one person's work on one article. */
export interface CasContent {
  readonly document: ForeignDocument;
  /** Whose work it is, if Pressmark wrote the file. */
  readonly annotator: Annotator | null;
  /** The entities it is linked to, as far as the file describes them. */
  readonly entities: readonly DatasetEntity[];
}

/**
 * Turns a CAS into dataset records. Types that Pressmark wrote become what they were made from. Objects of other types in the text become
 * annotations: the full type name is the layer, plain features are attributes, references are roles. Objects with a Governor and a Dependent
 * become relations. Tokens, sentences and what belongs to them are left out. Annotations that cover no text have no spans. `annotator` is used for
 * files that do not name one. With `isCopy` it is used for every file: someone continued from work that another file contains too, so new ids are
 * made.
 * @throws CasFault for references to nothing, and for values that Pressmark cannot have written
 */
export function contentOf(graph: CasGraph, annotator: string | null, isCopy = false): CasContent {
  const members = membersOf(graph);
  const article = articleIn(members);
  const writer = article && !isCopy ? annotatorOf(article) : null;
  const who = article && !isCopy ? (writer?.id ?? null) : annotator;
  const ids = new RecordIds(graph, isCopy);
  const completed = article ? textOf(article, 'completed') : null;
  const document: ForeignDocument = {
    ...(article ? ownFacts(graph.path, article) : foreignFacts(graph.path, members)),
    ...{ file: graph.path, line: null, text: graph.text, unit: 'utf16_code_unit' },
    annotations: members.flatMap((object) => {
      if (!isTaken(object) || isRelation(object)) return [];
      if (!isOwn(object)) return [foreignAnnotation(graph, ids, who, object)];
      return ownAnnotation(graph, ids, who, object) ?? [];
    }),
    relations: members.flatMap((object) => {
      if (!isRelation(object)) return [];
      return (object.type.startsWith(own.relation) ? ownRelation : foreignRelation)(graph, ids, who, object) ?? [];
    }),
    completions: completed !== null && who !== null ? [{ annotator: who, marked: completed }] : [],
  };
  return { document, annotator: writer, entities: members.flatMap((object) => entityIn(object) ?? []) };
}

/** Identifies the annotator and article whose work Pressmark wrote to this file. Null for a file of another program, or an article without work. */
export function ownerOf(graph: CasGraph): string | null {
  const article = articleIn(membersOf(graph));
  const annotator = article ? textOf(article, 'annotator') : null;
  return article && annotator !== null ? JSON.stringify([textOf(article, 'doc_id'), annotator]) : null;
}

const articleIn = (members: readonly GraphObject[]) => members.find(({ type }) => type === own.article);
const isOwn = ({ type }: GraphObject) => type.startsWith('pressmark.');

type Facts = Pick<ForeignDocument, 'doc_id' | 'text_sha256' | 'language' | 'title' | 'url' | 'source' | 'published' | 'headings' | 'name'>;

function ownFacts(path: string, article: GraphObject): Facts {
  const fact = (name: string) => textOf(article, name);
  return {
    ...{ doc_id: fact('doc_id'), text_sha256: fact('text_sha256'), language: fact('language'), title: fact('title'), url: fact('url') },
    ...{ source: fact('source'), published: fact('published'), headings: headingsOf(article) },
    name: fact('original_name') ?? stemOf(path),
  };
}

function foreignFacts(path: string, members: readonly GraphObject[]): Facts {
  const metadata = members.find(({ type }) => type === metadataType || type === uima.documentAnnotation);
  const fact = (name: string) => (metadata ? textOf(metadata, name) : null);
  const [title, language] = [fact('documentTitle'), fact('language')];
  return {
    ...{ doc_id: null, text_sha256: null, title, url: fact('documentUri'), source: null, published: null },
    language: language === 'x-unspecified' ? null : language,
    name: title ?? stemOf(path),
  };
}

function headingsOf(article: GraphObject): number[] {
  const value = article.features.get('headings');
  if (value?.kind !== 'strings') return [];
  return value.value.map(Number).filter((line) => Number.isSafeInteger(line) && line >= 0);
}

const stemOf = (path: string) => path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
