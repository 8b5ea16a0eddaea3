import type { OthersSet } from '../../core/contract/workspace.ts';
import type { Handlers } from '../../core/contract.ts';
import { setToRecord, statusOf } from '../../core/model/annotation.ts';
import type { Project } from '../storage/project.ts';
import type { Desk } from './desk.ts';

type Calls = Pick<Handlers, 'addAnnotator' | 'renameAnnotator' | 'switchAnnotator' | 'readOthers'>;

/** The calls about annotators. `mustWrite` throws if a page may not write. */
export function annotatorHandlers(desk: Desk, mustWrite: (page: string) => void): Calls {
  const { project } = desk;
  return {
    addAnnotator: async ({ page, name, role }) => {
      mustWrite(page);
      const annotator = await project.addAnnotator(name, role);
      desk.outside([], page);
      return annotator;
    },
    renameAnnotator: async ({ page, name }) => {
      mustWrite(page);
      const annotator = await project.renameAnnotator(name);
      desk.outside([], page);
      return annotator;
    },
    switchAnnotator: async ({ page, annotator }) => {
      mustWrite(page);
      await project.switchAnnotator(annotator);
      await desk.remember({ annotator: { ...desk.settings.current().annotator, [project.info.id]: annotator } });
      desk.outside(null, page);
      return {};
    },
    readOthers: async ({ article }) => ({
      annotator: project.annotator,
      annotators: [...project.annotators],
      articles: await project.summaries(),
      entities: await project.entities(),
      articleRecords: await project.articleRecords(),
      others: article === null ? [] : await othersOn(project, article),
    }),
  };
}

/** What the other annotators have written on an article, including links that end in it. Annotators who wrote nothing are left out. */
export async function othersOn(project: Project, article: string): Promise<OthersSet[]> {
  const links = (await project.links()).filter(({ from, to }) => from.article === article || to.article === article);
  const works = (await project.setsOf(article)).map(({ annotator, set }) => ({
    ...{ annotator, set, links: links.filter((link) => link.annotator === annotator) },
  }));
  const isEmpty = ({ set, links }: (typeof works)[0]) =>
    statusOf(set) === 'not_started' && set.mentions.size === 0 && set.relations.size === 0 && links.length === 0;
  return works
    .filter((work) => work.annotator !== project.annotator.id && !isEmpty(work))
    .map((work) => ({ ...work, set: setToRecord(work.set) }));
}
