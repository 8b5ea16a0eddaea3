import { expect } from 'vitest';
import { setProblems } from '../../model/annotation.ts';
import { codebookProblems } from '../../model/codebook.ts';
import { resolveRegistry } from '../../model/entity.ts';
import type { Memory } from './into-memory.ts';
import { wideCodebook } from './whole-project.ts';

/** Expects that every set of a project in memory is valid and fits the wide codebook. */
export function expectSound({ articles, works }: Memory): void {
  const registry = resolveRegistry([...works.values()].flatMap(({ entities }) => [...entities.values()]));
  for (const { sets } of works.values()) {
    for (const [id, set] of sets) {
      expect(setProblems(set, articles.get(id)?.text as string, (entity) => registry.has(entity))).toEqual([]);
      for (const annotation of set.annotations.values()) expect(codebookProblems(annotation, wideCodebook)).toEqual([]);
    }
  }
}
