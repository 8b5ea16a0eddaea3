import type { Output } from '../../core/contract.ts';
import { countsByLayer } from '../../core/model/annotation.ts';
import type { Project } from '../storage/project.ts';

/** What everybody has written on an article, which would leave the dataset together with it. @throws AppError `not-found`, `corrupt` */
export async function articleHoldings(
  project: Pick<Project, 'setsOf' | 'links' | 'annotators'>,
  article: string,
): Promise<Output<'articleHoldings'>> {
  const annotators: Output<'articleHoldings'>['annotators'] = [];
  for (const { annotator, set } of await project.setsOf(article)) {
    const name = project.annotators.find(({ id }) => id === annotator)?.name ?? annotator;
    if (set.annotations.size > 0) annotators.push({ name, counts: countsByLayer(set) });
  }
  const links = await project.links();
  return { annotators, links: links.filter(({ from, to }) => from.article === article || to.article === article).length };
}
