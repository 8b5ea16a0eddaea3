import { codebookDifferences } from '../../core/codebook/codebook-differences.ts';
import type { Handlers } from '../../core/contract.ts';
import { previewCodebook } from './codebook-preview.ts';
import type { Desk } from './desk.ts';
import { layerExamples } from './layer-examples.ts';

type Calls = Pick<Handlers, 'previewCodebook' | 'changeCodebook' | 'codebookVersions' | 'layerExamples'>;

/** The calls about the codebook. `mustWrite` throws if a page may not write. */
export function codebookHandlers(desk: Desk, mustWrite: (page: string) => void): Calls {
  const { project } = desk;
  return {
    previewCodebook: ({ version, changes, after }) => previewCodebook(project, version, changes, after),
    changeCodebook: async ({ page, version, gesture, what }) => {
      mustWrite(page);
      const made = await project.changeCodebook({ version, gesture, what });
      desk.outside(null, page);
      return { gesture: made, version: project.codebook.version };
    },
    codebookVersions: async () => ({
      lead: project.info.lead,
      versions: project.codebookFile.versions.map(({ codebook, changed, origin }, index, all) => ({
        version: index + 1,
        changed,
        annotator: origin?.annotator ?? null,
        title: origin?.title ?? null,
        done: origin?.undoes ? 'undo' : origin?.redoes ? 'redo' : 'change',
        differences: index === 0 ? [] : codebookDifferences((all[index - 1] as (typeof all)[number]).codebook, codebook),
      })),
    }),
    layerExamples: ({ layer }) => layerExamples(project, layer, 8),
  };
}
