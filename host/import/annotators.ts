import { AppError } from '../../core/failure.ts';
import type { Foreign } from '../../core/formats/foreign.ts';
import type { LabelMap } from '../../core/formats/mapping.ts';
import { type Annotator, lookOfName } from '../../core/model/annotator.ts';
import { freeName } from '../storage/annotator-files.ts';
import type { Project } from '../storage/project.ts';
import { type DatasetPreview, type DatasetTarget, importDataset, type Part, previewDataset, type ReadDataset } from './datasets.ts';

/** A project that annotators can be imported into. */
export type AnnotatorTarget = DatasetTarget & Pick<Project, 'annotators' | 'addAnnotator' | 'switchAnnotator'>;

/** What was imported as the work of one annotator of the project. */
export interface TheirPart extends DatasetPreview {
  readonly annotator: string;
  readonly isNew: boolean;
}

/**
 * Imports `dataset` with the annotators that it names. The articles, the registry and work without a named annotator become own work. The rest
 * becomes work of annotators of those names, whom the import adds to the project, in one step each. `step` is the id of the own one, and the time.
 * The folder of an existing annotator is never written to: if the dataset has anything new by one, nothing is imported.
 * @throws AppError `conflict` with their name, also where two of them cannot be told apart; `bad-request` for a name that nobody can have; as
 * importDataset
 */
export async function importWithAnnotators(
  project: AnnotatorTarget,
  dataset: ReadDataset,
  chosen: LabelMap | null,
  step: { readonly id?: string; readonly now?: string } = {},
): Promise<TheirPart[]> {
  project.expectWritable();
  const me = project.annotator;
  const theirs = othersIn(dataset.foreign, me);
  const partOf = (annotator: string, id: string): Part => ({ annotator, isTheirs: (one) => one === id, isFirst: false });
  const fresh: Annotator[] = [];
  for (const [id, name] of theirs) {
    const there =
      project.annotators.find((one) => one.id === id) ?? project.annotators.find((one) => lookOfName(one.name) === lookOfName(name));
    if (!there) {
      fresh.push({ id, name: soundName(name, [...project.annotators, ...fresh]), role: roleOf(dataset.foreign, id) });
      continue;
    }
    const { plan } = await previewDataset(project, dataset, chosen, { part: partOf(there.id, id) });
    if (plan.edits.length === 0) continue;
    throw new AppError(
      'conflict',
      `${name} is already an annotator of this project, and only they can work as ${name}.`,
      `Import it as your own work, or switch to ${name} and import it then.`,
    );
  }
  const isRest = (id: string | null) => !theirs.some(([other]) => other === id);
  const own = { annotator: me.id, isTheirs: isRest, isFirst: true };
  const { gesture: _, ...rest } = await importDataset(project, dataset, chosen, { ...step, part: own });
  const parts: TheirPart[] = [{ ...rest, annotator: me.name, isNew: false }];
  const now = step.now === undefined ? {} : { now: step.now };
  try {
    for (const { id, name, role } of fresh) {
      const added = await project.addAnnotator(name, role);
      await project.switchAnnotator(added.id);
      const { gesture: __, ...done } = await importDataset(project, dataset, chosen, { ...now, part: partOf(added.id, id) });
      parts.push({ ...done, annotator: added.name, isNew: true });
    }
  } finally {
    await project.switchAnnotator(me.id);
  }
  return parts;
}

const roleOf = ({ annotators }: Foreign, id: string): Annotator['role'] => annotators.find((one) => one.id === id)?.role ?? 'annotator';

// The name that an annotator of the dataset gets. Asked before anything is imported, because a refusal later would leave half of it.
function soundName(name: string, others: readonly Annotator[]): string {
  try {
    return freeName(name, others);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const { code, message } = error.failure;
    throw new AppError(
      code,
      `The annotator “${name}” of the dataset cannot be added: ${message}`,
      'Import it as your own work, or change the name in its files.',
    );
  }
}

/** Everybody but `me` whose work is in a dataset, by id and name, ascending by id. */
export function othersIn(foreign: Foreign, me: Annotator): [id: string, name: string][] {
  return [...namesIn(foreign)]
    .filter(([id, name]) => id !== me.id && lookOfName(name) !== lookOfName(me.name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

// Everybody whose work is in the dataset: names by id.
function namesIn({ documents, links, annotators }: Foreign): Map<string, string> {
  const told = new Map(annotators.map(({ id, name }) => [id, name]));
  const ids = [
    ...documents.flatMap(({ annotations, relations, completions }) =>
      [...annotations, ...relations, ...completions].map(({ annotator }) => annotator),
    ),
    ...links.map(({ annotator }) => annotator),
  ];
  return new Map([...new Set(ids)].flatMap((id) => (id === null ? [] : [[id, told.get(id) ?? id] as const])));
}
