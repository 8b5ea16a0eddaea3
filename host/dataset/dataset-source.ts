import { createHash } from 'node:crypto';
import type { DatasetSource } from '../../core/formats/format.ts';
import type { Hash } from '../../core/formats/ledger.ts';
import type { Relation } from '../../core/model/annotation.ts';
import { recordsByArticle, successorOf } from '../../core/model/article-record.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import type { Project } from '../storage/project.ts';
import { sha256 } from '../storage/strict-json.ts';
import { version } from '../version.ts';
import type { SplitProject } from './splits.ts';

/** The parts of a project that a dataset is made from. */
export type DatasetProject = Pick<
  Project,
  'info' | 'codebook' | 'annotators' | 'articles' | 'eachArticle' | 'setsOf' | 'entities' | 'links' | 'articleRecords' | 'changed'
> &
  SplitProject;

/**
 * `project` as a dataset source, with everybody's work as it is on disk now. Articles are read one at a time; `onArticle` is called before each with
 * its number, from 1, and the total. @throws AppError `corrupt`, also while the articles are read
 */
export async function datasetSource(
  project: DatasetProject,
  onArticle: (number: number, total: number) => void = () => {},
): Promise<DatasetSource> {
  const { info, codebook, annotators } = project;
  // Reading everybody's entities and links also updates which articles are listed, so this comes first.
  const registry = resolveRegistry(await project.entities());
  const links = await currentLinks(project);
  const listed = project.articles();
  const isListed = new Set(listed.map(({ id }) => id));
  return {
    project: { id: info.id, name: info.name, ...(info.licence === undefined ? {} : { licence: info.licence }) },
    codebook: codebook.codebook,
    codebookVersion: codebook.version,
    annotators,
    registry,
    // A link to a removed article is left out together with the article; that is not a loss of the format.
    links: links.filter(({ from, to }) => isListed.has(from.article) && isListed.has(to.article)),
    changed: project.changed(),
    generator: { name: 'Pressmark', version, icu: process.versions.icu ?? 'none' },
    async *articles() {
      let number = 1;
      const next = () => number <= listed.length && onArticle(number++, listed.length);
      next();
      for await (const each of project.eachArticle(listed.map(({ id }) => id))) {
        yield each;
        next();
      }
    },
    selection: {},
    withText: true,
    splits: null,
    newHash,
    sha256,
  };
}

// Others' links to a superseded article lead to annotations that were carried over to the corrected version. Only their annotator could rewrite them.
async function currentLinks(project: DatasetProject): Promise<Relation[]> {
  const records = recordsByArticle(await project.articleRecords());
  const current = async (end: Relation['from']): Promise<Relation['from']> => {
    const article = successorOf(end.article, records);
    if (article === end.article) return end;
    const holds = (await project.setsOf(article)).some(({ set }) => set.annotations.has(end.annotation));
    return holds ? { ...end, article } : end;
  };
  const links: Relation[] = [];
  for (const link of await project.links()) links.push({ ...link, from: await current(link.from), to: await current(link.to) });
  return links;
}

// A buffer shared by all texts that are hashed, used for short ones. With a buffer for each, thousands would wait for garbage collection.
const room = Buffer.allocUnsafeSlow(64 * 1024);

function bytesOf(content: string | Uint8Array): Uint8Array {
  if (typeof content !== 'string') return content;
  // A UTF-16 code unit has at most three bytes in UTF-8.
  return content.length * 3 > room.length ? Buffer.from(content) : room.subarray(0, room.write(content));
}

function newHash(): Hash {
  const hash = createHash('sha256');
  let count = 0;
  return {
    update(content) {
      const bytes = bytesOf(content);
      hash.update(bytes);
      count += bytes.length;
      return bytes;
    },
    get bytes() {
      return count;
    },
    hex: () => hash.digest('hex'),
  };
}
