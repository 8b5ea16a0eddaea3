import { CodebookFile, currentCodebook } from '../../core/codebook/codebook-file.ts';
import { codebookFaults } from '../../core/codebook/codebook-soundness.ts';
import { AppError, type Notice } from '../../core/failure.ts';
import type { Annotator } from '../../core/model/annotator.ts';
import { AnnotatorWork } from './annotator-work.ts';
import { ArticleStore } from './article-store.ts';
import { unreadable } from './failures.ts';
import type { FileSystem } from './file-system.ts';
import { type Layout, ProjectRecord } from './layout.ts';
import type { Lock } from './lock.ts';
import type { Notices } from './notices.ts';
import { mayWriteAs, readAnnotators } from './opening.ts';
import type { OpeningCache } from './opening-cache.ts';
import { readRecord } from './record-file.ts';

/** What an open project works with. `now` returns ISO 8601. Whoever opened the project owns the lock. */
export interface Ground {
  readonly fileSystem: FileSystem;
  readonly now: () => string;
  readonly newId: () => string;
  readonly mayWrite: boolean;
  /** Whether the project was opened for reading only. */
  readonly isReader: boolean;
  readonly lock: Lock | null;
  readonly cache: OpeningCache;
  readonly notices: Notices;
}

/** What the files say that all annotators share. */
export interface SharedParts {
  readonly info: ProjectRecord;
  readonly codebookFile: CodebookFile;
  /** Ascending by id. */
  readonly annotators: readonly Annotator[];
}

/** A project as it was last read. “Own” means of `annotator`, who works here. */
export interface Parts extends SharedParts {
  readonly annotator: Annotator;
  readonly articles: ArticleStore;
  readonly own: AnnotatorWork;
  /** Whether the disk allows writing the own work; true if nobody asked. */
  readonly isWritable: boolean;
}

/** Reads the files that all annotators share. @throws AppError `corrupt`, `newer-version` */
export async function readShared(layout: Layout, { fileSystem, mayWrite, notices }: Ground): Promise<SharedParts> {
  const record = async <T>(path: string, read: (name: string) => Promise<T>): Promise<T> => {
    try {
      return await read(layout.named(path));
    } catch (error) {
      throw unreadable(error, layout.named(path));
    }
  };
  const info = await record(layout.project, (name) => readRecord(fileSystem, layout.project, name, ProjectRecord, { mayWrite }));
  const codebookFile = await record(layout.codebook, (name) => readRecord(fileSystem, layout.codebook, name, CodebookFile, { mayWrite }));
  tellFaults(codebookFile, layout.named(layout.codebook), notices);
  return { info, codebookFile, annotators: await readAnnotators(fileSystem, layout, notices) };
}

export interface PartsOptions {
  /**
   * Rebuilds the own work from the journal alone if the journal is complete. Needed after another program changed the journal, because the snapshots
   * may then hold other steps.
   */
  readonly fromJournal?: boolean;
  /** Articles that this has read are not read again. */
  readonly known?: ArticleStore;
  /** Leaves the articles unread if there are many. */
  readonly isBrief?: boolean;
}

/**
 * Reads a whole project for the annotator `id`, or for the lead if `id` is null.
 * @throws AppError `not-found` if there is no such annotator, `corrupt`, `newer-version`
 */
export async function readParts(layout: Layout, ground: Ground, id: string | null, options: PartsOptions = {}): Promise<Parts> {
  const { fromJournal = false, known, isBrief = false } = options;
  const { fileSystem, mayWrite, now, notices, cache } = ground;
  const shared = await readShared(layout, ground);
  const annotator = annotatorIn(layout, shared, id, notices);
  const articles = await readArticles(layout, ground, isBrief, known);
  const notify = (notice: Notice) => notices.add(notice);
  const retract = (gone: string) => notices.remove(gone);
  const { codebookFile: codebook } = shared;
  const isWritable = !mayWrite || (await mayWriteAs(fileSystem, layout, annotator.id, notices));
  const own = await AnnotatorWork.open({
    ...{
      fileSystem,
      layout,
      annotator: annotator.id,
      codebook,
      now,
      mayWrite: mayWrite && isWritable,
      notify,
      retract,
      fromJournal,
      cache,
    },
  });
  return { ...shared, annotator, articles, own, isWritable };
}

/** Opens the articles that are on the disk now; see ArticleStore. */
export function readArticles(layout: Layout, ground: Ground, isBrief: boolean, known?: ArticleStore): Promise<ArticleStore> {
  const { fileSystem, mayWrite, now, notices, cache } = ground;
  return ArticleStore.open({ fileSystem, layout, now, cache, mayWrite, notify: (notice) => notices.add(notice) }, isBrief, known);
}

// A codebook that was edited by hand may contradict itself. It is used as far as possible.
function tellFaults(file: CodebookFile, name: string, notices: Notices): void {
  const [fault, ...more] = codebookFaults(currentCodebook(file).codebook);
  if (fault === undefined) return notices.remove('codebook');
  const message = `${name} contradicts itself: ${fault}${more.length > 0 ? `, and ${more.length} more` : ''}.`;
  if (notices.list.some((notice) => notice.id === 'codebook' && notice.message === message)) return;
  notices.add({ id: 'codebook', severity: 'warning', message, next: 'Correct it in that file; “pressmark check” lists everything.' });
}

function annotatorIn(layout: Layout, { info, annotators }: SharedParts, id: string | null, notices: Notices): Annotator {
  const found = annotators.find((annotator) => annotator.id === (id ?? info.lead));
  if (found) return found;
  const told = notices.list.find((notice) => notice.id === `annotator:${id ?? info.lead}`);
  if (told) throw new AppError('corrupt', told.message, told.next);
  if (id === null) throw unreadable(new SyntaxError('it is missing or damaged'), layout.named(layout.annotatorRecord(info.lead)));
  throw new AppError('not-found', `There is no annotator ${id} in this project.`, 'Choose another annotator.');
}
