import { dequal } from 'dequal';
import { mayJoin } from '../annotations/relations.ts';
import { listArticle } from '../articles/article-changes.ts';
import type { ImportProblem } from '../import/draft.ts';
import { emptySet, type Relation } from '../model/annotation.ts';
import { normalise } from '../model/article.ts';
import type { ArticleRecord, ResolvedArticle } from '../model/article-record.ts';
import type { Codebook } from '../model/codebook.ts';
import { type Edit, relationEdit } from '../steps/edit.ts';
import type { RelationCore } from './document.ts';
import type { Foreign, ForeignDocument, OffsetUnit } from './foreign.ts';
import { type EntityGround, ImportedEntities } from './import-entities.ts';
import { type IdGround, ImportIds } from './import-ids.ts';
import { DocumentImport } from './import-records.ts';
import { type Ends, type ImportScene, importOrigin, type OwnedSets, timesOf, wantedId } from './import-scene.ts';
import { SharedWork } from './import-shared.ts';
import type { Loss } from './ledger.ts';
import { findOffsets, isTurned, type Mismatch, mismatchInWords, type Offsets, unitTitles } from './offset-unit.ts';
import { type NewArticle, type Placed, placeOf } from './placing.ts';

/** The target of an import: the project as seen by the annotator who imports, and who becomes the author of everything. */
export interface ImportGround extends EntityGround, IdGround {
  readonly codebook: Codebook;
  readonly codebookVersion: number;
  /** The annotator's own records about articles, by article. */
  readonly articleRecords: ReadonlyMap<string, ArticleRecord>;
  /** Every article that was ever imported. */
  readonly articles: readonly ResolvedArticle[];
  /** The text of an article to which a document was matched. */
  readonly textOf: (article: string) => string;
  /** Everybody's sets on such an article. */
  readonly setsOf: (article: string) => OwnedSets;
  /** Everybody's links across articles. */
  readonly links: readonly Relation[];
  /** Whose records in the file become the annotator's. Absent if everybody's do. */
  readonly isTheirs?: (annotator: string | null) => boolean;
}

/** How many records of one kind are new, and how many the project already has. */
export interface ImportCount {
  readonly fresh: number;
  readonly known: number;
}

/** What an import would do. First the articles are added, then the edits are made as one step. */
export interface ImportPlan {
  readonly articles: readonly NewArticle[];
  readonly edits: readonly Edit[];
  readonly documents: ImportCount;
  /** By layer of the codebook, including `mention`. */
  readonly layers: Readonly<Record<string, ImportCount>>;
  /** Counts of relations, links across articles, entities, rejected suggestions, and marks on articles that are done. */
  readonly others: Readonly<Record<'relations' | 'links' | 'entities' | 'rejections' | 'completions', ImportCount>>;
  readonly losses: readonly Loss[];
  readonly problems: readonly ImportProblem[];
  readonly remarks: readonly string[];
  /** What to tell the user if several people's work becomes the annotator's own; null if they have nothing in common. */
  readonly shared: string | null;
}

/**
 * Plans how to add `foreign` to the project as work of the annotator in `ground`. `foreign` must already be mapped to the codebook, and `placed`
 * has its documents with their articles. If anything in a file does not fit, the file gives only a problem. Ids in the file are kept if they are
 * free, and what the project already has is not changed. `format` is named in the origin of the annotations.
 */
export function planImport(placed: readonly Placed[], foreign: Foreign, format: string, ground: ImportGround): ImportPlan {
  return new Planning(foreign, format, ground).plan(placed);
}

class Planning {
  readonly #foreign: Foreign;
  readonly #format: string;
  readonly #ground: ImportGround;
  readonly #losses = new Map<string, number>();
  readonly #counts = new Map<string, { fresh: number; known: number }>();
  readonly #problems: ImportProblem[];
  readonly #remarks = new Set<string>();
  readonly #ids: ImportIds;
  readonly #entities: ImportedEntities;
  readonly #shared: SharedWork;
  // What annotations of the file have become, by document and id. Links need this.
  readonly #ends = new Map<string, Ends>();
  readonly #done = new Set<string>();
  readonly #isTheirs: (annotator: string | null) => boolean;

  constructor(foreign: Foreign, format: string, ground: ImportGround) {
    this.#foreign = foreign;
    this.#format = format;
    this.#ground = ground;
    this.#problems = [...foreign.problems];
    this.#isTheirs = ground.isTheirs ?? (() => true);
    this.#ids = new ImportIds(ground);
    this.#shared = new SharedWork(foreign.annotators);
    this.#entities = new ImportedEntities(foreign.entities, this.#ids, ground);
  }

  plan(placed: readonly Placed[]): ImportPlan {
    const sound = this.#sound(placed);
    const articles = new Map(sound.flatMap(({ added }) => (added ? [[added.id, added] as const] : [])));
    const edits: Edit[] = this.#listed(sound);
    const inArticles: Edit[] = [];
    const drafts = new Map<string, DocumentImport>();
    for (const { document, article, offsets } of sound) {
      let draft = drafts.get(article);
      if (!draft) {
        const others = articles.has(article) ? [] : this.#ground.setsOf(article);
        draft = new DocumentImport(article, others, this.#scene());
        drafts.set(article, draft);
      }
      const { edits: made, ends } = draft.add(document, offsets);
      this.#ends.set(document.doc_id ?? '', ends);
      inArticles.push(...made, ...this.#relations(document, ends), ...this.#completion(document, article));
    }
    const links = this.#links(sound);
    const count = (name: string) => this.#counts.get(name) ?? { fresh: 0, known: 0 };
    const layerNames = [...this.#counts.keys()].filter((name) => name.startsWith('layer ')).sort();
    const isConcerned = ({ annotations, relations, completions }: ForeignDocument) =>
      !this.#ground.isTheirs || [...annotations, ...relations, ...completions].some(({ annotator }) => this.#isTheirs(annotator));
    const known = new Set(sound.flatMap(({ document, article, added }) => (added || !isConcerned(document) ? [] : [article])));
    // If every document was refused, their entities would be only half of a dataset, whichever file they are in.
    const isRefused = sound.length === 0 && (this.#foreign.documents.length > 0 || this.#problems.length > 0);
    const all = [...edits, ...(isRefused ? [] : this.#entities.edits()), ...inArticles, ...links];
    return {
      articles: [...articles.values()],
      edits: all,
      documents: { fresh: articles.size, known: known.size },
      layers: Object.fromEntries(layerNames.map((name) => [name.slice('layer '.length), count(name)])),
      others: {
        relations: count('relations'),
        links: count('links'),
        entities: isRefused ? { fresh: 0, known: 0 } : this.#entities.counts,
        rejections: count('rejections'),
        completions: count('completions'),
      },
      losses: [...this.#losses].map(([kind, number]) => ({ kind, count: number })).sort((a, b) => (a.kind < b.kind ? -1 : 1)),
      problems: this.#problems,
      remarks: [...this.#remarks],
      shared: all.length > 0 ? this.#shared.inWords() : null,
    };
  }

  // The documents of files in which everything fits, with their offsets.
  #sound(placed: readonly Placed[]): (Placed & { offsets: Offsets })[] {
    const read = placed.map((one) => {
      const { document, added, article } = one;
      const text = document.text ?? added?.raw ?? this.#ground.textOf(article);
      return { ...one, text, offsets: findOffsets(text, document) };
    });
    for (const one of read) {
      if (!('toText' in one.offsets) && one.offsets.isDoubt) one.offsets = this.#asOthersShow(one, read) ?? one.offsets;
    }
    for (const { document, offsets } of read) {
      if ('toText' in offsets) this.#remark(document, offsets);
      else {
        const name = document.title ?? document.name;
        const message = `${document.file} was not imported: in “${name}” ${mismatchInWords(offsets)}.`;
        const next = offsets.isDoubt
          ? 'Export it again with the words that each annotation covers.'
          : 'Export it again with the text that it was annotated on, unchanged.';
        this.#problems.push({ ...placeOf(document), line: offsets.line ?? document.line, code: 'offsets', message, next });
      }
    }
    this.#remarkOtherTexts(placed);
    const unsound = new Set(this.#problems.map(({ file }) => file));
    return read.flatMap(({ offsets, ...one }) => ('toText' in offsets && !unsound.has(one.document.file) ? [{ ...one, offsets }] : []));
  }

  #remark({ file, unit: declared }: ForeignDocument, { unit, others }: Offsets): void {
    const expected: OffsetUnit = declared ?? 'unicode_code_point';
    if (unit !== expected) this.#remarks.add(`${file}: its offsets count ${unitTitles[unit]}, as its covered texts show.`);
    if (declared === null && others[0])
      this.#remarks.add(`${file}: its offsets were taken as ${unitTitles[unit]}; they would fit ${unitTitles[others[0]]} too.`);
  }

  // The offsets of a document in the unit that the covered texts of the file's other documents show; null if they show none or several.
  #asOthersShow(
    { document, text }: Pick<Placed, 'document'> & { readonly text: string },
    all: readonly (Pick<Placed, 'document'> & { readonly offsets: Offsets | Mismatch })[],
  ): Offsets | null {
    const others = all.filter((one) => one.document.file === document.file);
    const shown = new Set(others.flatMap(({ offsets }) => ('toText' in offsets && offsets.isShown ? [offsets.unit] : [])));
    const [unit, second] = shown;
    if (unit === undefined || second !== undefined || isTurned(unit)) return null;
    const offsets = findOffsets(text, { ...document, unit });
    if (!('toText' in offsets)) return null;
    const which = `“${document.title ?? document.name}”`;
    this.#remarks.add(`${document.file}: the offsets of ${which} were taken as ${unitTitles[unit]}, as the other texts of the file show.`);
    return offsets;
  }

  // The offsets fit the text (otherwise the file would be refused), but it is not the text from which the dataset was made.
  #remarkOtherTexts(placed: readonly Placed[]): void {
    const { sha256 } = this.#ground;
    const others = placed.filter(({ document: { text, text_sha256: told } }) => {
      if (!text || told === null) return false;
      return ![text, normalise(text).text].some((one) => sha256(one) === told.toLowerCase());
    });
    for (const [file, [first, ...more]] of Map.groupBy(others, ({ document }) => document.file)) {
      const { line, title, name } = (first as Placed).document;
      const place = line === null ? file : `${file}, line ${line}`;
      const which = `of “${title ?? name}”${more.length > 0 ? ` and of ${more.length} more` : ''}`;
      this.#remarks.add(`${place}: the text ${which} is not the one that its text_sha256 was made of; it is taken as it stands.`);
    }
  }

  // Lists articles that are new or were removed from the list, in the same step.
  #listed(placed: readonly Placed[]): Edit[] {
    const { articles, articleRecords, annotator, now } = this.#ground;
    const scene = { work: { articles: articleRecords }, annotator, now };
    return [...new Set(placed.map(({ article }) => article))].flatMap((id) => {
      const known = articles.find(({ meta }) => meta.id === id);
      const edit = listArticle(scene, known ?? { meta: { id }, listed: false, supersededBy: null });
      return edit ? [edit] : [];
    });
  }

  #scene(): ImportScene {
    return {
      ...{
        ground: this.#ground,
        ids: this.#ids,
        entities: this.#entities,
        format: this.#format,
        annotators: this.#foreign.annotators,
        shared: this.#shared,
        isTheirs: this.#isTheirs,
      },
      lose: (kind: string) => this.#lose(kind),
      count: (name: string, isKnown: boolean) => this.#count(name, isKnown),
    };
  }

  #relations(document: ForeignDocument, ends: Ends): Edit[] {
    const theirs = document.relations.filter(({ annotator }) => this.#isTheirs(annotator));
    return theirs.flatMap((relation): Edit[] => {
      const made = this.#relation(relation, document, ends.get(relation.from), ends.get(relation.to));
      return made ? [relationEdit(null, made)] : [];
    });
  }

  #links(placed: readonly Placed[]): Edit[] {
    const documents = new Map(placed.map(({ document }) => [document.doc_id, document]));
    const theirs = this.#foreign.links.filter(({ annotator }) => this.#isTheirs(annotator));
    return theirs.flatMap((link): Edit[] => {
      const end = ({ doc_id, annotation }: typeof link.from) => this.#ends.get(doc_id)?.get(annotation);
      const [from, to] = [end(link.from), end(link.to)];
      const made = this.#relation(link, documents.get(link.from.doc_id) ?? null, from, to);
      return made ? [relationEdit(null, made)] : [];
    });
  }

  #relation(
    given: Omit<Partial<RelationCore>, 'annotator'> &
      Pick<RelationCore, 'id' | 'type' | 'attributes'> & { readonly annotator: string | null },
    document: ForeignDocument | null,
    one: ReturnType<Ends['get']>,
    other: ReturnType<Ends['get']>,
  ): Relation | null {
    const { codebook, annotator, codebookVersion, now } = this.#ground;
    const type = codebook.relations.find(({ id }) => id === given.type);
    if (!type) return this.#lose(`relations of type “${given.type}” (left out)`);
    if (!one || !other || one.layer === null || other.layer === null) return this.#lose('relations with an end that is not imported');
    if (!mayJoin(type, one.layer, other.layer)) return this.#lose(`relations ${type.id} between layers that it does not join`);
    if (one.id === other.id) return this.#lose('relations of an annotation to itself');
    if (type.scope === 'article' && one.article !== other.article)
      return this.#lose(`relations ${type.id} across articles, which stay within one`);
    const [from, to] = type.symmetric && one.id > other.id ? [other, one] : [one, other];
    const ends = { from: { article: from.article, annotation: from.id }, to: { article: to.article, annotation: to.id } };
    const isSame = (relation: Relation | undefined) =>
      relation?.type === type.id && dequal(relation.from, ends.from) && dequal(relation.to, ends.to);
    const wanted = document ? wantedId(document, given.id) : given.id;
    const content = ['relation', type.id, ends, given.attributes, given.note ?? '', given.annotator];
    const { id, isKnown } = this.#ids.choose(wanted, content, (taken) => isSame(this.#relationNamed(from.article, taken)));
    this.#count(from.article === to.article ? 'relations' : 'links', isKnown);
    if (isKnown) return null;
    return {
      ...{ id, type: type.id, annotator, ...ends, attributes: { ...given.attributes }, note: given.note ?? '' },
      ...(given.override ? { override: given.override } : {}),
      ...{ origin: importOrigin(this.#scene(), document, given.annotator), codebook: codebookVersion, ...timesOf(given, now) },
    };
  }

  #relationNamed(article: string, id: string): Relation | undefined {
    const inSets = this.#ground.setsOf(article).map(({ set }) => set.relations.get(id));
    return inSets.find((relation) => relation !== undefined) ?? this.#ground.links.find((link) => link.id === id);
  }

  // An article is done if everyone who annotated it in the file says so.
  #completion(document: ForeignDocument, article: string): Edit[] {
    const completions = document.completions.filter(({ annotator }) => this.#isTheirs(annotator));
    const [first] = completions;
    if (!first) return [];
    const who = new Set(document.annotations.map(({ annotator }) => annotator).filter(this.#isTheirs));
    if ([...who].some((annotator) => annotator !== null && !completions.some((one) => one.annotator === annotator))) {
      this.#lose('articles that only some of those who annotated them marked as done');
      return [];
    }
    const { annotator, now } = this.#ground;
    const set = this.#ground.setsOf(article).find((one) => one.annotator === annotator)?.set ?? emptySet(article);
    const isKnown = set.completion !== null || this.#done.has(article);
    this.#done.add(article);
    this.#count('completions', isKnown);
    if (isKnown) return [];
    const { created: marked } = timesOf({ created: first.marked }, now);
    return [{ record: 'completion', article, id: article, before: null, after: { article, annotator, done: true, marked } }];
  }

  #lose(kind: string): null {
    this.#losses.set(kind, (this.#losses.get(kind) ?? 0) + 1);
    return null;
  }

  #count(name: string, isKnown: boolean): void {
    const counts = this.#counts.get(name) ?? { fresh: 0, known: 0 };
    this.#counts.set(name, counts);
    if (isKnown) counts.known++;
    else counts.fresh++;
  }
}
