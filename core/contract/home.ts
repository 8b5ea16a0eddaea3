import { z } from 'zod';
import { Id } from '../model/annotation.ts';
import { folderNameLimit, KnownProject, LackingText, OpenedProject, projectNameLimit } from '../project-home.ts';
import { Settings } from '../settings.ts';
import { method, nothing } from './method.ts';

/** The calls about other projects than the open one. */
export const homeCalls = {
  /**
   * The projects that this computer knows: `recent` those opened last, the newest first, `others` further ones in `place`, the person's folder of
   * projects. `asks` says whether the host itself asks for folders, in the system's dialog.
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
  /** Opens a project that this computer knows, by its key; the sample is made the first time. */
  openKnown: method(z.strictObject({ page: Id, project: Id }), OpenedProject),
  /** Opens the project in a folder: the one that the person chooses in the system's dialog (null), or, where there is none, the one that they typed. */
  openFolder: method(z.strictObject({ page: Id, typed: z.string().max(4096).nullable() }), OpenedProject),
  /** Makes a project and opens it: in the new folder `folder` of the person's projects, or with `elsewhere` where the system's dialog says. */
  createProject: method(
    z.strictObject({
      page: Id,
      name: z.string().min(1).max(projectNameLimit),
      folder: z.string().max(2 * folderNameLimit),
      elsewhere: z.boolean(),
    }),
    OpenedProject,
  ),
  /** Takes a project off the list of those opened last. The project itself stays as it is. */
  forgetProject: method(z.strictObject({ page: Id, project: Id }), nothing),
  /**
   * Takes in a piece of a backup to be restored, or of the file `file` of those that may hold its articles. `offset` is where it belongs, in bytes:
   * 0 begins the file anew, else the end of what is there. What this page sent goes when it is restored, given up or the page leaves.
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
  /** What the backup that this page sent holds; `lacking` are the texts that are neither in it nor in the files sent beside it. */
  lookAtBackup: method(
    z.strictObject({ page: Id, job: Id }),
    z.strictObject({ name: z.string(), files: z.int().min(0), text: z.boolean(), lacking: z.array(LackingText) }),
  ),
  /**
   * Restores that backup, all of it or nothing, in a folder as in `createProject`; null where the person changed their mind. `withoutOriginal` names
   * articles whose text was found but not the file that it came from, `problems` damage that the project had. Nothing is opened yet.
   */
  restoreBackup: method(
    z.strictObject({ page: Id, job: Id, folder: z.string().max(2 * folderNameLimit), elsewhere: z.boolean() }),
    z.strictObject({ project: Id, files: z.int().min(0), withoutOriginal: z.array(z.string()), problems: z.array(z.string()) }).nullable(),
  ),
  /** Gives up the files that this page sent to be restored. */
  discardBackup: method(z.strictObject({ page: Id }), nothing),
  /** Shows the Project home: in this page, under its key, or in a window of its own. */
  showHome: method(z.strictObject({ page: Id }), OpenedProject),
  /** This page leaves its project. The loopback host closes one that no other page shows. */
  leaveProject: method(z.strictObject({ page: Id }), nothing),
} as const;
