import { extname, join, relative, sep } from 'node:path';
import { z } from 'zod';
import { Id, idForm } from '../../core/model/annotation.ts';
import { Annotator } from '../../core/model/annotator.ts';
import { ArticleMeta } from '../../core/model/article.ts';

/** The name of the file that makes a folder a project. Opening it opens the project. */
export const projectFileName = 'project.pressmark';

/**
 * The file `project.pressmark`. `lead` is the annotator who writes the codebook; `created` is ISO 8601; `licence` is the name or address of the
 * licence of the project's datasets, absent if none is stated.
 */
export const ProjectRecord = z.strictObject({
  ...{ format: z.literal(1), id: Id, name: z.string().min(1), lead: Id, created: z.string() },
  licence: z.string().min(1).exactOptional(),
});
export type ProjectRecord = z.infer<typeof ProjectRecord>;

/** A file `annotators/<id>/annotator.json`. */
export const AnnotatorRecord = z.strictObject({ format: z.literal(1), ...Annotator.shape });
export type AnnotatorRecord = z.infer<typeof AnnotatorRecord>;

/** A file `articles/<id>/article.json`. Its checksum, which the oldest files lack, is that of `writeSealedRecord`. */
export const ArticleFile = z.strictObject({ format: z.literal(1), sha256: z.string().optional(), ...ArticleMeta.shape });
export type ArticleFile = z.infer<typeof ArticleFile>;

/** Where everything in a project is, as absolute paths. Ids are checked before they become paths. */
export interface Layout {
  readonly root: string;
  readonly project: string;
  readonly codebook: string;
  /** The published splits of the dataset; the file is missing if there are none. */
  readonly splits: string;
  readonly articles: string;
  readonly annotators: string;
  /** The folder of one article. @throws RangeError for an id that cannot name a folder, as do all methods below. */
  article(id: string): string;
  articleRecord(id: string): string;
  text(id: string): string;
  /** The imported bytes. The extension comes from `originalName`. */
  original(id: string, originalName: string): string;
  annotator(id: string): string;
  annotatorRecord(id: string): string;
  journal(annotator: string): string;
  /** The folder of an annotator's snapshots of sets. */
  sets(annotator: string): string;
  set(annotator: string, article: string): string;
  entities(annotator: string): string;
  links(annotator: string): string;
  /** The snapshot of what an annotator changed about articles. */
  changes(annotator: string): string;
  /** `path` relative to the project with `/`, as messages name it. */
  named(path: string): string;
}

/** The layout of the project in the folder `root`. */
export function layoutOf(root: string): Layout {
  // Concatenated instead of joined, because there are tens of thousands of them. An id is always a single name.
  const articles = join(root, 'articles');
  const inside = join(root, sep);
  const article = (id: string) => `${articles}${sep}${checked(id)}`;
  const annotator = (id: string) => join(root, 'annotators', checked(id));
  return {
    root,
    project: join(root, projectFileName),
    codebook: join(root, 'codebook.json'),
    splits: join(root, 'splits.json'),
    articles,
    annotators: join(root, 'annotators'),
    article,
    articleRecord: (id) => `${article(id)}${sep}article.json`,
    text: (id) => `${article(id)}${sep}text.txt`,
    original: (id, originalName) => join(article(id), `original${extensionOf(originalName)}`),
    annotator,
    annotatorRecord: (id) => join(annotator(id), 'annotator.json'),
    journal: (id) => join(annotator(id), 'journal.jsonl'),
    sets: (id) => join(annotator(id), 'articles'),
    set: (id, articleId) => join(annotator(id), 'articles', `${checked(articleId)}.json`),
    entities: (id) => join(annotator(id), 'entities.json'),
    links: (id) => join(annotator(id), 'links.json'),
    changes: (id) => join(annotator(id), 'articles.json'),
    named: (path) => (path.startsWith(inside) ? path.slice(inside.length) : relative(root, path)).split(sep).join('/'),
  };
}

/** Whether `id` can name a file or folder of a project. */
export function isId(id: string): boolean {
  return idForm.test(id);
}

function checked(id: string): string {
  if (!isId(id)) throw new RangeError(`not an id: ${JSON.stringify(id)}`);
  return id;
}

function extensionOf(originalName: string): string {
  const extension = extname(originalName).toLowerCase();
  return /^\.[a-z0-9]{1,8}$/.test(extension) ? extension : '.bin';
}
