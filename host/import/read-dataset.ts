import type { FormatName } from '../../core/formats/export-request.ts';
import type { Foreign, GivenFile } from '../../core/formats/foreign.ts';
import { inShort } from '../../core/import/draft.ts';
import { FileRefusal, problemOf } from './file-refusal.ts';

/** The files of a dataset, and the format to read them in. */
export interface DatasetTask {
  readonly format: FormatName;
  readonly files: readonly GivenFile[];
}

/**
 * Reads the files of a dataset. Never throws because of their content. It may run long and need much memory, so it belongs in a worker; see
 * reader.ts.
 */
export async function readDataset({ format, files }: DatasetTask): Promise<Foreign> {
  const { formatNamed } = await import('../../core/formats/index.ts');
  const reader = formatNamed(format);
  const first = files[0]?.path ?? '';
  if (!reader.read)
    return unreadDataset(
      first,
      new FileRefusal('unsupported', `${reader.title} can only be exported`, 'Choose a format that can be read.'),
    );
  try {
    const foreign = reader.read(files);
    return { ...foreign, problems: foreign.problems.map(inShort) };
  } catch {
    // A stack overflow, or one of the many faults in a format that its reader does not know.
    return unreadDataset(
      first,
      new FileRefusal('damaged', 'it could not be read to the end', 'Export it again in the program that made it.'),
    );
  }
}

/** The result for a dataset whose file `path` was refused. */
export function unreadDataset(path: string, refusal: FileRefusal): Foreign {
  return { documents: [], entities: [], links: [], annotators: [], problems: [inShort(problemOf(path, refusal))] };
}
