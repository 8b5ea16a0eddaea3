import type { Output } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import type { Annotation } from '../../core/model/annotation.ts';
import { layerOf } from '../../core/model/codebook.ts';
import type { Project } from '../storage/project.ts';

type Example = Output<'layerExamples'>['examples'][number];

// Of each annotator, so that several articles give examples.
const mostInArticle = 2;
// In milliseconds. How long articles are read for those of whom there are too few examples, once there are enough in all.
const longest = 150;
// In UTF-16 code units.
const longestWords = 160;

/**
 * Words that annotations of `layer` cover, at most `most`, as examples for its guidelines: of the annotators in turn, and of each in several articles.
 * Words that several of them tagged are there once. @throws AppError `not-found`, `corrupt`
 */
export async function layerExamples(
  project: Pick<Project, 'codebook' | 'annotators' | 'articles' | 'setsOf'>,
  layer: string,
  most: number,
): Promise<Output<'layerExamples'>> {
  if (!layerOf(project.codebook.codebook, layer)) throw new AppError('not-found', `There is no layer ${layer}.`, 'Choose another layer.');
  const share = Math.ceil(most / project.annotators.length);
  const found = new Map(project.annotators.map(({ id }): [string, Example[]] => [id, []]));
  const known = new Set<string>();
  const begin = Date.now();
  for (const { id, title } of project.articles()) {
    for (const { annotator, set } of await project.setsOf(id)) {
      const theirs = found.get(annotator) ?? [];
      found.set(annotator, theirs);
      const before = theirs.length;
      for (const annotation of set.annotations.values()) {
        const text = exampleWords(annotation);
        if (annotation.layer !== layer || known.has(text)) continue;
        if (theirs.length - before >= mostInArticle || theirs.length >= most) break;
        known.add(text);
        theirs.push({ title, text });
      }
    }
    const lists = [...found.values()];
    const isEnough = lists.reduce((sum, list) => sum + list.length, 0) >= most;
    if (lists.every((list) => list.length >= share) || (isEnough && Date.now() - begin > longest)) break;
  }
  return { examples: inTurn([...found.values()]).slice(0, most) };
}

/** The words of an annotation, cut where they are long. */
export function exampleWords({ spans }: Annotation): string {
  const text = spans.map((span) => span.text).join(' … ');
  return text.length > longestWords ? `${text.slice(0, longestWords).toWellFormed()}…` : text;
}

function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const rounds = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: rounds }, (_, round) => lists.flatMap((list) => list.slice(round, round + 1))).flat();
}
