import {
  type CodebookFile,
  type CodebookVersion,
  currentCodebook,
  rootOf,
  standingVersions,
  versionOf,
} from '../../core/codebook/codebook-file.ts';
import { type InUse, revise, withUsed } from '../../core/codebook/codebook-revision.ts';
import { AppError } from '../../core/failure.ts';
import type { AnnotationSet } from '../../core/model/annotation.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import type { Gesture } from '../../core/steps/edit.ts';
import { Refusal } from '../../core/steps/gestures.ts';
import type { CodebookRequest, Project } from './project-interface.ts';

/** Whether `request` may remove something that annotators use, so that the caller has to find out what is in use. */
export function mayTakeAway({ what }: Pick<CodebookRequest, 'what'>): boolean {
  return what.kind !== 'change' || what.changes.some(({ change }) => change.startsWith('remove-') || change === 'replace');
}

/**
 * `file` with the version that `request` makes. @throws AppError `conflict` if the step is not the next to undo or redo, `bad-request` with the
 * reason if the change is refused
 */
export function withVersion(
  file: CodebookFile,
  { version, gesture, what }: CodebookRequest,
  inUse: InUse,
  annotator: string,
  now: string,
): CodebookFile {
  const { codebook, version: inForce } = currentCodebook(file);
  if (version !== inForce) {
    throw new AppError('conflict', 'The codebook was changed in the meantime.', 'Look at the new version, then change that one.');
  }
  const origin = { annotator, gesture, undoes: null, redoes: null };
  const add = (made: CodebookVersion): CodebookFile => ({ ...file, versions: [...file.versions, made] });
  if (what.kind === 'change') {
    try {
      const { title, steps, codebook: revised } = revise(codebook, what.changes, inUse);
      return add({ codebook: revised, steps: [...steps], changed: now, origin: { ...origin, title } });
    } catch (error) {
      if (error instanceof Refusal) throw new AppError('bad-request', `${error.message}.`, 'Change something else, or leave it as it is.');
      throw error;
    }
  }
  const { past, future } = standingVersions(file);
  const target = (what.kind === 'undo' ? past : future).at(-1);
  const root = target === undefined ? undefined : versionOf(file, rootOf(file, target)).origin;
  if (target === undefined || root?.gesture !== what.of) {
    throw new AppError(
      'conflict',
      'The codebook has changed since this step.',
      'Change it in the Codebook view instead; its history shows every version.',
    );
  }
  const before = versionOf(file, target - 1).codebook;
  return add({
    codebook: withUsed(codebook, before, inUse),
    steps: [{ step: 'revert', version: target }],
    changed: now,
    origin: { ...origin, title: root.title, ...(what.kind === 'undo' ? { undoes: what.of } : { redoes: what.of }) },
  });
}

/** A version as a step of `annotator`'s history; null if somebody else made it. */
export function gestureOf(file: CodebookFile, version: number, annotator: string): Gesture | null {
  const { origin, changed } = versionOf(file, version);
  if (origin?.annotator !== annotator) return null;
  const { gesture: id, title, undoes, redoes } = origin;
  const mark = (of: number) => ({ annotator, version: of });
  const edits: Gesture['edits'] = [{ record: 'codebook', id: 'codebook', before: mark(version - 1), after: mark(version) }];
  return { id, annotator, time: changed, command: 'codebook.change', title, edits, undoes, redoes };
}

/** The versions of `file`, as steps, that are missing in `annotator`'s journal because of a crash between writing the codebook and the journal. */
export function unrecorded(file: CodebookFile, annotator: string, isKnown: (gesture: string) => boolean): Gesture[] {
  return file.versions.flatMap((_, index) => {
    const gesture = gestureOf(file, index + 1, annotator);
    return gesture && !isKnown(gesture.id) ? [gesture] : [];
  });
}

/** Nothing in the codebook is used. */
export const nothingUsed: InUse = { layers: new Set(), relations: new Set(), entityTypes: new Set() };

/** What all annotators use of the codebook, including in `others`, the sets on articles that are missing at the moment. @throws AppError `corrupt` */
export async function usedBy(
  project: Pick<Project, 'importedArticles' | 'setsOf' | 'links' | 'entities'>,
  others: readonly AnnotationSet[],
): Promise<InUse> {
  const layers = new Set<string>();
  const relations = new Set((await project.links()).map(({ type }) => type));
  const take = (set: AnnotationSet) => {
    for (const { layer } of set.annotations.values()) layers.add(layer);
    for (const { type } of set.relations.values()) relations.add(type);
  };
  others.forEach(take);
  for (const { id } of project.importedArticles()) for (const { set } of await project.setsOf(id)) take(set);
  const registry = resolveRegistry(await project.entities());
  return { layers, relations, entityTypes: new Set([...registry.values()].map(({ type }) => type)) };
}
