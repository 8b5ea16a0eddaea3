import type { Input, Output } from '../../core/contract.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { experienceOf, isEmptyExperience } from '../../core/suggestions/learning.ts';
import type { Project } from '../storage/project.ts';

// The longest time for one answer, in milliseconds. A page continues where the answer ends, so that it can show progress and stop.
const longest = 100;

/**
 * What the suggester can learn from the own work on each listed article that has any, from the article after `after` on (null: from the first). An
 * answer ends after a whole article; `next` is the last one it covers, or null if there are no more.
 * @throws AppError `corrupt`, `newer-version` for work that cannot be read
 */
export async function listExperience(project: Project, { after, since }: Input<'listExperience'>): Promise<Output<'listExperience'>> {
  const rest = project.articles().filter(({ id }) => after === null || id > after);
  const registry = resolveRegistry(await project.entities());
  const begin = Date.now();
  const articles: Output<'listExperience'>['articles'] = [];
  for (const [index, { id }] of rest.entries()) {
    const experience = experienceOf(await project.set(id), registry, since);
    if (!isEmptyExperience(experience)) articles.push({ article: id, experience });
    if (Date.now() - begin > longest && index + 1 < rest.length) return { articles, next: id, searched: index + 1 };
  }
  return { articles, next: null, searched: rest.length };
}
