import { basename } from 'node:path';
import { type BrowserWindow, dialog, type MessageBoxOptions, type OpenDialogOptions } from 'electron';
import { AppError } from '../core/contract.ts';

/** The window that a dialog belongs to; null before there is one. */
type Owner = BrowserWindow | null;

async function chooseFolder(owner: Owner, options: OpenDialogOptions): Promise<string | null> {
  const whole: OpenDialogOptions = { ...options, properties: ['openDirectory', 'createDirectory'] };
  const { canceled, filePaths } = await (owner ? dialog.showOpenDialog(owner, whole) : dialog.showOpenDialog(whole));
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks which project to open: the path of its folder, or null when the person changed their mind. */
export function chooseProject(owner: Owner, start: string): Promise<string | null> {
  return chooseFolder(owner, { title: 'Open project', buttonLabel: 'Open', defaultPath: start });
}

/** Asks where a dataset goes: the path of a folder, or null when the person changed their mind. */
export function chooseExport(owner: Owner): Promise<string | null> {
  return chooseFolder(owner, { title: 'Export dataset to a folder', buttonLabel: 'Export here' });
}

/** Asks for a new project's folder, which is not there yet, and its name; null when the person changed their mind. */
export async function chooseNewProject(owner: Owner, start: string): Promise<{ folder: string; name: string } | null> {
  const options = { title: 'New project', buttonLabel: 'Create', nameFieldLabel: 'Project name:', defaultPath: start };
  const { canceled, filePath } = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : { folder: filePath, name: basename(filePath) };
}

/** Tells the person what went wrong: what happened, what is safe, and one next step. */
export async function showFailure(owner: Owner, error: unknown): Promise<void> {
  console.error(error);
  const box: MessageBoxOptions =
    error instanceof AppError
      ? { type: 'error', message: error.failure.message, detail: `${error.failure.safe} ${error.failure.next}` }
      : {
          type: 'error',
          message: `Pressmark ran into a defect of its own: ${error instanceof Error ? error.message : String(error)}`,
          detail: 'What was marked Saved is on the disk. Start Pressmark again.',
        };
  await (owner ? dialog.showMessageBox(owner, box) : dialog.showMessageBox(box));
}

/** Asks before a window closes whose edits the disk has not taken. True to close all the same. */
export function confirmLoss(owner: BrowserWindow): boolean {
  const answer = dialog.showMessageBoxSync(owner, {
    type: 'warning',
    message: 'Some edits in this window are not saved.',
    detail: 'What was marked Saved is on the disk. If you close now, the edits since then are lost.',
    buttons: ['Keep open', 'Close and lose them'],
    defaultId: 0,
    cancelId: 0,
  });
  return answer === 1;
}

/** Says that a page stopped working. True to load it again, false to close its window. */
export async function askReload(owner: BrowserWindow, message: string): Promise<boolean> {
  const { response } = await dialog.showMessageBox(owner, {
    type: 'error',
    message,
    detail: 'What was marked Saved is on the disk.',
    buttons: ['Load it again', 'Close'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
