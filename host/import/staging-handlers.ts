import type { Handlers } from '../../core/contract.ts';
import type { Desk } from '../handlers/desk.ts';

/** The calls about files that a person looks at before importing them. */
export function stagingHandlers(
  { project, staging, imported }: Desk,
  mustWrite: (page: string) => void,
): Pick<Handlers, 'stageFile' | 'previewStaged' | 'importStaged' | 'discardStaged'> {
  return {
    stageFile: async ({ page, name }, bytes) => {
      mustWrite(page);
      return staging.stage(page, name, bytes);
    },

    previewStaged: ({ page, file, options }) => staging.preview(page, file, options),

    importStaged: async ({ page, file, articles }) => {
      mustWrite(page);
      const outcomes = await staging.import(page, file, articles, project.annotator.id);
      return {
        imported: await Promise.all(
          outcomes.map(async ({ index, meta, known }) => {
            const summary = await project.summary(meta.id);
            if (!known) imported(summary);
            return { index, summary, known };
          }),
        ),
      };
    },

    discardStaged: async ({ page }) => {
      staging.discard(page);
      return {};
    },
  };
}
