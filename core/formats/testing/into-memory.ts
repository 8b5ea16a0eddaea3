import { createHash } from 'node:crypto';
import { emptySet } from '../../model/annotation.ts';
import type { Article } from '../../model/article.ts';
import { recordsByArticle, resolveArticle } from '../../model/article-record.ts';
import type { Codebook } from '../../model/codebook.ts';
import { resolveRegistry } from '../../model/entity.ts';
import { applyEdits, emptyWork, type Work } from '../../steps/edit.ts';
import type { Foreign } from '../foreign.ts';
import { type ImportPlan, planImport } from '../into-project.ts';
import { labelsOf } from '../labels.ts';
import { proposeMap } from '../map-proposal.ts';
import { applyMap, type LabelMap } from '../mapping.ts';
import { placeDocuments } from '../placing.ts';
import { time } from './project.ts';
import { wideCodebook } from './whole-project.ts';

/** A project in memory: its articles by id and each annotator's work. */
export interface Memory {
  readonly articles: ReadonlyMap<string, Article>;
  readonly works: ReadonlyMap<string, Work>;
}

export const emptyMemory: Memory = { articles: new Map(), works: new Map() };
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Imports `foreign` into `memory` as `annotator`. Returns the plan, what mapping lost, and the project afterwards. */
export function importInto(
  memory: Memory,
  foreign: Foreign,
  { annotator = 'me', codebook = wideCodebook, chosen = null }: { annotator?: string; codebook?: Codebook; chosen?: LabelMap | null } = {},
): { plan: ImportPlan; memory: Memory } {
  const mapped = applyMap(foreign, proposeMap(labelsOf(foreign), codebook, chosen), codebook);
  const works = [...memory.works];
  const records = recordsByArticle(works.flatMap(([, { articles }]) => [...articles.values()]));
  const articles = [...memory.articles.values()].map(({ meta }) => resolveArticle(meta, records.get(meta.id) ?? []));
  const { placed, problems } = placeDocuments(mapped.foreign.documents, { articles, sha256 });
  const own = memory.works.get(annotator) ?? emptyWork;
  const taken = new Set(
    works.flatMap(([, work]) => [
      ...[...work.sets.values()].flatMap((set) =>
        [set.annotations, set.mentions, set.relations, set.decisions].flatMap((map) => [...map.keys()]),
      ),
      ...work.links.keys(),
      ...work.entities.keys(),
    ]),
  );
  const plan = planImport(placed, { ...mapped.foreign, problems: [...mapped.foreign.problems, ...problems] }, 'jsonl', {
    ...{ annotator, codebook, codebookVersion: 1, now: time, sha256, articles },
    ...{ records: own.entities, articleRecords: own.articles, taken: (id) => taken.has(id) },
    registry: resolveRegistry(works.flatMap(([, { entities }]) => [...entities.values()])),
    textOf: (id) => memory.articles.get(id)?.text as string,
    setsOf: (id) => works.map(([who, { sets }]) => ({ annotator: who, set: sets.get(id) ?? emptySet(id) })),
    links: works.flatMap(([, { links }]) => [...links.values()]),
  });
  const added = plan.articles.map(({ id, name, text, facts }): [string, Article] => {
    const textSha256 = sha256(text);
    const meta = {
      ...facts,
      id,
      originalName: name,
      words: 1,
      textSha256,
      originalSha256: textSha256,
      imported: time,
      importedBy: annotator,
    };
    return [id, { text, meta }];
  });
  return {
    plan: { ...plan, losses: [...mapped.losses, ...plan.losses] },
    memory: {
      articles: new Map([...memory.articles, ...added]),
      works: new Map([...memory.works, [annotator, applyEdits(own, plan.edits)]]),
    },
  };
}
