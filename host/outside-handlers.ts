import { AppError, type Handlers } from '../core/contract.ts';
import type { Desk } from './desk.ts';

type Calls = Pick<Handlers, 'reread' | 'listConflicts' | 'mergeConflicts' | 'openRecent'>;

/** The calls about what other programs did to the project, and about other projects. `mustWrite` throws where a page may not write. */
export function outsideHandlers(desk: Desk, mustWrite: (page: string) => void): Calls {
  const { project, lease } = desk;
  return {
    reread: async ({ page }) => {
      await project.readAgain();
      await project.tellConflicts();
      desk.outside(null, page);
      return {};
    },
    listConflicts: async () => ({ conflicts: await project.conflicts() }),
    mergeConflicts: async ({ page }) => {
      // A journal with conflict markers makes the project read-only, and merging is what mends it.
      if (!project.readOnly) mustWrite(page);
      else if (lease.holder() !== null && lease.holder() !== page) mustWrite(page);
      const { place, gesture, left } = await project.mergeConflicts();
      desk.outside(null, page);
      return { place, gesture, left: left.map(({ gesture: { title, time }, reason }) => ({ title, time, reason })) };
    },
    openRecent: async ({ id }) => {
      const known = desk.settings.current().recent.find((recent) => recent.id === id);
      if (!known) throw new AppError('not-found', 'This project is not among those opened last.', 'Open it by its folder.');
      if (!desk.openWindow) return { kind: 'command', line: `pressmark open ${quoted(known.folder)}` };
      await desk.openWindow(known.folder);
      return { kind: 'opened' };
    },
  };
}

// As a shell takes it for one word.
function quoted(path: string): string {
  return /^[\w@%+=:,./\\-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
