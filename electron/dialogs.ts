import { type BrowserWindow, dialog, type MessageBoxOptions, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { AppError } from '../core/failure.ts';

/** The window that a dialog belongs to; null if there is none yet. */
type Owner = BrowserWindow | null;

/** Asks which project to open. Returns the path of its folder, or null if the person cancelled. */
export async function chooseProject(owner: Owner, start: string): Promise<string | null> {
  const options: OpenDialogOptions = { title: 'Open project', buttonLabel: 'Open', defaultPath: start, properties: ['openDirectory'] };
  const { canceled, filePaths } = await (owner ? dialog.showOpenDialog(owner, options) : dialog.showOpenDialog(options));
  return canceled ? null : (filePaths[0] ?? null);
}

/** Asks for the name and place of a folder that does not exist yet; `start` is the suggestion. */
async function nameFolder(owner: Owner, title: string, buttonLabel: string, start: string): Promise<string | null> {
  const options: SaveDialogOptions = { title, buttonLabel, nameFieldLabel: 'Name of the folder:', defaultPath: start };
  const { canceled, filePath } = await (owner ? dialog.showSaveDialog(owner, options) : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}

/** Asks for a new project's folder; null if the person cancelled. */
export function chooseNewProject(owner: Owner, start: string): Promise<string | null> {
  return nameFolder(owner, 'New project', 'Create', start);
}

/** Asks for the folder to write a dataset to; null if the person cancelled. */
export function chooseExport(owner: Owner, start: string): Promise<string | null> {
  return nameFolder(owner, 'Export dataset to a new folder', 'Export', start);
}

/** Asks for the file to write a backup to; null if the person cancelled. */
export async function chooseBackup(owner: BrowserWindow, start: string): Promise<string | null> {
  const filters = [{ name: 'ZIP archive', extensions: ['zip'] }];
  const { canceled, filePath } = await dialog.showSaveDialog(owner, { title: 'Back the project up', defaultPath: start, filters });
  return canceled || filePath === '' ? null : filePath;
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

/** Asks before closing a window with edits that are not on the disk. True to close it anyway. */
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

/** Says why nothing opens: the sandbox that keeps the page apart from the system is switched off. */
export function showNoSandbox(): void {
  dialog.showErrorBox(
    'Pressmark does not open without its sandbox',
    'It was started with --no-sandbox, or this system does not let it have one. On Linux the .deb package brings what it needs; or run "pressmark serve" with a project in a terminal, which shows it in your browser. Nothing was changed.',
  );
}
