import type { Client } from '../../core/contract.ts';
import { AppError, type Failure, type Notice } from '../../core/failure.ts';
import type { Settings } from '../../core/settings.ts';
import type { WorkspaceStore } from './workspace.ts';

/** An error as it is shown to the user. */
export const failureOf = (error: unknown): Failure =>
  error instanceof AppError
    ? error.failure
    : {
        code: 'internal',
        message: error instanceof Error ? error.message : String(error),
        safe: 'Nothing on disk was changed.',
        next: 'Reload this window.',
      };

/** The notices that the user sees, and the settings, because saving them may fail with a notice. */
export function createNotices({ getState, setState }: WorkspaceStore, client: Client) {
  const notices = {
    /** Shows a notice, replacing one with the same id. */
    show(notice: Notice): void {
      setState({ notices: [...getState().notices.filter(({ id }) => id !== notice.id), notice] });
    },

    /** Shows a failure as a notice that stays until it is dismissed. */
    notify(id: string, failure: Failure): void {
      notices.show({ id, severity: 'warning', message: `${failure.message} ${failure.safe}`, next: failure.next });
    },

    dismiss(id: string): void {
      setState({ notices: getState().notices.filter((notice) => notice.id !== id) });
    },

    saveSettings(settings: Settings): void {
      setState({ settings });
      client.saveSettings({ settings }).catch((error: unknown) => notices.notify('settings', failureOf(error)));
    },
  };
  return notices;
}

export type Notices = ReturnType<typeof createNotices>;
