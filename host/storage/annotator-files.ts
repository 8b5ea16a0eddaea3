import { AppError } from '../../core/failure.ts';
import { type Annotator, lookOfName, tidyName } from '../../core/model/annotator.ts';
import { durableFolder } from './durable-write.ts';
import { notSaved } from './failures.ts';
import type { FileSystem } from './file-system.ts';
import type { AnnotatorRecord, Layout } from './layout.ts';
import { writeRecord } from './record-file.ts';

/** `name` as it is stored; it looks different from the names of `others`. @throws AppError `bad-request`, `conflict` */
export function freeName(name: string, others: readonly Annotator[]): string {
  const [kept, look] = [tidyName(name), lookOfName(name)];
  if (look === '' || kept.length > 80) {
    throw new AppError('bad-request', 'A name has 1 to 80 characters.', 'Type another name.');
  }
  const known = others.find((other) => lookOfName(other.name) === look);
  if (known) throw new AppError('conflict', `There is already an annotator ${known.name}.`, 'Choose that one, or type another name.');
  return kept;
}

/** Writes an annotator's own small file, and creates its folder if it does not exist. @throws AppError `not-saved` */
export async function writeAnnotator(fileSystem: FileSystem, layout: Layout, annotator: Annotator): Promise<void> {
  const path = layout.annotatorRecord(annotator.id);
  try {
    await durableFolder(fileSystem, layout.annotator(annotator.id), layout.root);
    await writeRecord(fileSystem, path, { format: 1, ...annotator } satisfies AnnotatorRecord);
  } catch (error) {
    throw notSaved(error, layout.named(path), 'The annotators are as they were.');
  }
}
