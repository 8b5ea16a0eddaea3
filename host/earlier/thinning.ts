import { join } from 'node:path';
import { isTemporary } from '../storage/durable-write.ts';
import { type FileSystem, namesIn } from '../storage/file-system.ts';
import { type EarlierState, readState, statePath, statesIn, timeOfState } from './earlier-state.ts';

const hour = 60 * 60 * 1000;
const day = 24 * hour;

/**
 * Which of the states `ids` are kept at `now` (milliseconds since 1970): all of the last day, the last one of each hour of the last seven days, and
 * the last one before those, so that it is known what the project was like seven days ago.
 */
export function keptStates(ids: readonly string[], now: number): string[] {
  const hours = new Set<number>();
  let isOldKept = false;
  const kept = [...ids]
    .sort()
    .reverse()
    .filter((id) => {
      const time = timeOfState(id) ?? Number.NaN;
      if (now - time <= day) return true;
      if (now - time > 7 * day) {
        const isFirst = !isOldKept;
        isOldKept = true;
        return isFirst;
      }
      const which = Math.floor(time / hour);
      if (hours.has(which)) return false;
      hours.add(which);
      return true;
    });
  return kept.reverse();
}

/**
 * Removes from `folder` the states that are no longer kept at `now`, then the logs that no remaining state needs. States of copies in other places
 * are counted separately; a state that cannot be read counts as one of `place`. Nobody else may write there meanwhile.
 */
export async function thin(fileSystem: FileSystem, folder: string, place: string, now: number): Promise<void> {
  const ids = await statesIn(fileSystem, folder);
  const states = new Map<string, EarlierState | null>();
  for (const id of ids) states.set(id, await readState(fileSystem, folder, id).catch(() => null));
  const byPlace = Map.groupBy(ids, (id) => states.get(id)?.place ?? place);
  const kept = [...byPlace.values()].flatMap((of) => keptStates(of, now));
  const gone = ids.filter((id) => !kept.includes(id));
  for (const id of gone) await fileSystem.unlink(statePath(folder, id));
  const names = await namesIn(fileSystem, folder);
  for (const name of names.filter(isTemporary)) await fileSystem.unlink(join(folder, name));
  // A log must not be removed before the state that needs it.
  if (gone.length > 0) await fileSystem.syncFolder(folder);
  const logs = names.filter((name) => name.endsWith('.jsonl'));
  const needed = new Set<string>();
  for (const id of kept) {
    const state = states.get(id);
    // It is unknown which logs an unreadable state needs, so no log is removed while there is one.
    if (!state) return;
    for (const { log } of [state.records, ...state.journals]) needed.add(log);
  }
  for (const log of logs) if (!needed.has(log)) await fileSystem.unlink(join(folder, log));
}
