import { dequal } from 'dequal';
import fc from 'fast-check';
import { AppError } from '../../../core/failure.ts';
import { openProject, type Project } from '../project.ts';
import type { Author, Step } from './author.ts';
import { type Between, emptyDisk } from './fault-runs.ts';
import {
  brokenPromises,
  differences,
  first,
  folder,
  makeProject,
  nothingPromised,
  second,
  type TestArticle,
  testOptions,
} from './scenario.ts';
import type { Fault, SimulatedFileSystem } from './simulated-file-system.ts';
import { type DataLeft, dataLeft } from './simulated-nodes.ts';

/** One thing that happens to a project, optionally with a fault at its operation number `after`, once or until it ends. */
export interface Happening {
  readonly kind: Step | 'import' | 'flush' | 'close' | 'kill' | 'cut';
  readonly isSecond: boolean;
  readonly fault: { readonly after: number; readonly fault: Fault; readonly stays: boolean } | null;
  readonly left: DataLeft;
  /** Which pending changes of names a power cut keeps, one bit each. */
  readonly kept: number;
}

const fault = fc.record({
  after: fc.nat(14),
  fault: fc.constantFrom<Fault>('ENOSPC', 'EIO', 'EACCES', 'short'),
  stays: fc.boolean(),
});

/** What may happen to a project in the course of time. */
export const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.record({
    kind: fc.constantFrom<Happening['kind']>(
      'add',
      'add',
      'add',
      'note',
      'both',
      'change',
      'remove',
      'undo',
      'undo',
      'redo',
      'import',
      'flush',
      'close',
      'kill',
      'cut',
      'cut',
    ),
    isSecond: fc.boolean(),
    fault: fc.option(fault, { freq: 2 }),
    left: fc.constantFrom(...dataLeft),
    kept: fc.nat(255),
  }),
  { minLength: 3, maxLength: 10 },
);

/** A disk with the test project and one article, from which every sequence starts. */
export async function baseDisk(): Promise<SimulatedFileSystem> {
  const disk = emptyDisk();
  await makeProject(disk);
  const project = await openProject(folder, testOptions(disk));
  await project.addArticle(first);
  await project.close();
  return disk;
}

/** Plays `sequence` against the pure model of an author and returns the first broken promise, or null. `base` is not changed. */
export async function playSequence(
  base: SimulatedFileSystem,
  sequence: readonly Happening[],
  between: Between = (disk) => disk,
): Promise<string | null> {
  const player = new Player(base.copy(), between);
  try {
    await player.open(null);
    for (const [index, happening] of sequence.entries()) {
      const problem = await player.play(happening);
      if (problem) return `${problem} (after ${index + 1} steps)`;
    }
    return await player.end((sequence[0]?.kept ?? 0) % 4 === 0);
  } catch (error) {
    return String(error);
  }
}

class Player {
  #disk: SimulatedFileSystem;
  readonly #between: Between;
  readonly #promised = { ...nothingPromised(), isCreated: true, articles: new Set([first]) };
  #author: Author = this.#promised.author;
  // A gesture that a kill left unacknowledged was found and accepted, but until the next save a power cut may still remove it.
  #withoutFound: Author | null = null;
  #project: Project | null = null;

  constructor(disk: SimulatedFileSystem, between: Between) {
    this.#disk = disk;
    this.#between = between;
  }

  async play(happening: Happening): Promise<string | null> {
    const article = happening.isSecond && this.#promised.articles.has(second) ? second : first;
    switch (happening.kind) {
      case 'import':
        return this.#import(happening);
      case 'flush':
        await this.#faulty(happening, () => this.#opened().flush());
        return null;
      case 'close':
        await this.#faulty(happening, () => this.#opened().close());
        return this.open(happening);
      case 'kill':
        this.#disk = this.#disk.afterKill();
        return this.open(happening);
      case 'cut':
        this.#disk = this.#disk.afterPowerCut(happening.left, (index) => (happening.kept >> (index % 8)) % 2 === 1);
        return this.open(happening);
      default:
        return this.#apply(happening, happening.kind, article);
    }
  }

  // Opens the project, with the fault if there is one and otherwise without, and accepts what it finds.
  async open(happening: Happening | null): Promise<string | null> {
    this.#project = null;
    const open = async () => {
      this.#project = await openProject(folder, testOptions(this.#between(this.#disk)));
    };
    if (happening) await this.#faulty(happening, open);
    // A disk that refused the right to write for a moment grants it at the next opening.
    if (happening?.fault && this.#project) {
      const opened = this.#opened();
      if (opened.readOnly) {
        await opened.close();
        this.#project = null;
      }
    }
    if (!this.#project) await open();
    const project = this.#opened();
    if (project.readOnly) return 'the project is read-only';
    const found = project.gestures();
    const holds = (author: Author) => dequal(found.slice(0, author.accepted.length), author.accepted);
    if (!holds(this.#author) && this.#withoutFound && holds(this.#withoutFound)) {
      this.#author = this.#withoutFound;
      this.#withoutFound = null;
    }
    if (!holds(this.#author)) return 'a saved gesture is not there';
    const [extra, ...more] = found.slice(this.#author.accepted.length);
    if (more.length > 0) return 'there are several gestures that were never saved';
    if (extra) {
      if (!this.#promised.tried.some((gesture) => dequal(gesture, extra))) return 'there is a gesture that nobody made';
      this.#withoutFound ??= this.#author.copy();
      this.#author = this.#author.copy();
      this.#author.accept(extra);
    }
    const [difference] = await differences(project, this.#author);
    return difference ?? null;
  }

  // Closes everything, cuts the power and checks what is left. `isThorough` also makes another edit and checks every file.
  async end(isThorough: boolean): Promise<string | null> {
    await this.#opened().close();
    this.#disk = this.#disk.afterPowerCut('none', () => false);
    const problem = await this.open(null);
    if (problem || !isThorough) return problem;
    this.#disk = this.#disk.afterKill();
    const promised = { ...this.#promised, author: this.#author, tried: [] };
    return (await brokenPromises(this.#between(this.#disk), promised))[0] ?? null;
  }

  async #apply(happening: Happening, step: Step, { id, text }: TestArticle): Promise<string | null> {
    const gesture = this.#author.gesture(step, id, text);
    if (!gesture) return null;
    const promised = this.#promised;
    promised.tried = [...promised.tried, gesture];
    const isSaved = await this.#faulty(happening, async () => {
      await this.#opened().apply(gesture);
    });
    if (isSaved) {
      this.#author.accept(gesture);
      this.#withoutFound = null;
      promised.tried = [];
    }
    const [difference] = await differences(this.#opened(), this.#author);
    return difference ? `${difference}, in memory` : null;
  }

  async #import(happening: Happening): Promise<string | null> {
    const { articles } = this.#promised;
    const isSaved = await this.#faulty(happening, async () => {
      await this.#opened().addArticle(second);
    });
    if (isSaved) articles.add(second);
    for (const article of articles) {
      if ((await this.#opened().readArticle(article.id)).text !== article.text) return `${article.id} has another text`;
    }
    return null;
  }

  #opened(): Project {
    if (!this.#project) throw new RangeError('no project is open');
    return this.#project;
  }

  // Whether `task` succeeded despite the fault of `happening`. Anything but an expected failure is a defect.
  async #faulty({ fault }: Happening, task: () => Promise<void>): Promise<boolean> {
    const disk = this.#disk;
    const at = disk.operations + (fault?.after ?? 0);
    if (fault) disk.fault = (index, operation) => this.#fate(fault, index - at, operation === 'write');
    try {
      await task();
      return true;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return false;
    } finally {
      disk.fault = null;
    }
  }

  #fate({ fault, stays }: NonNullable<Happening['fault']>, since: number, isWrite: boolean): Fault | null {
    if (since < 0 || (since > 0 && !stays)) return null;
    return fault === 'short' && !isWrite ? null : fault;
  }
}
