import type { CodebookChange } from '../../core/codebook/codebook-change.ts';
import { countEffect, type EffectCount, effectOn, effectOnRelation } from '../../core/codebook/codebook-effects.ts';
import type { CodebookFile } from '../../core/codebook/codebook-file.ts';
import type { Output } from '../../core/contract.ts';
import type { Project } from '../storage/project.ts';
import { exampleWords } from './layer-examples.ts';

// The longest time for one answer, in milliseconds. A page continues where the answer ends, so that it can show progress and stop.
const longest = 150;
const mostExamples = 3;

/**
 * What `changes` would do to everybody's annotations, relations and links, article by article, beginning after the article `after` (null: with the
 * first). An answer ends after a whole article; `next` is the last one it covers, or null if there are no more. Changes nothing.
 * @throws AppError `bad-request`, `conflict` as the change itself would, `corrupt` for an article that cannot be read
 */
export async function previewCodebook(
  project: Project,
  version: number,
  changes: readonly CodebookChange[],
  after: string | null,
): Promise<Output<'previewCodebook'>> {
  const file = await project.codebookAfter({ version, gesture: 'preview', what: { kind: 'change', changes } });
  const counts = new Map<string, EffectCount>();
  const examples: Output<'previewCodebook'>['examples'] = [];
  const rest = project.importedArticles().filter(({ id }) => after === null || id > after);
  const begin = Date.now();
  const done = (next: string | null, searched: number) => ({
    title: titleOf(file),
    counts: [...counts.values()],
    examples,
    next,
    searched,
    of: project.importedArticles().length,
  });
  if (after === null) {
    for (const link of await project.links()) {
      countEffect(counts, { kind: 'relation', layer: link.type, annotator: link.annotator }, effectOnRelation(link, file));
    }
  }
  for (const [index, { id, title }] of rest.entries()) {
    for (const { annotator, set } of await project.setsOf(id)) {
      for (const annotation of set.annotations.values()) {
        const effect = effectOn(annotation, file);
        countEffect(counts, { kind: 'annotation', layer: annotation.layer, annotator }, effect);
        if (!effect || examples.length >= mostExamples) continue;
        const words = [...effect.words, ...effect.lacks];
        examples.push({ article: id, title, layer: annotation.layer, annotator, text: exampleWords(annotation), words });
      }
      for (const relation of set.relations.values()) {
        countEffect(counts, { kind: 'relation', layer: relation.type, annotator }, effectOnRelation(relation, file));
      }
    }
    if (Date.now() - begin > longest && index + 1 < rest.length) return done(id, index + 1);
  }
  return done(null, rest.length);
}

const titleOf = (file: CodebookFile) => file.versions.at(-1)?.origin?.title ?? '';
