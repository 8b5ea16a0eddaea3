import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setProblems } from '../model/annotation.ts';
import { codebookProblems } from '../model/codebook.ts';
import { resolveRegistry } from '../model/entity.ts';
import { formats } from './index.ts';
import { exported } from './testing/case.ts';
import { emptyMemory, importInto } from './testing/into-memory.ts';
import { sourceOfWhole } from './testing/round-trip.ts';
import { someProject, wideCodebook } from './testing/whole-project.ts';

const readable = formats.filter(({ read }) => read).map((format) => ({ name: format.name, format }));

describe.each(readable)('every format that imports: $name', ({ format }) => {
  it('X149 what it wrote comes into an empty project as it was tagged, sound, and comes in once', async () => {
    await fc.assert(
      fc.asyncProperty(someProject, async (project) => {
        const { bytes } = await exported(format, sourceOfWhole(project));
        const read = format.read?.([...bytes].map(([path, content]) => ({ path, bytes: content })));
        if (!read) throw new TypeError(`${format.name} has no read`);
        const { plan, memory } = importInto(emptyMemory, read);
        expect(plan.problems).toEqual([]);
        expect(plan.remarks.filter((remark) => remark.includes('text_sha256'))).toEqual([]);
        const work = memory.works.get('me');
        const registry = resolveRegistry(work?.entities.values() ?? []);
        const covered = new Map<string, number>();
        const add = (key: string, by: number) => covered.set(key, (covered.get(key) ?? 0) + by);
        for (const [id, set] of work?.sets ?? []) {
          expect(setProblems(set, memory.articles.get(id)?.text as string, (entity) => registry.has(entity))).toEqual([]);
          for (const annotation of set.annotations.values()) {
            expect(codebookProblems(annotation, wideCodebook)).toEqual([]);
            for (const { text } of annotation.spans) add(`${annotation.layer} ${text}`, 1);
          }
        }
        // Every piece of text that comes in was tagged so: nothing is shifted.
        for (const { set } of project.input.sets)
          for (const { layer, spans } of set.annotations) for (const { text } of spans) add(`${layer} ${text}`, -1);
        expect([...covered].filter(([, count]) => count > 0)).toEqual([]);
        expect(importInto(memory, read).plan.edits).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });
});
