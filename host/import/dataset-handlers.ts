import type { Handlers } from '../../core/contract.ts';
import type { DatasetLook } from '../../core/formats/dataset-look.ts';
import type { Labels, RelationLabels } from '../../core/formats/labels.ts';
import type { Desk } from '../handlers/desk.ts';
import type { DatasetPreview, ReadDataset } from './datasets.ts';

/** The calls about staged files that together are a dataset. */
export function datasetHandlers(
  { project, staging, imported, written, now = () => new Date().toISOString() }: Desk,
  mustWrite: (page: string) => void,
): Pick<Handlers, 'lookAtDataset' | 'importDataset'> {
  return {
    lookAtDataset: async ({ page, map }) => {
      mustWrite(page);
      const found = await staging.dataset(page);
      if (!found) return { dataset: null, others: [] };
      const { previewDataset } = await import('./datasets.ts');
      return { dataset: lookOf(found.dataset, await previewDataset(project, found.dataset, map, now())), others: [...found.others] };
    },

    importDataset: async ({ page, map, gesture: id }) => {
      mustWrite(page);
      const found = await staging.dataset(page);
      if (!found) return { look: null, articles: [] };
      const { importDataset } = await import('./datasets.ts');
      const { gesture, ...preview } = await importDataset(project, found.dataset, map, { id, now: now() });
      const articles = preview.plan.articles.map((article) => article.id);
      for (const article of articles) imported(await project.summary(article));
      if (gesture) written(page, gesture);
      staging.discard(page);
      return { look: lookOf(found.dataset, preview), articles };
    },
  };
}

function lookOf({ title, labels }: ReadDataset, { map, plan }: DatasetPreview): DatasetLook {
  const { documents, layers, others, losses, problems, edits, shared } = plan;
  const remarks = [...(shared === null ? [] : [shared]), ...plan.remarks];
  return {
    ...{ title, labels: listed(labels), map, articles: documents, layers, others },
    // A single drop may contain thousands of files with the same fault.
    ...{ losses: [...losses], problems: problems.slice(0, 100), remarks: remarks.slice(0, 100), edits: edits.length },
  };
}

function listed({ layers, relations, entityTypes }: Labels): DatasetLook['labels'] {
  const uses = (counts: ReadonlyMap<string, number>) => [...counts].map(([name, count]) => ({ name, count }));
  const attributesOf = ({ attributes }: RelationLabels) =>
    [...attributes].map(([name, { count, values }]) => ({ name, count, values: uses(values) }));
  return {
    layers: [...layers].map(([name, used]) => ({
      ...{ name, count: used.count, rejected: used.rejected, attributes: attributesOf(used), roles: uses(used.roles) },
    })),
    relations: [...relations].map(([name, used]) => ({ name, count: used.count, attributes: attributesOf(used) })),
    entityTypes: uses(entityTypes),
  };
}
