import type { Input, Output } from '../../core/contract.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { experienceOf, isEmptyExperience } from '../../core/suggestions/learning.ts';
import type { Project } from '../storage/project.ts';

// A page asks again where an answer ends, so that it can show progress and stop. Milliseconds.
const longest = 100;

/**
 * What the own work on each listed article that has any tells the suggester, from the article after `after` on (null: from the first).
 * An answer ends after whole articles; `next` is the last of them, and null when there is no more.
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
