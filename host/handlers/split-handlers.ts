import type { Handlers } from '../../core/contract.ts';
import { planOf } from '../dataset/split-jobs.ts';
import { publishSplits } from '../dataset/splits.ts';
import type { Desk } from './desk.ts';

type Calls = Pick<Handlers, 'previewSplits' | 'publishSplits' | 'withdrawSplits' | 'stateLicence'>;

/** The calls about the splits and the licence of the dataset. `mustWrite` throws if a page may not write. */
export function splitHandlers(desk: Desk, mustWrite: (page: string) => void): Calls {
  const { project } = desk;
  return {
    previewSplits: ({ page, ...request }) => desk.splitJobs.preview(page, request),
    publishSplits: async ({ page, instead, ...request }) => {
      mustWrite(page);
      return planOf(await publishSplits(project, request, instead));
    },
    stateLicence: async ({ page, licence }) => {
      mustWrite(page);
      await project.stateLicence(licence);
      desk.outside(null, page);
      return {};
    },
    withdrawSplits: async ({ page, published }) => {
      mustWrite(page);
      await project.publishSplits(null, published);
      return {};
    },
  };
}
