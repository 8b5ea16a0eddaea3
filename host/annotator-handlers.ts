import { setToRecord, statusOf } from '../core/annotation.ts';
import type { Handlers, OthersSet } from '../core/contract.ts';
import type { Desk } from './desk.ts';
import type { Project } from './storage/project.ts';

type Calls = Pick<Handlers, 'addAnnotator' | 'renameAnnotator' | 'switchAnnotator' | 'readOthers'>;

/** The calls about who annotates. `mustWrite` throws where a page may not write. */
export function annotatorHandlers(desk: Desk, mustWrite: (page: string) => void): Calls {
  const { project } = desk;
  return {
    addAnnotator: async ({ page, name }) => {
      mustWrite(page);
      const annotator = await project.addAnnotator(name);
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

/** What the other annotators have written on an article, those who wrote nothing left out. */
export async function othersOn(project: Project, article: string): Promise<OthersSet[]> {
  const sets = await project.setsOf(article);
  return sets
    .filter(({ annotator, set }) => annotator !== project.annotator.id && (statusOf(set) !== 'not_started' || set.mentions.size > 0))
    .map(({ annotator, set }) => ({ annotator, set: setToRecord(set) }));
}
