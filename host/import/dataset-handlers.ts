import type { Handlers } from '../../core/contract.ts';
import { type DatasetLook, freshAnnotations } from '../../core/formats/dataset-look.ts';
import type { ImportPlan } from '../../core/formats/into-project.ts';
import type { Labels, RelationLabels } from '../../core/formats/labels.ts';
import type { Desk } from '../handlers/desk.ts';
import type { DatasetPreview, ReadDataset } from './datasets.ts';

/** The calls about staged files that together are a dataset. */
export function datasetHandlers(
  { project, staging, imported, written, outside, now = () => new Date().toISOString() }: Desk,
  mustWrite: (page: string) => void,
): Pick<Handlers, 'lookAtDataset' | 'importDataset'> {
  return {
    lookAtDataset: async ({ page, map }) => {
      mustWrite(page);
      const found = await staging.dataset(page);
      if (!found) return { dataset: null, others: [] };
      const { previewDataset } = await import('./datasets.ts');
      const { othersIn } = await import('./annotators.ts');
      const annotators = othersIn(found.dataset.foreign, project.annotator).map(([, name]) => name);
      const preview = await previewDataset(project, found.dataset, map, { now: now() });
      return { dataset: lookOf(found.dataset, preview, annotators), others: [...found.others] };
    },

    importDataset: async ({ page, map, gesture: id, keepsAnnotators }) => {
      mustWrite(page);
      const found = await staging.dataset(page);
      if (!found) return { annotations: 0, articles: [], annotators: [] };
      const step = { id, now: now() };
      const plans: ImportPlan[] = [];
      const annotators: string[] = [];
      if (keepsAnnotators) {
        const { importWithAnnotators } = await import('./annotators.ts');
        for (const { annotator, isNew, plan } of await importWithAnnotators(project, found.dataset, map, step)) {
          plans.push(plan);
          if (isNew) annotators.push(annotator);
        }
        outside(null, page);
      } else {
        const { importDataset } = await import('./datasets.ts');
        const { gesture, plan } = await importDataset(project, found.dataset, map, step);
        plans.push(plan);
        for (const article of plan.articles) imported(await project.summary(article.id));
        if (gesture) written(page, gesture);
      }
      staging.discard(page);
      return {
        annotations: plans.reduce((sum, { layers }) => sum + freshAnnotations(layers), 0),
        articles: plans.flatMap((plan) => plan.articles.map((article) => article.id)),
        annotators,
      };
    },
  };
}

function lookOf({ title, labels }: ReadDataset, { map, plan }: DatasetPreview, annotators: readonly string[]): DatasetLook {
  const { documents, layers, others, losses, problems, remarks, edits, shared } = plan;
  return {
    ...{ title, labels: listed(labels), map, articles: documents, layers, others },
    // A single drop may contain thousands of files with the same fault.
    ...{ losses: [...losses], problems: problems.slice(0, 100), remarks: remarks.slice(0, 100), edits: edits.length },
    ...{ annotators: [...annotators], shared },
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
