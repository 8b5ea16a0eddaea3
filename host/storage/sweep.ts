import { join } from 'node:path';
import type { Notice } from '../../core/failure.ts';
import { isTemporary } from './durable-write.ts';
import { reasonOf } from './failures.ts';
import { type FileSystem, namesIn } from './file-system.ts';
import { isId, type Layout } from './layout.ts';

const day = 24 * 60 * 60 * 1000;

/** What is swept: the folders that this annotator writes to, or those of all articles. */
export type Swept = 'own' | 'articles';

/**
 * Removes temporary files of ours that a crash left behind, once they are older than a day at `now` (milliseconds since 1970). Call it only while
 * holding the lock, so that no other program of ours is writing.
 */
export async function sweepTemporaries(
  fileSystem: FileSystem,
  layout: Layout,
  swept: Swept,
  annotator: string,
  now: number,
  notify: (notice: Notice) => void,
): Promise<void> {
  try {
    const folders =
      swept === 'own'
        ? [layout.root, layout.annotator(annotator), layout.sets(annotator)]
        : (await namesIn(fileSystem, layout.articles)).filter(isId).map((id) => layout.article(id));
    for (const folder of folders) {
      for (const name of (await namesIn(fileSystem, folder)).filter(isTemporary)) {
        const path = join(folder, name);
        if ((await fileSystem.stat(path)).modified < now - day) await fileSystem.unlink(path);
      }
    }
  } catch (error) {
    const message = `Old temporary files could not be removed: ${reasonOf(error)}.`;
    notify({ id: 'sweep', severity: 'info', message, next: 'They do no harm; Pressmark tries again next time.' });
  }
}
