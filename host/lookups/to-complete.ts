import type { IncompleteAnnotation } from '../../core/annotations/hits.ts';
import type { Input, Output } from '../../core/contract.ts';
import { completenessOf, problemsOn } from '../storage/completeness.ts';
import type { Project } from '../storage/project.ts';

// Limits of one answer, in milliseconds and annotations, and how much of an annotation's words is shown, in UTF-16 code units. A page continues where
// the answer ends, so that it can show progress and stop.
const longest = 150;
const most = 1000;
const shown = 120;

/**
 * The own annotations that have something left to complete, by listed article from the one after `after` on (null: from the first). An answer ends
 * after a whole article; `next` is the last one it covers, or null if there are no more.
 * @throws AppError `corrupt`, `newer-version` for work that cannot be read
 */
export async function listToComplete(project: Project, { after }: Input<'listToComplete'>): Promise<Output<'listToComplete'>> {
  const rest = project.articles().filter(({ id }) => after === null || id > after);
  const ground = await completenessOf(project);
  const begin = Date.now();
  const articles: Output<'listToComplete'>['articles'] = [];
  let count = 0;
  for (const [index, { id }] of rest.entries()) {
    const problems = await problemsOn(project, id, ground);
    const { annotations } = await project.set(id);
    const incomplete = [...problems].flatMap(([annotation, list]): IncompleteAnnotation[] => {
      const found = annotations.get(annotation);
      if (!found) return [];
      const text = found.spans.map((span) => span.text).join(' … ');
      return [{ annotation, layer: found.layer, text: text.slice(0, shown).toWellFormed(), problems: [...list] }];
    });
    if (incomplete.length > 0) articles.push({ article: id, incomplete });
    count += incomplete.length;
    const isFull = count >= most || Date.now() - begin > longest;
    if (isFull && index + 1 < rest.length) return { articles, next: id, searched: index + 1 };
  }
  return { articles, next: null, searched: rest.length };
}
