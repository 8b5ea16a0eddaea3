import { createHash } from 'node:crypto';
import { AppError } from '../../core/failure.ts';
import { checkProject } from '../storage/check.ts';
import { isTemporary } from '../storage/durable-write.ts';
import { openProject, type Project } from '../storage/project.ts';
import { folder, testOptions } from '../storage/testing/scenario.ts';
import type { SimulatedFileSystem } from '../storage/testing/simulated-file-system.ts';

/** What a person would find on a disk: `content` is a hash of all of it, `problems` says what is damaged, lost or unreadable. */
export interface DiskState {
  readonly content: string;
  readonly problems: readonly string[];
}

/** Finds out what is on a disk by opening it as the product does. A disk whose bytes were seen before is not opened again. */
export class DiskStates {
  readonly #known = new Map<string, Promise<DiskState>>();
  readonly #root: string;

  /** `root` is the folder of the project to look at. */
  constructor(root = folder) {
    this.#root = root;
  }

  /** How many different disks were looked at. */
  get size(): number {
    return this.#known.size;
  }

  /** The state of `disk`, which is not changed. */
  of(disk: SimulatedFileSystem): Promise<DiskState> {
    const files = [...disk.files()].filter(([path]) => !path.split('/').some(isTemporary)).sort(([a], [b]) => (a < b ? -1 : 1));
    const bytes = hashOf(files);
    let state = this.#known.get(bytes);
    if (!state) {
      const others = files.filter(([path]) => !path.startsWith(`${this.#root}/`) && !/\.(?:bak|corrupt-\d+)$|^\/home\/zip\//.test(path));
      state = this.#look(disk.copy(), hashOf(others));
      this.#known.set(bytes, state);
    }
    return state;
  }

  async #look(disk: SimulatedFileSystem, others: string): Promise<DiskState> {
    const problems: string[] = [];
    let content = 'no project';
    try {
      const project = await openProject(this.#root, testOptions(disk));
      if (project.readOnly) problems.push('the project is read-only');
      content = await contentOf(project);
      await project.close();
      for (const { severity, message } of project.notices) if (severity === 'error') problems.push(message);
      for await (const problem of checkProject(this.#root, disk)) {
        if (!problem.includes('its import was broken off') && !problem.includes('perhaps a copy made by a sync program'))
          problems.push(`check: ${problem}`);
      }
    } catch (error) {
      if (!(error instanceof AppError && error.failure.code === 'not-found'))
        problems.push(`the project cannot be opened: ${String(error)}`);
    }
    return { content: createHash('sha256').update(`${content}${others}`).digest('hex'), problems };
  }
}

/** Everything in `project`, read in full, as one text. Two projects with the same text are the same to a person. */
export async function contentOf(project: Project): Promise<string> {
  const articles = [];
  for (const { id } of project.importedArticles()) {
    const { meta, text } = await project.readArticle(id);
    articles.push({ meta, text, original: Buffer.from(await project.readOriginal(id)).toString('base64'), sets: await project.setsOf(id) });
  }
  // A copy of which everything was merged may be there or not.
  const conflicts = (await project.conflicts()).filter(
    ({ onlyThere, different, steps, obstacle }) => onlyThere + different + steps > 0 || obstacle,
  );
  return JSON.stringify(
    [
      ...[project.info, project.codebookFile, project.annotators, articles, await project.entities(), await project.links()],
      ...[await project.articleRecords(), await project.histories(), await project.publishedSplits(), conflicts],
    ],
    // The order of a map depends only on when its records were read.
    (_, value: unknown) => (value instanceof Map ? [...value].sort(([a], [b]) => (a < b ? -1 : 1)) : value),
  );
}

function hashOf(files: readonly (readonly [path: string, bytes: Uint8Array])[]): string {
  const hash = createHash('sha256');
  for (const [path, bytes] of files) hash.update(`${path}\n${bytes.length}\n`).update(bytes);
  return hash.digest('base64');
}
