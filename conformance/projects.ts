import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CaseInput } from '../core/formats/testing/case.ts';
import { someProject, type WholeProject } from '../core/formats/testing/whole-project.ts';
import { setFromRecord } from '../core/model/annotation.ts';
import { defaultCodebook } from '../core/model/default-codebook.ts';
import type { DatasetProject } from '../host/dataset/dataset-source.ts';

const root = join(import.meta.dirname, '..');
// Chosen once for its many sorts of trouble; the same number gives the same project.
const seed = 20_261_122;

/** The projects that every format is tried on, by name. */
export function projects(): ReadonlyMap<string, DatasetProject> {
  const samples = CaseInput.parse(JSON.parse(readFileSync(join(root, 'core/formats/baselines/seeds/input.json'), 'utf8')));
  return new Map([
    ['samples', projectOf(samples, (file) => readFileSync(join(root, file), 'utf8'))],
    ['hostile', hostile()],
  ]);
}

// Of many that a property test would try, the one with the most in it.
function hostile(): DatasetProject {
  const weight = ({ input }: WholeProject) => input.sets.reduce((sum, { set }) => sum + set.annotations.length + set.relations.length, 0);
  const candidates = fc.sample(someProject, { seed, numRuns: 200 });
  const { input, texts } = candidates.reduce((best, one) => (weight(one) > weight(best) ? one : best));
  return projectOf(input, (file) => texts.get(file) ?? '');
}

function projectOf(input: CaseInput, readText: (file: string) => string): DatasetProject {
  const articles = input.articles.map(({ meta }) => meta).sort((a, b) => (a.id < b.id ? -1 : 1));
  const articleOf = (id: string) => {
    const found = input.articles.find(({ meta }) => meta.id === id);
    if (!found) throw new RangeError(`no article ${id}`);
    return { meta: found.meta, text: readText(found.textFile) };
  };
  const setsOf = (id: string) =>
    input.sets
      .filter(({ set }) => set.article === id)
      .map(({ annotator, set }) => ({ annotator, set: setFromRecord(set) }))
      .sort((a, b) => (a.annotator < b.annotator ? -1 : 1));
  return {
    info: { ...input.project, format: 1, lead: input.annotators[0]?.id ?? '', created: input.changed },
    codebook: { codebook: input.codebook ?? defaultCodebook, version: input.codebookVersion },
    annotators: input.annotators,
    articles: () => articles,
    importedArticles: () => articles,
    publishedSplits: async () => null,
    changed: () => input.changed,
    entities: async () => input.entities,
    links: async () => input.links,
    articleRecords: async () => [],
    readArticle: async (id: string) => articleOf(id),
    setsOf: async (id: string) => setsOf(id),
    async *eachArticle(ids: readonly string[]) {
      for (const id of ids) yield { article: articleOf(id), sets: setsOf(id) };
    },
  };
}
