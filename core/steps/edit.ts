import { dequal } from 'dequal';
import { z } from 'zod';
import { Annotation, type AnnotationSet, Completion, Decision, emptySet, Id, Mention, Relation } from '../model/annotation.ts';
import { ArticleRecord } from '../model/article-record.ts';
import { EntityRecord } from '../model/entity.ts';

const inArticle = <K extends string, R extends z.ZodType>(record: K, value: R) =>
  z.strictObject({ record: z.literal(record), article: Id, id: Id, before: value.nullable(), after: value.nullable() });
const acrossArticles = <K extends string, R extends z.ZodType>(record: K, value: R) =>
  z.strictObject({ record: z.literal(record), id: Id, before: value.nullable(), after: value.nullable() });

/** Which version of the codebook was in force, and the lead who made the change. The codebook itself is in codebook.json. */
export const CodebookMark = z.strictObject({ annotator: Id, version: z.int().min(1) });
export type CodebookMark = z.infer<typeof CodebookMark>;

/**
 * The change of one record from `before` to `after`; null means that the record does not exist. Swapping the two gives the inverse. An edit
 * applies only if the record still equals `before`, so it never overwrites a change that it does not know. The edit of a codebook changes no
 * record; it only notes in the history that the codebook was changed, which is done by a call of its own.
 */
export const Edit = z.discriminatedUnion('record', [
  inArticle('annotation', Annotation),
  inArticle('mention', Mention),
  inArticle('relation', Relation),
  inArticle('decision', Decision),
  inArticle('completion', Completion),
  acrossArticles('entity', EntityRecord),
  acrossArticles('link', Relation),
  acrossArticles('article', ArticleRecord),
  acrossArticles('codebook', CodebookMark),
]);
export type Edit = z.infer<typeof Edit>;

/**
 * One undo step: what the user did in one go. `undoes` and `redoes` name the gesture that this one undoes or redoes. `command` is the id of the
 * command (core/commands.ts), `title` is shown in the history.
 */
export const Gesture = z.strictObject({
  id: Id,
  annotator: Id,
  time: z.string(),
  command: z.string(),
  title: z.string(),
  edits: z.array(Edit).min(1),
  undoes: Id.nullable(),
  redoes: Id.nullable(),
});
export type Gesture = z.infer<typeof Gesture>;

/** Fills in, in place, what older programs left out of `gesture`: the same result as parsing with the schema, in a fraction of the time. */
export function fillInGesture(gesture: z.input<typeof Gesture>): Gesture {
  for (const edit of gesture.edits) {
    if (edit.record !== 'entity') continue;
    for (const record of [edit.before, edit.after]) if (record) record.moved ??= {};
  }
  return gesture as Gesture;
}

/**
 * Everything one annotator has written, as far as it is loaded: sets by article, registry entries, links across articles, changes to articles.
 * Immutable.
 */
export interface Work {
  readonly sets: ReadonlyMap<string, AnnotationSet>;
  readonly entities: ReadonlyMap<string, EntityRecord>;
  readonly links: ReadonlyMap<string, Relation>;
  readonly articles: ReadonlyMap<string, ArticleRecord>;
}

export const emptyWork: Work = { sets: new Map(), entities: new Map(), links: new Map(), articles: new Map() };

/** The edit of one annotation from `before` to `after`; null if it does not exist. @throws RangeError if both are null */
export function annotationEdit(before: Annotation | null, after: Annotation | null): Edit {
  const { id, article } = oneOf(before, after);
  return { record: 'annotation', article, id, before, after };
}

/** The edit of one mention, like `annotationEdit`. */
export function mentionEdit(before: Mention | null, after: Mention | null): Edit {
  const { id, article } = oneOf(before, after);
  return { record: 'mention', article, id, before, after };
}

/** The edit of one relation, like `annotationEdit`. A relation within an article belongs to the article's set; one across articles is a link. */
export function relationEdit(before: Relation | null, after: Relation | null): Edit {
  const { id, from, to } = oneOf(before, after);
  if (from.article === to.article) return { record: 'relation', article: from.article, id, before, after };
  return { record: 'link', id, before, after };
}

function oneOf<R>(before: R | null, after: R | null): R {
  const one = after ?? before;
  if (one === null) throw new RangeError('an edit needs a record before or after it');
  return one;
}

/** Thrown when an edit meets a record other than its `before`. `edit` is the one that did not fit. */
export class GroundChanged extends Error {
  readonly edit: Edit;
  constructor(edit: Edit) {
    super(`the ${edit.record} ${edit.id} is no longer what this step changed`);
    this.name = 'GroundChanged';
    this.edit = edit;
  }
}

/** `work` after all of `edits`, or none if one does not fit. A set that `work` does not contain counts as empty. @throws GroundChanged */
export function applyEdits(work: Work, edits: readonly Edit[]): Work {
  const drafts = new Map<string, Draft>();
  const entities = lazyCopy(work.entities);
  const links = lazyCopy(work.links);
  const articles = lazyCopy(work.articles);
  const draftOf = (article: string): Draft => {
    let draft = drafts.get(article);
    if (!draft) {
      draft = draftFrom(work.sets.get(article) ?? emptySet(article));
      drafts.set(article, draft);
    }
    return draft;
  };
  for (const edit of edits) {
    switch (edit.record) {
      case 'annotation':
        put(draftOf(edit.article).annotations, edit, edit.before, edit.after);
        break;
      case 'mention':
        put(draftOf(edit.article).mentions, edit, edit.before, edit.after);
        break;
      case 'relation':
        put(draftOf(edit.article).relations, edit, edit.before, edit.after);
        break;
      case 'decision':
        put(draftOf(edit.article).decisions, edit, edit.before, edit.after);
        break;
      case 'completion': {
        const draft = draftOf(edit.article);
        if (!dequal(draft.completion, edit.before)) throw new GroundChanged(edit);
        draft.completion = edit.after;
        break;
      }
      case 'entity':
        put(entities, edit, edit.before, edit.after);
        break;
      case 'link':
        put(links, edit, edit.before, edit.after);
        break;
      case 'article':
        put(articles, edit, edit.before, edit.after);
        break;
      case 'codebook':
        break;
    }
  }
  const written = [...drafts].map(([article, draft]) => [article, setFrom(article, draft)] as const);
  const sets = written.length > 0 ? new Map([...work.sets, ...written]) : work.sets;
  return { sets, entities: entities.now, links: links.now, articles: articles.now };
}

/** The edits that undo `edits`, in the order in which to apply them. */
export function inverse(edits: readonly Edit[]): Edit[] {
  return edits.map((edit) => ({ ...edit, before: edit.after, after: edit.before }) as Edit).reverse();
}

/** Whether `edits` note a change of the codebook. Such a step is made, undone and redone by a separate call. */
export function changesCodebook(edits: readonly Edit[]): boolean {
  return edits.some(({ record }) => record === 'codebook');
}

/** The articles whose sets `edits` change. */
export function articlesOf(edits: readonly Edit[]): string[] {
  return [...new Set(edits.flatMap((edit) => ('article' in edit ? [edit.article] : [])))];
}

// A map that is copied on its first change, so that unchanged collections stay shared.
interface Lazy<R> {
  now: ReadonlyMap<string, R>;
  writable: Map<string, R> | null;
}

interface Draft {
  annotations: Lazy<Annotation>;
  mentions: Lazy<Mention>;
  relations: Lazy<Relation>;
  decisions: Lazy<Decision>;
  completion: Completion | null;
}

const lazyCopy = <R>(now: ReadonlyMap<string, R>): Lazy<R> => ({ now, writable: null });

function draftFrom(set: AnnotationSet): Draft {
  return {
    annotations: lazyCopy(set.annotations),
    mentions: lazyCopy(set.mentions),
    relations: lazyCopy(set.relations),
    decisions: lazyCopy(set.decisions),
    completion: set.completion,
  };
}

function setFrom(article: string, draft: Draft): AnnotationSet {
  return {
    article,
    annotations: draft.annotations.now,
    mentions: draft.mentions.now,
    relations: draft.relations.now,
    decisions: draft.decisions.now,
    completion: draft.completion,
  };
}

function put<R>(lazy: Lazy<R>, edit: Edit, before: R | null, after: R | null): void {
  if (!dequal(lazy.now.get(edit.id) ?? null, before)) throw new GroundChanged(edit);
  if (!lazy.writable) {
    lazy.writable = new Map(lazy.now);
    lazy.now = lazy.writable;
  }
  if (after === null) lazy.writable.delete(edit.id);
  else lazy.writable.set(edit.id, after);
}
