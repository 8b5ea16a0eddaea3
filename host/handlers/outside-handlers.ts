import type { Handlers } from '../../core/contract.ts';
import type { Desk } from './desk.ts';

type Calls = Pick<Handlers, 'reread' | 'listConflicts' | 'mergeConflicts'>;

/** The calls about what other programs did to the project. `mustWrite` throws if a page may not write. */
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
      // A journal with conflict markers makes the project read-only, and merging is what repairs it.
      if (!project.readOnly) mustWrite(page);
      else if (lease.holder() !== null && lease.holder() !== page) mustWrite(page);
      const { place, gesture, left } = await project.mergeConflicts();
      desk.outside(null, page);
      return { place, gesture, left: left.map(({ gesture: { title, time }, reason }) => ({ title, time, reason })) };
    },
  };
}
