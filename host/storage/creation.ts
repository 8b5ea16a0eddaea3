import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { CodebookFile } from '../../core/codebook/codebook-file.ts';
import { AppError } from '../../core/failure.ts';
import { Codebook } from '../../core/model/codebook.ts';
import { defaultCodebook } from '../../core/model/default-codebook.ts';
import { durableFolder, durablePath, durableWrite } from './durable-write.ts';
import { notSaved } from './failures.ts';
import { codeOf, type FileSystem, namesIn, nodeFileSystem } from './file-system.ts';
import { AnnotatorRecord, layoutOf, ProjectRecord } from './layout.ts';
import { writeRecord } from './record-file.ts';

/** What a new project starts with. Without a codebook it gets the one for news. */
export interface ProjectInit {
  readonly name: string;
  readonly annotator: { readonly id?: string; readonly name: string };
  readonly codebook?: Codebook;
}

/** How a project is created or opened. Tests pass their own disk, clock and ids. */
export interface CreationOptions {
  readonly fileSystem?: FileSystem;
  readonly now?: () => string;
  readonly newId?: () => string;
}

const gitAttributes = 'articles/**/text.txt -text\narticles/**/original.* -text\n*.json -text\n*.jsonl -text\n';
const gitIgnore = '*.bak\n.*.tmp\n';

/**
 * Creates a project in `folder`, which must be empty or not exist yet. Returns once all of it is on the disk. `project.pressmark` is written last, so
 * that a half-made project never looks complete. If a step fails, everything created so far is removed again.
 * @throws AppError `bad-request` if the folder is not empty, `not-saved` if the disk refuses
 */
export async function createProject(folder: string, init: ProjectInit, options: CreationOptions = {}): Promise<void> {
  const { fileSystem = nodeFileSystem, now = () => new Date().toISOString(), newId = randomUUID } = options;
  const layout = layoutOf(resolve(folder));
  const lead = init.annotator.id ?? newId();
  const codebook = CodebookFile.parse({
    format: 1,
    versions: [{ codebook: Codebook.parse(init.codebook ?? defaultCodebook), steps: [], changed: now() }],
  });
  const project = ProjectRecord.parse({ format: 1, id: newId(), name: init.name, lead, created: now() });
  const annotator = AnnotatorRecord.parse({ format: 1, id: lead, name: init.annotator.name, role: 'annotator' });
  const files: [path: string, write: (path: string) => Promise<void>][] = [
    [join(layout.root, '.gitattributes'), (path) => durableWrite(fileSystem, path, Buffer.from(gitAttributes))],
    [join(layout.root, '.gitignore'), (path) => durableWrite(fileSystem, path, Buffer.from(gitIgnore))],
    [layout.codebook, (path) => writeRecord(fileSystem, path, codebook)],
    [layout.annotatorRecord(lead), (path) => writeRecord(fileSystem, path, annotator)],
    [layout.project, (path) => writeRecord(fileSystem, path, project)],
  ];
  const folders = [layout.annotators, layout.annotator(lead)];
  try {
    await makeRoot(fileSystem, layout.root);
    for (const path of folders) await durableFolder(fileSystem, path, layout.root);
    for (const [path, write] of files) await write(path);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // As far as possible: a file that cannot be removed either blocks a second try, which then says so.
    for (const [path] of files.reverse()) await fileSystem.unlink(path).catch(() => undefined);
    for (const path of folders.reverse()) await fileSystem.rmdir(path).catch(() => undefined);
    throw notSaved(error, `The new project in ${layout.root}`, 'No project was made.');
  }
}

async function makeRoot(fileSystem: FileSystem, root: string): Promise<void> {
  const names = await namesIn(fileSystem, root).catch((error: unknown) => {
    if (codeOf(error) !== 'ENOTDIR') throw error;
    throw new AppError(
      'bad-request',
      `${root} is a file or is inside one, not a folder.`,
      'Choose an empty folder or a name that does not exist yet.',
    );
  });
  if (names.length > 0) {
    throw new AppError('bad-request', `The folder ${root} is not empty.`, 'Choose an empty folder for the new project.');
  }
  await durablePath(fileSystem, root);
}
