import type { Client, Input, Output } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import { homeKey, type OpenedProject, pieceLimit } from '../../core/project-home.ts';
import type { WorkspaceStore } from './workspace.ts';

/** A file to import into a new project. */
export interface BroughtFile {
  readonly name: string;
  bytes(): Promise<Uint8Array>;
}

/** How the page goes from one project to another. */
export interface Passage {
  /** Submits what is still being typed. */
  settle(): void;
  /** Starts over with the project under this key, and imports `files` into it. */
  enter(project: string, files: readonly BroughtFile[]): void;
}

/** What to create. */
export type NewProject = Omit<Input<'createProject'>, 'page'> & { readonly files: readonly BroughtFile[] };

type PieceOf = Input<'sendPiece'>['of'];

/** The Project home: known projects, new projects, and backups to restore. Every call rejects with an AppError. */
export function createHome(client: Client, { setState }: WorkspaceStore, page: string, newId: () => string, passage: Passage) {
  const follow = (opened: OpenedProject, files: readonly BroughtFile[] = []): OpenedProject['kind'] => {
    if (opened.kind === 'here') passage.enter(opened.project, files);
    return opened.kind;
  };
  const job = async <T>(signal: AbortSignal, call: (job: string) => Promise<T>): Promise<T> => {
    const id = newId();
    const cancel = () => void client.cancelJob({ page, job: id }).catch(() => undefined);
    signal.addEventListener('abort', cancel);
    try {
      return await call(id);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };
  return {
    /** What is known about projects. Also adopts the user's settings from the answer. */
    async read(): Promise<Output<'openHome'>> {
      const found = await client.openHome({ page });
      setState({ settings: found.settings });
      return found;
    },
    open: async (project: string): Promise<OpenedProject['kind']> => follow(await client.openKnown({ page, project })),
    /** Opens the project in the typed folder or, with null, in one that the host asks for. */
    openFolder: async (typed: string | null): Promise<OpenedProject['kind']> => follow(await client.openFolder({ page, typed })),
    create: async ({ files, ...project }: NewProject): Promise<OpenedProject['kind']> =>
      follow(await client.createProject({ page, ...project }), files),
    async forget(project: string): Promise<void> {
      await client.forgetProject({ page, project });
    },
    /** Shows the home. If the page's project is no longer known, no host can answer, and the page goes there by itself. */
    async show(): Promise<OpenedProject['kind']> {
      try {
        return follow(await client.showHome({ page }));
      } catch (error) {
        if (!(error instanceof AppError) || error.failure.code !== 'not-found') throw error;
        return follow({ kind: 'here', project: homeKey });
      }
    },
    /** Sends a file in pieces. `onSent` is told how many bytes the host has. */
    async send(of: PieceOf, file: File, signal: AbortSignal, onSent: (bytes: number) => void = () => undefined): Promise<void> {
      for (let offset = 0; offset === 0 || offset < file.size; offset += pieceLimit) {
        signal.throwIfAborted();
        const piece = new Uint8Array(await file.slice(offset, offset + pieceLimit).arrayBuffer());
        await client.sendPiece({ page, of, name: file.name, offset }, piece);
        onSent(Math.min(file.size, offset + pieceLimit));
      }
    },
    lookAtBackup: (signal: AbortSignal): Promise<Output<'lookAtBackup'>> => job(signal, (id) => client.lookAtBackup({ page, job: id })),
    restore: (where: Pick<Input<'restoreBackup'>, 'folder' | 'elsewhere'>, signal: AbortSignal): Promise<Output<'restoreBackup'>> =>
      job(signal, (id) => client.restoreBackup({ page, job: id, ...where })),
    discard: (): void => void client.discardBackup({ page }).catch(() => undefined),
  };
}

export type ProjectHome = ReturnType<typeof createHome>;
