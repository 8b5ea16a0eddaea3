import { join } from 'node:path';
import type { KeptState } from '../../core/contract/copies.ts';
import { type Handlers, type Input, stepLimit } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import { resolveRegistry } from '../../core/model/entity.ts';
import { articleOf, differencesOn, editKey, restoringEdits, summaryOf } from '../../core/steps/earlier.ts';
import type { Edit, Gesture, Work } from '../../core/steps/edit.ts';
import { type Comparison, comparedWith, type KeptIn, stepsSince } from '../earlier/comparison.ts';
import { readState, statesIn } from '../earlier/earlier-state.ts';
import { unreadable } from '../storage/failures.ts';
import { codeOf, nodeFileSystem } from '../storage/file-system.ts';
import type { Desk } from './desk.ts';

type Calls = Pick<Handlers, 'listEarlier' | 'compareEarlier' | 'differencesEarlier' | 'restoreEarlier'>;

const mostDifferences = 500;

/** The calls about earlier states of the project. `mustWrite` throws if a page may not write. */
export function earlierHandlers(desk: Desk, mustWrite: (page: string) => void): Calls {
  const { project } = desk;
  const kept = (): KeptIn => {
    if (!desk.earlier) throw new AppError('not-found', 'No earlier states are kept here.', 'Back the project up instead.');
    return { fileSystem: nodeFileSystem, folder: join(desk.earlier, project.info.id) };
  };
  // The last comparison, kept until something changes, because pages ask for it article by article.
  let last: { readonly key: string; readonly comparison: Promise<Comparison> } | null = null;
  const compared = (state: string): Promise<Comparison> => {
    const key = JSON.stringify([state, project.annotator.id, project.codebook.version, project.gestures().at(-1)?.id, project.changed()]);
    if (last?.key !== key) last = { key, comparison: comparedWith(project, kept(), state) };
    const { comparison } = last;
    comparison.catch(() => {
      last = null;
    });
    return comparison;
  };
  return {
    listEarlier: async () => {
      if (!desk.earlier) return { states: [], damaged: 0 };
      const { fileSystem, folder } = kept();
      const ids = await statesIn(fileSystem, folder).catch((error: unknown) => {
        throw codeOf(error) ? unreadable(error, folder) : error;
      });
      const states: KeptState[] = [];
      for (const id of ids.reverse()) {
        const state = await readState(fileSystem, folder, id).catch((error: unknown) => {
          if (error instanceof AppError) return null;
          throw error;
        });
        if (!state) continue;
        const { time, place, codebook } = state;
        states.push({ id, time, place, codebook, steps: stepsSince(project, state) });
      }
      return { states, damaged: ids.length - states.length };
    },
    compareEarlier: async ({ state }) => summaryOf((await compared(state)).back),
    differencesEarlier: async ({ state, article }) => {
      const { back, now, was } = await compared(state);
      const registry = resolveRegistry(await project.entities());
      const nameOf = (id: string) => registry.get(id)?.canonical ?? was.entities.get(id)?.fields.canonical?.value ?? id;
      const all = differencesOn(article, back, { now, was }, nameOf);
      return { differences: all.slice(0, mostDifferences), more: Math.max(0, all.length - mostDifferences) };
    },
    restoreEarlier: async ({ page, state, gesture: id, title, what }) => {
      mustWrite(page);
      const known = project.gestures().find((gesture) => gesture.id === id);
      if (known) return { gesture: known };
      const comparison = await compared(state);
      const edits = chosenEdits(comparison, what);
      if (edits.length === 0) return { gesture: null };
      const time = (desk.now ?? isoNow)();
      const gesture = fitting({
        id,
        annotator: project.annotator.id,
        time,
        command: 'project.earlier',
        title,
        edits,
        undoes: null,
        redoes: null,
      });
      await project.apply(gesture);
      desk.outside(null, page);
      return { gesture };
    },
  };
}

const isoNow = () => new Date().toISOString();

function chosenEdits({ back, now }: { readonly back: readonly Edit[]; readonly now: Work }, what: Input<'restoreEarlier'>['what']): Edit[] {
  if (what.kind === 'all') return restoringEdits(back, () => true, now);
  const articles = new Set(what.articles);
  const records = new Set(what.records);
  return restoringEdits(back, (edit) => records.has(editKey(edit)) || articles.has(articleOf(edit) ?? ''), now);
}

// An undo of this step must pass the same limit.
function fitting(gesture: Gesture): Gesture {
  if (Buffer.byteLength(JSON.stringify(gesture)) > stepLimit)
    throw new AppError('too-large', 'This is more than one step can hold.', 'Restore some of the articles first, then the others.');
  return gesture;
}
