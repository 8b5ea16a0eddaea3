import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Input } from '../../core/contract.ts';
import { AppError } from '../../core/failure.ts';
import { folderNameOf, pieceLimit } from '../../core/project-home.ts';
import { removeTemporary, temporaryFolder } from '../files/temporary-folder.ts';
import { mostZipBytes } from '../files/zip-entry.ts';
import { importedName } from '../import/article-import.ts';
import { importLimit } from '../import/decode.ts';
import { reasonOf } from '../storage/failures.ts';

type Piece = Omit<Input<'sendPiece'>, 'page'>;

interface Upload {
  /** A folder of its own, which only this person may read. */
  readonly folder: string;
  /** Bytes received, by path. Two pieces are never appended to the same file at once. */
  readonly sizes: Map<string, number>;
  /** The path of the backup, which has the name of the person's file; null before there is one. */
  backup: string | null;
  hasArticles: boolean;
}

/** Files that pages send in pieces, to restore a project from. They are among the system's temporary files until their page no longer needs them. */
export class Uploads {
  readonly #limit: number;
  readonly #of = new Map<string, Promise<Upload>>();
  readonly #folders = new Map<string, string>();

  /** `limit` is the most bytes that one page may send. */
  constructor(limit = 2 * mostZipBytes) {
    this.#limit = limit;
  }

  /** Writes a piece at its offset. @throws AppError `bad-request` if it does not belong there, `too-large`, `not-saved` */
  async put(page: string, { of, name, offset }: Piece, bytes: Uint8Array): Promise<void> {
    if (bytes.byteLength > pieceLimit)
      throw new AppError('bad-request', 'Part of the file arrived larger than allowed.', 'Reload this page.');
    const begun = this.#of.get(page) ?? this.#begin(page);
    this.#of.set(page, begun);
    const upload = await begun;
    const known = nameOf(name);
    const folder = of.kind === 'backup' ? join(upload.folder, 'backup') : join(upload.folder, 'articles', String(of.file));
    const path = join(folder, known);
    const size = upload.sizes.get(path) ?? 0;
    if (offset !== 0 && offset !== size)
      throw new AppError('bad-request', 'Parts of the file arrived out of order.', 'Choose the file again.');
    const total = [...upload.sizes.values()].reduce((sum, each) => sum + each, 0) - (offset === 0 ? size : 0) + bytes.byteLength;
    const most = of.kind === 'backup' ? mostZipBytes : importLimit;
    if (total > this.#limit || offset + bytes.byteLength > most) throw tooLarge(known, most);
    upload.sizes.set(path, offset);
    try {
      if (offset === 0) {
        for (const other of upload.sizes.keys()) if (other !== path && dirname(other) === folder) upload.sizes.delete(other);
        await rm(folder, { recursive: true, force: true });
        await mkdir(folder, { recursive: true });
      }
      const file = await open(path, offset === 0 ? 'w' : 'r+', 0o600);
      try {
        await file.write(bytes, 0, bytes.byteLength, offset);
        // Checks the file itself, because a full disk may have taken only a part.
        if ((await file.stat()).size < offset + bytes.byteLength) throw new Error('the disk accepted only part of it');
      } finally {
        await file.close();
      }
    } catch (error) {
      const message = `${known} could not be stored: ${reasonOf(error)}.`;
      throw new AppError('not-saved', message, 'Free some space where the system keeps temporary files, then choose it again.');
    }
    upload.sizes.set(path, offset + bytes.byteLength);
    if (of.kind === 'backup') upload.backup = path;
    else upload.hasArticles = true;
  }

  /** The path of the backup that `page` sent, and of the folder of articles that came with it. @throws AppError `not-found` if it sent none */
  async of(page: string): Promise<{ backup: string; articles: string | undefined }> {
    const upload = await this.#of.get(page);
    if (!upload || upload.backup === null) throw new AppError('not-found', 'There is no backup to restore here.', 'Choose its file again.');
    const { backup, hasArticles, folder } = upload;
    return { backup, articles: hasArticles ? join(folder, 'articles') : undefined };
  }

  /** Removes everything that `page` sent. */
  async discard(page: string): Promise<void> {
    const upload = this.#of.get(page);
    this.#of.delete(page);
    const folder = (await upload?.catch(() => null))?.folder;
    this.#folders.delete(page);
    if (folder !== undefined) removeTemporary(folder);
  }

  /** Removes everything, synchronously. */
  close(): void {
    for (const folder of this.#folders.values()) removeTemporary(folder);
    this.#folders.clear();
    this.#of.clear();
  }

  async #begin(page: string): Promise<Upload> {
    try {
      const folder = await temporaryFolder('restore');
      this.#folders.set(page, folder);
      return { folder, sizes: new Map(), backup: null, hasArticles: false };
    } catch (error) {
      this.#of.delete(page);
      throw new AppError(
        'not-saved',
        `The file could not be stored: ${reasonOf(error)}.`,
        'Check the folder where the system keeps temporary files.',
      );
    }
  }
}

// A name that is valid on every system. It keeps the extension, which decides how the file is read.
function nameOf(name: string): string {
  const base = importedName(name);
  const ending = /\.[A-Za-z0-9]{1,10}$/.exec(base)?.[0] ?? '';
  return `${folderNameOf(base.slice(0, base.length - ending.length))}${ending}`;
}

function tooLarge(name: string, most: number): AppError {
  return new AppError('too-large', `${name} is larger than ${Math.floor(most / 1_000_000).toLocaleString('en')} MB.`, 'Leave it out.');
}
