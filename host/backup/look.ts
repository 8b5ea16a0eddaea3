import { basename, resolve } from 'node:path';
import type { LackingText } from '../../core/project-home.ts';
import { expectNotCancelled } from '../cancellation.ts';
import { FileRefusal } from '../import/file-refusal.ts';
import { nodeFileSystem } from '../storage/file-system.ts';
import { layoutOf, ProjectRecord, projectFileName } from '../storage/layout.ts';
import { readRecord } from '../storage/record-file.ts';
import { foundTexts } from './found-texts.ts';
import { packedFileSystem } from './packed-project.ts';
import { manifestOf, openedBackup, type RestoreOptions, refused, wantedTexts } from './restore.ts';

/** What a backup contains. `lacking` lists the texts that are neither in it nor in the folder of articles, by name. */
export interface BackupLook {
  /** The name of the project. */
  readonly name: string;
  readonly files: number;
  readonly text: boolean;
  readonly lacking: readonly LackingText[];
}

/**
 * Looks at the backup at `archive` before it is restored, and writes nothing. The contents of its files are compared only by the restore.
 * @throws AppError as `restoreProject`, except for texts that are not found
 */
export async function lookAtBackup(
  archive: string,
  { articles, readTexts, fileSystem = nodeFileSystem, signal }: Omit<RestoreOptions, 'onProgress'> = {},
): Promise<BackupLook> {
  const label = basename(archive);
  const packed = await openedBackup(fileSystem, resolve(archive), label);
  try {
    const { files, text } = await manifestOf(packed, label);
    const layout = layoutOf(resolve('/'));
    const disk = packedFileSystem(packed, layout.root, null);
    const { name } = await readRecord(disk, layout.project, projectFileName, ProjectRecord);
    const lacking: LackingText[] = [];
    if (!text) {
      const wanted = await wantedTexts(packed);
      const texts = new Map([...wanted].filter(([, of]) => of.some(({ part }) => part === 'text')));
      const left = new Set(texts.keys());
      if (articles !== undefined && left.size > 0) {
        for await (const _ of foundTexts(fileSystem, resolve(articles), wanted, left, readTexts)) expectNotCancelled(signal);
      }
      for (const hash of left) for (const { originalName, title } of texts.get(hash) ?? []) lacking.push({ name: originalName, title });
      lacking.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    }
    return { name, files: files.length, text, lacking };
  } catch (error) {
    throw error instanceof FileRefusal ? refused(label, error) : error;
  } finally {
    await packed.close();
  }
}
