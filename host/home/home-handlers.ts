import type { Handlers, Method } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import type { Home, HomeWindow } from './home.ts';

/** The calls about projects other than the open one. */
export type HomeMethod = Extract<
  Method,
  | 'openHome'
  | 'openKnown'
  | 'openFolder'
  | 'createProject'
  | 'forgetProject'
  | 'sendPiece'
  | 'lookAtBackup'
  | 'restoreBackup'
  | 'discardBackup'
  | 'showHome'
  | 'leaveProject'
>;

/** Answers these calls for the pages of `window`. Without a home there are no other projects. */
export function homeHandlers(found: { readonly home: Home; readonly window: HomeWindow } | undefined): Pick<Handlers, HomeMethod> {
  const at = () => {
    if (!found) throw new AppError('unsupported', 'Other projects cannot be opened here.', 'Start Pressmark with the other project.');
    return found;
  };
  return {
    openHome: async () => at().home.look(at().window),
    openKnown: async ({ project }) => at().home.openKnown(project, at().window),
    openFolder: async ({ typed }) => at().home.openFolder(typed, at().window),
    createProject: async (input) => at().home.create(input, at().window),
    forgetProject: async ({ project }) => {
      await at().home.forget(project);
      return {};
    },
    sendPiece: async (input, bytes) => {
      await at().home.put(input, bytes);
      return {};
    },
    lookAtBackup: async ({ page, job }) => at().home.jobs.run({ page, job }, (work) => at().home.lookAtBackup(page, work)),
    restoreBackup: async ({ job, ...input }) =>
      at().home.jobs.run({ page: input.page, job }, (work) => at().home.restore(input, at().window, work)),
    discardBackup: async ({ page }) => {
      await at().home.discard(page);
      return {};
    },
    showHome: async () => at().window.showHome(),
    leaveProject: async ({ page }) => {
      await at().window.leave(page);
      return {};
    },
  };
}
