import { join } from 'node:path';
import type { PackedProject } from '../backup/packed-project.ts';
import { unreadable } from '../storage/failures.ts';
import type { FileSystem } from '../storage/file-system.ts';
import { layoutOf } from '../storage/layout.ts';
import { sha256 } from '../storage/strict-json.ts';
import type { EarlierState, LogEnd } from './earlier-state.ts';
import { opened } from './log-file.ts';
import { recordLines } from './record-log.ts';

/**
 * The files of the project in `state`, which is kept in `folder`: all except the texts of the articles and the snapshots that follow from journals.
 * Everything read is checked against its hash. @throws AppError `corrupt`
 */
export async function keptProject(fileSystem: FileSystem, folder: string, state: EarlierState): Promise<PackedProject> {
  const startOf = async ({ log, bytes, sha256: expected }: LogEnd): Promise<Uint8Array> => {
    try {
      const file = await opened(fileSystem, join(folder, log));
      if (!file) throw new SyntaxError('it is no longer there');
      const content = await file.read(0, bytes).finally(() => file.close());
      if (sha256(content) !== expected) throw new SyntaxError('it is not what was kept');
      return content;
    } catch (error) {
      throw unreadable(error, `The earlier state of ${state.time} (${log})`);
    }
  };
  const texts = new Map<string, string>();
  for (const { path, text } of recordLines(await startOf(state.records))) {
    if (text === null) texts.delete(path);
    else texts.set(path, text);
  }
  const layout = layoutOf('/');
  const journals = new Map(state.journals.map((end) => [layout.named(layout.journal(end.annotator)), end]));
  return {
    paths: [...texts.keys(), ...journals.keys()],
    async read(path) {
      const journal = journals.get(path);
      if (journal) return startOf(journal);
      const text = texts.get(path);
      if (text === undefined) throw new RangeError(`not in the state: ${path}`);
      return Buffer.from(text);
    },
    close: async () => undefined,
  };
}
