import { AppError } from '../../core/failure.ts';
import type { Foreign } from '../../core/formats/foreign.ts';
import type { LabelMap } from '../../core/formats/mapping.ts';
import type { Annotator } from '../../core/model/annotator.ts';
import type { Project } from '../storage/project.ts';
import { type DatasetPreview, type DatasetTarget, importDataset, previewDataset, type ReadDataset } from './datasets.ts';

/** A project that annotators can be imported into. */
export type AnnotatorTarget = DatasetTarget & Pick<Project, 'annotators' | 'addAnnotator' | 'switchAnnotator'>;

/** What was imported as the work of one annotator of the project. */
export interface TheirPart extends DatasetPreview {
  readonly annotator: string;
  readonly isNew: boolean;
}

/**
 * Imports `dataset` with the annotators that it names. The articles, the registry and work without a named annotator become own work. The rest
 * becomes work of annotators of those names, whom the import adds to the project, in one step each. `step` is the id of the own one, and the time. The folder of an existing annotator is never
 * written to: if the dataset has anything new by one, nothing is imported.
 * @throws AppError `conflict` with their name; as importDataset
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
  const isMine = (id: string | null) => !theirs.some(([other]) => other === id);
  const ofTheirs = (id: string) => ({ ...dataset, foreign: workOf(dataset.foreign, (annotator) => annotator === id, false) });
  const there = (id: string, name: string) =>
    project.annotators.find((one) => one.id === id) ?? project.annotators.find((one) => one.name === name);
  for (const [id, name] of theirs) {
    if (!there(id, name)) continue;
    // Previewed as if they imported it themselves.
    const { plan } = await previewDataset(project, ofTheirs(id), chosen);
    if (plan.edits.length === 0) continue;
    throw new AppError(
      'conflict',
      `${name} is already an annotator of this project, and only they can work as ${name}.`,
      `Import it as your own work, or switch to ${name} and import it then.`,
    );
  }
  const { gesture: _, ...own } = await importDataset(project, { ...dataset, foreign: workOf(dataset.foreign, isMine, true) }, chosen, step);
  const parts: TheirPart[] = [{ ...own, annotator: me.name, isNew: false }];
  try {
    for (const [id, name] of theirs) {
      if (there(id, name)) continue;
      const added = await project.addAnnotator(name, dataset.foreign.annotators.find((one) => one.id === id)?.role);
      await project.switchAnnotator(added.id);
      const { gesture: __, ...part } = await importDataset(project, ofTheirs(id), chosen, step.now === undefined ? {} : { now: step.now });
      parts.push({ ...part, annotator: added.name, isNew: true });
    }
  } finally {
    await project.switchAnnotator(me.id);
  }
  return parts;
}

/** Everybody but `me` whose work is in a dataset, by id and name, ascending by id. */
export function othersIn(foreign: Foreign, me: Annotator): [id: string, name: string][] {
  return [...namesIn(foreign)].filter(([id, name]) => id !== me.id && name !== me.name).sort(([a], [b]) => (a < b ? -1 : 1));
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

// The part of the dataset written by those for whom `isTheirs` is true. Documents on which they wrote nothing, and problems of the files as a whole,
// are included only if `all` is set, so that they are reported once.
function workOf(foreign: Foreign, isTheirs: (annotator: string | null) => boolean, all: boolean): Foreign {
  const by = <T extends { readonly annotator: string | null }>(records: readonly T[]) =>
    records.filter(({ annotator }) => isTheirs(annotator));
  const documents = foreign.documents.map((document) => ({
    ...document,
    annotations: by(document.annotations),
    relations: by(document.relations),
    completions: by(document.completions),
  }));
  const isWorked = ({ annotations, relations, completions }: (typeof documents)[number]) =>
    annotations.length + relations.length + completions.length > 0;
  const links = by(foreign.links);
  return all ? { ...foreign, documents, links } : { ...foreign, documents: documents.filter(isWorked), links, problems: [], losses: [] };
}
