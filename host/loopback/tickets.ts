import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { backupProject } from '../backup/backup.ts';
import type { zipExport } from '../dataset/export-zip.ts';
import { removeTemporary, temporaryFolder } from '../files/temporary-folder.ts';
import type { Deliver, DeliverBackup } from '../handlers/desk.ts';

/** A file that waits to be downloaded once. Whoever holds it must remove it in the end. */
export interface Download {
  readonly name: string;
  readonly path: string;
  /** The size in bytes. */
  readonly bytes: number;
  remove(): void;
}

/** The bytes of `download`, which is removed once they are read or no longer wanted. The stream fails if the file's size has changed. */
export function downloadStream(download: Download): Readable {
  async function* pieces(): AsyncGenerator<Buffer> {
    let left = download.bytes;
    for await (const piece of createReadStream(download.path) as AsyncIterable<Buffer>) {
      left -= piece.length;
      if (left < 0) break;
      yield piece;
    }
    if (left !== 0) throw new Error('a download has changed its size');
  }
  return Readable.from(pieces()).on('close', () => download.remove());
}

/** One-use tickets for downloads. A link cannot carry a bearer token, so it carries 256 random bits that are valid once and for a short time. */
export interface Tickets {
  /** Keeps `download` and returns its ticket (43 characters, base64url). A download that nobody fetches is removed. */
  issue(download: Download): string;
  /** The download of `ticket`, once; the caller removes it. Null for a ticket that was never issued, was used or has expired. */
  redeem(ticket: string): Download | null;
  /** Removes all waiting downloads. */
  clear(): void;
}

/** Tickets that are valid for `lifetimeMs` milliseconds. */
export function createTickets(lifetimeMs = 60_000): Tickets {
  // Stored by hash, so that the timing of a lookup reveals nothing.
  const waiting = new Map<string, { download: Download; timer: NodeJS.Timeout }>();
  const keyOf = (ticket: string) => createHash('sha256').update(ticket).digest('hex');
  const take = (key: string) => {
    const found = waiting.get(key)?.download ?? null;
    clearTimeout(waiting.get(key)?.timer);
    waiting.delete(key);
    return found;
  };
  return {
    issue(download) {
      const ticket = randomBytes(32).toString('base64url');
      const key = keyOf(ticket);
      const timer = setTimeout(() => take(key)?.remove(), lifetimeMs);
      timer.unref();
      waiting.set(key, { download, timer });
      return ticket;
    },
    redeem: (ticket) => take(keyOf(ticket)),
    clear() {
      for (const key of [...waiting.keys()]) take(key)?.remove();
    },
  };
}

/**
 * Delivers an export as a zip behind a ticket: the page follows `/download/<ticket>`. Until it is fetched, the zip is in a folder of its own among
 * the system's temporary files, which only this person may read.
 */
export function deliverByTicket(tickets: Tickets, zip: typeof zipExport): Deliver {
  return async (project, request, { report, signal }) => {
    const folder = await temporaryFolder('export');
    const remove = () => removeTemporary(folder);
    try {
      const made = await zip(project, request, folder, report, signal);
      const name = `${fileNameOf(project.info.name)}-${request.format}.zip`;
      return { kind: 'download', ticket: tickets.issue({ ...made, name, remove }), name };
    } catch (error) {
      remove();
      throw error;
    }
  };
}

/** Delivers a backup behind a ticket, as `deliverByTicket` does with an export. */
export function deliverBackupByTicket(tickets: Tickets): DeliverBackup {
  return async (project, text, { signal }) => {
    const folder = await temporaryFolder('backup');
    const remove = () => removeTemporary(folder);
    try {
      const path = join(folder, 'backup.zip');
      const { bytes, files, leftOut, problems } = await backupProject(project.folder, path, { text, signal });
      const name = backupName(project.info.name, text);
      const ticket = tickets.issue({ name, path, bytes, remove });
      return { kind: 'download', ticket, name, files, leftOut: [...leftOut], problems: [...problems] };
    } catch (error) {
      remove();
      throw error;
    }
  };
}

/** The default file name for the backup of a project with this name. */
export function backupName(project: string, text: boolean): string {
  return `${fileNameOf(project)}-${text ? 'backup' : 'without-articles'}.zip`;
}

// Keeps letters and digits of any script. Everything else becomes a hyphen, because some file systems or headers cannot carry it.
function fileNameOf(name: string): string {
  const safe = name
    .normalize('NFC')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  return safe || 'dataset';
}
