import { z } from 'zod';
import { Id } from '../model/annotation.ts';
import { folderNameLimit, KnownProject, LackingText, OpenedProject, projectNameLimit } from '../project-home.ts';
import { Settings } from '../settings.ts';
import { method, nothing } from './method.ts';

/** The calls about projects other than the open one. */
export const homeCalls = {
  /**
   * The projects that this computer knows. `recent` are the recently opened ones, newest first; `others` are further ones in `place`, the user's
   * folder of projects. `asks` says whether the host lets the user choose folders in a system dialog.
   */
  openHome: method(
    z.strictObject({ page: Id }),
    z.strictObject({
      recent: z.array(KnownProject),
      others: z.array(KnownProject),
      sample: z.strictObject({ key: Id, isMade: z.boolean() }),
      place: z.string(),
      asks: z.boolean(),
      settings: Settings,
      host: z.enum(['electron', 'loopback']),
      version: z.string(),
    }),
  ),
  /** Opens a project that this computer knows, by its key. The sample is created if it does not exist yet. */
  openKnown: method(z.strictObject({ page: Id, project: Id }), OpenedProject),
  /** Opens the project in a folder that the user chooses in a system dialog (`typed` is null) or, without such a dialog, the one they typed. */
  openFolder: method(z.strictObject({ page: Id, typed: z.string().max(4096).nullable() }), OpenedProject),
  /**
   * Creates a project and opens it: in the new folder `folder` among the user's projects or, with `elsewhere`, where they choose in a system
   * dialog.
   */
  createProject: method(
    z.strictObject({
      page: Id,
      name: z.string().min(1).max(projectNameLimit),
      folder: z.string().max(2 * folderNameLimit),
      elsewhere: z.boolean(),
    }),
    OpenedProject,
  ),
  /** Removes a project from the list of recent ones. The project itself is not changed. */
  forgetProject: method(z.strictObject({ page: Id, project: Id }), nothing),
  /**
   * Receives a piece of a backup to restore, or of file number `file` among those that may contain its articles. `offset`, in bytes, is 0 to start
   * the file from the beginning, and otherwise the length of what was sent so far. The files are removed when they are restored or discarded, or
   * when the page leaves.
   */
  sendPiece: method(
    z.strictObject({
      page: Id,
      of: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('backup') }),
        z.strictObject({ kind: z.literal('article'), file: z.int().min(0).max(99_999) }),
      ]),
      name: z.string().min(1).max(1000),
      offset: z.int().min(0),
    }),
    nothing,
    true,
  ),
  /** The contents of the backup that this page sent. `lacking` lists the texts that are neither in it nor in the other files that were sent. */
  lookAtBackup: method(
    z.strictObject({ page: Id, job: Id }),
    z.strictObject({ name: z.string(), files: z.int().min(0), text: z.boolean(), lacking: z.array(LackingText) }),
  ),
  /**
   * Restores that backup completely or not at all, in a folder chosen as in `createProject`; null if the user changed their mind.
   * `withoutOriginal` names articles whose text was found but not its original file. `problems` lists damage that the project already had when it
   * was backed up. Does not open the project.
   */
  restoreBackup: method(
    z.strictObject({ page: Id, job: Id, folder: z.string().max(2 * folderNameLimit), elsewhere: z.boolean() }),
    z.strictObject({ project: Id, files: z.int().min(0), withoutOriginal: z.array(z.string()), problems: z.array(z.string()) }).nullable(),
  ),
  /** Discards the files that this page sent. */
  discardBackup: method(z.strictObject({ page: Id }), nothing),
  /** Shows the Project home: in this page, under its key, or in a separate window. */
  showHome: method(z.strictObject({ page: Id }), OpenedProject),
  /** This page leaves its project. The loopback host closes a project that no other page shows. */
  leaveProject: method(z.strictObject({ page: Id }), nothing),
} as const;
